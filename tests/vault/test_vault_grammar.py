"""The rules that make markdown-it read as Obsidian does."""

from __future__ import annotations

import pytest

from vaultflow.vault.markdown.grammar import (
    MAX_LIST_LEVEL,
    MAX_NESTING,
    MAX_QUOTE_LEVEL,
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
    (_, inline, _), _ = parse(text)
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
    tokens, _ = parse("- [x] a [[B]]\n- c\n")
    items = [token for token in tokens if token.type == "list_item_open"]
    assert [item.meta for item in items] == [
        {"status": "x", "text": "a [[B]]"},
        {"status": None, "text": "c"},
    ]


def test_a_box_in_indented_code_is_none() -> None:
    tokens, _ = parse("-     [x] code\n")
    (item,) = [token for token in tokens if token.type == "list_item_open"]
    assert item.meta["status"] is None


def test_blocks_alone_are_parsed_without_their_text() -> None:
    assert all(not token.children for token in parse_blocks("# [[A]]\n\ntext\n"))
    assert parse_blocks("") == []


@pytest.mark.parametrize(
    ("mark", "most"), [("> ", MAX_QUOTE_LEVEL + 1), ("- ", MAX_LIST_LEVEL // 2 + 1)]
)
def test_marks_that_are_nested_too_deeply_are_text(mark: str, most: int) -> None:
    _, too_deep = parse(f"a\n\n{mark * most}[[B]]\n")
    assert too_deep is None
    tokens, too_deep = parse(f"a\n\n{mark * (most + 1)}[[B]]\n")
    assert too_deep == 2
    assert [token.content for token in tokens if token.type == "inline"] == ["a", f"{mark}[[B]]"]


def test_nesting_ends_before_pythons_stack_does() -> None:
    for mark in ("> ", "- ", "> - ", "1. "):
        tokens, too_deep = parse(mark * 10_000 + "x")
        assert too_deep == 0
        assert max(token.level for token in tokens) <= MAX_NESTING
