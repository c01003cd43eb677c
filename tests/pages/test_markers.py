from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_builders import PATH

from vaultflow.pages.blocks.markers import (
    broken_markers,
    conflict_marks,
    find_markers,
    nested_blocks,
    read_layout,
    read_markers,
    split_lines,
    telling_lines,
)

BEGIN = "%% vaultflow:begin focus %%"
END = "%% vaultflow:end focus 9f2c4a11d0e3 %%"


def test_the_markers_of_a_broken_page_are_found_too() -> None:
    text = f"---\nx: 1\n---\n{END}\n```\n{BEGIN}\n```\n{BEGIN}\n"
    found = find_markers(text, PATH)
    assert [(marker.kind, marker.index) for marker in found] == [("end", 3), ("begin", 7)]


def test_a_block_lies_between_its_markers() -> None:
    layout = read_layout(f"a\n{BEGIN}\r\nb\r\n\r\n{END}", PATH)
    (span,) = layout.spans
    assert (span.block, span.begin, span.end, span.seal) == ("focus", 1, 4, "9f2c4a11d0e3")
    assert layout.body(span) == ("b", "")
    assert layout.findings == ()


@pytest.mark.parametrize(
    "line", ["%%vaultflow:begin focus%%", f"{BEGIN}  ", "%%\tvaultflow:begin  focus\t%%", BEGIN]
)
def test_blanks_in_a_marker_do_not_matter(line: str) -> None:
    (marker,) = read_markers([(3, line)])
    assert (marker.kind, marker.block, marker.index) == ("begin", "focus", 3)


@pytest.mark.parametrize(
    "line",
    [
        f" {BEGIN}",
        f"> {BEGIN}",
        f"x {BEGIN}",
        f"{BEGIN} x",
        "%% vaultflow:begin %%",
        "%% vaultflow:begins focus %%",
        "% vaultflow:begin focus %",
    ],
)
def test_a_marker_stands_alone_on_its_line(line: str) -> None:
    assert list(read_markers([(0, line)])) == []


def test_code_is_not_looked_into() -> None:
    text = "%% a\n```md\n~~~\n%% b\n``` x\n%% b\n````\n%% c\n  ~~~\n%% d\n"
    assert [line for _, line in telling_lines(text, 0)] == ["%% a", "%% c"]
    assert [index for index, _ in telling_lines(text, 7)] == [7]


def test_backticks_within_a_line_open_no_code() -> None:
    text = "```a``` b\n%% c\n%% d ``` %%\n"
    assert [index for index, _ in telling_lines(text, 0)] == [1, 2]


def test_lines_that_cannot_tell_of_blocks_are_passed_over() -> None:
    text = "a\n| b |\n\n > %% c\n=======\n<<<<<<< d\r\n>>>>>>>\n"
    assert list(telling_lines(text, 0)) == [(5, "<<<<<<< d"), (6, ">>>>>>>")]


def test_a_bom_hides_no_marker() -> None:
    assert len(read_layout(f"\ufeff{BEGIN}\n{END}\n", PATH).spans) == 1


@settings(max_examples=50, deadline=None)
@given(st.text("a\r\n\u2028\x0b\x85"))
def test_lines_are_the_whole_text(text: str) -> None:
    lines = split_lines(text)
    assert "".join(lines) == text
    assert all(line.count("\n") <= 1 for line in lines)


def test_findings_stand_in_the_order_of_their_lines() -> None:
    layout = read_layout(f"{END}\n<<<<<<< HEAD\n>>>>>>> x\n%% vaultflow:begin b %%\n", PATH)
    assert [finding.line for finding in layout.findings] == [1, 2, 3, 4]
    assert layout.spans == ()


def test_each_fault_is_told_by_its_own_function() -> None:
    assert len(conflict_marks([(0, "<<<<<<< a"), (1, "<<<<<<<<"), (2, "=======")], PATH)) == 1
    markers = list(read_markers([(0, BEGIN)]))
    (finding,) = broken_markers({"focus": markers}, PATH)
    assert (finding.code, finding.line) == ("marker-unclosed", 1)
    assert "'focus'" in finding.message
    assert nested_blocks(read_layout(f"{BEGIN}\n{END}\n", PATH).spans, PATH) == []


SIGNED = (
    "%% a %%",
    "<<<<<<<",
    ">>>>>>> b",
    "```",
    "~~~ ",
    "  ```md",
    "\ufeff%%",
    "c %% ```",
    "d",
    "",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SIGNED)), st.sampled_from(("\n", "\r\n")), st.booleans())
def test_a_line_tells_wherever_it_stands_among_lines_that_do_not(
    lines: list[str], newline: str, ends: bool
) -> None:
    text = newline.join(lines) + (newline if ends else "")
    apart = f"{newline}plain{newline}".join(lines)
    telling = [(index * 2, line) for index, line in telling_lines(text, 0)]
    assert list(telling_lines(apart, 0)) == telling
