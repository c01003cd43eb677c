from __future__ import annotations

from dataclasses import replace as replace_context
from decimal import Decimal
from pathlib import PurePosixPath

from msgspec.structs import replace
from pages_builders import (
    SECOND,
    a_context,
    a_lead,
    a_standing,
    in_days,
    overdue,
    planned,
    stale,
    unreadable,
)

from vaultflow.pages.catalogue import PAGES
from vaultflow.pages.leads import build_leads
from vaultflow.pages.listing import build_listing, has_action, in_bucket, lead_item_id
from vaultflow.pages.ranking import by_created, by_due, by_quiet, by_revisit, by_worth
from vaultflow.pages.rows import (
    days_over,
    lead_row,
    lead_rows,
    link_target,
    stage_label,
    weighted_value,
)
from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.settings import Stage
from vaultflow.pipeline.standing import Bucket, Standing
from vaultflow.vault.plain import to_plain
from vaultflow.vault.vault import Vault


def names(standings: tuple[Standing, ...]) -> list[str]:
    return [standing.lead.name for standing in standings]


def test_a_row_says_where_its_lead_stands() -> None:
    row = lead_row(a_standing(stale(days=24)), a_context([stale()]))
    assert (row.name, row.target, row.stage) == ("Quiet BV", "Quiet BV", "40% – Proposal")
    assert (row.idle_days, row.stale_days, row.age_days) == (24, 14, 83)
    assert row.weighted == Money(amount=Decimal(4800), currency="EUR")
    assert row.buckets == (Bucket.NO_NEXT_ACTION, Bucket.STALE)


def test_a_lead_that_did_not_change_has_the_row_it_had() -> None:
    standing, other = a_standing(stale()), a_standing(planned())
    context = a_context([stale()])
    row = lead_row(standing, context)
    assert lead_rows((other, standing), context)[1] is row
    assert lead_row(standing, replace_context(context, vault=context.vault.with_notes({}))) is row


def test_a_row_is_made_anew_for_another_standing_day_or_set_of_files() -> None:
    context = a_context([stale(days=24)])
    row = lead_row(a_standing(stale(days=24)), context)
    assert lead_row(a_standing(stale(days=25)), context).idle_days == 25
    tomorrow = replace_context(context, today=in_days(1))
    assert lead_row(a_standing(stale(days=24)), tomorrow).age_days == (row.age_days or 0) + 1
    namesake = PurePosixPath("Other/Quiet BV.md")
    files = Vault(notes=context.vault.notes, files=(namesake, stale().path))
    twice = replace_context(context, vault=files)
    assert lead_row(a_standing(stale(days=24)), twice).target != row.target


def test_a_row_that_says_the_same_among_other_files_is_the_row_of_before() -> None:
    standing, context = a_standing(stale()), a_context([stale()])
    row = lead_row(standing, context)
    more = Vault(notes=context.vault.notes, files=(PurePosixPath("New.png"),))
    more_files = replace_context(context, vault=more)
    assert lead_row(standing, more_files) is row
    namesake = Vault(notes=context.vault.notes, files=(PurePosixPath("Other/Quiet BV.md"),))
    assert lead_row(standing, replace_context(context, vault=namesake)).target != row.target


def test_a_row_of_an_unknown_stage_shows_what_was_typed() -> None:
    lead = replace(a_lead(stage=None), stage_text="propsal")
    row = lead_row(a_standing(lead), a_context([lead]))
    assert (row.stage, row.stage_known) == ("propsal", False)


def test_leads_of_one_name_are_linked_by_their_paths() -> None:
    leads = [a_lead("Acme"), a_lead("Acme", folder="Old")]
    context = a_context(leads)
    assert [row.target for row in lead_rows(context.pipeline.standings, context)] == [
        "Leads/Acme",
        "Old/Acme",
    ]
    assert link_target(leads[0].path, context) == "Leads/Acme"


def test_a_stage_without_a_label_goes_by_its_name() -> None:
    assert stage_label(Stage(name="Closing")) == "Closing"
    assert stage_label(SECOND) == "40% – Proposal"


def test_worth_is_unknown_without_value_or_probability() -> None:
    assert weighted_value(a_standing(a_lead(value=None))) is None
    assert weighted_value(a_standing(replace(a_lead(), probability=None))) is None


def test_days_over_count_from_the_limit() -> None:
    assert days_over(a_standing(stale(days=15))) == 1


def test_s2_13_worth_goes_before_silence_and_silence_before_the_path() -> None:
    leads = [
        a_lead("d", value="1", touched=9),
        a_lead("c", touched=2),
        a_lead("b", touched=5),
        a_lead("a", touched=2),
    ]
    context = a_context(leads)
    assert names(by_worth(context.pipeline.standings, context)) == ["b", "a", "c", "d"]


def test_s2_13_silence_without_a_date_counts_as_longest() -> None:
    leads = [a_lead("a", touched=50), a_lead("b", touched=None, created=None)]
    assert names(by_quiet(map(a_standing, leads))) == ["b", "a"]


def test_orders_by_day_put_those_without_one_last() -> None:
    leads = [
        a_lead("a", created=None),
        replace(a_lead("b", due=in_days(2)), revisit_on=in_days(5)),
        replace(a_lead("c", due=in_days(1)), revisit_on=in_days(4)),
    ]
    standings = [a_standing(lead) for lead in leads]
    assert names(by_due(standings)) == ["c", "b", "a"]
    assert names(by_created(standings)) == ["b", "c", "a"]
    assert names(by_revisit(standings)) == ["c", "b", "a"]


def test_a_listing_counts_what_it_leaves_out() -> None:
    leads = [a_lead(f"{number}") for number in range(6)]
    context = a_context(leads)
    focus = frozenset({leads[0].path})
    listing = build_listing(context.pipeline.standings, context, "any", limit=3, focus=focus)
    assert [lead.row.name for lead in listing.leads] == ["1", "2", "3"]
    assert (listing.more, listing.in_focus, listing.count) == (2, 1, 6)


def test_items_of_different_lists_and_days_have_different_ids() -> None:
    standing = a_standing(a_lead())
    ids = {
        lead_item_id(standing, "action"),
        lead_item_id(standing, "stale"),
        lead_item_id(standing, "stale", "2026-11-23"),
        lead_item_id(a_standing(a_lead("Other")), "stale"),
    }
    assert len(ids) == 4


def test_only_an_action_with_a_day_counts_as_one() -> None:
    assert has_action(a_standing(planned()))
    assert has_action(a_standing(overdue()))
    assert not has_action(a_standing(a_lead(action="Call")))
    assert not has_action(a_standing(unreadable()))


def test_a_bucket_keeps_the_order() -> None:
    standings = [a_standing(overdue("b")), a_standing(planned("x")), a_standing(overdue("a"))]
    assert names(in_bucket(standings, Bucket.OVERDUE)) == ["b", "a"]


def test_s2_60_all_leads_are_there_for_the_vaults_own_templates() -> None:
    page = build_leads(a_context([a_lead("b"), unreadable("a"), stale("c")]))
    assert [row.name for row in page.leads] == ["a", "b", "c"]
    assert page.counts.open == 3


def test_every_page_has_a_plain_form_with_and_without_leads() -> None:
    for page in PAGES:
        assert isinstance(to_plain(page.build(a_context())), dict)
        assert isinstance(to_plain(page.build(a_context([stale(), unreadable()]))), dict)
