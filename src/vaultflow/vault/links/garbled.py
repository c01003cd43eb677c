"""Links that lead nowhere because they are garbled: what they should say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.vault.links.index import resolve
from vaultflow.vault.mojibake import find_garbled, mended, originals
from vaultflow.vault.names import nfc

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from vaultflow.vault.links.index import LinkIndex
    from vaultflow.vault.note import Link


def mended_link(index: LinkIndex, source: PurePosixPath, link: Link) -> str | None:
    """The link as it was before it was garbled; None unless it then leads to a file."""
    guesses = originals(nfc(link.target))
    meant = next((guess for guess in guesses if resolve(index, source, guess).text), None)
    if meant is None or link.target not in link.text:
        return None
    return _with_target(link, meant)


def link_finding(index: LinkIndex, source: PurePosixPath, link: Link, hint: str) -> Finding | None:
    """What is said of a link that leads nowhere because it is garbled; None when it is not."""
    if meant := mended_link(index, source, link):
        message = f"{link.text} is garbled: {meant} was meant, and that file is there."
        hint = "`vaultflow check --fix` puts it right"
    elif any(garble.sure for garble in find_garbled(link.target)):
        message = f"{link.text} is garbled: {_with_target(link, mended(link.target))} was meant."
        hint = hint or "write it anew"
    else:
        return None
    return Finding(
        level=Level.WARNING,
        code="mojibake",
        path=source,
        line=link.line,
        message=message,
        hint=hint,
    )


def _with_target(link: Link, target: str) -> str:
    return link.text.replace(link.target, target, 1)
