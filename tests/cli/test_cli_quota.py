"""Goal, capacity, inflow and health, through what a person would use, over real folders."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from cli_builders import run

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-11-23"
MONDAY = date(2026, 11, 23)
GOAL = "[quota]\namount = 50000\n"
STAGES = """
[[pipeline.stages]]
name = "Lead"
probability = 6
[[pipeline.stages]]
name = "Qualified"
probability = 12
[[pipeline.stages]]
name = "Meeting"
probability = 20
[[pipeline.stages]]
name = "Proposal"
probability = 40
expected_days = 10
[[pipeline.stages]]
name = "Won"
kind = "won"
[[pipeline.stages]]
name = "Lost"
kind = "lost"
"""


def ago(days: int) -> str:
    return (MONDAY - timedelta(days=days)).isoformat()


def lead(stage: str = "Lead", *log: str, **fields: object) -> str:
    known = {"type": "lead", "stage": stage} | fields
    front = "\n".join(f"{name}: {value}" for name, value in known.items())
    return f"---\n{front}\n---\n\n## Log\n" + "".join(f"- {line}\n" for line in log)


def vault_with(root: Path, notes: dict[str, str], settings: str = GOAL + STAGES) -> Path:
    (root / ".obsidian").mkdir(parents=True)
    (root / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    (root / "vaultflow.toml").write_text(settings, encoding="utf-8")
    for name, text in notes.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def page(vault: Path, name: str = "Quota") -> str:
    ran = run(vault, "refresh", name.lower(), today=TODAY)
    assert ran.exit_code == 0, ran.stderr
    return (vault / "Pipeline" / f"{name}.md").read_text(encoding="utf-8")


def three_wins() -> dict[str, str]:
    """12,000 in three deals of 4,000: the worked example of the required counts."""
    return {
        f"Won {number}": lead("Won", value=4000, closed_on="2026-10-05", created="2026-09-01")
        for number in range(3)
    }


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
    assert "amount in vaultflow.toml" in text
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


def qualified(**fields: object) -> str:
    known = {"value": 10000, "qualified": "yes", "created": ago(5)} | fields
    return lead("Proposal", f"{ago(1)} call out: talked", **known)


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


def review_note(vault: Path) -> str:
    ran = run(vault, "daily", today=TODAY)
    assert ran.exit_code == 0, ran.stderr
    found = vault / "Reviews" / "2026-11-23 Pipeline review.md"
    return found.read_text(encoding="utf-8")


def test_s4_1_today_s_note_says_the_pace_in_a_line(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", three_wins())
    assert "> Pace: €12,000 won, €16,788 behind an even pace.\n" in review_note(vault)
    assert "> Pace:" not in review_note(vault_with(tmp_path / "none", three_wins(), STAGES))


def test_s3_21_today_s_note_counts_the_lights_where_their_page_is_kept(tmp_path: Path) -> None:
    settings = GOAL + STAGES + '[pages]\nenabled = ["daily", "quota"]\n'
    vault = vault_with(tmp_path / "vault", three_wins() | {"A": lead(created=ago(1))}, settings)
    assert "behind an even pace; 2 of 8 lights green.\n" in review_note(vault)
    assert "- 2 of 8 lights green" in page(vault)


def test_s3_21_a_light_of_today_s_note_sees_what_only_the_journal_tells(tmp_path: Path) -> None:
    settings = GOAL + STAGES + '[pages]\nenabled = ["daily", "quota"]\n'
    pushed = lead("Proposal", created=ago(100), expected_close="2026-12-20")
    vault = vault_with(tmp_path / "vault", three_wins() | {"A": pushed}, settings)
    assert "2 of 8 lights green" in review_note(vault)
    journal = vault / "Pipeline" / "Journal"
    journal.mkdir(parents=True, exist_ok=True)
    days = ["2026-09-20", "2026-10-20", "2026-11-20", "2026-12-20"]
    lines = "".join(
        f"- {ago(60 - number)} [[A]]: `expected_close` from `{before}` to `{after}`, "
        f"last seen {ago(61 - number)}\n"
        for number, (before, after) in enumerate(pairwise(days))
    )
    (journal / "2026-09 laptop.md").write_text(lines, encoding="utf-8")
    assert "1 of 8 lights green" in review_note(vault)


@pytest.mark.parametrize("name", ["Forecast", "Quota", "Calibration"])
def test_a_page_made_twice_or_without_the_cache_is_the_same(tmp_path: Path, name: str) -> None:
    vault = vault_with(tmp_path / "vault", three_wins() | {"Next": qualified()})
    first = page(vault, name)
    assert "(unchanged)" in run(vault, "refresh", name.lower(), today=TODAY).stdout
    (vault / "Pipeline" / f"{name}.md").unlink()
    assert run(vault, "--no-cache", "refresh", name.lower(), today=TODAY).exit_code == 0
    assert (vault / "Pipeline" / f"{name}.md").read_text(encoding="utf-8") == first


def test_an_unreadable_lead_is_counted_on_each_page(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", three_wins())
    (vault / "Broken.md").write_text("---\ntype: lead\nvalue: [1\n---\n", encoding="utf-8")
    for name in ("Forecast", "Quota", "Calibration"):
        assert "1 lead cannot be read" in page(vault, name)


def test_an_empty_vault_has_all_three_pages(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", {})
    assert "no open lead to ask" in page(vault)
    assert "No open deal has both a value and a chance." in page(vault, "Forecast")
    assert "| 30 days before the first promise | 0 | – | 0 |" in page(vault, "Calibration")
