"""A proposal as the text of `vaultflow.toml`: what is proposed, why, and all that could be set."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import FieldInfo, fields

from vaultflow.pipeline.field_names import PRACTICE_FIELDS
from vaultflow.pipeline.settings import Settings
from vaultflow.pipeline.stages import open_stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from msgspec import Struct

    from vaultflow.pipeline.setup.lead_signs import Seen
    from vaultflow.pipeline.setup.proposal import Proposal

_SHOWN = 8  # values in a comment; more would hide the settings
_WIDEST = 80  # of a list on one line

_EXAMPLES = {
    "money.rates": ("[[money.rates]]", "date = 2026-11-02", 'currency = "USD"', "value = 0.92"),
    "pipeline.stages": (
        "[[pipeline.stages]]",
        'name = "Proposal"',
        'label = "60% – Proposal"',
        'kind = "open"',
        "expected_days = 14",
        "stale_days = 14",
        'outcome = "They know what they get and what it costs."',
        'actions = ["Walk through it together", "Ask what is missing for a yes"]',
        'aliases = ["Quote"]',
    ),
}
"""How tables of tables are written, as a comment where there are none."""

_LEFT_OUT = defaultdict(frozenset[str], fields=frozenset(PRACTICE_FIELDS))
"""Keys that are written only with a value of the vault's: so many would hide the others."""
_MORE_FIELDS = "# Fields that reviews ask for can be named too: `vaultflow config` has all of them."


def to_toml(proposal: Proposal) -> str:
    """The settings as TOML: each proposed one with what speaks for it, the defaults as comments."""
    defaults = Settings()
    lines = [*_head(proposal)]
    for table in fields(Settings):
        proposed, default = getattr(proposal.settings, table.name), getattr(defaults, table.name)
        lines += ["", *_table_comment(type(proposed)), f"[{table.name}]"]
        nested: list[str] = []
        for key in fields(proposed):
            dotted = f"{table.name}.{key.name}"
            value = getattr(proposed, key.name)
            if dotted in _EXAMPLES:
                nested += _nested(dotted, value)
                continue
            is_default = value == getattr(default, key.name)
            if is_default and key.name in _LEFT_OUT[table.name]:
                continue
            lines += [*_reasons(dotted, proposal)]
            lines.append(_entry(key, value, is_default=is_default))
        lines += [*nested, *([_MORE_FIELDS] if table.name == "fields" else [])]
    return "\n".join(lines) + "\n"


def _head(proposal: Proposal) -> Iterator[str]:
    yield "# VaultFlow's settings for this vault. Every key is optional: what stands in a comment"
    yield "# is the default, and `vaultflow config` shows all that is in force."
    yield "#"
    if proposal.leads:
        yield f"# Seen: {proposal.leads} leads among {proposal.notes} notes."
        return
    yield f"# Seen: {proposal.notes} notes, and none of them says that it is a lead. Give each lead"
    yield "# `type: lead`, or name a tag or a folder of theirs below."
    if proposal.notes_with_stage:
        yield f"# {proposal.notes_with_stage} notes have a stage and may be meant as leads."
    if proposal.lead_templates:
        yield f"# What is proposed is taken from {proposal.lead_templates} templates for leads."


def _table_comment(table: type[object]) -> Iterator[str]:
    """The first line of the record's docstring, which says what the table is for."""
    summary = (table.__doc__ or "").partition("\n")[0].rpartition("`: ")[2]
    yield f"# {summary[:1].upper()}{summary[1:]}"


def _reasons(dotted: str, proposal: Proposal) -> Iterator[str]:
    signs = proposal.lead_signs
    seen: dict[str, tuple[Seen, ...]] = {
        "leads.types": signs.types,
        "leads.tags": signs.tags,
        "leads.folders": signs.folders,
        "fields.type": signs.type_names,
        "money.currency": proposal.currencies,
        "pipeline.preset": proposal.stages,
    } | {f"fields.{each.field}": each.names for each in proposal.field_signs}
    if found := seen.get(dotted):
        total = _of_all(proposal) if dotted.startswith("fields.") else ""
        yield f"# seen: {_counts(found)}{total}"
    if dotted == "pipeline.preset" and proposal.unknown_stages:
        yield f"# not among these stages: {_counts(proposal.unknown_stages)}"
    stages = open_stages(proposal.settings.pipeline.stages)
    if dotted == "pipeline.preset" and any(stage.probability is None for stage in stages):
        yield "# Look the order below over: stages whose chance to win is not known come first."


def _of_all(proposal: Proposal) -> str:
    if proposal.lead_templates:
        return f" of {proposal.lead_templates} templates"
    return f" of {proposal.leads} leads"


def _counts(seen: tuple[Seen, ...]) -> str:
    listed = ", ".join(f"{_text(each.name)} ({each.count})" for each in seen[:_SHOWN])
    more = len(seen) - _SHOWN
    return f"{listed} and {more} more" if more > 0 else listed


def _entry(key: FieldInfo, value: object, *, is_default: bool) -> str:
    if value is None:
        return f"# {key.name}: not set"
    line = f"{key.name} = {_value(value)}"
    return line if not is_default else "\n".join(f"# {part}" for part in line.split("\n"))


def _nested(dotted: str, records: Iterable[Struct]) -> Iterator[str]:
    written = [line for record in records for line in ("", f"[[{dotted}]]", *_record(record))]
    yield from written or ("#", *(f"# {line}" for line in _EXAMPLES[dotted]))


def _record(record: Struct) -> Iterator[str]:
    for key in fields(record):
        value = getattr(record, key.name)
        if value is not None and (key.required or value != key.default):
            yield f"{key.name} = {_value(value)}"


def _value(value: object) -> str:
    match value:
        case str():
            return _text(str(value))
        case bool():
            return str(value).lower()
        case tuple():
            return _list([_value(item) for item in value])
        case _:
            return str(value)


def _list(items: list[str]) -> str:
    line = f"[{', '.join(items)}]"
    return line if len(line) <= _WIDEST else "[\n    " + ",\n    ".join(items) + ",\n]"


def _text(text: str) -> str:
    # JSON's strings are TOML's, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
