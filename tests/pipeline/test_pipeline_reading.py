from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pipeline_builders import OBSIDIAN, SETTINGS, TODAY, codes, lead_of, note, vault_of

from vaultflow.errors import Level
from vaultflow.pipeline.lead import Money, NoteRef
from vaultflow.pipeline.reading.leads import read_lead
from vaultflow.pipeline.reading.surroundings import survey
from vaultflow.pipeline.settings import MoneySettings, Settings
from vaultflow.vault.reader import read_note

FULL = """
    ---
    type: lead
    stage: Proposal
    value: 12000
    currency: EUR
    company: "[[Acme BV]]"
    people: ["[[Jane Doe]]", "[[Bob|Robert]]", Carol]
    owner: Ann
    source: Referral
    created: 2026-10-01
    expected_close: 2026-12-15
    probability: 40
    next_action: Send revised quote
    next_action_due: 2026-11-25
    tags: [Hot]
    ---
    Anything the user wants.

    ## Log
    - 2026-10-01 email in: asks for a price list (needs) #signal/asks-questions
    - 2026-10-30 call out: walked through the proposal
    - 2026-11-10 stage: Qualified -> Proposal
    """


def one_finding(properties: str) -> tuple[str, int, str, str]:
    lead = lead_of(f"---\ntype: lead\nstage: Proposal\n{properties}\n---\n")
    (finding,) = lead.findings
    return finding.code, finding.line, finding.message, finding.hint


def test_the_lead_of_the_design_is_read_whole() -> None:
    lead = lead_of(FULL, note("", "Acme BV.md"), note("", "Jane Doe.md"))
    assert lead.findings == ()
    assert lead.stage
    assert (lead.stage.name, lead.stage_text) == ("Proposals", "Proposal")
    assert lead.value == Money(amount=Decimal(12000), currency="EUR")
    assert (lead.probability, lead.owner, lead.source) == (40, "Ann", "Referral")
    assert (lead.created, lead.expected_close) == (date(2026, 10, 1), date(2026, 12, 15))
    assert (lead.next_action, lead.next_action_due) == ("Send revised quote", date(2026, 11, 25))
    assert lead.lines["next_action_due"] == 14
    assert len(lead.touches) == 3
    assert "#Hot" in lead.tags


def test_companies_and_people_are_the_notes_that_the_links_mean() -> None:
    company, jane = note("", "Companies/Acme BV.md"), note("", "Jane Doe.md")
    lead = lead_of(FULL, company, jane)
    assert lead.company == NoteRef(name="Acme BV", file=str(company.path))
    assert lead.people == (
        NoteRef(name="Jane Doe", file=str(jane.path)),
        NoteRef(name="Robert", file=None),
        NoteRef(name="Carol", file=None),
    )


def test_a_link_in_an_inline_field_or_without_quotes_is_a_link_too() -> None:
    bob = note("", "Bob.md")
    inline = lead_of("---\ntype: lead\n---\npeople:: [[Bob]] and others\n", bob)
    assert inline.people == (NoteRef(name="Bob", file=str(bob.path)),)
    unquoted = lead_of("---\ntype: lead\ncontact: [[Bob]]\n---\n", bob)
    assert unquoted.people == (NoteRef(name="Bob", file=str(bob.path)),)


def test_a_name_that_holds_a_linked_name_is_a_person_of_its_own() -> None:
    lead = lead_of('---\ntype: lead\npeople: ["[[Bob]]", Bobby]\n---\n', note("", "Bob.md"))
    assert [person.name for person in lead.people] == ["Bob", "Bobby"]


def test_plain_text_is_a_company_without_a_note() -> None:
    lead = lead_of("---\ntype: lead\ncompany: Acme BV\n---\n")
    assert lead.company == NoteRef(name="Acme BV", file=None)


def test_what_is_missing_is_none_or_empty() -> None:
    lead = lead_of("---\ntype: lead\n---\n")
    assert (lead.stage, lead.value, lead.probability, lead.company) == (None, None, None, None)
    assert (lead.people, lead.owner, lead.next_action, lead.touches) == ((), "", "", ())
    assert codes(lead.findings) == ["stage-missing"]


def test_the_stages_probability_counts_when_the_lead_has_none() -> None:
    assert lead_of("---\ntype: lead\nstage: Proposal\n---\n").probability == 60


def test_s4_05_an_unknown_stage_is_an_error_with_a_suggestion() -> None:
    lead = lead_of("---\ntype: lead\nstage: propsal\n---\n")
    (finding,) = lead.findings
    assert (finding.level, finding.code, finding.line) == (Level.ERROR, "stage-unknown", 3)
    assert finding.message == '"propsal" is not a stage.'
    assert finding.hint == 'did you mean "Proposals"?'
    assert (lead.stage, lead.stage_text) == (None, "propsal")


def test_s4_05_a_stage_like_no_other_is_answered_with_the_list() -> None:
    (finding,) = lead_of("---\ntype: lead\nstage: xyzzy\n---\n").findings
    assert "Initial contact, Qualification" in finding.hint


@pytest.mark.parametrize("typed", ['"[[Proposal]]"', "[proposal]", "PROPOSALS", "[[Proposal]]"])
def test_a_stage_may_be_a_link_or_a_list_of_one(typed: str) -> None:
    lead = lead_of(f"---\ntype: lead\nstage: {typed}\n---\n")
    assert lead.stage
    assert lead.stage.name == "Proposals"


@pytest.mark.parametrize("day", ["2026-02-30", "soon", "30.10.2026", "2026", "tomorrow", "[a, b]"])
def test_f21_a_bad_date_is_a_problem_of_that_note_alone(day: str) -> None:
    code, line, message, hint = one_finding(f"expected_close: {day}")
    assert (code, line) == ("date-unreadable", 4)
    assert "expected_close" in message
    assert "2026-11-25" in hint


@pytest.mark.parametrize(
    "typed", ["2026-11-25", "2026-11-25T09:00", '"[[2026-11-25]]"', "[2026-11-25]", "20261125"]
)
def test_a_day_is_read_in_the_forms_that_obsidian_writes(typed: str) -> None:
    lead = lead_of(f"---\ntype: lead\nstage: Proposal\nnext_action_due: {typed}\n---\n")
    assert lead.next_action_due == date(2026, 11, 25)
    assert lead.findings == ()


@pytest.mark.parametrize(
    ("typed", "percent"),
    [("40", 40), ("40%", 40), ("40 %", 40), ("0", 0), ("100", 100), ("37.5", 38), ("1", 1)],
)
def test_a_probability_is_read_in_percent(typed: str, percent: int) -> None:
    lead = lead_of(f"---\ntype: lead\nstage: Proposal\nprobability: {typed}\n---\n")
    assert (lead.probability, lead.findings) == (percent, ())


@pytest.mark.parametrize(
    ("typed", "percent"), [("0.4", 40), ("0,4", 40), ("1.0", 100), ("0.0", 0), (".5", None)]
)
def test_a_fraction_is_read_with_a_warning(typed: str, percent: int | None) -> None:
    lead = lead_of(f"---\ntype: lead\nstage: Proposal\nprobability: {typed}\n---\n")
    expected = "probability-unreadable" if percent is None else "probability-fraction"
    assert codes(lead.findings) == [expected]
    assert lead.probability == (60 if percent is None else percent)


@pytest.mark.parametrize("typed", ["140", "-5", "high", "101%", "1.01.0"])
def test_a_probability_outside_of_0_to_100_is_an_error(typed: str) -> None:
    assert one_finding(f"probability: {typed}")[0] == "probability-unreadable"


def test_an_amount_that_cannot_be_read_says_how_to_write_it() -> None:
    code, line, message, hint = one_finding("value: 12.000,00 EUR")
    assert (code, line) == ("value-unreadable", 4)
    assert "12.000,00" in message
    assert "[money] decimal" in hint


def test_an_amount_is_read_under_the_vaults_decimal_sign() -> None:
    german = Settings(money=MoneySettings(decimal=","))
    lead = lead_of("---\nvalue: 12.000,00 EUR\nstage: New\n---\n", settings=german)
    assert lead.value == Money(amount=Decimal(12000), currency="EUR")


def test_an_unknown_currency_leaves_the_amount_out_of_every_sum() -> None:
    lead = lead_of("---\ntype: lead\nstage: New\nvalue: 500\ncurrency: Taler\n---\n")
    assert lead.value is None
    assert codes(lead.findings) == ["currency-unknown"]


def test_the_currency_field_may_be_a_symbol() -> None:
    lead = lead_of("---\ntype: lead\nstage: New\nvalue: 500\ncurrency: $\n---\n")
    assert lead.value == Money(amount=Decimal(500), currency="USD")


@pytest.mark.parametrize("typed", ["{a: 1}", "[1, 2]"])
def test_an_amount_of_another_shape_is_an_error(typed: str) -> None:
    assert one_finding(f"value: {typed}")[0] == "type-wrong"


def test_several_fields_where_text_is_wanted_are_an_error() -> None:
    assert one_finding("owner: {name: Ann}")[0] == "type-wrong"


def test_f20_values_that_yaml_would_re_type_are_read_as_typed() -> None:
    lead = lead_of("---\nowner: no\nsource: 12:30\nnext_action: 0441234\n---\n")
    assert (lead.owner, lead.source, lead.next_action) == ("no", "12:30", "0441234")


def test_a_lead_that_cannot_be_read_is_kept_by_its_path() -> None:
    lead = lead_of("---\ntype: lead\nstage: a\nstage: b\n---\n")
    assert (lead.readable, lead.name, lead.stage) == (False, "Acme", None)


@pytest.mark.parametrize("text", ["---\nplan: [call, meet]\n---\n", "## Plan\n- [ ] call\n"])
def test_s1_05_a_plan_is_a_field_or_a_list_under_its_heading(text: str) -> None:
    assert lead_of(text).has_plan


def test_s1_05_an_empty_plan_is_none() -> None:
    assert not lead_of("---\nplan:\n---\n## Plan\n").has_plan


@pytest.mark.parametrize("name", ["created", "closed_on"])
def test_a_day_that_must_have_been_is_a_finding_when_it_is_to_come(name: str) -> None:
    assert one_finding(f"{name}: 2026-11-23")[:2] == ("date-in-future", 4)
    assert lead_of(f"---\nstage: New\n{name}: 2026-11-22\n---\n").findings == ()


def test_findings_stand_in_the_order_of_their_lines() -> None:
    text = "---\nvalue: x\nstage: y\ncreated: z\n---\n## Log\n- 2026-02-30 a\n- b\n"
    lines = [finding.line for finding in lead_of(text).findings]
    assert lines == [2, 3, 4, 7, 8]


KEYS = st.sampled_from(
    [
        "stage",
        "value",
        "currency",
        "people",
        "created",
        "probability",
        "next action",
        "last_contact",
    ]
)
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["{a: b}", "[x, [y]]", "[[X]]", "0.5", "2026-13-45", "1e400", ".nan", "~", "%"]
    ),
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=6), st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_no_note_makes_read_lead_raise(entries: list[tuple[str, str]], body: str) -> None:
    properties = "".join(f"{key}: {value}\n" for key, value in entries)
    raw = f"---\n{properties}---\n{body}".encode(errors="replace")
    own = read_note(note("").path, raw)
    around = survey(vault_of(own), SETTINGS, OBSIDIAN, TODAY)
    assert read_lead(own, around).path == own.path
