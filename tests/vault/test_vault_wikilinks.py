"""Links taken apart: what is between the brackets."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.vault.markdown.wikilinks import (
    WIKILINK,
    read_markdown_link,
    read_wikilink,
    split_subpath,
)

_STEP_BY_STEP = re.compile(r"!?\[\[((?:(?!\[\[|\]\])[^\n])+)\]\]")
"""A wikilink, with a look at each sign for whether the brackets end or begin anew."""


@pytest.mark.parametrize(
    ("text", "target", "subpath", "alias"),
    [
        ("[[Acme]]", "Acme", "", None),
        ("[[Acme|the client]]", "Acme", "", "the client"),
        ("[[Acme||bar first]]", "Acme", "", "|bar first"),
        (r"[[Acme\|in a table]]", "Acme", "", "in a table"),
        ("[[Deals/Acme BV.md#Log]]", "Deals/Acme BV.md", "#Log", None),
        ("[[Acme#Log#Calls|log]]", "Acme", "#Log#Calls", "log"),
        ("[[Acme#^vf-1]]", "Acme", "#^vf-1", None),
        ("[[#Log]]", "", "#Log", None),
        ("[[Sq]uare]]", "Sq]uare", "", None),
        ("[[Two  blanks]]", "Two  blanks", "", None),
        ("[[https://x]]", "https://x", "", None),
        ("[[Acme|]]", "Acme", "", ""),
        ("[[|]]", "|", "", None),
        ("[[|no alias]]", "|no alias", "", None),
        ("[[|#no alias]]", "|", "#no alias", None),
        (r"[[\|no alias]]", r"\|no alias", "", None),
        ("[[|a|shown]]", "|a", "", "shown"),
    ],
)
def test_a_wikilink_has_target_subpath_and_alias(
    text: str, target: str, subpath: str, alias: str | None
) -> None:
    link = read_wikilink(text, line=3)
    assert link is not None
    assert (link.target, link.subpath, link.alias) == (target, subpath, alias)
    assert (link.text, link.line, link.embed, link.key) == (text, 3, False, None)


def test_an_exclamation_mark_makes_an_embed() -> None:
    link = read_wikilink("![[plan.png|100x145]]", line=1)
    assert link is not None
    assert (link.target, link.alias, link.embed) == ("plan.png", "100x145", True)


@pytest.mark.parametrize("text", ["[[]]", "[[ ]]", "[Acme]", "[[Ac\nme]]", "[[a [[b]]"])
def test_what_names_nothing_is_no_wikilink(text: str) -> None:
    assert read_wikilink(text, line=1) is None


@pytest.mark.parametrize(
    ("destination", "target", "subpath"),
    [
        ("My%20Note.md", "My Note.md", ""),
        ("Caf%C3%A9.md#Menu%20du%20jour", "Café.md", "#Menu du jour"),
        ("C%23%20offer.md#Log", "C# offer.md", "#Log"),
        ("#Log", "", "#Log"),
        ("100%25.md", "100%.md", ""),
        ("100%.md", "100%.md", ""),
        ("Latin%E9.md", "Latin%E9.md", ""),
        ("C:/Deals/Acme.md", "C:/Deals/Acme.md", ""),
    ],
)
def test_a_markdown_links_destination_is_decoded(
    destination: str, target: str, subpath: str
) -> None:
    link = read_markdown_link("[t](...)", line=1, label="t", destination=destination)
    assert link is not None
    assert (link.target, link.subpath, link.alias) == (target, subpath, "t")


@pytest.mark.parametrize(
    "destination", ["https://x.com/a.md", "mailto:ann@x.com", "obsidian://open?file=a", "//x", ""]
)
def test_a_link_to_elsewhere_is_none_of_the_vault(destination: str) -> None:
    assert read_markdown_link("[t](...)", line=1, label="t", destination=destination) is None


def test_a_path_ends_at_the_first_hash() -> None:
    assert split_subpath("pa#th/note.md") == ("pa", "#th/note.md")
    assert split_subpath("path/note.md") == ("path/note.md", "")


@given(st.text("[]|#!a\n", max_size=20))
def test_a_link_is_found_as_by_a_look_at_each_sign(text: str) -> None:
    assert _found(WIKILINK, text) == _found(_STEP_BY_STEP, text)
    assert bool(WIKILINK.fullmatch(text)) == bool(_STEP_BY_STEP.fullmatch(text))


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[tuple[int, int], str]]:
    return [(match.span(), match[1]) for match in pattern.finditer(text)]
