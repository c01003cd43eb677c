from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vaultflow.vault.markdown import escape as module
from vaultflow.vault.markdown.escape import (
    Markdown,
    cell_link,
    clean_line,
    encode_path,
    escape,
    escape_inline,
    is_active,
    link,
)

MODEST = settings(max_examples=150, deadline=None)
COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])

ACTIVE_SIGNS = "`[]|<>&*_~=$%#^\\{}:!-+.)( \t\n\u2028\u202e1a"
nasty = st.one_of(
    st.text(ACTIVE_SIGNS, max_size=12),
    st.text(max_size=12),
    st.lists(
        st.sampled_from(
            "``` ~~~ `$= <% %> ]] [[ | %% <!-- --> - 1. # > --- === ^vf-abc #tag x &lt;".split(" ")
        )
        | st.sampled_from([" ", "\r\n", "\u2028"]),
        max_size=6,
    ).map("".join),
)


def inline_types(text: str) -> set[str]:
    tokens = COMMONMARK.parse(text)
    assert [token.type for token in tokens] in (
        ["paragraph_open", "inline", "paragraph_close"],
        [],
    ), text
    return {child.type for token in tokens for child in token.children or []}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Acme BV",
        "12.000,00 EUR",
        "Jane's",
        "50%",
        "A-B",
        "a@b.c",
        "40% – Issues Identified",
        "Smith & Co",
        "snake_case",
        "C:\\x",
        "5 < 6",
        "Qualified -> Proposal",
        "C# and #1",
        "+44 20 1234",
        "12:30",
        "idle 23 days (limit 14): last touch 2026-10-30, call out, line 41",
        "Привет, 東京 👍",
        "Great news!",
        "~5 days",
        "$5k, ($1,200)",
    ],
)
def test_what_has_no_effect_stays_as_typed(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```dataviewjs", "&#96;&#96;&#96;dataviewjs"),
        ("`$= x`", r"&#96;\$= x&#96;"),
        ("<% x %>", r"&lt;\% x %>"),
        ("]] and [x](y)", r"\]\] and \[x\](y)"),
        ("a|b", r"a\|b"),
        ("%% vaultflow:end focus %%", r"%\% vaultflow:end focus %\%"),
        ("two\r\nlines\u2028three\x0bfour", "two lines three four"),
        ("\u202eabc\u2069\x07", "abc"),
        ("half \ud800 pair", "half  pair"),
        ("x ^vf-abc", r"x \^vf-abc"),
        ("#tag", r"\#tag"),
        ("# head", r"\# head"),
        ("## head", r"\## head"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("12)", r"12\)"),
        ("> quote", r"\> quote"),
        ("---", r"\---"),
        ("=", r"\="),
        ("key:: value", r"key:\: value"),
        ("x$ $$5 $x", r"x\$ \$\$5 \$x"),
        ("==hi== ~~no~~ *a* _b_", r"=\=hi=\= ~\~no~\~ \*a\* \_b\_"),
        ("&lt;b> <b>", "&amp;lt;b> &lt;b>"),
        ("<!-- x -->", r"&lt;\!-- x --\>"),
        ("{{x}} {% y", r"{\{x}} {\% y"),
        ("end\\", "end&#92;"),
        ("  blanks  ", "blanks"),
    ],
)
def test_what_has_an_effect_is_escaped(text: str, expected: str) -> None:
    assert escape(text) == expected


def test_markdown_is_not_escaped_again() -> None:
    once = escape("`*`")
    assert isinstance(once, Markdown)
    assert escape(once) is once or escape(once) == once
    assert isinstance(escape("plain"), Markdown)


@MODEST
@given(nasty)
def test_f36_escaped_text_is_one_paragraph_of_text_alone(text: str) -> None:
    escaped = escape(text)
    assert len(escaped.splitlines()) <= 1
    assert inline_types(escaped) <= {"text", "text_special"}


@MODEST
@given(nasty)
def test_f36_escaped_text_shows_what_was_typed(text: str) -> None:
    (paragraph,) = COMMONMARK.parse(f"x {escape(text)}")[1:2]
    shown = "".join(child.content for child in paragraph.children or [])
    assert shown.split() == ["x", *clean_line(text).split()]


@MODEST
@given(nasty)
def test_f36_escaped_text_stays_in_its_cell(text: str) -> None:
    tokens = COMMONMARK.parse(f"|a|b|\n|-|-|\n|{escape(text)}|{escape(text)}|\n")
    assert [token.type for token in tokens].count("td_open") == 2


@MODEST
@given(nasty)
def test_f36_no_tool_that_reads_raw_text_finds_its_signs(text: str) -> None:
    found = re.search(
        r"`|%%|<%|\[\[|\]\]|\{\{|<!--|::|==|~~|(?:^|\s)\^[A-Za-z0-9]|(?<!\S)#\d*[^\d\s]",
        escape(text),
    )
    assert found is None


@MODEST
@given(nasty)
def test_the_quick_way_gives_the_same_as_the_long_one(text: str) -> None:
    if not module.SUSPECT.search(text):
        assert escape_inline(clean_line(text)) == text
        assert not module.FIRST.match(text)


@pytest.mark.parametrize(
    ("target", "alias", "expected"),
    [
        ("Acme", None, "[[Acme]]"),
        ("Acme.md", "Acme", "[[Acme]]"),
        ("Deals/Acme.md", "Acme", "[[Deals/Acme|Acme]]"),
        ("Deals/Acme", "", "[[Deals/Acme]]"),
        ("Deals/Acme", "A [x]", r"[A \[x\]](Deals/Acme.md)"),
        ("A|B", None, r"[A\|B](A%7CB.md)"),
        ("A: B", None, "[A: B](A%3A%20B.md)"),
        ("Café #1", "one", "[one](Café%20%231.md)"),
        ("a\nb", "x\ny", "[x y](a%0Ab.md)"),
        ("50%% off", None, r"[50%\% off](50%25%25%20off.md)"),
        ("half \ud800", None, "[half](half%20%3F.md)"),
        (" x", None, "[x](%20x.md)"),
    ],
)
def test_a_link_is_a_wikilink_where_that_can_hold_it(
    target: str, alias: str | None, expected: str
) -> None:
    assert link(target, alias) == expected


def test_a_link_in_a_cell_hides_its_bar_from_the_table() -> None:
    assert cell_link("Deals/Acme", "Acme") == r"[[Deals/Acme\|Acme]]"
    assert cell_link("Acme", "Acme") == "[[Acme]]"


@MODEST
@given(target=nasty.filter(str.strip), alias=nasty)
def test_f36_a_link_is_one_link_whatever_the_names(target: str, alias: str) -> None:
    text = cell_link(target, alias)
    tokens = COMMONMARK.parse(f"|a|\n|-|\n|x {text} y|\n")
    assert [token.type for token in tokens].count("td_open") == 1
    children = [child for token in tokens for child in token.children or []]
    if text.startswith("[["):
        assert re.fullmatch(r"\[\[[^\[\]|#^]+?(\\\|[^\[\]|]+)?\]\]", text)
    elif clean_line(alias) or clean_line(target):
        assert [child.type for child in children].count("link_open") == 1


def test_an_address_keeps_letters_of_all_scripts() -> None:
    assert encode_path("Übersee/東京 1") == "Übersee/東京%201.md"


def test_a_text_is_active_when_a_wikilink_would_show_it_otherwise() -> None:
    assert is_active("a*b")
    assert is_active("a#b")
    assert is_active("a ")
    assert not is_active("a - b")
