"""`vaultflow report` and the pages of numbers, over a folder, by the ids of the practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import run, small_vault

from vaultflow.cli.reporting import bars
from vaultflow.pages.reports.section import Chart, Mark

if TYPE_CHECKING:
    from pathlib import Path

STAGES = """
[[pipeline.stages]]
name = "Lead"
forecast = false
probability = 50
expected_days = 5
[[pipeline.stages]]
name = "Proposal"
probability = 50
expected_days = 10
[[pipeline.stages]]
name = "Won"
kind = "won"
[[pipeline.stages]]
name = "Lost"
kind = "lost"
"""


def lead(stage: str, *log: str, created: str = "2026-10-01", **fields: str) -> str:
    """A note of a lead; `closed` is the day of its end."""
    names = {"closed": "closed_on", "reason": "lost_reason"}
    given = {"value": "1000", "owner": "Ann", "source": "Talk"} | fields
    lines = [f"{names.get(name, name)}: {text}" for name, text in given.items() if text]
    head = ("---", "type: lead", f"stage: {stage}", f"created: {created}", *lines, "---")
    return "\n".join((*head, "", "## Log", *(f"- {line}" for line in log), ""))


def won(day: str, **fields: str) -> str:
    moves = ("2026-10-11 stage: Lead -> Proposal", f"{day} stage: Proposal -> Won")
    return lead("Won", *moves, closed=day, **fields)


def lost(day: str, **fields: str) -> str:
    return lead("Lost", f"{day} stage: Lead -> Lost", closed=day, **fields)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Eight leads in two open stages: three were won, one of them an order, and two were lost."""
    root = tmp_path / "vault"
    root.mkdir()
    (root / "vaultflow.toml").write_text(STAGES, encoding="utf-8")
    notes = {
        "Open": lead("Lead", "2026-11-20 call out: hello"),
        "Far": lead(
            "Proposal",
            "2026-11-10 stage: Lead -> Proposal",
            "2026-11-12 quote out: the offer",
            value="4000",
            owner="Ben",
            expected_close="2026-12-15",
            next_action="Call",
            next_action_due="2026-12-01",
        ),
        "Back": lead(
            "Lead",
            "2026-11-02 stage: Lead -> Proposal",
            "2026-11-16 stage: Proposal -> Lead",
            "2026-11-17 call in: not yet",
            value="",
        ),
        "First": won("2026-11-10", value="3000"),
        "Second": won("2026-11-20", value="5000", source="Web"),
        "Renewal": won("2026-11-21", value="9000", kind="order"),
        "Gone": lost("2026-11-05", value="2000"),
        "Twice": lost("2026-11-06", reason="duplicate of Gone"),
    }
    for name, text in notes.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def notes_of(root: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted(root.rglob("*.md"))}


def rows(text: str, title: str) -> list[str]:
    """The lines of a section up to the next empty one, with single blanks."""
    lines = text.split("\n")
    start = lines.index(title) + 2
    return [" ".join(line.split()) for line in lines[start : lines.index("", start)]]


def test_report_lists_the_reports_and_prints_the_one_of_that_name(vault: Path) -> None:
    said = run(vault, "report").stdout
    assert said.startswith("report")
    assert "What goes through each stage, and where it waits" in said
    assert "The last 90 days" in said
    assert "In and out" not in said
    assert run(vault, "report", "report").stdout in said


def test_report_writes_nothing_unless_told_to(vault: Path) -> None:
    before = notes_of(vault)
    run(vault, "report")
    run(vault, "report", "flow", "--json")
    assert notes_of(vault) == before
    ran = run(vault, "report", "flow", "--write")
    assert "Pipeline/Flow.md  (written)" in ran.stderr
    written = notes_of(vault)
    assert set(written) - set(before) == {str(vault / "Pipeline" / "Flow.md")}
    assert "Pipeline/Flow.md  (unchanged)" in run(vault, "refresh", "flow").stdout
    assert notes_of(vault) == written


def test_a_report_is_the_same_with_the_cache_and_without_it(vault: Path) -> None:
    for name in ("report", "flow"):
        first = run(vault, "report", name).stdout
        assert run(vault, "report", name).stdout == first
        assert run(vault, "--no-cache", "report", name).stdout == first
        assert run(vault, "refresh", name).exit_code == 0


def test_a_page_without_sections_is_printed_as_it_would_stand(vault: Path) -> None:
    assert "# Team" in run(vault, "report", "team").stdout
    ran = run(vault, "report", "flwo")
    assert ran.exit_code == 2
    assert 'did you mean "flow"?' in ran.stderr


def test_an_unreadable_lead_is_counted_and_said(vault: Path) -> None:
    (vault / "Broken.md").write_text("---\ntype: lead\nstage: [\n---\n", encoding="utf-8")
    for name in ("report", "flow"):
        assert "1 lead cannot be read" in run(vault, "report", name).stdout


def test_s1_9_every_row_of_the_flow_adds_up(vault: Path) -> None:
    stages = run(vault, "report", "flow", "--json").json["stages"]
    for flow in stages:
        out = flow["on"] + flow["back"] + flow["lost"] + flow["parked"]
        assert flow["before"] + flow["entered"] == out + flow["now"]
    assert rows(run(vault, "report", "flow").stdout, "In and out")[2:5] == [
        "Stage Before + in On/back/lost/parked Now",
        "Lead 0 + 9 5/0/2/0 2",
        "Proposal 0 + 5 3/1/0/0 1",
    ]
    run(vault, "refresh", "flow")
    page = (vault / "Pipeline" / "Flow.md").read_text(encoding="utf-8")
    assert "| Proposal | 0 + 5 | 3/1/0/0 | 1 |" in page
    ways = page.partition("sankey-beta\n\n")[2].partition("\n```")[0]
    assert ways.splitlines() == [
        '"Lead","went on",5',
        '"Lead","lost",2',
        '"Lead","still there",2',
        '"Proposal","went on",3',
        '"Proposal","went back",1',
        '"Proposal","still there",1',
    ]


def test_s1_9_steady_is_what_leaves_a_day_times_how_long_it_stayed(vault: Path) -> None:
    # Lead: seven left in 90 days after 10, 10, 10, 40, 32, 35 and 36 days: 173 in all.
    lines = rows(run(vault, "report", "flow").stdout, "Filling or emptying")
    assert any(line.startswith("Lead 0.5 ") and line.endswith(f" {173 / 90:.1f}") for line in lines)


def test_s1_10_a_stage_of_no_forecast_adds_nothing_to_it(vault: Path) -> None:
    text = run(vault, "report").stdout
    assert "Lead 2 €1,000 –" in rows(text, "Where the business lies")
    assert "All 3 €5,000 €2,000" in rows(text, "Where the business lies")
    run(vault, "refresh", "pipeline")
    page = (vault / "Pipeline" / "Pipeline.md").read_text(encoding="utf-8")
    assert "€5,000, weighted €2,000" in page


def test_s1_11_orders_have_a_win_rate_of_their_own(vault: Path) -> None:
    lines = rows(run(vault, "report").stdout, "Win rate")
    assert lines[0] == "Sold: 2 of 3 (67%; 95% interval 21 to 94%)."
    assert lines[1] == "By value: €8,000 of €10,000 (80%)."
    assert lines[2] == "Orders, apart: 1 of 1; nobody had to sell them."
    assert lines[3] == "Left out: 1 lead lost as no deal, such as duplicates."


def test_s2_18_value_lies_by_stage_owner_source_and_month(vault: Path) -> None:
    text = run(vault, "report").stdout
    assert rows(text, "Where the business lies")[0] == "Bottleneck: Lead."
    assert "Ben 1 €4,000 €2,000" in rows(text, "By owner")
    assert "Talk 3 €5,000 €2,000" in rows(text, "By source")
    assert rows(text, "By month")[1:4] == [
        "2026-12 1 €4,000 €2,000",
        "no day 2 €1,000 –",
        "All 3 €5,000 €2,000",
    ]


def test_s2_20_deals_that_began_together_are_told_with_how_ripe_they_are(vault: Path) -> None:
    lines = rows(run(vault, "report").stdout, "Deals that began together")
    assert lines[0] == "Began Deals Won of decided Open"
    assert lines[-2] == "2026 Q4, young 6 2 of 3 3"


def test_s2_23_numbers_stand_beside_those_before_with_the_change(vault: Path) -> None:
    text = run(vault, "report", "--today", "2026-12-10").stdout
    (vault / "vaultflow.toml").write_text(STAGES + "[report]\ndays = 25\n", encoding="utf-8")
    # 30 October to 23 November beside 5 to 29 October.
    lines = rows(run(vault, "report").stdout, "The last 25 days")
    assert lines[0] == "Number Now Before Change"
    assert "Clients won 2 0 +2" in lines
    assert "Value won €8,000 (2) €0 (0) +€8,000" in lines
    assert "New leads 0 0 0" in lines
    assert "The last 90 days" in text


def test_s2_26_new_leads_quotes_and_clients_are_counted(vault: Path) -> None:
    numbers = {each["name"]: each["now"] for each in run(vault, "report", "--json").json["kpis"]}
    assert numbers["leads_new"]["amount"] == "8"
    # Far was given one, told twice; First, Second, Renewal and Back moved into Proposal.
    assert numbers["quotes_sent"]["amount"] == "5"
    assert numbers["clients_won"]["amount"] == "2"


def test_s2_27_only_the_numbers_asked_for_are_shown(vault: Path) -> None:
    config = STAGES + '[report]\nkpis = ["touches", "deal_size"]\n'
    (vault / "vaultflow.toml").write_text(config, encoding="utf-8")
    lines = rows(run(vault, "report").stdout, "The last 90 days")
    assert lines[1:3] == ["Touches 3 0 +3", "Deal size, mean €4,000 (2) – –"]
    assert not any(line.startswith("New leads") for line in lines)
    (vault / "vaultflow.toml").write_text('[report]\nkpis = ["touch"]\n', encoding="utf-8")
    ran = run(vault, "report")
    assert 'did you mean "touches"?' in ran.stdout + ran.stderr


def test_s3_1_the_board_of_the_pipeline_renders_stages_and_a_chart(vault: Path) -> None:
    run(vault, "refresh", "pipeline")
    page = (vault / "Pipeline" / "Pipeline.md").read_text(encoding="utf-8")
    assert "xychart-beta" in page
    assert "### Proposal" in page


def test_s3_9_the_bottleneck_is_named_with_how_many_it_rests_on(vault: Path) -> None:
    config = STAGES + "[report]\nleast = 8\n"
    for name in ("report", "flow"):
        text = run(vault, "report", name).stdout
        assert "Bottleneck: Lead." in text
        # Stays of 10, 10, 10, 32, 35, 36 and 40 days, and two that run for 7 and 53.
        assert (
            "Slowest: Lead, 32 days until half have left; 5 days expected (7 left, 2 still there)."
            in text
        )
    (vault / "vaultflow.toml").write_text(config, encoding="utf-8")
    assert "No bottleneck: no stage of at least 8 cases" in run(vault, "report", "flow").stdout


def test_s3_10_who_has_what_where_and_more_than_they_can(vault: Path) -> None:
    config = STAGES + "[team]\nopen_leads = 1\n"
    (vault / "vaultflow.toml").write_text(config, encoding="utf-8")
    lines = rows(run(vault, "report", "flow").stdout, "Who has what")
    assert lines[:2] == ["Ann: 2 of 1 open leads.", "Ben: 1 of 1 open leads."]
    assert lines[3:5] == ["Lead Ann 2 0", "Proposal Ben 1 0"]


def test_s3_15_the_weekly_note_says_when_to_look_at_the_numbers(vault: Path) -> None:
    page = run(vault, "report", "weekly").stdout
    assert "five minutes: `vaultflow report` and `vaultflow report flow`" in page
    config = STAGES + '[pages]\nenabled = ["report"]\n'
    (vault / "vaultflow.toml").write_text(config, encoding="utf-8")
    assert (
        "five minutes: [[Report]] and `vaultflow report flow`"
        in run(vault, "report", "weekly").stdout
    )


def test_s3_16_conversion_size_and_time_come_with_what_they_rest_on(vault: Path) -> None:
    flow = rows(run(vault, "report", "flow").stdout, "Who goes on")
    # Of seven that are no order and no duplicate, four went on and one was lost there.
    assert "Lead 4 of 5 (80%) 4 of 6 (67%) 1" in flow
    text = run(vault, "report").stdout
    assert rows(text, "Size and speed")[0] == (
        "Deal size: €4,000 on average, €4,000 at the median (2 won deals; 0 without a value)."
    )
    lines = rows(text, "Time to close")
    assert lines[0] == "Half of all deals won: not reached."
    assert "All 6 deals since the first" in lines[-1]


def test_s4_9_each_stage_tells_its_touches_a_week_and_its_next_actions(vault: Path) -> None:
    lines = rows(run(vault, "report", "flow").stdout, "What is done")
    assert lines[1:3] == ["Lead 0 · 0 · 0 · 2 0 2", "Proposal 0 · 0 · 1 · 0 1 0"]


def test_s4_11_the_pace_of_four_weeks_is_told(vault: Path) -> None:
    lines = rows(run(vault, "report", "flow").stdout + "\n", "Pace")
    assert lines[0] == (
        "The pace rises: 2 touches in the last seven days, 0.3 a week in the three weeks before."
    )
    assert lines[2:6] == ["2 Nov 0 1 0", "9 Nov 0 0 0", "16 Nov 1 2 0", "23 Nov 2 2 0"]


def test_s2_33_the_timeline_tells_what_journal_and_properties_know_too(vault: Path) -> None:
    journal = vault / "Pipeline" / "Journal" / "2026-11 a1b2c3.md"
    journal.parent.mkdir(parents=True)
    entry = "- 2026-11-18 [[Open]]: `value` from `1000` to `1500`, last seen 2026-11-10\n"
    journal.write_text(entry, encoding="utf-8")
    lines = run(vault, "show", "Open", "--timeline").stdout.split("\n")
    assert lines[1:4] == [
        "2026-10-01 created: came from Talk  (line 4)",
        "2026-11-18 changed: value: 1000 -> 1500 (journal 2026-11 a1b2c3:1, seen after 2026-11-10)",
        "2026-11-20 touch: call out: hello  (line 11)",
    ]
    back = lead("Lead", history="[2026-10-03 Lead, 2026-10-09 Proposal, 2026-11-03 Lead]")
    (vault / "Told.md").write_text(back, encoding="utf-8")
    text = run(vault, "show", "Told", "--timeline").stdout
    assert "2026-10-09 moved: stage: nothing -> Proposal (properties line 8)" in text


def test_too_few_leads_are_said_and_no_number_is_made_of_them(tmp_path: Path) -> None:
    empty = small_vault(tmp_path / "empty")
    for note in empty.glob("*.md"):
        note.unlink()
    text = run(empty, "report").stdout
    assert "Sold: no data." in text
    assert "Velocity: not known" in text
    assert "No deal with a day on which it began." in text
    assert "No touch with a lead in four weeks." in run(empty, "report", "flow").stdout


def test_bars_are_as_long_as_their_values_to_an_eighth() -> None:
    marks = (Mark(label="A", value=16), Mark(label="Long", value=1), Mark(label="None"))
    assert list(bars(Chart(kind="bar", title="", marks=marks))) == [
        f"A     {'█' * 30} 16",
        "Long  █▉ 1",
        "None   0",
    ]
    flow = (Mark(label="A", to="B", value=2),)
    assert list(bars(Chart(kind="sankey", title="", marks=flow))) == [f"A → B  {'█' * 30} 2"]
    assert list(bars(Chart(kind="bar", title="", marks=(Mark(label="A"),)))) == []


def test_a_piece_for_include_is_no_page(vault: Path) -> None:
    folder = vault / "_templates" / "vaultflow"
    folder.mkdir(parents=True)
    (folder / "_mine.md").write_text("as **I** say\n", encoding="utf-8")
    (folder / "own.md").write_text('{% include "_mine" %}\n', encoding="utf-8")
    assert "_mine" not in run(vault, "pages").stdout
    assert "_sections" not in run(vault, "pages").stdout
    assert run(vault, "report", "own").stdout == "as **I** say\n"
    assert run(vault, "refresh", "_mine").exit_code == 2


def test_names_of_leads_are_data_in_a_report(vault: Path) -> None:
    odd = lead("Lead", owner='"`=1` <b> | [[x]]"')
    (vault / "Odd.md").write_text(odd, encoding="utf-8")
    run(vault, "refresh", "report", "flow")
    page = (vault / "Pipeline" / "Report.md").read_text(encoding="utf-8")
    assert "&#96;=1&#96; &lt;b> \\| x | 1 |" in page
