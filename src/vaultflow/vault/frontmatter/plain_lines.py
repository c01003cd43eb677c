"""Front matter of plain lines, read without a YAML parser: most of it is, and parsing is slow.

`yaml12` defines what is right. Here a source is read only where every line is of a kind that
surely gives the same; one line of another kind, and the whole source is left to `yaml12`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vaultflow.vault.frontmatter.scalars import CONSTANTS, MAX_FRONT_MATTER_BYTES, plain_value
from vaultflow.vault.note import Property

if TYPE_CHECKING:
    from vaultflow.vault.note import Value

_QUOTED = r""" "(?P<double>[^"\\\n]*)"[ ]* | '(?P<single>[^'\n]*)'[ ]* """
_START = r"[\w€$£(/+.~]"
_PLAIN = rf"(?P<plain>{_START}[^:#\n]*(?::(?=\S)[^:#\n]*)*)"

_SKIPPED = re.compile(r"(?:[ ]*|#[^\n]*)\n")
_ENTRY = re.compile(
    rf"""
    (?P<key>[^\W\d_](?:[\w -]{{0,99}}[\w-])?):
    (?: [ ]* | [ ]+(?: {_QUOTED} | \[(?P<flow>[^\n]*)\][ ]* | {_PLAIN} ) )\n
    (?P<block>(?:[ ]*-[ ][^\n]*\n)*)
    """,
    re.VERBOSE,
)
_BLOCK_ITEM = re.compile(rf"(?P<indent>[ ]*)-[ ]+(?: {_QUOTED} | {_PLAIN} )\n", re.VERBOSE)
_FLOW_ITEM = re.compile(
    rf"[ ]*(?: {_QUOTED} | (?P<plain>{_START}[^\[\]{{}},:#\"'&*!|>%@`?]*) )(?:,|\Z)", re.VERBOSE
)


def read_plain_lines(source: str, first_line: int = 1) -> dict[str, Property] | None:
    """The entries by key, in order, as `read_mapping` gives them; None when that is not certain."""
    if not _is_harmless(source):
        return None
    lines = f"{source}\n".replace("\r\n", "\n")
    entries: dict[str, Property] = {}
    position, line = 0, first_line
    while position < len(lines):
        if match := _ENTRY.match(lines, position):
            entry = _entry(match, line)
            if not entry or entry.key in entries or entry.key in CONSTANTS:
                return None
            entries[entry.key] = entry
            line += match["block"].count("\n")
        elif not (match := _SKIPPED.match(lines, position)):
            return None
        line += 1
        position = match.end()
    return entries


def _is_harmless(source: str) -> bool:
    """Whether the source is surely within the limits, and all of it signs that YAML allows."""
    is_small = len(source) * 4 <= MAX_FRONT_MATTER_BYTES  # at most four bytes a sign
    return is_small and source.replace("\r\n", "").replace("\n", "").isprintable()


def _entry(match: re.Match[str], line: int) -> Property | None:
    """What the entry says; None when its list is not of plain items, or is not alone."""
    key, double, single, flow, plain, block = match.groups()
    if flow is None and not block:
        value, text = _scalar(double, single, plain)
        return Property(key=key, value=value, text=text, line=line)
    if block and not (double is single is flow is plain is None):
        return None
    items = _block_items(block) if block else _flow_items(flow)
    if items is None:
        return None
    return Property(key=key, value=items, text="", line=line)


def _scalar(double: str | None, single: str | None, plain: str | None) -> tuple[Value, str]:
    """The value, and the text without quotes."""
    if plain is not None:
        text = plain.rstrip(" ")
        return plain_value(text), text
    quoted = double if single is None else single
    return quoted, quoted or ""


def _block_items(block: str) -> tuple[Value, ...] | None:
    matches = [_BLOCK_ITEM.fullmatch(line) for line in block.splitlines(keepends=True)]
    found = [match for match in matches if match]
    is_even = len({match["indent"] for match in found}) == 1
    if not is_even or found != matches:
        return None
    return tuple(_scalar(*match.group("double", "single", "plain"))[0] for match in found)


def _flow_items(flow: str) -> tuple[Value, ...] | None:
    items: list[Value] = []
    position, text = 0, flow.strip(" ")
    while position < len(text):
        if not (match := _FLOW_ITEM.match(text, position)):
            return None
        items.append(_scalar(*match.groups())[0])
        position = match.end()
    return tuple(items)
