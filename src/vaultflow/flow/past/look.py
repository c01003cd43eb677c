"""A look at what leads say: whether it may find anything that the last one did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.disk.last_seen import Look, load_last_look
from vaultflow.vault.plain import record_digest

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from vaultflow.pipeline.settings import Settings


def new_look(root: Path, settings: Settings, today: date, pipeline: bytes) -> Look | None:
    """This look; None when it finds what the last one did, or nobody keeps a journal.

    Args:
        root: the vault's folder.
        settings: what leads are read by.
        today: the day of the look.
        pipeline: changes with what all leads say; empty when that is not known.
    """
    if not settings.history.journal:
        return None
    read_by = record_digest((settings.fields, settings.money, settings.pipeline)).hex()
    look = Look(day=today, read_by=read_by, pipeline=pipeline.hex())
    return None if pipeline and look == load_last_look(root) else look
