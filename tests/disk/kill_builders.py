"""A program that starts writers and kills each at a random instant; it looks at what is left."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path, PurePosixPath

from vaultflow.disk.change import Change
from vaultflow.disk.write import apply_change
from vaultflow.disk.writing.lock import vault_lock

NOTE = PurePosixPath("Acme.md")
SEAL_BYTES = 64
BODY_LINES = 20_000
LONGEST_LIFE = 0.06


def kill_writers(root: Path, kills: int) -> None:
    """Fails when a kill has left a torn note, or a lock that nobody holds."""
    command = [sys.executable, __file__, str(root), str(kills)]
    subprocess.run(command, check=True, timeout=900)


def sealed(number: int) -> bytes:
    """A note that proves to be whole: it begins with the hash of its rest."""
    body = f"{number}\n".encode() * BODY_LINES
    return hashlib.sha256(body).hexdigest().encode() + body


def is_whole(content: bytes) -> bool:
    return hashlib.sha256(content[SEAL_BYTES:]).hexdigest().encode() == content[:SEAL_BYTES]


def write_for_ever(root: Path) -> None:
    before = (root / NOTE).read_bytes()
    for number in count():
        after = sealed(number)
        apply_change(root, Change(path=NOTE, before=before, after=after))
        before = after


def main(root: Path, kills: int) -> None:
    chance = random.Random(7)  # noqa: S311  # when to kill, no secret
    (root / NOTE).write_bytes(sealed(0))
    for _ in range(kills):
        child = os.fork()
        if not child:
            write_for_ever(root)
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert is_whole((root / NOTE).read_bytes())
        with vault_lock(root):
            pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
