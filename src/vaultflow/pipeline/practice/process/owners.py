"""Leads by who looks after them and by where they came from."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vaultflow.pipeline.standing import Standing


def by_owner(standings: Iterable[Standing]) -> tuple[tuple[str, tuple[Standing, ...]], ...]:
    """Each owner with their leads, by name; last, under an empty name, those that nobody has."""
    return _grouped(standings, lambda standing: standing.lead.owner)


def by_source(standings: Iterable[Standing]) -> tuple[tuple[str, tuple[Standing, ...]], ...]:
    """Each source with its leads, the most leads first; last those of unknown source."""
    grouped = _grouped(standings, lambda standing: standing.lead.source)
    return tuple(sorted(grouped, key=lambda group: (not group[0], -len(group[1]))))


def _grouped(
    standings: Iterable[Standing], name_of: Callable[[Standing], str]
) -> tuple[tuple[str, tuple[Standing, ...]], ...]:
    """Groups by name without regard to case, each called as most of its leads call it."""
    groups: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        groups[fold(name_of(standing).strip())].append(standing)
    named = ((_usual_name(map(name_of, group)), key, tuple(group)) for key, group in groups.items())
    ordered = sorted(named, key=lambda each: (not each[1], each[1]))
    return tuple((name, group) for name, _, group in ordered)


def _usual_name(names: Iterable[str]) -> str:
    counts = Counter(name.strip() for name in names)
    return min(counts, key=lambda name: (-counts[name], name))
