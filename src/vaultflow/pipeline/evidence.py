"""The one line that says how long a lead has been idle, and how we know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.lead import TouchKind

if TYPE_CHECKING:
    from vaultflow.pipeline.lead import Lead, Touch
    from vaultflow.pipeline.settings import PipelineSettings


def idle_evidence(
    lead: Lead, last_touch: Touch | None, idle_days: int | None, settings: PipelineSettings
) -> str:
    """Why the lead counts as idle for so long, as plain text.

    `idle 23 days (limit 14): last touch 2026-10-30, call out, line 41`
    """
    if not lead.readable:
        return "idle time unknown: the note cannot be read"
    if idle_days is None:
        return "idle time unknown: no touch yet, and no day on which it was created"
    unit = "working day" if settings.count == "working" else "day"
    idle = f"idle {idle_days} {unit}{'' if idle_days == 1 else 's'} ({_limit(lead)})"
    if last_touch is None:
        return f"{idle}: no touch yet, created {lead.created}"
    return f"{idle}: last touch {last_touch.day}, {touch_source(last_touch, lead)}"


def touch_source(touch: Touch, lead: Lead) -> str:
    """What a touch was and where: `call out, line 41`, `meeting note "Kick-off", line 3`."""
    if touch.kind is TouchKind.FIELD:
        return f"field {touch.text}, line {touch.line}"
    if touch.path != lead.path:
        kind = "" if touch.kind is TouchKind.NOTE else f"{touch.kind} "
        return f'{kind}note "{touch.path.stem}", line {touch.line}'
    direction = f" {touch.direction}" if touch.direction else ""
    return f"{touch.kind}{direction}, line {touch.line}"


def _limit(lead: Lead) -> str:
    limit = lead.stage.stale_days if lead.stage else None
    return "no limit" if limit is None else f"limit {limit}"
