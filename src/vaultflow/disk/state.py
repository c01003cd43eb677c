"""What VaultFlow keeps outside the vault: locks, displaced bytes, caches.

It lies in the user's state folder, for it belongs to one machine: inside the vault, a sync tool
would merge it with another machine's. All of it can be deleted without losing a user's text.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from vaultflow.disk.home import STATE_VARIABLE, home
from vaultflow.disk.root import real_path
from vaultflow.errors import VaultError

ID_DIGITS = 16  # hexadecimal: with 64 bits, nobody ever has two vaults of one id


def state_home() -> Path:
    """The folder for the state of all vaults, whether it is there yet or not."""
    return Path(home())


def vault_id(root: Path) -> str:
    """What tells this vault from the user's others: a hash of where its folder truly is."""
    place = os.path.normcase(real_path(root))
    return hashlib.sha256(os.fsencode(place)).hexdigest()[:ID_DIGITS]


def state_folder(root: Path) -> Path:
    """The folder for the state of one vault, made if need be, for this user's eyes only.

    Raises:
        VaultError: it cannot be made.
    """
    folder = state_home() / vault_id(root)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"VaultFlow's state folder cannot be made: {error.strerror}"
        hint = f"name another one in {STATE_VARIABLE}"
        raise VaultError(message, path=str(folder), hint=hint) from error
    return folder
