"""What is kept from run to run, so that it need not be worked out again.

Every result is kept under a key made of all that it depends on: it is found again only while none
of that has changed. Where nothing is kept, everything is worked out, and comes out the same.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from vaultflow.disk.cache.database import DIGEST_BYTES, digest
from vaultflow.vault.knowing import linking_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import PurePosixPath

    from vaultflow.disk.cache.look import Looked
    from vaultflow.disk.cache.notes import State
    from vaultflow.flow.circumstances import Circumstances
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.vault.vault import Vault

PIPELINE = "pipeline"
CHANGES = "pipeline changes"
"""By the pipeline's key: key and digest of one that was kept as a whole, and what is new since.
A kilobyte a lead need not be written again for each lead that changes."""
PIPELINE_DIGEST = "pipeline digest"


class Memory(Protocol):
    """Where results are kept: the cache, or a watcher's own memory."""

    def kept(self, name: str, key: bytes) -> bytes | None:
        """The result that was kept under this name for this very key; None when there is none."""

    def keep(self, name: str, key: bytes, value: bytes) -> None:
        """Keeps a result in the place of the one of this name."""


class ShortMemory:
    """Results that are kept as long as the process runs."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[bytes, bytes]] = {}

    def kept(self, name: str, key: bytes) -> bytes | None:
        """The result that was kept under this name for this very key; None when there is none."""
        known, value = self._kept.get(name, (b"", b""))
        return value if known == key else None

    def keep(self, name: str, key: bytes, value: bytes) -> None:
        """Keeps a result in the place of the one of this name."""
        self._kept[name] = (key, value)


class _Kept(NamedTuple):
    """A pipeline as it was kept: one that was kept as a whole, and what has changed since."""

    key: bytes
    """Under which the whole one is kept."""
    digest: bytes
    """Of the whole one."""
    whole: Pipeline
    pipeline: Pipeline


class Recalled(NamedTuple):
    """The pipeline of a vault, to be opened by who needs it."""

    digest: bytes
    """Stays the same as long as the pipeline does, whatever else changes; empty when unknown."""
    open: Callable[[], Pipeline]


def recall_pipeline(
    memory: Memory, looked: Looked, vault: Vault, around: Circumstances
) -> Recalled:
    """The pipeline of the vault: as it was kept, brought up to date, or else built anew."""
    key = pipeline_key(looked.state, around)
    if known := memory.kept(PIPELINE_DIGEST, key):
        return Recalled(digest=known, open=partial(_reopened, memory, key, vault, around))
    kept = recalled(memory, key, around)
    if kept is None:
        before = recalled(memory, pipeline_key(looked.before, around), around)
        pipeline = _brought_up_to_date(before, looked, vault, around)
        return _keep(memory, key, pipeline, before)
    return _keep(memory, key, kept.pipeline, kept)


def _keep(memory: Memory, key: bytes, pipeline: Pipeline, before: _Kept | None) -> Recalled:
    """Keeps the pipeline under the key: what is new in it, or all of it."""
    from vaultflow.pipeline.packed import pack_changes, pack_pipeline  # noqa: PLC0415  # few change

    changes = pack_changes(pipeline, before.whole) if before else None
    if before and changes is not None:
        known = digest(before.digest, changes) if changes else before.digest
        memory.keep(CHANGES, key, before.key + before.digest + changes)
    elif packed := pack_pipeline(pipeline):
        known = digest(packed)
        memory.keep(PIPELINE, key, packed)
        memory.keep(CHANGES, key, key + known)
    else:
        known = b""
    if known:
        memory.keep(PIPELINE_DIGEST, key, known)
    return Recalled(digest=known, open=lambda: pipeline)


def _reopened(memory: Memory, key: bytes, vault: Vault, around: Circumstances) -> Pipeline:
    """The pipeline as it was kept; built anew when a damaged cache has lost it."""
    kept = recalled(memory, key, around)
    return kept.pipeline if kept else built_pipeline(vault, around)


def _brought_up_to_date(
    before: _Kept | None, looked: Looked, vault: Vault, around: Circumstances
) -> Pipeline:
    if before is None or looked.moved is None:
        return built_pipeline(vault, around)
    linking = linking_notes(vault.notes, looked.moved)
    concerned = (*looked.changed, *looked.moved, *linking)
    return updated_pipeline(before.pipeline, vault, concerned, around)


def built_pipeline(vault: Vault, around: Circumstances) -> Pipeline:
    """The pipeline from all notes of the vault."""
    # What reads leads is loaded when one must be read: most runs find them all in the cache.
    from vaultflow.pipeline.build import build_pipeline  # noqa: PLC0415

    return build_pipeline(vault, around.settings, around.today, around.obsidian, around.holidays)


def updated_pipeline(
    before: Pipeline, vault: Vault, changed: Collection[PurePosixPath], around: Circumstances
) -> Pipeline:
    """The pipeline when only some notes say something else, or link elsewhere, than before."""
    from vaultflow.pipeline.update import update_pipeline  # noqa: PLC0415  # as above

    return update_pipeline(before, vault, changed, around.obsidian, around.holidays)


def recalled(memory: Memory, key: bytes, around: Circumstances) -> _Kept | None:
    """The pipeline that was kept under the key."""
    found = memory.kept(CHANGES, key)
    if not found:
        return None
    whole_key, rest = found[:DIGEST_BYTES], found[DIGEST_BYTES:]
    known, changes = rest[:DIGEST_BYTES], rest[DIGEST_BYTES:]
    packed = memory.kept(PIPELINE, whole_key)
    if not packed:
        return None
    from vaultflow.pipeline.packed import (  # noqa: PLC0415  # some look at no lead
        unpack_changes,
        unpack_pipeline,
    )

    whole = unpack_pipeline(packed, around.settings, around.today, around.holidays)
    if whole is None:
        return None
    return _Kept(whole_key, known, whole, unpack_changes(changes, whole))


def pipeline_key(state: State, around: Circumstances) -> bytes:
    """Of all that a pipeline depends on."""
    return digest(around.digest, state.others, state.facts)
