"""Links and tags found by one sign each: as the search for all signs finds them, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.vault.swift.plain_spans import read_plain_spans
from vaultflow.vault.swift.spans import read_any_spans

_WRITTEN = r"""
    [[ ]] [ ] # a tag #x/y | ! ( ) ]( * _ ~ = 1 é ' ^id : ` `` \ \| `x` ![[a]] [[b#c]] [[b|d]]
    [[a|b]] [t](u) [t](u#v) [t](`u`) http://a#b &amp; < $ %20 ²
"""
_BLANKS = (" ", "\n", "\u00a0", "\u2003", "\x1c", "\x85")
PIECES = st.sampled_from([*_WRITTEN.split(), *_BLANKS, "[[ e]]", "[[a #b]]", "`[[c]]`"])


@settings(max_examples=2_000, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_served_is_what_the_search_for_all_signs_finds(text: str) -> None:
    plain = read_plain_spans(text, 1)
    assert plain is None or plain == read_any_spans(text, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Met [[Ada]] at [[Acme#Log|the firm]], see ![[plan.png]]. #met #area/x",
        r"| [[Acme\|firm]] | a \* star |",
        "Run `make [[all]]`, then read [the page](Notes/Page.md).",
    ],
)
def test_ordinary_text_is_served(text: str) -> None:
    assert read_plain_spans(text, 1) == read_any_spans(text, 1)


@pytest.mark.parametrize(
    "text",
    [
        "a <b>[[Ada]]</b>",
        "$[[Ada]]$",
        r"\[[Ada]]",
        "[[Ada `x`]]",
        "``[[Ada]]``",
        "[x](`a`)",
        "x](y)",
        "*#tag",
        "#a#b",
        "[[a #b]]",
    ],
)
def test_what_may_be_hidden_is_left_alone(text: str) -> None:
    assert read_plain_spans(text, 1) is None


def test_each_link_has_its_line() -> None:
    served = read_plain_spans("[[a]] x\n\n![[b]] #t", 5)
    assert served is not None
    links, tags = served
    assert [(found.line, found.text, found.embed) for found in links] == [
        (5, "[[a]]", False),
        (7, "![[b]]", True),
    ]
    assert tags == ["#t"]
