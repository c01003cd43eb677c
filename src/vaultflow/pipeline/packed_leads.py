"""The leads of a pipeline as bytes, one beside the other: some can be replaced without the rest.

What the settings tell anyway is left out: of a lead's stage only its place among the stages is
packed, and the stages that are in force give it back.
"""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from msgspec import Raw, Struct, structs
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import force_setattr

from vaultflow.errors import Finding
from vaultflow.pipeline.lead import Touch
from vaultflow.pipeline.standing import Standing
from vaultflow.vault.later import Later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultflow.pipeline.settings import Stage
    from vaultflow.vault.packed import Paths

Value = TypeVar("Value")

_NO_STAGE = -1


class PackedLeads(Struct, frozen=True, kw_only=True, array_like=True, forbid_unknown_fields=True):
    """Where each lead stands, by path. What has a list of its own is left out of `standings`."""

    texts: tuple[str, ...]
    """The paths of the leads."""
    standings: Raw
    """A list of them: to take in each by itself would double the time for all."""
    stages: tuple[int, ...]
    """Of each lead, its place among the stages in force."""
    touches: tuple[Raw, ...]
    """Of each lead, those before the last one: half of all bytes, and one command shows them."""
    findings: tuple[tuple[Finding, ...], ...]
    """About each lead, so that all are known without opening one."""

    def fits(self, stages: int) -> bool:
        """Whether every list tells of the same leads, and of that many stages."""
        leads = len(self.texts)
        return len(self.stages) == len(self.touches) == len(self.findings) == leads and all(
            _NO_STAGE <= place < stages for place in self.stages
        )


def pack_leads(standings: Sequence[Standing], stages: Sequence[Stage]) -> PackedLeads:
    """The leads as bytes.

    Raises:
        UnicodeEncodeError: for text that has none, half a letter.
    """
    places = {stage: place for place, stage in enumerate(stages)}
    leads = [standing.lead for standing in standings]
    return PackedLeads(
        texts=tuple(str(lead.path) for lead in leads),
        standings=Raw(ENCODER.encode([_bare(standing) for standing in standings])),
        stages=tuple(places[lead.stage] if lead.stage else _NO_STAGE for lead in leads),
        touches=tuple(Raw(ENCODER.encode(lead.touches[1:])) for lead in leads),
        findings=tuple(lead.findings for lead in leads),
    )


def with_fresh(packed: PackedLeads, new: PackedLeads) -> PackedLeads:
    """The leads when some of them stand elsewhere, as `new` has them; none is opened."""
    by_text = {text: place for place, text in enumerate(packed.texts)}
    places = [by_text[text] for text in new.texts]

    def put(before: Sequence[Value], after: Sequence[Value]) -> tuple[Value, ...]:
        column = list(before)
        for place, value in zip(places, after, strict=True):
            column[place] = value
        return tuple(column)

    standings = put(_ROWS.decode(packed.standings), _ROWS.decode(new.standings))
    return structs.replace(
        packed,
        standings=Raw(ENCODER.encode(standings)),
        stages=put(packed.stages, new.stages),
        touches=put(packed.touches, new.touches),
        findings=put(packed.findings, new.findings),
    )


def differing(packed: PackedLeads, before: PackedLeads) -> PackedLeads:
    """Those that stand elsewhere than before, when they are the same leads."""
    columns = (
        (one.texts, _ROWS.decode(one.standings), one.stages, one.touches, one.findings)
        for one in (packed, before)
    )
    rows, rows_before = (zip(*each, strict=True) for each in columns)
    found = [row for row, other in zip(rows, rows_before, strict=True) if row != other]
    texts, standings, stages, touches, findings = zip(*found, strict=True) if found else [()] * 5
    return PackedLeads(
        texts=texts,
        standings=Raw(ENCODER.encode(standings)),
        stages=stages,
        touches=touches,
        findings=findings,
    )


def open_leads(packed: PackedLeads, stages: Sequence[Stage], paths: Paths) -> tuple[Standing, ...]:
    """All of the leads."""
    standings = Decoder(tuple[Standing, ...], dec_hook=paths.read).decode(packed.standings)
    for place, standing in enumerate(standings):
        _complete(standing, packed, place, stages, paths)
    return standings


def open_lead(packed: PackedLeads, place: int, stages: Sequence[Stage], paths: Paths) -> Standing:
    """The lead at that place alone."""
    row = _ROWS.decode(packed.standings)[place]
    standing = Decoder(Standing, dec_hook=paths.read).decode(row)
    _complete(standing, packed, place, stages, paths)
    return standing


def _bare(standing: Standing) -> Standing:
    lead = structs.replace(standing.lead, stage=None, touches=(), findings=())
    return structs.replace(standing, lead=lead)


def _complete(
    standing: Standing, packed: PackedLeads, place: int, stages: Sequence[Stage], paths: Paths
) -> None:
    """Puts back what `_bare` has left out; nobody else has seen the record yet."""
    lead, last, at = standing.lead, standing.last_touch, packed.stages[place]
    force_setattr(lead, "stage", None if at == _NO_STAGE else stages[at])
    force_setattr(lead, "touches", _touches(last, packed.touches[place], paths))
    force_setattr(lead, "findings", packed.findings[place])


def _touches(last: Touch | None, earlier: Raw, paths: Paths) -> Sequence[Touch]:
    return Later(partial(_with_earlier, last, earlier, paths)) if last else ()


def _with_earlier(last: Touch, earlier: Raw, paths: Paths) -> tuple[Touch, ...]:
    return (last, *Decoder(tuple[Touch, ...], dec_hook=paths.read).decode(earlier))


def _to_text(value: object) -> str:
    if isinstance(value, PurePosixPath):
        return str(value)
    raise NotImplementedError


ENCODER = Encoder(enc_hook=_to_text)
_ROWS = Decoder(tuple[Raw, ...])
