"""Log lines as VaultFlow writes them: one form, which `read_log` reads back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.reading.log import kind_of_words
from vaultflow.vault.edit.log import adding_log_line

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.lead import Direction
    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.edit.edit import Operation

LOGGED_KINDS = tuple(
    kind for kind in TouchKind if kind not in (TouchKind.FIELD, TouchKind.STAGE, TouchKind.REVIEW)
)
"""What a person logs; the other lines are written by `move` and by reviews."""

_PARENTHESES = re.compile(r"[()]")


def log_line(
    day: date,
    kind: TouchKind,
    text: str,
    *,
    direction: Direction | None = None,
    step: str = "",
) -> str:
    """`2026-10-30 call out (needs): walked through the proposal`, whatever the texts hold.

    Args:
        day: on which it happened.
        kind: of touch.
        text: what happened; put on one line.
        direction: who reached out to whom; None when that is not known or makes no sense.
        step: what it was for, without parentheses.
    """
    purpose = " ".join(_PARENTHESES.sub(" ", step).split())
    parts = (str(day), kind.value, direction and direction.value, purpose and f"({purpose})")
    return f"{' '.join(part for part in parts if part)}: {' '.join(text.split())}"


def logged_kind(text: str) -> TouchKind:
    """The kind of touch by the first word, as in `called Jane`; a note when that says none."""
    first, *_ = text.split() or [""]
    kind = kind_of_words(first)
    return kind if kind in LOGGED_KINDS else TouchKind.NOTE


def log_operations(line: str, settings: Settings) -> tuple[Operation, ...]:
    """Adds a line, as `log_line` gives it, to the lead's log."""
    return (adding_log_line(settings.leads.log_heading, line),)
