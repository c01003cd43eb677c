from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import platformdirs
import pytest
from disk_builders import LEAD, as_user_only, posix_only, vault

from vaultflow.disk.home import STATE_VARIABLE, home
from vaultflow.disk.outside import code_marks, look_from_outside
from vaultflow.disk.scan import scan_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ODD: dict[str, bytes | str] = {
    "a.md": LEAD,
    "B.MD": "",
    "a b/x.md": "",
    "a/y.md": "",
    "a/image.png": b"\x89PNG",
    "a/.z.md.icloud": "",
    "~$a.md": "",
    "a/b.md.tmp": "",
    "README": "",
    "node_modules/n.md": "",
    "a/.trash/t.md": "",
    "Archive/old.md": "",
    "Archive/deep/older.md": "",
}


@posix_only
def test_the_listing_made_from_outside_is_that_of_a_scan(tmp_path: Path) -> None:
    root = vault(tmp_path / "vault", ODD)
    (tmp_path / "stranger.md").write_text("")
    (root / "inside.md").symlink_to(root / "a.md")
    (root / "outward.md").symlink_to(tmp_path / "stranger.md")
    (root / "nowhere.md").symlink_to(root / "none")
    (root / "folder.md").symlink_to(root / "a", target_is_directory=True)
    os.mkfifo(root / "pipe.md")
    if sys.platform == "linux":
        (root / os.fsdecode(b"latin-\xe9.md")).write_text("")
    for ignore in ((), ("Archive/",), ("*.png", "a/*", "README")):
        assert scan_vault(root, ignore, look_from_outside(str(root))) == scan_vault(root, ignore)


def outside(root: Path) -> str:
    seen = look_from_outside(str(root))
    assert seen is not None
    return seen.fingerprint()


def same_size_and_time(root: Path) -> None:
    """As a program does that puts the old time back."""
    file = root / "a.md"
    status = file.stat()
    file.write_bytes(LEAD.swapcase())
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def replaced(root: Path) -> None:
    status = (root / "a.md").stat()
    (root / "new").write_bytes(LEAD.swapcase())
    os.utime(root / "new", ns=(status.st_atime_ns, status.st_mtime_ns))
    (root / "new").replace(root / "a.md")


def leads_elsewhere(root: Path) -> None:
    (root / "link.md").unlink()
    (root / "link.md").symlink_to(root / ".obsidian" / "b.md")


CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda root: (root / "a.md").write_text("longer than it was, by far, by very far"),
    "written with its size and time": same_size_and_time,
    "replaced by one of its size and time": replaced,
    "time set back": lambda root: os.utime(root / "a.md", ns=(1, 1)),
    "renamed": lambda root: (root / "a.md").rename(root / "c.md"),
    "moved": lambda root: (root / "a.md").rename(root / "a" / "a.md"),
    "deleted": lambda root: (root / "a.md").unlink(),
    "another note": lambda root: (root / "a" / "new.md").write_text(""),
    "an image": lambda root: (root / "new.png").write_text(""),
    "an empty folder": lambda root: (root / "New").mkdir(),
    "Obsidian's settings": lambda root: (root / ".obsidian/app.json").write_text('{"a": 1}'),
    "more of them": lambda root: (root / ".obsidian/daily-notes.json").write_text("{}"),
    "a second folder for them": lambda root: (root / ".other").mkdir(),
    "a note behind a symlink": lambda root: (root / ".obsidian/a.md").write_text("changed"),
    "where a symlink leads": leads_elsewhere,
}


@posix_only
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_shows_from_outside(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "a/y.md": "", ".obsidian/a.md": "", ".obsidian/b.md": ""})
    (root / "link.md").symlink_to(root / ".obsidian" / "a.md")
    for file in root.rglob("*.md"):
        os.utime(file, ns=(10**18, 10**18), follow_symlinks=False)
    before = outside(root)
    assert outside(root) == before
    change(root)
    assert outside(root) != before


def test_what_is_in_a_hidden_folder_does_not_show_from_outside(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "node_modules/a.js": ""})
    before = outside(root)
    (root / ".obsidian" / "workspace.json").write_text("{}")
    (root / "node_modules" / "b.js").write_text("")
    assert outside(root) == before


@as_user_only
def test_a_folder_that_cannot_be_listed_hides_the_vault(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a/y.md": ""})
    (root / "a").chmod(0)
    try:
        assert look_from_outside(str(root)) is None
    finally:
        (root / "a").chmod(0o700)


def test_there_is_nothing_to_see_where_no_folder_is(tmp_path: Path) -> None:
    assert look_from_outside(str(tmp_path / "none")) is None


def test_the_newest_time_is_that_of_any_file_or_setting(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "deep/down/b.png": ""})
    for name in ("deep/down/b.png", ".obsidian/app.json"):
        os.utime(root / name, ns=(4 * 10**18, 4 * 10**18))
        seen = look_from_outside(str(root))
        assert seen is not None
        assert seen.newest_ns() == 4 * 10**18
        os.utime(root / name, ns=(1, 1))


def test_our_code_is_known_by_its_modules_and_templates() -> None:
    marks = "\n".join(code_marks())
    assert "\noutside.py:" in marks
    assert "\ndaily.md:" in marks


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize("named", [None, "", "/some/where", "/some/where/", "relative", " "])
def test_the_home_of_our_state_is_where_platformdirs_says(
    monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    monkeypatch.delenv(STATE_VARIABLE)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    if named is not None:
        monkeypatch.setenv("XDG_STATE_HOME", named)
    expected = platformdirs.user_state_dir("vaultflow", appauthor=False)
    assert os.path.normpath(home()) == os.path.normpath(expected)
