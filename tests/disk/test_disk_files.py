from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from disk_builders import LEAD, as_user_only, at, posix_only, vault

from vaultflow.disk.files import SAFE_READ, read_bytes
from vaultflow.errors import Finding
from vaultflow.vault.text import MAX_NOTE_BYTES

if TYPE_CHECKING:
    from pathlib import Path


def code(root: Path, path: str) -> str:
    """The code of the finding that the file gives in place of its bytes."""
    found = read_bytes(root, at(path))
    assert isinstance(found, Finding)
    assert found.path == at(path)
    return found.code


def test_all_bytes_are_read_as_they_are(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf---\r\n\xff\x00\x1a no newline"
    root = vault(tmp_path, {"a.md": content, "empty.md": b""})
    assert read_bytes(root, at("a.md")) == content
    assert read_bytes(root, at("empty.md")) == b""
    assert read_bytes(root, "a.md") == content


def test_a_file_named_by_text_gives_the_same_findings(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "gone.md") == read_bytes(tmp_path, at("gone.md"))


@pytest.mark.parametrize("excess", [-1, 0, 1])
def test_a_file_is_read_up_to_the_limit(tmp_path: Path, excess: int) -> None:
    (tmp_path / "a.md").write_bytes(bytes(MAX_NOTE_BYTES + excess))
    if excess <= 0:
        content = read_bytes(tmp_path, at("a.md"))
        assert isinstance(content, bytes)
        assert len(content) == MAX_NOTE_BYTES + excess
    else:
        assert code(tmp_path, "a.md") == "note-too-large"


def test_f22_a_huge_note_is_one_finding_and_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(50 * 1024**2)
    monkeypatch.delattr(os, "read")
    assert code(tmp_path, "huge.md") == "note-too-large"


def test_a_file_that_grows_while_it_is_read_has_a_limit_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log.md").write_bytes(b"small")
    monkeypatch.setattr(os, "read", lambda _handle, count: b"x" * min(count, 1024**2))
    assert code(tmp_path, "log.md") == "note-too-large"


def test_a_short_read_is_not_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_bytes(LEAD)
    real = os.read
    monkeypatch.setattr(os, "read", lambda handle, count: real(handle, min(count, 5)))
    assert read_bytes(tmp_path, at("a.md")) == LEAD


@posix_only
def test_f24_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    root = vault(tmp_path / "root", {"folder.md/x.md": ""})
    os.mkfifo(root / "pipe.md")
    (root / "zero.md").symlink_to("/dev/zero")
    # Whoever waits for a writer of the pipe, or for the end of the device, never comes back.
    assert code(root, "pipe.md") == "note-not-a-file"
    assert code(root, "folder.md") == "note-not-a-file"
    assert code(root, "zero.md") == "link-not-followed"


@posix_only
def test_f25_a_link_is_read_inside_the_vault_only(tmp_path: Path) -> None:
    root = vault(tmp_path / "root", {"Acme.md": LEAD})
    (tmp_path / "secret.md").write_text("secret")
    (root / "inside.md").symlink_to("Acme.md")
    (root / "outside.md").symlink_to("../secret.md")
    (root / "loop.md").symlink_to("loop.md")
    assert read_bytes(root, at("inside.md")) == LEAD
    assert code(root, "outside.md") == "link-not-followed"
    assert code(root, "loop.md") == "note-unreadable"
    assert SAFE_READ & os.O_NOFOLLOW


def test_a_file_that_vanished_is_a_finding(tmp_path: Path) -> None:
    assert code(tmp_path, "gone.md") == "note-vanished"


def test_a_file_that_may_not_be_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    assert code(tmp_path, "a.md") == "note-unreadable"


@as_user_only
@posix_only
def test_a_file_without_the_right_to_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(LEAD)
    (tmp_path / "a.md").chmod(0)
    assert code(tmp_path, "a.md") == "note-unreadable"


@posix_only
def test_no_handle_is_left_open(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "folder.md/x.md": ""})
    before = os.open(root / "a.md", os.O_RDONLY)
    for path in ("a.md", "folder.md", "gone.md"):
        read_bytes(root, at(path))
    after = os.open(root / "a.md", os.O_RDONLY)
    os.close(before)
    os.close(after)
    assert after == before + 1
