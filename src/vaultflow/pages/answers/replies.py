"""What the user says about one lead in one review: the answers that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaultflow.pages.answers.leads import subpath_of
from vaultflow.pages.answers.record import Record, find_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import PurePosixPath

    from vaultflow.pages.answers.asked import Asked, Typed
    from vaultflow.pages.answers.leads import AnsweredPage
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An answer that cannot be followed, and why."""

    code: str
    item: str
    """Id of the item that it stands below."""
    line: int
    """On the page."""
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was ticked and typed about a lead in a review."""

    standing: Standing
    page: AnsweredPage
    subpath: str
    """`#^vf-...` on a page that is of today every day, where each item is a review of its own."""
    asked: tuple[Asked, ...]
    typed: Mapping[str, Typed]
    """By key; of several the first."""
    record: Record | None
    """What was applied already."""

    def value(self, key: str) -> str:
        """What was typed; empty when that answer was not given."""
        return self.typed[key].value if key in self.typed else ""


def build_replies(
    page: AnsweredPage, asked: Iterable[Asked], context: Context
) -> tuple[tuple[Reply, ...], tuple[Problem, ...]]:
    """The replies of a page by lead, in order, and answers that belong to no reply."""
    groups: dict[tuple[PurePosixPath, str], list[Asked]] = {}
    problems: list[Problem] = []
    for one in asked:
        if one.standing is not None and one.standing.lead.readable:
            subpath = subpath_of(page, one.id)
            groups.setdefault((one.standing.lead.path, subpath), []).append(one)
        elif one.typed:
            problems.append(_unowned(one))
        problems += map(_misspelt, one.misspelt)
    replies = [
        Reply(
            standing=standing,
            page=page,
            subpath=subpath,
            asked=tuple(group),
            typed=_first_of_each(group),
            record=find_record(standing.lead.path, page.path, subpath, context),
        )
        for (_, subpath), group in groups.items()
        if (standing := group[0].standing)
    ]
    return tuple(replies), (*problems, *(one for reply in replies for one in _doubled(reply)))


def _first_of_each(asked: Sequence[Asked]) -> Mapping[str, Typed]:
    typed: dict[str, Typed] = {}
    for one in (answer for each in asked for answer in each.typed):
        typed.setdefault(one.key, one)
    return typed


def _doubled(reply: Reply) -> Iterator[Problem]:
    """The answers that say something else than an earlier one to the same field."""
    for typed in (answer for each in reply.asked for answer in each.typed):
        first = reply.typed[typed.key]
        if typed.value != first.value:
            yield Problem(
                code="answer-twice",
                item=typed.item,
                line=typed.line,
                message=f'{typed.key}: another answer says "{first.value}", which counts.',
            )


def _misspelt(typed: Typed) -> Problem:
    return Problem(
        code="answer-unclear",
        item=typed.item,
        line=typed.line,
        message=f"{typed.key}: this is not taken as it is written."
        f' Begin a line with "{typed.key}::" for it.',
    )


def _unowned(asked: Asked) -> Problem:
    return Problem(
        code="answer-unowned", item=asked.id, line=asked.typed[0].line, message=_why_unowned(asked)
    )


def _why_unowned(asked: Asked) -> str:
    if asked.doubt:
        place, ident = asked.doubt
        return (
            f'By its place this is about "{place}", by its id about "{ident}". The answer stays'
            " here: give it below a question about the right one."
        )
    what = "The note of this lead cannot be read" if asked.standing else "There is no such lead"
    return f"{what}, so the answer stays here."
