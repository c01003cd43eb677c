from __future__ import annotations

import gc
import os
import shutil
import subprocess
import time
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING
from weakref import ref

import pytest
from cli_builders import ACME, run, snapshot
from disk_builders import posix_only, refuse_folders
from watch_builders import (
    MONDAY,
    REVIEW,
    STALE,
    TUESDAY,
    TWO_PAGES,
    Desk,
    at,
    lead,
    pages_differ_from_fresh,
)

from vaultflow.disk.template_files import TemplateStamp
from vaultflow.disk.write import apply_change
from vaultflow.errors import ConfigError, VaultError
from vaultflow.flow.pages import plan_pages
from vaultflow.flow.watch import rounds
from vaultflow.flow.watch.rounds import Answered
from vaultflow.pages import rows
from vaultflow.plugins.plugin import Plugin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vaultflow.disk.change import Change
    from vaultflow.flow.pages import Outcome
    from vaultflow.flow.workspace import Workspace
    from vaultflow.pages.page import Context
    from vaultflow.pages.rows import LeadRow
    from vaultflow.pipeline.standing import Standing
    from vaultflow.plugins.registry import Registry


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A vault whose pages are current, and watched."""
    desk = Desk(tmp_path / "vault")
    desk.start()
    return desk


def test_the_first_round_writes_what_refresh_would_write(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "vault")
    played = desk.start()
    assert at(REVIEW) in played.written
    assert played.leads == 3
    assert not played.troubles
    assert pages_differ_from_fresh(desk.root) == []


def test_f13_one_save_is_one_round_and_our_own_write_is_none(desk: Desk) -> None:
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    played = desk.play("Acme.md")
    assert played.changed == (at("Acme.md"),)
    assert at(REVIEW) in played.written
    assert pages_differ_from_fresh(desk.root) == []
    assert desk.play("Acme.md", *map(str, played.written)).is_idle
    assert desk.play(scan=True).is_idle


@pytest.mark.parametrize("name", ["Acme.md", "New.md"])
def test_nothing_is_held_on_to_of_earlier_rounds(desk: Desk, name: str) -> None:
    workspace = desk.watched.workspace
    assert workspace is not None
    earlier = ref(workspace), ref(workspace.vault), ref(workspace.vault.index)
    del workspace
    for value in (15000, 18000):
        desk.write(name, ACME.replace("12000", str(value)))
        desk.play(name)
    gc.collect()
    assert [seen() for seen in earlier] == [None, None, None]


EVERY_LEAD = """\
---
path: Every lead.md
refresh: always
record: leads
---
%% vaultflow:begin every %%
| lead | stage | next |
| --- | --- | --- |
{% for row in leads %}
| {{ row.target | cell_link(row.name) }} | {{ row.stage }} | {{ row.next_action }} |
{% endfor %}
%% vaultflow:end every %%
"""


@pytest.mark.parametrize("seed", range(4))
def test_pages_after_any_edits_are_those_of_a_fresh_run(tmp_path: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311  # the same edits every time
    desk = Desk(tmp_path / "vault")
    desk.write("vaultflow.toml", "")
    desk.write("_templates/vaultflow/every-lead.md", EVERY_LEAD)
    desk.start()
    names = [f"Deal {number}.md" for number in range(4)] + ["Other/Deal 1.md"]
    for _ in range(12):
        name = random.choice(names)
        action = random.choice(("call", "a|b", "call *Foo* <b>", "see [[Deal 1]]", "`x`", "a_b"))
        if random.random() < 0.2:
            (desk.root / name).unlink(missing_ok=True)
        else:
            text = lead(random.choice(("Qualification", "Proposal", "no_such")))
            desk.write(name, text.replace("created", f"next_action: '{action}'\ncreated"))
        touched = touch_something(desk, random) if random.random() < 0.4 else name
        desk.play(name, touched, scan=random.random() < 0.2)
        assert pages_differ_from_fresh(desk.root) == []
    assert "Deal" in desk.read("Pipeline/Every lead.md")


def touch_something(desk: Desk, random: Random) -> str:
    """What a person does to a page or a template; gives the file's path."""
    files = (REVIEW, STALE, "Pipeline/Next actions.md", "Pipeline/Pipeline.md")
    template = "_templates/vaultflow/every-lead.md"
    name = random.choice((*files, template, template))
    old, new = random.choice(
        (
            ("- [ ]", "- [x]"),
            ("next::", "next:: Send it"),
            ("by::", "by ::"),
            ("\n### ", "\nMine\n### "),
            ("%% vaultflow:end", "Mine\n%% vaultflow:end"),
            ("\t- next", "\t- A thought\n\t- next"),
        )
    )
    if name == template:
        old, new = "| {{", f"| {random.randint(0, 9)} {{{{"
    desk.write(name, desk.read(name).replace(old, new, 1))
    return name


def test_each_page_is_written_before_the_next_is_made_and_small_ones_come_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    def planned(workspace: Workspace, names: Sequence[str]) -> Outcome:
        steps.extend(names)
        return plan_pages(workspace, names)

    def written(root: Path, change: Change) -> bool:
        steps.append(str(change.path))
        return apply_change(root, change)

    monkeypatch.setattr(rounds, "plan_pages", planned)
    desk.hands = replace(desk.hands, write=written)
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    desk.play("Acme.md")
    assert steps == ["stale", STALE, "daily", REVIEW]


def test_f12_a_thousand_rounds_without_a_change_write_nothing(desk: Desk) -> None:
    before = snapshot(desk.root)
    rounds = [desk.play("Acme.md", REVIEW, scan=number % 10 == 0) for number in range(1000)]
    assert all(played.is_idle for played in rounds)
    assert snapshot(desk.root) == before


def test_the_same_bytes_written_anew_are_no_change(desk: Desk) -> None:
    desk.write("Acme.md", ACME)
    os.utime(desk.root / "Acme.md", ns=(0, 0))
    assert desk.play("Acme.md").is_idle
    assert desk.play(scan=True).is_idle


def test_a_change_that_size_and_time_hide_is_seen_when_it_is_told(desk: Desk) -> None:
    status = (desk.root / "Acme.md").stat()
    desk.write("Acme.md", ACME.replace("12000", "13000"))
    os.utime(desk.root / "Acme.md", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert desk.play("Acme.md").changed == (at("Acme.md"),)
    assert pages_differ_from_fresh(desk.root) == []


def test_a_renamed_note_is_one_gone_and_one_new(desk: Desk) -> None:
    (desk.root / "Acme.md").rename(desk.root / "Zenith.md")
    played = desk.play("Acme.md", "Zenith.md")
    assert played.changed == (at("Acme.md"), at("Zenith.md"))
    assert played.leads == 3
    assert pages_differ_from_fresh(desk.root) == []


def test_a_moved_folder_takes_its_notes_along(desk: Desk) -> None:
    desk.write("Leads/New.md", lead())
    desk.play("Leads/New.md")
    (desk.root / "Leads").rename(desk.root / "Deals")
    played = desk.play("Leads", "Deals")
    assert played.changed == (at("Deals/New.md"), at("Leads/New.md"))
    assert played.again_s is not None
    assert pages_differ_from_fresh(desk.root) == []


def test_an_attachment_counts_only_by_being_there(desk: Desk) -> None:
    desk.write("quote.pdf", "one")
    assert desk.play("quote.pdf").changed == (at("quote.pdf"),)
    desk.write("quote.pdf", "another")
    assert desk.play("quote.pdf").is_idle
    assert desk.play(scan=True).is_idle


def test_changed_settings_make_a_round(desk: Desk) -> None:
    desk.write("vaultflow.toml", '[pages]\nfolder = "Sales"\n')
    played = desk.play("vaultflow.toml")
    assert at("Sales/Stale deals.md") in played.written
    assert pages_differ_from_fresh(desk.root) == []


def test_a_changed_ignore_glob_looks_at_all_files(desk: Desk) -> None:
    desk.write("vaultflow.toml", '[vault]\nignore = ["Acme BV.md"]\n')
    played = desk.play("vaultflow.toml")
    assert at("Acme BV.md") in played.changed
    assert pages_differ_from_fresh(desk.root) == []


def test_broken_settings_stop_the_round_and_lose_nothing(desk: Desk) -> None:
    desk.write("vaultflow.toml", "[pages\n")
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    with pytest.raises(ConfigError):
        desk.play("vaultflow.toml", "Acme.md")
    desk.write("vaultflow.toml", TWO_PAGES)
    assert desk.play(scan=True).changed == (at("Acme.md"),)
    assert pages_differ_from_fresh(desk.root) == []


def test_a_changed_template_makes_a_round(desk: Desk) -> None:
    name = "_templates/vaultflow/stale.md"
    text = (desk.root / STALE).read_text(encoding="utf-8")
    page = "---\npage: stale\ntitle: Mine\npath: Mine.md\n---\n"
    desk.write(name, f"{page}%% vaultflow:begin mine %%\nHello\n%% vaultflow:end mine %%\n")
    played = desk.play(name)
    assert at("Pipeline/Mine.md") in played.written
    assert desk.read(STALE) == text


def test_a_page_that_the_user_deleted_is_not_made_again_by_the_watcher(desk: Desk) -> None:
    (desk.root / REVIEW).unlink()
    desk.play(REVIEW)
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    assert desk.play("Acme.md").written
    assert not (desk.root / REVIEW).exists()
    assert pages_differ_from_fresh(desk.root) == [REVIEW]


def test_a_deleted_page_that_the_command_made_again_is_kept_current(desk: Desk) -> None:
    (desk.root / REVIEW).unlink()
    desk.play(REVIEW)
    assert run(desk.root, "daily").exit_code == 0
    desk.play(REVIEW)
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    assert at(REVIEW) in desk.play("Acme.md").written


def test_tomorrow_a_review_is_made_though_todays_was_deleted(desk: Desk) -> None:
    (desk.root / REVIEW).unlink()
    desk.play(REVIEW)
    desk.today = TUESDAY
    played = desk.play(day_turns=True)
    assert at(REVIEW.replace("23", "24")) in played.written
    assert desk.watched.today == TUESDAY


def test_s0_18_the_first_edit_of_a_day_makes_its_review_and_the_second_does_not(
    desk: Desk,
) -> None:
    desk.today = TUESDAY
    assert desk.play(scan=True).is_idle
    desk.write("Beta.md", lead(text="A call."))
    review = at(REVIEW.replace("23", "24"))
    assert review in desk.play("Beta.md").written
    before = snapshot(desk.root)
    assert desk.play("Beta.md", day_turns=True).written == ()
    assert run(desk.root, "daily", "--if-missing", today="2026-11-24").exit_code == 0
    assert snapshot(desk.root) == before


def test_f06_a_note_that_an_editor_has_just_truncated_counts_as_it_was(desk: Desk) -> None:
    before = snapshot(desk.root / "Pipeline")
    desk.write("Acme.md", "")
    desk.write("quote.pdf", "so that there is something to do")
    played = desk.play("Acme.md", "quote.pdf")
    assert played.written == ()
    assert played.again_s is not None
    desk.later(1)
    desk.write("Acme.md", ACME[:60])
    assert desk.play(scan=True).written == ()
    desk.write("Acme.md", ACME)
    desk.later(2)
    assert desk.play(scan=True).is_idle
    assert snapshot(desk.root / "Pipeline") == before


def test_a_note_that_was_emptied_on_purpose_is_believed_after_two_seconds(desk: Desk) -> None:
    desk.write("Acme.md", "")
    assert desk.play("Acme.md").changed == ()
    desk.later(1.9)
    assert desk.play(scan=True).changed == ()
    desk.later(0.2)
    assert desk.play(scan=True).changed == (at("Acme.md"),)


def many_leads(tmp_path: Path, count: int = 7) -> Desk:
    """Ten leads with the three of the small vault."""
    notes = {f"Lead {number}": lead() for number in range(count)}
    desk = Desk(tmp_path / "vault", answering=lambda _: Answered(), **notes)
    desk.start()
    return desk


def test_f10_an_emptied_vault_rewrites_no_page_and_is_told(tmp_path: Path) -> None:
    desk = many_leads(tmp_path)
    kept = {name: text for name, text in snapshot(desk.root).items() if "/" in name}
    for note in desk.root.glob("*.md"):
        note.unlink()
    for _ in range(5):
        played = desk.play(scan=True)
        assert "all 10 leads are gone" in played.held
        desk.later(60)
    assert {name: text for name, text in snapshot(desk.root).items() if "/" in name} == kept
    desk.write("Acme.md", ACME)
    desk.play("Acme.md")
    desk.later(6)
    assert desk.play(scan=True).leads == 1
    assert pages_differ_from_fresh(desk.root) == []


def test_f10_an_empty_mount_point_gets_no_pages(tmp_path: Path) -> None:
    desk = many_leads(tmp_path)
    shutil.rmtree(desk.root)
    with pytest.raises(VaultError):
        desk.play(scan=True)
    desk.root.mkdir()
    assert "all 10 leads are gone" in desk.play(scan=True).held
    desk.today = TUESDAY
    assert desk.play(scan=True, day_turns=True).held
    assert list(desk.root.iterdir()) == []


def test_f10_a_vault_without_leads_is_believed_once_refresh_was_run_by_hand(
    tmp_path: Path,
) -> None:
    desk = many_leads(tmp_path)
    for note in desk.root.glob("*.md"):
        note.unlink()
    assert desk.play(scan=True).held
    assert run(desk.root, "refresh").exit_code == 0
    played = desk.play(scan=True)
    assert (played.held, played.leads) == ("", 0)


@pytest.mark.parametrize(("gone", "held"), [(2, False), (3, False), (4, True)])
def test_f11_more_than_three_in_ten_leads_gone_at_once_hold_the_writes(
    tmp_path: Path, gone: int, *, held: bool
) -> None:
    desk = many_leads(tmp_path)
    for number in range(gone):
        (desk.root / f"Lead {number}.md").unlink()
    assert bool(desk.play(scan=True).held) is held


def test_f11_a_later_scan_that_finds_them_gone_still_is_believed(tmp_path: Path) -> None:
    desk = many_leads(tmp_path)
    before = snapshot(desk.root / "Pipeline")
    for number in range(5):
        (desk.root / f"Lead {number}.md").unlink()
    played = desk.play(*(f"Lead {number}.md" for number in range(5)))
    assert "5 of 10 leads have vanished" in played.held
    desk.later(4.9)
    assert desk.play(scan=True).held
    assert snapshot(desk.root / "Pipeline") == before
    desk.later(0.2)
    assert not desk.play(scan=True).held
    assert pages_differ_from_fresh(desk.root) == []


def test_f11_leads_that_come_back_meanwhile_let_the_writes_go_on(tmp_path: Path) -> None:
    desk = many_leads(tmp_path)
    kept = {number: desk.read(f"Lead {number}.md") for number in range(5)}
    for number in kept:
        (desk.root / f"Lead {number}.md").unlink()
    assert desk.play(scan=True).held
    for number, text in kept.items():
        desk.write(f"Lead {number}.md", text)
    played = desk.play(scan=True)
    assert (played.held, played.written) == ("", ())


def test_answers_are_applied_before_the_pages_are_made(tmp_path: Path) -> None:
    def answering(workspace: Workspace) -> Answered:
        file = workspace.root / "Acme.md"
        text = file.read_text(encoding="utf-8")
        if "stage: won" in text:
            return Answered(troubles=("nothing more",))
        file.write_text(text.replace("stage: Proposals", "stage: won"), encoding="utf-8")
        return Answered(written=(at("Acme.md"),))

    desk = Desk(tmp_path / "vault", answering)
    played = desk.start()
    assert played.written[0] == at("Acme.md")
    assert pages_differ_from_fresh(desk.root) == []
    assert desk.play("Acme.md").is_idle


@posix_only
def test_a_page_that_cannot_be_written_is_told_and_tried_again(desk: Desk) -> None:
    other_name = desk.root / "Pipeline" / "second name.txt"
    os.link(desk.root / REVIEW, other_name)
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    played = desk.play("Acme.md")
    assert any("several names" in line for line in played.troubles)
    assert played.again_s == 2
    assert desk.play(scan=True).again_s == 2  # the other name was new
    assert desk.play(scan=True).again_s == 8
    other_name.unlink()
    assert desk.play(scan=True).written == (at(REVIEW),)
    assert pages_differ_from_fresh(desk.root) == []


def test_a_page_with_a_broken_marker_is_told_and_the_others_are_written(desk: Desk) -> None:
    broken = desk.read(REVIEW).replace("%% vaultflow:begin focus %%", "")
    desk.write(REVIEW, broken)
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    played = desk.play(REVIEW, "Acme.md")
    assert any(line.startswith(REVIEW) for line in played.troubles)
    assert desk.read(REVIEW) == broken
    assert played.written
    assert played.again_s is None


def git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "-C", str(root), *words],
        check=True,
        capture_output=True,
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_f34_a_checkout_of_another_branch_ends_as_a_fresh_run_would(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "vault")
    desk.write(".gitignore", "Pipeline/\nReviews/\n")
    git(desk.root, "init", "-q", "-b", "one")
    git(desk.root, "add", ".")
    git(desk.root, "commit", "-qm", "one")
    desk.start()
    git(desk.root, "checkout", "-qb", "two")
    (desk.root / "Acme.md").rename(desk.root / "Zenith.md")
    for number in range(4):
        desk.write(f"Deals/Lead {number}.md", lead("Meetings"))
    desk.play(scan=True)
    git(desk.root, "add", ".")
    git(desk.root, "commit", "-qm", "two")
    for branch in ("one", "two", "one"):
        git(desk.root, "checkout", "-q", branch)
        for _ in range(3):
            desk.later(6)
            desk.play(scan=True)
        assert pages_differ_from_fresh(desk.root) == []
        assert (desk.root / "Zenith.md").exists() == (branch == "two")
    assert "Zenith" not in desk.read(STALE) + desk.read(REVIEW)


def test_the_day_that_is_asked_for_is_the_day_of_the_pages(desk: Desk) -> None:
    desk.today = MONDAY + timedelta(days=30)
    desk.play(day_turns=True)
    assert pages_differ_from_fresh(desk.root, desk.today) == []


EVERY = """\
---
path: Every.md
refresh: always
record: leads
---
%% vaultflow:begin one %%
{} {{{{ leads | length }}}}
%% vaultflow:end one %%
"""


@posix_only
def test_templates_behind_a_symlink_count_once_they_are_in_the_vault(desk: Desk) -> None:
    outside = desk.root.parent / "elsewhere"
    outside.mkdir()
    (outside / "every.md").write_text(EVERY.format("Mine"), encoding="utf-8")
    own = desk.root / "_templates/vaultflow"
    own.parent.mkdir()
    own.symlink_to(outside)
    os.utime(outside / "every.md", ns=(0, 0))
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    assert at("Pipeline/Every.md") not in desk.play("Acme.md").written
    own.unlink()
    outside.rename(own)
    assert at("Pipeline/Every.md") in desk.play(scan=True).written


def test_a_template_that_is_written_twice_within_a_tick_of_the_clock_is_read_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_ns = time.time_ns()

    def stamp_of_a_coarse_clock(file: Path) -> TemplateStamp:
        return TemplateStamp(name=file.name, times_ns=(now_ns,), size=0, numbers=())

    monkeypatch.setattr("vaultflow.disk.template_files._stamp", stamp_of_a_coarse_clock)
    name = "_templates/vaultflow/every.md"
    desk.write(name, EVERY.format("Mine"))
    desk.play(name)
    desk.write(name, EVERY.format("Ours"))
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    desk.play("Acme.md")
    assert "Ours 3" in desk.read("Pipeline/Every.md")


def registry_of(desk: Desk) -> Registry:
    assert desk.watched.workspace
    return desk.watched.workspace.registry


def test_a_plugin_that_could_not_be_loaded_is_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("vaultflow.toml", TWO_PAGES + '[plugins]\nenabled = ["late"]\n')
    desk.play(scan=True)
    assert registry_of(desk).findings
    late = (Plugin(name="late"), ())
    monkeypatch.setattr("vaultflow.plugins.registry.load_plugin", lambda _name: late)
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    desk.play("Acme.md")
    assert not registry_of(desk).findings
    assert "late" in [plugin.name for plugin in registry_of(desk).plugins]


def test_rows_stay_though_the_note_of_last_week_is_made_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path / "vault")
    desk.write("vaultflow.toml", '[pages]\nenabled = ["pipeline", "weekly"]\n')
    desk.today = MONDAY - timedelta(days=7)
    desk.start()
    desk.today = MONDAY
    desk.play(day_turns=True)
    made: set[str] = set()
    real = rows._made_row

    def counted(standing: Standing, context: Context) -> LeadRow:
        if context.today == MONDAY:
            made.add(standing.lead.name)
        return real(standing, context)

    monkeypatch.setattr(rows, "_made_row", counted)
    desk.write("Acme.md", ACME.replace("12000", "15000"))
    desk.play("Acme.md")
    assert made == {"Acme"}


def test_a_folder_that_cannot_be_read_any_more_is_told_and_holds_as_gone_leads_do(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path / "vault", answering=lambda _: Answered())
    for number in range(7):
        desk.write(f"Closed/Lead {number}.md", lead())
    desk.start()
    before = desk.read(STALE)
    with pytest.MonkeyPatch.context() as patch:
        refuse_folders(patch, Closed=PermissionError(13, "Permission denied"))
        assert "7 of 10 leads have vanished" in desk.play(scan=True).held
        assert desk.read(STALE) == before
        desk.later(6)
        played = desk.play(scan=True)
        assert not played.held
        assert any("Closed: The folder cannot be read" in line for line in played.troubles)
        assert pages_differ_from_fresh(desk.root) == []
        assert "not counted: Closed." in desk.read(STALE)
    assert not desk.play(scan=True).troubles
    assert pages_differ_from_fresh(desk.root) == []


def test_an_empty_folder_that_cannot_be_read_any_more_is_told_too(desk: Desk) -> None:
    (desk.root / "Closed").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        refuse_folders(patch, Closed=PermissionError(13, "Permission denied"))
        desk.play(scan=True)
        assert "not counted: Closed." in desk.read(STALE)
        assert pages_differ_from_fresh(desk.root) == []
    desk.play(scan=True)
    assert "not counted" not in desk.read(STALE)
