"""A bare loop with python-frontmatter, which reads the front matter only."""

from __future__ import annotations

import sys

import frontmatter
from tree import notes_below

if __name__ == "__main__":
    print(sum(len(frontmatter.load(entry.path).metadata) for entry in notes_below(sys.argv[1])))
