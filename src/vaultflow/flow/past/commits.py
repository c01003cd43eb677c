"""What git knows of the leads' past: commits -> states of notes -> changes; kept by commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.cache.database import code_digest, digest
from vaultflow.disk.git import Repository
from vaultflow.pipeline.history.change import Source
from vaultflow.pipeline.history.kept import GitPast, pack_past, unpack_past
from vaultflow.pipeline.history.seen import LONG_AGO, changes_between, state_of, tracked_fields
from vaultflow.vault.plain import record_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.git import Commit, FileChange
    from vaultflow.flow.known.memory import Memory
    from vaultflow.pipeline.field_names import FieldNames
    from vaultflow.pipeline.history.change import Change
    from vaultflow.pipeline.reading.fields import Sought

KEPT = "git"
SHOWN_DIGITS = 7  # of a commit's name, as git shows it


def git_changes(root: Path, names: FieldNames, memory: Memory) -> tuple[Change, ...]:
    """The changes that the vault's repository tells of, of all notes, oldest commit first.

    Empty without a repository. What is known up to a commit is kept: then only those after it are
    looked at.

    Args:
        root: the vault's folder.
        names: what the vault calls fields.
        memory: where what is known is kept.
    """
    repository = Repository.open(root)
    if repository is None:
        return ()
    key = digest(code_digest(), record_digest(names))
    known = _known(memory, key)
    if known and known.head == repository.head:
        return known.changes
    if known and not repository.has(known.head):
        known = None  # the history was written anew
    wanted = tracked_fields(names)
    past = read_past(repository, wanted, known)
    memory.keep(KEPT, key, pack_past(past))
    return past.changes


def read_past(repository: Repository, wanted: Sought, known: GitPast | None) -> GitPast:
    """What the repository tells, beginning with what is known already."""
    commits = repository.commits(known.head if known else "")
    changes, names = _read_changes(repository, commits, wanted)
    before = known.changes if known else ()
    renamed = (one.renamed(names.get(one.path, one.path)) for one in before)
    return GitPast(head=repository.head, changes=(*renamed, *reversed(changes)))


def _read_changes(
    repository: Repository, commits: Iterable[Commit], wanted: Sought
) -> tuple[list[Change], Mapping[PurePosixPath, PurePosixPath]]:
    """The changes of the commits, newest first, and what notes from before these are called now."""
    told = [(commit, change) for commit in commits for change in commit.changes]
    states = _states(repository, (change for _, change in told), wanted)
    names: dict[PurePosixPath, PurePosixPath] = {}
    found: list[Change] = []
    for commit, change in told:
        path = names.get(change.path, change.path)
        found += _of_commit(commit, change, path, states)
        names.pop(change.path, None)
        if change.old_blob:
            names[change.old_path] = path
    return found, names


def _of_commit(
    commit: Commit,
    change: FileChange,
    path: PurePosixPath,
    states: Mapping[str, Mapping[str, str]],
) -> Iterator[Change]:
    """The fields that a commit changed in one note; to delete it changes none."""
    if not change.blob:
        return
    earliest = commit.day_before if change.old_blob else None
    looks = (min(earliest or LONG_AGO, commit.day), commit.day)
    yield from changes_between(
        states.get(change.old_blob, {}),
        states.get(change.blob, {}),
        path=path,
        looks=looks,
        source=Source.GIT,
        where=commit.id[:SHOWN_DIGITS],
    )


def _states(
    repository: Repository, changes: Iterable[FileChange], wanted: Sought
) -> Mapping[str, Mapping[str, str]]:
    """What each version of a note says, by its id."""
    paths: dict[str, PurePosixPath] = {}
    for change in changes:
        if change.blob:
            paths.setdefault(change.blob, change.path)
            if change.old_blob:
                paths.setdefault(change.old_blob, change.old_path)
    return {blob: state_of(paths[blob], raw, wanted) for blob, raw in repository.blobs(paths)}


def _known(memory: Memory, key: bytes) -> GitPast | None:
    kept = memory.kept(KEPT, key)
    return unpack_past(kept) if kept else None
