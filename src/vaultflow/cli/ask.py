"""The command that walks the tree of question notes: `ask`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from vaultflow.cli.asking import ask as ask_person
from vaultflow.cli.asking import can_ask
from vaultflow.cli.opening import open_vault
from vaultflow.cli.output import complain, say, say_json, talk
from vaultflow.cli.session import Command, Session, pass_session
from vaultflow.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from vaultflow.flow.ask import Step
    from vaultflow.pages.focus import Pick
    from vaultflow.pipeline.practice.reviewing.question_tree import Choice, Question

QUIT = frozenset({"q", "quit", "exit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedStep:
    """One question on the way, and the answer that led on."""

    path: PurePosixPath
    question: str
    answer: str
    """Empty at the end of the way."""
    by_numbers: bool
    """The notes gave the answer: nobody was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWay:
    """The way through the questions."""

    steps: tuple[AskedStep, ...]
    lead: str | None
    """The lead at which it ends; None when it ends elsewhere."""
    why: str


@click.command("ask", cls=Command)
@click.argument("question", required=False)
@click.option(
    "-a", "--answer", "answers", multiple=True, help="Give the answers in turn: a number, or words."
)
@pass_session
def ask(session: Session, *, question: str | None, answers: tuple[str, ...]) -> None:
    """Walk the question notes, from the first question to a lead.

    A note with `type: question` asks; the links in its list are the answers. What the numbers of
    the pipeline tell is not asked. Enter or q ends the way.

    \b
    Example:
      vaultflow ask
      vaultflow ask --answer no --answer yes
    """
    from vaultflow.flow.ask import QuestionTree

    tree = QuestionTree(workspace=open_vault(session))
    given = iter(answers)
    taken: list[AskedStep] = []
    path: PurePosixPath | None = tree.begin(question)
    end: Step | None = None
    while path is not None:
        end = tree.step(path)
        choice, by_numbers = _answer(session, end, given)
        if by_numbers and any(step.path == path for step in taken):
            raise UsageError(f"the questions lead in a circle, by way of {path}")
        taken.append(_taken(end, choice, by_numbers=by_numbers))
        path = _next_path(choice)
    if session.as_json:
        say_json(_way(taken, end))
    elif end:
        _say_end(session, end)


def _answer(session: Session, step: Step, given: Iterator[str]) -> tuple[Choice | None, bool]:
    """The answer at this step, and whether the numbers gave it."""
    question = step.question
    if question is None:
        return None, False
    for finding in question.findings:
        talk(session, str(finding))
    _say_question(session, step, question)
    if question.told:
        if not session.as_json:
            say(session, f"-> {question.told.label}  ({question.told.when})")
        return question.told, True
    return _asked(question, given), False


def _asked(question: Question, given: Iterator[str]) -> Choice | None:
    from vaultflow.flow.ask import choice_meant

    if not question.open_choices:
        return None
    if typed := next(given, ""):
        return choice_meant(question, typed)
    while can_ask() and (typed := ask_person("")) and typed.casefold() not in QUIT:
        try:
            return choice_meant(question, typed)
        except UsageError as error:
            complain(str(error))
    return None


def _say_question(session: Session, step: Step, question: Question) -> None:
    if session.as_json:
        return
    say(session, question.name)
    for line in step.text.splitlines():
        say(session, f"  {line}" if line else "")
    if not question.told:
        for number, choice in enumerate(question.open_choices, start=1):
            say(session, f"  {number} {choice.label}")


def _next_path(choice: Choice | None) -> PurePosixPath | None:
    """Where the answer leads.

    Raises:
        UsageError: when its note does not exist.
    """
    if choice is None:
        return None
    if choice.leads_to is None:
        hint = "vaultflow links --unresolved --create-stubs makes the notes that are missing"
        raise UsageError(f"the note behind “{choice.label}” does not exist", hint=hint)
    return choice.leads_to


def _taken(step: Step, choice: Choice | None, *, by_numbers: bool) -> AskedStep:
    name = step.question.name if step.question else step.path.stem
    answer = choice.label if choice else ""
    return AskedStep(path=step.path, question=name, answer=answer, by_numbers=by_numbers)


def _way(taken: list[AskedStep], end: Step | None) -> AskedWay:
    pick: Pick | None = end.pick if end else None
    lead = str(pick.standing.lead.path) if pick else None
    return AskedWay(steps=tuple(taken), lead=lead, why=pick.why if pick else "")


def _say_end(session: Session, end: Step) -> None:
    if end.pick is None:
        if not end.has_leads:
            say(session, "There is no lead to review today.")
        return
    lead = end.pick.standing.lead
    say(session, f"-> {lead.name}  ({lead.path})")
    say(session, f"   {end.pick.why}. {end.pick.standing.evidence}")
    talk(session, f"vaultflow review {lead.name!r} asks about it")


COMMANDS = {"ask": ask}
