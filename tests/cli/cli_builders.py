"""Vaults on disk and a way to run commands on them."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from vaultflow.cli.main import main

CHECKOUT = Path(__file__).parent.parent.parent
TODAY = "2026-11-23"

ACME = """\
---
type: lead
stage: Proposals
value: 12000
company: "[[Acme BV]]"
owner: Ann
created: 2026-10-01
next_action: Send revised quote
next_action_due: 2026-11-20
---
A line of my own.

## Log
- 2026-10-01 email in: asks for a price list
- 2026-10-30 call out: walked through the proposal
"""
BETA = """\
---
type: lead
stage: Qualification
value: 3000
created: 2026-11-20
---
See [[Nobody yet]].
"""
WON = "---\ntype: lead\nstage: won\nvalue: 500\nclosed_on: 2026-11-02\n---\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command did."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:  # noqa: ANN401  # whatever the command printed
        return json.loads(self.stdout)


def run(vault: Path | None, *args: str, today: str = TODAY) -> Ran:
    place = () if vault is None else ("--vault", str(vault))
    result = CliRunner().invoke(main, [*place, "--today", today, *args])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(exit_code=result.exit_code, stdout=result.stdout, stderr=result.stderr)


def small_vault(root: Path, **more: str) -> Path:
    """A vault of three leads and a company; more notes by name."""
    notes = {"Acme": ACME, "Beta": BETA, "Gone": WON, "Acme BV": "A company.\n"} | more
    (root / ".obsidian").mkdir(parents=True)
    (root / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    for name, text in notes.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8", newline="")
    return root


def example_vault(root: Path) -> Path:
    """A copy of the example vault as it stands in the checkout."""
    shutil.copytree(CHECKOUT / "example-vault", root)
    return root


def snapshot(root: Path) -> dict[str, tuple[bytes, int, int]]:
    """Bytes, mtime and inode of every file, to see what a command touched."""
    return {
        str(file.relative_to(root)): (
            file.read_bytes(),
            file.stat().st_mtime_ns,
            file.stat().st_ino,
        )
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }
