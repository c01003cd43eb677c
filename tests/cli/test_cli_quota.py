"""Goal, capacity, inflow and health, through what a person would use, over real folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ahead_builders import GOAL, STAGES, ago, lead, page, qualified, three_wins, vault_with
from cli_builders import TODAY, run

if TYPE_CHECKING:
    from pathlib import Path


def test_s1_1_it_says_how_many_leads_are_missing(tmp_path: Path) -> None:
    text = page(vault_with(tmp_path / "vault", three_wins()))
    assert "- €12,000 won of €50,000 (3 deals); €38,000 missing.\n" in text
    assert "- 10 more deals to win at €4,000 each (mean of 3; median €4,000).\n" in text
    assert "| Lead | 167 | 0 | 167 |\n" in text
    # 23 November to 31 December are 29 working days: 167 / 29.
    assert "- Short by 167 leads: 5.8 new leads a working day until the period ends.\n" in text


def test_s4_10_every_stage_says_what_it_needs_has_and_lacks(tmp_path: Path) -> None:
    more = {f"P {number}": lead("Proposal", created=ago(1)) for number in range(5)}
    more |= {f"L {number}": lead(created=ago(1)) for number in range(2)}
    settings = GOAL + STAGES + "[report]\nleast = 50\n"
    text = page(vault_with(tmp_path / "vault", three_wins() | more, settings))
    assert "| Proposal | 25 | 5 | 20 |\n" in text
    # Each proposal stands for two meetings, and for 3 1/3 qualified ones and 6 2/3 leads.
    assert "| Meeting | 50 | 0 | 40 |\n" in text
    assert "| Qualified | 84 | 0 | 68 |\n" in text
    assert "| Lead | 167 | 2 | 132 |\n" in text


def test_s4_10_shares_say_what_they_rest_on(tmp_path: Path) -> None:
    lost = lead("Lost", closed_on="2026-10-07", created="2026-09-01")
    text = page(vault_with(tmp_path / "vault", three_wins() | {"Lost": lost}))
    shares = "Lead 50% as set, Qualified 60% as set, Meeting 50% as set, Proposal 40% as set"
    assert f"- Go on from each stage: {shares}.\n" in text
    assert "- Of 1 lost deal nothing tells how far: the shares would be lower with them.\n" in text


def test_s1_3_the_prospecting_target_is_the_gap_by_the_days_left(tmp_path: Path) -> None:
    settings = GOAL + STAGES + '[review]\nworking_days = ["mon"]\n'
    text = page(vault_with(tmp_path / "vault", three_wins(), settings))
    # Six Mondays are left with today: 23 and 30 November, 7, 14, 21 and 28 December.
    assert "27.8 new leads a working day" in text


def test_s4_3_a_goal_has_a_period_of_its_own(tmp_path: Path) -> None:
    settings = '[quota]\namount = 20000\nperiod = "year"\nfiscal_start = 4\n' + STAGES
    text = page(vault_with(tmp_path / "vault", three_wins(), settings))
    assert "## Goal of FY2027\n" in text
    assert "- €12,000 won of €20,000 (3 deals); €8,000 missing.\n" in text
    assert "ends on 31 Mar 2027" in text


def test_s4_3_without_a_goal_it_says_so_and_shows_the_rest(tmp_path: Path) -> None:
    text = page(vault_with(tmp_path / "vault", {"A": lead(created=ago(1))}, STAGES))
    assert "- No goal is set: amount of quota in vaultflow.toml.\n" in text
    assert "## Health" in text


def test_s4_1_the_pace_is_by_working_days(tmp_path: Path) -> None:
    # 38 of 66 working days of the quarter are over: 50,000 * 38 / 66 = 28,787.88.
    text = page(vault_with(tmp_path / "vault", three_wins()))
    assert (
        "- Pace: €16,788 behind an even pace, which is €28,788 after 38 of 66 working days.\n"
        in text
    )
    assert "- No seasonal pace" in text


def test_s4_1_a_year_of_history_gives_a_seasonal_pace(tmp_path: Path) -> None:
    # 38 / 66 of the quarter's working days were over on 21 November 2025.
    past = {
        "Early": lead("Won", value=1000, closed_on="2025-10-02", created="2025-09-01"),
        "By then": lead("Won", value=3000, closed_on="2025-11-21", created="2025-09-01"),
        "After": lead("Won", value=12000, closed_on="2025-11-24", created="2025-09-01"),
    }
    text = page(vault_with(tmp_path / "vault", three_wins() | past))
    assert (
        "- Season: €500 behind the pace of 2025 Q4: 25% of their money had come by now (3 deals).\n"
        in text
    )


def test_s2_51_the_next_period_is_looked_at_too(tmp_path: Path) -> None:
    notes = three_wins() | {
        "Now": qualified(expected_close="2026-12-10"),
        "Now too": qualified(expected_close="2026-12-31"),
        "Next": qualified(expected_close="2027-01-01"),
        "Past": qualified(expected_close="2026-11-22"),
        "Doubtful": qualified(expected_close="2026-12-10", qualified="no"),
        "Lost": lead("Lost", closed_on="2026-10-07", created="2026-09-01"),
    }
    text = page(vault_with(tmp_path / "vault", notes))
    assert "- This period (2026 Q4): €20,000 open (2 deals) for €38,000: 0.5 times.\n" in text
    assert "- Next period (2027 Q1): €10,000 open (1 deal) for €50,000: 0.2 times.\n" in text
    assert "- Required: 1.3 times, one by the win rate. Win rate: 3 of 4 (75%; " in text
    assert "- Warning: the next period has less than it needs." in text


def test_s2_51_who_has_enough_for_the_next_period_is_not_warned(tmp_path: Path) -> None:
    notes = three_wins() | {"Next": qualified(value=50000, expected_close="2027-01-01")}
    assert "Warning: the next period" not in page(vault_with(tmp_path / "vault", notes))


def due(number: int, **fields: object) -> str:
    """A lead that asks for one touch this week, the later the higher its number."""
    known = {"value": 1000 - number, "cadence_days": 10, "created": ago(15 + number)} | fields
    return lead("Proposal", **known)


def test_s1_2_the_week_s_demand_stands_beside_what_can_be_done(tmp_path: Path) -> None:
    settings = STAGES + "[review]\ntouches_a_day = 5\n"
    notes = {f"Due {number:03}": due(number) for number in range(200)}
    text = page(vault_with(tmp_path / "vault", notes, settings))
    assert "- 200 touches asked for this week by 200 open leads; you can do 25.\n" in text
    assert "- Overloaded by 175 touches: 175 leads would slip." in text


@pytest.mark.parametrize(("count", "fits"), [(24, True), (25, True), (26, False)])
def test_s1_2_it_is_overloaded_above_what_can_be_done(
    tmp_path: Path, count: int, *, fits: bool
) -> None:
    settings = STAGES + "[review]\ntouches_a_day = 5\n"
    notes = {f"Due {number:03}": due(number) for number in range(count)}
    text = page(vault_with(tmp_path / "vault", notes, settings))
    assert ("- All fit.\n" in text) is fits
    assert ("- Overloaded by 1 touch: 1 lead would slip." in text) is not fits


def test_s1_4_what_does_not_fit_is_to_be_parked_or_dropped(tmp_path: Path) -> None:
    settings = STAGES + "[review]\ntouches_a_day = 1\n"
    notes = {f"Due {number}": due(number) for number in range(7)}
    text = page(vault_with(tmp_path / "vault", notes, settings))
    # Five days are left, and the five most valuable leads fit; the latest of the others is first.
    assert (
        "| Park or drop | Late | Touches |\n| --- | ---: | ---: |\n| [[Due 6]] | 11 d | 1 |\n"
        in text
    )
    assert "| [[Due 5]] | 10 d | 1 |\n" in text
    assert "[[Due 4]]" not in text


def test_s2_44_weeks_without_a_new_lead_are_shown_and_two_in_a_row_warn(tmp_path: Path) -> None:
    # Weeks begin on Mondays; 23 November is one.
    notes = {"Old": lead(created=ago(28)), "Newer": lead(created=ago(14))}
    text = page(vault_with(tmp_path / "one", notes))
    assert "- 2 new leads in 4 weeks, 0 this week so far; 2 weeks without any.\n" in text
    assert "Warning: no new lead" not in text
    dry = {"Old": lead(created=ago(28)), "Newer": lead(created=ago(21))}
    text = page(vault_with(tmp_path / "two", dry))
    assert "- Warning: no new lead for 2 weeks." in text
    assert "| 9 Nov | 0 |\n| 16 Nov | 0 |\n" in text
    assert 'xychart-beta horizontal\n    title "New leads by week"' in text
    again = page(vault_with(tmp_path / "again", dry | {"Now": lead(created=ago(0))}))
    assert "Warning: no new lead" not in again


@pytest.mark.parametrize(("outbound", "warns"), [(7, False), (8, False), (9, True)])
def test_s2_45_outbound_above_80_percent_warns(
    tmp_path: Path, outbound: int, *, warns: bool
) -> None:
    notes = {
        f"L {number}": lead(
            created=ago(3), source_kind="Outbound" if number < outbound else "inbound"
        )
        for number in range(10)
    }
    text = page(vault_with(tmp_path / "vault", notes | {"Silent": lead(created=ago(3))}))
    assert f"outbound {outbound} ({outbound * 10}%)" in text
    assert "- 1 new lead without source_kind.\n" in text
    assert ("Warning: more than 80% came by reaching out." in text) is warns


def test_s2_46_the_share_that_is_not_ready_stands_beside_what_is_said(tmp_path: Path) -> None:
    notes = {"Later": lead(created=ago(3), revisit_on="2027-02-01"), "Now": lead(created=ago(3))}
    text = page(vault_with(tmp_path / "vault", notes))
    assert "- Not ready yet when they came: 1 of 2 (50%; " in text
    assert "it is said that 80% or more are not.\n" in text


def test_s2_50_the_trap_is_when_nothing_goes_into_new_leads(tmp_path: Path) -> None:
    notes = {
        "New": lead("Lead", f"{ago(1)} call out: first", created=ago(30)),
        "Old": lead(
            "Lead", f"{ago(2)} call out: again", f"{ago(3)} email out: more", created=ago(33)
        ),
    }
    # On the day of its touch the new one was 29 days old, the old one 31 and 30.
    text = page(vault_with(tmp_path / "vault", notes))
    assert "- Touches on new leads: 1 of 3 (33%; " in text
    assert "- 2026 Q4 so far: 2 new leads, 0 won.\n" in text
    assert "Warning: nothing went into new leads." not in text
    (tmp_path / "vault" / "New.md").unlink()
    assert "- Warning: nothing went into new leads.\n" in page(tmp_path / "vault")


def test_s3_21_eight_lights_have_a_number_a_threshold_and_a_page(tmp_path: Path) -> None:
    notes = three_wins() | {"A": lead(created=ago(1))}
    vault = vault_with(tmp_path / "vault", notes)
    lights = run(vault, "report", "quota", "--json", today=TODAY).json["lights"]
    assert [light["name"] for light in lights] == [
        "Inflow",
        "Coverage",
        "Next action",
        "Rot",
        "Hygiene",
        "Bottleneck",
        "Slippage",
        "Review habit",
    ]
    assert all(light["number"] and light["threshold"] and light["page"] for light in lights)
    states = {light["name"]: light["is_green"] for light in lights}
    assert states["Inflow"] is True
    assert states["Coverage"] is False
    assert states["Bottleneck"] is None
    assert states["Review habit"] is False
