from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from disk_builders import LEAD, at, posix_only, vault
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vaultflow.disk.scan import scan_vault
from vaultflow.disk.watching.live import (
    DOUBT_S,
    LiveNotes,
    LiveVault,
    look_at,
    look_at_all,
    touches_folder,
)
from vaultflow.errors import VaultError
from vaultflow.vault.knowing import links_in

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = LiveVault()


def known(root: Path, at_s: float = 0.0) -> LiveVault:
    return look_at_all(root, NOTHING, (), at_s).live


def test_the_first_look_reads_everything(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "b.md": "", "c.png": ""})
    look = look_at_all(root, NOTHING, (), 0.0)
    assert look.changed == (at("a.md"), at("b.md"), at("c.png"))
    assert list(look.live.notes) == [at("a.md"), at("b.md")]
    assert list(look.live.others) == [at("c.png")]
    assert look.moved == look.changed


def test_notes_know_their_links_without_being_opened(tmp_path: Path) -> None:
    huge = b"---\niban: 18446744073709551616\n---\n[[b]]\n"  # cannot be packed
    notes = {"b.md": b"---\nto: '[[a]]'\n---\n[[c]] ![[d.png]]\n", "a.md": huge, "c.md": b""}
    found = LiveNotes(known(vault(tmp_path, notes)).notes)
    assert list(found.texts()) == ["a.md", "b.md", "c.md"]
    linking = [(str(path), links_in(note)) for path, note in found.items()]
    assert list(found.links()) == linking
    assert [link.target for _, links in linking for link in links] == ["b", "a", "c", "d.png"]


def test_only_what_has_another_size_or_time_is_read_again(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "b.md": LEAD})
    before = known(root)
    (root / "b.md").write_bytes(LEAD + b"more\n")
    look = look_at_all(root, before, (), 1.0)
    assert look.changed == (at("b.md"),)
    assert look.live.notes[at("a.md")] is before.notes[at("a.md")]
    assert look_at_all(root, look.live, (), 2.0).changed == ()


def test_other_bytes_behind_the_same_times_are_found_by_a_look_that_verifies(
    tmp_path: Path,
) -> None:
    root = vault(tmp_path, {"a.md": LEAD})
    before = known(root)
    (root / "a.md").write_bytes(LEAD + b"more\n")
    (listed,) = scan_vault(root).notes
    unseen = LiveVault(
        notes={path: replace(note, entry=listed) for path, note in before.notes.items()}
    )
    assert look_at_all(root, unseen, (), 1.0).changed == ()
    assert look_at_all(root, unseen, (), 1.0, verify=True).changed == (at("a.md"),)


def test_a_look_at_single_files_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": LEAD, "b.md": LEAD})
    before = known(root)
    (root / "a.md").unlink()
    (root / "b.md").unlink()
    (root / "c.md").write_bytes(LEAD)
    look = look_at(root, before, (), 1.0, [at("a.md"), at("c.md")])
    assert look.changed == (at("a.md"), at("c.md"))
    assert set(look.live.notes) == {at("b.md"), at("c.md")}


@posix_only
def test_what_cannot_be_read_is_a_note_and_a_change_when_the_reason_changes(
    tmp_path: Path,
) -> None:
    root = vault(tmp_path / "vault", {"a.md": LEAD})
    (root / "b.md").symlink_to(tmp_path)
    look = look_at_all(root, NOTHING, (), 0.0)
    assert not look.live.notes[at("b.md")].note.readable
    assert look_at_all(root, look.live, (), 0.0).changed == ()
    (root / "b.md").unlink()
    (root / "b.md").symlink_to(root / "nowhere")
    assert look_at_all(root, look.live, (), 0.0).changed == (at("b.md"),)


def test_a_vault_that_is_not_there_stops_the_look(tmp_path: Path) -> None:
    with pytest.raises(VaultError):
        look_at_all(tmp_path / "nowhere", NOTHING, (), 0.0)


@pytest.mark.parametrize(("left", "doubted"), [(0, True), (20, True), (21, False), (40, False)])
def test_f06_a_note_that_shrank_to_half_is_doubted(
    tmp_path: Path, left: int, *, doubted: bool
) -> None:
    root = vault(tmp_path, {"a.md": "x" * 40})
    before = known(root)
    (root / "a.md").write_text("y" * left)
    look = look_at(root, before, (), 1.0, [at("a.md")])
    assert bool(look.live.doubts) is doubted
    assert bool(look.changed) is not doubted


def test_f06_a_doubted_note_is_believed_when_it_stays_as_it_is(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a.md": "x" * 40})
    live = known(root)
    for at_s, text in ((1.0, ""), (2.5, "y"), (4.0, "y")):
        (root / "a.md").write_text(text)
        live = look_at_all(root, live, (), at_s).live
        assert live.doubts
    look = look_at_all(root, live, (), 2.5 + DOUBT_S)
    assert look.changed == (at("a.md"),)
    assert not look.live.doubts


def test_a_page_of_ours_may_shrink_at_once(tmp_path: Path) -> None:
    page = "%% vaultflow:begin a %%\n" + "line\n" * 20 + "%% vaultflow:end a 0123456789ab %%\n"
    root = vault(tmp_path, {"a.md": page})
    before = known(root)
    (root / "a.md").write_text(page.replace("line\n", ""))
    assert look_at(root, before, (), 1.0, [at("a.md")]).changed == (at("a.md"),)


def test_a_folder_is_known_by_what_lies_in_it_or_lay(tmp_path: Path) -> None:
    root = vault(tmp_path, {"a/b/c.md": LEAD, "d.md": LEAD})
    live = known(root)
    (root / "new").mkdir()
    folders = ("a", "a/b", "new")
    assert all(touches_folder(root, live, [at(name)]) for name in folders)
    assert not touches_folder(root, live, [at("d.md"), at("a/b/c.md"), at("gone.md")])
    (root / "a").rename(tmp_path / "elsewhere")
    assert touches_folder(root, live, [at("a")])


STEPS = st.lists(
    st.tuples(st.sampled_from(["a.md", "b.md", "f/c.md", "d.png"]), st.integers(0, 3)), max_size=12
)


@given(STEPS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_f34_looks_at_single_files_end_where_a_first_look_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    root = vault(tmp_path_factory.mktemp("vault"), {})
    (root / "f").mkdir()
    live = known(root)
    for number, (name, what) in enumerate(steps):
        file = root / name
        if what == 0:
            file.unlink(missing_ok=True)
        else:
            file.write_text("line\n" * what)
        live = look_at(root, live, (), number * DOUBT_S, [at(name)]).live
    for _ in range(2):
        live = look_at_all(root, live, (), (len(steps) + 2) * 2 * DOUBT_S).live
    fresh = known(root)
    assert {path: seen.note for path, seen in live.notes.items()} == {
        path: seen.note for path, seen in fresh.notes.items()
    }
    assert set(live.others) == set(fresh.others)


@posix_only
def test_what_is_no_longer_wrong_at_the_path_of_a_note_is_a_change(tmp_path: Path) -> None:
    """A name that is no text is told of under a name that another note may have."""
    root = vault(tmp_path, {"caf\\xe9.md": LEAD})
    odd = os.fsencode(root / "caf") + b"\xe9.md"
    with open(odd, "wb"):  # noqa: PTH123  # a path takes no bytes
        pass
    before = known(root)
    assert list(before.findings) == [at("caf\\xe9.md")]
    os.unlink(odd)  # noqa: PTH108  # same
    assert look_at_all(root, before, (), 1.0).changed == (at("caf\\xe9.md"),)
