"""Notes that may change without changing what was said.

What `daily` says depends on the leads, on dated notes that tell of them, on pages, on notes that
cannot be read, and on the names of all files. Most notes are none of these. When one of them has
changed and certainly is none of these now either, what was said still holds. That can be told from
a few signs in its text; where they leave a doubt, somebody reads the note. Of most leads it does
not even matter what they say in plain sentences: see `flow.known.prose`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from vaultflow.disk.outside import is_plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from vaultflow.disk.outside import Outside, Seen

MOST_CHANGED = 20
"""Notes that are looked into: with more, it is time to bring the cache up to date."""
MOST_BYTES = 1_000_000  # far below what is no longer read as a note
_DATED = re.compile(r"\d+-\d+-\d+|\d{8}")
"""In a path: then the note may be a dated one."""
_DOUBTFUL = re.compile(r"::|%%|\0")
"""A field, a mark of a page, or no text: then the note may say that it is something else."""
_TAG = re.compile(r"#[^\s#]")


class _Changed(NamedTuple):
    """A file that has changed."""

    path: str
    now: Seen
    before: str
    """How it was, as `repr` has it."""


class Heeded(NamedTuple):
    """What an answer depends on besides the names of all files."""

    paths: Collection[str]
    """Of all notes of which it matters what they say."""
    prosaic: Collection[str]
    """Of leads besides: of them it does not matter what they say in plain paragraphs."""
    minds_tags: bool
    """Whether a tag makes another note one of these."""


def about(outside: Outside, heeded: Heeded) -> Iterator[str]:
    """What is kept for `is_beside`, as fields without NUL.

    Args:
        outside: the vault from outside, before it was read.
        heeded: what was read there.
    """
    yield outside.elsewhere()
    yield "\n".join(heeded.paths)
    yield "\n".join(heeded.prosaic)
    yield "tags" if heeded.minds_tags else ""
    for folder, digest in outside.digests().items():
        yield from (folder, digest, "\n".join(map(repr, outside.folders[folder])))


def is_beside(root: str, outside: Outside, kept: Sequence[str]) -> bool:
    """Whether all that has changed are some notes that did not and do not matter.

    Args:
        root: the vault's folder.
        outside: the vault from outside now.
        kept: a fingerprint, and what `about` gave.
    """
    _, elsewhere, heeded, prosaic, tags, *folders = kept
    before = dict(zip(folders[::3], folders[2::3], strict=True))
    if elsewhere != outside.elsewhere() or before.keys() != outside.folders.keys():
        return False
    digests = dict(zip(folders[::3], folders[1::3], strict=True))
    changed: list[_Changed] = []
    for folder, digest in outside.digests().items():
        if digest != digests[folder]:
            found = _changed(before[folder].split("\n"), outside.folders[folder])
            if found is None:
                return False
            changed += (_Changed(f"{folder}{one[0]}", one, was) for one, was in found)
    if len(changed) > MOST_CHANGED:
        return False
    paths, leads = set(heeded.split("\n")), set(prosaic.split("\n"))
    others = [one for one in changed if one.path not in leads]
    return all(
        one.path not in paths and _is_no_concern(root, one.path, one.now, minds_tags=bool(tags))
        for one in others
    ) and _say_the_same(root, [one for one in changed if one.path in leads])


def _say_the_same(root: str, leads: Sequence[_Changed]) -> bool:
    """Whether these leads say what they said, but for plain paragraphs."""
    if not leads:
        return True
    from vaultflow.flow.known.prose import known_bones, says_the_same  # noqa: PLC0415  # as said

    known = known_bones(root)
    return all(
        one.path in known and says_the_same(root, one.path, one.now, known[one.path], one.before)
        for one in leads
    )


def _changed(before: Sequence[str], held: Sequence[Seen]) -> list[tuple[Seen, str]] | None:
    """The files that are not as before, each with how it was.

    None when one has come or gone, or is of another kind.
    """
    known = set(before)
    changed: list[tuple[Seen, str]] = []
    gone = known.difference(map(repr, held))
    for one in held:
        if repr(one) in known:
            continue
        name, kind = f"({one[0]!r}, ", f", {one[-1]!r})"
        same = next((line for line in gone if line.startswith(name) and line.endswith(kind)), None)
        if len(one) == 1 or same is None:
            return None
        gone.remove(same)
        changed.append((one, same))
    return None if gone else changed


def _is_no_concern(root: str, path: str, one: Seen, *, minds_tags: bool) -> bool:
    """Whether the file is a note that certainly is no lead, not dated, no page and readable."""
    if len(one) == 1 or not is_plain(one[4]) or not path.endswith(".md") or _DATED.search(path):
        return False
    try:
        with open(f"{root}/{path}", "rb") as file:
            raw = file.read(MOST_BYTES)
        text = raw.decode()
    except (OSError, UnicodeDecodeError):
        return False
    has_properties = text.lstrip("\ufeff \t\r\n").startswith("---")
    is_doubtful = _DOUBTFUL.search(text) or (minds_tags and _TAG.search(text))
    return len(raw) < MOST_BYTES and not has_properties and not is_doubtful
