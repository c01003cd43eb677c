"""Answers by which a lead would vanish: with a placeholder in a property it is a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.answers.replies import Problem
from vaultflow.vault.edit.edit import run_operations
from vaultflow.vault.frontmatter.properties import first_placeholder
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from vaultflow.pages.answers.replies import Reply
    from vaultflow.pages.answers.wish import Wish
    from vaultflow.pages.page import Context
    from vaultflow.vault.note import Note


def hiding_problem(wish: Wish, reply: Reply, context: Context) -> Problem | None:
    """The problem of a wish that would write a placeholder into a property; None of any other.

    In the log, or in a field of the lead's text, a placeholder does no harm.
    """
    text = first_placeholder(wish.part)
    if not text or not _hides(wish, context.vault.notes[reply.standing.lead.path]):
        return None
    return Problem(
        code="answer-unclear",
        item=wish.item,
        line=wish.line,
        message=f"{wish.key}: not taken, as with {text} in a property the lead would be an "
        f"unfilled template, in no list. Leave out {text}.",
    )


def _hides(wish: Wish, lead: Note) -> bool:
    """Whether the edits bring a placeholder into the front matter.

    Tried on a note that has no more than the lead's fields in the text: where each edit writes
    depends on these.
    """
    sketch = "".join(f"{field.key}:: {field.text}\n" for field in lead.inline_fields)
    edit = run_operations(lead.path, sketch.encode("utf-8", "replace"), wish.operations)
    return read_note(lead.path, edit.after).is_template
