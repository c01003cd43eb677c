"""Where a run begins: with what was said the last time, or else with the front of commands."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager, suppress

from vaultflow.flow.known.said import ask

TYPE_CHECKING = False  # to import `typing` takes as long as half of this
if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.flow.known.said import Said

_GARBAGE_THRESHOLD = 1_000_000
"""Objects made before Python looks for cycles among all of them. A command makes very many at once
and no cycles to speak of: at the usual 700, looking takes a third of the time. The leads of a large
vault are fewer objects than this."""


def start() -> None:
    """Runs the command that was typed."""
    with seldom_collecting():
        question, said = ask()
        if said is not None and is_put(said):
            return
        from vaultflow.cli.main import main
        from vaultflow.cli.session import Session

        main(obj=Session(question=question))


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """What a process does in its life, in the `with` block: it hardly looks for garbage."""
    gc.set_threshold(_GARBAGE_THRESHOLD)
    try:
        yield
    finally:
        gc.freeze()  # the process ends: nobody need look once more for what can be thrown away


def is_put(said: Said) -> bool:
    """Prints it; False when that fails, so that click finds out and says why."""
    result, talk = said
    try:
        sys.stdout.write(result)
        sys.stdout.flush()
    except (OSError, UnicodeError):
        return False
    with suppress(OSError, UnicodeError):  # the result stands already
        sys.stderr.write(talk)
        sys.stderr.flush()
    return True
