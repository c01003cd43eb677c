from __future__ import annotations

import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.cli.output import reading_progress, say, say_findings, say_table
from vaultflow.cli.session import QUIET, Session
from vaultflow.errors import Finding, Level

if TYPE_CHECKING:
    import pytest


def pretend_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Called in the test itself, since pytest changes the streams between setup and test."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)


HEADERS, ROWS = ["lead", "value"], [["Acme [BV]\x1b[2J", "12"], ["A\nB", "7"]]
FINDING = Finding(
    level=Level.ERROR, code="odd", path=PurePosixPath("a.md"), line=0, message="is odd"
)


def test_a_pipe_gets_plain_columns(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(Session(), HEADERS, ROWS, numbers="value")
    assert capsys.readouterr().out.splitlines() == [
        "lead          value",
        "Acme [BV][2J     12",
        "A B               7",
    ]


def test_a_table_without_rows_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(Session(), HEADERS, [])
    assert capsys.readouterr().out == ""


def test_a_terminal_gets_a_table_and_names_stay_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_terminal(monkeypatch)
    say_table(Session(color=False), HEADERS, ROWS, numbers="value")
    printed = capsys.readouterr().out
    assert "Acme [BV][2J" in printed
    assert "\x1b[2J" not in printed


def test_colour_is_for_terminals_that_want_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_terminal(monkeypatch)
    say_findings(Session(), [FINDING])
    assert "\x1b[31merror" in capsys.readouterr().out
    say_findings(Session(color=False), [FINDING])
    assert capsys.readouterr().out == "error: a.md:1: odd is odd\n"
    monkeypatch.setenv("NO_COLOR", "1")
    say_findings(Session(), [FINDING])
    assert "\x1b" not in capsys.readouterr().out


def test_a_pipe_gets_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    say_findings(Session(), [FINDING])
    say(Session(), "a\x1b[31mb")
    assert "\x1b" not in capsys.readouterr().out


def test_reading_a_big_vault_shows_progress_on_stderr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_terminal(monkeypatch)
    with reading_progress(Session()) as progress:
        assert progress is not None
        for read in range(1, 3001):
            progress(read, 3000)
    shown = capsys.readouterr()
    assert "reading notes 3,000 of 3,000" in shown.err
    assert shown.err.endswith("\r\x1b[K")
    assert shown.out == ""


def test_a_small_vault_or_a_quiet_run_shows_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_terminal(monkeypatch)
    with reading_progress(Session()) as progress:
        assert progress is not None
        progress(10, 10)
    with reading_progress(Session(verbosity=QUIET)) as progress:
        assert progress is None
    assert capsys.readouterr().err == ""
