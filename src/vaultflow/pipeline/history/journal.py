"""VaultFlow's own journal: what it saw that a field of a lead is another one than before.

    - 2026-11-23 [[Leads/Acme|Acme]]: `stage` from `Proposal` to `Closing`, last seen 2026-11-20

Plain lines in notes of the vault, one note for each month and computer, so that no sync tool has
two versions of one. Lines are only ever added. The link follows the lead when Obsidian renames it.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.pipeline.history.change import TRACKED, Change, Source
from vaultflow.vault.frontmatter.values import read_date
from vaultflow.vault.knowing import note_texts
from vaultflow.vault.links.index import link_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultflow.pipeline.lead import Lead
    from vaultflow.pipeline.settings import Settings
    from vaultflow.vault.links.index import LinkIndex
    from vaultflow.vault.note import ListItem, Note
    from vaultflow.vault.vault import ResolvedLink, Vault

NOTHING = "nothing"
HEAD = (
    "---\ntags: [vaultflow/journal]\n---\n"
    "What VaultFlow saw change in leads, for their history. Lines are only added here.\n\n"
)
_UNLINKABLE = re.compile(r"[\[\]|#^\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ENTRY = re.compile(
    rf"(?P<day>\d{{4}}-\d\d-\d\d) \[\[.*\]\]: `(?P<field>{'|'.join(TRACKED)})` "
    r"from (?:`(?P<before>[^`]*)`|nothing) to (?:`(?P<after>[^`]*)`|nothing), "
    r"last seen (?P<seen>\d{4}-\d\d-\d\d)"
)


def tracked_state(lead: Lead) -> Mapping[str, str]:
    """What the lead says in the fields of which a history is kept; empty ones are left out.

    A chance counts only where it is not just that of its stage.
    """
    own_chance = lead.stage is None or lead.probability != lead.stage.probability
    said = {
        "stage": lead.stage.name if lead.stage else lead.stage_text,
        "value": f"{lead.value.amount} {lead.value.currency}" if lead.value else "",
        "expected_close": str(lead.expected_close or ""),
        "probability": str(lead.probability) if own_chance and lead.probability is not None else "",
        "owner": lead.owner,
        "next_action_due": str(lead.next_action_due or ""),
    }
    return {field: text for field, text in said.items() if text}


def journal_path(settings: Settings, today: date, machine: str) -> PurePosixPath:
    """The note for this month and computer."""
    return PurePosixPath(settings.history.folder, f"{today:%Y-%m} {machine}.md")


def journal_lines(changes: Iterable[Change], index: LinkIndex) -> str:
    """One line a change, each with its end; none for a note to which no link can be written."""
    linkable = (change for change in changes if not _UNLINKABLE.search(str(change.path)))
    return "".join(f"{_line(change, index)}\n" for change in linkable)


def read_journal(
    vault: Vault, settings: Settings, unwritten: Note | None = None
) -> Iterator[Change]:
    """All that the journals of the vault tell, by note and line; other lines are passed over.

    Args:
        vault: all notes and links.
        settings: they say where the journals are.
        unwritten: a journal as it is about to stand there.
    """
    folder = str(PurePosixPath(settings.history.folder))
    inside = (text for text in note_texts(vault.notes) if text.rpartition("/")[0] == folder)
    journals = {text: vault.notes[PurePosixPath(text)] for text in inside}
    if unwritten:
        journals[str(unwritten.path)] = unwritten
    for text in sorted(journals):
        yield from _read(journals[text], vault)


def _read(journal: Note, vault: Vault) -> Iterator[Change]:
    by_line: dict[int, ResolvedLink] = {}
    for link in vault.links_from(journal):
        by_line.setdefault(link.link.line, link)
    for item in journal.items:
        if change := _change(item, by_line, journal.path):
            yield change


def _line(change: Change, index: LinkIndex) -> str:
    target, name = link_text(index, change.path), change.path.stem
    link = f"[[{target}]]" if target == name else f"[[{target}|{name}]]"
    before, after = _code(change.before or ""), _code(change.after)
    seen = f"last seen {change.earliest}"
    return f"- {change.day} {link}: `{change.field}` from {before} to {after}, {seen}"


def _code(text: str) -> str:
    """The text as code, in which nothing means anything to Markdown."""
    plain = " ".join(text.replace("`", "'").split())
    return f"`{plain}`" if plain else NOTHING


def _change(
    item: ListItem, links: Mapping[int, ResolvedLink], journal: PurePosixPath
) -> Change | None:
    match = _ENTRY.fullmatch(item.text)
    link = links.get(item.line)
    day = read_date(match["day"]) if match else None
    seen = read_date(match["seen"]) if match else None
    if not match or not link or link.resolved is None or day is None or seen is None:
        return None
    return Change(
        path=link.resolved,
        field=match["field"],
        day=day,
        before=match["before"] or "",
        after=match["after"] or "",
        source=Source.JOURNAL,
        where=f"{journal.stem}:{item.line}",
        earliest=min(seen, day),
    )
