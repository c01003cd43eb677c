from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from vaultflow.disk.config.checks import check_values, nearest
from vaultflow.pipeline.settings import (
    IdealCustomer,
    MoneySettings,
    PageSettings,
    PipelineSettings,
    QuotaSettings,
    Rate,
    ReviewSettings,
    Settings,
    Stage,
    StageKind,
    VaultSettings,
)

ALL = Settings()


def keys(settings: Settings) -> list[str]:
    return [problem.key for problem in check_values(settings)]


def test_the_defaults_are_possible() -> None:
    assert check_values(ALL) == ()


@pytest.mark.parametrize("zone", ["", "Europe/Berlin", "UTC"])
def test_a_time_zone_is_an_iana_name(zone: str) -> None:
    assert keys(replace(ALL, vault=VaultSettings(timezone=zone))) == []


@pytest.mark.parametrize("zone", ["Berlin", "Europe", "/etc/passwd", "../x", "a\0b", "CET+3"])
def test_another_time_zone_is_told(zone: str) -> None:
    assert keys(replace(ALL, vault=VaultSettings(timezone=zone))) == ["vault.timezone"]


def test_a_time_zone_typed_wrong_gets_the_nearest_as_a_hint() -> None:
    (problem,) = check_values(replace(ALL, vault=VaultSettings(timezone="europe/berlni")))
    assert problem.hint == 'did you mean "Europe/Berlin"?'
    (problem,) = check_values(replace(ALL, vault=VaultSettings(timezone="!!")))
    assert problem.hint.startswith("use an IANA name")


def test_a_glob_is_one_that_git_would_take() -> None:
    ignore = ("Archive/**", "*.canvas", "[", "\\", "# note", "")
    found = check_values(replace(ALL, vault=VaultSettings(ignore=ignore)))
    assert [problem.message for problem in found] == [
        f'ignore: "{glob}" is no glob' for glob in ("[", "\\", "# note", "")
    ]


@pytest.mark.parametrize(("capacity", "wrong"), [(0, True), (1, False), (2, False)])
def test_a_day_has_a_lead_at_least(capacity: int, *, wrong: bool) -> None:
    settings = replace(ALL, review=ReviewSettings(capacity=capacity))
    assert keys(settings) == (["review.capacity"] if wrong else [])


@pytest.mark.parametrize(
    ("month", "wrong"), [(0, True), (1, False), (2, False), (11, False), (12, False), (13, True)]
)
def test_a_year_has_twelve_months(month: int, *, wrong: bool) -> None:
    (problem, *_) = (*check_values(replace(ALL, quota=QuotaSettings(fiscal_start=month))), None)
    assert (problem is not None) is wrong
    assert problem is None or problem.hint == "allowed: 1 to 12"


def test_numbers_below_nothing_are_told() -> None:
    settings = replace(
        ALL,
        pipeline=PipelineSettings(grace_days=-1),
        quota=QuotaSettings(amount=Decimal(-1)),
        icp=IdealCustomer(size_min=50, size_max=49),
    )
    assert keys(settings) == ["pipeline.grace_days", "quota.amount", "icp.size_max"]


@pytest.mark.parametrize("code", ["eur", "EURO", "", "€", "E R"])
def test_a_currency_is_three_capitals(code: str) -> None:
    rate = Rate(date=date(2026, 1, 1), currency=code, value=Decimal(1))
    settings = replace(ALL, money=MoneySettings(currency=code, rates=(rate,)))
    assert keys(settings) == ["money.currency", "money.rates.0.currency"]


def test_a_rate_is_above_nothing() -> None:
    rate = Rate(date=date(2026, 1, 1), currency="CHF", value=Decimal(0))
    assert keys(replace(ALL, money=MoneySettings(rates=(rate,)))) == ["money.rates.0.value"]


def test_a_working_day_is_a_weekday() -> None:
    review = ReviewSettings(working_days=("mon", "Tuesday", "x"))
    hints = [problem.hint for problem in check_values(replace(ALL, review=review))]
    assert hints == ['did you mean "tue"?', "there are: mon, tue, wed, thu, fri, sat, sun"]
    assert keys(replace(ALL, review=ReviewSettings(working_days=()))) == ["review.working_days"]


@pytest.mark.parametrize("folder", ["/etc", "../x", "a/../../b", "C:\\x"])
def test_f26_a_folder_outside_the_vault_is_told(folder: str) -> None:
    settings = replace(
        ALL, vault=VaultSettings(templates=folder), pages=PageSettings(folder=folder)
    )
    assert keys(settings) == ["vault.templates", "pages.folder"]


def test_a_problem_of_a_stage_stands_at_the_stage_named_first() -> None:
    stages = (
        Stage(name="A", probability=50),
        Stage(name="B", probability=20),
        Stage(name="W", kind=StageKind.WON),
    )
    settings = replace(ALL, pipeline=PipelineSettings(stages=stages))
    assert keys(settings) == ["pipeline.stages", "pipeline.stages.1"]


def test_the_nearest_word_is_found_in_any_case_or_the_words_are_listed() -> None:
    assert nearest("EUROPE/berlin", ["Europe/Berlin", "Asia/Tokyo"]) == (
        'did you mean "Europe/Berlin"?'
    )
    assert nearest("zzz", ["mon", "tue"]) == "there are: mon, tue"
    assert nearest("zzz", [f"word{number}" for number in range(21)]) == ""
