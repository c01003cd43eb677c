"""`ask` over real question notes, and stubs for links that lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import example_vault, run, small_vault, snapshot

if TYPE_CHECKING:
    from pathlib import Path

ROOT = """\
---
type: question
---
Any deals?

- [[Pick one|Yes]] [when:: open_leads > 0]
- [[Fill it|No]] [when:: open_leads == 0]
"""
PICK = "---\ntype: question\nthen: focus\n---\nOne deal, not the list.\n"
CHOOSE = "---\ntype: question\n---\nWhich?\n\n- [[Acme|The big one]]\n- [[Pick one|Any]]\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "v", **{"Any deals": ROOT, "Pick one": PICK})


def test_s0_20_the_example_tree_ends_at_picking_a_lead_with_its_reason(tmp_path: Path) -> None:
    vault = example_vault(tmp_path / "v")
    before = snapshot(vault)
    ran = run(vault, "ask", "-a", "no", "-a", "no", "-a", "yes")
    assert ran.exit_code == 0
    assert "-> Yes, there are some  (open_leads > 0)" in ran.stdout
    *_, lead, why = ran.stdout.splitlines()
    assert lead.startswith("-> ")
    assert lead.endswith(".md)")
    assert "Overdue" in why
    assert snapshot(vault) == before


def test_s0_20_yes_and_no_lead_to_different_ends(vault: Path) -> None:
    way = run(vault, "--json", "ask").json
    assert [step["question"] for step in way["steps"]] == ["Any deals", "Pick one"]
    assert way["steps"][0] == {
        "path": "Any deals.md",
        "question": "Any deals",
        "answer": "Yes",
        "by_numbers": True,
    }
    assert way["lead"] == "Acme.md"
    for name in ("Acme", "Beta"):
        (vault / f"{name}.md").unlink()
    ran = run(vault, "ask")
    assert ran.exit_code == 2
    assert "the note behind “No” does not exist" in ran.stderr


def test_s0_20_an_answer_may_lead_straight_to_a_lead(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "v", **{"Which": CHOOSE, "Pick one": PICK})
    ran = run(vault, "ask", "--answer", "the big")
    assert "-> Acme  (Acme.md)" in ran.stdout
    assert run(vault, "--json", "ask", "-a", "2").json["lead"] == "Acme.md"


def test_without_answers_the_question_and_its_choices_are_shown(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "v", **{"Which": CHOOSE, "Pick one": PICK})
    ran = run(vault, "ask")
    assert ran.stdout == "Which\n  Which?\n  1 The big one\n  2 Any\n"


def test_an_answer_that_is_none_names_those_there_are(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "v", **{"Which": CHOOSE, "Pick one": PICK})
    ran = run(vault, "ask", "-a", "perhaps")
    assert ran.exit_code == 2
    assert "1 The big one, 2 Any" in ran.stderr


def test_a_circle_that_the_numbers_answer_is_refused(tmp_path: Path) -> None:
    one = "---\ntype: question\n---\n- [[Two|On]] [when:: open_leads > 0]\n"
    two = "---\ntype: question\n---\n- [[One|Back]] [when:: open_leads > 0]\n"
    vault = small_vault(tmp_path / "v", One=one, Two=two)
    ran = run(vault, "ask", "One")
    assert ran.exit_code == 2
    assert "in a circle" in ran.stderr


def test_a_vault_without_questions_says_how_to_write_one(tmp_path: Path) -> None:
    ran = run(small_vault(tmp_path / "v"), "ask")
    assert ran.exit_code == 2
    assert "type: question" in ran.stderr


def test_a_condition_with_a_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "v", **{"Any deals": ROOT.replace("open_leads >", "opn >")})
    ran = run(vault, "ask")
    assert 'Any deals.md:6: question-when when: "opn" is no number' in ran.stderr


def test_s0_22_stubs_are_made_for_links_that_lead_nowhere_and_overwrite_nothing(
    tmp_path: Path,
) -> None:
    links = "[[New idea]] [[Folder/Deep note|deep]] [[new idea]] [[photo.png]] [[Acme]] [[a|b]]\n"
    vault = small_vault(tmp_path / "v", Links=links)
    before = snapshot(vault)
    dry = run(vault, "links", "--unresolved", "--create-stubs", "--dry-run")
    assert snapshot(vault) == before
    assert "New idea.md  (would be made)" in dry.stdout
    ran = run(vault, "links", "--unresolved", "--create-stubs")
    made = {"New idea.md", "Folder/Deep note.md", "a.md", "Nobody yet.md"}
    assert {line.removesuffix("  (made)") for line in ran.stdout.splitlines()} == made
    assert "photo.png: no note is made" in ran.stderr
    after = snapshot(vault)
    assert {name: seen for name, seen in after.items() if name in before} == before
    assert all(after[name][0] == b"" for name in made)
    (vault / "New idea.md").write_text("mine", encoding="utf-8")
    again = run(vault, "links", "--unresolved", "--create-stubs")
    assert again.stdout == ""
    assert (vault / "New idea.md").read_text(encoding="utf-8") == "mine"


def test_s0_22_a_name_that_no_note_can_have_gets_no_stub(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "v", Links="[[What next?]] [[../outside]]\n", Beta="x")
    ran = run(vault, "links", "--unresolved", "--create-stubs")
    assert ran.stdout == ""
    assert "What next?: no note is made" in ran.stderr
    assert not (tmp_path / "outside.md").exists()


def test_stubs_are_about_unresolved_links(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "v")
    assert run(vault, "links", "--create-stubs").exit_code == 2
    assert run(vault, "links", "--unresolved", "--dry-run").exit_code == 2
