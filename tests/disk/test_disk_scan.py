from __future__ import annotations

import os
import socket
import stat
import sys
import unicodedata
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from disk_builders import LEAD, at, posix_only, refuse_folders, vault
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.disk.entry import ORDINARY_ENDS, is_dataless, is_ordinary, look_closely
from vaultflow.disk.listing import FINGERPRINT_BYTES, FileEntry
from vaultflow.disk.scan import is_listed, scan_files, scan_vault
from vaultflow.errors import Level, VaultError
from vaultflow.vault.odd_names import icloud_stub, is_temporary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def paths(root: Path, *ignore: str) -> list[str]:
    return [str(entry.path) for entry in scan_vault(root, ignore).files]


def codes(root: Path) -> dict[str, str]:
    """What is wrong, by path: with listed notes and with what could not be listed."""
    listing = scan_vault(root)
    found = [entry.finding for entry in listing.files if entry.finding]
    return {str(finding.path): finding.code for finding in (*found, *listing.findings)}


def test_files_are_listed_in_path_order_with_size_and_time(tmp_path: Path) -> None:
    root = vault(tmp_path, {"b.md": LEAD, "a b/x.md": "", "a/y.md": "", "a.md": "", "B.MD": ""})
    listing = scan_vault(root)
    assert [entry.path for entry in listing.files] == sorted(entry.path for entry in listing.files)
    assert paths(root) == ["B.MD", "a/y.md", "a b/x.md", "a.md", "b.md"]
    status = (root / "b.md").stat()
    assert listing.files[-1] == FileEntry(
        text="b.md",
        size=len(LEAD),
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
    )
    assert listing.findings == ()


def test_notes_end_in_md_in_any_case_and_the_others_are_listed_too(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": "", "b.Md": "", "c.canvas": "", "md": "", "d.md.bak": ""})
    listing = scan_vault(root)
    assert [str(entry.path) for entry in listing.notes] == ["a.md", "b.Md"]
    assert [str(entry.path) for entry in listing.others] == ["c.canvas", "d.md.bak", "md"]


def test_dot_folders_and_node_modules_are_not_seen(tmp_path: Path) -> None:
    root = vault(
        tmp_path,
        {".git/x.md": "", ".trash/y.md": "", "a/.hidden/z.md": "", "node_modules/p/README.md": ""},
    )
    assert paths(root) == []


def test_globs_are_ignored_from_the_root(tmp_path: Path) -> None:
    root = vault(
        tmp_path,
        {"Archive/a.md": "", "Archive/b/c.md": "", "Deals/Archive/d.md": "", "x/e.canvas": ""},
    )
    assert paths(root, "Archive/**") == ["Deals/Archive/d.md", "x/e.canvas"]
    assert paths(root, "Archive/**", "*.canvas") == ["Deals/Archive/d.md"]
    assert paths(root, "*.md", "!d.md") == ["Deals/Archive/d.md", "x/e.canvas"]
    assert paths(root, "archive/**") == paths(root)


def test_leftovers_of_editors_and_sync_tools_are_no_notes(tmp_path: Path) -> None:
    names = [".~vf-0123456789ab.tmp", ".syncthing.Acme.md.tmp", "~$Acme.md", ".#Acme.md", "4913"]
    assert paths(vault(tmp_path, dict.fromkeys(names, ""))) == []


def test_a_leftover_is_told_when_the_note_that_it_was_to_become_is_not_there(
    tmp_path: Path,
) -> None:
    root = vault(tmp_path, {"a/x.md": "", "a/x.md.tmp": "", "a/y.md~": "", "a/z.png.tmp": ""})
    assert codes(root) == {"a/y.md~": "note-leftover"}
    assert paths(root) == ["a/x.md"]


def test_a_note_in_icloud_is_neither_missing_nor_empty(tmp_path: Path) -> None:
    root = vault(tmp_path, {"Deals/.Acme.md.icloud": b"bplist", ".plan.png.icloud": b"bplist"})
    listing = scan_vault(root)
    assert [str(entry.path) for entry in listing.notes] == ["Deals/Acme.md"]
    assert [str(entry.path) for entry in listing.others] == ["plan.png"]
    assert codes(root)["Deals/Acme.md"] == "note-in-the-cloud"


@pytest.mark.parametrize(
    ("platform", "flags", "blocks", "size", "expected"),
    [
        ("darwin", 0x40000000, 8, 9, True),
        ("darwin", 0, 0, 9, True),
        ("darwin", 0, 0, 0, False),
        ("darwin", 0, 8, 9, False),
        ("linux", 0, 0, 9, False),
    ],
)
def test_only_macos_tells_that_a_file_is_elsewhere(
    platform: str, flags: int, blocks: int, size: int, *, expected: bool
) -> None:
    status = SimpleNamespace(st_flags=flags, st_blocks=blocks, st_size=size)
    assert is_dataless(cast(os.stat_result, status), platform) is expected


@posix_only
def test_f24_what_is_no_file_is_listed_as_unreadable_and_not_opened(tmp_path: Path) -> None:
    root = vault(tmp_path, {})
    os.mkfifo(root / "pipe.md")
    os.mkfifo(root / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(root / "socket.md"))
    (root / "zero.md").symlink_to("/dev/zero")
    assert codes(root) == {
        "pipe.md": "note-not-a-file",
        "socket.md": "note-not-a-file",
        "zero.md": "link-not-followed",
    }
    assert {str(note.path) for note in scan_vault(root).notes} == set(codes(root))


@posix_only
def test_f25_links_to_folders_are_told_and_not_followed(tmp_path: Path) -> None:
    root = vault(tmp_path / "root", {"Deals/Acme.md": ""})
    outside = vault(tmp_path / "outside", {"secret.md": ""})
    (root / "Deals" / "loop").symlink_to(root)
    (root / "out").symlink_to(outside)
    assert paths(root) == ["Deals/Acme.md"]
    assert codes(root) == {"Deals/loop": "link-not-followed", "out": "link-not-followed"}


@posix_only
def test_f25_a_link_to_a_file_is_followed_inside_the_vault_only(tmp_path: Path) -> None:
    root = vault(tmp_path / "root", {"Deals/Acme.md": LEAD})
    (tmp_path / "secret.md").write_text("secret")
    (root / "inside.md").symlink_to("Deals/Acme.md")
    (root / "outside.md").symlink_to("../secret.md")
    (root / "broken.md").symlink_to("gone.md")
    (root / "itself.md").symlink_to("itself.md")
    sizes = {str(entry.path): entry.size for entry in scan_vault(root).files}
    assert sizes["inside.md"] == len(LEAD)
    assert sizes["outside.md"] == 0
    assert codes(root) == dict.fromkeys(
        ("outside.md", "broken.md", "itself.md"), "link-not-followed"
    )


@posix_only
def test_a_name_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    root = vault(tmp_path, {"good.md": ""})
    try:
        (root / os.fsdecode(b"caf\xe9.md")).touch()
        (root / os.fsdecode(b"dossi\xe9")).mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    listing = scan_vault(root)
    assert [str(entry.path) for entry in listing.files] == ["good.md"]
    assert [(str(finding.path), finding.code) for finding in listing.findings] == [
        (r"caf\xe9.md", "name-not-utf8"),
        (r"dossi\xe9", "name-not-utf8"),
    ]


def test_f27_names_are_kept_as_the_folder_lists_them(tmp_path: Path) -> None:
    composed, apart = (unicodedata.normalize(form, "Café.md") for form in ("NFC", "NFD"))
    root = vault(tmp_path, {composed: "", f"x/{apart}": ""})
    listed = {entry.name for folder in (root, root / "x") for entry in folder.iterdir()}
    assert {entry.path.name for entry in scan_vault(root).files} <= listed


def test_a_folder_that_cannot_be_read_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = vault(tmp_path, {"Deals/a.md": "", "Gone/b.md": "", "Locked/c.md": "", "z.md": ""})
    refuse_folders(monkeypatch, Locked=PermissionError(13, "Permission denied"),
                   Gone=FileNotFoundError(2, "No such file"))  # fmt: skip
    listing = scan_vault(root)
    assert [str(entry.path) for entry in listing.files] == ["Deals/a.md", "z.md"]
    (finding,) = listing.findings
    assert (finding.code, finding.level, str(finding.path)) == (
        "folder-unreadable",
        Level.ERROR,
        "Locked",
    )


@pytest.mark.parametrize(
    ("error", "expected"),
    [(FileNotFoundError(2, "gone"), []), (PermissionError(13, "denied"), ["note-unreadable"])],
)
def test_a_file_that_cannot_be_looked_at_is_told_unless_it_is_gone(
    tmp_path: Path, error: OSError, expected: list[str]
) -> None:
    class Entry:
        name = "a.md"

        def stat(self, *, follow_symlinks: bool) -> os.stat_result:
            assert not follow_symlinks
            raise error

    found = look_closely(tmp_path, cast("os.DirEntry[str]", Entry()), at("a.md"))
    told = [found.finding.code] if isinstance(found, FileEntry) and found.finding else []
    assert told == expected


@posix_only
def test_it_is_known_beforehand_which_files_will_be_listed(tmp_path: Path) -> None:
    names = ["a.md", "Deals/b.md", "Deals/Old/c.md", "Draft/d.md", ".hidden/e.md", "Deals/.f/g.md"]
    root = vault(tmp_path, dict.fromkeys(names, ""))
    (root / "Linked").symlink_to(root / "Deals")
    names.append("Linked/b.md")
    for ignore in ((), ("/Draft",), ("Old/", "a.md"), ("*.md", "!a.md")):
        listed = {str(entry.path) for entry in scan_vault(root, ignore).notes}
        assert {name for name in names if is_listed(root, at(name), ignore)} == listed


def test_a_vault_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="cannot be read") as caught:
        scan_vault(tmp_path / "gone")
    assert caught.value.exit_code == 4


@posix_only
def test_no_tree_is_too_deep(tmp_path: Path) -> None:
    depth = sys.getrecursionlimit() + 100
    folders = [str(tmp_path) + "/d" * count for count in range(1, depth + 1)]
    for folder in folders:
        os.mkdir(folder)  # noqa: PTH102  # pathlib stumbles over its own recursion
    listing = scan_vault(tmp_path)
    for folder in reversed(folders):
        os.rmdir(folder)  # noqa: PTH106  # see above
    assert (listing.files, listing.findings) == ((), ())


def test_a_scan_changes_nothing(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD})
    before = (root / "a.md").stat()
    assert scan_vault(root) == scan_vault(root)
    assert (root / "a.md").stat() == before
    assert stat.S_ISREG(before.st_mode)


def found(root: Path, *names: str, ignore: tuple[str, ...] = ()) -> list[str]:
    return [str(entry.path) for entry in scan_files(root, map(at, names), ignore).files]


def test_single_files_are_listed_as_the_whole_scan_lists_them(tmp_path: Path) -> None:
    names = ["a/b/c.md", "a/b/d.md", "e.png", "f.md"]
    root = vault(tmp_path, dict.fromkeys(names, LEAD))
    assert scan_files(root, map(at, names)) == scan_vault(root)
    assert found(root, "f.md", "gone.md", "no/such/folder.md", "a/b") == ["f.md"]


def test_single_files_are_left_out_where_the_whole_scan_does_not_look(tmp_path: Path) -> None:
    names = [".trash/a.md", "Archive/b.md", "Archive/deep/c.md", ".~vf-0.tmp", "x.tmp"]
    root = vault(tmp_path, dict.fromkeys(names, LEAD))
    assert found(root, *names, ignore=("Archive/",)) == []
    assert paths(root, "Archive/") == []


@posix_only
def test_a_single_file_below_a_linked_folder_is_not_read(tmp_path: Path) -> None:
    root = vault(tmp_path / "vault", {"real/a.md": LEAD})
    (root / "linked").symlink_to(root / "real")
    assert found(root, "linked/a.md", "real/a.md") == ["real/a.md"]


def test_a_single_file_that_icloud_took_away_is_listed_under_its_own_name(tmp_path: Path) -> None:
    root = vault(tmp_path, {".Acme.md.icloud": ""})
    (entry,) = scan_files(root, [at("Acme.md")]).files
    assert entry.finding
    assert (str(entry.path), entry.finding.code) == ("Acme.md", "note-in-the-cloud")


@given(
    stem=st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=12),
    end=st.sampled_from(ORDINARY_ENDS),
)
def test_no_ordinary_name_is_one_that_a_tool_gives(stem: str, end: str) -> None:
    name = stem + end
    if is_ordinary(name):
        assert not is_temporary(name)
        assert not icloud_stub(name)
        assert name.encode()


@posix_only
def test_odd_names_are_listed_like_ordinary_ones(tmp_path: Path) -> None:
    names = ["#a.md", "~b.md", "ä.md", "c.MD", "d", "e.xyz"]
    root = vault(tmp_path, dict.fromkeys(names, LEAD))
    assert paths(root) == sorted(names)
    assert {entry.size for entry in scan_vault(root).files} == {len(LEAD)}
    (root / "f.md").mkdir()
    (root / "f.md" / "g.md").touch()
    assert paths(root) == sorted([*names, "f.md/g.md"])


def test_the_fingerprint_stays_while_nothing_is_touched(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "b/c.md": LEAD, "d.png": b"x", "e.md.tmp": b""})
    first = scan_vault(root).fingerprint()
    assert len(first) == FINGERPRINT_BYTES
    assert scan_vault(root).fingerprint() == first
    (root / "d.png").write_bytes(b"other")
    assert scan_vault(root).fingerprint() == first


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "a.md").write_bytes(LEAD + b"x"),
        lambda root: os.utime(root / "a.md", (1, 1)),
        lambda root: (root / "a.md").rename(root / "A.md"),
        lambda root: (root / "a.md").unlink(),
        lambda root: (root / "new.md").touch(),
        lambda root: (root / "new.png").touch(),
        lambda root: (root / "d.png").unlink(),
        lambda root: (root / "gone.md.tmp").touch(),
    ],
    ids="written touched renamed removed added picture no-picture finding".split(),
)
def test_the_fingerprint_tells_each_change(tmp_path: Path, change: Callable[[Path], None]) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "b/c.md": LEAD, "d.png": b"x"})
    first = scan_vault(root).fingerprint()
    change(root)
    assert scan_vault(root).fingerprint() != first


@posix_only
def test_a_note_put_back_with_its_old_time_is_seen(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD})
    (before,) = scan_vault(root).notes
    (root / "new").write_bytes(LEAD[::-1])
    os.utime(root / "new", ns=(before.mtime_ns, before.mtime_ns))
    (root / "new").rename(root / "a.md")
    (after,) = scan_vault(root).notes
    assert (after.size, after.mtime_ns) == (before.size, before.mtime_ns)
    assert after != before
