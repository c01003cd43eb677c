from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from edits_builders import SETTINGS, TODAY, context
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pipeline_builders import OBSIDIAN, lead_of, note, pipeline_of, vault_of

from vaultflow.pipeline.edits.new import (
    filled_template,
    lead_templates,
    name_taken,
    new_note,
    new_path,
    plain_note,
)
from vaultflow.pipeline.edits.titles import MOST_BYTES, note_name, title_problem
from vaultflow.pipeline.reading.selection import is_lead
from vaultflow.pipeline.settings import LeadSettings
from vaultflow.vault.reader import read_note

LEAD = "---\ntype: lead\n---\n"
PATH = PurePosixPath("Leads/Acme.md")


@pytest.mark.parametrize(
    "title",
    [
        "../../x",
        "..",
        ".hidden",
        "C:\\x",
        "a/b",
        "a\\b",
        "CON",
        "nul.txt",
        "com1",
        "LPT³",
        "Aux .md",
        "x\0y",
        "x\ny",
        "x\u202ey",
        "\ud800",
        "x" * 300,
        "ü" * 130,
        "ends.",
        "a*b",
        'a"b',
        "a<b",
        "a?b",
        "a|b",
        "a#b",
        "a^b",
        "a[b]",
        "",
        "  ",
        "~$Acme",
        "Acme (Ada's conflicted copy 2026-11-22)",
        "Acme.sync-conflict-20261122-101010-ABCDEFG",
    ],
)
def test_f26_a_title_that_is_no_portable_file_name_is_refused(title: str) -> None:
    assert title_problem(title).endswith(".")


@pytest.mark.parametrize(
    "title",
    ["Acme BV", "Café Zoë", "3.5 % off", "A & B – phase 2", "🌱 Seedling", "x" * 252, "Console"],
)
def test_other_titles_are_names_as_they_are(title: str) -> None:
    assert title_problem(title) == ""
    assert note_name(f" {title} ") == title


@given(st.text(max_size=300))
def test_a_title_without_problem_is_one_name_of_a_file(title: str) -> None:
    if not title_problem(title):
        path = PurePosixPath("Leads", f"{note_name(title)}.md")
        assert path.parent == PurePosixPath("Leads")
        assert len(path.name.encode()) <= MOST_BYTES


def test_f27_a_title_is_written_composed() -> None:
    assert note_name("Cafe\u0301") == "Caf\u00e9"


def test_a_new_lead_goes_where_most_leads_are_or_where_settings_say() -> None:
    standings = pipeline_of(
        note(LEAD, "Sales/A.md"), note(LEAD, "Sales/B.md"), note(LEAD, "Old/C.md")
    ).standings
    assert new_path("Acme", standings, SETTINGS) == PurePosixPath("Sales/Acme.md")
    assert new_path("Acme", (), SETTINGS) == PurePosixPath("Leads/Acme.md")
    configured = replace(SETTINGS, leads=LeadSettings(folders=("Deals/",)))
    assert new_path("Acme", standings, configured) == PurePosixPath("Deals/Acme.md")


def test_f28_a_name_that_differs_only_by_case_is_taken() -> None:
    notes = (note(LEAD, "Leads/Acme.md"), note("Text.\n", "Companies/Beta.md"))
    vault, standings = vault_of(*notes), pipeline_of(*notes).standings
    for path in ("Leads/acme.md", "Elsewhere/ACME.md"):
        assert name_taken(PurePosixPath(path), vault, standings) == PurePosixPath("Leads/Acme.md")
    assert name_taken(PurePosixPath("Leads/Beta.md"), vault, standings) is None


def test_the_template_that_is_called_like_a_lead_comes_first() -> None:
    vault = vault_of(
        note("---\ntype: lead\ncreated: {{date}}\n---\n", "Templates/A big one.md"),
        note("---\ntype: lead\n---\n", "Templates/Lead.md"),
        note("---\ntype: person\n---\n", "Templates/Person.md"),
        note("---\ntype: lead\n---\n", "Leads/Acme.md"),
    )
    obsidian = replace(OBSIDIAN, templates_folder="Templates")
    found = lead_templates(vault, SETTINGS, obsidian)
    assert [path.stem for path in found] == ["Lead", "A big one"]
    assert lead_templates(vault, SETTINGS, OBSIDIAN) == ()


def test_a_template_is_filled_as_obsidian_does_and_code_is_left_alone() -> None:
    template = b"# {{title}}\n{{date}} {{ date:DD.MM.YYYY }}{{time}} {{other}}\r\n"
    assert filled_template(template, " Acme ", TODAY) == (
        b"# Acme\n2026-11-22 22.11.2026  {{other}}\r\n"
    )
    assert filled_template(b"<% tp.date.now() %>", "Acme", TODAY) is None


def test_without_a_template_a_lead_begins_with_empty_fields_and_a_log() -> None:
    after, problem = new_note(plain_note(PATH, SETTINGS), {}, context())
    assert problem == ""
    assert after.decode().replace(": \n", ":\n") == (
        "---\ntype: lead\nstage: Initial contact\nvalue:\ncompany:\npeople:\nsource:\n"
        "created: 2026-11-22\nnext_action:\nnext_action_due:\n---\n\n## Log\n"
    )


def test_what_is_given_is_read_by_the_fields_types() -> None:
    given = {"stage": "quote", "value": "12k", "people": "Jane Doe, Bob"}
    after, problem = new_note(plain_note(PATH, SETTINGS), given, context())
    assert problem == ""
    lead = lead_of(after.decode())
    assert lead.stage
    assert lead.stage.name == "Proposals"
    assert lead.value
    assert lead.value.amount == 12000
    assert [person.name for person in lead.people] == ["Jane Doe", "Bob"]
    assert new_note(plain_note(PATH, SETTINGS), {"value": "lots"}, context())[1]


def test_what_a_template_says_stays() -> None:
    base = b"---\r\ntype: deal\r\nstage: Closing\r\ncreated: 2026-01-01\r\n---\r\n"
    assert new_note(base, {}, context()) == (base, "")


def test_a_plain_note_is_a_lead_by_type_or_else_by_tag() -> None:
    tagged = replace(SETTINGS, leads=LeadSettings(types=(), tags=("sales/lead",)))
    for settings in (SETTINGS, tagged):
        made = read_note(PATH, plain_note(PATH, settings))
        assert is_lead(made, settings, OBSIDIAN)
