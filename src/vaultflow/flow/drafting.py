"""Drafts of what may be sent to a lead: made from a template, read by a person, sent by nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.disk.templates import TemplateFolder
from vaultflow.disk.write import apply_change
from vaultflow.errors import ConflictError
from vaultflow.pages.answers.remarks import plain_text

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.disk.templates import Templates
    from vaultflow.flow.workspace import Workspace
    from vaultflow.pages.brief import Brief

FOLDER = "drafts"
PLACE = PurePosixPath("Drafts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text to send, or not."""

    name: str
    path: PurePosixPath
    """Where it goes when it is written: not dated and linked to nothing, so that it is no touch."""
    text: str


def draft_templates(templates: Templates) -> Templates:
    """The templates of drafts: those of the vault's folder `drafts` come before ours."""
    own = templates.own
    return replace(
        templates,
        own=_below(own) if own and (own.folder / FOLDER).is_dir() else None,
        texts={},
        shipped=_below(templates.shipped),
        vault=None,
    )


def render_draft(workspace: Workspace, name: str, brief: Brief) -> Draft:
    """The draft that a template makes of what is known of a lead.

    Raises:
        TemplateError: when there is no such template, or it cannot be rendered.
        PluginError: when a filter of a plugin raises.
    """
    templates = draft_templates(workspace.templates)
    stem = name.removesuffix(".md")
    rendered = templates.render(stem, brief, workspace.registry.filters)
    # A draft is no Markdown: what was escaped for a page is read again as it was typed.
    text = "\n".join(plain_text(line) for line in rendered.strip("\n").split("\n"))
    return Draft(name=stem, path=PLACE / f"{brief.lead.path.stem} {stem}.md", text=f"{text}\n")


def write_draft(root: Path, draft: Draft) -> None:
    """Writes the draft as a note.

    Raises:
        ConflictError: when another text stands there already.
        VaultError: when it cannot be written.
    """
    before, after = read_existing(root, draft.path), draft.text.encode("utf-8", "surrogateescape")
    if before not in (None, after):
        raise ConflictError(
            "another draft stands there already",
            path=str(draft.path),
            hint="send it or delete it, then draft anew",
        )
    if before is None:
        apply_change(root, Change(path=draft.path, before=None, after=after))


def _below(place: TemplateFolder) -> TemplateFolder:
    return TemplateFolder(folder=place.folder / FOLDER, label=place.label / FOLDER)
