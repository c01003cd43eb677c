"""Text of a note made harmless for another note: escaping, and links written for a page.

A lead's name is code once it stands in a generated note: a backtick may begin a Dataview query,
`<%` a Templater command, `]]` end a link. What has no effect where it stands stays as typed, so
that the page reads well as plain text too.
"""

from __future__ import annotations

import re
from urllib.parse import quote


class Markdown(str):
    """Text that is Markdown already, and so is put on a page as it is."""

    __slots__ = ()


LINE_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
"""A tab too: four columns of it would make an indented code block."""

UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, those that turn the reading direction, and halves of surrogate pairs."""

ENTITY_AHEAD = r"(?=\#?[0-9A-Za-z]+;)"
PUNCTUATION = r"!-/:-@\[-`{-~"

ACTIVE = re.compile(
    rf"""
      (?P<entity>
          `                               # code, and with it Dataview's inline queries
        | <(?=[A-Za-z/!?%]|$)             # HTML, comments, Templater
        | &{ENTITY_AHEAD}
        | \\(?=[{PUNCTUATION}]|$)
      )
    | (?P<backslash>
          [\[\]|*]                        # links, fields, cells, emphasis
        | \$(?!\d) | (?<=\$)\$            # formulas: none ends before a digit
        | (?<![0-9A-Za-z])\#(?=\d*[^\d\s]) # tags, which hold more than digits
        | (?<![^\W_])_ | _(?![^\W_])      # emphasis; inside a word it has none
        | (?<=~)~ | (?<==)= | (?<=:):     # struck out, marked, inline field
        | (?<=[%<])% | (?<=<)! | (?<=--)> # comments
        | (?<={{)[{{%]                      # templates
        | (?<![^\s])\^(?=[0-9A-Za-z])     # block id
      )
    """,
    re.VERBOSE,
)

FIRST = re.compile(r"[-+#](?=\s|$)|-(?=[-\s]*$)|=(?==*$)|>|\d{1,9}(?=[.)](?:\s|$))")
"""What makes a list, a quote, a rule or an underlined heading when it begins a line."""

NOT_IN_WIKILINK = re.compile(r"[#|^:\[\]\\\x00-\x1f\x7f]|%%")
NOT_IN_URL = re.compile(r"[^\w/.~-]")


SUSPECT = re.compile(r"[^\w ,.'()/:–—€+-]|_|:(?! )|^[^\w€]|^\d+[.)]|\s$")
"""Found in every text that needs a closer look: most texts of a page need none."""


def clean_line(text: str) -> str:
    """The text as one line, without control characters and blanks around it."""
    return UNSEEN.sub("", LINE_BREAKS.sub(" ", text)).strip()


def escape(text: str) -> Markdown:
    """The text as one line of Markdown that shows it and does nothing else.

    Characters of HTML and of code become entities, as they must be harmless even inside code or
    HTML of a template; what only Markdown knows gets a backslash, which every Obsidian view hides.
    """
    if isinstance(text, Markdown) or not SUSPECT.search(text):
        return Markdown(text)
    line = clean_line(text)
    begin = FIRST.match(line)
    if begin is None:
        return Markdown(escape_inline(line))
    if begin[0][0].isdigit():
        return Markdown(f"{begin[0]}\\{escape_inline(line[begin.end() :])}")
    return Markdown(f"\\{escape_inline(line)}")


def escape_inline(line: str) -> str:
    """One clean line escaped as if it stood behind other text."""
    return ACTIVE.sub(_harmless, line)


def _harmless(match: re.Match[str]) -> str:
    if match.lastgroup == "backslash":
        return f"\\{match[0]}"
    return {"`": "&#96;", "<": "&lt;", "&": "&amp;", "\\": "&#92;"}[match[0]]


def link(target: str, alias: str | None = None) -> Markdown:
    """A link to a note: a wikilink where that can hold the names, else a Markdown link.

    Args:
        target: the note's name or its path from the vault's root, with or without `.md`.
        alias: the text shown; the target when None or the same.
    """
    return _link(target, alias, bar="|")


def cell_link(target: str, alias: str | None = None) -> Markdown:
    """As `link`, for a table's cell, where Obsidian wants a backslash before the link's bar."""
    return _link(target, alias, bar="\\|")


def _link(target: str, alias: str | None, *, bar: str) -> Markdown:
    name = target.removesuffix(".md")
    shown = alias or name
    is_harmless = ":" not in name and not SUSPECT.search(name)
    if is_harmless and (shown == name or not SUSPECT.search(shown)):
        return _wikilink(name, shown, bar)
    shown = clean_line(alias or "") or clean_line(name) or "?"
    if any(is_active(part) for part in {name, shown}):
        # A wikilink shows its alias raw, backslashes and all; here they are hidden.
        return Markdown(f"[{escape_inline(shown)}]({encode_path(name)})")
    return _wikilink(name, shown, bar)


def _wikilink(name: str, shown: str, bar: str) -> Markdown:
    return Markdown(f"[[{name}]]" if shown == name else f"[[{name}{bar}{shown}]]")


def is_active(text: str) -> bool:
    """Whether a wikilink cannot hold the text, or does not show it as it is."""
    return NOT_IN_WIKILINK.search(text) is not None or escape_inline(clean_line(text)) != text


def encode_path(name: str) -> str:
    """A note's path as a Markdown link's address: letters of all scripts stay readable."""
    return NOT_IN_URL.sub(lambda match: quote(match[0], errors="replace"), name) + ".md"
