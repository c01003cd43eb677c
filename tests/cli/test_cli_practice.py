"""Qualifying and romancing as a person works: notes in a folder, and the commands over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import run

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "Reviews/2026-11-23 Pipeline review.md"
LEAD = """\
---
type: lead
stage: Proposals
value: 12000
created: 2026-10-01
company: "[[Acme Holding]]"
warmth: hot
problem: Every job is urgent
signoff: Deborah
need: yes, since May
bracket: dunno
risks: [2026-11-12 budget-review]
---
## Plan
- [ ] Show the board by 2026-11-20

## Romancing
- [x] Building trust in you and your company

## Log
- 2026-11-02 call out (needs): asked for the worst jobs
- 2026-11-03 email out: hello
- 2026-11-20 call in: how soon? #signal/asks-delivery
- 2026-11-21 email in: too dear #signal/negotiates
- 2026-11-22 call out: hm #signal/smiles
"""
COMPANY = "---\nindustry: Food\ncountry: NL\nemployees: 40\n---\n"
TOML = '[icp]\nindustries = ["Food"]\ncountries = ["NL", "BE"]\nsize_min = 100\n'


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / "Acme.md").write_text(LEAD, encoding="utf-8")
    (folder / "Acme Holding.md").write_text(COMPANY, encoding="utf-8")
    (folder / "Renewal.md").write_text(
        "---\ntype: lead\nstage: Closing\nvalue: 900\nkind: order\n---\n", encoding="utf-8"
    )
    (folder / "vaultflow.toml").write_text(TOML, encoding="utf-8")
    return folder


def text_of(vault: Path, name: str) -> str:
    return (vault / name).read_text(encoding="utf-8")


@pytest.fixture
def shown(vault: Path) -> str:
    """What `show` prints about the lead."""
    return run(vault, "show", "Acme.md").stdout


@pytest.fixture
def found(vault: Path) -> dict[str, dict[str, object]]:
    """What `check` finds in it, by code."""
    return {one["code"]: one for one in run(vault, "check", "Acme.md", "--json").json}


def test_s2_53_to_59_show_tells_what_they_answered_and_what_is_open(shown: str) -> None:
    assert "2 of 7 answers; open: trigger, consequence, timescale, personal_stake, fit" in shown
    assert "problem: Every job is urgent" in shown


def test_s2_37_show_tells_the_gates_and_check_what_is_no_answer(
    shown: str, found: dict[str, dict[str, object]]
) -> None:
    assert "need: yes, since May" in shown
    assert found["yes-no-unclear"]["line"] == 11


def test_s2_47_show_tells_the_three_states_apart_each_with_its_evidence(shown: str) -> None:
    assert "interested: yes (negotiates, 2026-11-21 email in, line 24)" in shown
    assert "ready: yes (negotiates, 2026-11-21 email in, line 24)" in shown
    assert "qualified:" not in shown


def test_s2_52_check_finds_the_lead_that_is_not_really_there(
    found: dict[str, dict[str, object]],
) -> None:
    assert found["phantom"]["message"] == "2 of 7 answers for a lead this far, 3 wanted."


def test_s1_12_to_16_show_tells_the_steps_with_their_evidence(shown: str) -> None:
    assert "2 of 5 steps" in shown
    assert "trust: ticked, line 18" in shown
    assert "needs: 2026-11-02 call, line 21" in shown


def test_s1_17_show_tells_the_share_of_touches_with_a_purpose(shown: str) -> None:
    assert "1 of 3 touches with a purpose" in shown


def test_s1_21_to_25_show_tells_the_signals_and_check_the_unknown_one(
    vault: Path, shown: str, found: dict[str, dict[str, object]]
) -> None:
    assert "the romancing works: two kinds of signals of late" in shown
    assert "asks-delivery: 2026-11-20 call in, line 23" in shown
    assert found["signal-unknown"]["line"] == 25
    profile = run(vault, "show", "Acme.md", "--json").json["profile"]
    assert [one["kind"] for one in profile["signals"]] == ["negotiates", "asks-delivery"]


def test_s1_26_check_warns_of_effort_without_a_sign(vault: Path) -> None:
    log = "## Log\n" + "- 2026-11-20 call out (needs): x\n" * 4
    (vault / "Acme.md").write_text(f"{LEAD.partition('## Log')[0]}{log}", encoding="utf-8")
    found = {one["code"] for one in run(vault, "check", "Acme.md", "--json").json}
    assert "no-signals" in found


def test_s4_4_show_and_check_tell_the_risk_and_what_it_does(
    shown: str, found: dict[str, dict[str, object]]
) -> None:
    assert "budget-review: 2026-11-12 field risks, line 12" in shown
    assert "confidence 40%: 5 of 10 answers and facts known; lowered by budget-review" in shown
    assert found["at-risk"]["line"] == 12


def test_s3_13_show_tells_the_fit_with_the_part_of_each_rule(vault: Path, shown: str) -> None:
    assert "fit 67 of 100, 3 of 3 facts known" in shown
    assert '+33 industry: Food, note "Acme Holding", line 2' in shown
    assert '+0 size: 40, note "Acme Holding", line 4' in shown
    assert run(vault, "show", "Acme.md", "--json").json["profile"]["grade"] == "A1"


def test_s1_5_check_finds_the_step_of_the_plan_that_was_not_done(
    found: dict[str, dict[str, object]],
) -> None:
    assert found["plan-step-past"]["line"] == 15
    assert "plan-missing" not in found


def test_s4_4_the_review_asks_about_the_risk_and_the_answer_goes_into_the_lead(vault: Path) -> None:
    run(vault, "daily")
    page = text_of(vault, REVIEW)
    assert "The budget is under review: is there still one, and until when?" in page
    assert page.count("\t- problem::") == 0
    answered = page.replace("\t- budget::", "\t- budget:: yes, until June", 1)
    (vault / REVIEW).write_text(answered, encoding="utf-8")
    before = text_of(vault, "Acme.md")
    assert run(vault, "apply").exit_code == 0
    after = text_of(vault, "Acme.md")
    assert "\nbudget: yes, until June\n" in after
    new = [line for line in after.splitlines() if line not in before.splitlines()]
    assert new == [
        "budget: yes, until June",
        "- 2026-11-23 review: budget: yes, until June ([[2026-11-23 Pipeline review]])",
    ]
    run(vault, "daily")
    run(vault, "daily")
    assert text_of(vault, "Acme.md") == after
    assert "\t- budget:: yes, until June" in text_of(vault, REVIEW)


def test_s3_14_the_page_of_qualification_is_answered_where_it_asks(vault: Path) -> None:
    assert not (vault / "Pipeline/Qualification.md").exists()
    assert run(vault, "refresh", "qualification").exit_code == 0
    page = text_of(vault, "Pipeline/Qualification.md")
    assert "- [[Acme]], Proposals: 2/7" in page  # S2.52
    assert "sale ⚪ need 🟢 means ⚪" in page  # S2.37
    assert "Budget, authority, need, timeline: ⚪⚪🟢⚪ late" in page  # S3.14
    assert "**A1** (1): [[Acme]]" in page  # 3.11
    assert "Renewal" not in page  # S1.11
    answered = page.replace("\t- budget::", "\t- budget:: no", 1)
    (vault / "Pipeline/Qualification.md").write_text(answered, encoding="utf-8")
    assert run(vault, "apply").exit_code == 0
    assert '\nbudget: "no"\n' in text_of(vault, "Acme.md")
    run(vault, "refresh", "qualification")
    again = text_of(vault, "Pipeline/Qualification.md")
    assert "Budget, authority, need, timeline: 🔴⚪🟢⚪ late" in again
    assert "What has made them look for a solution now?" in again
    kept = text_of(vault, "Acme.md")
    run(vault, "apply")
    assert text_of(vault, "Acme.md") == kept


def test_s2_3_s2_7_s2_8_the_page_of_priorities_says_who_comes_first(vault: Path) -> None:
    (vault / "Beta.md").write_text(
        "---\ntype: lead\nstage: Meetings\nqualified: yes, by mail\nwarmth: warm\n---\n",
        encoding="utf-8",
    )
    assert run(vault, "refresh", "priorities").exit_code == 0
    page = text_of(vault, "Pipeline/Priorities.md")
    assert "- [[Acme]], €12,000: warmth hot, line 7; engagement 7." in page  # S2.3
    assert "1. [[Beta]]: warm; engagement 0.0; qualified: by mail, field qualified, line 4" in page
    assert "1 open lead is not known to be qualified" in page  # S2.7
    assert "the median of 2 open leads" in page  # S2.8
    assert page.index("Much value, high potential (1)") < page.index("- [[Acme]], €12,000, ")
    assert page.index("### Not placed (1)") < page.index("- [[Beta]]")
    assert page.index("### Orders (1)") < page.index("[[Renewal]]")  # S1.11
    assert page.count("[[Renewal]]") == 1


def test_a_companys_change_reaches_the_pages_with_the_cache_as_without(vault: Path) -> None:
    run(vault, "refresh", "qualification")
    (vault / "Acme Holding.md").write_text(COMPANY.replace("Food", "Steel"), encoding="utf-8")
    run(vault, "refresh", "qualification")
    page = text_of(vault, "Pipeline/Qualification.md")
    assert "**C1** (1): [[Acme]]" not in page
    assert "**B1** (1): [[Acme]]" in page
    assert "(unchanged)" in run(vault, "--no-cache", "refresh", "qualification").stdout
