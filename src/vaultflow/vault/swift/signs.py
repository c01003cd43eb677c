"""The signs that may begin a block, wherever a line of text may stand."""

from __future__ import annotations

import re

BLOCK_BEGIN = re.compile(
    r"""
    [-+*][ \t] | [0-9]{1,9}[.)](?:[ \t]|$) | \#{1,6}(?:[ \t]|$) | [>|] | <(?!https?://)
    | `{3} | ~{3} | %% | \$\$ | [-+*_=:|~ \t]+$ | [^\S \t]
    """,
    re.VERBOSE,
)
"""What in a line that is indented, or behind an item's marker, may begin another block."""
BLANKS = frozenset(
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""All there are. Those that are no blank and no tab the parser may strip together with a line
break, and then its lines are counted otherwise."""
BLOCK_SIGNS = frozenset("-+*0123456789#>|<`~%$_=:") | BLANKS
"""With what a block begins; most text does not, and needs no closer look."""
