"""What counts as a tag."""

from __future__ import annotations

import pytest
from vault_builders import note

from vaultflow.vault.markdown.tags import TAG, frontmatter_tags


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("#sales", "#sales"),
        ("#Sales/Hot-lead_1,", "#Sales/Hot-lead_1"),
        ("#2026q4", "#2026q4"),
        ("#über", "#über"),
        ("#🔥", "#🔥"),
        ("#a.b", "#a"),
        ("#how}", "#how"),
    ],
)
def test_a_tag_ends_where_obsidian_ends_it(text: str, tag: str) -> None:
    match = TAG.match(text)
    assert match is not None
    assert match[0] == tag


@pytest.mark.parametrize("text", ["#1", "#2026", "# Heading", "##", "#", "#."])
def test_a_number_or_nothing_is_no_tag(text: str) -> None:
    assert TAG.match(text) is None


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("[Articles, sales]", ("#Articles", "#sales")),
        ("one", ("#one",)),
        ('"#one"', ("#one",)),
        ("a, b", ()),
        ("[]", ()),
        ("", None),
        ("[1, 2026, true, ok]", ("#ok",)),
        ("['a b', 'a, b', c/d]", ("#c/d",)),
    ],
)
def test_the_property_tags_gives_those_that_are_valid(
    value: str, tags: tuple[str, ...] | None
) -> None:
    assert frontmatter_tags(note(f"---\ntags: {value}\n---\n").properties) == tags


@pytest.mark.parametrize("key", ["TAGS", "tag", "Tags"])
def test_only_the_property_tags_has_tags(key: str) -> None:
    assert frontmatter_tags(note(f"---\n{key}: one\n---\n").properties) is None


def test_without_front_matter_there_are_no_tags_in_it() -> None:
    assert frontmatter_tags(None) is None


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ('(#no) $#no$ "#no" .#no x\u2014#no', ()),
        ("a\t#yes, b\u00a0#and c\u3000#so", ("#yes", "#and", "#so")),
        ("[with #label](https://a.example) [and #more][there]", ("#label", "#more")),
        (
            "**#bold** *#slanted* ~~#struck~~ ==#marked==",
            ("#bold", "#slanted", "#struck", "#marked"),
        ),
        ("an _#emphasised_ and a __#strong__ one", ("#emphasised", "#strong")),
        ("_#a_b_ but #own_", ("#a_b", "#own_")),
        ("snake_case_#tag", ("#tag",)),
        ("#one#two", ("#one", "#two")),
        ("[x #in brackets]", ("#in",)),
        ("|a|b|\n|-|-|\n|#cell|x|", ("#cell",)),
    ],
)
def test_a_tag_begins_where_obsidian_was_seen_to_begin_one(
    text: str, tags: tuple[str, ...]
) -> None:
    assert note(text).tags == tags


@pytest.mark.parametrize(
    "text",
    [
        "m $a #no b$ n",
        "x $$ #no $$ y",
        "$$\n#no\n$$",
        "<div>\nhello #no\n</div>",
        "<p>x #no</p>",
        "<!-- #no --> b #no",
        "a <!-- #no\n#no -->",
        "```a\n```b\nx #no\n```",
        "`` #no ``",
    ],
)
def test_code_formulas_and_html_hide_a_tag(text: str) -> None:
    assert note(text).tags == ()
