from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from cli_builders import ACME, small_vault, snapshot

import vaultflow
from vaultflow import act, flow, log, lose, move, new, park, set_field, win
from vaultflow.errors import ConflictError, Finding, Level, UsageError
from vaultflow.flow.edit.edits import Outside, edit_note, plan_edit
from vaultflow.flow.edit.undo import plan_undo
from vaultflow.flow.edit.verbs import day_meant, lead_named, note_named, stage_meant
from vaultflow.pipeline.lead import Direction, TouchKind
from vaultflow.vault.edit.edit import Edit
from vaultflow.vault.edit.field import setting

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)
PATH = PurePosixPath("Acme.md")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def text_of(vault: Path, name: str = "Acme") -> str:
    return (vault / f"{name}.md").read_bytes().decode()


def test_an_edit_is_planned_from_the_bytes_and_written_only_when_asked(vault: Path) -> None:
    operations = [setting("owner", "Bob")]
    change = plan_edit(Outside(root=vault), PATH, operations)
    assert change
    assert change.before == ACME.encode()
    assert text_of(vault) == ACME
    assert edit_note(Outside(root=vault), PATH, operations) == change
    assert text_of(vault) == ACME.replace("owner: Ann", "owner: Bob")


def test_f12_an_edit_that_changes_nothing_is_no_write(vault: Path) -> None:
    before = snapshot(vault)
    assert plan_edit(Outside(root=vault), PATH, [setting("owner", "Ann")]) is None
    assert edit_note(Outside(root=vault), PATH, [setting("owner", "Ann")]) is None
    assert snapshot(vault) == before


def test_a_refusal_is_a_conflict_with_its_line_and_leaves_the_note(vault: Path) -> None:
    def refuse(path: PurePosixPath, raw: bytes) -> Edit:
        refusal = Finding(level=Level.ERROR, code="x", path=path, line=3, message="No.", hint="so")
        return Edit(after=raw, refusal=refusal)

    for run in (plan_edit, edit_note):
        with pytest.raises(ConflictError, match=r"Acme\.md:3: No\. \(so\)"):
            run(Outside(root=vault), PATH, [setting("owner", "Bob"), refuse])
    assert text_of(vault) == ACME


def test_a_note_that_is_gone_is_not_made_by_an_edit(vault: Path) -> None:
    for run in (plan_edit, edit_note):
        with pytest.raises(ConflictError):
            run(Outside(root=vault), PurePosixPath("None.md"), [setting("a", "b")])
    assert not (vault / "None.md").exists()


def test_f05_an_edit_is_made_on_what_was_saved_last(vault: Path) -> None:
    """A note that is saved between reading and writing keeps both changes."""
    saved: list[PurePosixPath] = []

    def slowly(path: PurePosixPath, raw: bytes) -> Edit:
        if not saved:
            (vault / path).write_bytes(raw + b"Typed meanwhile.\n")
            saved.append(path)
        return setting("owner", "Bob")(path, raw)

    assert edit_note(Outside(root=vault), PATH, [slowly])
    assert text_of(vault) == ACME.replace("Ann", "Bob") + "Typed meanwhile.\n"


def test_the_front_door_makes_no_lead_a_template(vault: Path) -> None:
    before = snapshot(vault)
    with pytest.raises(ConflictError, match=r"Acme\.md:\d+: with \{\{x\}\} in a property"):
        lose(vault, "acme", "{{x}}", today=TODAY)
    assert snapshot(vault) == before


def test_the_front_door_has_every_verb(vault: Path) -> None:
    made = new(vault, "Gamma", today=TODAY, value="8k", people="Jo")
    assert made.path == PurePosixPath("Gamma.md")
    for change in (
        set_field(vault, "Acme BV", "city", "Bern", today=TODAY),
        move(vault, "gamma", "meetings", today=TODAY),
        act(vault, "gamma", "2", "fri", today=TODAY),
        log(vault, "gamma", "sent it", today=TODAY, kind=TouchKind.EMAIL, direction=Direction.OUT),
        win(vault, "gamma", today=TODAY),
        lose(vault, "acme", "no budget", today=TODAY, revisit=date(2027, 5, 1)),
        park(vault, "beta", date(2027, 1, 1), today=TODAY),
    ):
        assert change
    leads = {
        each.lead.name: each.lead
        for each in flow.load(vault, today=TODAY).context.pipeline.standings
    }
    gamma, acme, beta = (leads[name] for name in ("Gamma", "Acme", "Beta"))
    assert gamma.next_action == "Prepare a picture for each thing that hurts them"
    assert [touch.kind for touch in gamma.touches] == ["stage", "email", "stage"]
    assert gamma.stage
    assert gamma.stage.name == "Won"
    assert (acme.lost_reason, acme.revisit_on) == ("no budget", date(2027, 5, 1))
    assert beta.revisit_on == date(2027, 1, 1)
    assert text_of(vault, "Acme BV") == "---\ncity: Bern\n---\nA company.\n"


def test_every_name_of_the_front_door_is_there_and_explained() -> None:
    for name in vaultflow.__all__:
        assert getattr(vaultflow, name).__doc__


def test_what_is_meant_is_found_or_said(vault: Path) -> None:
    workspace = flow.load(vault, today=TODAY)
    assert lead_named(workspace, "bet").path == PurePosixPath("Beta.md")
    assert note_named(workspace, "acme bv").path == PurePosixPath("Acme BV.md")
    assert stage_meant(workspace, "quote").name == "Proposals"
    assert day_meant(workspace, "fri") == date(2026, 11, 27)
    with pytest.raises(UsageError, match="is not a stage"):
        stage_meant(workspace, "x")
    with pytest.raises(UsageError, match=r"has passed.*\(write one of"):
        day_meant(workspace, "2026-11-01")


def test_an_undo_is_planned_from_what_was_displaced(vault: Path) -> None:
    win(vault, "acme", today=TODAY)
    won = text_of(vault).encode()
    change = plan_undo(vault, "Acme")
    assert (change.path, change.before, change.after) == (PATH, won, ACME.encode())
    with pytest.raises(UsageError):
        plan_undo(vault, "Beta")
