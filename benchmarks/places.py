"""Vaults to measure on: generated once, and copied for a run that writes into them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from processes import VAULTFLOW, Program, python
from roster import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GENERATOR = ("prose.py", "roster.py", "bodies.py", "deals.py", "grow.py")
SEED = 1

UNUSUAL = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "VAULTFLOW_VAULT"})
"""Without compiled modules a start takes three times as long as a user's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A vault of one's own with a state folder of its own: the user's cache is not touched."""

    root: Path
    state: Path
    notes: int
    """How many the generator wrote; pages come on top."""

    @property
    def env(self) -> Mapping[str, str]:
        """The environment of whatever is run on the vault: compiled modules are kept, as usual."""
        usual = {name: text for name, text in os.environ.items() if name not in UNUSUAL}
        return usual | {"VAULTFLOW_STATE": str(self.state)}

    def vaultflow(self, *words: str) -> tuple[str, ...]:
        """A command of VaultFlow's on the vault, as of the day for which it is written."""
        return (VAULTFLOW, "--vault", str(self.root), "--today", str(TODAY), *words)

    def indexing(self, *options: str) -> tuple[str, ...]:
        """The program that brings the index up to date."""
        return python("index_vault.py", self.root, TODAY, *options)

    def cold_indexing(self, *options: str) -> Program:
        """The same, where there is no index yet."""
        return Program(command=self.indexing(*options), before=self.forget)

    def forget(self) -> None:
        """Empties the state folder: the next run is a cold one."""
        shutil.rmtree(self.state, ignore_errors=True)
        self.state.mkdir(parents=True)


def bench_folder() -> Path:
    """Where vaults and peers are kept: `BENCH_FOLDER`, else a folder among the temporary ones."""
    named = os.environ.get("BENCH_FOLDER")
    folder = Path(named) if named else Path(tempfile.gettempdir()) / "vaultflow-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def generated(folder: Path, notes: int) -> Path:
    """The vault of so many notes, written if need be; another generator, another vault."""
    sources = b"".join((Path(__file__).parent / name).read_bytes() for name in GENERATOR)
    root = folder / f"vault-{notes}-{crc32(sources):08x}"
    if not root.exists():
        unfinished = root.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run(generating(unfinished, notes), stdout=subprocess.DEVNULL, check=True)
        unfinished.rename(root)
    return root


def generating(root: Path, notes: int) -> tuple[str, ...]:
    """The command that writes a vault.

    In a process of its own, since one that runs others must stay small: what they are told to have
    taken at their peak is never less than what the process took that started them.
    """
    program = str(Path(__file__).with_name("generate.py"))
    return (sys.executable, program, str(root), "--notes", str(notes), "--seed", str(SEED))


@contextmanager
def desk(folder: Path, notes: int) -> Iterator[Desk]:
    """A copy of the vault of so many notes with an empty state; both are gone afterwards."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="run-") as place:
        root, state = Path(place) / "vault", Path(place) / "state"
        shutil.copytree(generated(folder, notes), root)
        state.mkdir()
        yield Desk(root=root, state=state, notes=notes)
