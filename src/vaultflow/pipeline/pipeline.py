"""The pipeline: every lead with where it stands today, and the totals over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from vaultflow.errors import Finding
    from vaultflow.pipeline.settings import Settings, Stage
    from vaultflow.pipeline.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A count of leads and the sum of their values, one sum per currency."""

    count: int
    value: Mapping[str, Decimal]
    """By currency code, in the order of the codes."""
    weighted: Mapping[str, Decimal]
    without_value: int
    """Leads that have no value, and so are in the count only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """All leads of a vault on one day. Made by `build_pipeline`."""

    today: date
    settings: Settings
    stages: tuple[Stage, ...]
    """The preset's or the vault's own, in order."""
    standings: tuple[Standing, ...]
    """One a lead, by path."""
    findings: tuple[Finding, ...]
    """About leads and stages; those of the notes themselves are the vault's."""
