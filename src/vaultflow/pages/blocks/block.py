"""Blocks: what in one is VaultFlow's own text, and what the user has put into it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from vaultflow.pages.blocks.items import are_untouched, read_items, with_bare_links

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from vaultflow.pages.blocks.items import Item

DROPPED = "**Done or dropped**"
"""Begins the end of a block: items that are no longer asked, but were ticked or answered."""

SEAL_LENGTH = 12
MAX_RUN = 40  # longer additions are told from the generated text by comparing lines
MAX_HASHED = 20_000_000  # characters: a tenth of a second, enough for blocks of 150 lines


@dataclass(frozen=True, kw_only=True)
class Block:
    """The lines between two markers, read. Without slots, as what it knows is worked out late."""

    lines: tuple[str, ...]
    """Without line ends, up to `**Done or dropped**`; no blank ones at the end."""
    dropped: tuple[str, ...] = ()
    """The lines behind `**Done or dropped**`; no blank ones at the end."""
    blanks_below: int = 0
    """Blank lines before the end marker: without one, viewers draw the marker into a list."""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Above `**Done or dropped**`."""
        return read_items(self.lines)

    @cached_property
    def is_untouched(self) -> bool:
        """Whether surely no item above `**Done or dropped**` is ticked, answered or noted upon.

        Of lines below an item that are no answers, the hash tells more.
        """
        return are_untouched(self.lines)

    @cached_property
    def normal(self) -> tuple[str, ...]:
        """The lines as they were generated: boxes empty, answers empty, nothing behind an id."""
        lines = [line.rstrip() for line in self.lines]
        if self.is_untouched:
            return tuple(lines)
        for item in self.items:
            lines[item.line - 1] = item.as_generated
            for answer in item.answers:
                lines[answer.line - 1] = f"\t- {answer.key}::"
        return tuple(lines)

    @cached_property
    def own_seal(self) -> str:
        """The hash of the generated text: 12 characters of a SHA-256, line ends as LF."""
        return _hash(_one_text(self.normal))

    @cached_property
    def below_items(self) -> frozenset[int]:
        """Indexes of the lines that belong to an item without being it."""
        return frozenset(index for item in self.items for index in range(item.line, item.last_line))

    @cached_property
    def notes(self) -> frozenset[int]:
        """Indexes of the lines below items that are no answers."""
        answers = {answer.line - 1 for item in self.items for answer in item.answers}
        return self.below_items - answers

    @cached_property
    def first_below(self) -> frozenset[int]:
        """Indexes of the first line below each item: its field, where it has one."""
        return frozenset(item.line for item in self.items if item.last_line > item.line)

    def seal(self, without: Collection[int] = ()) -> str:
        """The hash that the text has without some lines, named by their indexes."""
        if not without:
            return self.own_seal
        kept = (line for index, line in enumerate(self.normal) if index not in without)
        return _hash(_one_text(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """Which lines of a block the user has added or changed, as indexes of its lines."""

    below_items: frozenset[int]
    """They stay with their items."""
    elsewhere: tuple[int, ...]
    """They have to move out, as the text around them is generated anew."""
    explained: bool
    """Without these lines the block is certain to be as it was generated."""


NO_ADDITIONS = Additions(below_items=frozenset(), elsewhere=(), explained=True)


def read_block(lines: Sequence[str]) -> Block:
    """The block that stands in these lines between two markers."""
    held = _without_blanks_below(lines)
    ends = (at for at, line in enumerate(held) if line.startswith(DROPPED))
    at = next((at for at in ends if held[at].rstrip() == DROPPED), len(held))
    return Block(
        lines=_without_blanks_below(held[:at]),
        dropped=held[at + 1 :],
        blanks_below=len(lines) - len(held),
    )


def _without_blanks_below(lines: Sequence[str]) -> tuple[str, ...]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return tuple(lines[:end])


def find_additions(block: Block, seal: str, fresh: Block) -> Additions:
    """What the user has added, judged by the hash that the block had when it was generated.

    Ticks and answers are none. If neither the notes below items nor one run of added lines
    explain the hash, every line that the fresh text does not have counts as the user's.
    """
    if block.own_seal == seal:
        return NO_ADDITIONS
    known = frozenset(map(with_bare_links, fresh.normal))
    unknown = frozenset(
        index
        for index, line in enumerate(block.normal)
        if line and with_bare_links(line) not in known
    )
    unknown_below = block.below_items & unknown
    # A question that is asked no more had a field of its own, which the fresh text does not have.
    guesses = (frozenset[int](), block.notes, unknown_below, unknown_below - block.first_below)
    for guess in guesses[1:]:
        if block.seal(guess) == seal:
            return Additions(below_items=guess, elsewhere=(), explained=True)
    for guess in dict.fromkeys(guesses):
        run = _explaining_run(block, seal, guess)
        if run is not None:
            return _sorted_out(block, guess | run, explained=True)
    return _sorted_out(block, unknown, explained=False)


def _sorted_out(block: Block, added: frozenset[int], *, explained: bool) -> Additions:
    return Additions(
        below_items=added & block.below_items,
        elsewhere=tuple(sorted(added - block.below_items)),
        explained=explained,
    )


def _explaining_run(block: Block, seal: str, besides: frozenset[int]) -> frozenset[int] | None:
    """The lines next to each other without which the rest has the hash, if there are such."""
    if not seal:
        return None
    indexes = [index for index in range(len(block.normal)) if index not in besides]
    budget = MAX_HASHED
    for start, end in _runs(len(indexes)):
        rest = [block.normal[index] for index in (*indexes[:start], *indexes[end:])]
        text = _one_text(rest)
        budget -= len(text)
        if budget < 0:
            return None
        if _hash(text) == seal:
            return frozenset(indexes[start:end])
    return None


def _runs(count: int) -> Iterator[tuple[int, int]]:
    """Where a run of lines may begin and end, the shortest first."""
    for length in range(1, min(count, MAX_RUN) + 1):
        for start in range(count - length + 1):
            yield start, start + length


def _one_text(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n")


def _hash(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:SEAL_LENGTH]
