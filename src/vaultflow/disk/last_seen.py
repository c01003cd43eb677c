"""What leads said at the last look, kept outside the vault: to lose it loses one look, no more."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import MsgspecError, convert
from msgspec.json import decode, encode

from vaultflow.disk.state import state_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Fields: TypeAlias = "Mapping[str, Mapping[str, str]]"
"""By the lead's path and our name for the field."""

FILE = "last-seen.json"
MACHINE = "machine"
MACHINE_DIGITS = 6  # hexadecimal: enough to tell a person's computers apart


class Look(NamedTuple):
    """When leads were looked at, and by what."""

    day: date
    read_by: str
    """What the reading depended on, such as the names of fields."""
    pipeline: str
    """Changes with what all leads say; empty when that is not known."""


class LastSeen(NamedTuple):
    """What leads said at a look."""

    look: Look
    fields: Fields


def load_last_look(root: Path) -> Look | None:
    """The look before this one, without what was seen; None when there was none."""
    with suppress(OSError, ValueError, MsgspecError), _file(root).open("rb") as file:
        return _read_look(file.readline())
    return None


def load_last_seen(root: Path) -> LastSeen | None:
    """The look before this one; None when there was none, or it cannot be read."""
    with suppress(OSError, ValueError, MsgspecError, RecursionError):
        head, _, rest = _file(root).read_bytes().partition(b"\n")
        return LastSeen(_read_look(head), _read_fields(rest))
    return None


def save_last_seen(root: Path, seen: LastSeen) -> None:
    """Keeps this look for the next one, as far as the system lets us."""
    head = encode([seen.look.day.isoformat(), seen.look.read_by, seen.look.pipeline])
    file = _file(root)
    fresh = file.with_name(f"{FILE}.{os.getpid()}")
    with suppress(OSError):
        fresh.write_bytes(head + b"\n" + _packed_fields(seen.fields))
        fresh.replace(file)


def _file(root: Path) -> Path:
    return state_folder(root) / FILE


def _read_look(line: bytes) -> Look:
    day, read_by, pipeline = decode(line, type=tuple[str, str, str])
    return Look(date.fromisoformat(day), read_by, pipeline)


def _packed_fields(fields: Fields) -> bytes:
    try:
        return encode(fields)
    except UnicodeEncodeError:  # a file name that is no Unicode
        import json  # noqa: PLC0415  # which has a way to write it

        return json.dumps(fields).encode("ascii")


def _read_fields(packed: bytes) -> Fields:
    try:
        return decode(packed, type=dict[str, dict[str, str]])
    except MsgspecError:
        import json  # noqa: PLC0415  # as above

        return convert(json.loads(packed), type=dict[str, dict[str, str]])


def machine_name(root: Path) -> str:
    """What tells this computer's journal from others': made up once, and says nothing about it."""
    file = state_folder(root) / MACHINE
    with suppress(OSError):
        if name := file.read_text(encoding="ascii").strip():
            return name
    import secrets  # noqa: PLC0415  # asked for once in the life of a computer

    name = secrets.token_hex(MACHINE_DIGITS // 2)
    with suppress(OSError):
        file.write_text(f"{name}\n", encoding="ascii")
    return name
