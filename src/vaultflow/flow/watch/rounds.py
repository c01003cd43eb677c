"""One round of the watcher: read what has changed, plan the pages, write those that differ.

    watched, played = play_round(watched, root, cause)

What a round leaves in the vault is what `vaultflow refresh` would leave. It only reads less for
it, and it holds back where nobody looks on: see `flow/watch/brakes.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from vaultflow.disk.watching.live import look_at
from vaultflow.disk.write import apply_change
from vaultflow.errors import Level, VaultFlowError
from vaultflow.flow.page_names import pages_to_refresh
from vaultflow.flow.pages import placed, plan_pages
from vaultflow.flow.watch.brakes import HOLD_S, find_brake
from vaultflow.flow.watch.days import local_time
from vaultflow.flow.watch.watched import having_seen, load_surroundings, look_for, workspace_of
from vaultflow.flow.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path, PurePosixPath

    from vaultflow.disk.change import Change
    from vaultflow.disk.watching.live import LiveVault
    from vaultflow.flow.pages import PagePlan
    from vaultflow.flow.watch.watched import Cause, Watched

AGAIN_S = 2.0  # after a scan that found something: what it found may not be all
LONGEST_AGAIN_S = 300.0
MOST_PASSES = 3  # a new page may change where links lead, and so what the pages say


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What has become of the answers in review notes."""

    written: tuple[PurePosixPath, ...] = ()
    troubles: tuple[str, ...] = ()
    is_complete: bool = True
    """Whether all that was planned could be written."""


Answering: TypeAlias = Callable[[Workspace], Answered]
"""Puts the answers that stand in review notes into the leads."""


def no_answers(_workspace: Workspace) -> Answered:
    """Leaves the answers where they are."""
    return Answered()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """How a round acts on the vault."""

    answer: Answering = no_answers
    note: Answering = no_answers
    """Notes down what has changed in leads, once the pages are written."""
    write: Callable[[Path, Change], bool] = apply_change


OWN_HANDS = Hands()


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What a round did."""

    leads: int
    changed: tuple[PurePosixPath, ...] = ()
    """Files that were found new, gone, or with other bytes."""
    written: tuple[PurePosixPath, ...] = ()
    held: str = ""
    """Why nothing was written although there was a change."""
    troubles: tuple[str, ...] = ()
    """What could not be done, a line each."""
    again_s: float | None = None
    """In how many seconds all files should be looked at again; None: no hurry."""

    @property
    def is_idle(self) -> bool:
        """Whether no file had changed, and none was written."""
        return not (self.changed or self.written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What has become of the pages."""

    written: tuple[PurePosixPath, ...] = ()
    made: tuple[PurePosixPath, ...] = ()
    """Those among the written that were not there before."""
    standing: frozenset[PurePosixPath] = frozenset()
    """The pages that are there, or were and have been deleted by the user."""
    troubles: tuple[str, ...] = ()
    is_complete: bool = True
    """Whether all that was planned could be written."""


def play_round(
    watched: Watched, root: Path, cause: Cause, hands: Hands = OWN_HANDS
) -> tuple[Watched, Played]:
    """Brings the pages up to date with the files; gives what is known now, and what was done.

    Raises:
        VaultError: the vault's folder cannot be read.
        ConfigError: `vaultflow.toml` cannot be used.
    """
    surroundings = load_surroundings(root)
    look, is_scan = look_for(watched, root, cause, surroundings)
    again_s = AGAIN_S if (is_scan and look.changed) or look.live.doubts else None
    is_same = surroundings == watched.surroundings and not look.changed
    is_idle = is_same and not (cause.day_turns or watched.is_unfinished)
    watched = replace(having_seen(watched, look), surroundings=surroundings)
    if is_idle:
        return watched, Played(leads=watched.leads, again_s=again_s)
    today = local_time(cause.now, surroundings.loaded.settings.vault.timezone).date()
    watched, workspace = workspace_of(watched, root, today)
    if held := find_brake(watched, workspace, cause, is_scan=is_scan):
        since_s = cause.at_s if watched.held_since_s is None else watched.held_since_s
        watched = replace(watched, held_since_s=since_s)
        is_empty = not workspace.context.pipeline.standings
        wait_s = None if is_empty else HOLD_S
        played = Played(leads=watched.leads, held=held, again_s=wait_s)
    else:
        watched = replace(watched, held_since_s=None)
        watched, played = bring_up_to_date(watched, workspace, cause, hands)
    soon = [seconds for seconds in (played.again_s, again_s) if seconds is not None]
    return watched, replace(played, changed=look.changed, again_s=min(soon, default=None))


def bring_up_to_date(
    watched: Watched, workspace: Workspace, cause: Cause, hands: Hands
) -> tuple[Watched, Played]:
    """Puts the answers into the leads, and then writes the pages that differ."""
    answered = hands.answer(workspace)
    if answered.written:
        watched = with_own_writes(watched, workspace, cause, answered.written)
        watched, workspace = seen_anew(watched, workspace)
    watched, refreshed = refresh_pages(watched, workspace, cause, hands)
    noted = hands.note(workspace)
    if noted.written:
        watched = with_own_writes(watched, workspace, cause, noted.written)
    is_complete = answered.is_complete and refreshed.is_complete
    failures = 0 if is_complete else watched.failures + 1
    leads = len(workspace.context.pipeline.standings)
    today = workspace.context.today
    watched = replace(watched, today=today, leads=leads, failures=failures)
    return watched, Played(
        leads=leads,
        written=tuple(dict.fromkeys((*answered.written, *refreshed.written, *noted.written))),
        troubles=(
            *workspace.unread_folders,
            *answered.troubles,
            *refreshed.troubles,
            *noted.troubles,
        ),
        again_s=min(AGAIN_S * 2 ** (failures - 1), LONGEST_AGAIN_S) if failures else None,
    )


def refresh_pages(
    watched: Watched,
    workspace: Workspace,
    cause: Cause,
    hands: Hands,
    passes: int = MOST_PASSES,
) -> tuple[Watched, Refreshed]:
    """Writes the pages that differ, once more when new ones have come up by it."""
    refreshed = write_pages(workspace, watched, hands)
    watched = replace(watched, pages=refreshed.standing)
    if refreshed.written:
        watched = with_own_writes(watched, workspace, cause, refreshed.written)
    if not refreshed.made or passes == 1:
        return watched, refreshed
    watched, workspace = seen_anew(watched, workspace)
    watched, rest = refresh_pages(watched, workspace, cause, hands, passes - 1)
    return watched, replace(rest, written=(*refreshed.written, *rest.written))


def seen_anew(watched: Watched, workspace: Workspace) -> tuple[Watched, Workspace]:
    """The workspace of the same day with the files as they are known now."""
    return workspace_of(watched, workspace.root, workspace.context.today)


def with_own_writes(
    watched: Watched, workspace: Workspace, cause: Cause, paths: Collection[PurePosixPath]
) -> Watched:
    """What is known, with what we have just written: then hearing of it causes no round."""
    ignore = workspace.loaded.settings.vault.ignore
    look = look_at(workspace.root, watched.live, ignore, cause.at_s, paths)
    return having_seen(watched, look)


def write_pages(workspace: Workspace, watched: Watched, hands: Hands) -> Refreshed:
    """Writes the pages that differ, each before the next is made.

    One that the user deleted is not made again.

    Args:
        workspace: the vault as it is now.
        watched: what is known of it, with the pages that have been seen.
        hands: how to write.
    """
    known = watched.pages
    plans: list[PagePlan] = []
    attempts: list[tuple[PagePlan, VaultFlowError | None]] = []
    names = small_ones_first(workspace, watched.live)
    for plan in (plan for name in names for plan in plan_pages(workspace, [name]).plans):
        plans.append(plan)
        if plan.status.state != "new" or plan.status.path not in known:
            attempts.append((plan, try_to_write(workspace.root, plan, hands)))
    written = [plan.status for plan, error in attempts if plan.change and not error]
    there = {plan.status.path for plan in plans if plan.status.state in ("current", "changed")}
    deleted = {plan.status.path for plan in plans} & known
    return Refreshed(
        written=tuple(status.path for status in written),
        made=tuple(status.path for status in written if status.state == "new"),
        standing=frozenset(there | deleted | {status.path for status in written}),
        troubles=tuple(line for plan, error in attempts for line in troubles_of(plan, error)),
        is_complete=not any(error for _, error in attempts),
    )


def small_ones_first(workspace: Workspace, live: LiveVault) -> tuple[str, ...]:
    """The pages to refresh: so one that is made quickly does not wait for one that takes long."""

    def size(name: str) -> int:
        try:
            note = live.notes.get(placed(workspace, name).path)
        except VaultFlowError:
            return 0  # its plan says what is wrong
        return note.entry.size if note else 0

    return tuple(sorted(pages_to_refresh(workspace), key=size))


def try_to_write(root: Path, plan: PagePlan, hands: Hands) -> VaultFlowError | None:
    """Writes the page if it differs; gives what has come between."""
    try:
        if plan.change:
            hands.write(root, plan.change)
    except VaultFlowError as error:
        return error
    return None


def troubles_of(plan: PagePlan, error: VaultFlowError | None) -> Iterator[str]:
    """Why the page is not current, and what of the user's had to move in it."""
    yield from (str(problem) for problem in (plan.error, error) if problem)
    if not plan.error:
        yield from (str(found) for found in plan.findings if found.level is not Level.INFO)
