"""Where a run begins: with what was said the last time, or else with the front of commands."""

from __future__ import annotations

import gc
import sys

from vaultflow.flow.said import ask

GARBAGE_THRESHOLD = 100_000
"""Objects made before Python looks for cycles among all of them. A command makes very many at once
and no cycles to speak of: at the usual 700, looking takes a third of the time."""


def start() -> None:
    """Runs the command that was typed."""
    gc.set_threshold(GARBAGE_THRESHOLD)
    question, said = ask()
    if said is not None and is_put(said):
        return
    from vaultflow.cli.main import main
    from vaultflow.cli.session import Session

    try:
        main(obj=Session(question=question))
    finally:
        gc.freeze()  # the process ends: nobody need look once more for what can be thrown away


def is_put(said: str) -> bool:
    """Prints it; False when that fails, so that click finds out and says why."""
    try:
        sys.stdout.write(said)
        sys.stdout.flush()
    except (OSError, UnicodeError):
        return False
    return True
