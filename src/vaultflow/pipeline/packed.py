"""A pipeline as bytes and back: what the cache keeps of it.

Msgpack, like packed notes, and so nothing but plain values. What the settings tell anyway is left
out: of a lead's stage only its place among the stages is packed, and the stages that are in force
give it back.
"""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import MsgspecError, Struct, structs
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import force_setattr

from vaultflow.errors import Finding
from vaultflow.pipeline.pipeline import Pipeline, all_findings
from vaultflow.pipeline.reading.namesakes import NAMESAKE
from vaultflow.pipeline.stages import stages_in_force
from vaultflow.pipeline.standing import Standing
from vaultflow.pipeline.workdays import work_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultflow.pipeline.settings import Settings, Stage

_FORMAT = 2
"""To be raised when a record that is packed gets other fields."""
_NO_STAGE = -1


class _Packed(Struct, frozen=True, kw_only=True, array_like=True, forbid_unknown_fields=True):
    """What is packed; the leads stand in it without stage and last touch."""

    format: int
    standings: tuple[Standing, ...]
    stages: tuple[int, ...]
    """Of each lead, its place among the stages in force."""
    namesakes: tuple[Finding, ...]
    mentions: tuple[tuple[PurePosixPath, tuple[PurePosixPath, ...]], ...]


def pack_pipeline(pipeline: Pipeline) -> bytes | None:
    """The pipeline as bytes; None when a note holds text that has none, half a letter."""
    places = {stage: place for place, stage in enumerate(pipeline.stages)}
    leads = [standing.lead for standing in pipeline.standings]
    packed = _Packed(
        format=_FORMAT,
        standings=tuple(map(_bare, pipeline.standings)),
        stages=tuple(places[lead.stage] if lead.stage else _NO_STAGE for lead in leads),
        namesakes=tuple(found for found in pipeline.findings if found.code == NAMESAKE),
        mentions=tuple(pipeline.mentions.items()),
    )
    try:
        return _ENCODER.encode(packed)
    except UnicodeEncodeError:
        return None


def unpack_pipeline(
    packed: bytes,
    settings: Settings,
    today: date,
    holidays: frozenset[date] = frozenset(),
    *,
    paths: Mapping[str, PurePosixPath] = MappingProxyType({}),
) -> Pipeline | None:
    """The pipeline that `pack_pipeline` has made bytes of; None when they are something else.

    Args:
        packed: the bytes.
        settings: those for which it was built.
        today: the day for which it was built.
        holidays: those with which it was built.
        paths: of the vault's notes by their text, as far as they are at hand: to make the paths
            anew would take half of the time.
    """
    stages = stages_in_force(settings)
    read = _read(packed, len(stages), _Paths(paths))
    if read is None:
        return None
    for standing, place in zip(read.standings, read.stages, strict=True):
        _complete(standing, None if place == _NO_STAGE else stages[place])
    return Pipeline(
        today=today,
        settings=settings,
        stages=stages,
        calendar=work_calendar(settings.review, holidays),
        standings=read.standings,
        findings=all_findings(settings, read.standings, read.namesakes),
        mentions=dict(read.mentions),
    )


def _read(packed: bytes, stages: int, paths: _Paths) -> _Packed | None:
    """What was packed; None when it does not fit this format and so many stages."""
    try:
        read = Decoder(_Packed, dec_hook=paths.read).decode(packed)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    fits = (
        read.format == _FORMAT
        and len(read.stages) == len(read.standings)
        and all(_NO_STAGE <= place < stages for place in read.stages)
    )
    return read if fits else None


def _bare(standing: Standing) -> Standing:
    return structs.replace(
        standing, lead=structs.replace(standing.lead, stage=None), last_touch=None
    )


def _complete(standing: Standing, stage: Stage | None) -> None:
    """Puts back what `_bare` has left out; nobody else has seen the record yet."""
    force_setattr(standing.lead, "stage", stage)
    force_setattr(standing, "last_touch", next(iter(standing.lead.touches), None))


class _Paths(dict[str, PurePosixPath]):
    """Paths by their text: a lead's path stands in each line of its log."""

    def __missing__(self, text: str) -> PurePosixPath:
        path = self[text] = PurePosixPath(text)
        return path

    def read(self, kind: type, text: object) -> PurePosixPath:
        """The path of that text, for msgspec, which knows no paths."""
        if kind is PurePosixPath and isinstance(text, str):
            return self[text]
        raise ValueError


def _to_text(value: object) -> str:
    if isinstance(value, PurePosixPath):
        return str(value)
    raise NotImplementedError


_ENCODER = Encoder(enc_hook=_to_text)
