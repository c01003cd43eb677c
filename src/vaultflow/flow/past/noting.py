"""What leads say now, beside what they said at the last look -> lines of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultflow.disk.change import Change as FileChange
from vaultflow.disk.last_seen import LastSeen, load_last_seen, machine_name, save_last_seen
from vaultflow.disk.notes import read_existing
from vaultflow.pipeline.history.change import Source
from vaultflow.pipeline.history.journal import HEAD, journal_lines, journal_path, tracked_state
from vaultflow.pipeline.history.meaning import same_meaning
from vaultflow.pipeline.history.seen import changes_between
from vaultflow.pipeline.history.told import told_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.last_seen import Look
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.history.change import Change
    from vaultflow.pipeline.lead import Lead

THIS_COMPUTER = "journal"
PROMISED = "next_action_due"


class Noting(NamedTuple):
    """What a look finds out."""

    change: FileChange | None
    """What it adds to the journal; None when no lead says anything new."""
    now: LastSeen
    """What is to be remembered of it."""
    is_new: bool
    """Whether that is not remembered already."""


def plan_noting(root: Path, context: Context, look: Look) -> Noting:
    """Compares with the last look, and writes nothing.

    Raises:
        ConflictError: when the journal of this month cannot be added to safely.
        VaultError: when it leads out of the vault.
    """
    now, before = LastSeen(look, _seen(context)), load_last_seen(root)
    lines = ""
    if before and before.look.read_by == look.read_by and before.fields != now.fields:
        lines = journal_lines(_changes(context, before, now), context.vault.index)
    change = _longer_journal(root, context, lines) if lines else None
    return Noting(change, now, before != now)


def note_down(root: Path, context: Context, look: Look) -> PurePosixPath | None:
    """Compares with the last look, and remembers this one; gives the path when it wrote.

    Raises:
        ConflictError: when the journal of this month cannot be added to safely.
        VaultError: when it cannot be written.
    """
    noting = plan_noting(root, context, look)
    written = _write(root, noting.change) if noting.change else None
    if noting.is_new:
        save_last_seen(root, noting.now)
    return written


def _seen(context: Context) -> Mapping[str, Mapping[str, str]]:
    leads = (standing.lead for standing in context.pipeline.standings)
    return {str(lead.path): dict(tracked_state(lead)) for lead in leads if lead.readable}


def _changes(context: Context, before: LastSeen, now: LastSeen) -> Iterator[Change]:
    """What differs, by lead, and is not told by the lead itself."""
    for standing in context.pipeline.standings:
        lead = standing.lead
        known, said = (look.fields.get(str(lead.path)) for look in (before, now))
        if known is None or said is None or known == said:
            continue
        for change in changes_between(
            known,
            said,
            path=lead.path,
            looks=(min(before.look.day, now.look.day), now.look.day),
            source=Source.JOURNAL,
            where=THIS_COMPUTER,
        ):
            if not _is_told(change, lead, context, before.look.day):
                yield change


def _is_told(change: Change, lead: Lead, context: Context, since: date) -> bool:
    """Whether the lead's log tells of it; of a next action, a review's line does."""
    if change.field == PROMISED and any(day >= since for day in lead.review_days):
        return True
    same = same_meaning(context.settings)
    told, _ = told_changes(lead)
    return any(
        one.field == change.field
        and one.day >= since
        and same(change.field, one.after, change.after)
        for one in told
    )


def _longer_journal(root: Path, context: Context, lines: str) -> FileChange:
    path = journal_path(context.settings, context.today, machine_name(root))
    before = read_existing(root, path)
    after = (HEAD.encode() if before is None else _with_end(before)) + lines.encode()
    return FileChange(path=path, before=before, after=after)


def _write(root: Path, change: FileChange) -> PurePosixPath | None:
    # Most changes are told by the lead itself, and what writes safely takes a while to load.
    from vaultflow.disk.write import apply_change  # noqa: PLC0415

    return change.path if apply_change(root, change) else None


def _with_end(text: bytes) -> bytes:
    return text if text.endswith(b"\n") or not text else text + b"\n"
