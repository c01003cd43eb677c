"""On which line of a TOML text each key stands, for messages that name the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(?P<open>\[\[?)\s*(?P<name>{_DOTTED})\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(rf"\s*(?P<name>{_DOTTED})\s*=")
_TEXT_BLOCK = re.compile(r'"""|' + "'''")


def key_lines(text: str) -> Mapping[str, int]:
    """Line of each table and key, 1-based, by dotted name: `pipeline.stages.0.name`.

    The tables of an array carry their index. Keys inside an inline table are not told apart: see
    `line_of_key`. The text is taken to be valid TOML.
    """
    lines: dict[str, int] = {}
    for name, number in _named_lines(text):
        lines.setdefault(name, number)
    return lines


def line_of_key(lines: Mapping[str, int], key: str) -> int:
    """Line of the key, else of the nearest thing around it that has one; 1 when nothing has."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 1)


def _named_lines(text: str) -> Iterator[tuple[str, int]]:
    table = ""
    counts: dict[str, int] = {}
    for number, line in _lines_outside_text_blocks(text):
        if header := _HEADER.fullmatch(line):
            table = _plain(header["name"])
            yield table, number
            if header["open"] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}.{counts[table]}"
                yield table, number
        elif key := _KEY.match(line):
            yield from _with_parents(table, _plain(key["name"]), number)


def _with_parents(table: str, key: str, number: int) -> Iterator[tuple[str, int]]:
    """The key, and the tables that a dotted key makes by the way."""
    name = table
    for part in key.split("."):
        name = f"{name}.{part}" if name else part
        yield name, number


def _lines_outside_text_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines, without those that begin inside a text of several lines."""
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not fence:
            yield number, line.rstrip("\r")
        for mark in _TEXT_BLOCK.findall(line):
            fence = "" if mark == fence else fence or mark


def _plain(dotted: str) -> str:
    """The dotted name without quotes and blanks: `pipeline . "stages"` is `pipeline.stages`."""
    return ".".join(part.strip("\"'") for part in re.findall(_PART, dotted))
