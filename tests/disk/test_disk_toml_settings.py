from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.disk.config.toml_settings import Origin, read_settings
from vaultflow.pipeline.settings import Rate, Settings, StageKind


def told(text: str) -> list[tuple[int, str, str]]:
    return [
        (problem.line, problem.message, problem.hint) for problem in read_settings(text).problems
    ]


STAGES = """
[[pipeline.stages]]
name = "First"
label = "20% – First"
actions = "Call"
[[pipeline.stages]]
name = "Won"
kind = "won"
[[pipeline.stages]]
name = "Lost"
kind = "lost"
"""


def test_an_empty_text_gives_the_defaults() -> None:
    read = read_settings("")
    assert read.settings == Settings()
    assert read.problems == ()
    assert set(read.origins.values()) == {Origin(line=0)}


def test_each_kind_of_value_is_read() -> None:
    read = read_settings(
        """
        [vault]
        timezone = "Europe/Berlin"
        ignore = ["Archive/**", "*.canvas"]
        [fields]
        stage = "Fase"
        next_action = ["Next", "next step"]
        [money]
        decimal = ","
        rates = [{ date = 2026-11-02, currency = "CHF", value = 1.06 }]
        [quota]
        amount = 60000
        [icp]
        size_min = 5
        """
        + STAGES
    )
    assert read.problems == ()
    found = read.settings
    assert found.vault.timezone == "Europe/Berlin"
    assert found.vault.ignore == ("Archive/**", "*.canvas")
    assert found.fields.stage == ("Fase",)
    assert found.fields.next_action == ("Next", "next step")
    assert found.fields.owner == ("owner",)
    rate = Rate(date=date(2026, 11, 2), currency="CHF", value=Decimal("1.06"))
    assert (found.money.decimal, found.money.rates) == (",", (rate,))
    assert found.quota.amount == Decimal(60000)
    assert found.icp.size_min == 5
    first, won, _ = found.pipeline.stages
    assert (first.kind, first.actions, won.kind) == (StageKind.OPEN, ("Call",), StageKind.WON)


def test_origins_name_the_line_or_the_default() -> None:
    read = read_settings("[review]\ncapacity = 3\n" + STAGES + '[pages]\nfolder = "P"\n')
    assert read.origins["review.capacity"] == Origin(line=2)
    assert read.origins["pipeline.stages"].line == 4
    assert read.origins["review.path"].line == 0
    assert next(iter(read.origins)) == "vault.timezone"


def test_an_inline_table_gives_its_keys_the_same_line() -> None:
    read = read_settings("\nreview = { capacity = 3, path = 'x' }\nicp.size_min = 4\n")
    assert read.origins["review.capacity"] == read.origins["review.path"] == Origin(line=2)
    assert read.origins["icp.size_min"] == Origin(line=3)


def test_all_problems_are_told_at_once_by_line() -> None:
    text = '[reviw]\n[vault]\nignor = []\n[review]\ncapacity = "five"\npath = 3\n'
    assert told(text) == [
        (1, 'unknown key "reviw"', 'did you mean "review"?'),
        (3, 'unknown key "ignor"', 'did you mean "ignore"?'),
        (5, 'capacity must be a whole number, not "five"', ""),
        (6, "path must be a text, not 3", ""),
    ]


def test_a_value_that_cannot_be_used_leaves_the_default() -> None:
    read = read_settings('[review]\ncapacity = "five"\npath = "x"\n')
    assert read.settings.review.capacity == 5
    assert read.settings.review.path == "x"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("review = 3", "review must be a table, not 3", ""),
        ("[review]\nholidays = true", "holidays must be a text, not true", ""),
        ("[review]\ncapacity = true", "capacity must be a whole number, not true", ""),
        ("[review]\ncapacity = 2.5", "capacity must be a whole number, not 2.5", ""),
        ("[vault]\nignore = 3", "ignore must be a text or a list of texts, not 3", ""),
        ("[leads]\ntags = ['a', 3]", 'tags must be a text or a list of texts, not ["a", 3]', ""),
        ("[icp]\nsize_max = 'x'", 'size_max must be a whole number, not "x"', ""),
        ("[quota]\namount = 'much'", 'amount must be a number, not "much"', ""),
        ("[quota]\namount = nan", "amount must be a number, not nan", ""),
        ("[quota]\namount = true", "amount must be a number, not true", ""),
        ("[quota]\nperiod = 'monthh'", 'period cannot be "monthh"', 'did you mean "month"?'),
        ("[quota]\nperiod = 3", "period cannot be 3", "there are: month, quarter, year"),
        ("[pipeline]\nstages = {}", "stages must be a list of tables, not a table", ""),
        ("[pipeline]\nstages = [3]", "an entry of stages must be a table, not 3", ""),
        ("[[money.rates]]\ndate = 3\ncurrency = 'CHF'\nvalue = 1",
         "date must be a date such as 2026-11-23, not 3", ""),
        ("[[money.rates]]\ndate = 2026-01-01\nvalue = 1", '"currency" is missing',
         "add currency = ..."),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_told(text: str, message: str, hint: str) -> None:
    assert [(found, advice) for _, found, advice in told(text)] == [(message, hint)]


def test_a_long_value_is_cut_short() -> None:
    ((_, message, _),) = told(f"[review]\ncapacity = '{'x' * 500}'")
    assert len(message) < 100
    assert message.endswith("…")


def test_stages_are_judged_when_all_could_be_read() -> None:
    text = '[[pipeline.stages]]\nname = "A"\nkind = "opn"\n[[pipeline.stages]]\nlabel = "B"\n'
    assert told(text) == [
        (3, 'kind cannot be "opn"', 'did you mean "open"?'),
        (4, '"name" is missing', "add name = ..."),
    ]


def test_what_the_pipeline_says_of_stages_stands_at_the_stage() -> None:
    problems = told(STAGES.replace('kind = "won"', 'kind = "won"\nprobability = 150'))
    assert {line for line, _, _ in problems} == {6}
    assert any("probability is 150" in message for _, message, _ in problems)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\n[a\n", 2),
        ("\n\n[a]\n[a]\n", 4),
        ("a = [1,\n2,\n\n", 2),
        ("x = " + "[" * 5000, 1),
        ("x = " + "1" * 5000, 1),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text: str, line: int) -> None:
    ((found, message, hint),) = told(text)
    assert message.startswith("not valid TOML: ")
    assert "at line" not in message
    assert (found, hint) == (line, "see https://toml.io")


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_no_text_makes_the_reading_raise(text: str) -> None:
    read_settings(text)


TOML_VALUES = st.sampled_from(
    ["1", "-5", '"x"', "true", "[]", '["a"]', "[1]", "{}", "nan", "2026-01-01", "12:00:00", "1e400"]
)
KEYS = st.sampled_from(
    ["timezone", "ignore", "capacity", "stages", "currency", "rates", "size_max"]
)
TABLES = st.sampled_from(["vault", "review", "pipeline", "money", "icp", "quota"])


@given(st.dictionaries(TABLES, st.dictionaries(KEYS, TOML_VALUES, max_size=3), max_size=3))
@settings(max_examples=100)
def test_no_value_makes_the_reading_raise(tables: dict[str, dict[str, str]]) -> None:
    lines = []
    for table, keys in tables.items():
        lines += [f"[{table}]", *(f"{key} = {value}" for key, value in keys.items())]
    for problem in read_settings("\n".join(lines)).problems:
        assert 1 <= problem.line <= len(lines)
        assert problem.message
