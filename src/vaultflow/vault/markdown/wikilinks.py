"""Links as text: what stands between the brackets, taken apart."""

from __future__ import annotations

import re
from urllib.parse import unquote

from vaultflow.vault.note import Link

WIKILINK = re.compile(r"!?\[\[((?:[^\[\]\n]++|\[(?!\[)|\](?!\]))++)\]\]")
"""A wikilink or an embed. A lone `]` does not end it, and a second `[[` begins anew. What was taken
is never given back: no other way of taking it would come any further."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
"""At least two letters before the colon: one letter is a drive, and so a path."""
_SEPARATOR = re.compile(r"(?!\A)(?<!\A\\)\\?\|")
"""In a table the bar between target and alias is written `\\|`. One with nothing before it is
part of the target."""


def read_wikilink(text: str, *, line: int, key: str | None = None) -> Link | None:
    """The link that a text such as `![[Acme#Log|log]]` is; None when it is none.

    `[[|shown]]` names a note `|shown`, as Obsidian reads it; `[[]]` and `[[ ]]` are text.
    """
    match = WIKILINK.fullmatch(text)
    if match is None:
        return None
    inner = match[1]
    linked, *aliases = _SEPARATOR.split(inner, maxsplit=1) if "|" in inner else (inner,)
    if not linked.strip():
        return None
    target, subpath = split_subpath(linked)
    return Link(
        line=line,
        text=text,
        target=target,
        subpath=subpath,
        alias=aliases[0] if aliases else None,
        embed=text.startswith("!"),
        key=key,
    )


def read_markdown_link(text: str, *, line: int, label: str, destination: str) -> Link | None:
    """The link `[label](destination)` to a file of the vault; None for one that leads elsewhere.

    The destination is decoded after it is split, so that `%23` can stand for a `#` in a name.
    """
    if not destination or _SCHEME.match(destination):
        return None
    target, subpath = split_subpath(destination)
    return Link(
        line=line,
        text=text,
        target=_decoded(target),
        subpath=_decoded(subpath),
        alias=label or None,
        embed=text.startswith("!"),
    )


def split_subpath(linked: str) -> tuple[str, str]:
    """The path and the subpath of a link, cut before the first `#`."""
    target, hash_sign, rest = linked.partition("#")
    return target, hash_sign + rest


def _decoded(written: str) -> str:
    try:
        return unquote(written, errors="strict")
    except UnicodeDecodeError:
        return written  # a percent sign that was meant as one
