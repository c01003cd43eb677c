"""What a body holds, and on which line."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.vault.markdown.body import HIDDEN, Body, read_body


def body(text: str) -> Body:
    return read_body(dedent(text))


def links(text: str) -> list[tuple[int, str]]:
    return [(link.line, link.text) for link in body(text).links]


def test_a_link_has_its_own_line_within_a_paragraph() -> None:
    text = """\
        First [[A]] and
        then [[B]] and ![[c.png]]

        > quoted
        > [[D]]
        """
    assert links(text) == [(1, "[[A]]"), (2, "[[B]]"), (2, "![[c.png]]"), (5, "[[D]]")]


def test_lines_are_counted_from_the_first_line_of_the_body() -> None:
    assert read_body("x\n[[A]]\n", first_line=8).links[0].line == 9


def test_carriage_returns_do_not_shift_lines() -> None:
    text = "a\r\n[[A]]\r\n\r\nodd \r one [[B]]\n- [[C]]\r\n"
    assert [(link.line, link.text) for link in read_body(text).links] == [
        (2, "[[A]]"),
        (4, "[[B]]"),
        (5, "[[C]]"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`[[A]]`",
        "``[[A]] ` [[B]]``",
        "```\n[[A]]\n```",
        "~~~dataviewjs\n[[A]] #tag\n~~~",
        "para\n\n    [[A]] in indented code",
        "<!-- [[A]] #tag -->",
        "<!--\n[[A]]\n\n#tag\n-->",
        "<div>\n[[A]]\n</div>",
        "$[[A]]$",
        "$$\n[[A]]\n\n#tag\n$$",
        "$$ [[A]] $$",
        r"\[\[A\]\]",
        r"\[[A]]",
        "- item\n  ```\n  [[A]]\n  ```",
    ],
)
def test_code_formulas_and_html_hold_no_links_and_no_tags(text: str) -> None:
    found = read_body(text)
    assert (found.links, found.tags) == ((), ())


def test_links_and_tags_in_obsidians_comments_count() -> None:
    text = """\
        Said %% [[A]] #one %% aloud

        %%
        - [ ] [[B]] #two
        %%
        """
    found = body(text)
    assert [(link.line, link.text) for link in found.links] == [(1, "[[A]]"), (4, "[[B]]")]
    assert found.tags == ("#one", "#two")


def test_list_items_in_a_comment_are_none() -> None:
    assert body("para\n%%\n- [ ] hidden\n%%\n- [ ] shown\n").items[0].line == 5


def test_a_comment_that_is_never_closed_hides_nothing() -> None:
    found = body("%% forgotten\n\n- [ ] shown\n")
    assert [item.text for item in found.items] == ["shown"]


def test_a_comment_on_one_line_ends_the_list_before_it() -> None:
    found = body("- one\n%% vaultflow:end focus 9f2c %%\nafter\n")
    assert [item.text for item in found.items] == ["one"]
    assert [line.text for line in found.lines] == [
        "one",
        "%% vaultflow:end focus 9f2c %%",
        "after",
    ]


def test_prices_are_no_formula() -> None:
    assert links("It costs $5 with [[A]] and $6 without; or 7$ [[B]] 8$.") == [
        (1, "[[A]]"),
        (1, "[[B]]"),
    ]


def test_a_link_in_a_table_is_given_as_it_is_written() -> None:
    text = r"""
        | deal | note |
        | --- | --- |
        | [[Acme\|the client]] | x |
        | y | ![[plan.png\|100]] |
        """
    found = body(text)
    assert [(link.line, link.text, link.target, link.alias) for link in found.links] == [
        (4, r"[[Acme\|the client]]", "Acme", "the client"),
        (5, r"![[plan.png\|100]]", "plan.png", "100"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[Sq]uare]]", "[[Sq]uare]]"),
        ("[[a [[Inner]] c]]", "[[Inner]]"),
        ("**[[Bold]]**", "[[Bold]]"),
        ("[^1]: [[Footnote]]", "[[Footnote]]"),
        ("text^[aside [[Aside]]]", "[[Aside]]"),
        ("# [[Heading]]", "[[Heading]]"),
        ("Setext [[S]]\n===", "[[S]]"),
        ("1) [x] [[Task]]", "[[Task]]"),
        ("[t](<My Note.md>)", "[t](<My Note.md>)"),
        ("![alt|100](img.png)", "![alt|100](img.png)"),
        ('[t](note.md "title")', '[t](note.md "title")'),
        ("before [a\nb](note.md)", "[a\nb](note.md)"),
    ],
)
def test_a_link_is_found_wherever_obsidian_finds_it(text: str, found: str) -> None:
    assert [link.text for link in read_body(text).links] == [found]


def test_markdown_links_and_images_have_their_label_for_an_alias() -> None:
    found = body("[the **deal**](Acme%20BV.md#Log) and ![alt|100](img%201.png)").links
    assert [(link.target, link.subpath, link.alias, link.embed) for link in found] == [
        ("Acme BV.md", "#Log", "the **deal**", False),
        ("img 1.png", "", "alt|100", True),
    ]


@pytest.mark.parametrize(
    "text", ["[x](https://a.b)", "<https://a.b>", "[]()", "[alias]()", "![x](http://a/b c.png)"]
)
def test_links_to_elsewhere_and_to_nothing_are_left_out(text: str) -> None:
    assert read_body(text).links == ()


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#a #b/c", ("#a", "#b/c")),
        ("# Heading #a", ("#a",)),
        ("a#b (#c) x/#d &#39; https://x.y/#e", ()),
        ("**#bold** *#soft*", ("#bold", "#soft")),
        ("> [!todo] #callout", ("#callout",)),
        ("| #cell | x |\n|---|---|\n| #row | y |", ("#cell", "#row")),
        (r"\[\[#Escaped Links\]\] \#not", ("#Escaped",)),
        ("line\n#start", ("#start",)),
        ("[[Note#Heading]] [[A|#alias]]", ()),
        ("`x` #a <br>#b", ("#a", "#b")),
    ],
)
def test_tags_stand_at_the_beginning_of_a_word(text: str, tags: tuple[str, ...]) -> None:
    assert read_body(text).tags == tags


def test_headings_have_level_text_and_line() -> None:
    found = body("# One\n\nTwo\n---\n\n###### Six ###\n\n#none\n\n## Stages {#sta}\n").headings
    assert [(item.level, item.text, item.line) for item in found] == [
        (1, "One", 1),
        (2, "Two", 3),
        (6, "Six", 6),
        (2, "Stages {#sta}", 10),
    ]


def test_headings_inside_of_lists_and_quotes_are_not_in_the_outline() -> None:
    assert body("- # in a list\n\n> # in a quote\n").headings == ()


def test_items_have_depth_text_and_box() -> None:
    text = """\
        - [ ] parent ^id
            - [x] child
            \t1. [?] number
        * [/] star
        + plus
        1) [-] paren
        - [ ]
        - []no box
        - [x]no box
        -
        """
    assert [(item.line, item.depth, item.status, item.text) for item in body(text).items] == [
        (1, 0, " ", "parent ^id"),
        (2, 1, "x", "child"),
        (3, 2, "?", "number"),
        (4, 0, "/", "star"),
        (5, 0, None, "plus"),
        (6, 0, "-", "paren"),
        (7, 0, " ", ""),
        (8, 0, None, "[]no box"),
        (9, 0, None, "[x]no box"),
        (10, 0, None, ""),
    ]


def test_what_stands_behind_a_box_can_be_an_item_itself() -> None:
    found = body("- [ ] 1. first\n- [ ] 2 - second\n").items
    assert [(item.line, item.depth, item.status, item.text) for item in found] == [
        (1, 0, " ", "1. first"),
        (1, 1, None, "first"),
        (2, 0, " ", "2 - second"),
    ]


def test_items_in_callouts_count() -> None:
    found = body("> [!todo]- Title\n> - [ ] one\n>     - two\n").items
    assert [(item.line, item.depth, item.text) for item in found] == [(2, 0, "one"), (3, 1, "two")]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("text ^a-1", [("a-1", 1)]),
        ("two\nlines ^a", [("a", 1)]),
        ("# Heading ^a", [("a", 1)]),
        ("- one ^a\n- two ^b", [("a", 1), ("b", 2)]),
        ("- one\n- two\n\n^list", [("list", 1)]),
        ("> a quote\n\n^quote", [("quote", 1)]),
        ("x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n^table", [("table", 3)]),
        ("x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n^table", [("table", 3)]),
        ("^lonely", [("lonely", 1)]),
        ("`code ^a`", []),
        ("x^2 and ^a in the middle", []),
        ("under_score ^a_b", []),
    ],
)
def test_a_block_id_has_the_line_where_its_block_begins(
    text: str, blocks: list[tuple[str, int]]
) -> None:
    assert [(block.id, block.line) for block in read_body(text).blocks] == blocks


def test_running_text_is_given_line_by_line_with_code_hidden() -> None:
    text = "- [ ] task\n  more\n\n> a `b` <!-- c -->\n\n| x | y |\n|---|---|\n"
    lines = read_body(text).lines
    assert [(line.line, line.text, line.in_task, line.in_table) for line in lines] == [
        (1, "task", True, False),
        (2, "more", True, False),
        (4, "a `b` <!-- c -->", False, False),
        (6, "x", False, True),
        (6, "y", False, True),
    ]
    assert lines[2].visible == "a " + HIDDEN * 3 + " " + HIDDEN * 10


def plain(text: str) -> str:
    """The text without the backslashes that a table's cells lose."""
    return text.replace(r"\|", "|")


PIECES = st.sampled_from(
    [
        "plain",
        "[[L{n}]] in a paragraph\nand [[M{n}]]",
        "- item [[L{n}]]\n    - child #t{n}x",
        "- [ ] task #t{n}x [[L{n}]]",
        "```\n[[decoy{n}]] #decoy\n```",
        "> quote [[L{n}]]\n> ![[M{n}]]",
        "| a | b |\n|---|---|\n| [[L{n}\\|x]] | ![[M{n}]] |",
        "## Heading [[L{n}]] #t{n}x",
        "<!-- [[decoy{n}]] -->",
        "%% [[L{n}]] %%",
        "[label](L{n}.md) `[[decoy{n}]]`",
    ]
)


@given(pieces=st.lists(PIECES, max_size=8), newline=st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=60)
def test_everything_found_stands_on_its_line(pieces: list[str], newline: str) -> None:
    text = "\n\n".join(piece.replace("{n}", str(n)) for n, piece in enumerate(pieces))
    written = ["", *text.split("\n")]
    found = read_body(text.replace("\n", newline))
    assert all(link.text in written[link.line] for link in found.links)
    assert all(item.text in written[item.line] for item in found.items)
    assert all(item.text in written[item.line] for item in found.headings)
    assert all(plain(line.text) in plain(written[line.line]) for line in found.lines)
    assert len(found.links) == sum(text.count(mark) for mark in ("[[L", "[[M", "(L"))
    assert len(found.tags) == text.count("#t")


@given(st.text(alphabet="[]()!#|`$%<>-=*_~^:\\ \t\n\r1.xé😀\u200b\u2028", max_size=80))
@settings(max_examples=150)
def test_no_text_makes_reading_fail(text: str) -> None:
    read_body(text)


def test_deep_nesting_ends() -> None:
    read_body(">" * 5_000 + " x")
    read_body("".join("  " * depth + "- x\n" for depth in range(300)))
    read_body("[[" * 5_000 + "![" * 5_000)
