from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import run, small_vault, snapshot

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-11-25"
"""A Wednesday."""


def page(vault: Path, name: str, where: str, today: str = TODAY) -> str:
    """The page as the command writes it; the second time nothing is written."""
    assert run(vault, "refresh", name, today=today).exit_code == 0
    before = snapshot(vault / where.split("/", maxsplit=1)[0])
    assert run(vault, "refresh", name, today=today).exit_code == 0
    assert snapshot(vault / where.split("/", maxsplit=1)[0]) == before
    return (vault / where).read_text(encoding="utf-8")


def lead(stage: str, log: str = "", **fields: str) -> str:
    head = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\ntype: lead\nstage: {stage}\n{head}---\n## Log\n{log}"


def vault_of(tmp_path: Path, **notes: str) -> Path:
    vault = small_vault(tmp_path / "vault", **notes)
    for name in ("Acme", "Beta", "Gone", "Acme BV"):
        if name not in notes:
            (vault / f"{name}.md").unlink()
    return vault


PLANNED = "- 2026-11-02 review: next Call by 2026-11-10 ([[x]])\n"
SOURCES = {
    "r1": lead(
        "won",
        PLANNED + "- 2026-11-09 review: done Call ([[x]])\n",
        source="Referral",
        created="2026-10-01",
        closed_on="2026-11-10",
        value="4000",
    ),
    "r2": lead("won", source="referral", created="2026-10-01", closed_on="2026-10-21", value="500"),
    "r3": lead(
        "Meetings",
        PLANNED,
        source="Referral",
        created="2026-11-01",
        next_action="Call",
        next_action_due="2026-11-10",
    ),
    "r4": lead("Initial contact", source="Referral", created="2026-11-01"),
    "w1": lead("lost", source="Web", created="2026-10-01", closed_on="2026-11-01"),
    "old": lead("won", source="Web", created="2025-11-25", closed_on="2026-11-01"),
    "order": lead("won", source="Web", created="2026-11-01", closed_on="2026-11-01", kind="order"),
}


def test_s2_30_s3_18_each_source_tells_what_came_of_its_leads(tmp_path: Path) -> None:
    text = page(vault_of(tmp_path, **SOURCES), "analysis", "Pipeline/Analysis.md")
    assert "| Referral | 4 | 3 | 2 |\n" in text
    assert "| Web | 1 | 0 | 0 |\n" in text
    assert (
        "- Referral: won 2 of 4; €4,500, 30 days at the median of 2; follow-up kept 1 of 2.\n"
    ) in text
    assert "Of 5 leads that came up from 2025-11-26 to 2026-11-25" in text
    assert "Qualified: past Qualification." in text


def test_s2_30_each_owner_has_a_line_too(tmp_path: Path) -> None:
    notes = {
        "a": lead("Meetings", owner="Ann", created="2026-11-01"),
        "b": lead("won", owner="Ben", created="2026-11-01", closed_on="2026-11-11"),
    }
    text = page(vault_of(tmp_path, **notes), "analysis", "Pipeline/Analysis.md")
    owners = text.partition("## By owner")[2]
    assert "- Ann: won 0 of 1.\n" in owners
    assert "- Ben: won 1 of 1; no value, 10 days at the median of 1.\n" in owners


def test_s3_18_an_unreadable_lead_is_said(tmp_path: Path) -> None:
    vault = vault_of(
        tmp_path, a=lead("won", created="2026-11-01"), bad="---\ntype: lead\na: [\n---\n"
    )
    text = page(vault, "analysis", "Pipeline/Analysis.md")
    assert "1 lead cannot be read" in text


@pytest.mark.parametrize(("created", "count"), [("2025-11-25", 0), ("2025-11-26", 1)])
def test_s3_18_a_lead_counts_for_a_year(tmp_path: Path, created: str, count: int) -> None:
    vault = vault_of(tmp_path, a=lead("Meetings", source="Web", created=created))
    text = page(vault, "analysis", "Pipeline/Analysis.md")
    assert ("| Web | 1 |" in text) is bool(count)
    assert ("No lead came up in the last year." in text) is not bool(count)


def test_s2_22_touches_are_counted_week_by_week(tmp_path: Path) -> None:
    log = (
        "- 2026-10-04 call out: a day too early\n"
        "- 2026-10-05 call out: in the first week\n"
        "- 2026-11-16 call out: a\n- 2026-11-22 email in: b\n"
        "- 2026-11-23 call in: c\n- 2026-11-25 call out: d\n- 2026-11-25 stage: a -> b\n"
    )
    text = page(vault_of(tmp_path, a=lead("Meetings", log)), "analysis", "Pipeline/Analysis.md")
    assert "- all ▅▁▁▁▁▁██ 5 in all, 2 last week, 2 this week\n" in text
    assert "- call ▅▁▁▁▁▁▅█ 4 in all, 1 last week, 2 this week\n" in text
    assert "- email ▁▁▁▁▁▁█▁ 1 in all, 1 last week, 0 this week\n" in text
    assert "- in ▁▁▁▁▁▁██ 2 in all, 1 last week, 1 this week\n" in text
    assert "5 touches with leads in the 8 weeks from 2026-10-05" in text


def test_s3_17_the_vault_says_how_fresh_it_is(tmp_path: Path) -> None:
    notes = {
        "a": lead("Meetings", "- 2026-11-11 call: 14 days\n"),
        "b": lead("Meetings", "- 2026-11-10 call: 15 days\n"),
        "c": lead("Meetings"),
        "d": lead("won", "- 2026-11-25 call: closed\n", closed_on="2026-11-25"),
    }
    text = page(vault_of(tmp_path, **notes), "analysis", "Pipeline/Analysis.md")
    assert "- Touched in the last 14 days: 1 of 3 open leads.\n" in text
    assert "- Last touch: 14.5 days at the median of 2.\n" in text
    assert "- No touch is known of 1.\n" in text


CONTENT = {
    "Guide": "---\ntype: content\nfor: [Bakeries, energy]\n---\n",
    "Leaflet": "---\ntype: content\nfor: Meetings\n---\n",
    "got": lead(
        "Meetings",
        "- 2026-09-02 email out: sent [[Guide]]\n- 2026-10-02 call in: likes it #signal/thanks\n",
    ),
    "late": lead(
        "Meetings",
        "- 2026-09-01 email out: sent [[Guide]]\n- 2026-10-02 call in: fine #signal/thanks\n",
    ),
    "new": lead("Meetings", content_sent='["2026-11-20 [[Guide]]"]'),
    "undated": lead("Meetings", content_sent='"[[Guide]]"'),
}


def test_s3_18_s2_28_content_that_is_used_and_what_followed_is_counted(tmp_path: Path) -> None:
    text = page(vault_of(tmp_path, **CONTENT), "analysis", "Pipeline/Analysis.md")
    assert "- Used: 1 of 2 pieces.\n" in text
    assert "- Sent 4 times to 4 leads.\n" in text
    assert (
        "- A signal followed within 30 days: 1 of 2 sendings. 1 more are too young to tell.\n"
    ) in text


DEALS = {
    "Co": "A company.\n",
    "c1": lead("won", source="Talk", value="900", company='"[[Co]]"', closed_on="2026-03-01"),
    "c2": lead(
        "won",
        "- 2026-09-01 call out (needs): a\n",
        source="Talk",
        value="600",
        company='"[[Co]]"',
        closed_on="2026-10-01",
        created="2026-09-01",
    ),
    "big": lead("won", source="Web", value="1200", closed_on="2026-10-02", industry="Bakeries"),
    "usd": lead("won", value="$9000", closed_on="2026-10-02"),
    "gone": lead("lost", "- 2026-10-01 call (trust): a\n", closed_on="2026-10-03"),
    "hoped": lead("lost", closed_on="2026-10-04"),
}


def test_s1_18_the_best_customers_are_told_with_what_they_have_in_common(tmp_path: Path) -> None:
    text = page(vault_of(tmp_path, **DEALS), "lessons", "Pipeline/Lessons.md")
    rows = text.partition("| Customer |")[2]
    assert "| [[Co]] | 2 | €1,500 |\n| [[big]] | 1 | €1,200 |\n| [[usd]] | 1 | ? |\n" in rows
    assert "- Source: Talk 2 of 3.\n" in text
    assert "- Industry: Bakeries 1 of 1.\n" in text
    assert "- Steps noted, of 5: 1 at the median of 1.\n" in text
    assert "- Days to win: 30 at the median of 1.\n" in text
    assert "Of 4 won deals of 3 customers, of all years" in text
    assert "1 deal without a value, or without a rate for its currency, counts as +1 only." in text


def test_s1_18_the_answers_about_them_are_kept(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, **DEALS)
    text = page(vault, "lessons", "Pipeline/Lessons.md")
    said = text.replace("\t- lesson::\n", "\t- lesson:: they came by word of mouth\n", 1)
    (vault / "Pipeline/Lessons.md").write_text(said, encoding="utf-8")
    (vault / "big.md").unlink()
    again = page(vault, "lessons", "Pipeline/Lessons.md")
    assert "your best customers? ^vf-" in again
    assert "\t- lesson:: they came by word of mouth\n" in again
    assert "no new answers" in run(vault, "apply", today=TODAY).stderr


def test_s1_19_lost_deals_are_told_with_the_steps_they_never_got(tmp_path: Path) -> None:
    text = page(vault_of(tmp_path, **DEALS), "lessons", "Pipeline/Lessons.md")
    assert "- None of the five steps noted: 1 of 2 lost deals. Was that hope?\n" in text
    assert "- Steps missing: 9 of 10 in lost deals.\n" in text
    assert "- hoped, 4 Oct: none\n- gone, 3 Oct: without needs, solution, demo, concerns\n" in text
    assert "| trust | 0 | 1 |\n| needs | 1 | 0 |\n" in text
    assert "4 won deals and 2 lost deals closed from 2025-11-26 to 2026-11-25" in text


def test_s1_19_where_no_step_is_noted_nobody_is_judged(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, a=lead("lost", closed_on="2026-10-01"))
    text = page(vault, "lessons", "Pipeline/Lessons.md")
    assert "No step is noted in any deal, won or lost (1 lost)" in text
    assert "Was that hope" not in text


def test_s1_20_the_effort_is_told_with_its_count(tmp_path: Path) -> None:
    text = page(vault_of(tmp_path, **DEALS), "lessons", "Pipeline/Lessons.md")
    assert "- Touches a lead: won 0 at the median (4 leads, 0 to 1; too few" in text


@pytest.mark.parametrize("name", ["analysis", "lessons", "monthly", "meeting"])
def test_a_report_on_an_empty_vault_says_so(tmp_path: Path, name: str) -> None:
    vault = vault_of(tmp_path)
    assert run(vault, "refresh", name, today=TODAY).exit_code == 0


@pytest.mark.parametrize("name", ["analysis", "lessons", "monthly", "meeting"])
def test_a_report_is_off_until_it_is_asked_for(tmp_path: Path, name: str) -> None:
    vault = vault_of(tmp_path, **DEALS)
    listed = {one["name"]: one["state"] for one in run(vault, "pages", "--json").json}
    run(vault, "refresh", today=TODAY)
    assert listed[name] == "new"
    assert {one["name"]: one["state"] for one in run(vault, "pages", "--json").json}[name] == "new"
