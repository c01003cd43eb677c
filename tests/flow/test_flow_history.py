"""The past of leads from real repositories and journals."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from cli_builders import run, small_vault, snapshot
from test_disk_git import commit, git

from vaultflow.flow.past.commits import git_changes
from vaultflow.flow.past.journal import keep_journal
from vaultflow.flow.workspace import Workspace, load

if TYPE_CHECKING:
    from vaultflow.pipeline.history.change import Change
    from vaultflow.pipeline.history.course import Course

if TYPE_CHECKING:
    from pathlib import Path


def lead(stage: str, value: int = 100) -> str:
    return f"---\ntype: lead\nstage: {stage}\nvalue: {value}\n---\n" + "Some text.\n" * 9


def workspace(root: Path, day: str = "2026-11-23", *, cached: bool = True) -> Workspace:
    return load(root, today=date.fromisoformat(day), cached=cached)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = tmp_path / "v"
    root.mkdir()
    git(root, "init", "--quiet")
    commit(root, "2026-11-01", Deal=lead("Initial contact"))
    commit(root, "2026-11-03", Deal=lead("Qualification"))
    (root / "Deal.md").rename(root / "Big deal.md")
    commit(root, "2026-11-05")
    commit(root, "2026-11-07", **{"Big deal": lead("Meetings", 300)})
    return root


def courses(root: Path, day: str = "2026-11-23", *, cached: bool = True) -> tuple[Course, ...]:
    return workspace(root, day, cached=cached).context.courses().deals


def changes(root: Path, *, cached: bool = True) -> tuple[Change, ...]:
    opened = workspace(root, cached=cached)
    return git_changes(root, opened.loaded.settings.fields, opened.memory)


def spans(root: Path, day: str = "2026-11-23", *, cached: bool = True) -> list[str]:
    (course,) = courses(root, day, cached=cached)
    return [f"{stay.stage.name} {stay.entered:%d}" for stay in course.stays]


def test_git_tells_of_edits_by_hand_and_follows_renames(vault: Path) -> None:
    assert spans(vault) == ["Initial contact 01", "Qualification 03", "Meetings 07"]


def test_what_git_told_is_kept_and_only_new_commits_are_read(vault: Path) -> None:
    before = changes(vault)
    commit(vault, "2026-11-09", **{"Big deal": lead("Proposals", 300)})
    (vault / "Big deal.md").rename(vault / "Deal.md")
    commit(vault, "2026-11-10")
    after = changes(vault)
    assert after == changes(vault, cached=False)
    assert len(after) == len(before) + 1
    assert {str(change.path) for change in after} == {"Deal.md"}


def test_a_history_that_was_written_anew_is_read_anew(vault: Path) -> None:
    changes(vault)
    git(vault, "reset", "--quiet", "--hard", "HEAD~1")
    commit(vault, "2026-11-08", **{"Big deal": lead("Closing")})
    assert changes(vault) == changes(vault, cached=False)
    assert spans(vault)[-1] == "Closing 08"


def test_git_can_be_left_alone(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text("[history]\ngit = false\n", encoding="utf-8")
    (course,) = courses(vault)
    assert course.facts == ()


def test_pages_are_given_the_courses_with_all_that_tells_of_them(vault: Path) -> None:
    opened = workspace(vault)
    assert opened.context.courses() is opened.context.courses()
    assert len(opened.context.courses().deals[0].stays) == 3


def journal_of(root: Path) -> str:
    files = sorted((root / "Pipeline" / "Journal").glob("*.md"))
    return "".join(file.read_text(encoding="utf-8") for file in files)


def entries(root: Path) -> list[str]:
    return [line for line in journal_of(root).splitlines() if line.startswith("- ")]


def set_field(file: Path, before: str, after: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def test_the_first_look_only_remembers_and_the_next_notes_what_differs(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "v")
    assert keep_journal(workspace(root, "2026-11-20")) is None
    assert journal_of(root) == ""
    set_field(root / "Acme.md", "stage: Proposals", "stage: Closing")
    set_field(root / "Acme.md", "value: 12000", "value: 9000")
    written = keep_journal(workspace(root, "2026-11-23"))
    assert str(written).startswith("Pipeline/Journal/2026-11 ")
    assert entries(root) == [
        "- 2026-11-23 [[Acme]]: `stage` from `Proposals` to `Closing`, last seen 2026-11-20",
        "- 2026-11-23 [[Acme]]: `value` from `12000 EUR` to `9000 EUR`, last seen 2026-11-20",
    ]
    again = journal_of(root)
    assert keep_journal(workspace(root, "2026-11-24")) is None
    assert journal_of(root) == again
    by_name = {one.lead.name: one for one in courses(root, "2026-11-24")}
    stays = [(one.stage.name, str(one.entered)) for one in by_name["Acme"].stays]
    assert stays == [("Proposals", "2026-10-01"), ("Closing", "2026-11-23")]


def test_what_the_lead_s_log_tells_is_not_noted_again(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "v")
    keep_journal(workspace(root, "2026-11-20"))
    set_field(root / "Acme.md", "stage: Proposals", "stage: Closing")
    with (root / "Acme.md").open("a", encoding="utf-8") as file:
        file.write("- 2026-11-21 stage: Proposals -> Closing\n")
    assert keep_journal(workspace(root, "2026-11-23")) is None


def test_losing_what_was_seen_loses_one_look_and_nothing_else(tmp_path: Path) -> None:
    root, state = small_vault(tmp_path / "v"), tmp_path / "state"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAULTFLOW_STATE", str(state))
        keep_journal(workspace(root, "2026-11-20"))
        set_field(root / "Acme.md", "value: 12000", "value: 9000")
        keep_journal(workspace(root, "2026-11-21"))
        before = entries(root)
        shutil.rmtree(state)
        assert keep_journal(workspace(root, "2026-11-22")) is None
        assert entries(root) == before
        set_field(root / "Acme.md", "value: 9000", "value: 8000")
        keep_journal(workspace(root, "2026-11-23"))
        assert len(entries(root)) == len(before) + 1
        assert len({file.name for file in (root / "Pipeline" / "Journal").iterdir()}) == 2


def test_a_damaged_memory_counts_as_none(tmp_path: Path) -> None:
    root, state = small_vault(tmp_path / "v"), tmp_path / "state"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAULTFLOW_STATE", str(state))
        keep_journal(workspace(root, "2026-11-20"))
        (file,) = state.rglob("last-seen.json")
        for noise in (b"", b"{", b"[1]", b'{"day": 1}', b"\xff\xfe"):
            file.write_bytes(noise)
            set_field(root / "Acme.md", "value: ", "value: 1")
            assert keep_journal(workspace(root, "2026-11-22")) is None


def test_a_name_that_no_link_can_hold_is_left_out_of_the_journal(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "v", **{"Odd [name] `x`": lead("Proposals")})
    keep_journal(workspace(root, "2026-11-20"))
    set_field(root / "Odd [name] `x`.md", "stage: Proposals", "stage: Closing")
    assert keep_journal(workspace(root, "2026-11-23")) is None


def test_text_of_leads_stays_text_in_the_journal(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "v")
    keep_journal(workspace(root, "2026-11-20"))
    evil = 'owner: "`x` ]] %% $= x ```dataviewjs"'
    set_field(root / "Acme.md", "owner: Ann", evil)
    keep_journal(workspace(root, "2026-11-23"))
    assert entries(root) == [
        (
            "- 2026-11-23 [[Acme]]: `owner` from `Ann` to `'x' ]] %% $= x '''dataviewjs`, "
            "last seen 2026-11-20"
        )
    ]


def test_the_journal_can_be_switched_off(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "v")
    (root / "vaultflow.toml").write_text("[history]\njournal = false\n", encoding="utf-8")
    keep_journal(workspace(root, "2026-11-20"))
    set_field(root / "Acme.md", "value: 12000", "value: 9000")
    assert keep_journal(workspace(root, "2026-11-23")) is None
    assert journal_of(root) == ""


def test_two_computers_write_two_files_and_their_looks_are_one_move(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "v")
    for state in ("one", "two"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("VAULTFLOW_STATE", str(tmp_path / state))
            keep_journal(workspace(root, "2026-11-18" if state == "one" else "2026-11-19"))
    set_field(root / "Acme.md", "stage: Proposals", "stage: Closing")
    for state, day in (("one", "2026-11-22"), ("two", "2026-11-23")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("VAULTFLOW_STATE", str(tmp_path / state))
            keep_journal(workspace(root, day))
    assert len(entries(root)) == 2
    by_name = {one.lead.name: one for one in courses(root)}
    (move,) = by_name["Acme"].of_field("stage")
    assert (str(move.earliest), str(move.day)) == ("2026-11-19", "2026-11-22")


def test_refresh_notes_down_what_changed_by_hand_and_a_dry_run_does_not(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "v")
    run(root, "refresh", today="2026-11-20")
    set_field(root / "Acme.md", "value: 12000", "value: 9000")
    run(root, "refresh", "--dry-run", today="2026-11-23")
    assert entries(root) == []
    run(root, "refresh", today="2026-11-23")
    assert len(entries(root)) == 1
    before = snapshot(root)
    run(root, "refresh", today="2026-11-23")
    run(root, "refresh", "--no-cache", today="2026-11-23")
    assert snapshot(root) == before


def test_the_watcher_notes_down_what_it_sees(tmp_path: Path) -> None:
    root = small_vault(tmp_path / "v")
    run(root, "watch", "--once", today="2026-11-20")
    set_field(root / "Acme.md", "stage: Proposals", "stage: Closing")
    run(root, "watch", "--once", today="2026-11-23")
    assert len(entries(root)) == 1


def report_vault(tmp_path: Path, settings: str = "") -> Path:
    """A vault whose pages look at the past, with a lead of which nothing tells a day."""
    root = small_vault(tmp_path / "v", Zz=lead("Proposals"))
    enabled = '[pages]\nenabled = ["report", "flow", "stale"]\n'
    (root / "vaultflow.toml").write_text(enabled + settings, encoding="utf-8")
    return root


def win_by_hand(root: Path) -> None:
    set_field(root / "Zz.md", "stage: Proposals", "stage: Won")


@pytest.mark.parametrize("way", [("refresh",), ("watch", "--once"), ("refresh", "--no-cache")])
def test_pages_tell_at_once_what_the_journal_is_about_to(
    tmp_path: Path, way: tuple[str, ...]
) -> None:
    root = report_vault(tmp_path)
    run(root, *way, today="2026-11-20")
    win_by_hand(root)
    run(root, *way, today="2026-11-23")
    after = snapshot(root)
    assert entries(root)
    for again in (("refresh",), ("watch", "--once"), ("refresh", "--no-cache")):
        run(root, *again, today="2026-11-23")
        assert snapshot(root) == after


def state_of_flow(root: Path) -> str:
    pages = run(root, "pages", "--json", today="2026-11-23").json
    (state,) = [str(page["state"]) for page in pages if page["name"] == "flow"]
    return state


def test_a_dry_run_shows_the_pages_that_a_real_run_writes(tmp_path: Path) -> None:
    root = report_vault(tmp_path)
    run(root, "refresh", today="2026-11-20")
    win_by_hand(root)
    before = snapshot(root)
    shown = run(root, "refresh", "flow", "--dry-run", today="2026-11-23").stdout
    assert state_of_flow(root) == "changed"
    assert snapshot(root) == before
    run(root, "refresh", "flow", today="2026-11-23")
    written = (root / "Pipeline" / "Flow.md").read_text(encoding="utf-8").splitlines()
    added = [line[1:] for line in shown.splitlines() if line.startswith("+") and line[1:2] != "+"]
    assert added
    assert set(added) <= set(written)
    assert state_of_flow(root) == "current"


@pytest.mark.parametrize("settings", ['[vault]\nignore = ["/Pipeline/Journal"]\n',
                                      '[history]\nfolder = ".journal"\n'])  # fmt: skip
def test_a_journal_that_is_not_read_tells_nothing_beforehand_either(
    tmp_path: Path, settings: str
) -> None:
    root = report_vault(tmp_path, settings)
    run(root, "refresh", today="2026-11-20")
    win_by_hand(root)
    run(root, "refresh", today="2026-11-23")
    after = snapshot(root)
    run(root, "refresh", today="2026-11-23")
    assert snapshot(root) == after


def test_a_journal_that_cannot_be_written_stops_no_page(tmp_path: Path) -> None:
    root = report_vault(tmp_path)
    run(root, "refresh", today="2026-11-20")
    win_by_hand(root)
    (root / "Pipeline" / "Journal").write_text("in the way", encoding="utf-8")
    first = run(root, "refresh", today="2026-11-23")
    assert (first.exit_code, "Journal" in first.stderr) == (0, True)
    after = snapshot(root)
    assert run(root, "refresh", today="2026-11-23").exit_code == 0
    assert snapshot(root) == after


def test_what_is_not_noted_yet_counts_as_the_same_computer_s_look(tmp_path: Path) -> None:
    root = report_vault(tmp_path)
    keep_journal(workspace(root, "2026-11-18"))
    for value, day in ((200, "2026-11-19"), (100, "2026-11-20")):
        file = root / "Zz.md"
        file.write_text(lead("Proposals", value), encoding="utf-8")
        opened = workspace(root, day)
        before = opened.context.courses()
        keep_journal(opened)
        assert workspace(root, day).context.courses() == before
