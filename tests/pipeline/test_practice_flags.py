from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import lead_of, note, pipeline_of

from vaultflow.pipeline.lead import Lead, Money
from vaultflow.pipeline.practice.following.flags import (
    ValueChange,
    flag_name,
    flags_of,
    leads_by_flag,
    logged_value_changes,
    meant_flag,
    suggests_bargain_hunter,
)
from vaultflow.pipeline.settings import MoneySettings

MONEY = MoneySettings()


def flagged(typed: str, log: str = "") -> Lead:
    return lead_of(f"---\ntype: lead\nflags: {typed}\n---\n## Log\n{log}")


def logged(*lines: str) -> Lead:
    return flagged("", "".join(f"- {line}\n" for line in lines))


def change(before: str, after: str, currency: str = "EUR") -> ValueChange:
    return ValueChange(
        day=date(2026, 11, 1),
        before=Money(amount=Decimal(before), currency="EUR"),
        after=Money(amount=Decimal(after), currency=currency),
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("micromanager", ("micromanager",)),
        ("[micromanager, Bargain hunter]", ("micromanager", "bargain-hunter")),
        ("micromanager, slow_payer", ("micromanager", "slow-payer")),
        ("[micromanager, Micromanager]", ("micromanager",)),
        ('["#micromanager"]', ("micromanager",)),
        ("[]", ()),
        ("", ()),
    ],
)
def test_s0_15_flags_are_read_as_people_type_them(typed: str, expected: tuple[str, ...]) -> None:
    assert flags_of(flagged(typed)) == expected


def test_s0_15_leads_are_counted_by_flag() -> None:
    notes = (
        note("---\ntype: lead\nflags: [slow, micromanager]\n---\n", "A.md"),
        note("---\ntype: lead\nflags: micromanager\n---\n", "B.md"),
        note("---\ntype: lead\n---\n", "C.md"),
    )
    found = leads_by_flag(pipeline_of(*notes).standings)
    assert {flag: [each.lead.name for each in leads] for flag, leads in found.items()} == {
        "micromanager": ["A", "B"],
        "slow": ["A"],
    }


@pytest.mark.parametrize(
    ("flag", "meant"),
    [
        ("micro-manager", "micromanager"),
        ("micro-managing", "micromanager"),
        ("bargian-hunter", "bargain-hunter"),
        ("micromanager", ""),
        ("slow-payer", ""),
        ("manager", ""),
    ],
)
def test_s0_15_a_typo_is_told_from_a_word_of_ones_own(flag: str, meant: str) -> None:
    assert meant_flag(flag) == meant


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-02 value: 12000 -> 10000",
        "2026-11-02 note: value: €12,000 → €10,000 after a call",
        "2026-11-02 quote out: they want less; value: 12k -> 10k (third time)",
        "2026-11-02 value: from 12000 EUR to 10000 EUR",
        "2026-11-02 **value**: 12,000 -> 10,000",
    ],
)
def test_s0_16_changes_of_value_are_read_from_the_log(line: str) -> None:
    (found,) = logged_value_changes(logged(line), MONEY)
    assert (found.before.amount, found.after.amount) == (Decimal(12000), Decimal(10000))
    assert found.day == date(2026, 11, 2)
    assert str(found) == "2026-11-02 €12,000 to €10,000, line 6"


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-02 email out: the value of it is clear to them",
        "2026-11-02 value: 12000",
        "2026-11-02 value: high -> low",
        "2026-11-02 stage: Meetings -> Proposals",
    ],
)
def test_s0_16_other_lines_tell_of_no_change(line: str) -> None:
    assert logged_value_changes(logged(line), MONEY) == ()


def test_s0_16_changes_stand_oldest_first() -> None:
    lead = logged("2026-11-09 value: 9 -> 8", "2026-11-02 value: 10 -> 9")
    assert [found.day.day for found in logged_value_changes(lead, MONEY)] == [2, 9]


def test_s0_16_two_drops_suggest_a_bargain_hunter_and_one_does_not() -> None:
    first, second, rise = change("12", "10"), change("10", "9"), change("9", "20")
    assert suggests_bargain_hunter(flagged(""), (first,)) == ()
    assert suggests_bargain_hunter(flagged(""), (first, rise)) == ()
    assert suggests_bargain_hunter(flagged(""), (first, rise, second)) == (first, second)


def test_s0_16_who_is_flagged_already_is_not_suggested() -> None:
    drops = (change("12", "10"), change("10", "9"))
    assert suggests_bargain_hunter(flagged("bargain-hunter"), drops) == ()
    assert suggests_bargain_hunter(flagged("micromanager"), drops) == drops


def test_s0_16_amounts_of_two_currencies_are_no_drop() -> None:
    assert not change("12", "10", "USD").is_drop
    assert not change("12", "12").is_drop
    assert change("12", "11.99").is_drop


@given(st.text(max_size=80))
def test_a_flag_is_the_same_when_it_is_named_again(text: str) -> None:
    assert flag_name(flag_name(text)) == flag_name(text)


amounts = st.integers(min_value=1, max_value=99_000)


@given(st.text(alphabet="value: ->to12k€;()\n", max_size=200), amounts, amounts)
def test_whatever_follows_a_change_of_value_is_read(text: str, before: int, after: int) -> None:
    one_line = " ".join(text.split())
    logged_value_changes(logged(f"2026-11-02 value: {one_line}"), MONEY)
    line = f"2026-11-02 value: {before} -> {after} ({one_line})"
    first, *_ = logged_value_changes(logged(line), MONEY)
    assert (int(first.before.amount), int(first.after.amount)) == (before, after)
    assert first.source == "line 6"
