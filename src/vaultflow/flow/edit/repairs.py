"""Which findings can be mended without asking what was meant: planned first, then written."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.disk.write import apply_change
from vaultflow.disk.writing.lock import vault_lock
from vaultflow.errors import ConflictError, Level
from vaultflow.flow.edit.edits import plan_edit
from vaultflow.flow.page_names import pages_to_refresh
from vaultflow.flow.pages import plan_pages
from vaultflow.pages.blocks.mending import MENDABLE, mend_markers
from vaultflow.vault.edit.edit import Edit
from vaultflow.vault.edit.mending import (
    close_front_matter,
    mend_text,
    quote_links,
    rewrite_links,
)
from vaultflow.vault.links.garbled import mended_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.change import Change
    from vaultflow.errors import Finding
    from vaultflow.flow.workspace import Workspace
    from vaultflow.vault.edit.edit import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What puts a note right, or as much of it as is safe."""

    change: Change
    codes: tuple[str, ...]
    """Of the findings that it is about, in order of their lines."""


def plan_repairs(workspace: Workspace, findings: Iterable[Finding]) -> tuple[Repair, ...]:
    """The repairs of these findings, one a note; what is not safe to mend is left out."""
    by_path: dict[PurePosixPath, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_path[finding.path].append(finding)
    rendered = _rendered(workspace) if _has_broken_markers(by_path) else {}
    repairs = (
        _planned(workspace, path, found, rendered.get(path, "")) for path, found in by_path.items()
    )
    return tuple(repair for repair in repairs if repair)


def apply_repair(root: Path, repair: Repair) -> bool:
    """Writes one repair, if the note is still as it was shown; gives whether that was needed.

    Raises:
        ConflictError: the note was changed meanwhile.
        VaultError: it cannot be written.
    """
    with vault_lock(root):
        return apply_change(root, repair.change)


def _has_broken_markers(by_path: Mapping[PurePosixPath, Sequence[Finding]]) -> bool:
    return any(finding.code in MENDABLE for found in by_path.values() for finding in found)


def _rendered(workspace: Workspace) -> Mapping[PurePosixPath, str]:
    """The pages as their templates give them today; older ones cannot be had again."""
    plans = plan_pages(workspace, pages_to_refresh(workspace)).plans
    return {
        plan.status.path: workspace.templates.render(
            plan.status.name, plan.record, workspace.registry.filters
        )
        for plan in plans
        if plan.record is not None
    }


def _planned(
    workspace: Workspace, path: PurePosixPath, findings: Sequence[Finding], rendered: str
) -> Repair | None:
    operations = [
        (code, operation)
        for code in dict.fromkeys(finding.code for finding in findings)
        for operation in _operations(workspace, path, code, findings, rendered)
    ]
    try:
        change = plan_edit(workspace, path, (each for _, each in operations))
    except ConflictError:
        return None  # it cannot be edited safely, as its findings say
    codes = tuple(dict.fromkeys(code for code, _ in operations))
    return Repair(change=change, codes=codes) if change else None


def _operations(
    workspace: Workspace,
    path: PurePosixPath,
    code: str,
    findings: Sequence[Finding],
    rendered: str,
) -> Iterator[Operation]:
    """The edit that mends the findings of this code; none when there is no safe one."""
    match code:
        case "front-matter-open":
            yield _closing
        case "link-unquoted":
            yield quote_links
        case "mojibake":
            yield from _mending(workspace, path, findings)
        case _ if code in MENDABLE and rendered:
            yield _marking(rendered)


def _mending(
    workspace: Workspace, path: PurePosixPath, findings: Sequence[Finding]
) -> Iterator[Operation]:
    vault = workspace.context.vault
    if vault.notes[path].is_page:
        return  # its garbled text comes from a lead, and goes when that is mended
    if rewrites := [
        (found.link.line, found.link.text, meant)
        for found in vault.links_of(path)
        if found.resolved is None
        if (meant := mended_link(vault.index, path, found.link))
    ]:
        yield rewrite_links(rewrites)
    if lines := {
        finding.line
        for finding in findings
        if finding.code == "mojibake" and finding.level is Level.WARNING
    }:
        yield mend_text(lines)


def _closing(path: PurePosixPath, raw: bytes) -> Edit:
    """Properties that are read only once they are closed may hold links without quotes too."""
    closed = close_front_matter(path, raw)
    return closed if closed.after == raw else quote_links(path, closed.after)


def _marking(rendered: str) -> Operation:
    def mark(path: PurePosixPath, raw: bytes) -> Edit:
        existing = raw.decode("utf-8", errors="surrogateescape")
        mended = mend_markers(existing, rendered, path=path)
        return Edit(
            after=raw if mended is None else mended.encode("utf-8", errors="surrogateescape")
        )

    return mark
