"""What `vaultflow init` proposes: settings that fit what is seen in the vault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec.structs import replace

from vaultflow.pipeline.reading.fields import field_text, find_field
from vaultflow.pipeline.reading.log import read_log
from vaultflow.pipeline.reading.selection import is_set_apart, looks_like_lead
from vaultflow.pipeline.settings import LeadSettings, MoneySettings, PipelineSettings, Settings
from vaultflow.pipeline.setup.field_signs import (
    FieldSigns,
    currencies_in,
    decimal_sign,
    find_field_signs,
    is_known_stage,
    with_field_signs,
)
from vaultflow.pipeline.setup.lead_signs import (
    LeadSigns,
    Seen,
    count_spellings,
    find_lead_signs,
    with_lead_signs,
)
from vaultflow.pipeline.setup.stage_signs import fitting_stages, unknown_stages
from vaultflow.pipeline.setup.synonyms import FIELD_SYNONYMS, LOG_HEADINGS, plain_name
from vaultflow.vault.odd_names import copy_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from vaultflow.vault.note import Note
    from vaultflow.vault.obsidian.settings import ObsidianSettings
    from vaultflow.vault.vault import Vault

_OUR_HEADING = LeadSettings().log_heading

Preset: TypeAlias = Literal["five", "six", "percent", "coach"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Settings for a vault, and what was seen that speaks for them. Made by `propose`."""

    notes: int
    """Notes that were looked at: all but templates, pages and copies."""
    leads: int
    lead_templates: int
    """Templates for leads; only counted where there is no lead yet."""
    lead_signs: LeadSigns
    field_signs: tuple[FieldSigns, ...]
    stages: tuple[Seen, ...]
    """Values of the stage field, the most frequent first."""
    unknown_stages: tuple[Seen, ...]
    """Those of them that are no stage of the proposed pipeline."""
    currencies: tuple[Seen, ...]
    notes_with_stage: int
    """Notes with a stage that nothing tells to be leads."""
    settings: Settings


def propose(
    vault: Vault, obsidian: ObsidianSettings, today: date, preset: Preset | None = None
) -> Proposal:
    """Settings that fit the vault; the defaults where it tells nothing.

    A vault without leads is judged by its templates for them. `preset` sets the stages whatever
    the vault says.
    """
    notes, templates = _notes_and_templates(vault, obsidian)
    lead_signs, leads = _leads_among(notes)
    forms: Sequence[Note] = ()
    if not leads:
        lead_signs, forms = _leads_among(templates)
    samples = leads or forms
    field_signs = find_field_signs(samples)
    settings = with_field_signs(with_lead_signs(Settings(), lead_signs), field_signs, samples)
    stages = _stage_values(samples, settings)
    currencies = currencies_in(samples, settings)
    settings = replace(
        settings,
        leads=replace(settings.leads, log_heading=_log_heading(samples, today)),
        money=_money(settings, currencies, samples),
        pipeline=PipelineSettings(preset=preset) if preset else fitting_stages(stages),
    )
    return Proposal(
        notes=len(notes),
        leads=len(leads),
        lead_templates=len(forms),
        lead_signs=lead_signs,
        field_signs=field_signs,
        stages=stages,
        unknown_stages=unknown_stages(settings.pipeline, stages),
        currencies=currencies,
        notes_with_stage=_with_stage(notes) - _with_stage(leads),
        settings=settings,
    )


def _notes_and_templates(
    vault: Vault, obsidian: ObsidianSettings
) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """The user's notes, and what is set apart from them but for pages of ours and copies."""
    apart = {path for path, note in vault.notes.items() if is_set_apart(note, Settings(), obsidian)}
    notes = tuple(note for path, note in vault.notes.items() if path not in apart)
    templates = tuple(
        vault.notes[path]
        for path in sorted(apart)
        if not vault.notes[path].is_page and copy_of(path) is None
    )
    return notes, templates


def _leads_among(notes: Sequence[Note]) -> tuple[LeadSigns, tuple[Note, ...]]:
    signs = find_lead_signs(notes)
    settings = with_lead_signs(Settings(), signs)
    return signs, tuple(note for note in notes if looks_like_lead(note, settings))


def _stage_values(samples: Sequence[Note], settings: Settings) -> tuple[Seen, ...]:
    """The stages that the leads are in; of a template all that it offers: `lead | won | lost`."""
    texts = (field_text(find_field(sample, settings.fields.stage)) for sample in samples)
    values = (value.strip() for text in texts for value in text.split("|"))
    return count_spellings(value for value in values if value and "{{" not in value)


def _log_heading(leads: Sequence[Note], today: date) -> str:
    """The heading under which the leads have most dated lines; ours when there are none."""
    headings = count_spellings(
        heading.text
        for lead in leads
        for heading in lead.headings
        if plain_name(heading.text) in LOG_HEADINGS
    )
    dated = {
        seen.name: sum(len(read_log(lead, seen.name, today)[0]) for lead in leads)
        for seen in headings
    }
    return max((name for name in dated if dated[name]), key=dated.__getitem__, default=_OUR_HEADING)


def _money(settings: Settings, currencies: Sequence[Seen], leads: Sequence[Note]) -> MoneySettings:
    values = (find_field(lead, settings.fields.value) for lead in leads)
    sign = decimal_sign(
        value.text for value in values if value is not None and isinstance(value.value, str)
    )
    return replace(
        settings.money,
        currency=currencies[0].name if currencies else settings.money.currency,
        decimal="," if sign == "," else settings.money.decimal,
    )


def _with_stage(notes: Sequence[Note]) -> int:
    fields = (find_field(note, FIELD_SYNONYMS["stage"]) for note in notes)
    return sum(field is not None and is_known_stage(field) for field in fields)
