"""Builders for pages with blocks and items."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

from vaultflow.pages.blocks.items import item_id
from vaultflow.pages.blocks.merge import Merged, merge_page

TODAY = date(2026, 11, 23)
PATH = PurePosixPath("Pipeline/Stale.md")
ASK = "What must happen next, and by when?"


def block(name: str, *lines: str) -> str:
    body = "".join(f"{line}\n" for line in lines)
    return f"%% vaultflow:begin {name} %%\n{body}%% vaultflow:end {name} %%\n"


def ask(lead: str, text: str = ASK) -> tuple[str, ...]:
    """The lines of one lead with one item and two answer fields."""
    ident = item_id(lead, text, "2026-11-23")
    return (f"### [[{lead}]]", f"- [ ] {text} ^{ident}", "\t- next::", "\t- by::")


def page(*leads: str, name: str = "focus") -> str:
    body = [line for lead in leads for line in ask(lead)]
    return f"# Review\n\n{block(name, *body)}\n## My notes\n"


def merge(existing: str | None, rendered: str, *, today: date = TODAY) -> Merged:
    return merge_page(existing, rendered, path=PATH, today=today)


def merged(existing: str | None, rendered: str) -> str:
    """The page's text after a merge that must write, and that a second one leaves alone."""
    text = merge(existing, rendered).text
    assert text is not None
    assert merge(text, rendered).text == text
    return text


def fresh(rendered: str) -> str:
    """The page when it is written for the first time."""
    return merged(None, rendered)
