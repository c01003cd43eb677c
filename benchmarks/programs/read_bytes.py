"""What nobody can be quicker than who reads a vault: scans the folder, and reads all bytes."""

from __future__ import annotations

import os
import sys

from tree import notes_below


def read(entry: os.DirEntry[str]) -> int:
    """Reads a file at once; gives its size."""
    handle = os.open(entry.path, os.O_RDONLY)
    try:
        return len(os.read(handle, entry.stat().st_size + 1))
    finally:
        os.close(handle)


if __name__ == "__main__":
    print(sum(map(read, notes_below(sys.argv[1]))))
