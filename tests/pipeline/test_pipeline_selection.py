from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from pipeline_builders import OBSIDIAN, SETTINGS, TODAY, note, pipeline_of, vault_of

from vaultflow.pipeline.field_names import FieldNames
from vaultflow.pipeline.reading.hidden import hidden_lead_findings
from vaultflow.pipeline.reading.selection import is_below, is_lead, is_set_apart
from vaultflow.pipeline.reading.surroundings import survey
from vaultflow.pipeline.settings import LeadSettings, Settings
from vaultflow.vault.obsidian.settings import ObsidianSettings
from vaultflow.vault.reader import read_note

CHOSEN = Settings(leads=LeadSettings(tags=("sales/lead",), folders=("Deals/Open",)))


def is_lead_by(text: str, path: str = "Acme.md", settings: Settings = SETTINGS) -> bool:
    return is_lead(note(text, path), settings, OBSIDIAN)


@pytest.mark.parametrize("word", ["lead", "Deal", "OPPORTUNITY", "prospect", "candidate"])
def test_s0_04_all_the_words_for_a_lead_count(word: str) -> None:
    assert is_lead_by(f"---\ntype: {word}\n---\n")


def test_s0_04_a_vault_that_mixes_the_words_yields_one_count() -> None:
    words = ("lead", "candidate", "prospect")
    notes = [note(f"---\ntype: {word}\n---\n", f"{word}.md") for word in words]
    assert len(pipeline_of(*notes).standings) == 3


@pytest.mark.parametrize(
    "typed", ['"[[Deal]]"', '"[[Types/Deal|a deal]]"', "[note, deal]", '["[[Deal]]"]', "[[Deal]]"]
)
def test_a_type_may_be_a_link_or_a_list(typed: str) -> None:
    settings = Settings(leads=LeadSettings(types=("deal", "a deal")))
    assert is_lead_by(f"---\ntype: {typed}\n---\n", settings=settings)


def test_a_type_may_stand_in_an_inline_field_or_go_by_another_name() -> None:
    assert is_lead_by("type:: lead\n")
    settings = Settings(fields=FieldNames(type=("categories",)))
    assert is_lead_by('---\nCategories: ["[[Deal]]"]\n---\n', settings=settings)


@pytest.mark.parametrize("tag", ["sales/lead", "Sales/Lead", "sales/lead/hot"])
def test_a_tag_makes_a_lead_in_any_case_and_nested(tag: str) -> None:
    assert is_lead_by(f"---\ntags: [{tag}]\n---\n", settings=CHOSEN)
    assert is_lead_by(f"text #{tag}\n", settings=CHOSEN)


@pytest.mark.parametrize("tag", ["sales", "sales/leads", "lead"])
def test_another_tag_makes_none(tag: str) -> None:
    assert not is_lead_by(f"---\ntags: [{tag}]\n---\n", settings=CHOSEN)


def test_a_folder_makes_leads_of_all_notes_below_it() -> None:
    assert is_lead_by("", "Deals/Open/Acme.md", CHOSEN)
    assert is_lead_by("", "deals/open/2026/Acme.md", CHOSEN)
    assert not is_lead_by("", "Deals/Acme.md", CHOSEN)
    assert not is_lead_by("", "Deals/Opened/Acme.md", CHOSEN)


def test_every_path_is_below_the_root() -> None:
    assert is_below(PurePosixPath("Acme.md"), "")
    assert is_below(PurePosixPath("a/Acme.md"), "/")


def test_s0_26_an_article_about_leads_is_none() -> None:
    article = """
        ---
        tags:
          - Articles
          - Pipeline
          - Questions
          - Sales
        ---
        Do I have any leads in my pipeline? #lead
        """
    assert not is_lead_by(article)


def test_s0_26_tags_with_capitals_are_compared_without_them() -> None:
    settings = Settings(leads=LeadSettings(tags=("PIPELINE",)))
    assert is_lead_by("---\ntags:\n  - Pipeline\n---\n", settings=settings)


def test_templates_are_never_leads() -> None:
    obsidian = ObsidianSettings(templates_folder="Templates", templater_folder="Forms")
    for path in ("Templates/Deal.md", "Forms/x/Deal.md", "_templates/vaultflow/Deal.md"):
        assert not is_lead(note("---\ntype: lead\n---\n", path), SETTINGS, obsidian)
    assert not is_lead_by("---\ntype: lead\ndate: {{date}}\n---\n")


def test_pages_of_ours_are_never_leads() -> None:
    page = "---\ntype: lead\n---\n%% vaultflow:begin x %%\n%% vaultflow:end x 9f2c4a11d0e3 %%\n"
    assert not is_lead_by(page)
    assert is_set_apart(note(page), SETTINGS, OBSIDIAN)


@pytest.mark.parametrize(
    "name",
    [
        "Acme.sync-conflict-20261122-101500-ABCDEFG.md",
        "Acme (Conflicted copy MyMac 202611221015).md",
        "Acme (Ana's conflicted copy 2026-11-22).md",
    ],
)
def test_f33_a_sync_tools_conflict_copy_is_no_lead(name: str) -> None:
    assert not is_lead_by("---\ntype: lead\n---\n", f"Deals/{name}")


def test_f33_a_name_that_a_person_may_have_chosen_still_is_a_lead() -> None:
    assert is_lead_by("---\ntype: lead\n---\n", "Deals/Acme 2.md")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: lead\ntags: [x, #y]\n---\n",
        "---\ntype: lead\nstage: a\nstage: b\n---\n",
        '---\ntype: "[[Lead]]"\nwhen: Re: hello\n---\n',
        "---\ntype: [lead, note]\nwhen: Re: hello\n---\n",
        "---\ntype: lead\nstage: Proposal\n",
    ],
)
def test_a_lead_with_broken_properties_is_still_one(text: str) -> None:
    broken = note(text)
    assert not broken.readable
    assert is_lead(broken, SETTINGS, OBSIDIAN)


def test_a_note_that_is_no_text_is_a_lead_by_its_folder() -> None:
    binary = read_note(PurePosixPath("Deals/Open/Acme.md"), b"\xff\xfe\x00s\x00t")
    assert is_lead(binary, CHOSEN, OBSIDIAN)
    assert not is_lead(binary, SETTINGS, OBSIDIAN)


def test_broken_properties_are_searched_for_tags_too() -> None:
    assert is_lead_by("---\ntags: [sales/lead, #hot]\n---\n", settings=CHOSEN)


def test_the_survey_knows_the_leads_and_what_dated_notes_tell_of_them() -> None:
    lead = note("---\ntype: lead\n---\n[[Other]]\n", "Acme.md")
    others = (note("[[Acme]]", "Other.md"), note("[[Acme]] [[Other]]", "2026-11-10 Call.md"))
    around = survey(vault_of(lead, *others), SETTINGS, OBSIDIAN, TODAY)
    assert around.lead_paths == {lead.path}
    assert around.mentions == {others[1].path: (lead.path,)}
    assert [told.path for told in around.contacts[lead.path]] == [others[1].path]


def hidden_by(text: str, path: str = "Acme.md") -> list[tuple[int, str]]:
    obsidian = ObsidianSettings(templates_folder="Templates")
    found = hidden_lead_findings(note(text, path), SETTINGS, obsidian)
    return [(each.line, each.message.split(" in a property")[0]) for each in found]


@pytest.mark.parametrize(
    ("field", "where"),
    [
        ("next_action: 'Fill {{name}} in'", (3, "With {{name}}")),
        ("owner: <% who %>", (3, "With <%")),
        ("people: [Ann, '{{who}}']", (3, "With {{who}}")),
        ("company: {{name}}", (3, "With {{ name }}")),
        ("company: {{name}} or not", (0, "With {{name}}")),
        ("# {{a remark}}", (0, "With a placeholder")),
    ],
)
def test_a_lead_that_a_placeholder_hides_is_found(field: str, where: tuple[int, str]) -> None:
    assert hidden_by(f"---\ntype: lead\n{field}\n---\n") == [where]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("---\ntype: lead\nowner: Ann\n---\n", "Acme.md"),
        ("---\ntype: note\nowner: '{{who}}'\n---\n", "Acme.md"),
        ("---\ntype: lead\nowner: '{{who}}'\n---\n", "Templates/Deal.md"),
        ("---\ntype: lead\n---\nDear {{name}},\n", "Acme.md"),
    ],
)
def test_who_is_a_lead_or_would_be_none_anyhow_is_not_hidden(text: str, path: str) -> None:
    assert hidden_by(text, path) == []
