from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import run
from test_cli_analysis import lead, page, vault_of

if TYPE_CHECKING:
    from pathlib import Path

OCTOBER, NOVEMBER = "Reviews/2026-10 Pipeline month.md", "Reviews/2026-11 Pipeline month.md"
NOTES = {
    "w1": lead(
        "won",
        "- 2026-10-05 call in: a\n",
        value="900",
        created="2026-10-01",
        closed_on="2026-10-11",
    ),
    "l1": lead("lost", closed_on="2026-10-31"),
    "w2": lead(
        "won",
        "- 2026-11-05 call in: a\n",
        value="600",
        created="2026-11-01",
        closed_on="2026-11-11",
    ),
    "w3": lead("won", "- 2026-11-06 call out: a\n", created="2026-10-01", closed_on="2026-11-21"),
    "m": lead("Proposals", "- 2026-11-03 stage: Meetings -> Proposals\n", created="2026-10-15"),
}


def decide(vault: Path, where: str, decision: str, measure: str) -> None:
    text = (vault / where).read_text(encoding="utf-8")
    said = text.replace("\t- decision::\n", f"\t- decision:: {decision}\n", 1)
    said = said.replace("\t- measure::\n", f"\t- measure:: {measure}\n", 1)
    (vault / where).write_text(said, encoding="utf-8")


def test_s2_19_the_month_stands_beside_the_one_before(tmp_path: Path) -> None:
    text = page(vault_of(tmp_path, **NOTES), "monthly", NOVEMBER)
    assert "|  | Nov 2026 | Oct 2026 |\n" in text
    for row in (
        "| New leads | 1 | 3 |",
        "| Moved on | 1 | 0 |",
        "| Won | 2 | 1 |",
        "| Lost | 0 | 1 |",
        "| Revenue won | €600 | €900 |",
        "| Win rate | 2 of 2 | 1 of 2 |",
        "| Days to win | 30.5, median of 2 | 10, median of 1 |",
        "| Touches | 2 | 1 |",
        "| Replies | 1 | 1 |",
    ):
        assert f"{row}\n" in text


def test_s2_19_a_decision_is_carried_into_the_next_month_with_then_and_now(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, **NOTES)
    page(vault, "monthly", OCTOBER, "2026-10-30")
    decide(vault, OCTOBER, "Call twice before a quote", "win rate of quotes")
    asked = page(vault, "monthly", OCTOBER, "2026-10-30").count("What will you change")
    assert asked == 2
    text = page(vault, "monthly", NOVEMBER)
    carried = (
        "Decided in October 2026: Call twice before a quote. Win rate then 1 of 2, now 2 of 2."
    )
    assert f"- [ ] {carried} Did it work? ^vf-" in text
    said = text.replace("\t- worked::\n", "\t- worked:: yes, keep it\n")
    (vault / NOVEMBER).write_text(said, encoding="utf-8")
    again = page(vault, "monthly", NOVEMBER, "2026-11-28")
    assert "\t- worked:: yes, keep it\n" in again
    assert "no new answers" in run(vault, "apply", today="2026-11-28").stderr


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("my own count", "To be measured by: my own count."),
        ("", "No measure was named."),
        ("Won", "Won then 1, now 2."),
    ],
)
def test_s2_19_a_measure_that_is_not_ours_stays_as_it_was_typed(
    tmp_path: Path, measure: str, said: str
) -> None:
    vault = vault_of(tmp_path, **NOTES)
    page(vault, "monthly", OCTOBER, "2026-10-30")
    decide(vault, OCTOBER, "Less", measure)
    assert f"Decided in October 2026: Less. {said}" in page(vault, "monthly", NOVEMBER)


@pytest.mark.parametrize(("month", "carried"), [("2027-01", True), ("2027-02", False)])
def test_s2_19_a_month_without_a_note_loses_no_decision(
    tmp_path: Path, month: str, carried: bool
) -> None:
    vault = vault_of(tmp_path, **NOTES)
    page(vault, "monthly", OCTOBER, "2026-10-30")
    decide(vault, OCTOBER, "Less", "won")
    text = page(vault, "monthly", f"Reviews/{month} Pipeline month.md", f"{month}-15")
    assert ("Decided in October 2026: Less." in text) is carried


def test_s2_19_a_month_that_is_over_is_told_whole(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, **NOTES)
    early = page(vault, "monthly", OCTOBER, "2026-10-11")
    assert "| Lost | 0 | 0 |\n" in early
    assert "October 2026 so far, up to 2026-10-11" in early
    page(vault, "monthly", NOVEMBER, "2026-11-02")
    late = (vault / OCTOBER).read_text(encoding="utf-8")
    assert "| Lost | 1 | 0 |\n" in late
    assert "so far" not in late


def test_s2_24_the_goal_stands_beside_the_best_quarter(tmp_path: Path) -> None:
    vault = vault_of(
        tmp_path,
        q2=lead("won", value="500", closed_on="2026-05-01"),
        q3=lead("won", value="700", closed_on="2026-09-30"),
        q4=lead("won", value="9000", closed_on="2026-10-01"),
        usd=lead("won", value="$100", closed_on="2026-09-30"),
    )
    (vault / "vaultflow.toml").write_text("[quota]\namount = 980\n", encoding="utf-8")
    text = page(vault, "monthly", NOVEMBER)
    assert "- Your best quarter was 2026 Q3 with €700.\n" in text
    assert "- The goal is €980: 1.4 times that.\n" in text
    assert "- Reached: 0 of 2 past quarters.\n" in text
    assert "1 won deal in a currency without a rate left out." in text


@pytest.mark.parametrize("closed", [None, "2026-10-01"])
def test_s2_24_without_a_past_quarter_nothing_is_claimed(
    tmp_path: Path, closed: str | None
) -> None:
    notes = {"a": lead("won", value="5", closed_on=closed)} if closed else {}
    vault = vault_of(tmp_path, **notes)
    (vault / "vaultflow.toml").write_text("[quota]\namount = 980\n", encoding="utf-8")
    assert "- No quarter with a win is over yet.\n" in page(vault, "monthly", NOVEMBER)


MEETING = "Reviews/2026-W48 Pipeline meeting.md"
AGENDA = {
    "late": lead("Meetings", owner="Ann", expected_close="2026-11-24", value="100"),
    "pushed": lead(
        "Meetings",
        owner="Ann",
        expected_close="2027-03-01",
        history="",
    ),
    "soon": lead("Meetings", owner="Ann", expected_close="2026-12-25"),
    "far": lead("Meetings", owner="Ann", expected_close="2026-12-26"),
    "fresh": lead("Meetings", owner="Ann", created="2026-11-19"),
    "week": lead("Meetings", owner="Ann", created="2026-11-18"),
    "won": lead("won", owner="Ann"),
    "mine": lead("Meetings", next_action="Call", next_action_due="2026-11-27"),
}


def test_s2_21_the_agenda_names_each_open_lead_once_by_owner(tmp_path: Path) -> None:
    text = page(vault_of(tmp_path, **AGENDA), "meeting", MEETING)
    ann, nobody = text.split("\n## Nobody")
    slipped, rest = ann.split("**Upcoming**")
    upcoming, rest = rest.split("**New**")
    new, current = rest.split("**Current**")
    assert (
        "- [ ] 3 min: [[late]], Meetings, €100; should have closed 1 day ago, on 24 Nov" in slipped
    )
    assert "- [ ] 3 min: [[soon]], Meetings; closes 25 Dec ^vf-" in upcoming
    assert "- [ ] 1 min: [[fresh]], Meetings; came up 19 Nov ^vf-" in new
    assert {name for name in AGENDA if f"[[{name}]]" in current} == {"far", "week", "pushed"}
    assert "[[mine]], Meetings; no touch yet; next: Call, due 27 Nov ^vf-" in nobody
    assert text.count("min: [[") == 7
    assert "\n## Ann, 13 min\n" in text


def test_s2_25_the_agenda_fits_into_an_hour(tmp_path: Path) -> None:
    notes = {
        f"l{owner}{number}": lead("Meetings", owner=f"o{owner}", expected_close="2026-12-01")
        for owner in range(10)
        for number in range(4)
    }
    text = page(vault_of(tmp_path, **notes), "meeting", MEETING)
    assert "**60 minutes** for 10 owners." in text
    assert text.count("min: [[") == 20
    assert text.count("and 2 more") == 10


def test_s2_21_ticks_stay_and_what_is_next_goes_into_the_lead(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, **AGENDA)
    text = page(vault, "meeting", MEETING)
    begin = text.index("- [ ] 3 min: [[late]]")
    mine = text[begin:].replace("- [ ]", "- [x]", 1).replace("next::", "next:: Ask her", 1)
    (vault / MEETING).write_text(text[:begin] + mine, encoding="utf-8")
    assert run(vault, "apply", today="2026-11-25").exit_code == 0
    late = (vault / "late.md").read_text(encoding="utf-8")
    assert "next_action: Ask her\n" in late
    assert "done " not in late
    again = page(vault, "meeting", MEETING, "2026-11-26")
    assert "- [x] 3 min: [[late]]" in again
    assert "next:: Ask her\n" in again


def test_s0_19_the_week_also_tells_what_moved_on_and_what_was_lost(tmp_path: Path) -> None:
    where = "Reviews/2026-W45 Pipeline week.md"
    text = page(vault_of(tmp_path, **NOTES), "weekly", where, "2026-11-06")
    assert "- **Moved on**: 1: [[m]]\n- **Lost**: 0\n" in text
    assert "- By channel: call 2\n" in text


def test_s0_19_a_week_that_is_over_is_told_whole(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, **NOTES)
    where = "Reviews/2026-W45 Pipeline week.md"
    early = page(vault, "weekly", where, "2026-11-05")
    assert "- 1 touch with leads\n" in early
    ran = run(vault, "refresh", "weekly", today="2026-11-12")
    assert "2026-W45 Pipeline week.md  (updated)" in ran.stdout
    late = (vault / where).read_text(encoding="utf-8")
    assert "- 2 touches with leads\n" in late
    assert "The week is over, and its numbers are of the whole week." in late
    assert "W45" not in run(vault, "refresh", "weekly", today="2026-11-13").stdout
