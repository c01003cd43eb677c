"""What makes the quick reader leave a body to the careful one."""

from __future__ import annotations


class DoubtError(Exception):
    """Carries the reason out of the quick reader; never leaves this folder."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """One short word, the same for the same kind of text, that can be counted."""
