"""What all reports of what is to come have in common, and the line of today's note."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from ahead_builders import GOAL, STAGES, ago, lead, page, qualified, three_wins, vault_with
from cli_builders import TODAY, run

if TYPE_CHECKING:
    from pathlib import Path


def review_note(vault: Path) -> str:
    ran = run(vault, "daily", today=TODAY)
    assert ran.exit_code == 0, ran.stderr
    found = vault / "Reviews" / "2026-11-23 Pipeline review.md"
    return found.read_text(encoding="utf-8")


def test_s4_1_today_s_note_says_the_pace_in_a_line(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", three_wins())
    assert "> Pace: €12,000 won, €16,788 behind an even pace.\n" in review_note(vault)
    assert "> Pace:" not in review_note(vault_with(tmp_path / "none", three_wins(), STAGES))


def test_s1_3_today_s_note_says_how_many_new_leads_a_day_it_takes(tmp_path: Path) -> None:
    settings = GOAL + STAGES + '[pages]\nenabled = ["daily", "quota"]\n'
    vault = vault_with(tmp_path / "vault", three_wins(), settings)
    assert "lights green; 5.8 new leads a working day.\n" in review_note(vault)
    enough = settings.replace("50000", "12000")
    met = review_note(vault_with(tmp_path / "met", three_wins(), enough))
    assert "lights green.\n" in met


def test_s3_21_today_s_note_counts_the_lights_where_their_page_is_kept(tmp_path: Path) -> None:
    settings = GOAL + STAGES + '[pages]\nenabled = ["daily", "quota"]\n'
    vault = vault_with(tmp_path / "vault", three_wins() | {"A": lead(created=ago(1))}, settings)
    assert "behind an even pace; 2 of 8 lights green; " in review_note(vault)
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


@pytest.mark.parametrize("name", ["forecast", "quota", "calibration"])
def test_a_page_made_twice_or_without_the_cache_is_the_same(tmp_path: Path, name: str) -> None:
    vault = vault_with(tmp_path / "vault", three_wins() | {"Next": qualified()})
    first = page(vault, name)
    assert "(unchanged)" in run(vault, "refresh", name, today=TODAY).stdout
    (vault / "Pipeline" / f"{name.capitalize()}.md").unlink()
    assert run(vault, "--no-cache", "refresh", name, today=TODAY).exit_code == 0
    assert (vault / "Pipeline" / f"{name.capitalize()}.md").read_text(encoding="utf-8") == first


def test_an_unreadable_lead_is_counted_on_each_page(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", three_wins())
    (vault / "Broken.md").write_text("---\ntype: lead\nvalue: [1\n---\n", encoding="utf-8")
    for name in ("forecast", "quota", "calibration"):
        assert "1 lead cannot be read" in page(vault, name)


def test_an_empty_vault_has_all_three_pages(tmp_path: Path) -> None:
    vault = vault_with(tmp_path / "vault", {})
    assert "no open lead to ask" in page(vault)
    assert "No open deal has both a value and a chance." in page(vault, "forecast")
    assert "| 30 days before the first promise | 0 | – | 0 |" in page(vault, "calibration")
