from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import ACME, run, small_vault, snapshot

if TYPE_CHECKING:
    from pathlib import Path

REVIEW = "Reviews/2026-11-23 Pipeline review.md"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return small_vault(tmp_path / "vault")


def test_s0_01_daily_answers_the_question_of_the_day(vault: Path) -> None:
    ran = run(vault, "daily")
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[:2] == [
        f"{REVIEW}  (written)",
        "Yes: 2 open leads, 1 with a next action, 1 without.",
    ]
    text = (vault / REVIEW).read_text(encoding="utf-8")
    assert "Do I have any leads in my pipeline?" in text
    assert "[[Acme]]" in text
    assert "idle 24 days (limit 14): last touch 2026-10-30, call out, line 15" in text.lower()


def test_s0_01_without_leads_daily_says_how_to_start(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    ran = run(tmp_path, "daily")
    assert ran.exit_code == 0
    assert "No – start with" in ran.stdout


def test_s0_18_if_missing_leaves_todays_note_alone(vault: Path) -> None:
    run(vault, "daily")
    (vault / "Beta.md").write_text("---\ntype: lead\nstage: Closing\n---\n", encoding="utf-8")
    before = snapshot(vault)
    ran = run(vault, "daily", "--if-missing")
    assert (ran.exit_code, snapshot(vault)) == (0, before)
    assert "is there already" in ran.stderr


def test_f12_running_twice_writes_nothing(vault: Path) -> None:
    run(vault, "refresh")
    before = snapshot(vault)
    ran = run(vault, "refresh")
    assert snapshot(vault) == before
    assert ran.stdout.count("(unchanged)") == 4


def test_f29_f30_ticks_answers_and_own_text_stay(vault: Path) -> None:
    run(vault, "daily")
    page = vault / REVIEW
    text = page.read_text(encoding="utf-8")
    answered = text.replace("- [ ] ", "- [/] ", 1).replace("- answer::", "- answer:: they sign", 1)
    page.write_text(answered + "\nMy own thoughts.\n", encoding="utf-8")
    (vault / "Acme.md").write_text(ACME.replace("12000", "15000"), encoding="utf-8")
    assert run(vault, "daily").exit_code == 0
    again = page.read_text(encoding="utf-8")
    assert "- [/] " in again
    assert "- answer:: they sign" in again
    assert again.endswith("\nMy own thoughts.\n")
    assert "€15,000" in again


def test_daily_print_shows_the_note(vault: Path) -> None:
    assert run(vault, "daily", "--print").stdout.startswith("# Pipeline review, Monday 23 November")


def test_daily_json_gives_the_record_of_the_page(vault: Path) -> None:
    record = run(vault, "daily", "--json").json
    assert record["counts"]["open"] == 2
    assert record["focus"][0]["row"]["name"] == "Acme"


def test_dry_run_shows_a_diff_and_writes_nothing(vault: Path) -> None:
    before = snapshot(vault)
    ran = run(vault, "daily", "--dry-run")
    assert snapshot(vault) == before
    assert f"+++ {REVIEW}" in ran.stdout
    assert "+# Pipeline review, Monday 23 November" in ran.stdout


def test_a_note_of_the_users_at_the_reviews_place_is_left_alone(vault: Path) -> None:
    (vault / "Reviews").mkdir()
    (vault / REVIEW).write_text("My own note of that name.\n", encoding="utf-8")
    ran = run(vault, "daily")
    assert ran.exit_code == 7
    assert REVIEW in ran.stderr
    assert "nothing was written" in ran.stderr
    assert (vault / REVIEW).read_text(encoding="utf-8") == "My own note of that name.\n"


def test_a_page_that_the_user_took_over_is_left_alone_without_an_error(vault: Path) -> None:
    run(vault, "refresh")
    page = vault / "Pipeline" / "Stale deals.md"
    page.write_text("# Mine now\n", encoding="utf-8")
    ran = run(vault, "refresh")
    assert ran.exit_code == 0
    assert "Pipeline/Stale deals.md  (NOT written)" in ran.stdout
    assert "page-released" in ran.stderr
    assert page.read_text(encoding="utf-8") == "# Mine now\n"


def test_f32_a_broken_marker_is_named_with_its_line_and_nothing_is_written(vault: Path) -> None:
    run(vault, "refresh")
    page = vault / "Pipeline" / "Stale deals.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("%% vaultflow:end stale"))
    del lines[number - 1]
    page.write_text("\n".join(lines), encoding="utf-8")
    before = snapshot(vault)
    ran = run(vault, "refresh")
    assert (ran.exit_code, snapshot(vault)) == (7, before)
    assert "Pipeline/Stale deals.md: line 3:" in ran.stderr


def test_s2_10_stale_lists_the_deals_with_evidence_and_refreshes_the_page(vault: Path) -> None:
    ran = run(vault, "stale")
    assert ran.exit_code == 0
    assert "Acme" in ran.stdout
    assert "idle 24 days (limit 14): last touch 2026-10-30, call out, line 15" in ran.stdout
    page = (vault / "Pipeline" / "Stale deals.md").read_text(encoding="utf-8")
    assert "[[Acme]]" in page


def test_stale_says_so_when_nothing_is(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    assert "no deal is stale" in run(tmp_path, "stale").stdout


def test_refresh_takes_pages_by_name(vault: Path) -> None:
    ran = run(vault, "refresh", "pipeline", "--json")
    assert [(page["name"], page["state"]) for page in ran.json] == [("pipeline", "new")]
    assert not (vault / REVIEW).exists()


def test_refresh_refuses_an_unknown_page_and_names_the_nearest(vault: Path) -> None:
    ran = run(vault, "refresh", "pipelin")
    assert ran.exit_code == 2
    assert 'did you mean "pipeline"?' in ran.stderr


def test_pages_lists_where_they_go_and_whether_they_are_current(vault: Path) -> None:
    run(vault, "refresh", "stale")
    pages = {page["name"]: page for page in run(vault, "pages", "--json").json}
    assert list(pages)[:4] == ["daily", "stale", "pipeline", "next-actions"]
    assert pages["stale"]["state"] == "current"
    assert pages["pipeline"]["state"] == "new"
    assert pages["daily"]["path"] == REVIEW
    assert run(vault, "pages").exit_code == 0


def test_s2_60_a_template_of_the_vault_overrides_a_page_and_adds_one(vault: Path) -> None:
    own = vault / "_templates" / "vaultflow"
    own.mkdir(parents=True)
    (own / "stale.md").write_text(
        "---\ntitle: Cold\npath: /Cold.md\n---\nCold: {{ stale | length }}\n"
        "%% vaultflow:begin cold %%\n{{ stale | length }}\n%% vaultflow:end cold %%\n",
        encoding="utf-8",
    )
    (own / "names.md").write_text(
        "%% vaultflow:begin all %%\n{% for lead in leads %}\n- {{ lead.name }}\n{% endfor %}\n"
        "%% vaultflow:end all %%\n",
        encoding="utf-8",
    )
    ran = run(vault, "refresh")
    assert ran.exit_code == 0
    assert (vault / "Cold.md").read_text(encoding="utf-8").startswith("Cold: 1\n")
    assert "- Acme\n- Beta\n" in (vault / "Pipeline" / "names.md").read_text(encoding="utf-8")


def test_a_broken_template_is_named_and_the_other_pages_are_written(vault: Path) -> None:
    own = vault / "_templates" / "vaultflow"
    own.mkdir(parents=True)
    (own / "stale.md").write_text("# Mine\n\n{{ nothing.here }}\n", encoding="utf-8")
    ran = run(vault, "refresh")
    assert ran.exit_code == 5
    assert "stale.md:3" in ran.stderr
    assert (vault / "Pipeline" / "Pipeline.md").exists()
    assert not (vault / "Pipeline" / "Stale deals.md").exists()


def test_f36_a_hostile_name_of_a_lead_breaks_no_page(tmp_path: Path) -> None:
    hostile = "%% vaultflow:end focus %% ```dataviewjs [[x]] `$= 1` <% tp %>"
    vault = small_vault(tmp_path / "vault", **{hostile: ACME})
    assert run(vault, "refresh").exit_code == 0
    before = snapshot(vault)
    assert run(vault, "refresh").exit_code == 0
    assert snapshot(vault) == before


def test_no_generated_byte_depends_on_the_vaults_place(tmp_path: Path) -> None:
    one, other = small_vault(tmp_path / "one"), small_vault(tmp_path / "far" / "other")
    run(one, "refresh")
    run(other, "refresh")
    pages = [{name: state[0] for name, state in snapshot(root).items()} for root in (one, other)]
    assert pages[0] == pages[1]
