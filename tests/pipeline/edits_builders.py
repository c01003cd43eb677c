"""A way to run a verb's operations over the text of a note."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath
from textwrap import dedent
from typing import TYPE_CHECKING

from vaultflow.pipeline.edits.fields import set_operations
from vaultflow.pipeline.edits.types import ValueContext
from vaultflow.pipeline.settings import Settings
from vaultflow.pipeline.workdays import WorkCalendar
from vaultflow.vault.edit.edit import run_operations
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.vault.edit.edit import Operation
    from vaultflow.vault.vault import Vault

PATH = PurePosixPath("Leads/Acme.md")
TODAY = date(2026, 11, 22)
SETTINGS = Settings()

LEAD = """\
---
type: lead
stage: Proposals
value: 12000
---
My own text.

## Log
- 2026-10-30 call out: walked through the proposal
"""


def edited(text: str, operations: Iterable[Operation]) -> str:
    """The note after the operations, which must not be refused."""
    edit = run_operations(PATH, dedent(text).encode(), operations)
    assert edit.refusal is None
    return edit.after.decode()


def context(
    *,
    settings: Settings = SETTINGS,
    vault: Vault | None = None,
    is_lead: bool = True,
    **types: str,
) -> ValueContext:
    """What values are read by; Obsidian's types by property."""
    return ValueContext(
        path=PATH,
        today=TODAY,
        settings=settings,
        calendar=WorkCalendar(),
        property_types=types,
        vault=vault,
        is_lead=is_lead,
    )


def set_in(text: str, key: str, value: str, around: ValueContext | None = None) -> str:
    """The note with the field set; what is wrong with the value when it is none."""
    around = around or context()
    note = read_note(PATH, dedent(text).encode())
    operations, problem = set_operations(note, key, value, around)
    return problem or edited(text, operations)
