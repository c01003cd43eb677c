from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import run, small_vault, snapshot

if TYPE_CHECKING:
    from pathlib import Path

FRIDAY = "2026-11-27"
PAGE = "Reviews/2026-W48 Pipeline week.md"
SOCIAL = "".join(f"- social: commented on post {number}\n" for number in range(11))
NOTES = {
    "New one": "---\ntype: lead\nstage: Proposals\ncreated: 2026-11-23\n---\n"
    "## Log\n- 2026-11-24 call out: about the price\n- 2026-11-25 email in: a question\n"
    "- 2026-11-26 call in: agreed\n- 2026-11-22 call out: last week\n",
    "Sunday one": "---\ntype: lead\nstage: Proposals\ncreated: 2026-11-22\n---\n",
    "Won now": "---\ntype: lead\nstage: won\nvalue: 4000\nclosed_on: 2026-11-27\n---\n",
    "Won too": "---\ntype: lead\nstage: won\nvalue: 1500\nclosed_on: 2026-11-23\n---\n",
    "Lost": "---\ntype: lead\nstage: lost\nvalue: 900\nclosed_on: 2026-11-24\n---\n",
    "2026-11-25": SOCIAL,
    "2026-11-26": "- LinkedIn: wrote to nobody in particular\n- [ ] social: plan a post\n"
    "- a plain line\n- call: [[New one]] again\n- email: the tax office\n",
    "2026-11-20": "- social: of the week before\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault", **NOTES)


def week(vault: Path, today: str = FRIDAY) -> str:
    assert run(vault, "refresh", "weekly", today=today).exit_code == 0
    return (vault / PAGE).read_text(encoding="utf-8")


def test_s0_19_the_week_has_four_lines_of_outcomes(vault: Path) -> None:
    page = week(vault)
    assert "- **New opportunities**: 1: [[New one]]\n" in page
    assert "- **Clients won**: 2: [[Won now]], [[Won too]]\n" in page
    assert "- **Revenue won**: €5,500\n" in page
    assert "- [ ] **Impact**: who is better off for this week's work, and how? ^vf-" in page


def test_s0_19_the_answer_about_impact_is_kept(vault: Path) -> None:
    said = week(vault).replace("\t- impact::\n", "\t- impact:: two bakers sleep again\n")
    (vault / PAGE).write_text(said, encoding="utf-8")
    (vault / "Won too.md").unlink()
    again = week(vault)
    assert "\t- impact:: two bakers sleep again\n" in again
    assert "- **Clients won**: 1: [[Won now]]\n" in again
    before = snapshot(vault)
    week(vault)
    assert "no new answers" in run(vault, "apply", today=FRIDAY).stderr
    assert snapshot(vault) == before


def test_s0_17_social_touches_are_counted_apart_from_those_with_a_lead(vault: Path) -> None:
    page = week(vault)
    assert "- 12 social touches, 0 linked to a lead\n" in page
    assert "- 4 touches with leads\n" in page
    assert "- 1 other touch links to no lead\n" in page


def test_s0_17_a_social_touch_in_the_log_of_a_lead_is_linked(vault: Path) -> None:
    lead = vault / "Sunday one.md"
    text = lead.read_text(encoding="utf-8")
    lead.write_text(f"{text}## Log\n- 2026-11-24 social out: liked\n", encoding="utf-8")
    assert "- 13 social touches, 1 linked to a lead\n" in week(vault)


def test_s0_17_a_daily_line_that_links_to_a_lead_is_linked(vault: Path) -> None:
    note = vault / "2026-11-26.md"
    note.write_text("- social: [[Sunday one]] about prices\n", encoding="utf-8")
    assert "- 12 social touches, 1 linked to a lead\n" in week(vault)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-23", "Due again in 1 week."),
        ("2026-11-29", "Due again in 1 week."),
        ("2026-11-30", "**Clean-up week.** 1 deal is stale: [[Stale deals]]."),
        ("2026-12-07", "Due again in 3 weeks."),
    ],
)
def test_s2_15_a_clean_up_is_due_every_four_weeks(vault: Path, today: str, said: str) -> None:
    run(vault, "refresh", "weekly", today=today)
    (page,) = (vault / "Reviews").glob("*week.md")
    assert said in page.read_text(encoding="utf-8")


def test_s2_15_nobody_is_reminded_who_does_not_want_to_be(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text("[clean_up]\nevery_weeks = 0\n", encoding="utf-8")
    assert "No reminder is set" in week(vault)


def test_s2_15_every_week_is_possible(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text("[clean_up]\nevery_weeks = 1\n", encoding="utf-8")
    assert "**Clean-up week.**" in week(vault)


def test_s0_11_a_vault_that_is_worked_in_bursts_is_told_so(tmp_path: Path) -> None:
    log = "".join(
        f"- {day} review: looked at ([[x]])\n"
        for day in ("2026-11-24", "2026-11-04", "2026-10-12", "2026-09-17")
    )
    lead = f"---\ntype: lead\nstage: Proposals\n---\n## Log\n{log}"
    leads = {f"Lead {number}": lead for number in range(10)}
    vault = small_vault(tmp_path / "vault", Acme="---\ntype: lead\n---\n", **leads)
    page = week(vault)
    assert "- Reviewed on 4 of 51 working days.\n" in page
    assert "- Longest gap: 17 working days (variance " in page
    assert "- In bursts: 30 of 40 looks at a lead.\n" in page
    assert "- **That is haphazard**" in page


def test_s0_11_with_too_few_days_nothing_is_said(vault: Path) -> None:
    assert "Too early to say how even that is: 0 working days so far" in week(vault)


def test_s4_12_the_week_says_how_many_open_leads_were_reviewed(vault: Path) -> None:
    run(vault, "daily", today=FRIDAY)
    review = vault / "Reviews/2026-11-27 Pipeline review.md"
    text = review.read_text(encoding="utf-8")
    ticked = text.replace("- [ ] What must happen next", "- [x] What must happen next", 1)
    review.write_text(ticked, encoding="utf-8")
    run(vault, "daily", today=FRIDAY)
    page = week(vault)
    assert "- Reviewed on 1 of 5 working days this week: 1 lead\n" in page
    assert "- 1 of 4 open leads reviewed in the last 20 working days\n" in page
    assert "- Longest unreviewed: " in page


def test_the_weekly_note_is_off_until_it_is_asked_for(vault: Path) -> None:
    run(vault, "refresh")
    assert not (vault / PAGE).exists()
    toml = '[pages]\nenabled = ["daily", "weekly"]\n'
    (vault / "vaultflow.toml").write_text(toml, encoding="utf-8")
    run(vault, "refresh", today=FRIDAY)
    assert (vault / PAGE).exists()


def lost(log: str, closed: str = "2026-11-24", created: str = "2026-11-01") -> str:
    head = f"---\ntype: lead\nstage: lost\ncreated: {created}\nclosed_on: {closed}\n---\n"
    return f"{head}## Log\n{log}- {closed} stage: Proposals -> Lost\n"


IDLE_21 = "- 2026-11-03 call out: hello\n"
"""Until 24 November: stale from the 18th on, as the limit of the stage is 14 days."""
IDLE_14 = "- 2026-11-10 call out: hello\n"
NOT_BUYING = "- 2026-11-14 review: buying unsure ([[x]])\n"
SAID_LATER = "- 2026-11-22 review: buying no, no money ([[x]])\n"


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (IDLE_21, "1 lead was lost: 6 days from the first doubt, in the median of 1."),
        (IDLE_14, "1 lead was lost."),
        (IDLE_14 + NOT_BUYING, "1 lead was lost: 10 days from the first doubt"),
        (IDLE_14 + SAID_LATER, "1 lead was lost: 2 days from the first doubt"),
        (IDLE_21 + SAID_LATER, "1 lead was lost: 6 days from the first doubt"),
    ],
)
def test_s4_17_the_time_to_lose_counts_from_the_first_doubt(
    tmp_path: Path, log: str, said: str
) -> None:
    vault = small_vault(tmp_path / "vault", Gone2=lost(log))
    assert f"In the last 90 days {said}" in week(vault)


def test_s4_17_of_several_the_median_is_told(tmp_path: Path) -> None:
    vault = small_vault(
        tmp_path / "vault",
        one=lost(NOT_BUYING + IDLE_14),
        two=lost(SAID_LATER + IDLE_14),
        three=lost(IDLE_14),
        old=lost(IDLE_21, closed="2026-08-01", created="2026-06-01"),
    )
    assert "3 leads were lost: 6 days from the first doubt, in the median of 2." in week(vault)
