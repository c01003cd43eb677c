"""The real thing: one test with a time limit for each behaviour that no value can show."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from disk_builders import posix_only
from watch_builders import write

from vaultflow.disk.watching import observer
from vaultflow.disk.watching.observer import Ear, heard_events, identity, is_unseen, vault_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

LIMIT_S = 20.0


class Heard:
    """What an ear has told, and a way to wait for it."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.doubts = 0
        self.news = threading.Condition()

    def hear(self, path: PurePosixPath) -> None:
        with self.news:
            self.paths.add(str(path))
            self.news.notify_all()

    def doubt(self) -> None:
        with self.news:
            self.doubts += 1
            self.news.notify_all()

    def wait_for(self, *names: str) -> None:
        with self.news:
            assert self.news.wait_for(lambda: self.paths.issuperset(names), LIMIT_S), self.paths


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture(params=[False, True], ids=["told", "polled"])
def ear(
    tmp_path: Path, heard: Heard, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ear]:
    monkeypatch.setattr(observer, "POLL_S", 0.05)
    root = tmp_path / "vault"
    write(root, "Folder/Old.md", "old")
    ear = Ear(root, heard.hear, heard.doubt, poll=request.param)
    assert ear.listen()
    yield ear
    ear.stop()


def test_it_hears_of_writes_renames_and_deletions(ear: Ear, heard: Heard, tmp_path: Path) -> None:
    root = tmp_path / "vault"
    write(root, "New.md", "new")
    heard.wait_for("New.md")
    (root / "New.md").rename(root / "Newer.md")
    heard.wait_for("Newer.md")
    temporary = root / ".~vf-0123456789ab.tmp"
    temporary.write_text("atomic")
    temporary.replace(root / "Folder" / "Old.md")
    heard.wait_for("Folder/Old.md")
    heard.paths.clear()
    (root / "Folder" / "Old.md").unlink()
    heard.wait_for("Folder/Old.md")
    (root / "Folder").rename(root / "Renamed")
    heard.wait_for("Renamed")
    assert not any("~vf" in path for path in heard.paths)
    assert ear.is_sound()


def test_f15_a_replaced_folder_makes_it_deaf_until_it_listens_anew(
    ear: Ear, heard: Heard, tmp_path: Path
) -> None:
    root = tmp_path / "vault"
    root.rename(tmp_path / "aside")
    assert not ear.is_sound()
    assert not ear.listen()
    assert not ear.is_sound()
    root.mkdir()
    assert ear.listen()
    assert ear.is_sound()
    write(root, "Here.md", "x")
    heard.wait_for("Here.md")


def test_f15_a_dead_thread_makes_it_deaf(ear: Ear) -> None:
    assert ear._observer
    (emitter,) = ear._observer.emitters
    emitter.stop()
    emitter.join(LIMIT_S)
    assert not ear.is_sound()
    ear.listen()
    assert ear.is_sound()


def test_f14_a_warning_of_watchdogs_is_a_doubt(ear: Ear, heard: Heard) -> None:
    logging.getLogger("watchdog.observers.inotify_c").warning("queue overflowed")
    assert heard.doubts == 1
    ear.stop()
    logging.getLogger("watchdog").addHandler(logging.NullHandler())
    logging.getLogger("watchdog.observers.inotify_c").warning("queue overflowed")
    assert heard.doubts == 1


@posix_only
def test_without_watches_left_it_polls(
    tmp_path: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_observer = observer.new_observer

    def refusing(*, polling: bool) -> object:
        made = new_observer(polling=polling)
        if not polling:

            def start() -> None:
                raise OSError(28, "inotify watch limit reached")

            monkeypatch.setattr(made, "start", start)
        return made

    monkeypatch.setattr(observer, "new_observer", refusing)
    monkeypatch.setattr(observer, "POLL_S", 0.1)
    ear = Ear(tmp_path, heard.hear, heard.doubt)
    ear.listen()
    assert ear.trouble.endswith("every second: inotify watch limit reached")
    write(tmp_path, "Seen.md", "x")
    heard.wait_for("Seen.md")
    ear.stop()
    assert not ear.is_sound()


@pytest.mark.parametrize(
    ("heard_path", "path"),
    [
        ("/v/a.md", "a.md"),
        ("/v/b/c.md", "b/c.md"),
        ("/v/b", "b"),
        (b"/v/b\xc3\xa9.md", "bé.md"),
        ("/v/.Note.md.icloud", "Note.md"),
        ("/v", None),
        ("/elsewhere/a.md", None),
        ("/v/.obsidian/workspace.json", None),
        ("/v/.git/index.lock", None),
        ("/v/node_modules/x.md", None),
        ("/v/.hidden.md", None),
        ("/v/.~vf-0123456789ab.tmp", None),
        ("/v/a.md.tmp", None),
        ("/v/4913", None),
    ],
)
def test_only_files_that_the_scan_may_list_are_heard(
    heard_path: str | bytes, path: str | None
) -> None:
    found = vault_path(Path("/v"), heard_path)
    assert (None if found is None else str(found)) == path


def test_names_with_a_dot_are_unseen() -> None:
    assert [is_unseen(name) for name in (".git", "node_modules", "Notes")] == [True, True, False]


def test_closing_is_listened_to_only_where_it_is_told() -> None:
    names = [kind.__name__ for kind in heard_events(polling=True)]
    assert "FileModifiedEvent" in names
    assert not {"FileOpenedEvent", "FileClosedNoWriteEvent"} & set(names)


def test_a_folder_is_told_from_another_of_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    assert identity(folder) is None
    folder.mkdir()
    first = identity(folder)
    folder.rename(tmp_path / "aside")
    folder.mkdir()
    assert first
    assert identity(folder) != first
