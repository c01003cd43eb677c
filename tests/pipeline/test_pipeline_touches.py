from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

import pytest
from pipeline_builders import OBSIDIAN, SETTINGS, TODAY, codes, lead_of, note, vault_of

from vaultflow.pipeline.lead import TouchKind
from vaultflow.pipeline.reading.dating import Dating, daily_note_day, date_note
from vaultflow.pipeline.reading.log import read_log
from vaultflow.pipeline.reading.surroundings import survey
from vaultflow.pipeline.reading.touches import read_touches
from vaultflow.vault.obsidian.settings import ObsidianSettings, PeriodicNotes

LEAD = "---\ntype: lead\n---\n## Log\n- 2026-10-30 call out: walked through\n"


def days(*others: tuple[str, str]) -> list[date]:
    lead = lead_of("---\ntype: lead\n---\n", *(note(text, path) for path, text in others))
    return [touch.day for touch in lead.touches]


def test_log_lines_are_touches_newest_first() -> None:
    text = "---\ntype: lead\n---\n## Log\n- 2026-10-01 email in: a\n- 2026-10-30 call out: b\n"
    touches = lead_of(text).touches
    assert [(touch.day.day, touch.kind, touch.line) for touch in touches] == [
        (30, TouchKind.CALL, 6),
        (1, TouchKind.EMAIL, 5),
    ]


def test_touches_of_one_day_stand_as_in_the_notes() -> None:
    text = LEAD + "- 2026-10-30 email out: second\n"
    meeting = note("---\ndate: 2026-10-30\n---\n[[Acme]]\n", "Meetings/Kick-off.md")
    field = "---\nlast_contact: 2026-10-30\n" + text.removeprefix("---\n")
    kinds = [touch.kind for touch in lead_of(field, meeting).touches]
    assert kinds == [TouchKind.CALL, TouchKind.EMAIL, TouchKind.MEETING, TouchKind.FIELD]


def test_a_review_is_no_touch_but_its_day_is_known() -> None:
    lead = lead_of(LEAD + "- 2026-11-10 review: still worth it\n- 2026-11-03 review: yes\n")
    assert [touch.kind for touch in lead.touches] == [TouchKind.CALL]
    assert lead.reviewed_on == date(2026, 11, 10)


def test_a_dated_note_that_links_to_the_lead_is_a_touch() -> None:
    meeting = note('---\ndate: 2026-11-19\ndeal: "[[Acme]]"\n---\n', "Meetings/Kick-off.md")
    (touch,) = lead_of("---\ntype: lead\n---\n", meeting).touches
    assert (touch.day, touch.kind, touch.text) == (
        date(2026, 11, 19),
        TouchKind.MEETING,
        "Kick-off",
    )
    assert (touch.path, touch.line) == (meeting.path, 3)


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("Calls/2026-11-19 Acme.md", "---\ntype: call\n---\n[[Acme]]", TouchKind.CALL),
        ("Notes/2026-11-19 Meeting with Jane.md", "[[Acme]]", TouchKind.MEETING),
        ("Notes/2026-11-19 phone.md", "[[Acme]]", TouchKind.CALL),
        ("Daily/2026-11-19.md", "- called [[Acme]] about it", TouchKind.CALL),
        ("Daily/2026-11-19.md", "Thought of [[Acme]]", TouchKind.NOTE),
        ("20261119.md", "[[Acme]]", TouchKind.NOTE),
    ],
)
def test_the_kind_of_a_linking_note_is_told_by_type_name_or_line(
    path: str, text: str, kind: TouchKind
) -> None:
    (touch,) = lead_of("---\ntype: lead\n---\n", note(text, path)).touches
    assert (touch.day, touch.kind) == (date(2026, 11, 19), kind)


def test_the_line_of_a_daily_note_is_the_touchs_text() -> None:
    daily = note("# Day\n- called [[Acme|them]] about it\n- again [[Acme]]\n", "2026-11-19.md")
    (touch,) = lead_of("---\ntype: lead\n---\n", daily).touches
    assert (touch.text, touch.line) == ("called them about it", 2)


def test_the_date_field_comes_before_the_name() -> None:
    text = "---\ndate: 2026-11-10\n---\n[[Acme]]"
    assert days(("2026-11-12 Talk.md", text)) == [date(2026, 11, 10)]
    unreadable = "---\ndate: some day\n---\n[[Acme]]"
    assert days(("2026-11-12 Talk.md", unreadable)) == [date(2026, 11, 12)]


def test_a_note_without_a_day_is_no_touch() -> None:
    assert days(("Ideas.md", "[[Acme]]"), ("2026 plans.md", "[[Acme]]")) == []


def test_other_leads_pages_templates_and_copies_are_no_touches() -> None:
    dated = "---\ndate: 2026-11-10\n---\n[[Acme]]"
    page = dated + "\n%% vaultflow:begin x %%\n%% vaultflow:end x 9f2c4a11d0e3 %%\n"
    assert (
        days(
            ("Other.md", "---\ntype: lead\ndate: 2026-11-10\n---\n[[Acme]]"),
            ("2026-11-10 Pipeline review.md", page),
            ("Form.md", "---\ndate: 2026-11-10\nx: {{y}}\n---\n[[Acme]]"),
            ("_templates/vaultflow/x.md", dated),
            ("2026-11-10 a.sync-conflict-20261122-101500-ABCDEFG.md", dated),
        )
        == []
    )


def test_a_box_that_is_not_ticked_and_an_embed_are_no_touches() -> None:
    assert days(("2026-11-10.md", "- [ ] call [[Acme]]\n![[Acme]]\n")) == []
    assert days(("2026-11-10.md", "- [ ] call [[Acme]]\n- [x] mail [[Acme]]\n")) != []


def test_a_planned_meeting_is_a_finding_and_no_touch() -> None:
    planned = note("---\ndate: 2026-11-23\n---\n[[Acme]]", "Planned.md")
    lead = lead_of("---\ntype: lead\n---\nstage:: New\n", planned)
    assert lead.touches == ()
    assert [(each.path, each.code) for each in lead.findings if each.path == planned.path] == [
        (planned.path, "date-in-future")
    ]


@pytest.mark.parametrize(
    ("typed", "touches", "found"),
    [
        ("2026-11-22", 1, []),
        ("2026-11-22T10:00", 1, []),
        ('"[[2026-11-20]]"', 1, []),
        ("2026-11-23", 0, ["date-in-future"]),
        ("2026-02-30", 0, ["date-unreadable"]),
        ("", 0, []),
    ],
)
def test_last_contact_is_a_touch_when_it_is_a_day_up_to_today(
    typed: str, touches: int, found: list[str]
) -> None:
    lead = lead_of(f"---\ntype: lead\nstage: New\nLast Contact: {typed}\n---\n")
    assert len(lead.touches) == touches
    assert codes(lead.findings) == found
    assert all(touch.text == "Last Contact" for touch in lead.touches)


def test_read_touches_takes_the_log_as_read() -> None:
    own = note(LEAD)
    log, _ = read_log(own, "Log", TODAY)
    around = survey(vault_of(own), SETTINGS, OBSIDIAN, TODAY)
    touches, findings = read_touches(own, log, around)
    assert (len(touches), findings) == (1, ())


@pytest.mark.parametrize(
    ("path", "pattern", "folder", "day"),
    [
        ("2026-11-19.md", "YYYY-MM-DD", "", date(2026, 11, 19)),
        ("Daily/2026/11/19 Thu.md", "YYYY/MM/DD ddd", "Daily", date(2026, 11, 19)),
        ("Else/19-11-2026.md", "DD-MM-YYYY", "Daily", None),
        ("Else/2026-11-19.md", "DD-MM-YYYY", "Daily", date(2026, 11, 19)),
        ("2026-11-19 Meeting.md", "YYYY-MM-DD", "", None),
        ("2026-02-30.md", "YYYY-MM-DD", "", None),
    ],
)
def test_a_daily_note_is_known_by_obsidians_setting_or_its_name(
    path: str, pattern: str, folder: str, day: date | None
) -> None:
    obsidian = ObsidianSettings(daily_notes=PeriodicNotes(format=pattern, folder=folder))
    assert daily_note_day(PurePosixPath(path), obsidian) == day


def test_a_dated_note_tells_its_day_and_kind() -> None:
    meeting = note("---\ndate: 2026-11-19\n---\n", "Kick-off.md")
    assert date_note(meeting, SETTINGS, OBSIDIAN) == Dating(
        day=date(2026, 11, 19), kind=TouchKind.MEETING, is_daily=False
    )
    assert date_note(note("", "Kick-off.md"), SETTINGS, OBSIDIAN) is None


def test_an_action_that_a_review_says_was_done_is_a_touch_and_a_review_is_none() -> None:
    log = "## Log\n- 2026-11-10 review: {}\n"
    lead = "---\ntype: lead\nstage: Meetings\n---\n"
    done = lead_of(lead + log.format("done Send the quote ([[2026-11-10 Pipeline review]])"))
    assert [touch.day.isoformat() for touch in done.touches] == ["2026-11-10"]
    assert done.reviewed_on is None
    both = lead_of(lead + log.format("done Send the quote; next Call by 2026-11-20"))
    assert (len(both.touches), both.reviewed_on is None) == (1, False)
    thought = lead_of(lead + log.format("why they asked for it"))
    assert (thought.touches, thought.reviewed_on is None) == ((), False)
