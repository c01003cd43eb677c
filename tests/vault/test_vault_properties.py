from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from front_matter_builders import NOTE, codes, oddity, read_all
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.errors import Level
from vaultflow.vault.frontmatter.properties import (
    FrontMatter,
    has_placeholders,
    legible_lines,
    meant_source,
    read_properties,
    split_front_matter,
)

if TYPE_CHECKING:
    from vaultflow.vault.note import Value

PLAIN = {"stage": "proposal", "next": "2026-01-05"}


def values(raw: bytes) -> dict[str, Value]:
    properties, findings = read_all(raw)
    assert properties is not None
    assert not [finding for finding in findings if finding.level is Level.ERROR]
    return {key: entry.value for key, entry in properties.items()}


@pytest.mark.parametrize("name", ["bom", "bom-crlf", "crlf", "mixed-eol", "close-trailing-space"])
def test_f18_odd_line_ends_and_fences_do_not_hide_the_properties(name: str) -> None:
    assert values(oddity(name)) == PLAIN


def test_f20_properties_keep_what_was_typed() -> None:
    properties, findings = read_all(oddity("yes-no"))
    assert properties is not None
    assert not findings
    assert [(entry.value, entry.text, entry.line) for entry in properties.values()] == [
        ("yes", "yes", 2),
        (123, "0123", 3),
        ("10:30", "10:30", 4),
    ]


def test_f21_a_day_that_does_not_exist_stays_text() -> None:
    assert values(oddity("bad-date")) == {"next": "2026-13-45"}


def test_json_between_the_fences_is_read() -> None:
    assert values(oddity("json")) == {"tags": ("x",), "publish": False}


def test_an_empty_block_is_readable_and_has_no_properties() -> None:
    assert values(b"---\n---\nBody\n") == {}
    assert values(b"---\n# nothing yet\n---\nBody\n") == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("colon", ("yaml-syntax", 2)),
        ("hashtag-list", ("yaml-syntax", 2)),
        ("tab-indent", ("yaml-syntax", 3)),
        ("dup-key", ("yaml-duplicate-key", 3)),
        ("list-top", ("yaml-not-a-mapping", 2)),
        ("unclosed", ("front-matter-open", 1)),
        ("dots-close", ("front-matter-open", 1)),
        ("leading-blank", ("front-matter-late", 2)),
    ],
)
def test_f17_what_obsidian_does_not_read_is_an_error_with_its_line(
    name: str, expected: tuple[str, int]
) -> None:
    properties, findings = read_all(oddity(name))
    assert properties is None
    assert codes(findings) == [expected]
    assert findings[0].level is Level.ERROR
    assert findings[0].hint


def test_dots_as_closer_are_named_in_the_hint() -> None:
    assert "`...`" in read_all(oddity("dots-close"))[1][0].hint
    late = read_all(b"---\nstage: won\n...\nBody\n\n---\nMore\n")[1]
    assert "`...`" in late[0].hint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "Body\n---\na: 1\n---\n",
        "----\na: 1\n----\n",
        "---\n\nA rule above.\n",
        "\n---\nA rule above.\n\n---\n",
        "\n---\nNote: a rule above.\n",
        " ---\na: 1\n---\n",
    ],
)
def test_a_note_without_front_matter_has_no_findings(text: str) -> None:
    assert split_front_matter(NOTE, text) == (None, ())


def test_the_body_begins_after_the_closing_fence() -> None:
    text = "---\r\na: 1\r\n---  \r\nBody\r\n"
    assert split_front_matter(NOTE, text)[0] == FrontMatter(
        source="a: 1\r\n", first_line=2, body_start=text.index("Body"), body_line=4
    )


def test_a_closing_fence_may_be_the_end_of_the_note() -> None:
    front_matter, _ = split_front_matter(NOTE, "---\na: 1\n---")
    assert front_matter == FrontMatter(source="a: 1\n", body_start=12, body_line=4)


def test_an_unquoted_link_is_told_with_what_to_write() -> None:
    properties, findings = read_all(oddity("unquoted-link"))
    assert properties is not None
    assert properties["contact"].value == (("Bob",),)
    assert codes(findings) == [("link-unquoted", 2)]
    assert findings[0].level is Level.WARNING
    assert findings[0].hint == 'write "[[Bob]]"'


def test_each_unquoted_link_of_a_list_is_told() -> None:
    _, findings = read_all(b"---\npeople:\n  - [[Ann]]\n  - [[Bob, Jr]]\n  - text\n---\n")
    assert [finding.hint for finding in findings] == ['write "[[Ann]]"', 'write "[[Bob, Jr]]"']


def test_f17_a_lead_with_broken_yaml_stays_legible() -> None:
    source = 'type: lead\r\nstage: "Won" # at last\r\nname: Re: hello\ntags: [lead, #hot]\nempty:\n'
    assert legible_lines(f"{source}  nested: 1\n- item: 2\n# comment: 3\nstage: Lost\n") == {
        "type": "lead",
        "stage": "Won",
        "name": "Re: hello",
        "tags": "[lead, #hot]",
        "empty": "",
    }


def test_f22_a_large_note_without_sense_is_legible_at_once() -> None:
    assert legible_lines("a" + " " * 1_000_000) == {}
    assert legible_lines("a:" + " \r" * 500_000 + "b") == {"a": (" \r" * 500_000 + "b").strip()}


@pytest.mark.parametrize("name", ["unclosed", "dots-close", "leading-blank"])
def test_what_was_meant_as_front_matter_stays_legible(name: str) -> None:
    lines = legible_lines(meant_source(oddity(name).decode()))
    assert {key: lines[key] for key in PLAIN} == PLAIN


def test_nothing_is_meant_where_front_matter_is_in_order() -> None:
    assert meant_source("---\na: 1\n---\nBody\n") == ""
    assert meant_source("Body\n") == ""


def test_an_unfilled_template_has_placeholders() -> None:
    assert has_placeholders(oddity("template").decode())
    assert has_placeholders("created: <% tp.date.now() %>\n")
    assert not has_placeholders("a: {b: {c: 1}}\n")


class Line(NamedTuple):
    """A property and what stands above it."""

    above: list[str]
    key: str
    text: str
    line_end: str


LINES = st.lists(
    st.builds(
        Line,
        above=st.lists(st.sampled_from(["", "# note", "  # a: b", " "]), max_size=2),
        key=st.text("abcdé ", min_size=1, max_size=4).map(str.strip).filter(bool),
        text=st.sampled_from(
            ["x", '"q: r"', "12", "", "[a, b]", "\n  - i\n  - j", "|\n  k\n\n  l"]
        ),
        line_end=st.sampled_from(["\n", "\r\n"]),
    ),
    max_size=6,
    unique_by=lambda line: line.key,
)


@settings(max_examples=60)
@given(LINES, st.sampled_from(["", "\ufeff"]))
def test_properties_know_the_line_on_which_they_stand(lines: list[Line], bom: str) -> None:
    note, expected = f"{bom}---\n", {}
    for above, key, text, line_end in lines:
        note += "".join(filler + line_end for filler in above)
        expected[key] = note.count("\n") + 1
        note += f"{key}: {text}".replace("\n", line_end) + line_end
    properties, _ = read_all(f"{note}---\nBody\n".encode())
    assert properties is not None
    assert {key: entry.line for key, entry in properties.items()} == expected


@settings(max_examples=100)
@given(
    st.binary(max_size=80)
    | st.text("ab:-[]{}&*!|>'\"%@`#,? \t\r\n.<=~\ufeff\x85", max_size=80).map(str.encode)
)
def test_no_bytes_make_reading_raise(source: bytes) -> None:
    for raw in (source, b"---\n" + source + b"\n---\nBody\n"):
        properties, findings = read_all(raw)
        lines = range(raw.count(b"\n") + 2)
        assert all(finding.line in lines for finding in findings)
        assert properties is None or all(entry.line in lines for entry in properties.values())


def test_reading_a_block_that_was_made_by_hand_counts_from_its_first_line() -> None:
    block = FrontMatter(source="\na: 1\n", first_line=10, body_start=0, body_line=13)
    properties, _ = read_properties(NOTE, block)
    assert properties is not None
    assert properties["a"].line == 11
