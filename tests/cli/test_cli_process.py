"""The process as a person meets it: `new`, `move`, `win`, `log`, `show` and `set` over a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import ACME, run, small_vault, snapshot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def text_of(vault: Path, name: str = "Acme") -> str:
    return (vault / f"{name}.md").read_bytes().decode()


def test_s2_35_s2_36_a_new_lead_begins_with_its_reason_and_its_checklist(vault: Path) -> None:
    reason = "We lose orders on the phone"
    ran = run(vault, "new", "Cobalt", "--reason", reason, "--checklist")
    assert ran.exit_code == 0
    text = text_of(vault, "Cobalt")
    assert f"reason_for_contact: {reason}\n" in text
    assert f"> [!quote] Their words\n> {reason}\n" in text
    assert "- [ ] A next conversation is agreed\n" in text
    other = run(vault, "new", "Delta", "--reason", reason, "--checklist")
    assert other.exit_code == 0
    assert text_of(vault, "Delta") == text


def without_reason(vault: Path, today: str = "2026-11-23") -> set[str]:
    """The notes of which `check` says that it is not known why they got in touch."""
    found = run(vault, "check", "-v", today=today).stdout.split("\n")
    return {line.split()[1].partition(".md")[0] for line in found if "reason-missing" in line}


def test_s2_36_check_asks_why_they_got_in_touch(vault: Path) -> None:
    assert without_reason(vault) == {"Acme", "Beta"}
    run(vault, "set", "Acme", "reason_for_contact", "asks for a price list")
    assert without_reason(vault) == {"Beta"}


def test_s2_36_a_new_lead_has_until_after_the_first_talk_to_say_why(vault: Path) -> None:
    run(vault, "new", "Cobalt")
    assert "Cobalt" not in without_reason(vault, "2026-11-30")
    run(vault, "log", "Cobalt", "called Kay")
    assert "Cobalt" not in without_reason(vault)
    assert "Cobalt" in without_reason(vault, "2026-11-24")


def test_s2_39_a_meeting_begins_with_what_hurts_and_space_for_questions(vault: Path) -> None:
    ran = run(vault, "move", "Beta", "meetings", "--checklist")
    assert "write down: What hurts them, and what we show for it" in ran.stderr
    assert "- Questions they asked, and our answers:\n" in text_of(vault, "Beta")
    before = snapshot(vault)
    assert run(vault, "move", "Beta", "meetings", "--checklist").stdout.endswith("(unchanged)\n")
    assert snapshot(vault) == before


def test_s2_40_moving_on_lists_which_of_the_six_parts_the_proposal_lacks(vault: Path) -> None:
    for part in ("needs", "fit", "summary", "why_us"):
        run(vault, "set", "Acme", f"proposal_{part}", "yes")
    ran = run(vault, "move", "Acme", "closing")
    assert ran.exit_code == 0
    assert "goal of Proposals met: no, 4 of 6\n" in ran.stderr
    missing = [line for line in ran.stderr.split("\n") if line.startswith("missing: ")]
    assert missing == [
        "missing: It names the return, even if that is peace of mind (proposal_roi)",
        "missing: It shows what both sides gain in the long run (proposal_mutual)",
    ]


def test_s2_41_closing_with_earlier_goals_unmet_is_a_warning_and_no_refusal(vault: Path) -> None:
    ran = run(vault, "move", "Acme", "closing")
    assert ran.exit_code == 0
    assert "warning: Closing needs all earlier stages to have done their work" in ran.stderr
    assert "Meetings 0 of 3" in ran.stderr
    assert "stage: Closing\n" in text_of(vault)


def test_s2_42_s2_43_win_restates_the_problem_and_asks_what_more_it_can_become(vault: Path) -> None:
    run(vault, "set", "Acme", "problem", "orders get lost")
    ran = run(vault, "win", "Acme", "--value", "14k")
    assert "their problem (line 10): orders get lost" in ran.stderr
    for prompt in ("else would serve", "else should know", "satisfied", "next contact"):
        assert prompt in ran.stderr
    assert "value now: €12,000" in ran.stderr
    text = text_of(vault)
    assert "value: 14000\n" in text
    assert text.endswith("- 2026-11-23 note: value was €12,000, now 14k\n")


def test_win_with_an_amount_that_is_none_changes_nothing(vault: Path) -> None:
    assert run(vault, "win", "Acme", "--value", "plenty").exit_code == 2
    assert text_of(vault) == ACME


def test_a_lead_that_is_won_already_asks_nothing_more(vault: Path) -> None:
    assert run(vault, "win", "Gone").stderr == ""


def test_s4_7_move_takes_the_next_action_by_its_number_in_the_new_stage(vault: Path) -> None:
    ran = run(vault, "move", "Acme", "closing", "--next", "2", "--by", "fri")
    assert "next action: " not in ran.stderr
    text = text_of(vault)
    assert "next_action: Ask for the decision\nnext_action_due: 2026-11-27\n" in text


@pytest.mark.parametrize("part", [("--next", "2"), ("--by", "fri"), ("--next", "9", "--by", "fri")])
def test_half_of_a_next_action_moves_nothing(vault: Path, part: tuple[str, ...]) -> None:
    assert run(vault, "move", "Acme", "closing", *part).exit_code == 2
    assert text_of(vault) == ACME


def test_s4_7_where_nobody_is_asked_the_list_says_how_to_take_from_it(vault: Path) -> None:
    ran = run(vault, "move", "Acme", "closing")
    assert "next action: 2 Ask for the decision" in ran.stderr
    assert "vaultflow act 'Acme' 1 --by 2d" in ran.stderr


def test_s4_22_log_takes_the_action_word_for_word_by_its_number(vault: Path) -> None:
    assert run(vault, "log", "Acme", "4", "--kind", "call", "--out").exit_code == 0
    assert text_of(vault).endswith("- 2026-11-23 call out: Walk through the proposal together\n")
    ran = run(vault, "log", "Acme", "7")
    assert ran.exit_code == 2
    assert 'no action 7 in the quick list of "Proposals"' in ran.stderr


def test_s2_6_show_says_whether_the_goal_of_the_stage_is_met(vault: Path) -> None:
    run(vault, "set", "Acme", "proposal_fit", "yes")
    shown = run(vault, "show", "Acme").stdout
    assert "stage goal      met: no, 1 of 6\n" in shown
    assert "[x] It shows how the offer meets each need, line 10\n" in shown
    assert "[ ] It says why we are the ones to do it\n" in shown
    assert run(vault, "show", "Acme", "--json").json["goal_met"] == "no"


def test_s2_33_show_tells_what_a_lead_went_through(vault: Path) -> None:
    run(vault, "move", "Acme", "meetings")
    assert run(vault, "show", "Acme", "--timeline").stdout.split("\n") == [
        "Acme  (Acme.md)",
        "2026-10-01 created: came up  (line 7)",
        "2026-10-01 touch: email in: asks for a price list  (line 14)",
        "2026-10-30 touch: call out: walked through the proposal  (line 15)",
        "2026-11-23 moved back: Proposals -> Meetings  (line 16)",
        "time in stage   Proposals: 53 days",
        "                Meetings: 0 days so far",
        "moves           1 back",
        "",
    ]


def test_a_timeline_ends_with_the_time_in_each_stage_and_the_moves(vault: Path) -> None:
    for day, stage in (("24", "qualification"), ("26", "proposals")):
        run(vault, "--today", f"2026-11-{day}", "move", "Acme", stage)
    run(vault, "--today", "2026-11-30", "lose", "Acme", "--reason", "too dear")
    run(vault, "--today", "2026-12-02", "move", "Acme", "proposals")
    shown = run(vault, "--today", "2026-12-09", "show", "Acme", "--timeline").stdout
    assert shown.splitlines()[-4:] == [
        "time in stage   Proposals: 65 days so far; the stay before took 4",
        "                Qualification: 2 days",
        "                Lost: 2 days",
        "moves           1 on, 1 back, 1 reopened, 1 stage skipped",
    ]


def test_s3_12_check_names_a_lead_that_came_in_without_what_its_stage_asks_for(
    vault: Path,
) -> None:
    assert "entry-unmet" not in run(vault, "check", "-v").stdout
    run(vault, "set", "Acme", "signoff", "Jane")
    run(vault, "set", "Acme", "timescale", "by spring")
    found = run(vault, "check", "-v").stdout
    assert "The lead stands in Proposals without what that asks for" in found
    assert "It is agreed what the proposal must hold" in found


def test_s2_9_giving_a_lead_to_another_owner_can_be_looked_at_first(vault: Path) -> None:
    before = snapshot(vault)
    ran = run(vault, "set", "Acme", "owner", "Bob", "--dry-run")
    assert "-owner: Ann\n+owner: Bob\n" in ran.stdout
    assert snapshot(vault) == before
    run(vault, "set", "Acme", "owner", "Bob")
    assert text_of(vault) == ACME.replace("owner: Ann", "owner: Bob")


def test_s2_5_a_stage_of_ones_own_that_is_not_described_is_worth_a_look(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text(
        '[[pipeline.stages]]\nname = "Proposals"\noutcome = "They know"\n'
        '[[pipeline.stages]]\nname = "Won"\nkind = "won"\n'
        '[[pipeline.stages]]\nname = "Lost"\nkind = "lost"\n',
        encoding="utf-8",
    )
    found = run(vault, "check", "-v").stdout
    assert 'Stage "Proposals" has no expected_days, no actions.' in found


def test_s4_8_chances_that_fall_from_stage_to_stage_are_an_error(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text(
        '[[pipeline.stages]]\nname = "A"\nlabel = "60% – A"\n'
        '[[pipeline.stages]]\nname = "B"\nlabel = "40% – B"\n'
        '[[pipeline.stages]]\nname = "Won"\nkind = "won"\n'
        '[[pipeline.stages]]\nname = "Lost"\nkind = "lost"\n',
        encoding="utf-8",
    )
    ran = run(vault, "leads")
    assert ran.exit_code != 0
    assert "each stage is at least as near to won as the one before" in ran.stderr


def test_s3_2_to_7_a_vault_works_with_the_six_stages(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text('[pipeline]\npreset = "six"\n', encoding="utf-8")
    ran = run(vault, "move", "Beta", "needs analysis")
    assert ran.exit_code == 0
    assert "goal of Qualifying met: unknown, 0 of 4" in ran.stderr
    assert "missing: There is a need (need)" in ran.stderr
