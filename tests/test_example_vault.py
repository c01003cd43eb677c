"""The example vault is believable, complete and whole: it is doc, demo and fixture at once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from vaultflow.disk.config.load import load_settings
from vaultflow.disk.obsidian import load_obsidian
from vaultflow.errors import Level
from vaultflow.pipeline.build import build_pipeline
from vaultflow.pipeline.standing import Bucket, Idleness, Light
from vaultflow.vault.reader import read_note
from vaultflow.vault.vault import Vault, build_vault

if TYPE_CHECKING:
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.pipeline.standing import Standing

EXAMPLE = Path(__file__).parents[1] / "example-vault"
TODAY = date(2026, 11, 23)

NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|#^\[\]]|[. ]$')
NAMED_DAYS = re.compile(
    r"\b((mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august"
    r"|(septem|octo|novem|decem)ber|spring|summer|autumn|winter|christmas|easter|weekend)s?\b",
    re.IGNORECASE,
)
MEETING_LINE = re.compile(
    r"^- (?P<day>\d{4}-\d\d-\d\d) meeting.*\[\[(?P<note>[^\]]+)\]\]", re.MULTILINE
)
STAGE_LINE = re.compile(r"^- \d{4}-\d\d-\d\d stage: .+ -> (?P<stage>.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def vault() -> Vault:
    files = sorted(file for file in EXAMPLE.rglob("*.md") if file.is_file())
    return build_vault([read_note(_in_vault(file), file.read_bytes()) for file in files], ())


@pytest.fixture(scope="module")
def pipeline(vault: Vault) -> Pipeline:
    obsidian, findings = load_obsidian(EXAMPLE)
    assert not findings
    return build_pipeline(vault, load_settings(EXAMPLE).settings, TODAY, obsidian)


def test_every_file_name_is_valid_on_every_system() -> None:
    wrong = [file.name for file in EXAMPLE.rglob("*") if NOT_IN_FILE_NAMES.search(file.stem)]

    assert wrong == []


def test_every_file_ends_its_lines_with_a_line_feed() -> None:
    contents = [file.read_bytes() for file in EXAMPLE.rglob("*") if file.is_file()]

    assert all(content.endswith(b"\n") and b"\r" not in content for content in contents)


def test_days_are_dates_only_so_that_they_can_all_be_moved(vault: Vault) -> None:
    texts = {path: _text(path) for path, note in vault.notes.items() if not note.is_page}
    named = {path: found[0] for path, text in texts.items() if (found := NAMED_DAYS.search(text))}

    assert named == {}


def test_no_note_has_an_error(vault: Vault, pipeline: Pipeline) -> None:
    findings = (*vault.findings, *pipeline.findings)

    assert [str(finding) for finding in findings if finding.level is Level.ERROR] == []


def test_every_link_leads_to_one_note(vault: Vault) -> None:
    loose = [link for link in vault.links if link.resolved is None or link.ambiguous]

    assert [(str(link.source), link.link.text) for link in loose] == []


def test_there_are_about_forty_leads(pipeline: Pipeline) -> None:
    assert 38 <= len(pipeline.standings) <= 45


def test_every_stage_is_in_use(pipeline: Pipeline) -> None:
    used = {standing.lead.stage for standing in pipeline.standings}

    assert used == set(pipeline.stages)


def test_every_list_is_filled_but_those_of_broken_notes(pipeline: Pipeline) -> None:
    filled = {bucket for standing in pipeline.standings for bucket in standing.buckets}

    assert filled == set(Bucket) - {Bucket.UNREADABLE, Bucket.UNKNOWN_STAGE}


def test_every_idleness_and_every_light_is_seen(pipeline: Pipeline) -> None:
    assert {standing.idleness for standing in pipeline.standings} == set(Idleness)
    assert {standing.light for standing in pipeline.standings} == set(Light)


def test_several_deals_are_well_over_their_limit(pipeline: Pipeline) -> None:
    stale = [standing for standing in pipeline.standings if standing.idleness is Idleness.STALE]

    assert len([standing for standing in stale if _days_over(standing) >= 7]) >= 3


def test_leads_name_companies_and_people_that_have_notes(pipeline: Pipeline) -> None:
    leads = [item.lead for item in pipeline.standings if item.lead.path.parts[0] == "Leads"]

    assert all(lead.company and lead.company.path for lead in leads)
    assert all(lead.people and all(person.path for person in lead.people) for lead in leads)


def test_a_lead_stands_in_the_stage_that_its_log_says(pipeline: Pipeline) -> None:
    for lead in (standing.lead for standing in pipeline.standings):
        moves = STAGE_LINE.findall(_text(lead.path))
        assert not moves or lead.stage_text == moves[-1], lead.path


def test_a_meeting_in_a_log_has_its_note_on_the_same_day(pipeline: Pipeline) -> None:
    meetings = [
        match.groups()
        for standing in pipeline.standings
        for match in MEETING_LINE.finditer(_text(standing.lead.path))
    ]

    assert len(meetings) >= 12
    assert all(note.startswith(day) for day, note in meetings)


def test_the_log_of_a_lead_is_in_the_order_of_its_days(pipeline: Pipeline) -> None:
    for path in (standing.lead.path for standing in pipeline.standings):
        days = re.findall(r"^- (\d{4}-\d\d-\d\d) ", _text(path), re.MULTILINE)
        assert days == sorted(days), path


def test_every_question_leads_to_picking_a_lead(vault: Vault) -> None:
    answers = {
        path: {link.resolved for link in vault.links if link.source == path}
        for path in vault.notes
        if path.parts[0] == "Questions"
    }
    ends = {path for path, targets in answers.items() if not targets}

    assert ends == {PurePosixPath("Questions/🔎 Pick a lead.md")}
    assert {target for targets in answers.values() for target in targets} <= answers.keys()


def _in_vault(file: Path) -> PurePosixPath:
    return PurePosixPath(file.relative_to(EXAMPLE).as_posix())


def _text(path: PurePosixPath) -> str:
    return (EXAMPLE / path).read_text("utf-8")


def _days_over(standing: Standing) -> int:
    return (standing.idle_days or 0) - (standing.stale_days or 0)
