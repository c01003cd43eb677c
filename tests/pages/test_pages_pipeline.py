from __future__ import annotations

from msgspec.structs import replace
from pages_builders import (
    FIRST,
    LAST,
    LOST,
    SECOND,
    WON,
    a_context,
    a_lead,
    days_ago,
    in_days,
    many_leads,
    parked,
    planned,
    unreadable,
)

from vaultflow.pages.pipeline import ChartBar, build_pipeline_page


def test_s3_01_every_open_stage_has_a_row_even_without_leads() -> None:
    page = build_pipeline_page(a_context([a_lead()]))
    assert [(stage.label, stage.total.count) for stage in page.stages] == [
        ("10% – Contact", 0),
        ("40% – Proposal", 1),
        ("Closing", 0),
    ]


def test_s3_01_the_chart_draws_values_of_one_currency() -> None:
    chart = build_pipeline_page(a_context([a_lead("a"), a_lead("b", stage=FIRST)])).chart
    assert chart is not None
    assert chart.title == "Value by stage, EUR"
    assert chart.bars == (
        ChartBar(label="10% – Contact", height=12000),
        ChartBar(label="40% – Proposal", height=12000),
        ChartBar(label="Closing", height=0),
    )


def test_s3_01_the_chart_counts_where_currencies_cannot_be_added() -> None:
    leads = [a_lead("a"), a_lead("b", currency="USD"), a_lead("c", stage=LAST)]
    chart = build_pipeline_page(a_context(leads)).chart
    assert chart is not None
    assert chart.title == "Leads by stage"
    assert [bar.height for bar in chart.bars] == [0, 2, 1]


def test_s3_01_leads_without_any_value_are_counted_too() -> None:
    chart = build_pipeline_page(a_context([a_lead(value=None)])).chart
    assert chart is not None
    assert [bar.height for bar in chart.bars] == [0, 1, 0]


def test_s3_01_with_nothing_to_draw_there_is_no_chart() -> None:
    assert build_pipeline_page(a_context()).chart is None
    assert build_pipeline_page(a_context([unreadable(), parked()])).chart is None
    assert build_pipeline_page(a_context([a_lead(value="0")])).chart is None


def test_the_oldest_lead_of_a_stage_is_named() -> None:
    leads = [
        a_lead("undated", created=None),
        a_lead("old", created=days_ago(90)),
        a_lead("young", created=days_ago(3)),
    ]
    _, proposal, closing = build_pipeline_page(a_context(leads)).stages
    assert proposal.oldest is not None
    assert (proposal.oldest.name, proposal.oldest.age_days) == ("old", 90)
    assert closing.oldest is None


def test_leads_of_a_stage_stand_by_worth() -> None:
    leads = [planned("small", value="1"), planned("none", value=None), planned("large")]
    _, proposal, _ = build_pipeline_page(a_context(leads)).stages
    assert [row.name for row in proposal.leads] == ["large", "small", "none"]


def test_the_rows_add_up_to_all_open_leads() -> None:
    leads = [*many_leads(40), unreadable(), a_lead("odd", stage=None), parked(), a_lead(stage=WON)]
    page = build_pipeline_page(a_context(leads))
    in_stages = sum(stage.total.count for stage in page.stages)
    assert in_stages + page.unknown_stage.total.count + len(page.unreadable) == page.counts.open
    assert page.counts.open == 42


def test_an_open_lead_with_a_day_to_look_again_is_parked_and_in_no_stage() -> None:
    lead = replace(a_lead(stage=SECOND), revisit_on=in_days(30))
    page = build_pipeline_page(a_context([lead]))
    assert [row.name for row in page.parked] == ["Acme BV"]
    assert all(stage.total.count == 0 for stage in page.stages)


def test_won_and_lost_are_summed_apart() -> None:
    leads = [a_lead("a", stage=WON), a_lead("b", stage=WON), a_lead("c", stage=LOST)]
    page = build_pipeline_page(a_context(leads))
    assert (page.won.count, page.lost.count) == (2, 1)
