"""Following up as a person does it: notes in a folder, commands, and what they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import run, snapshot

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "Pipeline/Follow up.md"


def lead(properties: str, *log: str) -> str:
    lines = "".join(f"- {line}\n" for line in log)
    return f"---\ntype: lead\n{properties}\n---\n## Log\n{lines}"


def vault(root: Path, **notes: str) -> Path:
    (root / ".obsidian").mkdir(parents=True)
    (root / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    for name, text in notes.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8", newline="")
    return root


def page(root: Path, *, today: str = "2026-11-23") -> str:
    ran = run(root, "refresh", "follow-up", today=today)
    assert ran.exit_code == 0, ran.stderr
    return (root / PAGE).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    return text.partition(f"## {heading}\n")[2].partition("\n## ")[0]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A vault with somebody in each list."""
    return vault(
        tmp_path / "vault",
        Asked=lead("stage: Meetings", "2026-11-19 email in: what does it cost?"),
        Sent=lead("stage: Meetings", "2026-11-16 email out: the price list"),
        Planned=lead(
            "stage: Meetings\nnext_action: Call\nnext_action_due: 2026-12-01",
            "2026-11-16 email out: the price list",
        ),
        Quiet=lead("stage: Meetings", "2026-11-02 call out: x", "2026-11-09 email out: y"),
        Late=lead("stage: Meetings\ncadence_days: 10", "2026-11-12 call: x"),
        Client=lead("stage: Won", "2026-08-01 call out: signed"),
        Gone=lead("stage: Lost\nkeep_in_touch_days: 1", "2026-08-01 call in: no"),
        Parked=lead(
            "stage: Parked\nrevisit_on: 2027-02-01\nkeep_in_touch_days: 30",
            "2026-09-01 call out: not before spring",
        ),
    )


def test_3_15_the_page_says_who_owes_whom_a_word_and_shows_how_it_knows(people: Path) -> None:
    text = page(people)
    owed, waiting = section(text, "You owe a reply"), section(text, "Waiting on them")
    assert (
        "4 days without a reply to [[Asked]]: what does it cost? (2026-11-19 email in, line 6)"
        in owed
    )
    assert "7 days without an answer from [[Sent]] (2026-11-16 email out, line 6)" in waiting
    assert "[[Planned]]" not in waiting
    assert owed.count("- [ ]") == waiting.count("- [ ]") == 1


def test_3_15_an_owed_reply_is_a_finding_whatever_is_planned(tmp_path: Path) -> None:
    asked = "stage: Meetings\nnext_action: Answer\nnext_action_due: 2026-11-24"
    root = vault(tmp_path / "vault", Asked=lead(asked, "2026-11-19 email in: what?"))
    assert "Asked.md:8: reply-owed They have waited for a reply since 2026-11-19: email in" in (
        run(root, "check", "-v").stdout
    )


def test_3_15_an_answer_typed_on_the_page_ends_what_is_owed(people: Path) -> None:
    text = page(people).replace("\t- touch::", "\t- touch:: email out: the price list", 1)
    (people / PAGE).write_text(text, encoding="utf-8")
    assert run(people, "apply").exit_code == 0
    assert "- 2026-11-23 email out: the price list" in (people / "Asked.md").read_text("utf-8")
    assert "Nobody waits for a reply." in section(page(people), "You owe a reply")


@pytest.mark.parametrize("said", ["emailed her the list", "replied", "wrote back"])
def test_3_15_an_answer_may_be_typed_as_one_would_say_it(people: Path, said: str) -> None:
    text = page(people).replace("\t- touch::", f"\t- touch:: {said}", 1)
    (people / PAGE).write_text(text, encoding="utf-8")
    assert run(people, "apply").exit_code == 0
    assert "Nobody waits for a reply." in section(page(people), "You owe a reply")


def test_s0_14_who_has_gone_quiet_stands_on_the_page_with_each_touch(people: Path) -> None:
    quiet = section(page(people), "Gone quiet")
    assert "21 days without a word from [[Quiet]]" in quiet
    assert "(2026-11-02 call out, line 6; 2026-11-09 email out, line 7)" in quiet
    assert "[[Sent]]" not in quiet
    assert (
        "gone-quiet No word since 2026-11-02, after 2 touches" in run(people, "check", "-v").stdout
    )


def test_s0_14_letting_go_is_one_line_on_the_page(people: Path) -> None:
    text = page(people).replace("\t- lost::", "\t- lost:: Never came back", 1)
    (people / PAGE).write_text(text, encoding="utf-8")
    assert run(people, "apply").exit_code == 0
    assert "lost_reason: Never came back" in (people / "Quiet.md").read_text("utf-8")
    assert "Nobody has gone quiet." in section(page(people), "Gone quiet")


def test_s0_14_who_has_a_plan_is_shown_without_being_asked_about(tmp_path: Path) -> None:
    planned = "stage: Meetings\nnext_action: Call\nnext_action_due: 2026-12-01"
    log = ("2026-11-02 call out: x", "2026-11-09 email out: y")
    quiet = section(page(vault(tmp_path / "vault", Quiet=lead(planned, *log))), "Gone quiet")
    assert "- [[Quiet]]: 21 days without a word, next on 1 Dec" in quiet
    assert "- [ ]" not in quiet


def test_s2_31_the_page_says_who_is_due_for_a_touch(people: Path) -> None:
    due = section(page(people), "Due for a touch")
    assert (
        "Time to get in touch with [[Late]]: 11 days (limit 10 by cadence_days, line 4): "
        "last touch 2026-11-12, call, line 7" in due
    )
    assert due.count("- [ ]") == 1


def test_s2_32_clients_stand_in_a_list_of_their_own(people: Path) -> None:
    text = page(people)
    clients = section(text, "Keep in touch")
    assert "Client [[Client]]: 114 days (limit 90 of client_days)" in clients
    assert "[[Gone]]" not in text
    answered = text.replace("\t- touch::", "\t- touch:: call out: all is well")
    (people / PAGE).write_text(answered, encoding="utf-8")
    run(people, "apply")
    assert "Every client has heard from you." in section(page(people), "Keep in touch")


def test_s2_46_parked_leads_stand_with_the_day_to_look_again(people: Path) -> None:
    parked = section(page(people), "Not ready yet")
    assert (
        "Parked [[Parked]], look again on 1 Feb 2027: 83 days "
        "(limit 30 by keep_in_touch_days, line 5)" in parked
    )
    assert parked.count("[[Parked]]") == 1
    assert "Not ready when asked: 1 of 8 leads (12%)." in parked


def test_s0_13_the_page_of_stale_deals_lists_them_with_what_to_try(people: Path) -> None:
    assert run(people, "refresh", "stale").exit_code == 0
    text = (people / "Pipeline" / "Stale deals.md").read_text("utf-8")
    assert "No deal is stale" in text
    assert run(people, "refresh", "stale", today="2026-11-24").exit_code == 0
    text = (people / "Pipeline" / "Stale deals.md").read_text("utf-8")
    assert "### [[Quiet]]" in text
    assert "Idle 15 days (limit 14): last touch 2026-11-09, email out, line 7." in text
    assert "\nTry: " in text


def test_s1_08_what_lies_in_the_first_stage_untouched_is_found(tmp_path: Path) -> None:
    first = "stage: Initial contact\ncreated: 2026-11-"
    root = vault(
        tmp_path / "vault",
        Tank=lead(f"{first}15"),
        Fresh=lead(f"{first}16"),
        Touched=lead(f"{first}01", "2026-11-02 call out: x"),
    )
    found = [line for line in run(root, "check").stdout.splitlines() if "holding-tank" in line]
    assert len(found) == 1
    assert "Tank.md:1: holding-tank The lead has waited in Initial contact for 8 days" in found[0]


@pytest.fixture
def flagged(tmp_path: Path) -> Path:
    return vault(
        tmp_path / "vault",
        Boss=lead("stage: Meetings\nflags: [micromanager, slow payer]", "2026-11-19 call out: x"),
        Other=lead("stage: Meetings\nflags: micro-manager", "2026-11-20 call out: x"),
        Cheap=lead(
            "stage: Meetings",
            "2026-11-02 value: 12000 -> 10000",
            "2026-11-20 call out: value: 10000 -> 9500",
        ),
    )


def test_s0_15_flagged_leads_are_listed_counted_and_shown(flagged: Path) -> None:
    ran = run(flagged, "leads", "--flag", "Micromanager", "--json")
    assert [row["name"] for row in ran.json] == ["Boss"]
    assert "flags" in run(flagged, "show", "boss").stdout
    assert "micromanager, slow-payer" in run(flagged, "show", "boss").stdout
    flags = section(page(flagged), "Flags")
    assert "- **micromanager**: 1 open lead, 1 touch in 30 days: [[Boss]]" in flags


def test_s0_15_a_flag_that_nobody_has_is_refused_with_those_there_are(flagged: Path) -> None:
    ran = run(flagged, "leads", "--flag", "micromanger")
    assert ran.exit_code == 2
    assert "no lead has the flag 'micromanger'" in ran.stderr
    assert "bargain-hunter, micro-manager, micromanager, slow-payer" in ran.stderr
    assert run(flagged, "leads", "--flag", "bargain-hunter", "--json").json == []


def test_s0_15_a_typo_in_a_flag_is_asked_about(flagged: Path) -> None:
    found = run(flagged, "check", "-v").stdout
    assert 'Other.md:4: flag-unknown The flag "micro-manager" is counted' in found
    assert 'did you mean "micromanager"?' in found
    assert "slow-payer" not in found


def test_s0_16_two_drops_of_value_suggest_a_flag_that_is_never_set(flagged: Path) -> None:
    before = snapshot(flagged)["Cheap.md"]
    flags = section(page(flagged), "Flags")
    assert (
        "[[Cheap]] may be a bargain hunter: 2026-11-02 €12,000 to €10,000, line 6; "
        "2026-11-20 €10,000 to €9,500, line 7" in flags
    )
    assert "flag-suggested The value went down 2 times" in run(flagged, "check", "-v").stdout
    assert snapshot(flagged)["Cheap.md"] == before
    assert run(flagged, "leads", "--flag", "bargain-hunter", "--json").json == []


def test_s0_17_work_beside_the_leads_is_counted_apart(tmp_path: Path) -> None:
    root = vault(
        tmp_path / "vault",
        Acme=lead("stage: Meetings", "2026-11-19 call out: x"),
        **{"2026-11-20": "- LinkedIn: a post\n- LinkedIn with [[Acme]]\n- Emailed the printer\n"},
    )
    assert (
        "Last 30 days: 2 touches with leads, 2 beside them. "
        "2 social touches, 1 linked to a lead." in section(page(root), "How it goes")
    )


def test_s1_06_the_first_action_and_who_still_waits_for_it(tmp_path: Path) -> None:
    root = vault(
        tmp_path / "vault",
        Quick=lead("stage: Meetings\ncreated: 2026-11-16", "2026-11-17 call out: x"),
        Slow=lead("stage: Meetings\ncreated: 2026-11-13", "2026-11-18 call out: x"),
        Tank=lead("stage: Meetings\ncreated: 2026-11-16"),
    )
    numbers = section(page(root), "How it goes")
    assert (
        "First action: 2 working days after a lead came up, at the median "
        "(2 leads of the last 90 days). Nothing was done yet about 1 lead." in numbers
    )
    assert "- [[Tank]]: 5 working days, and waits still\n- [[Slow]]: 3 working days\n" in numbers
    assert "[[Quick]]" not in numbers


def test_s1_07_how_many_next_actions_were_done_by_their_day(tmp_path: Path) -> None:
    kept = ("2026-11-02 review: next Call by 2026-11-06", "2026-11-06 review: done Call")
    late = ("2026-11-02 review: next Call by 2026-11-06", "2026-11-09 review: done Call")
    root = vault(
        tmp_path / "vault",
        **{f"Kept {n}": lead("stage: Meetings\nowner: Ann", *kept) for n in range(3)},
        **{f"Late {n}": lead("stage: Meetings\nowner: Bea", *late) for n in range(2)},
        Gone=lead("stage: Meetings", kept[0]),
    )
    numbers = section(page(root), "How it goes")
    assert (
        "Follow-up kept: 3 of 5 (60%) next actions due in the last 90 days were done by their "
        "day. 2 done late, by 3 days at the median. Of 1 more, the notes do not tell." in numbers
    )
    assert "Kept by owner: Ann 3 of 3, Bea 0 of 2." in numbers


def test_s1_07_answers_on_pages_are_what_the_rate_is_made_of(people: Path) -> None:
    text = page(people).replace("\t- next::", "\t- next:: Call her", 1)
    (people / PAGE).write_text(text.replace("\t- by::", "\t- by:: 2026-11-24", 1), "utf-8")
    run(people, "apply")
    run(people, "refresh", "next-actions")
    actions = people / "Pipeline" / "Next actions.md"
    ticked = "".join(
        line.replace("- [ ]", "- [x]") if "Call her" in line else line
        for line in actions.read_text("utf-8").splitlines(keepends=True)
    )
    actions.write_text(ticked, "utf-8")
    run(people, "apply", today="2026-11-24")
    numbers = section(page(people, today="2026-11-25"), "How it goes")
    assert "Follow-up kept: 1 of 1 next actions due" in numbers
    assert "Too few to judge by." in numbers


def test_s1_20_touches_of_won_and_lost_leads_with_how_many_there_are(tmp_path: Path) -> None:
    calls = [f"2026-11-{day:02} call out: x" for day in range(1, 13)]
    root = vault(
        tmp_path / "vault",
        **{f"Won {n}": lead("stage: Won", *calls[:n]) for n in range(1, 7)},
        Lost=lead("stage: Lost", *calls[:2]),
    )
    assert (
        "Touches a lead: won 3.5 at the median (6 leads; 95% interval 1 to 6); "
        "lost 2 at the median (1 lead; too few for an interval). "
        "They go together, which does not tell whether the one brings the other."
        in section(page(root), "How it goes")
    )


def test_s2_38_touches_on_leads_lost_unqualified(tmp_path: Path) -> None:
    root = vault(
        tmp_path / "vault",
        Dead=lead("stage: Lost", "2026-11-01 call out: x", "2026-11-02 call out: y"),
        Asked=lead("stage: Lost\nproblem: a\nfit: b\ntrigger: c", "2026-11-01 call out: x"),
    )
    assert (
        "Dead ends: 2 touches went into 1 lead lost with fewer than 3 of the seven questions "
        "answered; 2 of 3 with all 2 closed leads." in section(page(root), "How it goes")
    )


def test_the_page_stays_off_until_it_is_asked_for(people: Path) -> None:
    run(people, "refresh")
    assert not (people / PAGE).exists()
    states = {row["name"]: row["state"] for row in run(people, "pages", "--json").json}
    assert (states["follow-up"], states["stale"]) == ("new", "current")
    (people / "vaultflow.toml").write_text('[pages]\nenabled = ["follow-up"]\n', "utf-8")
    run(people, "refresh")
    assert (people / PAGE).exists()


def test_the_page_is_the_same_with_the_cache_and_without_and_is_written_once(people: Path) -> None:
    first = page(people)
    before = snapshot(people)
    assert page(people) == first
    assert snapshot(people)[PAGE] == before[PAGE]
    (people / PAGE).unlink()
    run(people, "--no-cache", "refresh", "follow-up")
    assert (people / PAGE).read_text("utf-8") == first
