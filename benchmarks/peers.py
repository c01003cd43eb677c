"""Other programs that read vaults, each in an environment of its own that is built on demand.

None of them is a dependency. What each extracts is said beside its time: they do not do the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from processes import PROGRAMS

if TYPE_CHECKING:
    from pathlib import Path

OBSIDIANTOOLS = """\
import pathlib, sys
import obsidiantools.api
vault = obsidiantools.api.Vault(pathlib.Path(sys.argv[1])).connect().gather()
print(len(vault.graph.edges), len(vault.tags_index), len(vault.front_matter_index))
"""
OBSIDIANMD_PARSER = """\
import sys
from obsidian_parser import Vault
vault = Vault(sys.argv[1], lazy_load=False)
for note in vault.notes:
    note.frontmatter, note.tags, note.wikilinks, note.tasks
print(len(vault.get_note_graph()[1]))
"""
PYTHON_VARIABLE = "BENCH_PYTHON"
"""Names an interpreter for peers that need a newer one than runs the benchmark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another program, and how it is asked to read a vault."""

    name: str
    package: str
    command: tuple[str, ...]
    """`{bin}` is its environment's folder of programs, `{vault}` and `{state}` are folders."""
    extracts: str
    limit: float | None = None
    """How many times quicker VaultFlow is to be; from the bars."""
    said_of: int | None = None
    """For how many notes that is said."""
    most_notes: int = 10_000
    """Above it one run takes minutes."""
    is_rescan: bool = False
    """Whether its index is there already, and nothing has changed."""
    python: tuple[int, int] = (3, 11)
    """The oldest Python that it runs on."""


PEERS = (
    Peer(
        name="python-frontmatter, a bare loop",
        package="python-frontmatter",
        command=("{bin}/python", str(PROGRAMS / "frontmatter_loop.py"), "{vault}"),
        extracts="front matter; nothing of the body",
        limit=1.0,
        said_of=10_000,
    ),
    Peer(
        name="graphmark stats",
        package="graphmark",
        command=("{bin}/graphmark", "--root", "{vault}", "stats"),
        extracts="wikilinks outside code, resolved, also by alias; the graph; no index is kept",
        limit=2.0,
        said_of=10_000,
    ),
    Peer(
        name="hvk scan, cold",
        package="headless-vault-kit",
        command=("{bin}/hvk", "--vault", "{vault}", "--index", "{state}", "scan"),
        extracts="properties, tags, headings, blocks, links, tasks, full text, into SQLite",
        limit=8.0,
        said_of=10_000,
    ),
    Peer(
        name="hvk scan, nothing changed",
        package="headless-vault-kit",
        command=("{bin}/hvk", "--vault", "{vault}", "--index", "{state}", "scan"),
        extracts="the same, of what changed: nothing",
        limit=10.0,
        said_of=10_000,
        is_rescan=True,
    ),
    Peer(
        name="obsidiantools",
        package="obsidiantools",
        command=("{bin}/python", "-c", OBSIDIANTOOLS, "{vault}"),
        extracts="links, embeds, tags, front matter, source and readable text, the graph; no index",
        limit=100.0,
        said_of=1_000,
        most_notes=1_000,
    ),
    Peer(
        name="obsidianmd-parser",
        package="obsidianmd-parser",
        command=("{bin}/python", "-c", OBSIDIANMD_PARSER, "{vault}"),
        extracts="front matter, tags, wikilinks, tasks, sections, the graph; no index is kept",
        most_notes=1_000,
        python=(3, 12),
    ),
)


class NotInstallableError(Exception):
    """A peer's environment cannot be built here, and why."""


def environment(folder: Path, peer: Peer) -> Path:
    """Where the programs of the peer's environment are, whether it is built or not."""
    return folder / "peers" / peer.package / ("Scripts" if os.name == "nt" else "bin")


def is_built(folder: Path, peer: Peer) -> bool:
    """Whether the peer can be run."""
    return (environment(folder, peer).parent / ".ready").exists()


def build(folder: Path, peer: Peer) -> None:
    """Builds the peer's environment, if it is not there yet.

    Raises:
        NotInstallableError: the Python that it needs is not here, or the package index has none.
    """
    if is_built(folder, peer):
        return
    home = environment(folder, peer).parent
    shutil.rmtree(home, ignore_errors=True)
    for words in (
        (interpreter(peer.python), "-m", "venv", str(home)),
        (str(environment(folder, peer) / "python"), "-m", "pip", "install", "-q", peer.package),
    ):
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
            raise NotInstallableError(said[-1] if said else f"{words[2]} failed")
    (home / ".ready").touch()


def interpreter(oldest: tuple[int, int]) -> str:
    """A Python that is new enough.

    Raises:
        NotInstallableError: there is none.
    """
    newer = [f"python3.{minor}" for minor in range(oldest[1], oldest[1] + 5)]
    for name in (sys.executable, os.environ.get(PYTHON_VARIABLE, ""), *newer):
        found = shutil.which(name)
        if found and version(found) >= oldest:
            return found
    wanted = ".".join(map(str, oldest))
    raise NotInstallableError(f"it needs Python {wanted}; name one in {PYTHON_VARIABLE}")


def version(python: str) -> tuple[int, ...]:
    """The version of an interpreter; empty when it does not run."""
    code = "import sys; print(*sys.version_info[:2])"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return tuple(map(int, done.stdout.split()))


def installed_version(folder: Path, peer: Peer) -> str:
    """Which version of the peer its environment holds."""
    code = f"from importlib.metadata import version; print(version({peer.package!r}))"
    python = str(environment(folder, peer) / "python")
    return subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
