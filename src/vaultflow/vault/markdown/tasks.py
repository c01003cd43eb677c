"""Tasks, as the Tasks plugin reads them: fields at the end of the line, as emoji or in brackets."""

from __future__ import annotations

import re
from functools import cache
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.note import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import PurePosixPath

    from vaultflow.vault.note import ListItem

_MAX_FIELDS = 20  # as many rounds as the Tasks plugin makes
_DATE = r"(\d{4}-\d{2}-\d{2})"
_ID = r"([A-Za-z0-9_-]+)"
_IDS = r"([A-Za-z0-9_-]+(?: *, *[A-Za-z0-9_-]+)*)"

_SHAPES = (
    # field, its emoji, its name in Dataview's form, its value
    ("due", "📅📆🗓", "due", _DATE),
    ("scheduled", "⏳⌛", "scheduled", _DATE),
    ("start", "🛫", "start", _DATE),
    ("created", "➕", "created", _DATE),
    ("done", "✅", "completion", _DATE),
    ("cancelled", "❌", "cancelled", _DATE),
    ("recurrence", "🔁", "repeat", r"([A-Za-z0-9, !]+)"),
    ("on_completion", "🏁", "onCompletion", r"([A-Za-z]+)"),
    ("id", "🆔", "id", _ID),
    ("depends_on", "⛔", "dependsOn", _IDS),
)
_DATES = ("due", "scheduled", "start", "created", "done", "cancelled")
_PRIORITIES = {"🔺": "highest", "⏫": "high", "🔼": "medium", "🔽": "low", "⏬": "lowest"}


_PRIORITY = rf"[\[(]\s*priority::\s*({'|'.join(_PRIORITIES.values())})\s*[\])],?\Z"
_BRACKETED = (
    *(
        (field, rf"(?:\[\s*{name}::\s*{value}\s*\]|\(\s*{name}::\s*{value}\s*\)),?\Z")
        for field, _, name, value in _SHAPES
    ),
    ("priority", _PRIORITY),
)
"""Each field in Dataview's form, at the end of a text."""
_BY_EMOJI = {
    **{
        sign: (field, rf".\ufe0f? *{value}\Z")
        for field, signs, _, value in _SHAPES
        for sign in signs
    },
    **dict.fromkeys(_PRIORITIES, ("priority", r"(.)\ufe0f?\Z")),
}
"""The one field that begins with the emoji; U+FE0F asks for it to be drawn in colour."""
_compiled = cache(re.compile)
"""Made when a task has such a field: to make them all takes as long as to read thirty notes."""
_AFTER_BRACKETS = ("]", ")", ",")
_VALUE_SIGNS = f"{ascii_letters}{digits}_-,! \ufe0f"
"""All that may stand behind a field's emoji."""
_TAG = re.compile(r"(?:(?<=\s)|^)#[^ !@#$%^&*(),.?\":{}|<>]+")
_BLOCK_ID = re.compile(r"(?:^|(?<=\s))\^([A-Za-z0-9-]+)\Z")


def read_tasks(
    path: PurePosixPath, items: Iterable[ListItem]
) -> tuple[tuple[Task, ...], tuple[Finding, ...]]:
    """The tasks among the items, and a finding for each date that no calendar has.

    Fields are read backwards from the line's end: text behind one hides it and those before it.
    Source: Tasks 8.3.0, both of its formats.
    """
    read = tuple(_read_task(item, item.status) for item in items if item.status is not None)
    findings = (
        _date_finding(path, task, typed[field])
        for task, typed in read
        for field in _DATES
        if field in typed and getattr(task, field) is None
    )
    return tuple(task for task, _ in read), tuple(findings)


def _read_task(item: ListItem, status: str) -> tuple[Task, Mapping[str, str]]:
    """The task, and the texts of its fields as typed."""
    text = item.text.rstrip()
    block_id = _BLOCK_ID.search(text) if "^" in text else None
    described = text[: block_id.start()].rstrip() if block_id else text
    description, typed = _split_fields(described)
    task = Task(
        line=item.line,
        status=status,
        text=item.text,
        description=description,
        **{field: read_date(typed[field]) for field in _DATES if field in typed},
        priority=_PRIORITIES.get(typed.get("priority", ""), typed.get("priority")),
        recurrence=typed.get("recurrence"),
        on_completion=typed.get("on_completion"),
        id=typed.get("id"),
        depends_on=tuple(re.split(r" *, *", typed["depends_on"])) if "depends_on" in typed else (),
        tags=tuple(_TAG.findall(described)) if "#" in described else (),
        block_id=block_id[1] if block_id else None,
    )
    return task, typed


def _split_fields(text: str) -> tuple[str, Mapping[str, str]]:
    """The text without the fields at its end, and those fields; tags among them stay in the text.

    Of a field that is there twice the first counts, as in the Tasks plugin.
    """
    typed: dict[str, str] = {}
    last_tags: list[str] = []
    for _ in range(_MAX_FIELDS):
        if found := _last_field(text):
            field, match = found
            typed[field] = next(filter(None, match.groups())).strip()
            text = text[: match.start()].rstrip()
            continue
        if "#" not in text:
            break
        before, word = _split_last_word(text)
        if not _TAG.fullmatch(word):
            break
        last_tags.insert(0, word)
        text = before
    return " ".join(filter(None, (text, *last_tags))) if last_tags else text, typed


def _split_last_word(text: str) -> tuple[str, str]:
    before, *rest = text.rsplit(maxsplit=1) or ("",)
    return (before, rest[0]) if rest else ("", before)


def _last_field(text: str) -> tuple[str, re.Match[str]] | None:
    """The field at the end of the text."""
    if "::" in text and text.endswith(_AFTER_BRACKETS):
        matches = ((field, _compiled(shape).search(text)) for field, shape in _BRACKETED)
        if found := next(((field, match) for field, match in matches if match), None):
            return found
    if text.isascii():
        return None
    before = text.rstrip(_VALUE_SIGNS)
    possible = _BY_EMOJI.get(before[-1:])
    if possible is None:
        return None
    field, shape = possible
    match = _compiled(shape).match(text, len(before) - 1)
    return (field, match) if match else None


def _date_finding(path: PurePosixPath, task: Task, typed: str) -> Finding:
    return Finding(
        level=Level.WARNING,
        code="task-date-invalid",
        path=path,
        line=task.line,
        message=f"{typed} is no day of the calendar.",
        hint="correct it; the task is read without this date",
    )
