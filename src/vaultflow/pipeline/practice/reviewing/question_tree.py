"""Question notes: each asks one thing, and its links are the answers that lead on.

    ---
    type: question
    ---
    Is anything due today?

    - [[Do the due ones first|Yes]] [when:: due_today > 0]
    - [[Has anyone gone quiet|No]] [when:: due_today == 0]

A link in a list is an answer, its alias what is said. `when` in its line says by numbers of the
pipeline when it holds: then the notes answer, and nobody is asked. A question without answers is an
end; `then: focus` in its properties picks a lead there.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level, did_you_mean
from vaultflow.pipeline.reading.fields import field_text, find_field, shown_name
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import PurePosixPath

    from vaultflow.vault.note import Note
    from vaultflow.vault.vault import ResolvedLink, Vault

QUESTION = "question"
FOCUS = "focus"
WHEN = "when"

_COMPARISON = re.compile(r"\s*(?P<name>[a-z_]+)\s*(?P<sign>==|!=|>=|<=|>|<)\s*(?P<number>\d+)\s*")
_SIGNS: Mapping[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An answer to a question."""

    label: str
    """What is said: the link's alias, else the name of its note."""
    leads_to: PurePosixPath | None
    """None when the note does not exist."""
    line: int
    when: str = ""
    """The condition as typed."""
    holds: bool | None = None
    """Whether the condition does; None without one, or with one that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question note with its answers."""

    path: PurePosixPath
    name: str
    choices: tuple[Choice, ...]
    picks_lead: bool
    """It ends with a lead: the first in focus."""
    findings: tuple[Finding, ...] = ()

    @property
    def open_choices(self) -> tuple[Choice, ...]:
        """The answers that can be given: those whose condition does not fail."""
        return tuple(choice for choice in self.choices if choice.holds is not False)

    @property
    def told(self) -> Choice | None:
        """The answer that the numbers give: all have a condition, and one of them holds."""
        if any(choice.holds is None for choice in self.choices):
            return None
        true = [choice for choice in self.choices if choice.holds]
        return true[0] if len(true) == 1 else None


def is_question(note: Note, type_names: tuple[str, ...]) -> bool:
    """Whether the note is a question, by its type."""
    return fold(field_text(find_field(note, type_names))) == QUESTION


def read_question(note: Note, vault: Vault, facts: Mapping[str, int]) -> Question:
    """The question that a note asks, its conditions judged by the facts."""
    choices: list[Choice] = []
    findings: list[Finding] = []
    for link in _answers(note, vault):
        choice, wrong = _read_choice(note, link, facts)
        choices.append(choice)
        findings += wrong
    ends = fold(field_text(find_field(note, ("then",))))
    return Question(
        path=note.path,
        name=note.name,
        choices=tuple(choices),
        picks_lead=ends == FOCUS,
        findings=tuple(findings),
    )


def first_questions(notes: Iterable[Note], vault: Vault) -> tuple[PurePosixPath, ...]:
    """The questions to which no other one leads, by path: where to begin.

    Args:
        notes: all question notes.
        vault: theirs.
    """
    asked = {note.path: note for note in notes}
    led_to = {
        link.resolved
        for path, note in asked.items()
        for link in _answers(note, vault)
        if link.resolved != path
    }
    return tuple(sorted(path for path in asked if path not in led_to)) or tuple(sorted(asked))


def _answers(note: Note, vault: Vault) -> Iterator[ResolvedLink]:
    """The links in items of lists."""
    lines = {item.line for item in note.items}
    return (
        link for link in vault.links_of(note.path) if link.link.line in lines and not link.link.key
    )


def _read_choice(
    note: Note, link: ResolvedLink, facts: Mapping[str, int]
) -> tuple[Choice, tuple[Finding, ...]]:
    line = link.link.line
    when = next((f.text for f in note.inline_fields if f.line == line and f.name == WHEN), "")
    holds, problem = _judged(when, facts) if when else (None, "")
    choice = Choice(
        label=shown_name(link.link), leads_to=link.resolved, line=line, when=when, holds=holds
    )
    if not problem:
        return choice, ()
    return choice, (
        Finding(
            level=Level.WARNING,
            code="question-when",
            path=note.path,
            line=line,
            message=f"when: {problem}",
            hint="write it like: open_leads > 0 and overdue == 0",
        ),
    )


def _judged(when: str, facts: Mapping[str, int]) -> tuple[bool | None, str]:
    """Whether a condition holds, or what is wrong with it."""
    result = True
    for part in when.split(" and "):
        match = _COMPARISON.fullmatch(part)
        if match is None:
            return None, f'"{part.strip()}" is no comparison of a number.'
        name = match["name"]
        if name not in facts:
            hint = did_you_mean(name, facts) or f"there are {', '.join(facts)}"
            return None, f'"{name}" is no number of the pipeline: {hint}.'
        result = result and _SIGNS[match["sign"]](facts[name], int(match["number"]))
    return result, ""
