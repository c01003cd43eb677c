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
from markdown_it.rules_block import blockquote, fence, heading, hr, html_block, list_block, table
from markdown_it.rules_inline import autolink, backtick, escape, html_inline, image, link

from vaultflow.vault.markdown.tags import TAG
from vaultflow.vault.markdown.wikilinks import WIKILINK

if TYPE_CHECKING:
    from markdown_it.parser_block import RuleFuncBlockType
    from markdown_it.parser_inline import RuleFuncInlineType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_NESTING = 100  # each level costs stack frames, and Python's stack has a thousand
MAX_QUOTE_LEVEL = 20  # each quote looks again at all of its lines, at some 10 us
MAX_LIST_LEVEL = MAX_NESTING - 3  # a list and its item are two levels, what they hold a third

_TICK_BOX = re.compile(r"\[([^\n])\](?:[ \t]+|$)")
_MATH = re.compile(r"\$\$[^$]+\$\$|\$(?![\s$])[^$\n]+(?<!\s)\$(?!\d)")
"""A price is no formula: no blank inside the dollars, no digit behind them."""
_BEFORE_TAG = 8  # characters looked at: enough for `**_~~`, and a bound for hostile text
_TOO_DEEP = "too_deep"


@cache
def markdown_parser() -> MarkdownIt:
    """The parser with Obsidian's rules, made once.

    Reference definitions are off because `[^1]: [[Note]]` would be one and hide its link;
    emphasis is off because nothing that is read depends on it.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.enable("table")
    parser.disable(["reference", "balance_pairs", "fragments_join", "text_join"])
    parser.block.ruler.before("table", "tick_box", _tick_box)
    for name in ("comment", "math"):
        parser.block.ruler.before("table", name, _BLOCK_RULES[name][1])
    for name, (signs, rule, interrupted) in _BLOCK_RULES.items():
        parser.block.ruler.at(name, _at_signs(signs, rule), {"alt": interrupted.split()})
    parser.block.ruler.at("table", _table, {"alt": ["paragraph"]})
    parser.core.ruler.at("inline", _inline)
    parser.inline.ruler.push("signed", _signed)
    parser.inline.ruler.enableOnly(["text", "signed"])
    parser.inline.terminator_re = _SIGN
    parser.normalizeLink = _as_written  # type: ignore[method-assign]  # names stay decoded
    return parser


def _as_written(url: str) -> str:
    return url


def parse(source: str) -> tuple[list[Token], int | None]:
    r"""All tokens of a text whose only line break is `\n`; inline ones with their place in it.

    Next to them the first line, from 0, with marks so deeply nested that they are plain text.
    """
    env: dict[str, int] = {}
    return markdown_parser().parse(source, env), env.get(_TOO_DEEP)


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


def _no_deeper(rule: RuleFuncBlockType, most: int) -> RuleFuncBlockType:
    """The rule down to this level of nesting; deeper, its marks are plain text.

    markdown-it itself would drop all that is nested too deeply.
    """

    def rule_to_level(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.level <= most:
            return rule(state, start, end, silent)
        if rule(state, start, end, True):  # noqa: FBT003 - as markdown-it has it
            state.env.setdefault(_TOO_DEEP, start)
        return False

    return rule_to_level


def _at_signs(signs: str, rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """The rule, tried on lines that begin with one of the signs: on most it would be in vain."""

    def rule_at_signs(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return _first_sign(state, start) in signs and rule(state, start, end, silent)

    return rule_at_signs


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, tried when the line below may be the one between its head and its rows."""
    below = start + 1
    return below < end and _first_sign(state, below) in "|:-" and table(state, start, end, silent)


def _first_sign(state: StateBlock, line: int) -> str:
    r"""The line's first character that is no blank; `\n` when it has none."""
    begin = state.bMarks[line] + state.tShift[line]
    return state.src[begin] if begin < len(state.src) else "\n"


def _inline(state: StateCore) -> None:
    """Looks into the running text that holds a sign; half of all lines hold none."""
    for token in state.tokens:
        if token.type == "inline" and _SIGN.search(token.content):
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])


def _signed(state: StateInline, silent: bool) -> bool:
    """Tries the rules for the sign, and notes the place of what was found on its first token."""
    start, before = state.pos, len(state.tokens)
    for rule in _INLINE_RULES.get(state.src[start], ()):
        if rule(state, silent):
            break
    else:
        return False
    found = (token for token in state.tokens[before:] if token.type != "text")
    if not silent and (token := next(found, None)):
        token.meta["span"] = (start, state.pos)
    return True


def _wikilink(state: StateInline, silent: bool) -> bool:
    return _matched(state, WIKILINK, "wikilink", silent=silent)


def _math(state: StateInline, silent: bool) -> bool:
    return _matched(state, _MATH, "math_inline", silent=silent)


def _tag(state: StateInline, silent: bool) -> bool:
    r"""A tag begins the text, or stands behind a blank, an opening emphasis or another token.

    The last is why Obsidian finds one in `\[\[#Escaped Links\]\]`. An underscore before it never
    hinders, and those that close it again are none of its own: `_#a_b_` is the tag `#a_b`.
    """
    before = state.pending[-_BEFORE_TAG:]
    marks = before[len(before.rstrip("*_~=")) :]
    is_open = len(marks) == len(before) or before[-len(marks) - 1].isspace()
    match = TAG.match(state.src, state.pos, state.posMax)
    if silent or not match or not (is_open or marks.endswith("_")):
        return False
    closing = "_" * (len(marks) - len(marks.rstrip("_")))
    state.push("tag", "", 0).content = match[0].removesuffix(closing)
    state.pos = match.end()
    return True


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


_BLOCK_RULES: dict[str, tuple[str, RuleFuncBlockType, str]] = {
    "comment": ("%", _fenced_by("%%", "comment"), "paragraph blockquote list"),
    "math": ("$", _fenced_by("$$", "math"), "paragraph blockquote list"),
    "fence": ("`~", fence, "paragraph blockquote list"),
    "blockquote": (">", _no_deeper(blockquote, MAX_QUOTE_LEVEL), "paragraph blockquote list"),
    "hr": ("*-_", hr, "paragraph blockquote list"),
    "list": ("*-+0123456789", _no_deeper(list_block, MAX_LIST_LEVEL), "paragraph blockquote"),
    "html_block": ("<", html_block, "paragraph blockquote"),
    "heading": ("#", heading, "paragraph blockquote"),
}
"""By name: the signs with which each begins, and what it may interrupt."""

_INLINE_RULES: dict[str, tuple[RuleFuncInlineType, ...]] = {
    "\\": (escape,),
    "`": (backtick,),
    "$": (_math,),
    "#": (_tag,),
    "[": (_wikilink, _link),
    "!": (_wikilink, _image),
    "<": (autolink, html_inline),
}
"""By the sign with which each begins."""

_SIGN = re.compile(f"[{re.escape(''.join(_INLINE_RULES))}\\]]")
"""What ends plain text: a sign, or the end of a link's label."""
