"""The rules that make markdown-it read as Obsidian does."""

from __future__ import annotations

from vaultflow.vault.markdown.grammar import (
    MAX_NESTING,
    markdown_parser,
    one_break,
    parse,
    parse_blocks,
)


def test_there_is_one_parser() -> None:
    assert markdown_parser() is markdown_parser()


def test_line_breaks_become_one_kind_and_lines_stay_as_many() -> None:
    text = "a\r\nb\nc\rd\u2028e"
    assert one_break(text) == "a\nb\nc d\u2028e"
    assert one_break(text).count("\n") == text.count("\n")


def test_inline_tokens_know_their_place() -> None:
    text = "see [[A]] and `b` #c, [d](e.md) <!-- f --> $g$ ![h](i.png)"
    _, inline, _ = parse(text)
    spans = {child.type: child.meta["span"] for child in inline.children or () if child.meta}
    assert {kind: text[start:end] for kind, (start, end) in spans.items()} == {
        "wikilink": "[[A]]",
        "code_inline": "`b`",
        "tag": "#c",
        "link_open": "[d](e.md)",
        "html_inline": "<!-- f -->",
        "math_inline": "$g$",
        "image": "![h](i.png)",
    }


def test_a_list_item_knows_its_box_and_its_text() -> None:
    items = [token for token in parse("- [x] a [[B]]\n- c\n") if token.type == "list_item_open"]
    assert [item.meta for item in items] == [
        {"status": "x", "text": "a [[B]]"},
        {"status": None, "text": "c"},
    ]


def test_a_box_in_indented_code_is_none() -> None:
    (item,) = [token for token in parse("-     [x] code\n") if token.type == "list_item_open"]
    assert item.meta["status"] is None


def test_blocks_alone_are_parsed_without_their_text() -> None:
    assert all(not token.children for token in parse_blocks("# [[A]]\n\ntext\n"))
    assert parse_blocks("") == []


def test_nesting_ends_before_pythons_stack_does() -> None:
    tokens = parse(">" * (MAX_NESTING * 50) + " x")
    assert max(token.level for token in tokens) < MAX_NESTING
