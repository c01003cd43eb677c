"""Garbled text in a note: what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.vault.mojibake import find_garbled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import PurePosixPath

    from vaultflow.vault.mojibake import Garble

MOST_SHOWN = 3  # garbled pieces of a line; the others are of the same kind


def text_findings(path: PurePosixPath, text: str, lines: Iterable[int]) -> Iterator[Finding]:
    """One for each of these lines that is garbled; targets of links are judged by their vault."""
    if text.isascii() or not (numbers := sorted(set(lines))):
        return
    written = text.split("\n")
    for line in numbers:
        if garbled := find_garbled(written[line - 1]):
            yield _text_finding(path, line, garbled)


def _text_finding(path: PurePosixPath, line: int, garbled: tuple[Garble, ...]) -> Finding:
    pairs = list(dict.fromkeys((garble.text, garble.original) for garble in garbled))
    said = ", ".join(f'"{text}" was "{original}"' for text, original in pairs[:MOST_SHOWN])
    more = f", and {len(pairs) - MOST_SHOWN} more" if len(pairs) > MOST_SHOWN else ""
    sure = any(garble.sure for garble in garbled)
    return Finding(
        level=Level.WARNING if sure else Level.INFO,
        code="mojibake",
        path=path,
        line=line,
        message=f"The text is garbled: {said}{more}." if sure else f"Perhaps {said}{more}.",
        hint="`vaultflow check --fix` puts it right" if sure else "read the line again",
    )
