from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from pipeline_builders import OBSIDIAN, TODAY, codes, note, pipeline_of, vault_of

from vaultflow.pipeline.build import build_pipeline
from vaultflow.pipeline.pipeline import total
from vaultflow.pipeline.settings import (
    MoneySettings,
    PipelineSettings,
    Rate,
    Settings,
    Stage,
    StageKind,
)
from vaultflow.pipeline.standing import Bucket

if TYPE_CHECKING:
    from vaultflow.vault.note import Note

RATES = (
    Rate(date=date(2026, 10, 1), currency="USD", value=Decimal("0.90")),
    Rate(date=date(2026, 11, 1), currency="USD", value=Decimal("0.95")),
    Rate(date=date(2026, 12, 1), currency="USD", value=Decimal("0.50")),
)
WITH_RATES = Settings(money=MoneySettings(rates=RATES))


def lead(name: str, properties: str) -> Note:
    return note(f"---\ntype: lead\n{properties}\n---\n", f"{name}.md")


def test_leads_stand_by_path_and_other_notes_do_not_count() -> None:
    notes = (lead("b", "stage: New"), note("Just a note", "a.md"), lead("A", "stage: New"))
    assert [each.lead.name for each in pipeline_of(*notes).standings] == ["A", "b"]


def test_a_vault_without_leads_is_an_empty_pipeline() -> None:
    pipeline = pipeline_of(note("nothing", "a.md"))
    assert (pipeline.standings, pipeline.findings) == ((), ())
    assert total(pipeline.standings, pipeline.settings).count == 0


def test_f21_one_bad_note_leaves_the_others_alone() -> None:
    notes = (lead("bad", "stage: New\ncreated: 2026-02-30"), lead("good", "stage: New"))
    pipeline = pipeline_of(*notes)
    assert len(pipeline.standings) == 2
    assert [(each.path.name, each.code) for each in pipeline.findings] == [
        ("bad.md", "date-unreadable")
    ]


def test_what_is_found_in_a_note_that_two_leads_share_is_found_once() -> None:
    planned = note("---\ndate: 2026-11-29\n---\n[[a]]", "Planned.md")
    pipeline = pipeline_of(lead("a", "stage: New"), lead("b", "stage: New"), planned)
    assert codes(pipeline.findings) == ["date-in-future"]


def test_the_same_vault_on_the_same_day_is_the_same_pipeline() -> None:
    notes = [lead("a", "stage: New\nvalue: 5"), lead("b", "stage: x"), note("[[a]]", "c.md")]
    assert pipeline_of(*notes) == pipeline_of(*reversed(notes))


def test_holidays_are_no_working_days() -> None:
    working = Settings(pipeline=PipelineSettings(count="working"))
    vault = vault_of(lead("a", "stage: New\ncreated: 2026-11-19"))
    friday = frozenset({date(2026, 11, 20)})
    plain = build_pipeline(vault, working, TODAY, OBSIDIAN).standings[0]
    off = build_pipeline(vault, working, TODAY, OBSIDIAN, friday).standings[0]
    assert (plain.idle_days, off.idle_days) == (1, 0)


def test_currencies_are_never_added_without_a_rate() -> None:
    pipeline = pipeline_of(
        lead("a", "stage: Meetings\nvalue: 1000"),
        lead("b", "stage: Meetings\nvalue: $100"),
        lead("c", "stage: Meetings"),
    )
    summed = total(pipeline.standings, pipeline.settings, TODAY)
    assert (summed.count, summed.without_value) == (3, 1)
    assert list(summed.value.items()) == [("EUR", Decimal(1000)), ("USD", Decimal(100))]
    assert summed.weighted == {"EUR": Decimal(400), "USD": Decimal(40)}
    assert summed.rates == ()


def test_the_newest_rate_up_to_today_converts_and_is_named() -> None:
    pipeline = pipeline_of(
        lead("a", "stage: Meetings\nvalue: 1000"),
        lead("b", "stage: Meetings\nvalue: $100"),
        settings=WITH_RATES,
    )
    summed = total(pipeline.standings, WITH_RATES, TODAY)
    assert summed.value == {"EUR": Decimal(1095)}
    assert summed.weighted == {"EUR": Decimal(438)}
    assert summed.rates == (RATES[1],)


def test_a_closed_lead_keeps_the_rate_of_the_day_it_was_closed() -> None:
    pipeline = pipeline_of(
        lead("a", "stage: Won\nvalue: $100\nclosed_on: 2026-10-15"), settings=WITH_RATES
    )
    summed = total(pipeline.standings, WITH_RATES, TODAY)
    assert (summed.value, summed.rates) == ({"EUR": Decimal(90)}, (RATES[0],))


def test_s2_05_an_own_stage_without_outcome_days_or_actions_is_said() -> None:
    ends = (Stage(name="W", kind=StageKind.WON), Stage(name="L", kind=StageKind.LOST))
    own = Settings(pipeline=PipelineSettings(stages=(Stage(name="A", outcome="x"), *ends)))
    (finding,) = pipeline_of(settings=own).findings
    assert finding.code == "stage-undescribed"
    assert finding.message == 'Stage "A" has no expected_days, no actions.'


def test_s4_06_the_labels_percentage_weighs_a_lead() -> None:
    percent = Settings(pipeline=PipelineSettings(preset="percent"))
    found = pipeline_of(lead("a", "stage: 40% – Issues Identified\nvalue: 100"), settings=percent)
    assert found.standings[0].weighted == Decimal(40)


DAYS = st.one_of(
    st.just(""), st.dates(date(2026, 9, 1), date(2027, 1, 31)).map(str), st.just("2026-02-30")
)
STAGES = st.sampled_from(["", "Meetings", "Closing", "Won", "Lost", "Parked", "???", "[[Offer]]"])
DISJOINT = (
    Bucket.OVERDUE,
    Bucket.DUE_TODAY,
    Bucket.FUTURE_ACTION,
    Bucket.NO_NEXT_ACTION,
    Bucket.PARKED,
    Bucket.UNREADABLE,
)


@st.composite
def leads(draw: st.DrawFn) -> list[Note]:
    count = draw(st.integers(1, 6))
    return [
        note(
            f"---\ntype: lead\nstage: {draw(STAGES)}\ncreated: {draw(DAYS)}\n"
            f"next_action: {draw(st.sampled_from(['', 'Call']))}\nnext_action_due: {draw(DAYS)}\n"
            f"revisit_on: {draw(DAYS)}\n{draw(st.sampled_from(['', 'stage: twice', 'x: [']))}\n"
            f"---\n## Log\n- {draw(DAYS)} call: x\n",
            f"{number}.md",
        )
        for number in range(count)
    ]


@given(leads())
@settings(max_examples=60, deadline=None)
def test_s2_02_every_open_lead_stands_in_a_list_and_the_disjoint_lists_add_up(
    notes: list[Note],
) -> None:
    standings = pipeline_of(*notes).standings
    assert len(standings) == len(notes)
    in_lists = 0
    for standing in standings:
        kind = standing.lead.stage.kind if standing.lead.stage else None
        is_closed = kind in {StageKind.WON, StageKind.LOST}
        assert bool(standing.buckets) != is_closed
        assert standing.is_open + standing.is_parked + is_closed == 1
        disjoint = [bucket for bucket in standing.buckets if bucket in DISJOINT]
        assert len(disjoint) == (0 if is_closed else 1)
        in_lists += len(disjoint)
    assert in_lists == sum(each.is_open or each.is_parked for each in standings)
