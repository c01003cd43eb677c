"""Links and tags of a text in which surely nothing hides one: that is true of most texts.

Where no HTML, no formula and no odd escape is, only `[` and `#` begin something, and each of them
is looked for by itself. That is three times as quick as one search for all signs, for `re` leaps to
the first sign of a pattern only where there is just one. Whatever is in doubt is left to `spans`.
"""

from __future__ import annotations

import re

from vaultflow.vault.markdown.tags import TAG
from vaultflow.vault.markdown.wikilinks import read_markdown_link, read_wikilink
from vaultflow.vault.note import Link

WIKILINK = r"""
    \[ (?:
        ([^\s\[\]|\#\\`][^\[\]|\#\\`\n]*) (\#[^\[\]|\\`\n]*)? (?:\|([^\[\]`\n]*))?
      | (?:(?!\[\[|\]\])[^`\n])+
    ) \]\]
"""
"""What follows the first bracket: target, subpath and alias of most links, or all of another."""
_NO_TAG = rf"\#(?!{TAG.pattern[1:]})"
_IN_URL = r"[^\s()<>\\&\x00-\x20\x7f]|&(?![A-Za-z\#][A-Za-z0-9]*;)"
LABELLED = rf"""
    ((?:[^\[\]`\\<\#$\n]|{_NO_TAG})*) \]\(
    (?!(?i:javascript|vbscript|file|data):) ((?:{_IN_URL}|\((?:{_IN_URL})*\))+) \)
"""
"""What follows the bracket of a Markdown link: its label and its destination."""

_LINK = re.compile(rf"\[(?: {WIKILINK} | {LABELLED} | (?=\[) )", re.VERBOSE)
"""A link, or two brackets that are a doubt."""
_TAG = re.compile(rf"\#(?: (?<!\S\#) ({TAG.pattern[1:]}\#?) | (?<=[*_~=\])`]\#) )", re.VERBOSE)
"""A tag, with the `#` if one follows, or a `#` of which the signs before tell if it begins one."""
_HASH_BEHIND_BLANK = re.compile(r"\s#")
_CODE = re.compile(r"`[^`\n]+`(?!`)")
_ODD_ESCAPE = re.compile(r"\\(?:[^|*_.+~=()-]|.\#|\Z)", re.DOTALL)


def read_plain_spans(text: str, first_line: int) -> tuple[list[Link], list[str]] | None:
    """Links, embeds among them, and tags as `read_spans` gives them; None when in doubt."""
    if "<" in text or "$" in text or ("\\" in text and _ODD_ESCAPE.search(text)):
        return None
    if "`" in text:
        signs = text.count("`")
        text, codes = _CODE.subn(_hidden, text)
        if signs != 2 * codes:
            return None
    links = _links(text, first_line) if "[" in text or "]" in text else []
    tags = _tags(text) if "#" in text else []
    return None if links is None or tags is None else (links, tags)


def _hidden(code: re.Match[str]) -> str:
    """Backticks only: a link that they are part of is a doubt."""
    return "`" * len(code[0])


def _links(text: str, first_line: int) -> list[Link] | None:
    links: list[Link] = []
    line, counted, labelled = first_line, 0, 0
    for match in _LINK.finditer(text):
        start, written = match.start(), match[0]
        line += text.count("\n", counted, start)
        counted = start
        target, subpath, alias, label, destination = match.groups()
        is_embed = start > 0 and text[start - 1] == "!"
        if is_embed:
            written = f"!{written}"
        if written.endswith("[") or ("#" in written and _HASH_BEHIND_BLANK.search(written)):
            return None
        link: Link | None
        if target:
            link = Link(
                line=line,
                text=written,
                target=target,
                subpath=subpath or "",
                alias=alias,
                embed=is_embed,
            )
        elif destination is None:
            link = read_wikilink(written, line=line)
        elif "`" in destination:
            return None
        else:
            labelled += 1
            link = read_markdown_link(written, line=line, label=label, destination=destination)
        if link:
            links.append(link)
    return None if "(" in text and text.count("](") != labelled else links


def _tags(text: str) -> list[str] | None:
    tags = _TAG.findall(text)
    return None if "" in tags or "#" in "".join(tags) else [f"#{tag}" for tag in tags]
