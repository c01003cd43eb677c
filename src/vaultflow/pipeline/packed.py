"""A pipeline as bytes and back: what the cache keeps of it.

Msgpack, like packed notes, and so nothing but plain values. What the settings tell anyway is left
out: of a lead's stage only its place among the stages is packed, and the stages that are in force
give it back.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import MsgspecError, Raw, Struct, structs
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import force_setattr

from vaultflow.errors import Finding
from vaultflow.pipeline.lead import Touch
from vaultflow.pipeline.opened_later import StandingsLater
from vaultflow.pipeline.pipeline import Pipeline
from vaultflow.pipeline.stages import stages_in_force
from vaultflow.pipeline.standing import Standing
from vaultflow.pipeline.workdays import work_calendar
from vaultflow.vault.later import Later
from vaultflow.vault.packed import Paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pipeline.settings import Settings, Stage

_FORMAT = 2
"""To be raised when a record that is packed gets other fields."""
_NO_STAGE = -1


class _Packed(Struct, frozen=True, kw_only=True, array_like=True, forbid_unknown_fields=True):
    """What is packed; the leads stand in it without stage and touches, but for the last touch."""

    format: int
    texts: tuple[str, ...]
    """The paths of the leads."""
    standings: Raw
    """A list of them: to take in each by itself would double the time for all."""
    stages: tuple[int, ...]
    """Of each lead, its place among the stages in force."""
    touches: tuple[Raw, ...]
    """Of each lead, those before the last one: half of all bytes, and one command shows them."""
    findings: tuple[Finding, ...]
    mentions: tuple[tuple[PurePosixPath, tuple[PurePosixPath, ...]], ...]


def pack_pipeline(pipeline: Pipeline) -> bytes | None:
    """The pipeline as bytes, equal ones as the same; None for text that has none, half a letter."""
    places = {stage: place for place, stage in enumerate(pipeline.stages)}
    leads = [standing.lead for standing in pipeline.standings]
    try:
        packed = _Packed(
            format=_FORMAT,
            texts=tuple(str(lead.path) for lead in leads),
            standings=Raw(_ENCODER.encode([_bare(each) for each in pipeline.standings])),
            stages=tuple(places[lead.stage] if lead.stage else _NO_STAGE for lead in leads),
            touches=tuple(Raw(_ENCODER.encode(lead.touches[1:])) for lead in leads),
            findings=pipeline.findings,
            mentions=tuple(sorted(pipeline.mentions.items(), key=lambda told: str(told[0]))),
        )
        return _ENCODER.encode(packed)
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
    return Pipeline(
        today=today,
        settings=settings,
        stages=stages,
        calendar=work_calendar(settings.review, holidays),
        standings=_standings_later(read, stages, paths),
        findings=read.findings,
        mentions=dict(read.mentions),
    )


def _read(packed: bytes, stages: int, paths: Paths) -> _Packed | None:
    """What was packed; None when it does not fit this format and so many stages."""
    try:
        read = Decoder(_Packed, dec_hook=paths.read).decode(packed)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    fits = (
        read.format == _FORMAT
        and len(read.stages) == len(read.touches) == len(read.texts)
        and all(_NO_STAGE <= place < stages for place in read.stages)
    )
    return read if fits else None


def _standings_later(read: _Packed, stages: Sequence[Stage], paths: Paths) -> StandingsLater:
    by_place = {_NO_STAGE: None, **dict(enumerate(stages))}

    def open_all() -> tuple[Standing, ...]:
        standings = Decoder(tuple[Standing, ...], dec_hook=paths.read).decode(read.standings)
        for standing, place, touches in zip(standings, read.stages, read.touches, strict=True):
            _complete(standing, by_place[place], touches, paths)
        return standings

    def open_one(place: int) -> Standing:
        packed = Decoder(tuple[Raw, ...]).decode(read.standings)[place]
        standing = Decoder(Standing, dec_hook=paths.read).decode(packed)
        _complete(standing, by_place[read.stages[place]], read.touches[place], paths)
        return standing

    return StandingsLater(read.texts, open_all, open_one)


def _bare(standing: Standing) -> Standing:
    return structs.replace(standing, lead=structs.replace(standing.lead, stage=None, touches=()))


def _complete(standing: Standing, stage: Stage | None, touches: Raw, paths: Paths) -> None:
    """Puts back what `_bare` has left out; nobody else has seen the record yet."""
    force_setattr(standing.lead, "stage", stage)
    last = standing.last_touch
    opened = Later(partial(_with_earlier, last, touches, paths)) if last else ()
    force_setattr(standing.lead, "touches", opened)


def _with_earlier(last: Touch, earlier: Raw, paths: Paths) -> tuple[Touch, ...]:
    return (last, *Decoder(tuple[Touch, ...], dec_hook=paths.read).decode(earlier))


def _to_text(value: object) -> str:
    if isinstance(value, PurePosixPath):
        return str(value)
    raise NotImplementedError


_ENCODER = Encoder(enc_hook=_to_text)
