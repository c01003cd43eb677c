"""What a repository has told, as bytes and back: reading three years of commits takes a second."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, Encoder

from vaultflow.pipeline.history.change import Change


class GitPast(Struct, frozen=True, kw_only=True):
    """What a repository tells up to one commit."""

    head: str
    changes: tuple[Change, ...]
    """Of all notes, by the paths that they had at that commit, oldest commit first."""


def pack_past(past: GitPast) -> bytes:
    """As bytes; none, as if nothing were known, when a name is no Unicode."""
    try:
        return Encoder(enc_hook=str).encode(past)
    except UnicodeEncodeError:
        return b""


def unpack_past(packed: bytes) -> GitPast | None:
    """What `pack_past` has made bytes of; None when they are something else."""
    try:
        return Decoder(GitPast, dec_hook=_from_text).decode(packed)
    except (MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _from_text(kind: type, text: object) -> PurePosixPath:
    if kind is PurePosixPath and isinstance(text, str):
        return _path(text)
    raise ValueError


@lru_cache(maxsize=16384)  # a note has many changes, and paths are slow to make
def _path(text: str) -> PurePosixPath:
    return PurePosixPath(text)
