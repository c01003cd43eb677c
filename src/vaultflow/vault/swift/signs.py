"""The signs that may begin a block, wherever a line of text may stand."""

from __future__ import annotations

import re

BLOCK_BEGIN = re.compile(
    r"""
    [-+*][ \t] | \d{1,9}[.)](?:[ \t]|$) | \#{1,6}(?:[ \t]|$) | [>|] | <(?!https?://)
    | `{3} | ~{3} | %% | \$\$ | [-+*_=:|~ \t]+$ | [^\S \t]
    """,
    re.VERBOSE,
)
"""What in a line that is indented, or behind an item's marker, may begin another block."""
ODD_BLANKS = frozenset(sign for sign in map(chr, range(0x3001)) if sign.isspace())
"""The parser may take them away, and with a whole line of them the lines are counted otherwise."""
BLOCK_SIGNS = frozenset("-+*0123456789#>|<`~%$_=:") | ODD_BLANKS
"""With what a block begins; most text does not, and needs no closer look."""
