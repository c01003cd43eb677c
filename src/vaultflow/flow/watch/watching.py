"""The watcher: when there is a round, and what becomes of one that fails.

It is told of changes by an `Ear`, and trusts it little: all files are looked at every few minutes,
and whenever something may have been missed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from traceback import extract_tb
from typing import TYPE_CHECKING, Protocol, TypeAlias

from vaultflow.disk.watching.observer import Ear
from vaultflow.disk.watching.settling import Settling, pace_of
from vaultflow.disk.watching.spare import tidy_up, without_tidying
from vaultflow.disk.watching.status import Batch, WatchStatus, load_status, save_status
from vaultflow.disk.write import apply_change
from vaultflow.disk.writing.lock import watcher_lock
from vaultflow.errors import VaultFlowError
from vaultflow.flow.watch.brakes import HOLD_S
from vaultflow.flow.watch.days import day_turns, local_time
from vaultflow.flow.watch.rounds import AGAIN_S, OWN_HANDS, Answered, Hands, Played, play_round
from vaultflow.flow.watch.watched import Cause, Watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from vaultflow.disk.change import Change
    from vaultflow.flow.watch.rounds import Answering
    from vaultflow.flow.workspace import Workspace
    from vaultflow.pipeline.settings import Settings

CHECK_S = 5.0  # how often the ear is looked at: a replaced folder must be noticed in 30 s
PATIENCE_S = 2.0  # so long a look at all files that is due waits for edits that were heard of
RETRY_S = 30.0  # after a round that failed, unless a change comes first
JUMP_S = 30.0  # the two clocks part by more than this when the computer has slept
SHOWN_PATHS = 20

Hear: TypeAlias = Callable[[PurePosixPath], None]
Doubt: TypeAlias = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The time, from outside."""

    now: Callable[[], datetime]
    """With its time zone; may jump."""
    monotonic: Callable[[], float]
    """Seconds since some instant; never goes back."""


class Listener(Protocol):
    """What the watcher needs of an `Ear`."""

    @property
    def trouble(self) -> str:
        """Why it does not hear as it was asked to; empty when it does."""

    def listen(self) -> bool:
        """Begins, or begins anew; gives whether the folder is there."""

    def is_sound(self) -> bool:
        """Whether it still hears the folder."""

    def stop(self) -> None:
        """Ends."""


class Watcher:
    """Keeps a vault's pages current while it runs.

    Args:
        root: the vault's folder.
        settings: as they are now; it notices when they change.
        clocks: what time it is.
        report: gets each round in which anything happened.
        own: what it does to the vault besides the pages; by default nothing.
        ear: what to listen with instead of an `Ear`, made from what to tell and when to doubt.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings,
        clocks: Clocks,
        report: Callable[[Batch], None],
        *,
        own: Hands = OWN_HANDS,
        ear: Callable[[Hear, Doubt], Listener] | None = None,
    ) -> None:
        self.root = root
        self.settings = settings
        self.clocks = clocks
        self.watched = remembered(load_status(root))
        self._report = report
        self._hands = Hands(
            answer=partial(self._shielded, own.answer),
            note=partial(self._shielded, own.note),
            write=self._write,
        )
        make_ear = ear or partial(Ear, root, poll=settings.watch.poll)
        self._ear = make_ear(self.hear, self.doubt)
        self._settling = Settling(pace_of(settings.watch))
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._scan_due_s = self._check_due_s = self._verify_due_s = clocks.monotonic()
        self._drift_s = self._drift()
        self._has_missed = False
        self._since = self._local().isoformat(timespec="seconds")
        self._last: Batch | None = None
        self._told: tuple[str, tuple[str, ...]] | None = None
        self._is_writing = self._is_stopped = False

    def hear(self, path: PurePosixPath) -> None:
        """Takes note of a changed file; may be called from any thread."""
        with self._lock:
            self._settling.add(path, self.clocks.monotonic())
        self._wake.set()

    def doubt(self) -> None:
        """Takes note that changes may have been missed; may be called from any thread."""
        with self._lock:
            self._scan_due_s = min(self._scan_due_s, self.clocks.monotonic() + AGAIN_S)
        self._wake.set()

    def run(self) -> None:
        """Watches until `interrupt`.

        Raises:
            AlreadyRunningError: another watcher has this vault.
        """
        with watcher_lock(self.root), suppress(KeyboardInterrupt):
            try:
                while True:
                    self._wake.wait(self.step())
                    self._wake.clear()
            finally:
                self._is_stopped = True
                self._ear.stop()

    def once(self) -> None:
        """Does what a start does, and ends: the pages are current then.

        Raises:
            AlreadyRunningError: another watcher has this vault.
        """
        with watcher_lock(self.root), suppress(KeyboardInterrupt):
            if self._play(self._scan_cause()).held:
                self._wake.wait(HOLD_S)
                self._play(self._scan_cause())

    def interrupt(self) -> None:
        """Ends `run`: at once, or when the file is written that is being written.

        To be called in the thread of `run`, as signal handlers are.
        """
        if not self._is_stopped:
            self._is_stopped = True
            if not self._is_writing:
                raise KeyboardInterrupt

    def step(self) -> float:
        """Does what is due; gives how many seconds there are until something else may be."""
        now_s = self.clocks.monotonic()
        self._check_ear(now_s)
        if cause := self._cause(now_s):
            self._play(cause)
        with self._lock:
            dues_s = (self._scan_at_s(), self._check_due_s, self._settling.due_s())
        due_s = min(due_s for due_s in dues_s if due_s is not None)
        return max(0.0, due_s - self.clocks.monotonic())

    def _scan_at_s(self) -> float:
        """When to look at all files: it takes a while, so an edit that was heard of goes first."""
        is_hearing = self._settling.due_s() is not None
        return self._scan_due_s + (PATIENCE_S if is_hearing else 0.0)

    def _check_ear(self, now_s: float) -> None:
        """Listens anew when the ear is deaf, and after a sleep looks at all that went by."""
        drift_s = self._drift()
        has_slept = abs(drift_s - self._drift_s) > JUMP_S
        self._drift_s = drift_s
        is_deaf = False
        if now_s >= self._check_due_s:
            self._check_due_s = now_s + CHECK_S
            is_deaf = not self._ear.is_sound()
            if is_deaf:
                self._ear.listen()
        if has_slept or is_deaf:
            self._scan_due_s = now_s

    def _drift(self) -> float:
        """How far the two clocks are apart."""
        return self.clocks.now().timestamp() - self.clocks.monotonic()

    def _local(self) -> datetime:
        return local_time(self.clocks.now(), self.settings.vault.timezone)

    def _cause(self, now_s: float) -> Cause | None:
        """Why there is a round now; None when there is no reason."""
        now = self.clocks.now()
        local = local_time(now, self.settings.vault.timezone)
        turns = day_turns(local, self.watched.today, self.settings.watch.day_starts)
        with self._lock:
            is_scan_due = now_s >= self._scan_at_s()
            paths = self._settling.take(now_s)
        if is_scan_due or (self._has_missed and paths):
            verify = now_s >= self._verify_due_s
            return Cause(now=now, at_s=now_s, day_turns=turns, verify=verify)
        if paths or turns:
            return Cause(now=now, at_s=now_s, paths=paths, day_turns=turns)
        return None

    def _scan_cause(self) -> Cause:
        return Cause(now=self.clocks.now(), at_s=self.clocks.monotonic(), day_turns=True)

    def _play(self, cause: Cause) -> Played:
        """A round; one that fails is told of, and the next one goes on."""
        local = self._local()
        is_large = cause.paths is None or cause.day_turns
        try:
            with nullcontext() if is_large else without_tidying():
                self.watched, played = play_round(self.watched, self.root, cause, self._hands)
            self._has_missed = False
        except VaultFlowError as error:
            played = self._failed(str(error))
        except Exception as error:  # noqa: BLE001  # the next round may well succeed: style.md 20
            played = self._failed(f"the round failed: {place_of(error)}")
        self._plan_next(cause, played)
        self._tell(played, local, self.clocks.monotonic() - cause.at_s)
        if not played.is_idle:  # an idle look leaves nothing to tidy, and comes every few minutes
            tidy_up(everything=is_large)
        return played

    def _failed(self, trouble: str) -> Played:
        self._has_missed = True
        return Played(leads=self.watched.leads, troubles=(trouble,), again_s=RETRY_S)

    def _plan_next(self, cause: Cause, played: Played) -> None:
        """When to look at all files next."""
        if self.watched.surroundings:
            self.settings = self.watched.surroundings.loaded.settings
        now_s = self.clocks.monotonic()
        with self._lock:
            self._settling.pace = pace_of(self.settings.watch)
            if cause.paths is None:
                self._scan_due_s = now_s + 60 * self.settings.watch.reconcile_minutes
            if cause.verify:
                self._verify_due_s = self._scan_due_s
            if played.again_s is not None:
                self._scan_due_s = min(self._scan_due_s, now_s + played.again_s)

    def _tell(self, played: Played, local: datetime, seconds: float) -> None:
        """Reports the round, and keeps it for `vaultflow status`, unless there is nothing new."""
        deafness = (self._ear.trouble,) if self._ear.trouble else ()
        told = (played.held, (*played.troubles, *deafness))
        if played.is_idle and told == self._told:
            return
        self._told = told
        is_start = self._last is None
        self._last = Batch(
            at=local.isoformat(timespec="seconds"),
            seconds=round(seconds, 3),
            leads=played.leads,
            changed_count=len(played.changed),
            is_start=is_start,
            changed=() if is_start else tuple(map(str, played.changed[:SHOWN_PATHS])),
            written=tuple(map(str, played.written)),
            held=told[0],
            troubles=told[1],
        )
        self._keep()
        self._report(self._last)

    def _keep(self) -> None:
        pages = tuple(sorted(map(str, self.watched.pages)))
        status = WatchStatus(
            since=self._since, last=self._last, leads=self.watched.leads, pages=pages
        )
        with suppress(VaultFlowError):  # without a state folder there is no `status`, but pages
            save_status(self.root, status)

    def _shielded(self, act: Answering, workspace: Workspace) -> Answered:
        with self._shield():
            return act(workspace)

    def _write(self, root: Path, change: Change) -> bool:
        with self._shield():
            return apply_change(root, change)

    @contextmanager
    def _shield(self) -> Iterator[None]:
        """Puts an interruption off until what is being written stands."""
        self._is_writing = True
        try:
            yield
        finally:
            self._is_writing = False
        if self._is_stopped:
            raise KeyboardInterrupt


def remembered(status: WatchStatus | None) -> Watched:
    """What the last watcher of the vault knew that this one must know too."""
    if status is None:
        return Watched()
    return Watched(leads=status.leads, pages=frozenset(map(PurePosixPath, status.pages)))


def place_of(error: Exception) -> str:
    """The kind of an error and where it arose; its text may hold a note's, and is left out."""
    frames = extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
