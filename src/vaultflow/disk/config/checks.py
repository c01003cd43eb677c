"""Which values of `vaultflow.toml` are possible, beyond having the right type."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.errors import did_you_mean
from vaultflow.pipeline.settings import KPIS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultflow.pipeline.settings import Settings

MOST_LISTED = 20  # words in a hint: all keys of the largest table

_CURRENCY = re.compile(r"[A-Z]{3}")
_TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


class Problem(Struct, frozen=True, kw_only=True):
    """What is wrong with one key of the settings."""

    key: str
    """Dotted, with the index in an array of tables: `pipeline.stages.0.kind`."""
    message: str
    hint: str = ""
    line: int = 0
    """1-based, of `vaultflow.toml`; 0 until it is looked up."""


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean "..."?`, else the words that there are when they are few, else nothing."""
    words = tuple(known)
    listed = f"there are: {', '.join(words)}" if len(words) <= MOST_LISTED else ""
    return did_you_mean(word, words) or listed


def check_values(settings: Settings) -> tuple[Problem, ...]:
    """What cannot be meant: each value beside what is allowed."""
    return tuple(problem for check in CHECKS for problem in check(settings))


def _check_vault(settings: Settings) -> Iterator[Problem]:
    zone = settings.vault.timezone
    if zone and not _is_timezone(zone):
        yield Problem(
            key="vault.timezone", message=f'timezone "{zone}" is not known', hint=_zone_hint(zone)
        )
    for glob in settings.vault.ignore:
        if not _is_glob(glob):
            hint = "write globs as in a .gitignore, such as Archive/**"
            yield Problem(key="vault.ignore", message=f'ignore: "{glob}" is no glob', hint=hint)


def _zone_hint(zone: str) -> str:
    from zoneinfo import available_timezones  # noqa: PLC0415  # see _is_timezone

    usual = "use an IANA name such as Europe/Berlin, or leave it out for the computer's own"
    return nearest(zone, sorted(available_timezones())) or usual


def _is_timezone(name: str) -> bool:
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # most vaults name no zone: speed.md

    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # unknown, no key at all, a folder of zones
        return False
    return True


def _is_glob(glob: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  # most vaults ignore nothing: speed.md

    try:
        spec = GitIgnoreSpec.from_lines([glob])
    except ValueError:
        return False
    return any(pattern.include is not None for pattern in spec.patterns)


def _check_numbers(settings: Settings) -> Iterator[Problem]:
    icp = settings.icp
    numbers = (
        ("review.capacity", settings.review.capacity, 1, None),
        ("review.gap_days", settings.review.gap_days, 0, None),
        ("watch.quiet_ms", settings.watch.quiet_ms, 10, 60_000),
        ("watch.flush_s", settings.watch.flush_s, 1, 600),
        ("watch.reconcile_minutes", settings.watch.reconcile_minutes, 1, 1440),
        ("pipeline.grace_days", settings.pipeline.grace_days, 0, None),
        ("quota.amount", settings.quota.amount, 0, None),
        ("quota.commission", settings.quota.commission, 0, 100),
        ("review.touches_a_day", settings.review.touches_a_day, 0, None),
        ("quota.fiscal_start", settings.quota.fiscal_start, 1, 12),
        ("icp.size_min", icp.size_min, 0, None),
        ("icp.size_max", icp.size_max, icp.size_min or 0, None),
        ("team.open_leads", settings.team.open_leads, 1, None),
        ("report.days", settings.report.days, 1, 3660),
        ("report.rate_days", settings.report.rate_days, 1, 36600),
        ("report.least", settings.report.least, 1, None),
    )
    for key, value, least, most in numbers:
        if value is not None and not least <= value <= (value if most is None else most):
            allowed = f"{least} or more" if most is None else f"{least} to {most}"
            yield _impossible(key, value, allowed)


def _impossible(key: str, value: object, allowed: str) -> Problem:
    name = key.rpartition(".")[2]
    return Problem(key=key, message=f"{name} cannot be {value}", hint=f"allowed: {allowed}")


def _check_money(settings: Settings) -> Iterator[Problem]:
    rates = settings.money.rates
    codes = [("money.currency", settings.money.currency)]
    codes += [
        (f"money.rates.{number}.currency", rate.currency) for number, rate in enumerate(rates)
    ]
    for key, code in codes:
        if not _CURRENCY.fullmatch(code):
            hint = "use its ISO 4217 code, three capitals such as EUR"
            yield Problem(key=key, message=f'currency "{code}" is not possible', hint=hint)
    for number, rate in enumerate(rates):
        if rate.value <= 0:
            yield _impossible(f"money.rates.{number}.value", rate.value, "above 0")


def _check_days(settings: Settings) -> Iterator[Problem]:
    key = "review.working_days"
    if not settings.review.working_days:
        yield Problem(key=key, message="working_days is empty", hint="leave it out for mon to fri")
    for day in settings.review.working_days:
        if day not in WEEKDAYS:
            hint = nearest(day[:3], WEEKDAYS)
            yield Problem(key=key, message=f'working_days: "{day}" is no weekday', hint=hint)


def _check_watch(settings: Settings) -> Iterator[Problem]:
    starts = settings.watch.day_starts
    if not _TIME_OF_DAY.fullmatch(starts):
        message = f'day_starts "{starts}" is no time of day'
        yield Problem(key="watch.day_starts", message=message, hint="write it as 04:00")


def _check_kpis(settings: Settings) -> Iterator[Problem]:
    for kpi in settings.report.kpis:
        if kpi not in KPIS:
            hint = nearest(kpi, KPIS)
            yield Problem(key="report.kpis", message=f'kpis: "{kpi}" is no number', hint=hint)


def _check_folders(settings: Settings) -> Iterator[Problem]:
    folders = (
        ("vault.templates", settings.vault.templates),
        ("pages.folder", settings.pages.folder),
        ("history.folder", settings.history.folder),
        ("money.rates_file", settings.money.rates_file),
    )
    for key, folder in folders:
        path = PurePosixPath(folder)
        if path.is_absolute() or ".." in path.parts or "\\" in folder:
            hint = "name a folder of the vault, such as Sales/Pipeline"
            yield Problem(
                key=key,
                message=f'{key.partition(".")[2]} "{folder}" leads out of the vault',
                hint=hint,
            )


def _check_stages(settings: Settings) -> Iterator[Problem]:
    """The pipeline's own judgement, each sentence at the stage that it names first."""
    stages = settings.pipeline.stages
    if not stages:
        return
    from vaultflow.pipeline.stages import check_stages  # noqa: PLC0415  # most take a preset

    for sentence in check_stages(stages):
        places = {sentence.find(f'"{stage.name}"'): n for n, stage in enumerate(stages)}
        places.pop(-1, None)
        place = f".{places[min(places)]}" if places else ""
        yield Problem(key=f"pipeline.stages{place}", message=sentence)


CHECKS = (
    _check_vault,
    _check_numbers,
    _check_money,
    _check_days,
    _check_watch,
    _check_folders,
    _check_kpis,
    _check_stages,
)
