"""What tells the leads, and the companies and people that they name, apart from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.practice.cleaning.duplicates import (
    Identity,
    normal_emails,
    normal_phones,
    own_domains,
    plain_words,
)
from vaultflow.pipeline.reading.fields import field_text, field_texts, find_field
from vaultflow.pipeline.settings import StageKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.vault.vault import Vault

_CLOSED = (StageKind.WON, StageKind.LOST)


def read_identities(pipeline: Pipeline, vault: Vault) -> tuple[Identity, ...]:
    """Of all leads that are not closed, and of the companies and people that any lead links to.

    A second deal with a customer is no duplicate of the first: closed ones are left out.
    """
    leads = [standing.lead for standing in pipeline.standings]
    current = (one for one in leads if not (one.stage and one.stage.kind in _CLOSED))
    return (
        *(_identity(lead.path, "lead", _company_of(lead), pipeline, vault) for lead in current),
        *_linked(leads, pipeline, vault),
    )


def _linked(leads: list[Lead], pipeline: Pipeline, vault: Vault) -> Iterator[Identity]:
    companies = {lead.company.path for lead in leads if lead.company and lead.company.path}
    people = {person.path for lead in leads for person in lead.people if person.path}
    names = pipeline.settings.fields.company
    for path in sorted(companies & vault.notes.keys()):
        yield _identity(path, "company", "", pipeline, vault)
    for path in sorted((people - companies) & vault.notes.keys()):
        works_at = plain_words(field_text(find_field(vault.notes[path], names)))
        yield _identity(path, "person", works_at, pipeline, vault)


def _company_of(lead: Lead) -> str:
    if lead.company is None:
        return ""
    return plain_words(lead.company.path.stem if lead.company.path else lead.company.name)


def _identity(
    path: PurePosixPath, kind: str, company: str, pipeline: Pipeline, vault: Vault
) -> Identity:
    note, names = vault.notes[path], pipeline.settings.fields
    emails = normal_emails(field_texts(find_field(note, names.email)))
    return Identity(
        path=path,
        name=note.name,
        kind=kind,
        emails=emails,
        phones=normal_phones(field_texts(find_field(note, names.phone))),
        domains=own_domains(emails, field_texts(find_field(note, names.website))),
        company=company,
        others=frozenset(_told_apart(path, pipeline, vault)),
    )


def _told_apart(path: PurePosixPath, pipeline: Pipeline, vault: Vault) -> Iterator[PurePosixPath]:
    """The notes of which this one says that they are others."""
    field = find_field(vault.notes[path], pipeline.settings.fields.not_duplicate_of)
    if field is None:
        return
    for link in vault.links_of(path):
        is_here = (link.link.key or "").partition(".")[0] == field.key
        if link.resolved and (is_here or (field.is_inline and link.link.line == field.line)):
            yield link.resolved
