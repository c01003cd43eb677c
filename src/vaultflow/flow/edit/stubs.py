"""Empty notes for links that lead nowhere, so that there is something to write in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.change import Change
from vaultflow.disk.write import apply_change
from vaultflow.errors import VaultFlowError
from vaultflow.pipeline.edits.titles import note_name, title_problem
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vaultflow.vault.report import LinkReport

NOTE = ".md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stub:
    """What is to become of one name that links lead to."""

    target: str
    """As the first link writes it."""
    change: Change | None
    """The note to be made; None when no note can have the name."""
    problem: str = ""


def plan_stubs(links: Iterable[LinkReport]) -> tuple[Stub, ...]:
    """One empty note for each name to which unresolved links lead, in the order of the links.

    A name without a folder goes to the vault's root, as in Obsidian. Names of other files, and
    names that no note can have, get none.
    """
    names: dict[str, str] = {}
    for link in links:
        if link.resolved is None and link.target and not link.target.startswith("."):
            names.setdefault(fold(link.target.removesuffix(NOTE)), link.target)
    return tuple(map(_stub, names.values()))


def write_stubs(root: Path, stubs: Iterable[Stub]) -> Iterator[tuple[PurePosixPath, str]]:
    """Makes the notes; gives each path with what was in the way, if anything was.

    A note that has come up meanwhile is left as it is.
    """
    for stub in stubs:
        if stub.change:
            try:
                apply_change(root, stub.change)
            except VaultFlowError as error:
                yield stub.change.path, str(error)
            else:
                yield stub.change.path, ""


def _stub(target: str) -> Stub:
    path = PurePosixPath(target.removesuffix(NOTE))
    if path.suffix and not target.endswith(NOTE) and len(path.suffix) <= 5:  # noqa: PLR2004  # .jpeg
        return Stub(target=target, change=None, problem="it is no note, but another file")
    problem = next((text for part in path.parts if (text := title_problem(part))), "")
    if problem or path.is_absolute():
        return Stub(target=target, change=None, problem=problem or "it begins with a slash")
    named = path.with_name(f"{note_name(path.name)}{NOTE}")
    return Stub(target=target, change=Change(path=named, before=None, after=b""))
