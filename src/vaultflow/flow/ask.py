"""The tree of question notes, one step after the other: notes and numbers of today -> a lead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vaultflow.disk.files import read_bytes
from vaultflow.errors import Finding, UsageError
from vaultflow.flow.choice import chosen
from vaultflow.pages.counts import count_leads
from vaultflow.pages.focus import make_pick, pick_focus, reason_for
from vaultflow.pipeline.practice.reviewing.question_tree import (
    first_questions,
    is_question,
    read_question,
)
from vaultflow.vault.frontmatter.properties import split_front_matter
from vaultflow.vault.text import decode_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import PurePosixPath

    from vaultflow.flow.workspace import Workspace
    from vaultflow.pages.focus import Pick
    from vaultflow.pipeline.practice.reviewing.question_tree import Choice, Question

NO_QUESTIONS = "there is no question note in this vault"
HOW_TO = 'give a note the property "type: question"; its links in a list are the answers'


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One note on the way: a question, or the lead at the end."""

    path: PurePosixPath
    text: str
    """What the note says, without properties and answers."""
    question: Question | None
    """None when the note is no question: then the way ends here."""
    pick: Pick | None
    """The lead at which the way ends, and why it is this one."""
    has_leads: bool = True
    """False when a lead was to be picked and there is none to review."""


@dataclass(frozen=True, kw_only=True)
class QuestionTree:
    """The questions of a vault. Without slots: what each step needs is worked out once."""

    workspace: Workspace

    @cached_property
    def facts(self) -> Mapping[str, int]:
        """The numbers that conditions may name."""
        counts = count_leads(self.workspace.context)
        return {
            "open_leads": counts.open,
            "with_action": counts.with_action,
            "without_action": counts.without_action,
            "overdue": counts.overdue,
            "due_today": counts.due_today,
            "stale": counts.stale,
            "parked": counts.parked,
            "unreadable": counts.unreadable,
        }

    def begin(self, name: str | None = None) -> PurePosixPath:
        """The question to begin with: the one named, else the one to which no other leads.

        Raises:
            UsageError: when there is none, or when it is not clear which.
        """
        vault = self.workspace.context.vault
        names = self.workspace.context.settings.fields.type
        notes = [note for note in vault.notes.values() if is_question(note, names)]
        if not notes:
            raise UsageError(NO_QUESTIONS, hint=HOW_TO)
        if name:
            return chosen((note.path for note in notes), name, self.workspace.root, "question")
        first = first_questions(notes, vault)
        if len(first) > 1:
            listed = "".join(f"\n  {path}" for path in first[:10])
            raise UsageError(f"there are {len(first)} questions to begin with; name one:{listed}")
        return first[0]

    def step(self, path: PurePosixPath) -> Step:
        """What stands at the path."""
        context = self.workspace.context
        note = context.vault.notes[path]
        if not is_question(note, context.settings.fields.type):
            return Step(path=path, text="", question=None, pick=self._lead_at(path))
        question = read_question(note, context.vault, self.facts)
        pick = next(iter(pick_focus(context)), None) if question.picks_lead else None
        return Step(
            path=path,
            text=self._text(path, question.choices),
            question=question,
            pick=pick,
            has_leads=pick is not None or not question.picks_lead,
        )

    def _lead_at(self, path: PurePosixPath) -> Pick | None:
        context = self.workspace.context
        found = (one for one in context.pipeline.standings if one.lead.path == path)
        standing = next(found, None)
        return make_pick(standing, reason_for(standing), context) if standing else None

    def _text(self, path: PurePosixPath, choices: Iterable[Choice]) -> str:
        raw = read_bytes(self.workspace.root, path)
        text, _ = (None, ()) if isinstance(raw, Finding) else decode_note(path, raw)
        if text is None:
            return ""
        front_matter, _ = split_front_matter(path, text)
        hidden = {choice.line for choice in choices}
        below = front_matter.body_line if front_matter else 1
        lines = text[front_matter.body_start :] if front_matter else text
        kept = (
            line
            for number, line in enumerate(lines.splitlines(), start=below)
            if number not in hidden
        )
        return "\n".join(kept).strip()


def choice_meant(question: Question, text: str) -> Choice:
    """The answer that a person means by its number or the beginning of its words.

    Raises:
        UsageError: when it is none of them, or could be several.
    """
    choices = question.open_choices
    if text.isdecimal() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    wanted = text.casefold()
    found = [choice for choice in choices if choice.label.casefold().startswith(wanted)]
    if len(found) == 1 and wanted:
        return found[0]
    listed = ", ".join(f"{number} {one.label}" for number, one in enumerate(choices, start=1))
    raise UsageError(f"{text!r} is none of the answers", hint=f"there are: {listed}")
