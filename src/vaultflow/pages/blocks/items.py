"""Items of a page: lines with a tick box and a stable id, and what the user put below them.

    - [ ] What must happen next, and by when? ^vf-7k2m9qab3c
        - next:: Send revised quote
        - She is back on Monday.

The first indented line is an answer, the second a note of the user's.
"""

from __future__ import annotations

import re
from base64 import b32encode
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ID_LENGTH = 10  # 50 bits: two of a million items share an id in 1 of 2,000 vaults

STAMP = r"(?:[✅❌]\ufe0f?[ \t]*\d{4}-\d{2}-\d{2}|\[(?:completion|cancelled)::[^\]]*\])[ \t]*"
"""The day that the Tasks and Dataview plugins put into a line when its box is ticked."""
ID_SIGN = "^vf-"
"""Stands in the line of every item. Looking for it takes a tenth of the time of the pattern."""
ITEM = re.compile(
    r"(?P<lead>[ \t>]*)(?:[-*+]|\d+[.)])[ \t]+\[(?P<state>.)\][ \t]+"
    rf"(?P<text>(?:.*?[ \t])??)(?P<stamps>(?:{STAMP})*)"
    r"\^(?P<id>vf-[0-9a-z]+)(?![\w-])[ \t]*(?P<tail>.*?)\s*"
)
ANSWER_SIGN = "::"
ANSWER = re.compile(
    r"(?P<head>[ \t>]*+(?:[-*+]\s++)?(?P<key>[^\W_][\w-]*+(?:[ ]++[\w-]++)*+)\s*+::)(?!:)\s*+"
    r"(?P<value>(?:.*\S)?)\s*+"
)
"""Like Dataview's, it needs no blank behind its sign, and a hard one is a blank too."""
_UNTOUCHED = {
    (True, False): re.compile(r"- \[ \] [^^✅❌]*\^vf-[0-9a-z]+"),
    (False, True): re.compile(r"\t- [^\W_](?:[\w -]*\w)?::"),
    (True, True): re.compile(r"(?!)"),
}
"""How nearly all items and their answers stand on a page, by whether a line has the sign of an
item and that of an answer: what was generated, and nothing else."""
HEADING = re.compile(r"[ \t>]*#{1,6}[ \t]")
LINK = re.compile(r"\[\[(?P<wiki>[^\]|#\\]*)[^\]]*\]\]|\[[^\]]*\]\(<?(?P<url>[^)>]*)>?\)")


class Answer(Struct, frozen=True, kw_only=True, gc=False):
    """An answer field below an item, `key:: value`."""

    key: str
    value: str
    """Empty while it is not answered."""
    line: int


class Item(Struct, frozen=True, kw_only=True, gc=False):
    """A line with a tick box and an id, and the lines indented below it."""

    id: str
    """With its `vf-`."""
    state: str
    """The character in the tick box; a blank while it is not ticked."""
    text: str
    """What stands between the box and the id, without the day on which it was ticked."""
    answers: tuple[Answer, ...]
    tail: str
    """What was typed behind the id."""
    as_generated: str
    """Its own line, with an empty box and nothing behind the id."""
    notes: tuple[str, ...]
    """What the user wrote behind the id and in the other lines below, without their markers."""
    line: int
    """1-based, counted from where the lines that were read begin."""
    last_line: int
    """Of what belongs to it; the same as `line` when nothing stands below."""
    owner: str
    """The link that says whose it is, as written: its own first one, else that of the heading
    above; empty when there is none."""


def item_id(identity: str, rule: str, period: str) -> str:
    """The id of the item that a rule makes for a note in a period: `vf-` and ten characters.

    Args:
        identity: what stays the same in the note, such as its path.
        rule: the question or rule that the item comes from.
        period: the day, week or month after which it is asked anew; empty for once and for all.
    """
    digest = sha256(f"{identity}\x1f{rule}\x1f{period}".encode(errors="surrogatepass")).digest()
    begin = b32encode(digest[:ID_LENGTH])  # a byte makes more than one letter, and each takes time
    return f"vf-{begin.decode().lower()[:ID_LENGTH]}"


def read_items(lines: Sequence[str]) -> tuple[Item, ...]:
    """The items in some lines of a page, in order."""
    if not any(ID_SIGN in line for line in lines):
        return ()  # a table of thousands of leads, say
    return tuple(_walk([line.rstrip() for line in lines]))


def are_untouched(lines: Sequence[str]) -> bool:
    """Whether the lines surely hold no item that is ticked, answered, or noted upon in its line.

    Then each line, without blanks at its end, is as it was generated. An item of which that takes
    a closer look counts as touched: a thousand are read far sooner so than one by one.
    """
    text = "\n".join(lines)
    if ID_SIGN not in text and ANSWER_SIGN not in text:
        return True  # a table of thousands of leads, say
    return all(
        pattern.fullmatch(line.rstrip())
        for line in lines
        if (pattern := _UNTOUCHED.get((ID_SIGN in line, ANSWER_SIGN in line)))
    )


def item_parts(line: str) -> re.Match[str]:
    """The parts of an item's own line: lead, state, text, stamps, id and tail.

    Raises:
        ValueError: when the line is no item's.
    """
    match = ITEM.fullmatch(line.rstrip())
    if match is None:
        raise ValueError(f"not the line of an item: {line!r}")
    return match


def link_target(link: str) -> str:
    """The path or name of the note that a link written either way leads to; else empty."""
    match = LINK.search(link)
    if match is None:
        return ""
    return (match["wiki"] if match["url"] is None else unquote(match["url"])).strip()


def link_name(link: str) -> str:
    """The note that a link written either way leads to, as far as its name tells; else empty."""
    target = link_target(link).removesuffix(".md")
    return PurePosixPath(target).name if "/" in target or target == "." else target


def gist(item: Item) -> tuple[str, str]:
    """What an item asks and of whom: equal before and after Obsidian has renamed a note."""
    return link_name(item.owner), with_bare_links(item.text)


def with_bare_links(text: str) -> str:
    """The text with each link as the name that it leads to: paths and aliases may change."""
    return LINK.sub(lambda link: link_name(link[0]), text)


def _walk(lines: Sequence[str]) -> Iterator[Item]:
    owner = ""
    for index, line in enumerate(lines):
        if ID_SIGN in line and (match := ITEM.fullmatch(line)):
            below = range(index + 1, _end_of_item(lines, index, _depth(match["lead"])))
            yield _item(match, lines, below, owner)
        elif "#" in line and HEADING.match(line):
            owner = _first_link(line)


def _item(match: re.Match[str], lines: Sequence[str], below: range, owner: str) -> Item:
    answers = [
        Answer(key=answer["key"], value=answer["value"], line=index + 1)
        for index in below
        if ANSWER_SIGN in lines[index] and (answer := ANSWER.fullmatch(lines[index]))
    ]
    answered = {answer.line for answer in answers}
    notes = [lines[index].strip(" \t>-*+") for index in below if index + 1 not in answered]
    return Item(
        id=match["id"],
        state=match["state"],
        text=match["text"].strip(),
        tail=match["tail"],
        as_generated=f"{_box(match, ' ')}^{match['id']}",
        answers=tuple(answers),
        notes=tuple(note for note in (match["tail"], *notes) if note),
        line=below.start,
        last_line=below.stop,
        owner=_first_link(match["text"]) or owner,
    )


def _end_of_item(lines: Sequence[str], start: int, depth: int) -> int:
    """Index behind the last line that is indented deeper and is no item of its own."""
    end = start + 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if not line:
            continue
        lead = line[: len(line) - len(line.lstrip(" \t>"))]
        if _depth(lead) <= depth or (ID_SIGN in line and ITEM.fullmatch(line)):
            break
        end = index + 1
    return end


def with_state(line: str, state: str) -> str:
    """The line of an item up to what was noted behind its text, with this sign in its box.

    Raises:
        ValueError: as `item_parts`.
    """
    return _box(item_parts(line), state)


def _box(match: re.Match[str], state: str) -> str:
    line = match.string
    return f"{line[: match.start('state')]}{state}{line[match.end('state') : match.end('text')]}"


def _depth(lead: str) -> int:
    return len(lead.expandtabs(4)) if lead else 0


def _first_link(text: str) -> str:
    match = LINK.search(text)
    return match[0] if match else ""
