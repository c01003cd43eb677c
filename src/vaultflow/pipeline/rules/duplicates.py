"""What only shows between leads: notes that may be about the same person, company or deal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.practice.cleaning.duplicates import find_alike
from vaultflow.pipeline.practice.cleaning.identities import read_identities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.vault.vault import Vault


def maybe_duplicate(pipeline: Pipeline, vault: Vault) -> Iterator[Finding]:
    """One for each pair, at the note whose path comes later."""
    for pair in find_alike(read_identities(pipeline, vault)):
        yield Finding(
            level=Level.INFO,
            code="maybe-duplicate",
            path=pair.other.path,
            line=0,
            message=f"The {pair.other.kind} may be the same as {pair.one.path}: {pair.why}.",
            hint=f'make one of the two, or set not_duplicate_of to "[[{pair.one.name}]]"',
        )
