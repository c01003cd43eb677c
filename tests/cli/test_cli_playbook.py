"""The pages of the sales process and of the team, as `refresh` writes them into a folder."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from cli_builders import CHECKOUT, run, small_vault, snapshot

from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from pathlib import Path

LATE = "---\ntype: lead\nstage: Meetings\nowner: {}\nsource: Fair\ncreated: 2026-10-01\n{}---\n"
NAMED = '[pipeline]\npreset = "five"\n[team]\nopen_leads = 2\n'


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def page(vault: Path, name: str, title: str) -> str:
    """The page as `refresh` writes it when it is asked for by name."""
    ran = run(vault, "refresh", name)
    assert ran.exit_code == 0, ran.stderr
    return (vault / "Pipeline" / f"{title}.md").read_text(encoding="utf-8")


def playbook(vault: Path) -> str:
    return page(vault, "playbook", "Sales process")


def team(vault: Path) -> str:
    return page(vault, "team", "Team")


def section(text: str, heading: str) -> str:
    """What stands between the heading and the next one of its level."""
    level = heading.partition(" ")[0]
    return text.partition(f"\n{heading}\n")[2].partition(f"\n{level} ")[0]


def test_both_pages_are_off_until_they_are_asked_for(vault: Path) -> None:
    run(vault, "refresh")
    assert not (vault / "Pipeline" / "Sales process.md").exists()
    assert not (vault / "Pipeline" / "Team.md").exists()


def test_s2_4_s2_5_s3_12_the_process_is_documented_stage_by_stage(vault: Path) -> None:
    text = playbook(vault)
    for number, name in enumerate(
        ("Initial contact", "Qualification", "Meetings", "Proposals", "Closing"), start=1
    ):
        stage = section(text, f"## {number}. {name}")
        for part in ("**Outcome:** ", "**Timeline:** about ", "**Chance to win:** "):
            assert part in stage
        for part in ("Before a lead comes in:", "Its goal, before", "Action steps:\n\n1. "):
            assert part in stage
    assert "- **Won**: The customer has agreed" in text
    assert "\t- Before: The agreement is given in writing\n" in text


def test_s3_2_to_7_the_six_stages_are_documented_as_well(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text('[pipeline]\npreset = "six"\n', encoding="utf-8")
    text = playbook(vault)
    names = "Prospecting Qualifying Needs·analysis Proposal Negotiation Closing".split()
    for number, name in enumerate(names, start=1):
        stage = section(text, f"## {number}. {name.replace('·', ' ')}")
        for part in ("**Outcome:** ", "**Timeline:** about ", "Action steps:\n\n1. "):
            assert part in stage
        assert "Not said yet" not in stage


def test_s2_5_what_a_stage_does_not_say_is_named_on_the_page(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text(
        '[[pipeline.stages]]\nname = "Proposals"\nactions = ["Call"]\n'
        '[[pipeline.stages]]\nname = "Won"\nkind = "won"\n'
        '[[pipeline.stages]]\nname = "Lost"\nkind = "lost"\n',
        encoding="utf-8",
    )
    assert "Not said yet: outcome, timeline. Add it in `vaultflow.toml`" in playbook(vault)


def test_s2_6_the_page_counts_who_has_met_the_goal_of_a_stage(vault: Path) -> None:
    run(vault, "set", "Acme", "proposal_fit", "yes")
    stage = section(playbook(vault), "## 4. Proposals")
    assert "**1 open lead here.** Goal met: yes 0, no 1, unknown 0." in stage
    assert "No open lead stands here." in section(playbook(vault), "## 5. Closing")


def test_s3_12_who_came_in_without_what_a_stage_asks_for_stands_below_it(vault: Path) -> None:
    run(vault, "set", "Acme", "signoff", "Jane")
    run(vault, "set", "Acme", "timescale", "spring")
    assert (
        "Without what the stage asks for:\n\n- [[Acme]]: It is agreed what the proposal must hold\n"
    ) in section(playbook(vault), "## 4. Proposals")


def test_s4_5_one_name_for_each_stage_and_words_that_nobody_knows(vault: Path) -> None:
    run(vault, "new", "Odd", "--stage", "Meetings")
    odd = vault / "Odd.md"
    odd.write_text(odd.read_text().replace("stage: Meetings", "stage: warmish"), encoding="utf-8")
    words = section(playbook(vault), "## Our words")
    assert "- **Proposals**: Proposal, Proposal sent, Quote, Quoted, Offer" in words
    assert "- warmish, in 1 lead" in words
    assert 'error: Odd.md:3: stage-unknown "warmish"' in run(vault, "check").stdout


def test_s4_5_s4_6_a_label_with_its_percentage_is_part_of_the_words(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text('[pipeline]\npreset = "percent"\n', encoding="utf-8")
    text = playbook(vault)
    assert "- **Issues Identified**, shown as 40% – Issues Identified: 40%, Issues" in text
    assert "**Chance to win:** 40 %." in section(text, "## 3. 40% – Issues Identified")


def test_s4_22_the_page_counts_quick_list_actions_and_what_moved_leads_on(vault: Path) -> None:
    assert "No log says yet that an action" in playbook(vault)
    run(vault, "log", "Acme", "4", "--out")
    run(vault, "move", "Acme", "closing")
    run(vault, "log", "Acme", "2", "--out")
    text = playbook(vault)
    assert (
        "4. Walk through the proposal together: done 1 time, 1 time right before the next stage\n"
    ) in text
    assert "2. Ask for the decision: done 1 time\n" in text
    assert "Counted from 2 actions of the quick lists" in text
    assert "and 1 move to a later stage." in text


def test_s2_29_each_owner_has_a_section_that_a_link_can_lead_to(vault: Path) -> None:
    (vault / "Late.md").write_text(LATE.format("Ann", ""), encoding="utf-8", newline="")
    log = "kind: sale\n---\n## Log\n- 2026-10-02 stage: New -> Meetings\n<!-- x -->\n"
    (vault / "Jump.md").write_text(LATE.format("ann", log), encoding="utf-8", newline="")
    text = team(vault)
    headings = read_note(PurePosixPath("Team.md"), text.encode()).headings
    assert [heading.text for heading in headings if heading.level == 3] == ["Ann", "Nobody"]
    ann = section(text, "### Ann")
    assert "**3 open leads**, €12,000; 2 without a value." in ann
    assert "of leads with a move in the log: 1 of 1: [[Jump]]" in ann
    assert "fewer than 3 answers to the seven questions: 3 of 3: [[Acme]], " in ann
    assert "Overdue (1):\n\n- [[Acme]]: Send revised quote, 3 days" in ann
    assert "Never touched (1):\n\n- [[Late]]" in ann


def test_s2_30_sources_say_what_they_brought_with_their_n(vault: Path) -> None:
    for name, stage in (("A", "Meetings"), ("B", "Won"), ("C", "Lost")):
        text = f"---\ntype: lead\nstage: {stage}\nvalue: 1000\nsource: Fair\n---\n"
        (vault / f"{name}.md").write_text(text, encoding="utf-8", newline="")
    sources = section(team(vault), "## By source")
    assert "- **Fair**, 3 leads: 1 open (€1,000), 1 won (€1,000), 1 lost" in sources
    assert "- **Unknown**, 3 leads: 2 open (€15,000), 1 won (€500), 0 lost" in sources


def test_s2_9_s2_12_a_stalled_lead_of_a_busy_owner_is_offered_to_who_has_time(vault: Path) -> None:
    for name, owner in (("A", "Ann"), ("B", "Ann"), ("C", "Bob")):
        (vault / f"{name}.md").write_text(LATE.format(owner, ""), encoding="utf-8", newline="")
    assert "says how many open leads one person can look after" in team(vault)
    (vault / "vaultflow.toml").write_text(NAMED, encoding="utf-8")
    before = snapshot(vault)["A.md"]
    text = team(vault)
    assert "**Somebody else has more time for 1 stalled lead.**" in text
    assert "- [[A]], from Ann to Bob, who has room for 1. Idle 53 days (limit 14)" in text
    assert "Overdue for" not in text.partition("## By owner")[0]
    assert "That is 1 more than 2." in section(text, "### Ann")
    assert snapshot(vault)["A.md"] == before
    run(vault, "set", "A", "owner", "Bob")
    assert "Nobody has to give a lead away" in team(vault)


def test_s2_12_an_overdue_lead_that_is_not_stale_says_how_long_it_is_overdue(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text(NAMED.replace("= 2", "= 1"), encoding="utf-8")
    log = "\n## Log\n- 2026-11-22 call out: x\n"
    due = LATE.format("Ann", "next_action: Call\nnext_action_due: 2026-11-22\n")
    (vault / "Due.md").write_text(due + log, encoding="utf-8", newline="")
    for path in ("Acme", "Beta"):
        run(vault, "log", path, "called Jane")
    run(vault, "act", "Acme", "Call", "--by", "fri")
    won = LATE.format("Bob", "closed_on: 2026-11-02\n").replace("Meetings", "Won")
    (vault / "Won.md").write_text(won, encoding="utf-8", newline="")
    assert (
        "- [[Due]], from Ann to Bob, who has room for 1 and has won 1 of 1 closed. "
        "Overdue for 1 day.\n"
    ) in team(vault)


def test_pages_of_the_process_are_the_same_with_and_without_the_cache(vault: Path) -> None:
    first = playbook(vault), team(vault)
    assert run(vault, "--no-cache", "refresh", "playbook", "team").stdout.count("unchanged") == 2
    assert (playbook(vault), team(vault)) == first


def test_s2_30_a_list_of_one_owner_is_a_command(vault: Path) -> None:
    assert "Acme" in run(vault, "leads", "--owner", "ann").stdout
    assert "Beta" not in run(vault, "leads", "--owner", "ann").stdout


def test_s2_30_a_template_makes_the_page_of_one_owner(vault: Path) -> None:
    guide = (CHECKOUT / "docs" / "how-to" / "teams.md").read_text(encoding="utf-8")
    template = guide.partition("```markdown\n")[2].partition("```")[0]
    folder = vault / "_templates" / "vaultflow"
    folder.mkdir(parents=True)
    (folder / "ann.md").write_text(template.replace("Joris", "Ann"), encoding="utf-8")
    assert "1 open lead, 1 overdue, 1 stale." in page(vault, "ann", "Leads of Ann")
