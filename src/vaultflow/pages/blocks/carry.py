"""Ticks, answers and notes of a page's items, carried over to the same items generated anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from vaultflow.pages.blocks.items import (
    ANSWER,
    ANSWER_SIGN,
    gist,
    item_parts,
    read_items,
    with_state,
)

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Hashable,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from vaultflow.pages.blocks.block import Additions, Block
    from vaultflow.pages.blocks.items import Answer, Item

UNTICKED = " "

Key = TypeVar("Key", bound="Hashable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An item as the page has it now."""

    item: Item
    block: str
    """Id of the block that it stands in."""
    lines: tuple[str, ...]
    """Its own and those below it."""
    added: tuple[str, ...]
    """Of those below it, what the user wrote besides answers."""
    dropped: bool
    """Under "Done or dropped"."""

    @property
    def ticked(self) -> bool:
        """Whether its box holds anything."""
        return self.item.state != UNTICKED

    @property
    def answers(self) -> tuple[tuple[Answer, str], ...]:
        """Those with a value, and their lines."""
        return tuple(
            (answer, self.lines[answer.line - self.item.line])
            for answer in self.item.answers
            if answer.value
        )

    @property
    def tail(self) -> str:
        """What was typed behind the id."""
        return self.item.tail

    @property
    def stamps(self) -> str:
        """The day that a plugin noted when it was ticked, with a blank behind; else empty."""
        stamps = item_parts(self.lines[0])["stamps"].strip()
        return f"{stamps} " if stamps else ""

    @property
    def touched(self) -> bool:
        """Whether the user has ticked, answered or annotated it: then it must not vanish."""
        return bool(self.ticked or self.answers or self.added or self.tail)


def known_items(name: str, block: Block, additions: Additions) -> Iterator[Known]:
    """The items of a block on the page."""
    for item in block.items:
        below = range(item.line, item.last_line)
        yield Known(
            item=item,
            block=name,
            lines=block.lines[item.line - 1 : item.last_line],
            added=_notes(block.lines[index] for index in below if index in additions.below_items),
            dropped=False,
        )
    for item in read_items(block.dropped):
        lines = block.dropped[item.line - 1 : item.last_line]
        yield Known(item=item, block=name, lines=lines, added=_notes(lines[1:]), dropped=True)


def match_items(
    fresh: Mapping[str, Sequence[Item]], known: Sequence[Known]
) -> dict[tuple[str, str], tuple[Known, ...]]:
    """For each fresh item, by block and id, what the page knows of it; its own block's first.

    By id, however leads are re-ordered; failing that by owner and text, as the id of a renamed
    lead is another one. An item that stands in two blocks is two items, until one is gone.
    """
    asked = {(block, item.id) for block, items in fresh.items() for item in items}
    asked_ids = {ident for _, ident in asked}
    by_id = _grouped(known, lambda one: one.item.id)
    strays = (one for one in known if one.item.id not in asked_ids and not one.dropped)
    renamed = _grouped(strays, lambda one: gist(one.item))
    matches = {}
    for block, items in fresh.items():
        for item in items:
            same = [
                one
                for one in by_id.get(item.id, ())
                if one.block == block or (one.block, item.id) not in asked
            ]
            if item.id not in by_id and renamed.get(gist(item)):
                same = [renamed[gist(item)].pop(0)]
            if len(same) > 1:
                same.sort(key=lambda one: (one.block != block, not one.ticked))
            matches[block, item.id] = tuple(same)
    return matches


def carried_lines(
    fresh: Block, name: str, matches: Mapping[tuple[str, str], Sequence[Known]]
) -> tuple[str, ...]:
    """The lines of a fresh block with the state, answers and notes that its items had."""
    lines: list[str] = []
    behind = 0
    for item in fresh.items:
        lines += fresh.lines[behind : item.line - 1]
        own = fresh.lines[item.line - 1 : item.last_line]
        touched = [known for known in matches.get((name, item.id), ()) if known.touched]
        lines += _carried(own, touched) if touched else own
        behind = item.last_line
    return (*lines, *fresh.lines[behind:])


def dropped_lines(known: Known) -> tuple[str, ...]:
    """An item's lines under "Done or dropped": it says whose it was, and what was answered."""
    lead = item_parts(known.lines[0])["lead"]
    head = _dropped_head(known)
    answers = [line for _, line in known.answers]
    below = (line for line in known.lines[1:] if line in known.added or line in answers)
    return tuple(line.removeprefix(lead) for line in (head, *_tail_notes(known, lead), *below))


def _grouped(known: Iterable[Known], key: Callable[[Known], Key]) -> dict[Key, list[Known]]:
    groups: dict[Key, list[Known]] = {}
    for one in known:
        groups.setdefault(key(one), []).append(one)
    return groups


def _notes(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line.strip() and not _is_answer(line))


def _is_answer(line: str) -> bool:
    return ANSWER_SIGN in line and ANSWER.fullmatch(line) is not None


def _carried(lines: Sequence[str], same: Sequence[Known]) -> list[str]:
    values: dict[str, str] = {}
    extra: list[str] = []
    keys = {match["key"] for line in lines[1:] if (match := ANSWER.fullmatch(line))}
    for known in same:
        extra += _tail_notes(known, item_parts(lines[0])["lead"])
        new = [answer for answer, _ in known.answers if answer.key in keys]
        values = {answer.key: answer.value for answer in reversed(new)} | values
        taken = values.items()
        extra += [line for answer, line in known.answers if (answer.key, answer.value) not in taken]
        extra += known.added
    ticked = next((known for known in same if known.ticked), None)
    head = _ticked(lines[0], ticked) if ticked else lines[0]
    below = [_answered(line, values) for line in lines[1:]]
    return [head, *below, *_new(extra, below)]


def _new(extra: Iterable[str], present: Collection[str]) -> Iterator[str]:
    yield from (line for line in dict.fromkeys(extra) if line not in present)


def _tail_notes(known: Known, lead: str) -> tuple[str, ...]:
    """What was typed behind the id, as a line of its own: only an id at the end is one."""
    return (f"{lead}\t- {known.tail}",) if known.tail else ()


def _ticked(line: str, known: Known) -> str:
    return f"{with_state(line, known.item.state)}{known.stamps}^{item_parts(line)['id']}"


def _answered(line: str, values: Mapping[str, str]) -> str:
    match = ANSWER.fullmatch(line)
    if match is None or match["key"] not in values:
        return line
    return f"{match['head']} {values[match['key']]}"


def _dropped_head(known: Known) -> str:
    """An item's own line with the link that stood in the heading above, and no tail."""
    match, item = item_parts(known.lines[0]), known.item
    owner = f"({item.owner}) " if item.owner and item.owner not in item.text else ""
    return f"{known.lines[0][: match.end('text')]}{owner}{known.stamps}^{item.id}"
