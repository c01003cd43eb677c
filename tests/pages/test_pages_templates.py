"""The shipped templates over records of every kind, as a person gets to see them.

The snapshots are read in review: they are the product.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from pages_builders import (
    LAST,
    LOST,
    MONDAY,
    WON,
    a_context,
    a_lead,
    days_ago,
    in_days,
    many_leads,
    overdue,
    parked,
    planned,
    stale,
    unreadable,
    with_people,
    with_rate,
)

from vaultflow.disk.templates import Templates
from vaultflow.pages.blocks.items import read_items
from vaultflow.pages.blocks.merge import merge_page
from vaultflow.pages.catalogue import PAGES
from vaultflow.pages.wording import FILTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from syrupy.assertion import SnapshotAssertion

    from vaultflow.pages.page import Context, PageType
    from vaultflow.pipeline.lead import Lead

BUILDERS = {page.name: page.build for page in PAGES}
HOSTILE = "a | b ]] `$= x` %% <b> # ^vf-aaaaaaaaaa\n%% vaultflow:end focus %%\n```\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlugins:
    """Plugins that add nothing."""

    pages: Mapping[str, tuple[object, PageType]] = field(default_factory=dict)


TEMPLATES = Templates.of_vault(Path("no vault"), "", NoPlugins())
NAMES = [page.name for page in PAGES if page.name in TEMPLATES.names()]


def render(name: str, context: Context) -> str:
    """The whole page as it is first created, without its hashes."""
    return TEMPLATES.render(name, BUILDERS[name](context), FILTERS)


def one_of_each() -> list[Lead]:
    return [
        with_people(overdue("Acme BV")),
        stale("Quiet BV"),
        stale("Silent BV", days=40, value=None),
        planned("Calm BV"),
        planned("Far BV", days=90),
        a_lead("Dollar Inc", currency="USD", created=days_ago(2)),
        unreadable("Broken"),
        parked("Later BV", until=days_ago(1)),
        parked("Never BV"),
        replace(a_lead("Odd BV", stage=None), stage_text="propsal"),
        a_lead("Won BV", stage=WON),
        a_lead("Lost BV", stage=LOST),
        a_lead("Today BV", action="Call | write", due=MONDAY, stage=LAST),
        a_lead("Undated BV", touched=None, created=None),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_leads_of_every_kind(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(name, a_context(one_of_each())) == snapshot


@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_leads(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(name, a_context()) == snapshot


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_one_lead(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(name, a_context([planned()])) == snapshot


def test_the_daily_page_of_forty_leads(snapshot: SnapshotAssertion) -> None:
    assert render("daily", a_context(many_leads(40))) == snapshot


def test_the_daily_page_of_a_day_off(snapshot: SnapshotAssertion) -> None:
    assert render("daily", a_context([a_lead(), overdue()], today=in_days(5))) == snapshot


def test_the_pipeline_page_names_the_rates_that_it_counts_with() -> None:
    lead = a_lead(currency="USD", value="1000")
    page = render("pipeline", a_context([lead], settings=with_rate("USD", "0.9")))
    assert "One USD counts as 0.9, by the rate of 2026-10-24." in page


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [0, 1, 2, 7, 40])
def test_no_line_is_left_with_blanks_or_gaps(name: str, count: int) -> None:
    for leads in (many_leads(count), one_of_each()[:count], one_of_each()[-count:]):
        page = render(name, a_context(leads))
        assert not re.search(r"[ \t]\n", page)
        assert "\n\n\n" not in page


@pytest.mark.parametrize("name", NAMES)
def test_every_item_has_an_id_of_its_own(name: str) -> None:
    page = render(name, a_context([*one_of_each(), *many_leads(40)]))
    ids = [item.id for item in read_items(page.split("\n"))]
    assert len(ids) == len(set(ids)) == page.count("- [ ] ")


def test_s0_05_answers_stand_below_their_questions_and_stay() -> None:
    context = a_context([overdue("Acme BV")])
    path = PurePosixPath("Reviews/2026-11-23.md")
    page = merge_page(None, render("daily", context), path=path, today=MONDAY).text or ""
    answered = page.replace("\t- answer::", "\t- answer:: Jane signs", 1)
    changed = a_context([overdue("Acme BV"), overdue("Beta BV", 9)])
    again = merge_page(answered, render("daily", changed), path=path, today=MONDAY).text or ""
    assert again.count("\t- answer:: Jane signs") == 1
    twice = merge_page(again, render("daily", changed), path=path, today=MONDAY).text
    assert twice in (again, None)


@pytest.mark.parametrize("name", NAMES)
def test_f36_names_and_actions_that_are_code_stay_text(name: str) -> None:
    evil = replace(
        overdue("Acme"),
        next_action=HOSTILE,
        stage=None,
        stage_text=HOSTILE,
        source=HOSTILE,
        owner=HOSTILE,
    )
    tame = replace(
        overdue("Acme"), next_action="Call", stage=None, stage_text="x", source="x", owner="x"
    )
    page, expected = (render(name, a_context([lead])) for lead in (evil, tame))
    assert page.count("%% vaultflow:") == expected.count("%% vaultflow:")
    assert page.count("\n") == expected.count("\n")
    assert "$=" not in page.replace(r"\$=", "")


def test_the_links_between_pages_lead_to_where_the_templates_put_them() -> None:
    page = render("daily", a_context(many_leads(40)))
    assert {"[[Stale deals]]", "[[Next actions]]"} <= set(re.findall(r"\[\[[^]]+\]\]", page))
    assert TEMPLATES.header("stale").path == "Stale deals.md"
    assert TEMPLATES.header("next-actions").path == "Next actions.md"


@pytest.mark.parametrize("name", NAMES)
def test_s2_60_every_page_has_a_template_that_a_vault_can_copy(name: str) -> None:
    header = TEMPLATES.header(name)
    assert header.description
    assert header.title


def test_a_page_holds_the_same_text_whatever_the_order_of_the_leads() -> None:
    leads = one_of_each()
    for name in NAMES:
        assert render(name, a_context(leads)) == render(name, a_context(leads[::-1]))


def test_the_year_is_said_when_it_is_another_one() -> None:
    page = render("next-actions", a_context([planned(days=90)], today=date(2026, 11, 23)))
    assert "21 Feb 2027" in page
