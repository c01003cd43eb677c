"""What nobody can be quicker than who notices changes: scans the folder, and stats each file.

With `--imports` it imports click and jinja2 first, as a command that shows a page must.
"""

from __future__ import annotations

import sys

from tree import files_below

if __name__ == "__main__":
    if "--imports" in sys.argv:
        import click  # noqa: F401  # what it costs is what is measured
        import jinja2  # noqa: F401  # same
    print(sum(entry.stat().st_size for entry in files_below(sys.argv[1])))
