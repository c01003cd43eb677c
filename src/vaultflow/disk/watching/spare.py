"""Memory that a round needed and the next one may not: what the system can have back meanwhile."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from functools import lru_cache
from typing import Any


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
