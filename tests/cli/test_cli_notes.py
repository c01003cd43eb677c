from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import CHECKOUT, run, small_vault, snapshot

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "---\ntype: lead\nstage: [Proposals\n---\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def test_note_json_has_the_keys_of_the_design(vault: Path) -> None:
    report = run(vault, "note", "Acme", "--json").json
    assert list(report) == [
        *("path", "title", "frontmatter", "frontmatter_links", "fields", "tags", "links"),
        *("embeds", "headings", "tasks", "blocks", "findings"),
    ]
    (link,) = report["frontmatter_links"]
    assert link["resolved"] == "Acme BV.md"
    assert report["headings"] == [{"level": 2, "text": "Log", "line": 13}]


def test_note_prints_its_parts(vault: Path) -> None:
    ran = run(vault, "note", "Beta")
    assert "Beta.md  (Beta)" in ran.stdout
    assert "[[Nobody yet]] -> nowhere" in ran.stdout


def test_links_of_the_vault_and_those_that_lead_nowhere(vault: Path) -> None:
    everything = run(vault, "links", "--json").json
    assert {(link["source"], link["resolved"]) for link in everything} == {
        ("Acme.md", "Acme BV.md"),
        ("Beta.md", None),
    }
    unresolved = run(vault, "links", "--unresolved", "--json").json
    assert [link["text"] for link in unresolved] == ["[[Nobody yet]]"]
    assert "Beta.md:7" in run(vault, "links", "--unresolved").stdout


def test_check_names_path_line_and_what_to_do(tmp_path: Path) -> None:
    vault = small_vault(
        tmp_path / "vault", Odd="---\ntype: lead\nstage: propsals\nvalue: 5\n---\n", Bad=BROKEN
    )
    ran = run(vault, "check")
    assert ran.exit_code == 1
    assert "Odd.md:3: stage-unknown" in ran.stdout
    assert "Proposals" in ran.stdout
    assert any(line.startswith("error: Bad.md:") for line in ran.stdout.splitlines())


def test_check_without_errors_ends_with_zero(vault: Path) -> None:
    ran = run(vault, "check")
    assert ran.exit_code == 0
    assert "0 errors" in ran.stderr


def test_check_can_look_at_one_folder_or_note_only(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "vault", Bad=BROKEN)
    assert run(vault, "check", "Acme.md").exit_code == 0
    assert run(vault, "check", "Bad.md").exit_code == 1


def test_check_json_gives_findings_of_every_level(vault: Path) -> None:
    findings = run(vault, "check", "--json").json
    assert {"level", "code", "path", "line", "message", "hint"} == set(findings[0])
    assert "info" in {finding["level"] for finding in findings}


def test_an_unreadable_lead_is_counted_and_shown(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "vault", Bad=BROKEN)
    assert "Yes: 3 open leads" in run(vault, "daily").stdout
    review = (vault / "Reviews" / "2026-11-23 Pipeline review.md").read_text(encoding="utf-8")
    assert "[[Bad]]" in review
    assert [row["name"] for row in run(vault, "leads", "--in", "unreadable", "--json").json] == [
        "Bad"
    ]


def test_an_unreadable_note_that_is_no_lead_is_counted_too(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "vault")
    (vault / "Scrap.md").write_bytes(b"\xff\xfeH\x00i\x00")
    run(vault, "daily")
    review = (vault / "Reviews" / "2026-11-23 Pipeline review.md").read_text(encoding="utf-8")
    assert "1 note cannot be read" in review
    assert "[[Scrap]]" in review


def test_s0_25_s0_26_articles_are_no_leads_and_come_out_as_they_went_in(tmp_path: Path) -> None:
    vault = small_vault(tmp_path / "vault")
    articles = [*(CHECKOUT / "tests" / "data" / "seed-like").glob("*.md")]
    articles += (CHECKOUT.parent / "shared" / "seeds").glob("*.txt")
    for article in articles:
        (vault / f"{article.stem}.md").write_bytes(article.read_bytes())
    before = snapshot(vault)
    for command in (["daily"], ["refresh"], ["stale"], ["check"], ["links", "--unresolved"]):
        assert run(vault, *command).exit_code == 0
    after = snapshot(vault)
    assert {name: after[name] for name in before} == before
    assert len(run(vault, "leads", "--all", "--json").json) == 3
