"""Obsidian's Markdown as rules for markdown-it: what it has beyond CommonMark.

Every inline token that is of use later carries its place in the text as `meta["span"]`, and a
list item its tick box: markdown-it itself gives lines for blocks only.
"""

# ruff: noqa: FBT001 - markdown-it calls a rule with its `silent` in place

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, backtick, html_inline, image, link

from vaultflow.vault.markdown.tags import TAG
from vaultflow.vault.markdown.wikilinks import WIKILINK

if TYPE_CHECKING:
    from markdown_it.parser_block import RuleFuncBlockType
    from markdown_it.parser_inline import RuleFuncInlineType
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_NESTING = 100  # each level costs stack frames, and Python's stack has a thousand

_TICK_BOX = re.compile(r"\[([^\n])\](?:[ \t]+|$)")
_MATH = re.compile(r"\$\$[^$]+\$\$|\$(?![\s$])[^$\n]+(?<!\s)\$(?!\d)")
"""A price is no formula: no blank inside the dollars, no digit behind them."""
_BEFORE_TAG = 8  # characters looked at: enough for `**_~~`, and a bound for hostile text


@cache
def markdown_parser() -> MarkdownIt:
    """The parser with Obsidian's rules, made once.

    Reference definitions are off because `[^1]: [[Note]]` would be one and hide its link;
    emphasis is off because nothing that is read depends on it.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable("table")
    parser.disable(["reference", "entity", "emphasis", "balance_pairs", "fragments_join"])
    parser.block.ruler.before("table", "tick_box", _tick_box)
    interrupts: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
    parser.block.ruler.before("table", "comment", _fenced_by("%%", "comment"), interrupts)
    parser.block.ruler.before("table", "math", _fenced_by("$$", "math"), interrupts)
    for name in ("wikilink", "math", "tag"):
        parser.inline.ruler.before("link", name, _spanned(*_INLINE_RULES[name]))
    for name in ("backticks", "link", "image", "autolink", "html_inline"):
        parser.inline.ruler.at(name, _spanned(*_INLINE_RULES[name]))
    parser.normalizeLink = _as_written  # type: ignore[method-assign]  # names stay decoded
    return parser


def _as_written(url: str) -> str:
    return url


def parse(source: str) -> list[Token]:
    r"""All tokens of a text whose only line break is `\n`; inline ones with their place in it."""
    return markdown_parser().parse(source)


def parse_blocks(source: str) -> list[Token]:
    """The block tokens of such a text, its inline text not looked into."""
    parser = markdown_parser()
    tokens: list[Token] = []
    parser.block.parse(source, parser, {}, tokens)
    return tokens


def one_break(text: str) -> str:
    r"""The text with `\n` as its only line break, in as many lines as the file has.

    A lone `\r` breaks no line of the file, though markdown-it would break one there.
    """
    return text.replace("\r\n", "\n").replace("\r", " ")


def _tick_box(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Notes a list item's text and tick box, and hides the box from the rules that follow.

    Obsidian reads what stands behind the box as blocks: `- [ ] 1. x` holds a numbered item.
    """
    item = state.tokens[-1] if state.tokens else None
    if silent or item is None or item.type != "list_item_open" or item.map != [start, 0]:
        return False
    begin, end = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    box = None if state.is_code_block(start) else _TICK_BOX.match(state.src, begin, end)
    if box is not None:
        begin = state.bMarks[start] = box.end()
        state.tShift[start] = 0
    item.meta = {"status": box and box[1], "text": state.src[begin:end].rstrip()}
    if begin < end:
        return False
    state.line = start + 1
    return True


def _fenced_by(mark: str, kind: str) -> RuleFuncBlockType:
    """A block rule for what stands between two marks, the first of them first on its line.

    One that is never closed is plain text: nothing that follows it may go missing.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        if not state.src.startswith(mark, begin) or state.is_code_block(start):
            return False
        after = _line_after(state, mark, start, end)
        if after is None or silent:
            return after is not None
        _push_fenced(state, kind, start, after)
        return True

    return rule


def _line_after(state: StateBlock, mark: str, start: int, end: int) -> int | None:
    """The line behind the closing mark; None without one, or with text behind it."""
    begin = state.bMarks[start] + state.tShift[start] + len(mark)
    closing = state.src.find(mark, begin, state.eMarks[start])
    if closing >= 0:
        rest = state.src[closing + len(mark) : state.eMarks[start]]
        return None if rest.strip() else start + 1
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return None
        if state.src.find(mark, state.bMarks[line], state.eMarks[line]) >= 0:
            return line + 1
    return None


def _push_fenced(state: StateBlock, kind: str, start: int, after: int) -> None:
    """A comment's links and tags count, so its text is read; a formula's text is not."""
    state.line = after
    content = state.getLines(start, after, state.blkIndent, keepLastLF=False)
    token = state.push(f"{kind}_open", "", 1)
    token.map, token.content = [start, after], content
    if kind == "comment":
        inner = state.push("inline", "", 0)
        inner.map, inner.content, inner.children = [start, after], content, []
    state.push(f"{kind}_close", "", -1)


def _spanned(signs: str, rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """The rule, tried at these signs only, with the place of what it found on its first token."""

    def rule_with_span(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] not in signs:
            return False
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        found = (token for token in state.tokens[before:] if token.type != "text")
        if not silent and (token := next(found, None)):
            token.meta["span"] = (start, state.pos)
        return True

    return rule_with_span


def _wikilink(state: StateInline, silent: bool) -> bool:
    return _matched(state, WIKILINK, "wikilink", silent=silent)


def _math(state: StateInline, silent: bool) -> bool:
    return _matched(state, _MATH, "math_inline", silent=silent)


def _tag(state: StateInline, silent: bool) -> bool:
    r"""A tag begins the text, or stands behind a blank, an opening emphasis or another token.

    The last is why Obsidian finds one in `\[\[#Escaped Links\]\]`.
    """
    before = state.pending[-_BEFORE_TAG:].rstrip("*_~=")
    if silent or (before and not before[-1].isspace()):
        return False
    return _matched(state, TAG, "tag", silent=silent)


def _matched(state: StateInline, pattern: re.Pattern[str], kind: str, *, silent: bool) -> bool:
    match = pattern.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push(kind, "", 0).content = match[0]
    state.pos = match.end()
    return True


def _image(state: StateInline, silent: bool) -> bool:
    return _has_destination(state) and image(state, silent)


def _link(state: StateInline, silent: bool) -> bool:
    start, before = state.pos, len(state.tokens)
    if not (_has_destination(state) and link(state, silent)):
        return False
    if not silent:
        end = state.md.helpers.parseLinkLabel(state, start, disableNested=True)
        opening = next(token for token in state.tokens[before:] if token.type == "link_open")
        opening.content = state.src[start + 1 : end]
    return True


def _has_destination(state: StateInline) -> bool:
    """Whether a link can still come: else markdown-it seeks the end of each label in `[[[[`."""
    source, last = state.env.get("last_destination", (None, -1))
    if source is not state.src:
        last = state.src.rfind("](")
        state.env["last_destination"] = (state.src, last)
    return state.pos < int(last)


_INLINE_RULES: dict[str, tuple[str, RuleFuncInlineType]] = {
    "wikilink": ("[!", _wikilink),
    "math": ("$", _math),
    "tag": ("#", _tag),
    "backticks": ("`", backtick),
    "link": ("[", _link),
    "image": ("!", _image),
    "autolink": ("<", autolink),
    "html_inline": ("<", html_inline),
}
"""With the signs with which each begins."""
