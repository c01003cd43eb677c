"""The stages that come with VaultFlow, by the name of their preset."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from vaultflow.pipeline.presets.coach import COACH
from vaultflow.pipeline.presets.five import FIVE
from vaultflow.pipeline.presets.percent import PERCENT
from vaultflow.pipeline.presets.six import SIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultflow.pipeline.settings import Stage

PRESETS: Mapping[str, tuple[Stage, ...]] = MappingProxyType(
    {"five": FIVE, "six": SIX, "percent": PERCENT, "coach": COACH}
)
"""By the value of `[pipeline] preset`; the open stages in order, then won, lost and parked."""
