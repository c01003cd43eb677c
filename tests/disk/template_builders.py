"""Builders for templates that are given as text."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.templates import TemplateFolder, Templates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOWHERE = TemplateFolder(folder=Path("no such folder"), label=PurePosixPath("templates"))
LEAD = {"name": "Acme | `x`", "path": "Deals/Acme.md", "days": 3, "owner": None}
RECORD = {"lead": LEAD, "leads": [{"name": "A"}, {"name": "B|C"}]}


def templates(**texts: str) -> Templates:
    return Templates(own=None, texts=texts, shipped=NOWHERE)


def render(
    source: str,
    record: object = RECORD,
    filters: Mapping[str, Callable[..., object]] | None = None,
    *,
    seconds: float | None = None,
) -> str:
    return templates(page=source).render("page", record, filters or {}, seconds=seconds)
