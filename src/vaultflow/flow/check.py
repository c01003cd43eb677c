"""All that `check` says of a vault: what loading it found, and what its pages show beyond that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level, VaultFlowError
from vaultflow.flow.glance import keep_result, result_before
from vaultflow.vault.packed import pack_findings, unpack_findings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vaultflow.flow.glance import Glance
    from vaultflow.flow.workspace import Workspace
    from vaultflow.vault.note import Note

CHECK = "check"


def findings_of(seen: Glance, load: Callable[[Glance], Workspace]) -> tuple[Finding, ...]:
    """Every finding on the vault; those of the last time when nothing has changed since.

    What finds them is loaded only when it is needed.

    Args:
        seen: a glance at the vault.
        load: reads it, when that is needed.
    """
    kept = result_before(seen, CHECK)
    known = unpack_findings(kept) if kept else None
    if known is not None:
        return known
    findings = all_findings(load(seen))
    keep_result(seen, CHECK, pack_findings(findings))
    return findings


def all_findings(workspace: Workspace) -> tuple[Finding, ...]:
    """Every finding on the vault, by path and line.

    Reads the pages once more and plans their answers, which no other command has to wait for.
    """
    found = (*workspace.findings, *note_findings(workspace), *answer_findings(workspace))
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: (finding.path, finding.line)))


def note_findings(workspace: Workspace) -> tuple[Finding, ...]:
    """What is wrong with the pages as they stand: broken markers, items that are there twice.

    And the leads that a placeholder hides: as no list has them, nothing else tells of them.
    """
    from vaultflow.pipeline.reading.hidden import hidden_lead_findings  # noqa: PLC0415  # as above

    # One look at each note for both: to open all of them takes long in a large vault.
    settings, obsidian = workspace.context.settings, workspace.obsidian
    return tuple(
        finding
        for note in workspace.context.vault.notes.values()
        for finding in (
            *(_faults(workspace.root, note) if _holds_blocks(workspace, note) else ()),
            *hidden_lead_findings(note, settings, obsidian),
        )
    )


def answer_findings(workspace: Workspace) -> tuple[Finding, ...]:
    """Answers that `apply` would put into leads, and those that it cannot follow."""
    from vaultflow.flow.answers.applying import plan_answers  # noqa: PLC0415  # as `findings_of` says

    outcome = plan_answers(workspace)
    waiting = (
        Finding(
            level=Level.WARNING,
            code="answer-waiting",
            path=answer.page,
            line=answer.line,
            message=f"This answer is not in {answer.lead.name} yet: {answer.text}",
            hint="`vaultflow apply` puts it there",
        )
        for answer in outcome.applied
    )
    # Of broken markers the page's own findings tell already.
    about = (finding for finding in outcome.findings if finding.code.startswith("answer-"))
    return (*waiting, *about)


def _holds_blocks(workspace: Workspace, note: Note) -> bool:
    """Whether the note is a page, and no template that says what stands in one."""
    from vaultflow.pipeline.reading.selection import is_below  # noqa: PLC0415  # as above

    folders = (*workspace.obsidian.template_folders, workspace.context.settings.vault.templates)
    return note.is_page and not any(folder and is_below(note.path, folder) for folder in folders)


def _faults(root: Path, note: Note) -> tuple[Finding, ...]:
    from vaultflow.disk.notes import read_existing  # noqa: PLC0415  # as above
    from vaultflow.pages.blocks.faults import page_faults  # noqa: PLC0415  # as above

    try:
        raw = read_existing(root, note.path)
    except VaultFlowError:
        return ()  # deleted or taken away since it was read
    return page_faults(note, (raw or b"").decode("utf-8", errors="surrogateescape"))
