from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from cli_builders import run, snapshot
from test_cli_analysis import lead, vault_of

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-11-25"
DEAL = lead(
    "Meetings",
    "- 2026-11-02 call out (needs): first talk\n"
    "- 2026-11-10 email out: sent [[Old guide]]\n"
    "- 2026-11-20 email in: asks about ovens #signal/asks-questions\n"
    "- 2026-11-20 stage: Qualification -> Meetings\n",
    company='"[[Co]]"',
    people='["[[Jane]]"]',
    problem="ovens | that <b>cool</b> *fast*",
    trigger="the bill",
    reason_for_contact="read the blog",
    risks="champion-left",
    next_action="Call Jane",
    next_action_due="2026-11-24",
    created="2026-11-01",
)
NOTES = {
    "Deal": DEAL,
    "Co": "---\nindustry: Bakeries\nwebsite: co.example\n---\n",
    "Jane": "---\nrole: Head of Ovens\nphone: 123\n---\n",
    "Oven guide": "---\ntype: content\nfor: [bakeries, meetings]\n---\n",
    "Old guide": "---\ntype: content\nfor: Bakeries\n---\n",
    "Other": "---\ntype: content\nfor: Banks\n---\n",
}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return vault_of(tmp_path, **NOTES)


def brief(vault: Path, *args: str, name: str = "Deal") -> str:
    ran = run(vault, "brief", name, *args, today=TODAY)
    assert ran.exit_code == 0
    return ran.stdout


def test_s2_34_s3_19_what_they_need_comes_first(vault: Path) -> None:
    lines = brief(vault).splitlines()
    assert lines[1] == "their problem   ovens | that <b>cool</b> *fast*"
    assert lines[2] == "they came for   read the blog"
    assert lines[3] == "they said       trigger: the bill"
    assert lines[4] == "still to ask    What happens if it stays unsolved?"


def test_s2_34_everything_stands_on_one_page(vault: Path) -> None:
    text = brief(vault)
    for line in (
        "company         Co\n                  industry: Bakeries\n",
        "people          Jane\n                  job_title: Head of Ovens\n",
        "stage           Meetings: ",
        "next action     Call Jane, by 2026-11-24 (1 days overdue)\n",
        "you owe         a reply for 5 days: 2026-11-20 email in, line ",
        "last touches    2026-11-20 email in: asks about ovens",
        "signals         asks-questions: 2026-11-20 email in",
        "risks           champion-left: field risks",
        "score           ?",
        "before that     2026-11-01 created: came up",
    ):
        assert line in text
    assert "they owe" not in text


def test_s2_43_the_stored_problem_is_asked_about_again(vault: Path) -> None:
    last = brief(vault).splitlines()[-1]
    assert last == (
        'in the call     How does what you show solve "ovens | that <b>cool</b> *fast*" for them?'
    )


def test_s2_28_content_that_fits_and_was_not_sent_is_named(vault: Path) -> None:
    text = brief(vault)
    assert "may be sent     Oven guide (for bakeries, meetings)\n" in text
    assert "has got         Old guide, 2026-11-10\n" in text
    assert "Other" not in text


def test_s2_28_interests_count_too(vault: Path) -> None:
    (vault / "Deal.md").write_text(lead("Meetings", interests="[Banks]"), encoding="utf-8")
    assert (
        "may be sent     Other (for Banks)\n                Oven guide (for meetings)\n"
        in brief(vault)
    )


def test_s2_34_what_is_not_known_is_said(tmp_path: Path) -> None:
    text = brief(vault_of(tmp_path, Deal=lead("Initial contact")))
    assert "their problem   not known: ask what they want to solve\n" in text
    assert "next action     none: agree on one in the call\n" in text
    assert "bring up" not in text


@pytest.mark.parametrize("stage", ["Closing", "won"])
def test_s2_34_at_the_close_it_says_what_to_bring_up(tmp_path: Path, stage: str) -> None:
    assert "\nbring up        " in brief(vault_of(tmp_path, Deal=lead(stage)))


def test_s3_19_a_client_who_should_hear_from_you_is_due(tmp_path: Path) -> None:
    deal = lead("won", "- 2026-08-26 call: done\n", closed_on="2026-08-26")
    assert "\ndue             a touch: 91 days" in brief(vault_of(tmp_path, Deal=deal))


def test_s2_34_the_same_is_there_as_json(vault: Path) -> None:
    found = run(vault, "brief", "Deal", "--json", today=TODAY).json
    assert found["needs"]["problem"] == "ovens | that <b>cool</b> *fast*"
    assert found["to_send"][0]["because"] == ["bakeries", "meetings"]
    assert len(found["needs"]["unknown"]) == 5


def test_s2_11_a_draft_is_printed_as_it_was_typed_and_nothing_is_written(vault: Path) -> None:
    before = snapshot(vault)
    text = brief(vault, "--draft", "follow-up")
    assert text.startswith("Hello Jane,\n\nyou told me what you want to solve: ")
    assert "solve: ovens | that <b>cool</b> *fast*\n" in text
    assert "This may help you until then: Oven guide\n" in text
    assert {name: kept for name, kept in snapshot(vault).items() if ".vaultflow" not in name} == {
        name: kept for name, kept in before.items() if ".vaultflow" not in name
    }


def test_s2_11_nothing_is_sent(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a draft opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert "thank you for your time on Monday 2 November." in brief(vault, "--draft", "thanks")
    assert "Should it come up once more" in brief(vault, "--draft", "break-up")


def test_s2_11_a_draft_is_written_when_asked_and_never_over_another_one(vault: Path) -> None:
    text = brief(vault, "--draft", "thanks", "--write")
    note = vault / "Drafts/Deal thanks.md"
    assert note.read_text(encoding="utf-8") == text
    brief(vault, "--draft", "thanks", "--write")
    touches = run(vault, "show", "Deal", "--json", today=TODAY).json["touches"]
    assert not [touch for touch in touches if "Drafts" in touch["path"]]
    note.write_text("mine\n", encoding="utf-8")
    ran = run(vault, "brief", "Deal", "--draft", "thanks", "--write", today=TODAY)
    assert ran.exit_code == 7
    assert note.read_text(encoding="utf-8") == "mine\n"


def test_s2_11_a_template_of_the_vault_comes_first_and_runs_nothing_of_a_lead(vault: Path) -> None:
    folder = vault / "_templates/vaultflow/drafts"
    folder.mkdir(parents=True)
    (folder / "thanks.md").write_text("Mine: {{ needs.problem }}\n", encoding="utf-8")
    (folder / "own.md").write_text("{{ ''.__class__ }}\n", encoding="utf-8")
    (vault / "Deal.md").write_text(lead("Meetings", "\nproblem:: {{ 7 * 7 }}\n"), encoding="utf-8")
    assert brief(vault, "--draft", "thanks") == "Mine: {{ 7 * 7 }}\n"
    assert run(vault, "brief", "Deal", "--draft", "own", today=TODAY).exit_code == 5


def test_s2_11_write_alone_and_a_draft_that_is_not_there_are_refused(vault: Path) -> None:
    assert run(vault, "brief", "Deal", "--write", today=TODAY).exit_code == 2
    ran = run(vault, "brief", "Deal", "--draft", "thank", today=TODAY)
    assert ran.exit_code == 5
    assert "thanks" in ran.stderr
