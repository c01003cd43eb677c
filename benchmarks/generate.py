"""A vault of any size for measuring, the same bytes for the same seed.

    python benchmarks/generate.py FOLDER --notes 1000 --seed 1 --history 3

30 % leads, the rest companies, people, meetings, daily and general notes, 3.3 kB each on average;
`bodies.py` says what is in them. With a history, the vault is a git repository whose commits show
how its leads came to be as they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from grow import write_vault


def main() -> None:
    """Writes the vault that the arguments ask for."""
    parser = argparse.ArgumentParser(description="Write a vault for measuring.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--history", type=int, default=0, metavar="YEARS", help="make it a git repository"
    )
    wanted = parser.parse_args()
    commits = write_vault(wanted.folder, wanted.notes, wanted.seed, wanted.history)
    told = f" with {commits} commits" if commits else ""
    print(f"{wanted.notes} notes in {wanted.folder}{told}")


if __name__ == "__main__":
    main()
