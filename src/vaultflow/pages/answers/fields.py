"""Answers that are written into a field of the practice, such as `problem::` and `budget::`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import did_you_mean
from vaultflow.pages.answers.remarks import one_line
from vaultflow.pages.answers.wish import typed_wish, unclear
from vaultflow.pipeline.edits.places import adding, writing
from vaultflow.pipeline.edits.types import FieldType, ValueContext, type_of_field
from vaultflow.pipeline.edits.values import read_typed
from vaultflow.pipeline.field_names import PRACTICE_FIELDS
from vaultflow.pipeline.practice.qualifying.answers import (
    CHOICES,
    YES_OR_NO,
    Answer,
    answer_to,
    chosen_word,
    split_answer,
)
from vaultflow.pipeline.practice.qualifying.dated_words import first_word, has_day
from vaultflow.pipeline.practice.qualifying.proposals import PARTS
from vaultflow.pipeline.practice.qualifying.qualification import QUESTIONS
from vaultflow.pipeline.practice.qualifying.signals import WEIGHTS
from vaultflow.pipeline.when import read_when

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pages.answers.replies import Problem, Reply
    from vaultflow.pages.answers.wish import Understood, Wish
    from vaultflow.pages.page import Context

DATED = frozenset({"signals", "risks"})
GUARDED = frozenset({*QUESTIONS, *YES_OR_NO, *PARTS, "why_stage", "reason_for_contact"})
"""Asked for while they are empty: what the lead says by now is kept, until it is answered anew."""


def read_fields(reply: Reply, day: date, context: Context) -> Understood:
    """What was answered for the lead's own fields, in the order of the fields."""
    for name in PRACTICE_FIELDS:
        if name in reply.typed:
            yield _read_field(reply, name, day, context)


def _read_field(reply: Reply, name: str, day: date, context: Context) -> Wish | Problem:
    value = one_line(reply.value(name))
    match type_of_field(name):
        case FieldType.DATE:
            return _day_of(reply, name, value, day, context)
        case FieldType.LIST | FieldType.LINKS:
            return _listed(reply, name, value, day, context)
        case FieldType.NUMBER:
            return _number(reply, name, value, day, context)
        case _:
            return _text(reply, name, value, context)


def _text(reply: Reply, name: str, value: str, context: Context) -> Wish | Problem:
    """The words as typed, which have to begin with one of the answers where these are few."""
    if name in YES_OR_NO and answer_to(name, value)[0] is None:
        return unclear(reply, name, f'{name}: "{value}" begins with none of yes, no and ?.')
    if name in CHOICES and not chosen_word(name, value):
        words = CHOICES[name]
        hint = did_you_mean(value, words) or f"say {', '.join(words[:-1])} or {words[-1]}."
        return unclear(reply, name, f'{name}: "{value}" is not known: {hint}')
    operation = writing(getattr(context.settings.fields, name), value)
    over = name if name in GUARDED else ""
    return typed_wish(reply, name, f"{name}: {value}", operation, over=over, fact=value)


def _day_of(reply: Reply, name: str, value: str, day: date, context: Context) -> Wish | Problem:
    """The day on which a step was done; `yes` is the day of the review, `no` takes it back."""
    names, answer = getattr(context.settings.fields, name), split_answer(value)[0]
    if answer is Answer.NO:
        return typed_wish(reply, name, f"{name}: no", writing(names, value=False))
    if answer is Answer.YES:
        return typed_wish(reply, name, f"{name}: {day}", writing(names, day))
    when, problem = read_when(value, day, context.pipeline.calendar, tense="past")
    if when is None:
        return unclear(reply, name, f"{name}: {problem}")
    return typed_wish(reply, name, f"{name}: {when}", writing(names, when))


def _listed(reply: Reply, name: str, value: str, day: date, context: Context) -> Wish | Problem:
    """One or more entries more; a signal or risk is of the review's day unless it names another."""
    kind = type_of_field(name)
    read, problem = read_typed(value, kind, _value_context(reply, day, context))
    entries = read if isinstance(read, tuple) else (value,)
    odd = next((one for one in entries if name == "signals" and not _is_signal(one)), "")
    if problem or odd:
        hint = did_you_mean(first_word(odd), WEIGHTS) or f"there are: {', '.join(WEIGHTS)}."
        return unclear(reply, name, f"{name}: {problem or f'{odd} is no signal: {hint}'}")
    if name in DATED:
        entries = tuple(one if has_day(one) else f"{day} {one}" for one in entries)
    operation = adding(getattr(context.settings.fields, name), entries)
    return typed_wish(reply, name, f"{name}: {', '.join(entries)}", operation)


def _number(reply: Reply, name: str, value: str, day: date, context: Context) -> Wish | Problem:
    number, problem = read_typed(value, FieldType.NUMBER, _value_context(reply, day, context))
    if problem:
        return unclear(reply, name, f"{name}: {problem}")
    operation = writing(getattr(context.settings.fields, name), number)
    return typed_wish(reply, name, f"{name}: {value}", operation)


def _is_signal(entry: str) -> bool:
    return first_word(entry) in WEIGHTS


def _value_context(reply: Reply, day: date, context: Context) -> ValueContext:
    return ValueContext(
        path=reply.standing.lead.path,
        today=day,
        settings=context.settings,
        calendar=context.pipeline.calendar,
        vault=context.vault,
        is_lead=True,
    )
