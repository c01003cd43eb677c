"""Tasks and their fields, in both formats of the Tasks plugin."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vaultflow.errors import Level
from vaultflow.vault.markdown.tasks import read_tasks
from vaultflow.vault.note import ListItem, Task

NOTE = PurePosixPath("Leads/Acme.md")
DAY = date(2026, 11, 25)


def task(text: str, status: str = " ") -> Task:
    item = ListItem(line=4, depth=0, text=text, status=status)
    ((read,), _) = read_tasks(NOTE, [item])
    return read


def test_only_items_with_a_box_are_tasks() -> None:
    items = [ListItem(line=1, depth=0, text="a", status=None)]
    assert read_tasks(NOTE, items) == ((), ())


def test_a_task_keeps_its_text_line_and_status() -> None:
    read = task("Call [[Jane Doe]] 📅 2026-11-25 ^vf-1", "/")
    assert (read.line, read.status, read.text) == (
        4,
        "/",
        "Call [[Jane Doe]] 📅 2026-11-25 ^vf-1",
    )
    assert (read.description, read.due, read.block_id) == ("Call [[Jane Doe]]", DAY, "vf-1")


@pytest.mark.parametrize("sign", ["📅", "📆", "🗓", "🗓️", "📅 ", "📅️ "])
def test_every_sign_of_a_due_date_is_read(sign: str) -> None:
    assert task(f"x {sign}2026-11-25").due == DAY


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("⏳ 2026-11-25", "scheduled"),
        ("⌛ 2026-11-25", "scheduled"),
        ("🛫 2026-11-25", "start"),
        ("➕ 2026-11-25", "created"),
        ("✅ 2026-11-25", "done"),
        ("❌ 2026-11-25", "cancelled"),
        ("[due:: 2026-11-25]", "due"),
        ("(scheduled:: 2026-11-25)", "scheduled"),
        ("[start::2026-11-25],", "start"),
        ("[ created:: 2026-11-25 ]", "created"),
        ("[completion:: 2026-11-25]", "done"),
        ("[cancelled:: 2026-11-25]", "cancelled"),
    ],
)
def test_each_date_is_read_in_both_formats(text: str, field: str) -> None:
    read = task(f"x {text}")
    assert getattr(read, field) == DAY
    assert read.description == "x"


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("🔺", "highest"),
        ("⏫", "high"),
        ("🔼", "medium"),
        ("🔽", "low"),
        ("⏬️", "lowest"),
        ("[priority:: high]", "high"),
        ("(priority:: lowest)", "lowest"),
        ("[priority:: urgent]", None),
    ],
)
def test_priorities_have_names(text: str, priority: str | None) -> None:
    assert task(f"x {text}").priority == priority


def test_all_fields_of_one_line_are_read() -> None:
    read = task(
        "Send quote 🆔 q1 ⛔ a1, b-2 ⏫ 🔁 every week on Monday 🏁 keep "
        "➕ 2026-11-01 🛫 2026-11-02 ⏳ 2026-11-03 📅 2026-11-04"
    )
    assert read.description == "Send quote"
    assert (read.id, read.depends_on, read.priority) == ("q1", ("a1", "b-2"), "high")
    assert (read.recurrence, read.on_completion) == ("every week on Monday", "keep")
    assert (read.created, read.start) == (date(2026, 11, 1), date(2026, 11, 2))
    assert (read.scheduled, read.due) == (date(2026, 11, 3), date(2026, 11, 4))


def test_dataviews_form_of_all_fields_is_read() -> None:
    read = task(
        "Send  [id:: q1]  [dependsOn:: a1,b2]  [repeat:: every day]  [onCompletion:: delete]"
    )
    assert (read.description, read.id, read.depends_on) == ("Send", "q1", ("a1", "b2"))
    assert (read.recurrence, read.on_completion) == ("every day", "delete")


def test_text_behind_a_field_hides_it() -> None:
    read = task("Call 📅 2026-11-25 before noon ⏫")
    assert (read.due, read.priority) == (None, "high")
    assert read.description == "Call 📅 2026-11-25 before noon"


def test_tags_may_stand_among_the_fields_and_stay_in_the_description() -> None:
    read = task("Call #task 📅 2026-11-25 #sales/hot ⏫ #last")
    assert (read.due, read.priority) == (DAY, "high")
    assert read.description == "Call #task #sales/hot #last"
    assert read.tags == ("#task", "#sales/hot", "#last")


def test_of_a_field_given_twice_the_first_counts() -> None:
    assert task("x 📅 2026-11-25 📅 2026-12-01").due == DAY


def test_a_non_breaking_blank_hides_a_date_as_in_the_plugin() -> None:
    assert task("x 📅\u00a02026-11-25").due is None


def test_an_empty_task_is_one() -> None:
    read = task("")
    assert (read.description, read.tags, read.due) == ("", (), None)


def test_a_date_that_no_calendar_has_is_found_on_its_line() -> None:
    items = [ListItem(line=7, depth=0, text="x 📅 2026-02-30 ⏳ 2026-02-01", status=" ")]
    (read,), (finding,) = read_tasks(NOTE, items)
    assert (read.due, read.scheduled) == (None, date(2026, 2, 1))
    assert (finding.code, finding.line, finding.level) == ("task-date-invalid", 7, Level.WARNING)
    assert "2026-02-30" in finding.message


@given(st.text(alphabet="📅⏳🔁🆔⏫ [due::]2026-115\ufe0f#a^b,", max_size=60))
@settings(max_examples=100)
def test_any_text_makes_a_task(text: str) -> None:
    read = task(text)
    assert read.text == text
    assert len(read.description) <= len(text)


@pytest.mark.parametrize(
    ("emoji", "brackets"),
    [
        ("🔁 every week when done", "[repeat:: every week when done]"),
        ("🏁 delete", "[onCompletion:: delete]"),
        ("🆔 k3x9", "[id:: k3x9]"),
        ("⛔ k3x9,p-1", "(dependsOn:: k3x9,p-1)"),
        ("⏬", "[priority:: lowest]"),
        ("➕ 2026-11-20 ⏳ 2026-11-25", "[created:: 2026-11-20]  [scheduled:: 2026-11-25]"),
        ("🛫 2026-11-20 📅 2026-11-25", "(start:: 2026-11-20), (due:: 2026-11-25)"),
    ],
)
def test_both_formats_of_the_tasks_documentation_say_the_same(emoji: str, brackets: str) -> None:
    read = task(f"Call #work {emoji}")
    assert read.description == "Call #work"
    assert replace(read, text="") == replace(task(f"Call #work {brackets}"), text="")
