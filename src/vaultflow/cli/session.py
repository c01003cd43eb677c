"""What every command shares: the global options, the vault they mean, and the day it is."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import tzinfo

    from vaultflow.disk.config.load import LoadedSettings
    from vaultflow.flow.known.said import Question

QUIET, VERBOSE = -1, 1

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""What `--today` may be: pages and reports look years back and ahead, and at the ends of the
calendar there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The global options of one run."""

    vault: Path | None = None
    today: date | None = None
    as_json: bool = False
    verbosity: int = 0
    """`QUIET`, 0 or `VERBOSE`."""
    color: bool | None = None
    """False with `--no-color`; None lets the terminal and `NO_COLOR` decide."""
    cached: bool = True
    """False with `--no-cache`: every note is read."""
    question: Question | None = None
    """The command as it was typed; None when nobody has typed it."""

    def root(self) -> Path:
        """The vault's folder.

        Raises:
            VaultError: when the named folder is none, or none is found upwards.
        """
        from vaultflow.disk.root import find_vault, named_vault

        return named_vault(self.vault) if self.vault else find_vault(Path.cwd())

    def day(self, timezone: str) -> date:
        """Today: as told by `--today`, else by the clock in the vault's time zone."""
        return self.today or datetime.now(zone_of(timezone)).date()

    def day_bounds(self, timezone: str) -> tuple[int, int]:
        """When today begins and ends, in seconds since 1970; `--today` is today for ever."""
        if self.today:
            return 0, sys.maxsize
        zone, today = zone_of(timezone), self.day(timezone)
        days = (today, today + timedelta(days=1))
        # Where a clock is set at midnight, there are two: the day is what lies between all four.
        starts = [
            [datetime.combine(day, time(fold=fold), zone).timestamp() for fold in (0, 1)]
            for day in days
        ]
        return ceil(max(starts[0])), int(min(starts[1]))

    def settings(self) -> LoadedSettings:
        """The vault's settings.

        Raises:
            ConfigError: when `vaultflow.toml` cannot be used.
        """
        from vaultflow.disk.config.load import load_settings

        return load_settings(self.root())


def zone_of(name: str) -> tzinfo | None:
    """The time zone of that name; None, the computer's own, for no name."""
    if not name:
        return None
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


pass_session = click.make_pass_decorator(Session, ensure=True)


def into_session(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Puts a given option into the run's session, on whichever side of the command it stood."""
    name = parameter.name or ""
    if context.get_parameter_source(name) is click.core.ParameterSource.DEFAULT:
        return
    root = context.find_root()
    context.obj = root.obj = replace(root.obj or Session(), **{name: value})


def read_day(context: click.Context, parameter: click.Parameter, value: datetime | None) -> None:
    """Puts `--today` into the session as a plain day.

    Raises:
        BadParameter: for a day from which not all can be reckoned.
    """
    day = value and value.date()
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise click.BadParameter(f"{day} is not in the range {FIRST_DAY}<=x<={LAST_DAY}.")
    into_session(context, parameter, day)


def global_options(*, hidden: bool) -> list[click.Parameter]:
    """The options that may stand before a command, or, left out of its help, behind it."""

    def option(*names: str, **settings: Any) -> click.Option:  # noqa: ANN401  # click's own
        defaults: dict[str, Any] = {"expose_value": False, "callback": into_session}
        return click.Option(names, hidden=hidden, **(defaults | settings))

    return [
        option(
            "--vault",
            type=click.Path(path_type=Path),
            envvar="VAULTFLOW_VAULT",
            metavar="DIR",
            help="The vault's folder; else VAULTFLOW_VAULT, else the nearest one upwards.",
        ),
        option(
            "--today",
            type=click.DateTime(["%Y-%m-%d"]),
            callback=read_day,
            metavar="DATE",
            help=f"Take this day (YYYY-MM-DD, {FIRST_DAY.year} to {LAST_DAY.year}) for today.",
        ),
        option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
        option("-q", "--quiet", "verbosity", flag_value=QUIET, help="No talk, only results."),
        option("-v", "--verbose", "verbosity", flag_value=VERBOSE, help="Say more."),
        option("--no-cache", "cached", flag_value=False, help="Read every note, changed or not."),
        option("--no-color", "color", flag_value=False, help="No colour; NO_COLOR does the same."),
    ]


class Command(click.Command):
    """A command that takes the global options behind its name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # click's own
        super().__init__(*args, **kwargs)
        self.params += global_options(hidden=True)
