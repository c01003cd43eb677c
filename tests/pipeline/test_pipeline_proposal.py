from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pipeline_builders import OBSIDIAN, TODAY, note, vault_of

from vaultflow.pipeline.field_names import FieldNames, LeadFieldNames
from vaultflow.pipeline.reading.fields import find_field
from vaultflow.pipeline.settings import LeadSettings, Settings, StageKind
from vaultflow.pipeline.setup.field_signs import (
    currencies_in,
    decimal_sign,
    find_field_signs,
    is_known_stage,
    with_field_signs,
)
from vaultflow.pipeline.setup.lead_signs import (
    Seen,
    count_spellings,
    find_lead_signs,
    with_lead_signs,
)
from vaultflow.pipeline.setup.proposal import Proposal, propose
from vaultflow.pipeline.setup.stage_signs import fitting_stages, unknown_stages
from vaultflow.pipeline.setup.synonyms import FIELD_SYNONYMS, is_lead_word, plain_name
from vaultflow.pipeline.setup.toml import to_toml
from vaultflow.pipeline.stages import check_stages, open_stages

if TYPE_CHECKING:
    from vaultflow.vault.note import Note

SPANISH = (
    (
        '---\ntipo: Oportunidad\nEtapa: Propuesta\nImporte: "12.000,00 €"\n'
        "Próxima acción: Llamar\nSeguimiento: 2026-11-25\n---\n"
    ),
    ('---\ntipo: Oportunidad\nEtapa: Perdido\nImporte: "1.250,50 €"\nEmpresa: "[[Acme]]"\n---\n'),
)


def proposal_for(*texts: str, folder: str = "Notes") -> Proposal:
    notes = [note(text, f"{folder}/{number}.md") for number, text in enumerate(texts)]
    return propose(vault_of(*notes), OBSIDIAN, TODAY)


def leads(*properties: str) -> list[Note]:
    return [
        note(f"---\ntype: lead\n{text}\n---\n", f"{number}.md")
        for number, text in enumerate(properties)
    ]


def test_a_vault_that_follows_the_defaults_needs_no_setting() -> None:
    proposal = proposal_for("---\ntype: lead\nstage: Proposal\nvalue: 5\n---\n")
    assert (proposal.leads, proposal.notes) == (1, 1)
    assert proposal.settings == Settings()


def test_an_empty_vault_is_proposed_the_defaults_and_told_so() -> None:
    proposal = proposal_for("Just a note.")
    assert (proposal.leads, proposal.settings) == (0, Settings())
    assert "none of them says that it is a lead" in to_toml(proposal)


def test_a_vault_in_another_language_is_understood() -> None:
    proposal = proposal_for(*SPANISH)
    fields = proposal.settings.fields
    assert proposal.leads == 2
    assert proposal.settings.leads.types[0] == "oportunidad"
    assert fields.type == ("tipo", "type")
    assert fields.stage[0] == "Etapa"
    assert fields.value[0] == "Importe"
    assert fields.next_action[0] == "Próxima acción"
    assert fields.next_action_due[0] == "Seguimiento"
    assert (proposal.settings.money.decimal, proposal.settings.money.currency) == (",", "EUR")
    assert proposal.settings.pipeline.stages == ()


def test_leads_are_told_by_tags_and_folders() -> None:
    tagged = proposal_for("---\ntags: [Sales/Deal/Hot]\n---\n", "#deal")
    assert tagged.settings.leads.tags == ("sales/deal", "deal")
    assert tagged.leads == 2
    foldered = proposal_for("no properties at all", folder="Work/Leads")
    assert foldered.settings.leads.folders == ("Work/Leads",)


def test_a_folder_of_sales_counts_when_its_notes_have_stages() -> None:
    with_stage = proposal_for("---\nstage: New\n---\n", folder="Sales")
    assert with_stage.settings.leads.folders == ("Sales",)
    assert proposal_for("# Talk\n", folder="Sales").settings.leads.folders == ()


def test_a_folder_is_not_named_when_types_tell_already() -> None:
    assert proposal_for("---\ntype: deal\n---\n", folder="Deals").settings.leads.folders == ()


def test_templates_and_pages_are_not_counted_as_leads() -> None:
    proposal = proposal_for("---\ntype: lead\nx: {{y}}\n---\n", "plain")
    assert (proposal.leads, proposal.notes, proposal.lead_templates) == (0, 1, 1)


def test_a_vault_without_leads_is_judged_by_its_templates_for_them() -> None:
    proposal = proposal_for(
        "---\ndate: {{date}}\ndeal-value:\nstage: prospecting | demo | proposal | closed-won\n"
        "status: active\ntags: [deal]\n---\n"
    )
    assert proposal.settings.leads.tags == ("deal",)
    assert proposal.settings.fields.stage == ("stage",)
    assert proposal.settings.fields.value[0] == "deal-value"
    assert {seen.name for seen in proposal.stages} >= {"prospecting", "closed-won"}
    assert proposal.unknown_stages == ()
    assert "taken from 1 templates" in to_toml(proposal)


def test_notes_with_a_stage_alone_are_pointed_at() -> None:
    proposal = proposal_for("---\nstage: Proposal\n---\n", "---\nstage: drum kit\n---\n")
    assert proposal.notes_with_stage == 1
    assert "1 notes have a stage" in to_toml(proposal)


def test_a_status_that_is_no_stage_is_not_read_as_one() -> None:
    found = leads("stage: Proposal\nstatus: active", "stage: Won\nstatus: active")
    signs = find_field_signs(found)
    fields = with_field_signs(Settings(), signs, found).fields
    assert fields.stage == ("stage",)


def test_a_property_counts_only_when_what_it_holds_fits() -> None:
    found = leads("next: 2026-11-25\nprice: on request", "next: 2026-11-26\nprice: ask")
    fields = with_field_signs(Settings(), find_field_signs(found), found).fields
    assert fields.next_action_due[0] == "next"
    assert fields.next_action == FieldNames().next_action
    assert fields.value == FieldNames().value


@pytest.mark.parametrize(
    ("field", "name", "fitting", "other"),
    [
        ("probability", "chance", "40%", "good"),
        ("currency", "valuta", "CHF", "strong"),
        ("value", "fee", "1,200", "later"),
        ("created", "added", "2026-11-01", "by Ann"),
        ("next_action", "todo", "Call", "2026-11-01"),
    ],
)
def test_a_synonym_is_taken_by_what_it_holds(
    field: str, name: str, fitting: str, other: str
) -> None:
    for typed, is_taken in ((fitting, True), (other, False)):
        signs = find_field_signs(leads(f"{name}: {typed}"))
        assert (field in [each.field for each in signs]) == is_taken


def test_the_vaults_most_frequent_name_comes_first() -> None:
    found = leads("amount: 5", "fee: 5", "fee: 6")
    fields = with_field_signs(Settings(), find_field_signs(found), found).fields
    assert fields.value == ("fee", "amount", "value")


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["1.250,50", "12000"], ","),
        (["1,250.50"], "."),
        (["12000", "12k"], None),
        (["1.250,50", "1,250.50"], None),
        (["1.250"], ","),
        (["soon"], None),
        ([], None),
    ],
)
def test_the_decimal_sign_is_told_only_when_certain(texts: list[str], sign: str | None) -> None:
    assert decimal_sign(texts) == sign


def test_currencies_are_counted_from_their_field_and_beside_amounts() -> None:
    found = leads("currency: chf\nvalue: 5", "value: 5 CHF", "value: $5", "value: 5")
    assert currencies_in(found, Settings()) == (
        Seen(name="CHF", count=2),
        Seen(name="USD", count=1),
    )


def test_the_heading_with_most_dated_lines_is_the_log() -> None:
    text = "---\ntype: lead\n---\n## Notes\n- idea\n## Verlauf\n- 2026-11-01 call: x\n"
    assert proposal_for(text).settings.leads.log_heading == "Verlauf"


def test_the_asked_for_preset_wins() -> None:
    proposal = propose(vault_of(*leads("stage: Terms")), OBSIDIAN, TODAY, "coach")
    assert proposal.settings.pipeline.preset == "coach"
    assert proposal.unknown_stages == (Seen(name="Terms", count=1),)
    assert 'preset = "coach"' in to_toml(proposal)


def seen(**counts: int) -> tuple[Seen, ...]:
    return tuple(Seen(name=name.replace("_", " "), count=count) for name, count in counts.items())


def test_the_preset_that_knows_the_stages_fits() -> None:
    assert fitting_stages(seen(Prospecting=3, Needs_analysis=2, Won=1)).preset == "six"
    assert fitting_stages(()).preset == "five"


def test_a_slip_of_the_finger_does_not_make_a_stage() -> None:
    values = seen(Prospecting=5, Needs_analysis=4, Propsal=1)
    pipeline = fitting_stages(values)
    assert (pipeline.preset, pipeline.stages) == ("six", ())
    assert [each.name for each in unknown_stages(pipeline, values)] == ["Propsal"]


def test_a_stage_in_use_that_no_preset_knows_makes_own_stages() -> None:
    pipeline = fitting_stages(seen(Qualified=9, Haggling=2, Proposal=3))
    assert [stage.name for stage in open_stages(pipeline.stages)] == [
        "Haggling",
        "Qualified",
        "Proposal",
    ]
    assert check_stages(pipeline.stages) == ()
    assert {stage.kind for stage in pipeline.stages} >= {StageKind.WON, StageKind.LOST}


def test_a_lead_word_is_known_in_plural_and_other_languages() -> None:
    for word in ("Deals", "Opportunities", "prospecto", "Verkaufschance", "Opportunité"):
        assert is_lead_word(word)
    assert not is_lead_word("Articles")


def test_a_plain_name_has_no_accents() -> None:
    assert plain_name("Nächster Schritt") == "nachster-schritt"


def test_every_synonym_is_plain_and_every_field_of_ours_has_some() -> None:
    names = set(LeadFieldNames.__struct_fields__)
    assert set(FIELD_SYNONYMS) == names - {"type", "date"}
    for synonyms in FIELD_SYNONYMS.values():
        assert all(plain_name(name) == name for name in synonyms)


def test_spellings_are_counted_together_and_shown_as_most_often_typed() -> None:
    assert count_spellings(["won", "Won", "Won", "lost"]) == seen(Won=3, lost=1)


def test_a_known_stage_may_be_one_of_a_templates_choices() -> None:
    field = find_field(note("---\nstage: x | Proposal\n---\n"), ("stage",))
    assert field
    assert is_known_stage(field)


def test_signs_of_default_types_leave_the_defaults() -> None:
    signs = find_lead_signs(leads("x: 1"))
    assert signs.types == seen(lead=1)
    assert with_lead_signs(Settings(), signs).leads == LeadSettings()


def test_the_toml_parses_and_says_what_speaks_for_it() -> None:
    text = to_toml(proposal_for(*SPANISH))
    parsed = tomllib.loads(text)
    assert parsed["leads"]["types"][0] == "oportunidad"
    assert parsed["money"]["decimal"] == ","
    assert '# seen: "Etapa" (2) of 2 leads' in text
    assert list(parsed) == list(Settings.__struct_fields__)


def test_the_toml_of_own_stages_holds_them_in_order() -> None:
    text = to_toml(proposal_for(*["---\ntype: lead\nstage: Haggling\n---\n"] * 2))
    stages = tomllib.loads(text)["pipeline"]["stages"]
    assert [stage["name"] for stage in stages] == ["Haggling", "Won", "Lost"]


def test_the_toml_names_every_setting() -> None:
    text = to_toml(proposal_for(""))
    for table in Settings.__struct_fields__:
        assert f"[{table}]" in text
    for key in ("timezone", "grace_days", "fiscal_start", "size_max", "log_heading", "stale_days"):
        assert f"# {key}" in text


def test_what_stands_in_comments_is_toml_too_and_says_the_defaults() -> None:
    commented = re.findall(r"^# (\w+ = [^\[\n]+)$", to_toml(proposal_for("")), re.MULTILINE)
    read = [tomllib.loads(line) for line in commented]
    assert {"apply": True} in read
    assert {"poll": False} in read
    assert {"capacity": 5} in read


def test_fields_that_reviews_ask_for_are_left_out_unless_the_vault_names_them() -> None:
    text = to_toml(proposal_for(""))
    assert "# stage = [" in text
    assert "personal_stake" not in text
    assert "`vaultflow config` has all of them" in text


@given(st.text(max_size=15), st.text(max_size=15))
@settings(max_examples=50, deadline=None)
def test_no_name_of_a_stage_or_folder_breaks_the_toml(stage: str, tag: str) -> None:
    text = f'---\ntype: "lead"\nstage: {stage!r}\ntags: [{tag!r}]\n---\n'.encode(errors="replace")
    own = note(text.decode(), "Deals/a.md")
    parsed = tomllib.loads(to_toml(propose(vault_of(own), OBSIDIAN, TODAY)))
    assert "pipeline" in parsed
