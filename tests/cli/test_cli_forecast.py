"""Forecast, calibration and dated rates, through what a person would use, over real folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ahead_builders import lead, page
from ahead_builders import vault_with as made_vault
from cli_builders import TODAY, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def vault_with(root: Path, notes: Mapping[str, str], settings: str = "") -> Path:
    """A vault of the preset's stages, without a goal."""
    return made_vault(root, notes, settings)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Every place of a forecast once."""
    notes = {
        "Soon": lead("Proposals", value=10000, probability=50, expected_close="2026-11-30"),
        "Today": lead("Proposals", value=2000, probability=100, expected_close="2026-11-23"),
        "Later": lead("Proposals", value=4000, expected_close="2026-12-15"),
        "Late": lead("Proposals", value=7000, expected_close="2026-11-22"),
        "Never": lead("Proposals", value=3000),
        "Blank": lead("Proposals", expected_close="2026-12-20"),
        "Dollar": lead("Proposals", value="$1000", probability=50, expected_close="2026-12-01"),
        "Won": lead("won", value=5000, closed_on="2026-11-02"),
        "Won before": lead("won", value=900, closed_on="2026-10-31"),
        "Lost": lead("lost", value=6000, closed_on="2026-11-03"),
    }
    return vault_with(tmp_path / "vault", notes)


def test_s2_49_a_forecast_is_by_month_with_what_is_in_none_apart(vault: Path) -> None:
    text = page(vault, "forecast")
    assert "| Nov (2) | €7,000 | €7,000 | €17,000 |\n" in text
    assert "| Dec (3) | €0 | €4,000 | €4,000 |\n" in text
    assert "| Overdue (1) | €0 | €7,000 | €7,000 |\n" in text
    assert "| No date (1) | €0 | €3,000 | €3,000 |\n" in text
    assert "- Weighted: Nov €12,000, Dec €2,400, Overdue €4,200, No date €1,800.\n" in text
    assert "- 1 deal without a value: in the count, in no sum.\n" in text
    assert "Without a rate, and so apart: $500 weighted.\n" in text
    assert "Won this month: €5,000 (1 deal)" in text


def test_s2_49_a_stage_that_is_not_forecast_is_counted_apart(vault: Path) -> None:
    stages = "".join(
        f'[[pipeline.stages]]\nname = "{name}"\nkind = "{kind}"\n{more}\n'
        for name, kind, more in (
            ("Proposals", "open", "probability = 60\nforecast = false"),
            ("Closing", "open", "probability = 80"),
            ("Won", "won", ""),
            ("Lost", "lost", ""),
        )
    )
    (vault / "vaultflow.toml").write_text(stages, encoding="utf-8")
    (vault / "Close.md").write_text(
        lead("Closing", value=100, expected_close="2026-12-01"), encoding="utf-8"
    )
    text = page(vault, "forecast")
    assert "- 7 deals in stages that count in no forecast.\n" in text
    assert "| Dec (1) | €0 | €100 | €100 |\n" in text


def test_s2_49_the_commission_has_a_range_too(vault: Path) -> None:
    assert "Commission" not in page(vault, "forecast")
    (vault / "vaultflow.toml").write_text("[quota]\ncommission = 2.5\n", encoding="utf-8")
    assert "- Commission (2.5%) Nov: €175, €175 to €425.\n" in page(vault, "forecast")


def test_s3_11_the_numbers_of_a_forecast_are_printed_as_json(vault: Path) -> None:
    months = run(vault, "report", "forecast", "--json", today=TODAY).json["months"]
    assert [(one["name"], one["deals"], one["won"]) for one in months] == [
        ("2026-11", 2, "5000"),
        ("2026-12", 3, "0"),
        ("overdue", 1, "0"),
        ("no date", 1, "0"),
    ]


def test_s4_2_gut_stands_beside_data_for_every_deal(vault: Path) -> None:
    text = page(vault, "forecast")
    # Proposals are set to 60 %, and both won deals were there: 6 + 2 of 10 + 2. Of the lost one
    # nothing tells how far it came, and so the page says.
    assert "- 1 lost deal counts in no stage: nothing tells how far it came.\n" in text
    assert "| [[Soon]] | €10,000 | 50% | 67% |\n" in text
    assert "| [[Late]] | €7,000 | (60%) | 67% |\n" in text
    assert "| [[Blank]] | – | (60%) | 67% |\n" in text
    assert "| [[Dollar]] | $1,000 | 50% | 67% |\n" in text
    assert "No score by traits with fewer than 10 won and 10 lost deals: 2 and 0 so far." in text


def decided(source: str, count: int, *, won: bool, first: int = 0) -> dict[str, str]:
    """Deals that came from a source and were won or lost."""
    move = "2026-05-20 stage: Qualification -> " + ("Won" if won else "Lost")
    return {
        f"{source} {number}": lead(
            "won" if won else "lost",
            "2026-05-01 stage: Initial contact -> Qualification",
            move,
            value=1000,
            source=source,
            created="2026-05-01",
            closed_on="2026-05-20",
        )
        for number in range(first, first + count)
    }


def test_s3_11_traits_count_only_when_they_beat_the_base_rate(tmp_path: Path) -> None:
    open_deal = {"Open": lead("Qualification", value=1000, source="Referral", created="2026-10-01")}
    telling = decided("Referral", 12, won=True) | decided("Web", 12, won=False)
    told = page(vault_with(tmp_path / "telling", telling | open_deal), "forecast")
    assert "It beats the base rate: Brier 0.0" in told
    assert (
        "- Open: stage ×1.0 (12 won, 12 lost), source referral ×121.0 (12 won, 0 lost).\n" in told
    )
    noise = (
        decided("Referral", 6, won=True)
        | decided("Referral", 6, won=False, first=6)
        | decided("Web", 6, won=True)
        | decided("Web", 6, won=False, first=6)
    )
    refused = page(vault_with(tmp_path / "noise", noise | open_deal), "forecast")
    assert "A score by traits would tell no more than the base rate" in refused
    assert "×" not in refused


def test_s2_48_a_day_pushed_three_times_is_fiction(tmp_path: Path) -> None:
    moves = [
        f"2026-{month}-02 expected_close: 2026-{month}-20 -> 2026-{month + 1}-20"
        for month in (8, 9, 10)
    ]
    days = [move.replace("2026-8", "2026-08").replace("2026-9", "2026-09") for move in moves]
    notes = {
        "Thrice": lead("Proposals", *days, expected_close="2026-11-20", created="2026-07-01"),
        "Twice": lead("Proposals", *days[:2], expected_close="2026-10-20", created="2026-07-01"),
        "Once lost": lead(
            "lost",
            "2026-11-01 stage: Proposals -> Lost",
            value=800,
            closed_on="2026-11-01",
            created="2026-07-01",
        ),
        "Long lost": lead("lost", closed_on="2026-01-01", value=70, created="2025-12-01"),
    }
    text = page(vault_with(tmp_path / "vault", notes), "forecast")
    assert "| [[Thrice]] | 3 fiction | +92 | 20 Nov |\n" in text
    assert "| [[Twice]] | 2 | +61 | 20 Oct |\n" in text
    assert "- 2 of 2 open deals with an expected day were pushed.\n" in text
    assert "- 1 deal lost, €800 together" in text
    assert "| [[Once lost]] | Proposals | €800 | 1 Nov |\n" in text
    assert "Long lost" not in text


def test_s2_47_three_states_are_told_apart_from_hope(tmp_path: Path) -> None:
    all_three = {"interested": "yes", "qualified": "yes", "ready": "yes"}
    notes = {
        "Ready": lead("Proposals", value=1000, probability=50, **all_three),
        "Hopeful": lead("Proposals", value=3000, probability=90, interested="yes"),
    }
    text = page(vault_with(tmp_path / "vault", notes), "forecast")
    assert "- 1 of 2 open deals are all three, by their notes.\n" in text
    assert "- If all were: €4,000. As stated: €3,200. By the data: €2,400.\n" in text


def stated(number: int, percent: int, *, won: bool, edited: bool = False) -> str:
    """A deal that said a chance as it came in, and may have said another once it was over."""
    end = "Won" if won else "Lost"
    lines = [
        f"2026-03-01 probability: 0 -> {percent}",
        "2026-03-02 stage: Qualification -> Proposals",
        f"2026-06-01 stage: Proposals -> {end}",
    ]
    lines += [f"2026-06-02 probability: {percent} -> {100 if won else 0}"] if edited else []
    return lead(
        end.lower(),
        *lines,
        value=100 * (number + 1),
        created="2026-02-01",
        closed_on="2026-06-01",
        probability=(100 if won else 0) if edited else percent,
    )


def calibrated(root: Path, count: int = 20) -> Path:
    """Said 80 % of ten, of which four came true, and 20 % of ten, of which two did."""
    notes = {
        f"Deal {number}": stated(
            number,
            80 if number < count // 2 else 20,
            won=number in {0, 1, 2, 3, 10, 11},
            edited=True,
        )
        for number in range(count)
    }
    return vault_with(root, notes | {"Still open": stated_open()})


def stated_open() -> str:
    return lead(
        "Proposals",
        "2026-03-01 probability: 0 -> 70",
        "2026-03-02 stage: Qualification -> Proposals",
        created="2026-02-01",
        probability=70,
    )


def test_s2_47_the_rose_tint_is_of_chances_on_record_and_not_of_later_ones(tmp_path: Path) -> None:
    text = page(calibrated(tmp_path / "vault"), "calibration")
    # (0.8 * 10 + 0.2 * 10) / 20 - 6 / 20; had the edits counted it would be 0.
    assert "| entering Proposals | 20 | +20 points | 1 |\n" in text
    assert "| 20% | 10 | 20% | 6 to 51% |\n" in text
    assert "| 80% | 10 | 40% | 17 to 69% |\n" in text
    # (4 * .04 + 6 * .64 + 2 * .64 + 8 * .04) / 20 = 5.6 / 20; 0.3 * 0.7 = 0.21
    assert "Brier score 0.280 of 20 forecasts; always the base rate would have 0.210" in text
    assert "Skill -0.33" in text


def test_s2_47_the_forecast_says_the_rose_tint_too(tmp_path: Path) -> None:
    said = "- Rose tint: +20 points, entering Proposals (20 forecasts); above 0 is too hopeful.\n"
    assert said in page(calibrated(tmp_path / "vault"), "forecast")
    few = page(calibrated(tmp_path / "few", 19), "forecast")
    assert "- Rose tint: not known with fewer than 20 decided forecasts.\n" in few


def test_s3_11_values_weigh_in_too(tmp_path: Path) -> None:
    text = page(calibrated(tmp_path / "vault"), "calibration")
    # Values are 100 to 2,000: 80 % of 5,500 and 20 % of 15,500; of these 1, 2, 3, 4, 11, 12 hundred
    # came.
    assert "- By value: €7,500 stated, €3,300 came (20 deals with a value).\n" in text


def test_s3_11_nineteen_forecasts_make_no_curve(tmp_path: Path) -> None:
    text = page(calibrated(tmp_path / "vault", 19), "calibration")
    assert "- 19 decided forecasts: 20 are needed for a curve.\n" in text
    assert "Brier score" not in text


def test_s3_11_thirty_days_before_the_first_promise_is_a_moment(tmp_path: Path) -> None:
    def promised(*said: str) -> str:
        return lead(
            "won",
            "2026-03-01 expected_close: 2026-06-30 -> 2026-06-30",
            *said,
            created="2026-02-01",
            closed_on="2026-07-20",
            expected_close="2026-06-30",
        )

    notes = {
        "On the day": promised("2026-05-31 probability: 10 -> 40"),
        "A day late": promised("2026-06-01 probability: 10 -> 40"),
    }
    notes = {name: text.replace("2026-06-30 -> ", "2026-06-29 -> ") for name, text in notes.items()}
    ran = run(vault_with(tmp_path / "vault", notes), "report", "calibration", "--json", today=TODAY)
    before = ran.json["tracks"][0]
    assert before["name"] == "30 days before the first promise"
    assert [(one["percent"]) for one in before["calibration"]["bins"]] == [10]


def test_s3_20_new_chances_are_proposed_as_a_diff_and_nothing_is_changed(tmp_path: Path) -> None:
    vault = calibrated(tmp_path / "vault")
    before = (vault / "vaultflow.toml").read_bytes()
    ran = run(vault, "report", "calibration", today=TODAY)
    # 10 * 60 % and 6 won of 20: 12 of 30.
    assert "@@ Proposals @@\n-probability = 60\n+probability = 40\n" in ran.stdout
    assert "@@ Closing @@" in ran.stdout
    assert "Proposals        60%  40.0%  6 of 20\n" in ran.stdout
    assert (vault / "vaultflow.toml").read_bytes() == before
    assert "```diff\n" in page(vault, "calibration")


@pytest.mark.parametrize(("count", "proposes"), [(4, False), (5, True), (6, True)])
def test_s3_20_few_decided_deals_propose_nothing(
    tmp_path: Path, count: int, *, proposes: bool
) -> None:
    notes = {f"Deal {number}": stated(number, 50, won=True) for number in range(count)}
    text = page(vault_with(tmp_path / "vault", notes), "calibration")
    assert ("```diff" in text) is proposes


def test_s3_20_without_a_decided_deal_nothing_is_proposed(tmp_path: Path) -> None:
    text = page(vault_with(tmp_path / "vault", {"Open": lead("Proposals")}), "calibration")
    assert "```diff" not in text


def test_rates_of_a_file_convert_open_deals_by_today_s_and_closed_ones_by_their_day(
    tmp_path: Path,
) -> None:
    notes = {
        "Open": lead("Proposals", value="$1000", probability=100, expected_close="2026-12-01"),
        "Won": lead("won", value="$1000", closed_on="2026-11-02"),
    }
    vault = vault_with(tmp_path / "vault", notes)
    rates = "date,currency,value\n2026-11-01,USD,0.9\n2026-11-20,USD,0.8\n2026-11-24,USD,0.1\n"
    (vault / "rates.csv").write_text(rates, encoding="utf-8")
    text = page(vault, "forecast")
    assert "| Nov (0) | €900 | €900 | €900 |\n" in text
    assert "| Dec (1) | €800 | €800 | €800 |\n" in text
    assert "- 1 USD = 0.8 EUR, rate of 20 Nov.\n" in text
    (vault / "rates.csv").write_text(rates.replace("0.8", "0.7"), encoding="utf-8")
    assert "| Dec (1) | €700 | €700 | €700 |\n" in page(vault, "forecast")


def test_a_line_of_the_rates_that_is_none_is_a_finding_and_stops_nothing(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", {"Open": lead("Proposals", value="$1000")})
    (vault / "rates.csv").write_text("2026-11-01,USD,0.9\n2026-11-02,usd,0,9\n", encoding="utf-8")
    ran = run(vault, "check", today=TODAY)
    assert "rates.csv:2: rate-unreadable" in ran.stdout
    assert page(vault, "forecast")


def test_a_lost_deal_without_a_rate_is_in_no_sum_and_said_to_be_so(tmp_path: Path) -> None:
    notes = {
        "Abroad": lead("lost", value="$5000", closed_on="2026-11-10"),
        "Home": lead("lost", value="1000", closed_on="2026-11-12"),
    }
    text = page(vault_with(tmp_path / "vault", notes), "forecast")
    assert "2 deals lost, €1,000 together" in text
    assert "1 without a value, or a rate for it: in no sum." in text
    assert "| $5,000 | 10 Nov |" in text
