from __future__ import annotations

import json
from typing import Any

import pytest
from front_matter_builders import RECORDED
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.vault.frontmatter.plain_lines import read_plain_lines
from vaultflow.vault.frontmatter.scalars import MAX_FRONT_MATTER_BYTES
from vaultflow.vault.frontmatter.yaml12 import Failure, read_mapping

JAVASCRIPT: list[dict[str, Any]] = json.loads((RECORDED / "yaml-2.7.json").read_text("utf-8"))

LEAD = """type: lead
stage: "40% – Issues Identified"
value: 12000

# who
company: '[[Acme BV]]'
people: ["[[Jane Doe]]", Bob, 3]
tags:
  - lead
  - "a: b"
aliases:
- Acme
created: 2026-10-01
source: https://example.com/a:b
next action: Send it
closed:
"""


def assert_no_other_reading(source: str) -> None:
    """Either the lines are left to the parser, or they are read as it reads them."""
    quick = read_plain_lines(source, first_line=2)
    if quick is None:
        return
    parsed = read_mapping(source, first_line=2)
    assert not isinstance(parsed, Failure)
    # By text, because to Python `1`, `1.0` and `true` are equal; and in order.
    assert repr(quick) == repr(parsed)


@pytest.mark.parametrize("source", [LEAD, LEAD.replace("\n", "\r\n"), LEAD.rstrip(), "", "\n# a\n"])
def test_an_ordinary_lead_needs_no_parser(source: str) -> None:
    assert read_plain_lines(source) is not None
    assert_no_other_reading(source)


@pytest.mark.parametrize(
    "line",
    [
        "a: b: c",
        "a: b:",
        "a: b # c",
        "a: &x b",
        "a: *x",
        "a: !t b",
        "a: {b: c}",
        "a: [[B]]",
        "a: [b: c]",
        "a: [b,,c]",
        "a: [b] c",
        'a: "b\\n"',
        "a: 'b''c'",
        'a: "b" c',
        "a: |",
        "a: >-",
        "a: - b",
        "a:\tb",
        "a: b\x85",
        "a:b",
        "a",
        " a: b",
        "1: a",
        "true: a",
        "<<: a",
        '"a": b',
        "? a",
        "- a",
        "...",
        "a: b\na: c",
        "a: b\n  c",
        "a: b\n- c",
        "a:\n  - b\n - c",
        "a:\n  - b: c",
        "a:\n  - - b",
        "a:\n  -",
        "a:\n  b: c",
        "a: []\n- b",
    ],
)
def test_every_other_line_is_left_to_the_parser(line: str) -> None:
    assert read_plain_lines(f"stage: won\n{line}\n") is None


def test_a_long_source_is_left_to_the_parser() -> None:
    assert read_plain_lines("a: b\n" * (MAX_FRONT_MATTER_BYTES // 4)) is None


@pytest.mark.parametrize("case", JAVASCRIPT, ids=lambda case: repr(case["yaml"])[:40])
def test_the_recorded_readings_are_not_contradicted(case: dict[str, Any]) -> None:
    assert_no_other_reading(case["yaml"])


KEYS = st.sampled_from(["a", "b", "Next Action", "é", "yes", "null", "x-y", "k?", "2026", "- a"])
SCALARS = st.one_of(
    st.sampled_from(
        """x 12 0123 1_000 1.5 1e3 ~ null yes TRUE 10:30 2026-01-05 +31 .5 . -1 €5 50% (a) it's
        "q" 's' "a: b" [] [a] [a,b] ["x"] [1,] [[N]] {} {a:1} # #c x#c a:b a: :: = ? - & * ! | > @
        "" '' "x"y [a]b a]b a"b ... /x ~x /x/ $1 £1""".split()
    ),
    st.text("ab1 :,[]\"'#-.", max_size=6),
)
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", " \n", "\n\n", "\n# c\n"])
ENTRIES = st.builds("{}: {}{}".format, KEYS, SCALARS, ENDS)
ITEMS = st.builds("{}- {}{}".format, st.sampled_from(["", "  ", "  ", " "]), SCALARS, ENDS)


@settings(max_examples=400)
@given(st.lists(ENTRIES | ITEMS, max_size=5).map("".join))
def test_lines_that_are_read_here_are_read_as_the_parser_reads_them(source: str) -> None:
    assert_no_other_reading(source)
