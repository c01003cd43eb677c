"""When a watcher's memory is tidied: after a round, once the pages stand, and not in it.

To look through all that a watcher knows of 10,000 notes takes the garbage collector as long as
half a round, and it would come in the middle of one.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_tidying() -> Iterator[None]:
    """Puts the garbage collector off until the end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def tidy_up(*, everything: bool) -> None:
    """Collects garbage, and gives freed memory back to the system.

    Args:
        everything: look through all there is, and not again at what then remains; else only
            through what came up since that was done last.
    """
    if everything:
        gc.unfreeze()
    gc.collect()
    if everything:
        gc.freeze()
    give_back()


def give_back() -> bool:
    """Gives freed memory back to the system; says whether there was any, where glibc tells."""
    trim = _trim()
    return bool(trim and trim(0))


@lru_cache(maxsize=1)
def _trim() -> Any:  # noqa: ANN401  # ctypes gives functions no type
    if sys.platform != "linux":
        return None
    with suppress(OSError, AttributeError):  # other libraries than glibc have no such function
        return ctypes.CDLL(None).malloc_trim
    return None
