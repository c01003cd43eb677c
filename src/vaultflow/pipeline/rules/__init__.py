"""Our own rules: what is worth a look in a lead beyond what could not be read.

To add one, write it in the module of its kind under the code of its findings, and enter it in that
module's `RULES`; the rules of plugins come in beside them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from vaultflow.pipeline.rules import (
    actions,
    ends,
    follow_up,
    gaps,
    idle,
    process,
    qualifying,
    romancing,
    why,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultflow.pipeline.rules.rule import PipelineRule

RULES: Mapping[str, PipelineRule] = MappingProxyType(
    {
        rule.__name__.replace("_", "-"): rule
        for module in (actions, idle, gaps, ends, process, follow_up, qualifying, romancing, why)
        for rule in module.RULES
    }
)
"""By the code of their findings, in the order in which they are asked."""
