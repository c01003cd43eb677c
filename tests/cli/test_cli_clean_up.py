"""Cleaning up as a person does it: the page, a tick, and what becomes of the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import run, snapshot
from test_cli_follow_up import lead, section, vault

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "Pipeline/Clean up.md"
SILENT = (
    "2026-10-01 email in: asks",
    "2026-10-05 email out: a",
    "2026-10-12 call out: b",
    "2026-10-19 email out: c",
    "2026-11-20 email out: d",
)


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    return vault(
        tmp_path / "vault",
        Silent=lead("stage: Meetings\nvalue: 5000\nsource: Fair\ncreated: 2026-10-01", *SILENT),
        Cold=lead("stage: Meetings\nvalue: 900", "2026-08-01 call: x"),
        Alive=lead("stage: Meetings\nvalue: 700\nsource: Fair", "2026-11-20 call in: x"),
        Best=lead("stage: Closing\nvalue: 9000\nsource: Fair", "2026-11-20 call in: x"),
    )


def page(root: Path, today: str = "2026-11-23") -> str:
    ran = run(root, "refresh", "clean-up", today=today)
    assert ran.exit_code == 0, ran.stderr
    return (root / PAGE).read_text(encoding="utf-8")


def tick(root: Path, name: str, *answers: str) -> None:
    """Ticks the proposal about a lead; answers are typed behind their fields."""
    file = root / PAGE
    before, heading, after = file.read_text(encoding="utf-8").partition(f"### [[{name}]]")
    after = after.replace("- [ ]", "- [x]", 1)
    for answer in answers:
        field = answer.partition("::")[0]
        after = after.replace(f"\t- {field}::", f"\t- {answer}", 1)
    file.write_text(before + heading + after, encoding="utf-8")


def test_s2_14_dead_leads_are_proposed_with_their_evidence_and_nothing_is_lost_without_a_tick(
    leads: Path,
) -> None:
    before = snapshot(leads)
    proposed = section(page(leads), "Hold or fold?")
    assert "### [[Silent]]" in proposed
    assert "4 touches without a word back" in proposed
    assert "Let it go: No reply." in proposed
    assert "### [[Cold]]" in proposed
    assert "Alive" not in proposed
    run(leads, "apply")
    after = snapshot(leads)
    assert {name: after[name] for name in before} == before


def test_s2_14_a_tick_moves_to_lost_with_the_reason_that_was_shown(leads: Path) -> None:
    page(leads)
    tick(leads, "Silent")
    ran = run(leads, "apply")
    assert ran.exit_code == 0
    text = (leads / "Silent.md").read_text(encoding="utf-8")
    assert "stage: Lost" in text
    assert "lost_reason: No reply" in text
    assert "closed_on: 2026-11-23" in text
    assert "review: lost No reply" in text
    assert "Silent" not in section(page(leads), "Hold or fold?").partition("Done or dropped")[0]
    again = snapshot(leads)
    run(leads, "apply")
    assert snapshot(leads) == again


def test_s2_14_another_reason_and_a_day_to_look_again_are_taken(leads: Path) -> None:
    page(leads)
    tick(leads, "Silent", "lost:: No budget this year", "revisit:: 2027-03-01")
    run(leads, "apply")
    text = (leads / "Silent.md").read_text(encoding="utf-8")
    assert "lost_reason: No budget this year" in text
    assert "revisit_on: 2027-03-01" in text


def test_s4_16_a_tick_with_a_day_loses_the_lead_and_says_when_to_look_again(leads: Path) -> None:
    page(leads)
    tick(leads, "Cold", "revisit:: 2027-03-01")
    run(leads, "apply")
    text = (leads / "Cold.md").read_text(encoding="utf-8")
    assert "lost_reason: Went cold" in text
    assert "revisit_on: 2027-03-01" in text
    assert "stage: Lost" in text


def test_s2_14_who_says_what_is_next_keeps_the_lead(leads: Path) -> None:
    page(leads)
    tick(leads, "Silent", "next:: Call their office", "by:: 2026-11-25")
    run(leads, "apply")
    text = (leads / "Silent.md").read_text(encoding="utf-8")
    assert "stage: Meetings" in text
    assert "next_action: Call their office" in text


def test_s2_14_a_lead_that_has_come_alive_is_kept_although_it_was_ticked(leads: Path) -> None:
    page(leads)
    tick(leads, "Silent")
    with (leads / "Silent.md").open("a", encoding="utf-8") as file:
        file.write("- 2026-11-22 email in: we want it\n")
    run(leads, "apply")
    assert "stage: Meetings" in (leads / "Silent.md").read_text(encoding="utf-8")


def test_s2_14_a_reason_that_is_gone_loses_nobody_and_the_page_says_so(leads: Path) -> None:
    said_no = lead("stage: Meetings\nwill_buy: no", "2026-11-20 call in: x")
    (leads / "No.md").write_text(said_no, encoding="utf-8")
    page(leads)
    tick(leads, "No")
    (leads / "No.md").write_text(said_no.replace("no", "yes"), encoding="utf-8")
    run(leads, "apply")
    assert "stage: Meetings" in (leads / "No.md").read_text(encoding="utf-8")
    assert "no longer looks dead" in (leads / PAGE).read_text(encoding="utf-8")


def test_s2_16_hygiene_has_a_score_with_its_n_and_says_what_fails(leads: Path) -> None:
    shown = section(page(leads), "How clean it is")
    assert "**82 of 100**, the share of 28 answers" in shown
    assert "**1 of 4 without a source**" in shown
    assert "- [[Cold]]" in shown


def test_s2_16_the_trend_keeps_one_score_a_week(leads: Path) -> None:
    page(leads, today="2026-11-10")
    page(leads, today="2026-11-12")
    page(leads, today="2026-11-17")
    (leads / "Cold.md").unlink()
    trend = section(page(leads), "How clean it is")
    days = [line[2:12] for line in trend.splitlines() if " of 100, " in line]
    assert days == ["2026-11-12", "2026-11-17", "2026-11-23"]
    before = snapshot(leads)
    page(leads)
    assert snapshot(leads) == before


def test_s2_17_after_the_clean_up_the_best_of_those_that_stay_are_listed(leads: Path) -> None:
    top = section(page(leads), "Who is left")
    assert [line for line in top.splitlines() if line[:1].isdigit()] == [
        "1. [[Best]] · €9,000 · Closing",
        "2. [[Alive]] · €700 · Meetings",
    ]


def test_3_14_duplicates_are_proposed_by_page_and_check_until_told_apart(tmp_path: Path) -> None:
    root = vault(
        tmp_path / "vault",
        **{
            "Acme BV": "---\nemail: info@acme.example\n---\n",
            "Acme Holding": "---\nemail: Info@acme.example\n---\n",
            "One": lead('stage: Meetings\ncompany: "[[Acme BV]]"'),
            "Two": lead('stage: Meetings\ncompany: "[[Acme Holding]]"'),
        },
    )
    shown = section(page(root), "There twice?")
    assert "[[Acme BV]] and [[Acme Holding]]: the same e-mail address, info@acme.example" in shown
    assert "maybe-duplicate" in run(root, "check", "-v").stdout
    told = '---\nemail: info@acme.example\nnot_duplicate_of: "[[Acme Holding]]"\n---\n'
    (root / "Acme BV.md").write_text(told, encoding="utf-8")
    assert "No two notes look like one." in page(root)
    assert "maybe-duplicate" not in run(root, "check", "-v").stdout


def test_an_empty_vault_has_nothing_to_clean(tmp_path: Path) -> None:
    shown = page(vault(tmp_path / "vault"))
    assert "No open lead looks dead." in shown
    assert "There is no open lead." in shown
