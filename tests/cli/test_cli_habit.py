from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from cli_builders import run, small_vault, snapshot

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-11-23"
JANE = '---\ntype: lead\nstage: Proposals\npeople: ["[[Jane Doe]]", "[[Jim Poe]]"]\n---\n'


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def review_path(vault: Path, day: str) -> Path:
    return vault / "Reviews" / f"{day} Pipeline review.md"


def reviewed_on(vault: Path, *days: str) -> None:
    """Writes the review of each day, and ticks its first box."""
    for day in days:
        run(vault, "daily", today=day)
        note = review_path(vault, day)
        ticked = note.read_text(encoding="utf-8").replace("- [ ]", "- [/]", 1)
        note.write_text(ticked, encoding="utf-8")


def habit_of(vault: Path, day: str = TODAY) -> str:
    """The line of the note that says the habit."""
    run(vault, "daily", today=day)
    text = review_path(vault, day).read_text(encoding="utf-8")
    lines = text.partition("begin today")[2].partition("end today")[0].splitlines()
    return next(line for line in lines if "review" in line.lower())


def test_s0_02_a_vault_with_three_missing_days_shows_the_gap(vault: Path) -> None:
    reviewed_on(vault, "2026-11-12", "2026-11-13", "2026-11-16", "2026-11-17")
    assert habit_of(vault) == (
        "> Last review Tuesday; 3 working days missed since; "
        "2 of the last 5 and 4 of the last 20 working days."
    )


def test_s0_02_a_row_of_days_is_told_with_the_longest(vault: Path) -> None:
    reviewed_on(vault, "2026-11-16", "2026-11-17", "2026-11-19", "2026-11-20")
    assert habit_of(vault).startswith("> Last review Friday; 2 working days in a row; 4 of the")
    reviewed_on(vault, TODAY)
    assert habit_of(vault).startswith("> Reviewed today; 3 working days in a row; 4 of the last 5")


def test_s0_02_a_note_that_nobody_answered_is_no_review(vault: Path) -> None:
    run(vault, "daily", today="2026-11-20")
    assert habit_of(vault) == "> No review yet: the first answer begins the habit."


@pytest.mark.parametrize("answer", ["next:: Call", "answer:: they sign"])
def test_s0_02_an_answer_makes_a_review(vault: Path, answer: str) -> None:
    run(vault, "daily", today="2026-11-20")
    note = review_path(vault, "2026-11-20")
    field = answer.partition("::")[0]
    text = note.read_text(encoding="utf-8").replace(f"\t- {field}::", f"\t- {answer}", 1)
    note.write_text(text, encoding="utf-8")
    assert "Last review Friday" in habit_of(vault)


def test_s0_02_what_is_ones_own_on_the_page_makes_none(vault: Path) -> None:
    run(vault, "daily", today="2026-11-20")
    note = review_path(vault, "2026-11-20")
    text = note.read_text(encoding="utf-8")
    note.write_text(f"{text}\nmood:: fine\n\n- [x] water the plants\n", encoding="utf-8")
    assert "No review yet" in habit_of(vault)


def test_s0_02_a_review_in_the_log_of_a_lead_counts_without_any_note(vault: Path) -> None:
    acme = vault / "Acme.md"
    log = "- 2026-11-19 review: looked at ([[x]])\n"
    acme.write_text(acme.read_text(encoding="utf-8") + log, encoding="utf-8")
    assert "Last review Thursday; 1 working day missed since" in habit_of(vault)


def test_s0_03_people_come_first_and_the_deal_second(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "vault", Website=JANE)
    run(vault, "daily")
    text = review_path(vault, TODAY).read_text(encoding="utf-8")
    assert "### Jane Doe: [[Website]] · " in text
    assert "With Jane Doe, Jim Poe." in text
    assert text.count("### ") == 3, "one block a lead"


def test_s0_18_the_first_note_of_the_day_says_how_long_no_review_was_made(vault: Path) -> None:
    reviewed_on(vault, "2026-11-12")
    assert run(vault, "daily", "--if-missing").exit_code == 0
    text = review_path(vault, TODAY).read_text(encoding="utf-8")
    assert "Last review 12 Nov; 6 working days missed since" in text
    before = snapshot(vault)
    assert run(vault, "daily", "--if-missing").exit_code == 0
    assert snapshot(vault) == before


GOAL = '[quota]\namount = 60000\nperiod = "quarter"\n'


def test_s0_12_who_is_back_because_of_pressure_is_told_so_kindly(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text(GOAL, encoding="utf-8")
    reviewed_on(vault, "2026-11-12")
    ran = run(vault, "daily")
    text = review_path(vault, TODAY).read_text(encoding="utf-8")
    assert (
        "> [!info] You are back because of pressure\n"
        "> The last review was 7 working days ago, on 12 Nov.\n"
        "> Won €500 of €60,000 this quarter; at an even pace it would be €34,545 by now.\n"
        "> Open deals weigh €7,950, and €59,500 are missing.\n"
        "> It happens to nearly everybody. Five minutes each working day, and it need not come "
        "back.\n"
    ) in text
    assert "The last review was 7 working days ago" in ran.stdout


@pytest.mark.parametrize(("toml", "last"), [("", "2026-11-12"), (GOAL, "2026-11-20")])
def test_s0_12_without_a_goal_or_a_gap_there_is_no_such_word(
    vault: Path, toml: str, last: str
) -> None:
    (vault / "vaultflow.toml").write_text(toml, encoding="utf-8")
    reviewed_on(vault, last)
    run(vault, "daily")
    assert "pressure" not in review_path(vault, TODAY).read_text(encoding="utf-8")


def test_s0_12_the_word_stays_for_the_day_when_the_first_answer_is_given(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text(GOAL, encoding="utf-8")
    reviewed_on(vault, "2026-11-12", TODAY)
    run(vault, "daily")
    assert "back because of pressure" in review_path(vault, TODAY).read_text(encoding="utf-8")


def test_the_habit_is_looked_up_for_a_quarter_and_no_longer(vault: Path) -> None:
    long_ago = date.fromisoformat(TODAY) - timedelta(weeks=13)
    reviewed_on(vault, str(long_ago))
    for lead in ("Acme", "Beta"):
        text = (vault / f"{lead}.md").read_text(encoding="utf-8")
        assert "review:" not in text, "only the note tells of that day"
    assert "No review yet" in habit_of(vault)


def test_a_page_that_is_known_as_it_stands_is_made_anew_when_a_review_is_answered(
    vault: Path,
) -> None:
    (vault / "vaultflow.toml").write_text("[review]\napply = false\n", encoding="utf-8")
    run(vault, "daily", today="2026-11-20")
    for _ in range(3):
        assert "No review yet" in habit_of(vault)
    note = review_path(vault, "2026-11-20")
    said = note.read_text(encoding="utf-8").replace("\t- by::", "\t- by:: friday-ish", 1)
    note.write_text(said, encoding="utf-8")
    run(vault, "refresh")
    assert "Last review Friday" in review_path(vault, TODAY).read_text(encoding="utf-8")
    assert "Last review Friday" in run(vault, "daily").stdout
