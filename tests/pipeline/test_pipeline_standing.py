from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import pytest
from pipeline_builders import TODAY, lead_of, note, pipeline_of, standing_of

from vaultflow.pipeline.evidence import idle_evidence, touch_source
from vaultflow.pipeline.order import by_light
from vaultflow.pipeline.settings import PipelineSettings, Settings
from vaultflow.pipeline.standing import Bucket, Idleness, Light, Standing, build_standing
from vaultflow.pipeline.workdays import WorkCalendar

MEETINGS_LIMIT, GRACE = 14, 3


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def standing(
    properties: str = "",
    *,
    touched: int | None = None,
    due: int | None = None,
    stage: str = "Meetings",
    settings: Settings | None = None,
) -> Standing:
    """A lead touched so many days ago, its action due in so many days."""
    action = f"next_action: x\nnext_action_due: {days_ago(-due)}\n" if due is not None else ""
    log = f"## Log\n- {days_ago(touched)} call out: x\n" if touched is not None else ""
    text = f"---\ntype: lead\nstage: {stage}\n{action}{properties}\n---\n{log}"
    return standing_of(text, settings=settings or Settings())


@pytest.mark.parametrize(
    ("touched", "idleness"),
    [
        (0, Idleness.FRESH),
        (13, Idleness.FRESH),
        (14, Idleness.FRESH),
        (15, Idleness.STALE),
    ],
)
def test_s2_10_a_lead_is_stale_when_idle_for_more_days_than_the_limit(
    touched: int, idleness: Idleness
) -> None:
    found = standing(touched=touched)
    assert (found.idle_days, found.stale_days) == (touched, MEETINGS_LIMIT)
    assert found.idleness is idleness
    assert (Bucket.STALE in found.buckets) == (idleness is Idleness.STALE)


@pytest.mark.parametrize(
    ("touched", "due", "idleness"),
    [
        (16, 0, Idleness.FRESH),
        (16, 1, Idleness.FRESH),
        (16, 2, Idleness.STALE),
        (17, 0, Idleness.FRESH),
        (18, 0, Idleness.STALE),
        (20, 17, Idleness.STALE),
        (20, 18, Idleness.SLEEPING),
        (16, -1, Idleness.STALE),
        (14, -1, Idleness.FRESH),
        (0, 16, Idleness.FRESH),
        (0, 17, Idleness.FRESH),
        (0, 18, Idleness.SLEEPING),
    ],
)
def test_s2_10_an_action_within_limit_and_grace_keeps_a_lead_fresh_and_a_far_one_lets_it_sleep(
    touched: int, due: int, idleness: Idleness
) -> None:
    assert standing(touched=touched, due=due).idleness is idleness


def test_s2_10_the_grace_is_the_settings() -> None:
    strict = Settings(pipeline=PipelineSettings(grace_days=0))
    assert standing(touched=16, due=0, settings=strict).idleness is Idleness.STALE
    assert standing(touched=14, due=0, settings=strict).idleness is Idleness.FRESH


def test_a_sleeping_lead_is_not_among_the_stale_ones() -> None:
    found = standing(touched=20, due=60)
    assert found.buckets == (Bucket.FUTURE_ACTION,)


@pytest.mark.parametrize(("count", "idle_days"), [("calendar", 3), ("working", 1)])
def test_idle_days_are_calendar_or_working_days(
    count: Literal["calendar", "working"], idle_days: int
) -> None:
    lead = lead_of("---\ntype: lead\nstage: Meetings\ncreated: 2026-11-20\n---\n")
    monday = date(2026, 11, 23)
    found = build_standing(lead, monday, PipelineSettings(count=count), WorkCalendar())
    assert found.idle_days == idle_days


def test_without_a_touch_idle_time_counts_from_the_day_of_creation() -> None:
    found = standing(f"created: {days_ago(20)}")
    assert (found.idle_days, found.idle_since, found.last_touch) == (20, days_ago(20), None)
    assert found.idleness is Idleness.STALE


def test_without_any_day_idle_time_is_unknown_and_the_lead_still_listed() -> None:
    found = standing()
    assert (found.idleness, found.idle_days) == (Idleness.UNKNOWN, None)
    assert found.buckets == (Bucket.NO_NEXT_ACTION,)


def test_a_day_of_creation_to_come_counts_as_none() -> None:
    assert standing(f"created: {days_ago(-1)}").idleness is Idleness.UNKNOWN


@pytest.mark.parametrize("stage", ["Won", "Lost", "Parked"])
def test_s4_18_closed_and_parked_leads_are_exempt_from_idleness(stage: str) -> None:
    found = standing(stage=stage, touched=400)
    assert (found.idleness, found.is_open, found.light) == (Idleness.EXEMPT, False, Light.GREY)


def test_an_unknown_stage_has_no_limit() -> None:
    found = standing(stage="Nonsense", touched=400)
    assert found.idleness is Idleness.EXEMPT
    assert found.is_open


EVIDENCE = [
    (
        "---\ntype: lead\nstage: Meetings\n---\n## Log\n- 2026-10-30 call out: x\n",
        "idle 23 days (limit 14): last touch 2026-10-30, call out, line 6",
    ),
    (
        "---\ntype: lead\nstage: Meetings\ncreated: 2026-11-21\n---\n",
        "idle 1 day (limit 14): no touch yet, created 2026-11-21",
    ),
    (
        "---\ntype: lead\nstage: Nonsense\nlast_contact: 2026-11-20\n---\n",
        "idle 2 days (no limit): last touch 2026-11-20, field last_contact, line 4",
    ),
    (
        "---\ntype: lead\n---\n",
        "idle time unknown: no touch yet, and no day on which it was created",
    ),
    (
        "---\ntype: lead\nstage: a\nstage: b\n---\n",
        "idle time unknown: the note cannot be read",
    ),
]


@pytest.mark.parametrize(("text", "evidence"), EVIDENCE)
def test_every_claim_shows_its_evidence(text: str, evidence: str) -> None:
    assert standing_of(text).evidence == evidence


def test_evidence_in_another_note_names_it() -> None:
    meeting = note("---\ndate: 2026-11-19\n---\n[[Acme]]", "Meetings/Kick-off.md")
    found = standing_of("---\ntype: lead\nstage: Meetings\n---\n", meeting)
    assert found.evidence.endswith('last touch 2026-11-19, meeting note "Kick-off", line 4')
    daily = note("Thought of [[Acme]]", "2026-11-20.md")
    lead = lead_of("---\ntype: lead\n---\n", daily)
    assert touch_source(lead.touches[0], lead) == 'note "2026-11-20", line 1'


def test_evidence_says_when_days_are_working_days() -> None:
    lead = lead_of("---\ntype: lead\nstage: Meetings\ncreated: 2026-11-20\n---\n")
    working = PipelineSettings(count="working")
    assert idle_evidence(lead, None, 1, working).startswith("idle 1 working day (limit 14)")


@pytest.mark.parametrize(
    ("due", "bucket", "light", "overdue"),
    [
        (-1, Bucket.OVERDUE, Light.RED, 1),
        (0, Bucket.DUE_TODAY, Light.GREEN, None),
        (1, Bucket.FUTURE_ACTION, Light.GREY, None),
        (None, Bucket.NO_NEXT_ACTION, Light.YELLOW, None),
    ],
)
def test_the_day_of_the_next_action_decides_list_and_light(
    due: int | None, bucket: Bucket, light: Light, overdue: int | None
) -> None:
    found = standing(touched=0, due=due)
    assert (found.buckets, found.light, found.overdue_days) == ((bucket,), light, overdue)


def test_s4_15_an_action_without_a_day_is_no_next_action() -> None:
    assert standing("next_action: Call", touched=0).buckets == (Bucket.NO_NEXT_ACTION,)


def test_a_lead_may_stand_in_several_lists() -> None:
    assert standing(touched=20, due=-2).buckets == (Bucket.OVERDUE, Bucket.STALE)
    assert standing(touched=20, due=-2, stage="Nonsense").buckets == (
        Bucket.OVERDUE,
        Bucket.UNKNOWN_STAGE,
    )


def test_a_lead_is_parked_by_its_stage_or_by_a_day_to_come_back() -> None:
    later = standing(f"revisit_on: {days_ago(-1)}", touched=20, due=-2)
    assert (later.is_parked, later.is_open, later.buckets) == (True, False, (Bucket.PARKED,))
    assert standing(f"revisit_on: {days_ago(0)}", touched=20).is_open
    parked = standing(f"revisit_on: {days_ago(0)}", stage="Parked")
    assert parked.is_parked


def test_a_lost_lead_is_never_parked() -> None:
    lost = standing(f"revisit_on: {days_ago(-30)}", stage="Lost")
    assert (lost.is_parked, lost.is_open, lost.buckets) == (False, False, ())


def test_an_unreadable_lead_is_open_and_listed() -> None:
    found = standing_of("---\ntype: lead\nstage: a\nstage: b\n---\n")
    assert (found.is_open, found.buckets) == (True, (Bucket.UNREADABLE,))


@pytest.mark.parametrize(
    ("properties", "stage", "weighted"),
    [
        ("value: 1000", "Meetings", "400"),
        ("value: 1000\nprobability: 70", "Meetings", "700"),
        ("value: 1000\nprobability: 70", "Won", "1000"),
        ("value: 1000\nprobability: 70", "Lost", "0"),
        ("probability: 70", "Meetings", None),
        ("value: 1000", "Nonsense", None),
    ],
)
def test_weighted_is_value_times_probability_and_won_is_sure(
    properties: str, stage: str, weighted: str | None
) -> None:
    expected = None if weighted is None else Decimal(weighted)
    assert standing(properties, stage=stage).weighted == expected


def named(name: str, properties: str) -> Standing:
    own = note(f"---\ntype: lead\nstage: Meetings\n{properties}\n---\n", f"{name}.md")
    return pipeline_of(own).standings[0]


def names(standings: tuple[Standing, ...]) -> str:
    return "".join(each.lead.name for each in standings)


def test_s2_13_leads_stand_by_traffic_light_then_newest_first_then_by_path() -> None:
    leads = (
        named("a", "created: 2026-10-01"),
        named("b", f"next_action_due: {days_ago(-3)}"),
        named("c", f"next_action_due: {days_ago(0)}"),
        named("d", "created: 2026-11-01"),
        named("e", f"next_action_due: {days_ago(3)}"),
        named("f", "created: 2026-10-01"),
        named("g", ""),
    )
    assert names(by_light(leads)) == "ecdafgb"
    assert by_light(reversed(leads)) == by_light(leads)
