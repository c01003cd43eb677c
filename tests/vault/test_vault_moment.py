from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from front_matter_builders import RECORDED
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.vault.obsidian.moment import format_moment, parse_moment

# What moment 2.31 itself made of each pattern, by moment.
JAVASCRIPT: dict[str, dict[str, str]] = json.loads(
    (RECORDED / "moment-2.31.json").read_text("utf-8")
)
SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize("moment", JAVASCRIPT)
def test_patterns_are_written_as_moment_writes_them(moment: str) -> None:
    patterns = JAVASCRIPT[moment]
    written = {each: format_moment(each, datetime.fromisoformat(moment)) for each in patterns}
    assert written == patterns


def test_the_locale_week_begins_on_sunday_and_the_iso_week_on_monday() -> None:
    assert format_moment("gggg-[W]ww", SUNDAY) == "2026-W48"
    assert format_moment("GGGG-[W]WW", SUNDAY) == "2026-W47"
    assert format_moment("gggg-[W]ww", SUNDAY, monday_first=True) == "2026-W47"


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_day_have_a_week(day: date) -> None:
    assert format_moment("gggg GGGG", day) == f"{day.year:04} {day.year:04}"


@pytest.mark.parametrize(
    ("pattern", "text", "day"),
    [
        ("YYYY-MM-DD", "2026-11-22", SUNDAY),
        ("YYYYMMDD", "20261122", SUNDAY),
        ("D.M.YY", "22.11.26", SUNDAY),
        ("D.M.YY", "22.11.69", date(1969, 11, 22)),
        ("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2026/11-November/2026-11-22-Sunday", SUNDAY),
        ("dddd, MMMM Do YYYY", "sunday, NOVEMBER 22nd 2026", SUNDAY),
        ("YYYY-MM-DD HHmm", "2026-11-22 1530", SUNDAY),
        ("YYYY-DDDD", "2026-326", SUNDAY),
        ("[Review] YYYY-MM-DD", "Review 2026-11-22", SUNDAY),
        ("gggg-[W]ww", "2026-W48", SUNDAY),
        ("GGGG-[W]WW-E", "2026-W47-7", SUNDAY),
        ("YYYY-[W]WW ddd", "2026-W47 Sun", SUNDAY),
        ("YYYY-MM", "2026-11", date(2026, 11, 1)),
        ("YYYY-[Q]Q", "2026-Q4", date(2026, 10, 1)),
        ("YYYY", "2026", date(2026, 1, 1)),
    ],
)
def test_a_name_is_read_as_the_first_day_that_it_names(pattern: str, text: str, day: date) -> None:
    assert parse_moment(pattern, text) == day


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("YYYY-MM-DD", "2026-11-22 "),
        ("YYYY-MM-DD", "2026-11-2"),
        ("YYYY-MM-DD", "2026-02-30"),
        ("YYYY-MM-DD", "٢٠٢٦-11-22"),
        ("YYYY-MM-DD dddd", "2026-11-22 Monday"),
        ("YYYY-MM-DD dddd", "2026-11-22 Noday"),
        ("YYYY/YYYY-MM-DD", "2025/2026-11-22"),
        ("Do MMMM YYYY", "22th November 2026"),
        ("GGGG-[W]WW", "2026-W54"),
        ("YYYY-DDDD", "9999-366"),
        ("MM-DD", "11-22"),
        ("HH:mm", "15:30"),
        ("[2026]", "2026"),
        ("", ""),
    ],
)
def test_what_does_not_fit_the_pattern_in_all_it_says_is_no_day(pattern: str, text: str) -> None:
    assert parse_moment(pattern, text) is None


@settings(max_examples=100)
@given(
    st.dates(date(1970, 1, 1), date(2068, 12, 31)),
    st.sampled_from(
        [
            "YYYY-MM-DD",
            "gggg-[W]ww-e",
            "GGGG-[W]WW-E",
            "dddd, MMMM Do YYYY",
            "YY.M.D",
            "YYYY DDD",
            "L",
            "LL",
            "LLLL",
            "MMM DDDo, YYYY",
            "gggg [week] w, dd",
        ]
    ),
    st.booleans(),
)
def test_what_is_written_is_read_again(day: date, pattern: str, monday_first: bool) -> None:
    written = format_moment(pattern, day, monday_first=monday_first)
    if monday_first and pattern.startswith("gggg-") and day.isoweekday() == 7:
        return  # `e` counts from Sunday, which closes the ISO week
    assert parse_moment(pattern, written, monday_first=monday_first) == day


def test_a_hostile_pattern_ends_at_once() -> None:
    assert parse_moment("MD" * 100, "1" * 300) is None
    assert parse_moment("YYYY" + "[x]MMMM" * 50, "2026" + "xMay" * 49) is None


@given(st.text("YMDdgGwWQEeoHhmsSAaXxZLl[]-/ .0129st", max_size=20), st.text(max_size=20))
def test_no_pattern_makes_reading_or_writing_raise(pattern: str, text: str) -> None:
    assert isinstance(format_moment(pattern, SUNDAY), str)
    assert parse_moment(pattern, text) is None or pattern
    parse_moment(pattern, format_moment(pattern, SUNDAY))
