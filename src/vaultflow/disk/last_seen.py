"""What leads said at the last look, kept outside the vault: to lose it loses one look, no more."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from vaultflow.disk.state import state_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "last-seen.json"
MACHINE = "machine"
MACHINE_DIGITS = 6  # hexadecimal: enough to tell a person's computers apart


class LastSeen(NamedTuple):
    """What leads said at a look."""

    day: date
    read_by: str
    """What the reading depended on, such as the names of fields."""
    fields: Mapping[str, Mapping[str, str]]
    """By the lead's path and our name for the field."""


def load_last_seen(root: Path) -> LastSeen | None:
    """The look before this one; None when there was none, or it cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads((state_folder(root) / FILE).read_text(encoding="utf-8"))
        fields = {
            str(path): {str(field): str(text) for field, text in said.items()}
            for path, said in kept["fields"].items()
        }
        return LastSeen(date.fromisoformat(kept["day"]), str(kept["read_by"]), fields)
    return None


def save_last_seen(root: Path, seen: LastSeen) -> None:
    """Keeps this look for the next one, as far as the system lets us."""
    kept = {"day": seen.day.isoformat(), "read_by": seen.read_by, "fields": seen.fields}
    folder = state_folder(root)
    fresh = folder / f"{FILE}.{os.getpid()}"
    with suppress(OSError):
        fresh.write_text(json.dumps(kept, ensure_ascii=True), encoding="utf-8")
        fresh.replace(folder / FILE)


def machine_name(root: Path) -> str:
    """What tells this computer's journal from others': made up once, and says nothing about it."""
    file = state_folder(root) / MACHINE
    with suppress(OSError):
        if name := file.read_text(encoding="ascii").strip():
            return name
    name = secrets.token_hex(MACHINE_DIGITS // 2)
    with suppress(OSError):
        file.write_text(f"{name}\n", encoding="ascii")
    return name
