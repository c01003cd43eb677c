from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

from pipeline_builders import OBSIDIAN, SETTINGS, TODAY, note, vault_of

from vaultflow.errors import Finding
from vaultflow.pipeline.lead import Touch, TouchKind
from vaultflow.pipeline.reading.contacts import read_contacts
from vaultflow.pipeline.reading.dating import Dating
from vaultflow.pipeline.reading.surroundings import contacts_by_lead, read_mentions, tell_apart

LEAD = note("---\ntype: lead\n---\n", "Acme.md")
CALL = note("---\ndate: 2026-11-10\n---\n- [ ] [[Acme]]\n- [[Acme]]\n- [[Acme]]\n", "Call.md")
TALK = note("[[Acme]] and [[Call]]", "2026-11-12 Talk.md")
ON_DAY = Dating(day=date(2026, 11, 10), kind=TouchKind.CALL, is_daily=False)


def test_leads_and_dated_notes_are_told_apart_from_the_rest() -> None:
    others = (note("x", "Idea.md"), note("---\nat: {{x}}\n---\n", "2026-11-11 Form.md"))
    notes = [(each.path, each) for each in (LEAD, CALL, TALK, *others)]
    leads, datings = tell_apart(notes, SETTINGS, OBSIDIAN)
    assert leads == {LEAD.path}
    assert list(datings) == [CALL.path, TALK.path]


def test_the_first_link_that_is_no_plan_tells_of_the_contact() -> None:
    links = [(link, LEAD.path) for link in CALL.links]
    told = read_contacts(CALL, ON_DAY, links, TODAY)
    assert told == {
        LEAD.path: Touch(day=ON_DAY.day, kind=TouchKind.CALL, text="Call", path=CALL.path, line=5)
    }


def test_a_contact_of_a_day_to_come_is_a_finding() -> None:
    links = [(link, LEAD.path) for link in TALK.links]
    (contact,) = read_contacts(TALK, ON_DAY, links, date(2026, 11, 9)).values()
    assert isinstance(contact, Finding)
    assert (contact.code, contact.path, contact.line) == ("date-in-future", TALK.path, 1)


def test_what_dated_notes_tell_is_grouped_by_lead_in_their_order() -> None:
    vault = vault_of(LEAD, CALL, TALK)
    leads, datings = tell_apart(vault.notes.items(), SETTINGS, OBSIDIAN)
    told = read_mentions(vault, datings, leads, TODAY)
    assert {source: list(contacts) for source, contacts in told.items()} == {
        TALK.path: [LEAD.path],
        CALL.path: [LEAD.path],
    }
    by_lead = contacts_by_lead(told)
    assert [contact.path for contact in by_lead[LEAD.path]] == [
        PurePosixPath("2026-11-12 Talk.md"),
        PurePosixPath("Call.md"),
    ]
