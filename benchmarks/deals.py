"""Leads with a past: each has a course of stages and values, which its last state ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from roster import SPAN_DAYS, TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from bodies import Bodies
    from roster import Roster

OPEN = ("Initial contact", "Qualification", "Meetings", "Proposals", "Closing")
ENDS = ("Won", "Lost", "Parked")
"""The stages of VaultFlow's default preset."""

STAGE_WEIGHTS = (20, 16, 13, 12, 8, 13, 13, 5)
"""How many leads of a hundred are in each of these stages."""

OPEN_DAYS = 300
"""How old an open deal is at most; one that has ended may be as old as the vault."""

OWNERS = ("Ann", "Ben", "Chloé", "Dirk")
SOURCES = ("Referral", "Website", "Talk", "Cold call", "Newsletter", "Trade fair")
KINDS = ("call out", "call in", "email out", "email in", "meeting", "message in", "quote out")
MOST_LOG_LINES = 8

HAS_ACTION = 0.8
HAS_CHANCE = 0.3
SKIPPED = 0.15
REOPENED = 0.1
STEPPED_BACK = 0.15
REVALUED = 0.5
RENAMED = 0.12
LOGS_ITS_MOVES = 0.35
"""Shares of the leads, or of their steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a lead was from some day on."""

    day: date
    stage: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A lead's note in parts, so that it can be written as it was on any day."""

    name: str
    old_name: str
    """What it was called before its last step; the same when it never was renamed."""
    course: tuple[Step, ...]
    fields: str
    """The lines of its front matter that never change."""
    body: str
    log: tuple[tuple[date, str], ...]
    """Its log lines by day."""

    @property
    def folder(self) -> str:
        """Where all leads are."""
        return "Leads"

    def text(self) -> str:
        """The note as it is now."""
        step = self.course[-1]
        closed = f"closed_on: {step.day}\n" if step.stage in {"Won", "Lost"} else ""
        log = "".join(f"- {day} {line}\n" for day, line in self.log)
        return (
            f"---\ntype: lead\nstage: {step.stage}\nvalue: {step.value}\n{closed}{self.fields}---\n"
            f"{self.body}\n## Log\n{log}"
        )

    def earlier(self) -> Iterator[tuple[date, str, str]]:
        """Day, name and text of each state before the last one, oldest first."""
        days = sorted({step.day for step in self.course} | {day for day, _ in self.log})
        for day in days[:-1]:
            was = self.as_of(day)
            yield day, was.name, was.text()

    def last_day(self) -> date:
        """Since when it is as it is now."""
        return max(self.course[-1].day, *(day for day, _ in self.log[-1:]), date.min)

    def as_of(self, day: date) -> Deal:
        """The note as it was at the end of that day."""
        course = tuple(step for step in self.course if step.day <= day)
        return replace(
            self,
            name=self.name if len(course) == len(self.course) else self.old_name,
            course=course,
            log=tuple(line for line in self.log if line[0] <= day),
        )


class Deals:
    """Leads for one vault.

    Args:
        roster: the notes that they link to.
        bodies: what they say.
    """

    def __init__(self, roster: Roster, bodies: Bodies) -> None:
        self.roster = roster
        self.bodies = bodies
        self.random = roster.random

    def deal(self, name: str) -> Deal:
        """The lead of that name."""
        (stage,) = self.random.choices((*OPEN, *ENDS), STAGE_WEIGHTS)
        created = self.roster.day(SPAN_DAYS if stage in ENDS else OPEN_DAYS)
        course = self.course(created, stage)
        is_renamed = len(course) > 1 and self.random.random() < RENAMED
        return Deal(
            name=name,
            old_name=f"{name} (first talk)" if is_renamed else name,
            course=course,
            fields=self.fields(created),
            body=self.bodies.body(name),
            log=self.log(course),
        )

    def course(self, created: date, last_stage: str) -> tuple[Step, ...]:
        """The steps from the first contact to the last stage."""
        stages = path_to(last_stage, self.random)
        days = days_after(created, len(stages), self.random)
        values = [self.random.randint(5, 400) * 100]
        for _ in stages[1:]:
            again = self.random.randint(5, 400) * 100
            values.append(again if self.random.random() < REVALUED else values[-1])
        return tuple(
            Step(day=day, stage=stage, value=value)
            for day, stage, value in zip(days, stages, values, strict=True)
        )

    def fields(self, created: date) -> str:
        """The properties besides stage and value."""
        random, roster, word = self.random, self.roster, self.bodies.prose.word
        due = TODAY + timedelta(days=random.randint(-20, 40))
        has_action = random.random() < HAS_ACTION
        action = f"next_action: Send the {word()}\nnext_action_due: {due}\n" if has_action else ""
        chance = (
            f"probability: {random.randint(1, 9) * 10}\n" if random.random() < HAS_CHANCE else ""
        )
        return (
            f'currency: EUR\ncompany: "[[{roster.some("Companies")}]]"\n'
            f'people: ["[[{roster.some("People")}]]"]\n'
            f"owner: {random.choice(OWNERS)}\nsource: {random.choice(SOURCES)}\n"
            f"created: {created}\nexpected_close: {due + timedelta(days=30)}\n"
            f"{chance}{action}tags:\n  - {word()}\n  - {word()}\n"
        )

    def log(self, course: tuple[Step, ...]) -> tuple[tuple[date, str], ...]:
        """At most eight lines by day: its touches, and for some leads its moves."""
        first, last = course[0].day, course[-1].day
        end = last if course[-1].stage in ENDS else TODAY
        moves = pairwise(course)
        logs_moves = self.random.random() < LOGS_ITS_MOVES
        lines = [
            (after.day, f"stage: {before.stage} -> {after.stage}")
            for before, after in moves
            if logs_moves and before.stage != after.stage
        ]
        for _ in range(self.random.randint(0, MOST_LOG_LINES - min(len(lines), MOST_LOG_LINES))):
            day = first + timedelta(days=self.random.randint(0, (end - first).days))
            lines.append((day, f"{self.random.choice(KINDS)}: {self.bodies.prose.sentence()}"))
        return tuple(sorted(lines)[-MOST_LOG_LINES:])


def path_to(last_stage: str, random: Random) -> tuple[str, ...]:
    """The stages that a lead went through: some skip one, go back, or are opened again."""
    if last_stage in ENDS:
        known = list(OPEN[: random.randint(1, len(OPEN))])
    else:
        known = list(OPEN[: OPEN.index(last_stage)])
    stages = [stage for stage in known if stage == OPEN[0] or random.random() >= SKIPPED]
    if len(stages) > 1 and random.random() < STEPPED_BACK:
        stages.append(stages[-2])
    if random.random() < REOPENED:
        stages += [random.choice(("Lost", "Parked")), "Qualification"]
    if stages and stages[-1] == last_stage:
        stages.pop()
    return (*stages, last_stage)


def days_after(created: date, count: int, random: Random) -> list[date]:
    """The day of creation and those of the steps after it, in order, none after today."""
    span = (TODAY - created).days
    return [
        created,
        *sorted(created + timedelta(days=random.randint(0, span)) for _ in range(count - 1)),
    ]
