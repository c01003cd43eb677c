"""Links that lead nowhere, out of the vault, or to one of several files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.vault.links.garbled import link_finding
from vaultflow.vault.links.index import link_text
from vaultflow.vault.links.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePosixPath

    from vaultflow.vault.links.index import LinkIndex, Resolution
    from vaultflow.vault.note import Link

MAX_GUESSES = 200
"""Who links to more notes that are not there than this does so on purpose; a guess takes 0.5 ms."""

_PLACEHOLDERS = ("{{", "<%")


def link_findings(
    index: LinkIndex, links: Iterable[tuple[PurePosixPath, Link, Resolution]]
) -> tuple[Finding, ...]:
    """What is wrong with the links, each given with the note it stands in and where it leads.

    A link to a note that is not there is worth a look only: people write it before the note. A
    template's link with a placeholder in it is fine.
    """
    doubtful = [
        (source, link, resolution)
        for source, link, resolution in links
        if (resolution.text is None or resolution.ambiguous)
        and not any(mark in link.target for mark in _PLACEHOLDERS)
    ]
    unresolved = (link.target for _, link, found in doubtful if not (found.text or found.outside))
    guessed = tuple(dict.fromkeys(unresolved))[:MAX_GUESSES]
    guesses = {target: _guess(index, target) for target in guessed}
    return tuple(
        _garbled(index, source, link, resolution, guesses.get(link.target, ""))
        or _finding(index, source, link, resolution, hint=guesses.get(link.target, ""))
        for source, link, resolution in doubtful
    )


def _garbled(
    index: LinkIndex, source: PurePosixPath, link: Link, resolution: Resolution, hint: str
) -> Finding | None:
    leads_nowhere = resolution.text is None and not resolution.outside
    return link_finding(index, source, link, hint) if leads_nowhere else None


def _guess(index: LinkIndex, target: str) -> str:
    names = " or ".join(f"[[{link_text(index, path)}]]" for path in nearest(index, target))
    return f"did you mean {names}?" if names else ""


def _finding(
    index: LinkIndex, source: PurePosixPath, link: Link, resolution: Resolution, *, hint: str
) -> Finding:
    level, code, message = Level.INFO, "link-unresolved", f"{link.text} leads to no file."
    if resolution.outside:
        level, code = Level.WARNING, "link-outside"
        message = f"{link.text} leads out of the vault."
        hint = "it is read as a link to nothing; nothing outside the vault is looked at"
    elif resolution.path:
        level, code = Level.WARNING, "link-ambiguous"
        message = f"{link.text} may mean several files; {resolution.path} is taken."
        hint = (
            f"name the one that is meant by its path, as in [[{link_text(index, resolution.path)}]]"
        )
    return Finding(level=level, code=code, path=source, line=link.line, message=message, hint=hint)
