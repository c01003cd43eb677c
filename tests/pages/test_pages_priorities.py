"""The pages of qualification and priorities: which leads stand where, and why."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace
from pages_builders import FIRST, LAST, SECOND, a_context, a_lead, in_days, unreadable

from vaultflow.pages.card import build_card
from vaultflow.pages.practice.priorities import build_priorities
from vaultflow.pages.practice.profile import build_profile, fit_lines, score_lines
from vaultflow.pages.practice.qualification import ASKED, build_qualification
from vaultflow.pipeline.lead import Said
from vaultflow.pipeline.practice.qualifying.priorities import Quadrant
from vaultflow.pipeline.practice.qualifying.qualification import QUESTIONS
from vaultflow.pipeline.settings import IdealCustomer, Settings
from vaultflow.vault.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.pages.practice.priorities import PrioritiesPage
    from vaultflow.pages.rows import LeadRow
    from vaultflow.pipeline.lead import Lead


def saying(lead: Lead, **fields: str) -> Lead:
    """The lead with these fields, one a line."""
    said = {
        name: Said(texts=tuple(text.split("; ")), line=line)
        for line, (name, text) in enumerate(fields.items(), start=2)
    }
    return replace(lead, said=said)


def names(rows: Iterable[LeadRow]) -> list[str]:
    return [row.name for row in rows]


def page_of(*leads: Lead, settings: Settings | None = None) -> PrioritiesPage:
    return build_priorities(a_context(leads, settings=settings))


def test_s2_3_the_hot_list_says_why_and_the_most_reasons_come_first() -> None:
    page = page_of(
        saying(a_lead("Warm"), warmth="warm"),
        saying(a_lead("Hot"), warmth="hot"),
        replace(saying(a_lead("Both", value="1"), warmth="hot"), expected_close=in_days(14)),
        replace(a_lead("Later"), expected_close=in_days(15)),
        saying(a_lead("Buying"), signals="2026-11-23 negotiates; 2026-11-23 thanks"),
        saying(a_lead("Renewal"), warmth="hot", kind="order"),
    )
    assert names(one.row for one in page.hot) == ["Both", "Buying", "Hot"]
    assert page.hot[0].why == ("warmth hot, line 2", "expected to close 2026-12-07")
    assert "engagement 4.0" in page.hot[1].why[0]


def test_s2_7_the_call_list_holds_qualified_leads_the_warmest_first() -> None:
    page = page_of(
        saying(a_lead("Cold"), warmth="cold", qualified="yes"),
        saying(a_lead("Hot but unqualified"), warmth="hot"),
        saying(a_lead("Hot and no"), warmth="hot", qualified="no"),
        saying(a_lead("Unsaid"), qualified="yes"),
        saying(a_lead("Warm"), warmth="warm", problem="x", trigger="y", fit="z"),
        saying(a_lead("Hot", value="1"), warmth="hot", qualified="yes, since May"),
        saying(a_lead("Talking"), qualified="yes", signals="2026-11-23 thanks"),
    )
    assert names(one.row for one in page.calls) == ["Hot", "Warm", "Talking", "Unsaid", "Cold"]
    assert page.unqualified == 2
    assert page.calls[1].why[2] == "qualified: 3 of 7 answers"


def test_s2_8_four_lists_share_the_leads_that_can_be_placed() -> None:
    page = page_of(
        saying(a_lead("Much, high", value="100"), potential="high"),
        saying(a_lead("Much, low", value="90"), potential="low"),
        saying(a_lead("Less, high", value="20"), potential="high"),
        saying(a_lead("Less, low", value="10"), potential="low"),
        a_lead("No value", value=None),
        a_lead("Foreign", value="7", currency="USD"),
        replace(a_lead("No chance", value="50", stage=FIRST), probability=None),
        unreadable(),
    )
    assert {one.name: names(one.leads) for one in page.quadrants} == {
        Quadrant.HIGH_HIGH: ["Much, high"],
        Quadrant.HIGH_LOW: ["Much, low"],
        Quadrant.LOW_HIGH: ["Less, high"],
        Quadrant.LOW_LOW: ["Less, low"],
    }
    assert sorted(names(page.unplaced)) == ["Foreign", "No chance", "No value"]
    assert page.value_limit is not None
    assert page.value_limit.amount == Decimal(50)
    assert all(one.advice for one in page.quadrants)


def test_s1_11_orders_stand_in_a_list_of_their_own_and_move_no_median() -> None:
    order = saying(a_lead("Renewal", value="900000"), kind="order", potential="high")
    page = page_of(order, a_lead("Small", value="10"))
    assert names(page.orders) == ["Renewal"]
    assert page.count == 1
    assert page.value_limit is not None
    assert page.value_limit.amount == Decimal(10)
    qualification = build_qualification(a_context([order]))
    assert (qualification.count, qualification.asked) == (0, ())


def test_few_leads_are_said_to_be_few() -> None:
    assert page_of(*(a_lead(str(number)) for number in range(3))).is_few
    assert not page_of(*(a_lead(str(number)) for number in range(4))).is_few


def test_s2_52_phantoms_are_listed_and_asked_about_first() -> None:
    early = a_lead("Early", stage=FIRST, value="900000")
    far = a_lead("Far", stage=LAST, value="1")
    known = saying(a_lead("Known", stage=LAST), problem="x", trigger="y", consequence="z")
    page = build_qualification(a_context([early, far, known]))
    assert names(one.row for one in page.phantoms) == ["Far"]
    assert names(one.row for one in page.asked) == ["Far", "Early", "Known"]
    assert page.by_stage == "40% – Proposal"
    assert [one.field for one in page.asked][:2] == ["problem", "problem"]


def test_the_page_asks_ten_questions_and_lists_the_other_leads() -> None:
    page = build_qualification(a_context([a_lead(f"Lead {at:02}") for at in range(12)]))
    assert (len(page.asked), len(page.others), page.count) == (ASKED, 2, 12)


def test_the_id_of_a_question_is_another_one_once_it_is_answered() -> None:
    before, after = (
        build_qualification(a_context([lead])).asked[0]
        for lead in (a_lead(), saying(a_lead(), problem="x"))
    )
    assert before.id != after.id
    assert (before.field, after.field) == ("problem", "trigger")


IDEAL = Settings(icp=IdealCustomer(industries=("Food",), countries=("NL",)))


def test_3_11_the_grade_sets_fit_and_engagement_side_by_side() -> None:
    said = {
        "A1": {"industry": "Food", "signals": "2026-11-23 negotiates; 2026-11-23 thanks"},
        "A3": {"industry": "Food"},
        "B3": {"industry": "Food", "country": "France"},
        "C2": {"industry": "Steel", "signals": "2026-11-23 thanks"},
        "?3": {"problem": "x"},
    }
    leads = [saying(a_lead(grade), **fields) for grade, fields in said.items()]
    page = build_qualification(a_context(leads, settings=IDEAL))
    assert {one.grade: names(one.leads) for one in page.grades} == {one: [one] for one in said}


def test_3_11_what_is_unknown_and_each_risk_lower_the_confidence_and_no_score() -> None:
    context = a_context(
        [
            saying(a_lead("Little"), industry="Food"),
            saying(a_lead("More"), industry="Food", country="NL"),
            saying(a_lead("Risky"), industry="Food", risks="budget-review"),
        ],
        settings=IDEAL,
    )
    little, more, risky = (build_profile(one, context) for one in context.pipeline.standings)
    assert little.fit is not None
    assert more.fit is not None
    assert risky.fit is not None
    assert little.fit.score == more.fit.score == risky.fit.score == 100
    assert (little.confidence.percent, more.confidence.percent, risky.confidence.percent) == (
        11,
        22,
        9,
    )
    assert "? country: not known; wanted NL" in fit_lines(little.fit)
    assert "lowered by budget-review, field risks, line 3" in score_lines(risky)[0]


def test_a_card_holds_the_profile_as_plain_values() -> None:
    context = a_context([saying(a_lead(stage=SECOND), problem="x")])
    card = to_plain(build_card(context.pipeline.standings[0], context))
    assert isinstance(card, dict)
    profile = card["profile"]
    assert isinstance(profile, dict)
    coverage = profile["coverage"]
    assert isinstance(coverage, dict)
    assert (coverage["count"], coverage["total"]) == (1, len(QUESTIONS))
