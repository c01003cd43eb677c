"""Small changes of notes, made as editors make them: a new file takes the old one's name."""

from __future__ import annotations

import re
import time
from itertools import count
from typing import TYPE_CHECKING

from roster import TODAY

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "Notes/Note 000001.md"
LEAD = "Leads/Lead 000001.md"
VALUE_LINE = re.compile(r"^value: .*$", re.MULTILINE)
_numbers = count()


def replace(file: Path, text: str) -> float:
    """Writes the file anew by way of a temporary one beside it; gives when, by `perf_counter`."""
    fresh = file.with_name(f".{file.name}.tmp")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    began = time.perf_counter()
    fresh.replace(file)
    return began


def add_sentence(file: Path) -> None:
    """Adds a sentence below the note's title, another one each time."""
    text = file.read_text(encoding="utf-8")
    title, _, rest = text.partition("\n\n")
    replace(file, f"{title}\n\nThis is thought number {next(_numbers)} about it.\n\n{rest}")


def add_log_line(file: Path) -> None:
    """Adds a line of today to the lead's log."""
    text = file.read_text(encoding="utf-8")
    replace(file, f"{text}- {TODAY} call out: talked about point {next(_numbers)}\n")


def set_value(file: Path, value: int) -> float:
    """Gives the lead another value; gives when it had it, by `perf_counter`."""
    text = file.read_text(encoding="utf-8")
    return replace(file, VALUE_LINE.sub(f"value: {value}", text, count=1))
