"""A pipeline as bytes and back: what the cache keeps of it.

Msgpack, like packed notes, and so nothing but plain values.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder

from vaultflow.errors import Finding
from vaultflow.pipeline.opened_later import StandingsLater, lead_findings, packed_leads
from vaultflow.pipeline.packed_leads import ENCODER, PackedLeads, differing
from vaultflow.pipeline.pipeline import Pipeline, all_findings
from vaultflow.pipeline.reading.namesakes import NAMESAKE
from vaultflow.pipeline.stages import stages_in_force
from vaultflow.pipeline.workdays import work_calendar
from vaultflow.vault.packed import Paths

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.settings import Settings

_FORMAT = 3
"""To be raised when a record that is packed gets other fields."""
MOST_CHANGED = 200
"""Leads whose changes are kept by themselves: far less to write and to read than all of them."""


class _Packed(Struct, frozen=True, kw_only=True, array_like=True, forbid_unknown_fields=True):
    """What is packed."""

    format: int
    leads: PackedLeads
    namesakes: tuple[Finding, ...]
    """The findings that are not about one lead alone."""
    mentions: tuple[tuple[PurePosixPath, tuple[PurePosixPath, ...]], ...]


def pack_pipeline(pipeline: Pipeline) -> bytes | None:
    """The pipeline as bytes, equal ones as the same; None for text that has none, half a letter."""
    try:
        packed = _Packed(
            format=_FORMAT,
            leads=packed_leads(pipeline.standings, pipeline.stages),
            namesakes=_namesakes(pipeline),
            mentions=tuple(sorted(pipeline.mentions.items(), key=lambda told: str(told[0]))),
        )
        return ENCODER.encode(packed)
    except UnicodeEncodeError:
        return None


def unpack_pipeline(
    packed: bytes, settings: Settings, today: date, holidays: frozenset[date] = frozenset()
) -> Pipeline | None:
    """The pipeline that `pack_pipeline` has made bytes of; None when they are something else.

    A lead is opened when it is asked for: that the bytes are those that were packed, and not just
    like them, must be certain before.

    Args:
        packed: the bytes.
        settings: those for which it was built.
        today: the day for which it was built.
        holidays: those with which it was built.
    """
    stages = stages_in_force(settings)
    paths = Paths()
    read = _read(packed, len(stages), paths)
    if read is None:
        return None
    standings = StandingsLater(read.leads, stages, paths)
    return Pipeline(
        today=today,
        settings=settings,
        stages=stages,
        calendar=work_calendar(settings.review, holidays),
        standings=standings,
        findings=all_findings(settings, lead_findings(standings), read.namesakes),
        mentions=dict(read.mentions),
    )


def pack_changes(now: Pipeline, before: Pipeline) -> bytes | None:
    """What has changed since a pipeline that was unpacked; empty when nothing has.

    None when it is more than where some leads stand: then all of it is to be packed.
    """
    leads, earlier = now.standings, before.standings
    if not (
        isinstance(leads, StandingsLater)
        and isinstance(earlier, StandingsLater)
        and leads.packed.texts == earlier.packed.texts
        and now.mentions == before.mentions
        and _namesakes(now) == _namesakes(before)
    ):
        return None
    changed = differing(leads.packed, earlier.packed)
    if len(changed.texts) > MOST_CHANGED:
        return None
    return ENCODER.encode(changed) if changed.texts else b""


def unpack_changes(packed: bytes, before: Pipeline) -> Pipeline:
    """The pipeline of which `pack_changes` has told the changes."""
    standings = before.standings
    if packed and isinstance(standings, StandingsLater):
        changed = Decoder(PackedLeads, dec_hook=Paths().read).decode(packed)
        standings = standings.with_packed(changed)
    in_leads = lead_findings(standings)
    findings = all_findings(before.settings, in_leads, _namesakes(before))
    return replace(before, standings=standings, findings=findings)


def _namesakes(pipeline: Pipeline) -> tuple[Finding, ...]:
    return tuple(found for found in pipeline.findings if found.code == NAMESAKE)


def _read(packed: bytes, stages: int, paths: Paths) -> _Packed | None:
    """What was packed; None when it does not fit this format and so many stages."""
    try:
        read = Decoder(_Packed, dec_hook=paths.read).decode(packed)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return read if read.format == _FORMAT and read.leads.fits(stages) else None
