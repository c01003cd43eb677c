"""Whether two texts of a field mean the same, however they are spelled."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from vaultflow.pipeline.money import read_money
from vaultflow.pipeline.stages import find_stage, stages_in_force
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultflow.pipeline.settings import Settings

_DAYS = frozenset({"expected_close", "next_action_due"})


def same_meaning(settings: Settings) -> Callable[[str, str, str], bool]:
    """Tells of a field's name and two values whether these mean the same."""

    @cache  # thousands of deals move between a handful of stages
    def meaning(field: str, text: str) -> object:
        return _meaning(settings, field, text)

    def same(field: str, one: str, other: str) -> bool:
        return one == other or meaning(field, one) == meaning(field, other)

    return same


def _meaning(settings: Settings, field: str, text: str) -> object:
    """What can be compared; texts that mean nothing are compared as they are."""
    folded = fold(text.strip())
    if field == "stage":
        return find_stage(stages_in_force(settings), text) or folded
    if field == "value":
        return read_money(text, text, settings.money)[0] or folded
    if field in _DAYS:
        return read_date(text) or folded
    return folded.removesuffix("%").strip() if field == "probability" else folded
