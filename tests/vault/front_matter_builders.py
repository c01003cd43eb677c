"""Notes for the tests of front matter: the odd ones that are kept, and ones made on the spot."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.vault.frontmatter.properties import read_properties, split_front_matter
from vaultflow.vault.text import decode_note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultflow.errors import Finding
    from vaultflow.vault.note import Property

RECORDED = Path(__file__).parent.parent / "data"
NOTE = PurePosixPath("Leads/Acme.md")


def oddity(name: str) -> bytes:
    """The bytes of a note that once broke us."""
    return (RECORDED / "oddities" / f"{name}.md").read_bytes()


def read_all(raw: bytes) -> tuple[Mapping[str, Property] | None, tuple[Finding, ...]]:
    """The properties of a note from its bytes, and all that is found on the way."""
    text, decoding = decode_note(NOTE, raw)
    if text is None:
        return None, decoding
    front_matter, splitting = split_front_matter(NOTE, text)
    if front_matter is None:
        return None, (*decoding, *splitting)
    properties, reading = read_properties(NOTE, front_matter)
    return properties, (*decoding, *splitting, *reading)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, int]]:
    """What was found, and on which line."""
    return [(finding.code, finding.line) for finding in findings]
