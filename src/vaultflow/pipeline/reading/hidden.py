"""Leads that a placeholder among their properties hides: a note with one counts as a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.reading.selection import is_hidden_lead
from vaultflow.vault.frontmatter.properties import first_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.note import Note, Property
    from vaultflow.vault.obsidian.settings import ObsidianSettings


def hidden_lead_findings(
    note: Note, settings: Settings, obsidian: ObsidianSettings
) -> Iterator[Finding]:
    """One for a note that would be a lead but for its placeholder, and lies in no template folder.

    An info: it may well be a template that lies elsewhere.
    """
    if is_hidden_lead(note, settings, obsidian):
        line, text = placeholder_of(note)
        yield Finding(
            level=Level.INFO,
            code="lead-with-placeholder",
            path=note.path,
            line=line,
            message=f"With {text} in a property this lead counts as a template, so no list has it.",
            hint="fill it in; if it is a template, move it into your template folder",
        )


def placeholder_of(note: Note) -> tuple[int, str]:
    """Line and text of the first placeholder in a property; 0 where no property shows it."""
    properties = (note.properties or {}).values()
    texts = (
        *((one.line, _as_typed(one)) for one in properties),
        *((0, text) for text in note.legible.values()),
    )
    found = ((line, first_placeholder(text)) for line, text in texts)
    return next((each for each in found if each[1]), (0, "a placeholder"))


def _as_typed(prop: Property) -> str:
    """What a property says, as far as a placeholder shows in it."""
    if isinstance(prop.value, Mapping):
        # YAML reads `{{name}}` without quotes as a mapping that has a mapping for its key.
        return " ".join(f"{{{key}}}" for key in prop.value)
    return prop.text or str(prop.value)
