"""What a scan of the vault gives: its files by name, size and times."""

from __future__ import annotations

from hashlib import blake2b
from operator import attrgetter
from pathlib import PurePosixPath

from msgspec import Struct, msgpack

from vaultflow.errors import Finding  # noqa: TC001  # msgspec looks the types up

TYPE_CHECKING = False  # to import `typing` takes as long as half a run
if TYPE_CHECKING:
    from collections.abc import Iterable

NOTE_SUFFIXES = (".md", ".MD", ".Md", ".mD")
FINGERPRINT_BYTES = 16  # with 128 bits, two vaults never have one by chance


def unread_folders(findings: Iterable[Finding]) -> tuple[PurePosixPath, ...]:
    """The folders that could not be listed, in path order."""
    return tuple(sorted(found.path for found in findings if found.code == "folder-unreadable"))


class FileEntry(Struct, frozen=True, array_like=True, gc=False):
    """A file of the vault as the folder lists it."""

    text: str
    """Its path relative to the root, spelled as on disk, with `/` between its parts."""
    size: int
    """In bytes; 0 when it must not be read."""
    mtime_ns: int
    ctime_ns: int = 0
    """Time of the last change of content, name or times; on Windows the time of creation."""
    finding: Finding | None = None
    """Why a note must not be read: then it is counted, and shown as unreadable."""

    @property
    def path(self) -> PurePosixPath:
        """Relative to the root, spelled as on disk."""
        return PurePosixPath(self.text)

    @property
    def is_note(self) -> bool:
        """Whether Obsidian would show it as a note: `.md`, in any case."""
        return self.text.endswith(NOTE_SUFFIXES)


class Listing(Struct, frozen=True, kw_only=True):
    """All files of a vault. Made by `scan_vault`."""

    notes: tuple[FileEntry, ...]
    """In path order, as are the others."""
    others: tuple[FileEntry, ...]
    """The files that are no notes: links and embeds lead to them."""
    findings: tuple[Finding, ...]
    """What could not be listed; what is wrong with one listed note stands at its entry."""

    @property
    def files(self) -> tuple[FileEntry, ...]:
        """Notes and others together, in path order."""
        return tuple(sorted((*self.notes, *self.others), key=attrgetter("path")))

    def fingerprint(self) -> bytes:
        """16 bytes that stay the same until a file comes, goes or is renamed, or a note is touched.

        What could not be listed counts too. Of files that are no notes the names do alone.
        """
        others = [entry.text for entry in self.others]
        seen = msgpack.encode((self.notes, others, self.findings), enc_hook=str)
        return blake2b(seen, digest_size=FINGERPRINT_BYTES).digest()
