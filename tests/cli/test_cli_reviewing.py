from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest
from cli_builders import ACME, TODAY, Ran, run, small_vault, snapshot
from click.testing import CliRunner

from vaultflow.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REVIEW = "Reviews/2026-11-23 Pipeline review.md"
SUNDAY = "2026-11-22"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def review(vault: Path, *args: str, typed: tuple[str, ...] = (), today: str = TODAY) -> Ran:
    """`vaultflow review` with these lines on stdin."""
    words = ["--vault", str(vault), "--today", today, "review", *args]
    result = CliRunner().invoke(main, words, input="".join(f"{line}\n" for line in typed))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(exit_code=result.exit_code, stdout=result.stdout, stderr=result.stderr)


def text_of(vault: Path, name: str) -> str:
    return (vault / name).read_text(encoding="utf-8")


ABOUT_ACME = ("", "she signs", "Send contract", "fri", "yes", "she asked for it")
"""Whether the action that is due is done, and the answers to the three questions."""


def test_the_answers_typed_go_into_note_and_lead_alike(vault: Path) -> None:
    ran = review(vault, typed=(*ABOUT_ACME, "q"))
    assert ran.exit_code == 0
    assert "1 of 2 leads reviewed" in ran.stderr
    acme = text_of(vault, "Acme.md")
    assert "next_action: Send contract\nnext_action_due: 2026-11-27\n" in acme
    said = "next Send contract by 2026-11-27; buying yes; why she asked for it; answer she signs"
    assert f"- 2026-11-23 review: {said} ([[2026-11-23 Pipeline review]])\n" in acme
    page = text_of(vault, REVIEW)
    for answer in ("answer:: she signs", "next:: Send contract", "by:: fri", "buying:: yes"):
        assert f"\t- {answer}\n" in page
    assert f"Acme.md: {said}" in ran.stdout


def test_terminal_and_note_come_to_the_same_bytes(vault: Path, tmp_path: Path) -> None:
    other = small_vault(tmp_path / "other")
    review(vault, typed=(*ABOUT_ACME, "q"))
    run(other, "daily")
    page = text_of(other, REVIEW)
    for field, said in (
        ("answer", "she signs"),
        ("next", "Send contract"),
        ("by", "fri"),
        ("buying", "yes"),
        ("why", "she asked for it"),
    ):
        page = page.replace(f"\t- {field}::\n", f"\t- {field}:: {said}\n", 1)
    (other / REVIEW).write_text(page, encoding="utf-8")
    run(other, "daily")
    for name in ("Acme.md", REVIEW):
        assert text_of(vault, name) == text_of(other, name)


def test_afterwards_nothing_is_left_to_apply_or_to_refresh(vault: Path) -> None:
    review(vault, typed=(*ABOUT_ACME, "", "", "", "", "they phoned"))
    before = snapshot(vault)
    assert "no new answers" in run(vault, "apply").stderr
    run(vault, "daily")
    assert snapshot(vault) == before


def test_s0_08_a_lead_is_picked_and_the_screen_says_why_with_the_factors(vault: Path) -> None:
    screen = review(vault, typed=("", "q")).stderr
    assert "[1/2] Acme BV: Acme · Proposals" in screen
    assert "Overdue 3 days: Send revised quote, due 20 Nov." in screen
    assert "never reviewed, €12,000 at 60%, weighted €7,200" in screen
    assert "idle 24 days (limit 14): last touch 2026-10-30, call out, line 15" in screen
    assert "2026-10-30 call: walked through the proposal" in screen
    assert "What needs to happen for this deal to close?" in screen


def test_enter_skips_a_lead_and_leaves_it_unreviewed(vault: Path) -> None:
    ran = review(vault, typed=("",) * 12)
    assert "0 of 2 leads reviewed" in ran.stderr
    assert text_of(vault, "Acme.md") == ACME


@pytest.mark.parametrize("ending", ["q", "Q", None])
def test_q_and_the_end_of_the_input_lose_nothing_that_was_answered(
    vault: Path, ending: str | None
) -> None:
    typed = ("", "she signs") if ending is None else ("", "she signs", ending)
    assert review(vault, typed=typed).exit_code == 0
    assert "review: answer she signs (" in text_of(vault, "Acme.md")


def test_ctrl_c_loses_nothing_that_was_answered(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["", "she signs"])

    def typing(*_: object, **__: object) -> str:
        for answer in answers:
            return answer
        raise click.Abort

    monkeypatch.setattr(click, "prompt", typing)
    assert review(vault).exit_code == 0
    assert "review: answer she signs (" in text_of(vault, "Acme.md")


def test_s0_10_a_due_action_that_is_done_is_ticked_and_logged(vault: Path) -> None:
    review(vault, "acme", typed=("y", "q"))
    assert "- 2026-11-23 review: done Send revised quote ([[" in text_of(vault, "Acme.md")
    assert "- [x] [[Acme]]: Send revised quote" in text_of(vault, REVIEW)


def test_x_says_looked_at(vault: Path) -> None:
    review(vault, "beta", typed=("x", "q"))
    assert "- 2026-11-23 review: looked at ([[" in text_of(vault, "Beta.md")


def test_anything_else_can_be_said_too(vault: Path) -> None:
    review(vault, "beta", typed=("touch:: called Jane", "stage:: Proposals", "q"))
    beta = text_of(vault, "Beta.md")
    assert "stage: Proposals\n" in beta
    assert "- 2026-11-23 call: called Jane" in beta


def test_s4_16_a_no_asks_for_the_reason_and_the_day_to_look_again(vault: Path) -> None:
    typed = ("", "", "", "", "no, no budget", "", "budget is frozen", "2027-03-01")
    ran = review(vault, "acme", typed=typed)
    assert "lost:" in ran.stderr
    acme = text_of(vault, "Acme.md")
    assert "lost_reason: budget is frozen\n" in acme
    assert "revisit_on: 2027-03-01\n" in acme
    assert "stage: lost\n" in acme.lower()


def test_what_was_answered_today_is_shown_and_kept_with_enter(vault: Path) -> None:
    review(vault, "acme", typed=(*ABOUT_ACME, "q"))
    before = snapshot(vault)
    ran = review(vault, "acme", typed=("", "", "", "", ""))
    assert "next [Send contract]" in ran.stderr
    assert snapshot(vault) == before


def test_another_answer_on_the_same_day_takes_the_place_of_the_first(vault: Path) -> None:
    review(vault, "acme", typed=(*ABOUT_ACME, "q"))
    review(vault, "acme", typed=("", "Call Jane", "mon", "q"))
    acme = text_of(vault, "Acme.md")
    assert "next_action: Call Jane\nnext_action_due: 2026-11-30\n" in acme
    assert acme.count(" review: ") == 1


def test_what_is_not_understood_is_said_and_stays_in_the_note(vault: Path) -> None:
    ran = review(vault, "acme", typed=("", "", "Send contract", "friday-ish", "q"))
    assert 'answer-unclear by: "friday-ish" is not understood' in ran.stdout
    assert "\t- by:: friday-ish\n\t- ⚠ by: " in text_of(vault, REVIEW)
    assert text_of(vault, "Acme.md") == ACME


def test_with_apply_off_only_what_is_typed_here_is_applied(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text("[review]\napply = false\n", encoding="utf-8")
    run(vault, "daily")
    page, before = text_of(vault, REVIEW), text_of(vault, "Beta.md")
    head, found, tail = page.rpartition("\t- why::\n")
    assert found
    (vault / REVIEW).write_text(f"{head}\t- why:: they phoned\n{tail}", encoding="utf-8")
    review(vault, "acme", typed=("", "she signs", "q"))
    assert "review: answer she signs (" in text_of(vault, "Acme.md")
    assert text_of(vault, "Beta.md") == before
    run(vault, "apply")
    assert "why they phoned" in text_of(vault, "Beta.md")


def test_json_says_what_was_applied(vault: Path) -> None:
    report = json.loads(review(vault, "acme", "--json", typed=("", "she signs", "q")).stdout)
    assert [one["text"] for one in report["applied"]] == ["answer she signs"]
    assert report["written"] == ["Acme.md"]
    assert report["findings"] == []


def test_undo_takes_the_last_review_of_a_lead_back(vault: Path) -> None:
    review(vault, "acme", typed=(*ABOUT_ACME, "q"))
    assert run(vault, "undo", "acme").exit_code == 0
    assert text_of(vault, "Acme.md") == ACME


def many(tmp_path: Path, count: int) -> Path:
    """A vault of many leads, of which seven do not fit into today's focus."""
    notes = {
        f"Lead {number:02}": (
            f"---\ntype: lead\nstage: Proposals\ncreated: 2026-11-{number + 1:02}\n---\n"
        )
        for number in range(count)
    }
    return small_vault(tmp_path / "vault", **notes)


def reviewed_leads(vault: Path) -> set[str]:
    notes = {path.stem: path.read_text(encoding="utf-8") for path in vault.glob("*.md")}
    return {name for name, text in notes.items() if "review: " in text}


def test_a_lead_that_is_not_in_focus_is_reviewed_the_same_way(tmp_path: Path) -> None:
    vault = many(tmp_path, 10)
    review(vault, "lead 09", typed=("they sign", "Call", "fri", "q"))
    lead = text_of(vault, "Lead 09.md")
    assert "review: next Call by 2026-11-27; answer they sign ([[" in lead
    page = text_of(vault, REVIEW)
    assert "### [[Lead 09]]" in page
    assert "**Reviewed today.**" in page
    assert "Kept by VaultFlow" not in page


def walked(screens: str) -> Iterator[str]:
    """The leads that were shown, in order."""
    for line in screens.splitlines():
        if line.strip().startswith("[") and "/" in line:
            yield line.partition("] ")[2].partition(" · ")[0].rpartition(": ")[2]


def test_s4_12_all_walks_every_open_deal_the_longest_unreviewed_first(tmp_path: Path) -> None:
    vault = many(tmp_path, 10)
    first = review(vault, "--all", typed=("", *("x",) * 16))
    shown = list(walked(first.stderr))
    assert shown[:5] == ["Acme", "Lead 00", "Lead 01", "Lead 02", "Lead 03"]
    assert "4 of 12 leads reviewed" in first.stderr
    assert reviewed_leads(vault) == {"Acme", "Lead 00", "Lead 01", "Lead 02"}


def test_s4_12_every_open_deal_is_reviewed_within_as_many_days_as_it_takes(tmp_path: Path) -> None:
    vault = many(tmp_path, 10)
    days = ("2026-11-23", "2026-11-24", "2026-11-25")
    for day in days:  # on the first, Acme's action that is due is asked about too
        typed = ("x",) * 16 if day != TODAY else ("", *("x",) * 16)
        review(vault, "--all", today=day, typed=(*typed, "q"))
    everyone = {f"Lead {number:02}" for number in range(10)} | {"Acme", "Beta"}
    assert reviewed_leads(vault) == everyone
    again = review(vault, "--all", today="2026-11-26", typed=("q",))
    assert list(walked(again.stderr)) == ["Acme"]


def test_on_a_day_off_who_asks_is_asked(vault: Path) -> None:
    review(vault, "acme", today=SUNDAY, typed=("", "she signs", "q"))
    assert "- 2026-11-22 review: answer she signs ([[" in text_of(vault, "Acme.md")
    assert "answer:: she signs" in text_of(vault, "Reviews/2026-11-22 Pipeline review.md")


@pytest.mark.parametrize(("name", "said"), [("gone", "closed"), ("nobody", "no lead 'nobody'")])
def test_who_cannot_be_reviewed_is_named(vault: Path, name: str, said: str) -> None:
    ran = review(vault, name)
    assert ran.exit_code == 2
    assert said in ran.stderr


def test_names_and_all_exclude_each_other(vault: Path) -> None:
    assert review(vault, "acme", "--all").exit_code == 2


def test_a_note_of_ones_own_in_the_place_of_the_review_is_left_alone(vault: Path) -> None:
    (vault / "Reviews").mkdir()
    (vault / REVIEW).write_text("mine\n", encoding="utf-8")
    ran = review(vault, "acme", typed=ABOUT_ACME)
    assert ran.exit_code != 0
    assert text_of(vault, REVIEW) == "mine\n"
    assert text_of(vault, "Acme.md") == ACME


def test_a_note_without_the_questions_is_named_and_nothing_is_lost_in_silence(vault: Path) -> None:
    run(vault, "daily")
    page = text_of(vault, REVIEW)
    head, _, rest = page.partition("%% vaultflow:begin focus %%")
    (vault / REVIEW).write_text(head + rest.partition("%%\n")[2], encoding="utf-8")
    ran = review(vault, "acme", typed=("", "she signs", "q"))
    assert ran.exit_code == 7
    assert "has no place for the answers" in ran.stderr
    assert text_of(vault, "Acme.md") == ACME


def test_a_parked_lead_is_asked_whether_its_time_has_come(tmp_path: Path) -> None:
    parked = "---\ntype: lead\nstage: Parked\nrevisit_on: 2026-11-20\n---\n"
    vault = small_vault(tmp_path / "vault", Later=parked)
    ran = review(vault, "later", typed=("", "3m"))
    assert "Is the time right to take this up again?" in ran.stderr
    assert "revisit_on: 2027-02-23\n" in text_of(vault, "Later.md")
