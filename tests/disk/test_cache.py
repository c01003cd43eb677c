"""The cache of notes: what it gives is what the files say, whatever has become of it."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from contextlib import closing
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultflow.disk import files
from vaultflow.disk.cache import database, pair, reading
from vaultflow.disk.cache.look import look
from vaultflow.disk.cache.notes import NoteCache
from vaultflow.disk.notes import load_notes
from vaultflow.disk.scan import scan_vault
from vaultflow.disk.state import state_folder
from vaultflow.vault.knowing import (
    FEW_NAMES,
    linking_notes,
    links_by_note,
    links_in,
    note_texts,
    unreadable_notes,
)
from vaultflow.vault.vault import Vault, build_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vaultflow.disk.cache.look import Looked

YEAR_NS = 365 * 86_400 * 10**9
LONG_AGO_NS = 50 * YEAR_NS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    vault = tmp_path / "vault"
    (vault / "Leads").mkdir(parents=True)
    for name in ("Acme", "Bolt", "Cork"):
        write(vault, f"Leads/{name}.md", f"---\ntype: lead\n---\n# {name}\n[[Jane]] #soon\n")
    write(vault, "Jane.md", "no front matter")
    write(vault, "logo.png", "not read")
    return vault


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all notes that are read from now on."""
    paths: list[str] = []
    real = files.read_bytes

    def spied(root: Path, path: object) -> object:
        paths.append(str(path))
        return real(root, path)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(reading, "read_bytes", spied)
    return paths


def write(root: Path, name: str, text: str, *, settled: bool = True) -> None:
    """Writes a file, and makes it an old one unless that is not wanted."""
    (root / name).write_text(text, encoding="utf-8")
    if settled:
        os.utime(root / name, ns=(LONG_AGO_NS, LONG_AGO_NS))


@pytest.fixture(autouse=True)
def _no_grain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of a file's last change cannot be set back: so what is written now is settled."""
    monkeypatch.setattr("vaultflow.disk.cache.stamp.GRAIN_NS", -60 * 10**9)


def looked_at(root: Path, *, verify: bool = False) -> Looked:
    cache = NoteCache.open(root)
    assert cache is not None
    listing = scan_vault(root)
    looked = look(root, listing, cache, verify=verify)
    assert dict(looked.notes) == as_files_say(root)
    odd = [path for path, note in looked.notes.items() if not note.readable]
    assert list(unreadable_notes(looked.notes)) == odd
    assert list(note_texts(looked.notes)) == list(map(str, looked.notes))
    linking = [(str(path), links_in(note)) for path, note in looked.notes.items()]
    assert list(links_by_note(looked.notes)) == linking
    assert backlinks(Vault(notes=looked.notes, files=())) == backlinks_by_all_links(root)
    cache.close()
    return looked


def backlinks(vault: Vault) -> dict[object, object]:
    return {path: vault.backlinks_of(path) for path in vault.notes}


def backlinks_by_all_links(root: Path) -> dict[object, object]:
    vault = build_vault(load_notes(root, scan_vault(root).notes), ())
    return {
        path: tuple(link for link in vault.links if link.resolved == path != link.source)
        for path in vault.notes
    }


def as_files_say(root: Path) -> dict[object, object]:
    return {note.path: note for note in load_notes(root, scan_vault(root).files)}


def names(looked: Looked) -> list[str]:
    return [path.name for path in looked.changed]


def test_a_vault_is_read_once(root: Path, read: list[str]) -> None:
    looked_at(root)
    assert len(read) == 4
    looked = looked_at(root)
    assert len(read) == 4
    assert looked.state == looked.before
    assert looked.changed == ()


def test_only_what_has_changed_is_read_again(root: Path, read: list[str]) -> None:
    looked_at(root)
    write(root, "Leads/Bolt.md", "another text")
    del read[:]
    assert names(looked_at(root)) == ["Bolt.md"]
    assert read == ["Leads/Bolt.md"]


def test_a_note_that_says_the_same_in_other_words_has_not_changed(root: Path) -> None:
    before = looked_at(root)
    write(root, "Jane.md", "no properties")
    after = looked_at(root)
    assert after.changed == ()
    assert after.state.facts == before.state.facts
    assert after.state.fingerprint != before.state.fingerprint


def test_files_that_come_and_go_change_where_links_lead(root: Path) -> None:
    assert looked_at(root).moved is None, "what there was before is not known"
    write(root, "New.md", "x")
    looked = looked_at(root)
    assert (names(looked), moved(looked)) == (["New.md"], ["New.md"])
    (root / "Jane.md").unlink()
    looked = looked_at(root)
    assert (names(looked), moved(looked)) == ([], ["Jane.md"])
    (root / "logo.png").rename(root / "mark.png")
    assert sorted(moved(looked_at(root))) == ["logo.png", "mark.png"]
    assert moved(looked_at(root)) == []


def moved(looked: Looked) -> list[str]:
    assert looked.moved is not None
    return [path.name for path in looked.moved]


def test_notes_that_cannot_be_read_are_known(root: Path) -> None:
    write(root, "Odd.md", "---\n: [\n---\n")
    for _ in range(2):
        assert list(unreadable_notes(looked_at(root).notes)) == [PurePosixPath("Odd.md")]
    write(root, "Odd.md", "mended")
    write(root, "Jane.md", "---\n: [\n---\n")
    assert list(unreadable_notes(looked_at(root).notes)) == [PurePosixPath("Jane.md")]
    (root / "Jane.md").unlink()
    assert list(unreadable_notes(looked_at(root).notes)) == []


def test_a_note_restored_with_its_old_time_and_size_is_read(root: Path) -> None:
    looked_at(root)
    before = (root / "Jane.md").stat()
    write(root, "Jane.md", "[[ront]] matter")
    os.utime(root / "Jane.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    after = (root / "Jane.md").stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert names(looked_at(root)) == ["Jane.md"]


def test_a_note_written_while_the_clock_was_set_back_is_read(root: Path) -> None:
    looked_at(root)
    write(root, "Jane.md", "[[Acme]]")
    os.utime(root / "Jane.md", ns=(LONG_AGO_NS // 2, LONG_AGO_NS // 2))
    assert names(looked_at(root)) == ["Jane.md"]


def unseen_change(root: Path) -> Callable[[bool], Looked]:
    """Changes a note so that nothing in the listing shows it; gives a look at it."""
    listing = scan_vault(root)
    with closing_cache(root) as cache:
        look(root, listing, cache)
    write(root, "Jane.md", "[[ront]] matter")

    def look_again(verify: bool) -> Looked:
        with closing_cache(root) as cache:
            looked = look(root, listing, cache, verify=verify)
            assert dict(looked.notes) == as_files_say(root) or not looked.changed
            return looked

    return look_again


def closing_cache(root: Path) -> closing[NoteCache]:
    cache = NoteCache.open(root)
    assert cache is not None
    return closing(cache)


def test_a_note_changed_twice_within_one_tick_of_the_clock_is_read_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultflow.disk.cache.stamp.GRAIN_NS", 2 * 10**9)
    again = unseen_change(root)
    assert names(again(False)) == ["Jane.md"]


def test_a_note_that_was_just_written_is_doubted_until_the_clock_has_moved_on(
    root: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultflow.disk.cache.stamp.GRAIN_NS", 2 * 10**9)
    assert not looked_at(root).is_settled
    assert not looked_at(root).is_settled
    assert len(read) == 8
    monkeypatch.setattr("vaultflow.disk.cache.stamp.GRAIN_NS", -60 * 10**9)
    assert looked_at(root).is_settled
    assert len(read) == 12
    assert looked_at(root).is_settled
    assert len(read) == 12


def test_other_content_behind_the_same_times_is_found_by_a_look_that_trusts_none(
    root: Path,
) -> None:
    again = unseen_change(root)
    assert names(again(False)) == []
    assert names(again(True)) == ["Jane.md"]


def test_a_note_that_cannot_be_read_is_tried_each_time(root: Path, read: list[str]) -> None:
    (root / "pipe.md").symlink_to("/etc/hostname")
    (root / "gone.md").symlink_to("nowhere.md")
    (root / "folder.md").mkdir()
    looked_at(root)
    looked_at(root)
    assert "Jane.md" in read


def test_a_number_too_large_for_the_cache_comes_from_the_file(root: Path) -> None:
    write(root, "Huge.md", "---\niban: 18446744073709551616\n---\n")
    looked_at(root)
    looked_at(root)


def cut(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size // 2)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)  # noqa: S311  # the same in each run


def fill_with_noise(file: Path) -> None:
    file.write_bytes(noise(file.stat().st_size))


def put_noise_behind_the_head(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:4096] + noise(len(content) - 4096))


def replace_letters(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"Jane", b"Jade").replace(b"lead", b"leaf"))


def make_it_an_older_one(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE state SET value = x'00' WHERE key = 'maker'")
        connection.execute("UPDATE note SET packed = x'00'")
        connection.commit()


def make_it_of_another_schema(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE note")
        connection.execute("PRAGMA user_version = 99")


def lose_rows(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM note WHERE id % 2")
        connection.execute("DELETE FROM file WHERE id = 2")
        connection.commit()


DAMAGES = [
    os.unlink,
    cut,
    empty,
    fill_with_noise,
    put_noise_behind_the_head,
    replace_letters,
    make_it_an_older_one,
    make_it_of_another_schema,
    lose_rows,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_changes_nothing(root: Path, damage: Callable[[Path], None]) -> None:
    looked_at(root)
    damage(state_folder(root) / database.FILE)
    for _ in range(2):
        looked_at(root)
    assert looked_at(root).before.fingerprint, "the cache works again"


def test_a_cache_that_cannot_even_be_removed_changes_nothing(root: Path) -> None:
    (state_folder(root) / database.FILE).mkdir()
    assert NoteCache.open(root) is None
    looked = look(root, scan_vault(root), None)
    assert dict(looked.notes) == as_files_say(root)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.floats(0, 0.999), min_size=1, max_size=200), sign=st.binary(min_size=1))
def test_any_bytes_of_the_cache_may_be_wrong(root: Path, places: list[float], sign: bytes) -> None:
    looked_at(root)
    file = state_folder(root) / database.FILE
    content = bytearray(file.read_bytes())
    for place in places:
        at = int(place * len(content))
        content[at : at + len(sign)] = sign
    file.write_bytes(content)
    looked_at(root)
    looked_at(root)


def test_a_cache_damaged_while_it_is_used_changes_nothing(root: Path) -> None:
    with closing_cache(root) as cache:
        looked = look(root, scan_vault(root), cache)
        for suffix in ("", "-wal"):
            fill_with_noise(state_folder(root) / f"{database.FILE}{suffix}")
        assert dict(looked.notes) == as_files_say(root)


def test_without_room_for_a_cache_all_is_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocker = tmp_path / "blocker"
    blocker.write_text("a file where the folder should be")
    monkeypatch.setenv("VAULTFLOW_STATE", str(blocker))
    assert NoteCache.open(root) is None
    looked = look(root, scan_vault(root), None)
    assert dict(looked.notes) == as_files_say(root)


def test_while_another_process_writes_all_is_the_same(root: Path) -> None:
    looked_at(root)
    write(root, "Jane.md", "[[Acme]]")
    with closing(sqlite3.connect(state_folder(root) / database.FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert names(looked_at(root)) == ["Jane.md"]
        assert names(looked_at(root)) == ["Jane.md"]
        other.rollback()
    assert names(looked_at(root)) == ["Jane.md"]
    assert names(looked_at(root)) == []


def test_what_another_process_writes_meanwhile_is_not_mixed_in(root: Path) -> None:
    with closing_cache(root) as mine:
        look(root, scan_vault(root), mine)
        listing = scan_vault(root)
        seen = look(root, listing, mine)
        said = dict(seen.notes)
        write(root, "Jane.md", "[[Acme]] #new")
        looked_at(root)
        assert dict(seen.notes) == said


def test_two_that_change_the_cache_at_once_lose_nothing(root: Path) -> None:
    looked_at(root)
    with closing_cache(root) as mine, closing_cache(root) as other:
        write(root, "Jane.md", "[[Acme]]")
        look(root, scan_vault(root), other)
        write(root, "Leads/Acme.md", "[[Jane]]")
        looked = look(root, scan_vault(root), mine)
        assert dict(looked.notes) == as_files_say(root)
    looked_at(root)


def test_results_are_kept_under_the_key_of_what_they_were_made_from(root: Path) -> None:
    with closing_cache(root) as cache:
        cache.keep("pipeline", b"key", b"value")
        assert cache.kept("pipeline", b"key") == b"value"
        assert cache.kept("pipeline", b"other") is None
        assert cache.kept("page", b"key") is None
        cache.keep("pipeline", b"other", b"new")
        assert cache.kept("pipeline", b"key") is None
    with closing_cache(root) as cache:
        assert cache.kept("pipeline", b"other") == b"new"


TEXTS = [
    "",
    "x",
    "[[a]] #t",
    "![[Leads/C|c]] [b](b.md)",
    "---\ntype: lead\n---\n",
    "---\n: [\n---\n",
]
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["write", "delete", "rename", "touch", "damage", "nothing"]),
        st.sampled_from(["a.md", "b.md", "Leads/c.md", "Leads/d.md", "e.png"]),
        st.sampled_from(
            [
                "",
                "x",
                "[[a]] #t",
                "![[Leads/C|c]] [b](b.md)",
                "---\ntype: lead\n---\n",
                "---\n: [\n---\n",
            ]
        ),
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_after_any_changes_the_cache_gives_what_the_files_say(
    tmp_path_factory: pytest.TempPathFactory, operations: list[tuple[str, str, str]]
) -> None:
    root = tmp_path_factory.mktemp("vault")
    (root / "Leads").mkdir()
    for what, name, text in operations:
        change(root, what, name, text)
        looked_at(root)


def change(root: Path, what: str, name: str, text: str) -> None:
    file = root / name
    match what:
        case "write":
            file.write_text(text)
        case "delete":
            file.unlink(missing_ok=True)
        case "rename" if file.exists():
            file.rename(file.with_stem("renamed"))
        case "touch" if file.exists():
            os.utime(file)
        case "damage":
            file = state_folder(root) / database.FILE
            if file.is_file():
                replace_letters(file)


@pytest.fixture
def many(root: Path) -> Path:
    for number in range(700):
        write(root, f"Leads/Lead {number}.md", f"---\ntype: lead\nvalue: {number}\n---\n[[Jane]]\n")
    return root


def always(_notes: int) -> bool:
    return True


def test_two_processes_read_what_one_would(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "pays", always)
    looked_at(many)


def test_what_a_second_process_leaves_unread_is_read_here(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = os.getpid()
    real = files.read_bytes

    def dies_elsewhere(root: Path, path: object) -> object:
        if os.getpid() != parent and "3" in str(path):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(root, path)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(reading, "pays", always)
    monkeypatch.setattr(reading, "read_bytes", dies_elsewhere)
    looked_at(many)


def test_few_notes_are_read_alone() -> None:
    assert not pair.pays(pair.LEAST_NOTES - 1)


def test_who_links_to_many_files_is_told_as_for_each_of_them(root: Path) -> None:
    for number in range(2 * FEW_NAMES):
        write(root, f"From {number}.md", f"[[To {number}]]\n")
    looked_at(root)
    notes = look(root, scan_vault(root), NoteCache.open(root)).notes
    files = [PurePosixPath(f"To {number}.md") for number in range(2 * FEW_NAMES)]
    by_file = [set(linking_notes(notes, [file])) for file in files]
    assert set(linking_notes(notes, files)) == set().union(*by_file)
    assert [len(linking) for linking in by_file] == [1] * len(files)
