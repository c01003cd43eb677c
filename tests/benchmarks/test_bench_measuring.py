from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from bench import Bench
from bench_builders import SMALL, small_vault, texts
from edits import LEAD, NOTE, add_log_line, add_sentence, set_value
from hot_spots import place
from peers import PEERS, NotInstallableError, interpreter, is_built, version
from places import desk, generated
from processes import BenchError, Program, alternate, python, timed
from table import Measure
from watching import seconds_until_shown, until

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from places import Desk

NOTHING = (sys.executable, "-S", "-c", "")


def printed(program: str, root: Path, *words: str) -> int:
    done = subprocess.run(python(program, root, *words), capture_output=True, check=True)
    return int(done.stdout)


def test_programs_are_run_in_turn_and_the_first_round_does_not_count() -> None:
    told: list[str] = []
    programs = {
        name: Program(command=NOTHING, before=partial(told.append, name)) for name in ("a", "b")
    }
    runs = alternate(programs, os.environ, rounds=2)
    assert told == ["a", "b"] * 3
    assert {name: len(ran) for name, ran in runs.items()} == {"a": 2, "b": 2}


def test_a_run_tells_its_time_and_its_peak_memory() -> None:
    run = timed((sys.executable, "-c", "b'x' * 100_000_000"), os.environ)
    assert run.seconds > 0
    assert run.peak_mb > 100 or not hasattr(os, "wait4")


def test_a_program_that_fails_is_told_with_what_it_said() -> None:
    with pytest.raises(BenchError, match="too bad"):
        timed((sys.executable, "-c", "raise SystemExit('too bad')"), os.environ)


def test_a_vault_is_generated_once_and_copied_for_each_run(tmp_path: Path) -> None:
    made = generated(tmp_path, SMALL)
    with desk(tmp_path, SMALL) as vault:
        (vault.root / NOTE).unlink()
        assert vault.env["VAULTFLOW_STATE"] == str(vault.state)
    assert len(texts(made)) == SMALL
    assert not vault.root.exists()
    assert generated(tmp_path, SMALL) == made


def test_a_cold_run_finds_no_state(tmp_path: Path) -> None:
    with desk(tmp_path, SMALL) as vault:
        (vault.state / "left").touch()
        vault.forget()
        assert list(vault.state.iterdir()) == []


def test_the_rivals_see_every_note(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "vault")
    size = sum(map(len, texts(root).values()))
    assert printed("read_bytes.py", root) == size
    assert printed("stat_tree.py", root) == size
    assert printed("frontmatter_loop.py", root) > SMALL


def test_an_edit_changes_one_note_by_one_line(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "vault")
    before = texts(root)
    add_sentence(root / NOTE)
    add_log_line(root / LEAD)
    set_value(root / LEAD, 7)
    after = texts(root)
    assert {path for path in before if before[path] != after[path]} == {NOTE, LEAD}
    assert len(after[NOTE].splitlines()) == len(before[NOTE].splitlines()) + 2
    assert b"\nvalue: 7\n" in after[LEAD]
    assert before.keys() == after.keys()


def test_a_page_is_waited_for_until_it_shows_the_text(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("old")
    change = partial(set_value, small_vault(tmp_path / "vault") / LEAD, 7)

    def changed() -> float:
        page.write_text("new")
        return change()

    assert seconds_until_shown(page, b"new", changed) >= 0


def test_what_never_comes_is_an_error() -> None:
    with pytest.raises(BenchError):
        until(lambda: False, 0.01, 0.005)


def test_a_peer_that_needs_a_python_of_the_future_is_not_installable() -> None:
    with pytest.raises(NotInstallableError, match=r"3\.99"):
        interpreter((3, 99))
    assert interpreter((3, 11)) == sys.executable
    assert version(sys.executable) == sys.version_info[:2]


def test_no_peer_is_built_in_an_empty_folder(tmp_path: Path) -> None:
    assert not any(is_built(tmp_path, peer) for peer in PEERS)


def test_a_function_is_shown_without_the_folders_above_its_package() -> None:
    assert place("/home/a/src/vaultflow/vault/note.py", "read") == "vaultflow/vault/note.py: read"
    assert place("/usr/lib/python3/re/_parser.py", "_parse") == "_parser.py: _parse"


def fails(vault: Desk) -> Iterable[Measure]:
    raise BenchError(f"{vault.notes} notes are too many")


def counts(vault: Desk) -> Iterable[Measure]:
    yield Measure(bar="", notes=vault.notes, what="files", value=7.0, unit="")


def test_what_could_not_be_measured_is_told_after_what_could(tmp_path: Path) -> None:
    bench = Bench(tmp_path, Namespace())
    bench.take(0, fails, counts)
    assert [measure.what for measure in bench.measures] == ["files"]
    assert list(bench.told())[-1] == "FAILED: 0 notes: 0 notes are too many"
