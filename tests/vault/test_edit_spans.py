from __future__ import annotations

import pytest

from vaultflow.vault.edit.cuts import flow_cuts, indent_at, new_lines, value_cuts
from vaultflow.vault.edit.opened import spliced
from vaultflow.vault.edit.spans import Shape, read_layout


@pytest.mark.parametrize(
    ("source", "value", "shape"),
    [
        ("x: lead # why\n", "lead", Shape.INLINE),
        ("x:\n", "", Shape.EMPTY),
        ("x: [a,\n  b] # why\n", "[a,\n  b]", Shape.INLINE),
        ("x: &a 'b'\n", "&a 'b'", Shape.INLINE),
        ("x: |\n  a\n\n# below\n", "|\n  a", Shape.TEXT_BLOCK),
        ("x:\n  - a\n  - b # c\n# below\n", "- a\n  - b", Shape.BLOCK_LIST),
        ("x:\n- a\n- |\n  b\n\ny: 1\n", "- a\n- |\n  b", Shape.BLOCK_LIST),
        ("x:\n  a: 1\n  b:\n\n", "a: 1\n  b:", Shape.BLOCK_MAPPING),
        ("💶\u2028: a\tb \t# c\n", "a\tb", Shape.INLINE),
    ],
)
def test_a_value_stands_where_its_signs_are(source: str, value: str, shape: Shape) -> None:
    layout = read_layout(source)
    assert layout is not None
    entry = layout.entries[0]
    assert source[entry.start : entry.end] == value
    assert entry.shape is shape


def test_a_value_is_shared_when_an_alias_elsewhere_stands_for_a_part_of_it() -> None:
    layout = read_layout("a: &x 1\nb: [&y 2, *y]\nc: *x\n")
    assert layout is not None
    assert [entry.is_shared for entry in layout.entries] == [True, False, False]


@pytest.mark.parametrize("source", ["", "# nothing\n", "~\n"])
def test_a_source_without_properties_has_no_places(source: str) -> None:
    layout = read_layout(source)
    assert layout is not None
    assert layout.entries == ()


def test_what_pyyaml_cannot_parse_has_no_layout() -> None:
    assert read_layout("x: [1\n") is None


def test_braces_are_seen() -> None:
    layout = read_layout('{"x":1}\n')
    assert layout is not None
    assert layout.is_flow
    assert spliced('{"x":1}\n', flow_cuts('{"x":1}\n', layout.entries[0], "a")) == '{"x": "a"}\n'


def test_no_value_is_cut_in_where_no_colon_is_seen() -> None:
    layout = read_layout("? x\n")
    assert layout is not None
    assert value_cuts("? x\n", layout.entries[0], None, "a", line_end="\n") is None


def test_new_lines_are_indented_and_ended_as_asked() -> None:
    assert new_lines("x", ("a",), indent=" ", line_end="\r\n") == " x:\r\n   - a\r\n"
    assert new_lines("x", None, indent="", line_end="\n") == "x:\n"


def test_the_indent_is_the_blanks_of_the_line() -> None:
    assert indent_at("a\n \tb: c", 6) == " \t"
