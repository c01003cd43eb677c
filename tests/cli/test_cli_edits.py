from __future__ import annotations

import base64
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from cli_builders import ACME, CHECKOUT, run, small_vault, snapshot

from vaultflow.cli import edits, main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CASES = sorted((CHECKOUT / "tests" / "data" / "frontmatter-cases").glob("*.json"))


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def text_of(vault: Path, name: str = "Acme") -> str:
    return (vault / f"{name}.md").read_bytes().decode()


@pytest.mark.parametrize("file", CASES, ids=lambda path: path.stem)
def test_f16_set_changes_the_bytes_of_the_value_alone(file: Path, tmp_path: Path) -> None:
    case: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    note = tmp_path / "lead.md"
    note.write_bytes(base64.b64decode(case["input_b64"]))
    os.utime(note, (1e9, 1e9))
    before = snapshot(tmp_path)
    ran = run(None, "set", str(note), case["key"], case["value"]["value"])
    if case["outcome"] == "ok":
        assert ran.exit_code == 0
        assert note.read_bytes() in [base64.b64decode(one) for one in case["accept_b64"]]
    else:
        assert ran.exit_code == (0 if case["outcome"] == "noop" else 7)
        assert snapshot(tmp_path) == before


def test_f17_a_refused_edit_names_the_line_and_says_what_to_do(tmp_path: Path) -> None:
    note = tmp_path / "twice.md"
    note.write_bytes(b"---\nstage: a\nstage: b\n---\n")
    ran = run(None, "set", str(note), "stage", "c")
    assert ran.exit_code == 7
    assert "twice.md:3" in ran.stderr
    assert note.read_bytes() == b"---\nstage: a\nstage: b\n---\n"


def test_f20_what_yaml_would_read_otherwise_stays_as_it_was_typed(vault: Path) -> None:
    odd = "---\ntype: lead\ntime: 12:30\nphone: 0441123\nreply: no\nstage: new\n---\n"
    (vault / "Odd.md").write_text(odd, encoding="utf-8", newline="")
    assert run(vault, "act", "Odd", "12:30", "--by", "fri").exit_code == 0
    after = odd.replace("new\n", 'new\nnext_action: "12:30"\nnext_action_due: 2026-11-27\n')
    assert text_of(vault, "Odd") == after


def test_set_finds_a_lead_by_name_before_a_note_that_begins_so_too(vault: Path) -> None:
    (vault / "Acme B (old).md").write_text("---\ntype: lead\n---\n", encoding="utf-8")
    ran = run(vault, "set", "beta", "value", "4k")
    assert ran.stdout == "Beta.md  (updated)\n"
    assert "value: 4000\n" in text_of(vault, "Beta")


def test_set_takes_a_path_into_a_vault_and_any_note_of_it(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(vault.parent)
    assert run(None, "set", "vault/Acme.md", "company", "Beta").exit_code == 0
    assert 'company: "[[Beta]]"\n' in text_of(vault)
    assert run(vault, "set", "Acme BV", "city", "Bern").exit_code == 0
    assert text_of(vault, "Acme BV") == "---\ncity: Bern\n---\nA company.\n"


def test_set_edits_a_note_that_settings_leave_out(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text('[vault]\nignore = ["Old/**"]\n', encoding="utf-8")
    (vault / "Old").mkdir()
    note = vault / "Old" / "Past.md"
    note.write_text("---\nx: 1\n---\n", encoding="utf-8")
    assert run(vault, "set", str(note), "x", "2").stdout == "Old/Past.md  (updated)\n"
    assert note.read_text("utf-8") == "---\nx: 2\n---\n"


def test_set_refuses_what_is_no_note(tmp_path: Path, vault: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"x")
    assert run(None, "set", str(picture), "a", "b").exit_code == 2
    assert run(vault, "set", "nobody", "a", "b").exit_code == 2
    assert picture.read_bytes() == b"x"


def test_set_says_what_is_wrong_with_a_value(vault: Path) -> None:
    before = snapshot(vault)
    ran = run(vault, "set", "Acme", "expected_close", "2026-02-30")
    assert ran.exit_code == 2
    assert 'expected_close: "2026-02-30" is not a day of the calendar.' in ran.stderr
    assert snapshot(vault) == before


def test_s4_15_act_sets_the_next_action_and_its_day(vault: Path) -> None:
    ran = run(vault, "act", "Acme", "Send it", "--by", "fri")
    assert ran.stdout == "Acme.md  (updated)\n"
    assert text_of(vault) == ACME.replace("Send revised quote", "Send it").replace(
        "2026-11-20", "2026-11-27"
    )


def test_s4_15_an_action_without_its_day_is_refused(vault: Path) -> None:
    assert run(vault, "act", "Acme", "Send it").exit_code == 2
    ran = run(vault, "act", "Acme", "Send it", "--by", "2026-11-01")
    assert ran.exit_code == 2
    assert "has passed" in ran.stderr
    assert text_of(vault) == ACME


def test_s4_21_s4_22_a_number_picks_the_action_word_for_word(vault: Path) -> None:
    assert run(vault, "act", "Acme", "6", "--by", "2d").exit_code == 0
    assert "next_action: Send the revised proposal\nnext_action_due: 2026-11-25\n" in text_of(vault)
    ran = run(vault, "act", "Acme", "9", "--by", "2d")
    assert ran.exit_code == 2
    assert "6 Send the revised proposal" in ran.stderr


def test_log_adds_one_line_at_the_logs_end(vault: Path) -> None:
    assert run(vault, "log", "Acme", "called Jane", "--out", "--step", "needs").exit_code == 0
    assert text_of(vault) == f"{ACME}- 2026-11-23 call out (needs): called Jane\n"
    run(vault, "log", "Acme", "asks for a list", "--kind", "email", "--in", "--on", "fri")
    assert text_of(vault).endswith("- 2026-11-20 email in: asks for a list\n")


def test_log_refuses_no_text_and_a_day_to_come(vault: Path) -> None:
    assert run(vault, "log", "Acme", " ").exit_code == 2
    assert run(vault, "log", "Acme", "call", "--on", "2026-12-01").exit_code == 2
    assert text_of(vault) == ACME


@pytest.mark.parametrize(
    "command",
    [
        ("set", "Acme", "owner", "Bob"),
        ("act", "Acme", "Call", "--by", "fri"),
        ("log", "Acme", "called"),
        ("move", "Acme", "closing"),
        ("win", "Acme"),
        ("lose", "Acme", "--reason", "x"),
        ("park", "Acme", "--until", "1m"),
        ("new", "Fresh"),
    ],
)
def test_every_verb_shows_its_diff_and_writes_nothing_when_dry(
    vault: Path, command: tuple[str, ...]
) -> None:
    before = snapshot(vault)
    ran = run(vault, *command, "--dry-run")
    assert ran.exit_code == 0
    assert "+++ " in ran.stdout
    assert run(vault, *command, "--dry-run", "--json").json["state"] == "planned"
    assert snapshot(vault) == before


def test_f12_the_same_again_is_no_write(vault: Path) -> None:
    run(vault, "act", "Acme", "Call", "--by", "fri")
    before = snapshot(vault)
    assert run(vault, "act", "Acme", "Call", "--by", "fri").stdout == "Acme.md  (unchanged)\n"
    assert run(vault, "act", "Acme", "Call", "--by", "fri", "--json").json == {
        "path": "Acme.md",
        "state": "unchanged",
        "diff": "",
    }
    assert snapshot(vault) == before


def test_new_makes_a_lead_that_is_listed(vault: Path) -> None:
    ran = run(vault, "new", "Gamma site", "--value", "8k", "--company", "Acme BV", "--stage", "new")
    assert ran.stdout == "Gamma site.md  (new)\n"
    card = run(vault, "show", "Gamma", "--json").json["lead"]
    assert (card["value"]["amount"], card["company"]["name"]) == ("8000", "Acme BV")
    assert card["stage"] == "Initial contact"


def test_new_takes_the_vaults_own_template(vault: Path) -> None:
    (vault / ".obsidian" / "templates.json").write_text('{"folder": "T"}', encoding="utf-8")
    (vault / "T").mkdir()
    template = "---\r\ntype: lead\r\nstage:\r\ncreated: {{date}}\r\n---\r\n# {{title}}\r\n"
    (vault / "T" / "Lead.md").write_text(template, encoding="utf-8", newline="")
    assert run(vault, "new", "Gamma", "--person", "Jo", "--person", "Bo").exit_code == 0
    assert text_of(vault, "Gamma") == (
        "---\r\ntype: lead\r\nstage: Initial contact\r\ncreated: 2026-11-23\r\n"
        "people:\r\n  - Jo\r\n  - Bo\r\n---\r\n# Gamma\r\n"
    )


def test_new_does_without_a_template_that_would_make_no_lead(vault: Path) -> None:
    (vault / ".obsidian" / "templates.json").write_text('{"folder": "T"}', encoding="utf-8")
    (vault / "T").mkdir()
    (vault / "T" / "Lead.md").write_text(
        '---\ntype: lead\nasked: "{{mood}}"\n---\n', encoding="utf-8"
    )
    assert run(vault, "new", "Gamma").exit_code == 0
    assert "mood" not in text_of(vault, "Gamma")
    assert run(vault, "show", "Gamma").exit_code == 0


@pytest.mark.parametrize("title", ["../x", "C:\\x", "CON", "x" * 300, "a/b", "x\0y"])
def test_f26_new_refuses_a_title_that_is_no_name(vault: Path, title: str) -> None:
    before = snapshot(vault.parent)
    assert run(vault, "new", title).exit_code == 2
    assert snapshot(vault.parent) == before


def test_f28_new_refuses_a_name_that_differs_by_case_alone(vault: Path) -> None:
    before = snapshot(vault)
    ran = run(vault, "new", "acme")
    assert ran.exit_code == 7
    assert "Acme.md: there is a note of this name already" in ran.stderr
    assert snapshot(vault) == before


def test_f27_new_makes_no_second_note_of_a_name_in_another_form(vault: Path) -> None:
    assert run(vault, "new", "Caf\u00e9").exit_code == 0
    before = snapshot(vault)
    assert run(vault, "new", "Cafe\u0301").exit_code == 7
    assert snapshot(vault) == before


def test_new_refuses_a_value_that_is_none(vault: Path) -> None:
    before = snapshot(vault)
    assert "is not an amount" in run(vault, "new", "Gamma", "--value", "lots").stderr
    assert snapshot(vault) == before


def test_every_verb_has_an_example_in_its_help() -> None:
    verbs = "set move act log win lose park new undo".split()
    assert set(verbs) <= set(main.COMMANDS)
    for verb in verbs:
        assert "Example:" in run(None, verb, "--help").stdout


def test_kinds_on_the_command_line_are_those_that_a_person_logs() -> None:
    from vaultflow.pipeline.edits.log import LOGGED_KINDS

    assert tuple(LOGGED_KINDS) == edits.KINDS


@pytest.mark.parametrize(
    "words",
    [
        ("act", "acme", "Fill {{name}} in", "--by", "fri"),
        ("lose", "acme", "--reason", "no {{name}} yet"),
        ("move", "acme", "won", "--next", "Send {{name}}", "--by", "fri"),
        ("set", "acme", "owner", "{{name}}"),
        ("set", "acme", "tags", "one, {{name}}"),
        ("set", "acme", "type", "{{name}}"),
    ],
)
@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_an_edit_by_which_a_lead_would_be_a_template_is_refused(
    vault: Path, words: tuple[str, ...], more: tuple[str, ...]
) -> None:
    before = snapshot(vault)
    ran = run(vault, *words, *more)
    assert (ran.exit_code, ran.stdout) == (7, "")
    assert "with {{name}} in a property this lead would be an unfilled template" in ran.stderr
    assert "(leave out {{name}}; nothing was written)" in ran.stderr
    assert snapshot(vault) == before


def test_templaters_signs_in_a_property_are_refused_too(vault: Path) -> None:
    ran = run(vault, "act", "acme", "Fill <% name %> in", "--by", "fri")
    assert ran.exit_code == 7
    assert "leave out <%;" in ran.stderr


def test_a_placeholder_may_stand_in_a_log_and_in_a_field_of_the_text(tmp_path: Path) -> None:
    text = ACME.replace("next_action: Send revised quote\n", "")
    text = text.replace("A line of my own.", "next_action:: Call")
    vault = small_vault(tmp_path / "vault", Acme=text)
    assert run(vault, "log", "acme", "sent {{name}}").exit_code == 0
    assert run(vault, "act", "acme", "Fill {{name}} in", "--by", "fri").exit_code == 0
    assert "next_action:: Fill {{name}} in\n" in (vault / "Acme.md").read_text(encoding="utf-8")
    assert len(run(vault, "leads", "--json").json) == 2


def test_a_note_that_is_no_lead_may_become_a_template(tmp_path: Path) -> None:
    form = "---\ntype: lead\nowner: '{{who}}'\n---\n"
    vault = small_vault(tmp_path / "vault", Form=form)
    outside = tmp_path / "loose.md"
    outside.write_text(ACME, encoding="utf-8")
    for note in ("Acme BV", "Form", str(outside)):
        assert run(vault, "set", note, "city", "{{city}}").exit_code == 0


def test_a_lead_may_be_made_none_by_its_type(vault: Path) -> None:
    assert run(vault, "set", "acme", "type", "note").exit_code == 0
    assert [lead["name"] for lead in run(vault, "leads", "--json").json] == ["Beta"]


def test_new_says_which_placeholder_would_make_it_no_lead(vault: Path) -> None:
    ran = run(vault, "new", "Delta", "--company", "{{company}}")
    assert ran.exit_code == 2
    assert "would be no lead (leave out {{company}})" in ran.stderr
    assert not (vault / "Delta.md").exists()
