"""What is kept from run to run, so that it need not be worked out again.

Every result is kept under a key made of all that it depends on: it is found again only while none
of that has changed. Where nothing is kept, everything is worked out, and comes out the same.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from vaultflow.disk.cache.database import digest
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
    from vaultflow.pipeline.packed import pack_pipeline  # noqa: PLC0415  # some look at no lead

    pipeline = recalled(memory, key, around) or _brought_up_to_date(memory, looked, vault, around)
    packed = pack_pipeline(pipeline)
    known = digest(packed) if packed else b""
    if packed:
        memory.keep(PIPELINE, key, packed)
        memory.keep(PIPELINE_DIGEST, key, known)
    return Recalled(digest=known, open=lambda: pipeline)


def _reopened(memory: Memory, key: bytes, vault: Vault, around: Circumstances) -> Pipeline:
    """The pipeline as it was kept; built anew when a damaged cache has lost it."""
    return recalled(memory, key, around) or built_pipeline(vault, around)


def _brought_up_to_date(
    memory: Memory, looked: Looked, vault: Vault, around: Circumstances
) -> Pipeline:
    before = recalled(memory, pipeline_key(looked.before, around), around)
    if not before or looked.moved is None:
        return built_pipeline(vault, around)
    moved = looked.moved  # when none has, nobody need ask who links to it: mostly so
    linking = linking_notes(vault.notes, moved) if moved else ()
    concerned = (*looked.changed, *moved, *linking)
    return updated_pipeline(before, vault, concerned, around)


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


def recalled(memory: Memory, key: bytes, around: Circumstances) -> Pipeline | None:
    """The pipeline that was kept under the key."""
    packed = memory.kept(PIPELINE, key)
    if not packed:
        return None
    from vaultflow.pipeline.packed import unpack_pipeline  # noqa: PLC0415  # some look at no lead

    return unpack_pipeline(packed, around.settings, around.today, around.holidays)


def pipeline_key(state: State, around: Circumstances) -> bytes:
    """Of all that a pipeline depends on."""
    return digest(around.digest, state.others, state.facts)
