from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from cli_builders import ACME, run, small_vault, snapshot
from watch_builders import MONDAY, REVIEW, STALE, Stand, lead, pages_differ_from_fresh

from vaultflow.disk.watching.status import load_status
from vaultflow.disk.writing.lock import watcher_lock
from vaultflow.errors import AlreadyRunningError
from vaultflow.flow.watch import watching
from vaultflow.flow.watch.rounds import Answered, Hands
from vaultflow.flow.watch.watching import CHECK_S, Watcher, place_of, remembered

if TYPE_CHECKING:
    from pathlib import Path

    from vaultflow.flow.workspace import Workspace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    """A watcher that has just done its first round."""
    stand = Stand(small_vault(tmp_path / "vault"), NOON)
    stand.go()
    stand.go(3)
    return stand


def test_a_start_listens_and_makes_all_pages(stand: Stand) -> None:
    assert stand.ear.listened == 1
    (batch,) = stand.reports
    assert REVIEW in batch.written
    assert batch.leads == 3
    assert pages_differ_from_fresh(stand.root, MONDAY) == []


def test_a_save_is_worked_on_when_it_is_quiet(stand: Stand) -> None:
    stand.write("Acme.md", ACME.replace("12000", "15000"))
    assert stand.go(0.05) == pytest.approx(0.05)
    assert len(stand.reports) == 1
    stand.go(0.06)
    assert stand.reports[-1].changed == ("Acme.md",)
    assert stand.reports[-1].at.startswith("2026-11-23T")


def test_a_busy_stream_is_worked_on_every_two_seconds(stand: Stand) -> None:
    for number in range(100):
        stand.write("Acme.md", f"{ACME}\nLine {number}\n")
        stand.go(0.05)
    assert len(stand.reports) == 1 + 2


def test_f13_own_writes_make_no_second_round(stand: Stand) -> None:
    stand.write("Acme.md", ACME.replace("12000", "15000"))
    stand.go(0.2)
    for name in stand.reports[-1].written:
        stand.ear.hear(PurePosixPath(name))
    count = len(stand.reports)
    stand.go(0.2)
    assert len(stand.reports) == count


def test_f14_what_nobody_told_is_found_within_the_reconciling_time(stand: Stand) -> None:
    (stand.root / "Silent.md").write_text(lead(), encoding="utf-8")
    stand.go(200)
    assert len(stand.reports) == 1
    stand.go(150)
    assert stand.reports[-1].changed == ("Silent.md",)


def test_an_edit_does_not_wait_for_a_look_at_all_files_that_is_due(stand: Stand) -> None:
    stand.ear.doubt()
    stand.go(1.95)
    (stand.root / "Silent.md").write_text(lead(), encoding="utf-8")
    stand.write("Acme.md", ACME.replace("12000", "15000"))
    stand.go(0.1)
    assert stand.reports[-1].changed == ("Acme.md",)
    stand.go(0)
    assert stand.reports[-1].changed == ("Silent.md",)


def test_a_look_at_all_files_waits_two_seconds_for_edits_and_no_longer(stand: Stand) -> None:
    (stand.root / "Silent.md").write_text(lead(), encoding="utf-8")
    stand.ear.doubt()
    for number in range(82):
        stand.write("Acme.md", f"{ACME}\nLine {number}\n")
        stand.go(0.05)
    assert "Silent.md" in {name for batch in stand.reports for name in batch.changed}


def test_f14_after_a_doubt_all_files_are_looked_at_soon_until_nothing_is_new(
    stand: Stand,
) -> None:
    for burst in range(3):
        (stand.root / f"Silent {burst}.md").write_text(lead(), encoding="utf-8")
        if burst == 0:
            stand.ear.doubt()
        stand.go(2.1)
        assert stand.reports[-1].changed == (f"Silent {burst}.md",)
    assert pages_differ_from_fresh(stand.root) == []


def test_f14_a_burst_is_followed_by_another_look(stand: Stand) -> None:
    for number in range(101):
        stand.write(f"Burst {number}.md", "x")
    stand.go(0.2)
    assert stand.reports[-1].changed_count == 101
    assert len(stand.reports[-1].changed) == watching.SHOWN_PATHS
    (stand.root / "Overflown.md").write_text("x", encoding="utf-8")
    stand.go(2.1)
    assert stand.reports[-1].changed == ("Overflown.md",)


def test_f15_a_deaf_ear_is_noticed_and_listens_anew(stand: Stand) -> None:
    stand.ear.sound = False
    (stand.root / "Unheard.md").write_text(lead(), encoding="utf-8")
    stand.go(CHECK_S)
    assert stand.ear.listened == 2
    assert stand.reports[-1].changed == ("Unheard.md",)


def test_an_ear_that_hears_badly_is_told_of_once(stand: Stand) -> None:
    stand.ear.trouble = "no watches left"
    stand.go(400)
    assert stand.reports[-1].troubles == ("no watches left",)
    stand.go(400)
    assert len(stand.reports) == 2


def test_f15_a_vault_that_is_gone_is_told_once_and_found_again(stand: Stand) -> None:
    aside = stand.root.with_name("aside")
    stand.root.rename(aside)
    for _ in range(20):
        stand.ear.sound = False
        stand.go(CHECK_S)
    assert len(stand.reports) == 2
    assert "cannot be read" in stand.reports[-1].troubles[0]
    aside.rename(stand.root)
    stand.ear.sound = False
    stand.go(CHECK_S)
    assert stand.reports[-1].troubles == ()
    assert len(stand.reports) == 3


def test_a_failing_round_is_told_and_the_next_goes_on(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("text of a note")

    monkeypatch.setattr(watching, "play_round", broken)
    stand.write("Acme.md", ACME.replace("12000", "15000"))
    stand.go(1)
    (trouble,) = stand.reports[-1].troubles
    assert trouble.startswith("the round failed: KeyError in ")
    assert "text of a note" not in trouble
    monkeypatch.undo()
    stand.write("Beta.md", lead("Meetings"))
    stand.go(1)
    assert stand.reports[-1].changed == ("Acme.md", "Beta.md")
    assert stand.reports[-1].troubles == ()


def test_broken_settings_are_told_and_the_old_ones_go_on_after_they_are_mended(
    stand: Stand,
) -> None:
    stand.write("vaultflow.toml", "[pages\n")
    stand.go(1)
    assert "vaultflow.toml" in stand.reports[-1].troubles[0]
    stand.write("vaultflow.toml", "[watch]\nquiet_ms = 500\n")
    stand.go(1)
    assert stand.reports[-1].troubles == ()
    stand.write("Acme.md", ACME.replace("12000", "15000"))
    assert stand.go(0.2) == pytest.approx(0.3)


def test_what_a_watcher_knew_the_next_one_knows(stand: Stand) -> None:
    (stand.root / STALE).unlink()
    after = Stand(stand.root, NOON)
    after.go()
    assert not (stand.root / STALE).exists()
    assert after.watcher.watched.leads == 3
    assert remembered(None).leads == 0


def test_f10_a_start_on_an_emptied_vault_rewrites_nothing(stand: Stand) -> None:
    for note in stand.root.glob("*.md"):
        note.unlink()
    before = snapshot(stand.root)
    after = Stand(stand.root, NOON)
    after.go()
    assert "all 3 leads are gone" in after.reports[-1].held
    assert snapshot(stand.root) == before


def test_the_status_tells_what_was_done_last(stand: Stand) -> None:
    status = load_status(stand.root)
    assert status
    assert status.last == stand.reports[-1]
    assert REVIEW in status.pages


def test_once_makes_the_pages_and_ends(tmp_path: Path) -> None:
    stand = Stand(small_vault(tmp_path / "vault"), NOON)
    stand.watcher.once()
    assert REVIEW in stand.reports[0].written
    assert stand.ear.listened == 0
    assert run(stand.root, "refresh", "--dry-run").stdout == ""


def test_f08_a_second_watcher_does_not_start(stand: Stand) -> None:
    with watcher_lock(stand.root), pytest.raises(AlreadyRunningError):
        stand.watcher.run()
    with watcher_lock(stand.root), pytest.raises(AlreadyRunningError):
        stand.watcher.once()


def test_an_interruption_waits_until_what_is_being_written_stands(tmp_path: Path) -> None:
    stand = Stand(small_vault(tmp_path / "vault"), NOON)
    done: list[str] = []

    def answering(_: Workspace) -> Answered:
        watcher.interrupt()
        done.append("answered")
        return Answered()

    watcher = Watcher(
        stand.root,
        stand.watcher.settings,
        stand.clock.clocks(),
        stand.reports.append,
        own=Hands(answer=answering),
        ear=stand.make_ear,
    )
    watcher.run()
    assert done == ["answered"]
    assert not (stand.root / REVIEW).exists()


def test_an_interruption_outside_of_a_write_ends_at_once(stand: Stand) -> None:
    with pytest.raises(KeyboardInterrupt):
        stand.watcher.interrupt()
    stand.watcher.interrupt()


def test_the_place_of_an_error_says_nothing_of_its_text() -> None:
    assert place_of(ValueError("secret")) == "ValueError"


def test_settings_that_change_the_zone_change_the_day(stand: Stand) -> None:
    stand.write("vaultflow.toml", '[vault]\ntimezone = "Pacific/Kiritimati"\n')
    stand.go(1)
    assert stand.reviews() == ["2026-11-23", "2026-11-24"]
    assert stand.watcher.settings.vault.timezone == "Pacific/Kiritimati"
