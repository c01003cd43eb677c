from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from pipeline_builders import codes, note, pipeline_of

from vaultflow.pipeline.reading.namesakes import namesake_findings


def named(*paths: str) -> list[tuple[str, str]]:
    found = namesake_findings(PurePosixPath(path) for path in paths)
    return [(str(finding.path), finding.message) for finding in found]


def test_two_leads_with_one_name_are_named_to_each_other() -> None:
    assert named("b/Acme.md", "a/acme.md", "a/Beta.md") == [
        ("a/acme.md", "Another lead has this name: b/Acme.md."),
        ("b/Acme.md", "Another lead has this name: a/acme.md."),
    ]


def test_the_form_of_accents_does_not_matter() -> None:
    assert len(named("a/Zoë.md", f"b/{unicodedata.normalize('NFD', 'Zoë')}.md")) == 2


def test_two_in_one_folder_are_a_clash_of_the_vault() -> None:
    assert named("a/Acme.md", "a/acme.md") == []


def test_a_lead_and_another_note_may_share_a_name() -> None:
    lead = "---\ntype: lead\nstage: Proposals\n---\n"
    both = pipeline_of(note(lead, "a/Acme.md"), note("A company.\n", "b/Acme.md"))
    assert "lead-name-twice" not in codes(both.findings)
    twice = pipeline_of(note(lead, "a/Acme.md"), note(lead, "b/Acme.md"))
    assert codes(twice.findings).count("lead-name-twice") == 2
