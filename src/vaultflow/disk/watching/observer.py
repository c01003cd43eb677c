"""Hearing of changed files, by watchdog: a hint only, since events get lost.

Its threads do no more than hand on paths. What they hear is filtered by name alone; whether a file
truly has changed is found out when it is read.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)

from vaultflow.disk.outside import UNSEEN_FOLDERS
from vaultflow.vault.odd_names import icloud_stub, is_temporary

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.observers.api import BaseObserver

POLL_S = 1.0
NO_WATCHES = "the system does not tell of changes, so all files are looked at every second"
JOIN_S = 1.0  # an observer whose thread hangs is left behind: it is a daemon

# Never opened and closed_no_write: reading would hear itself.
HEARD: tuple[type[FileSystemEvent], ...] = (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
)


def vault_path(root: Path, heard: str | bytes) -> PurePosixPath | None:
    """The path in the vault that an event is about; None when it is about no file of ours."""
    try:
        path = PurePosixPath(Path(os.fsdecode(heard)).relative_to(root).as_posix())
    except ValueError:
        return None
    stub = icloud_stub(path.name)
    if not path.name or any(is_unseen(name) for name in path.parts[:-1]):
        return None
    if stub:
        return path.with_name(stub)
    return None if is_unseen(path.name) or is_temporary(path.name) else path


def is_unseen(name: str) -> bool:
    """Whether a file or folder of this name is none that Obsidian shows."""
    return name.startswith(".") or name in UNSEEN_FOLDERS


class Handler(FileSystemEventHandler):
    """Hands on the paths of events.

    Args:
        root: the vault's folder.
        hear: is called in watchdog's thread, and must be quick.
    """

    def __init__(self, root: Path, hear: Callable[[PurePosixPath], None]) -> None:
        self._root = root
        self._hear = hear

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hands on both ends of a move, and the one path of anything else."""
        for heard in (event.src_path, event.dest_path):
            if heard and (path := vault_path(self._root, heard)):
                self._hear(path)


class Warnings(logging.Handler):
    """Turns watchdog's warnings into a call: an overflow is logged there, and told to nobody.

    Args:
        doubt: is called when events may have been lost.
    """

    def __init__(self, doubt: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._doubt = doubt

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002  # whatever it says
        """Doubts all that was heard."""
        self._doubt()


class Ear:
    """Listens to a vault's folder, and knows when it has become deaf.

    Args:
        root: the vault's folder.
        hear: gets the path of each file that has changed, in another thread.
        doubt: is called, in another thread, when events may have been lost.
        poll: look at the files again and again instead of being told by the system.
    """

    def __init__(
        self,
        root: Path,
        hear: Callable[[PurePosixPath], None],
        doubt: Callable[[], None],
        *,
        poll: bool = False,
    ) -> None:
        self._root = root
        self._handler = Handler(root, hear)
        self._warnings = Warnings(doubt)
        self._observer: BaseObserver | None = None
        self._folder: tuple[int, int] | None = None
        self._is_polling = poll
        self.trouble = ""
        """Why it does not hear as it was asked to; empty when it does."""

    def listen(self) -> bool:
        """Begins, or begins anew; gives whether the folder is there to be listened to."""
        self.stop()
        self._folder = identity(self._root)
        if self._folder is None:
            return False
        logging.getLogger("watchdog").addHandler(self._warnings)
        try:
            self._observer = self._started(polling=self._is_polling)
        except OSError as error:
            self.trouble = f"{NO_WATCHES}: {error.strerror}"
            self._is_polling = True
            self._observer = self._started(polling=True)
        return True

    def is_sound(self) -> bool:
        """Whether its threads live, and the folder is the one that it began with."""
        observer = self._observer
        return (
            observer is not None
            and observer.is_alive()
            and bool(observer.emitters)
            and all(emitter.is_alive() for emitter in observer.emitters)
            and identity(self._root) == self._folder
        )

    def stop(self) -> None:
        """Ends its threads."""
        logging.getLogger("watchdog").removeHandler(self._warnings)
        if self._observer and self._observer.is_alive():
            self._observer.stop()
            self._observer.join(JOIN_S)
        self._observer = None

    def _started(self, *, polling: bool) -> BaseObserver:
        observer = new_observer(polling=polling)
        observer.schedule(
            self._handler, str(self._root), recursive=True, event_filter=heard_events(polling)
        )
        try:
            observer.start()
        except OSError:
            observer.stop()
            raise
        return observer


def new_observer(*, polling: bool) -> BaseObserver:
    """An observer of watchdog's that is not started yet."""
    if polling:
        from watchdog.observers.polling import PollingObserver  # noqa: PLC0415  # rarely needed

        return PollingObserver(timeout=POLL_S)
    from watchdog.observers import Observer  # noqa: PLC0415  # one of the two is enough

    return Observer()


def heard_events(polling: bool) -> list[type[FileSystemEvent]]:  # noqa: FBT001  # one word
    """The kinds of events to listen to: only Linux tells when a file is closed."""
    tells_closing = sys.platform.startswith("linux") and not polling
    return [*HEARD] if tells_closing else [*HEARD, FileModifiedEvent]


def identity(folder: Path) -> tuple[int, int] | None:
    """What tells the folder from another one of its name; None when there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
