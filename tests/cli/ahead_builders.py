"""Vaults for the reports of what is to come: nothing but leads, with stages and a goal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cli_builders import TODAY, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MONDAY = date(2026, 11, 23)
GOAL = "[quota]\namount = 50000\n"
STAGES = """
[[pipeline.stages]]
name = "Lead"
probability = 6
[[pipeline.stages]]
name = "Qualified"
probability = 12
[[pipeline.stages]]
name = "Meeting"
probability = 20
[[pipeline.stages]]
name = "Proposal"
probability = 40
expected_days = 10
[[pipeline.stages]]
name = "Won"
kind = "won"
[[pipeline.stages]]
name = "Lost"
kind = "lost"
"""


def ago(days: int) -> str:
    return (MONDAY - timedelta(days=days)).isoformat()


def lead(stage: str = "Lead", *log: str, **fields: object) -> str:
    known = {"type": "lead", "stage": stage} | fields
    front = "\n".join(f"{name}: {value}" for name, value in known.items())
    return f"---\n{front}\n---\n\n## Log\n" + "".join(f"- {line}\n" for line in log)


def vault_with(root: Path, notes: Mapping[str, str], settings: str = GOAL + STAGES) -> Path:
    (root / ".obsidian").mkdir(parents=True)
    (root / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    (root / "vaultflow.toml").write_text(settings, encoding="utf-8")
    for name, text in notes.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def page(vault: Path, name: str = "quota") -> str:
    ran = run(vault, "refresh", name, today=TODAY)
    assert ran.exit_code == 0, ran.stderr
    return (vault / "Pipeline" / f"{name.capitalize()}.md").read_text(encoding="utf-8")


def three_wins() -> dict[str, str]:
    """12,000 in three deals of 4,000: the worked example of the required counts."""
    return {
        f"Won {number}": lead("Won", value=4000, closed_on="2026-10-05", created="2026-09-01")
        for number in range(3)
    }


def qualified(**fields: object) -> str:
    known = {"value": 10000, "qualified": "yes", "created": ago(5)} | fields
    return lead("Proposal", f"{ago(1)} call out: talked", **known)
