"""The settings in force, as records with their defaults: the keys of `vaultflow.toml`.

Each record is one table of the file and each field one key, so that this module is also the
reference: `docs/reference/configuration.md` is made from it.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003  # the fields' types are looked up when the file is read
from decimal import Decimal  # noqa: TC003  # same
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field

from vaultflow.pipeline.field_names import FieldNames


class StageKind(StrEnum):
    """What it means for a lead to stand in a stage."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    PARKED = "parked"


class Stage(Struct, frozen=True, kw_only=True):
    """One stage of the pipeline."""

    name: str
    label: str = ""
    """What pages show; the name when empty. A leading percentage is the probability unless set."""
    kind: StageKind = StageKind.OPEN
    probability: int | None = None
    """Chance to win in percent, 0 to 100; None when neither set nor in the label."""
    expected_days: int | None = None
    """Days that a lead usually stays here."""
    stale_days: int | None = None
    """A lead is stale when idle for more days than this; None: never."""
    outcome: str = ""
    """What the stage is to bring about."""
    entry: tuple[str, ...] = ()
    """What must be true before a lead comes in."""
    exit: tuple[str, ...] = ()
    """What must be true before it moves on."""
    actions: tuple[str, ...] = ()
    """The quick list of next actions."""
    aliases: tuple[str, ...] = ()
    """Other names that notes use for it."""
    prompts: tuple[str, ...] = ()
    """What to write down while a lead stands here: `move --checklist` puts it into the note."""
    forecast: bool = True
    """False: what is worth here counts in no forecast and no weighted sum, as of leads that are not
    qualified yet."""
    quote: bool = False
    """Who comes in here has got a quote; a name with `quote` or `proposal` in it says so too."""

    def __hash__(self) -> int:
        return hash(self.name)  # what is known of stages is looked up for each lead: be quick


class VaultSettings(Struct, frozen=True, kw_only=True):
    """`[vault]`: the folder itself."""

    timezone: str = ""
    """IANA name such as `Europe/Berlin`; the computer's own when empty."""
    ignore: tuple[str, ...] = ()
    """Globs of files and folders that are not read, such as `Archive/**`."""
    templates: str = "_templates/vaultflow"
    """Folder of page templates that come before the shipped ones."""


class LeadSettings(Struct, frozen=True, kw_only=True):
    """`[leads]`: which notes are leads. Any match makes one."""

    types: tuple[str, ...] = ("lead", "deal", "opportunity", "prospect", "candidate")
    """Values of the type field, without regard to case."""
    tags: tuple[str, ...] = ()
    """Tags without `#`; nested tags count."""
    folders: tuple[str, ...] = ()
    """Folders in which every note is a lead."""
    log_heading: str = "Log"
    """Heading under which the log lines stand."""
    checklist: bool = False
    """Whether `new` and every move put the stage's checklist into the note."""


class MoneySettings(Struct, frozen=True, kw_only=True):
    """`[money]`: how amounts are read and shown."""

    currency: str = "EUR"
    """ISO 4217 code for amounts that name none."""
    decimal: Literal[".", ","] = "."
    """The decimal sign of amounts typed as text; the other one groups thousands."""
    rates: tuple[Rate, ...] = ()
    """Dated rates; without one, currencies are never added."""
    rates_file: str = "rates.csv"
    """More of them in a file of the vault, a line `date,currency,value` each."""


class Rate(Struct, frozen=True, kw_only=True):
    """`[[money.rates]]`: what one unit of a currency was worth on a day."""

    date: date
    currency: str
    value: Decimal
    """In units of `[money] currency`."""


class PipelineSettings(Struct, frozen=True, kw_only=True):
    """`[pipeline]`: the stages, from a preset or one's own."""

    preset: Literal["five", "six", "percent", "coach"] = "five"
    stages: tuple[Stage, ...] = ()
    """`[[pipeline.stages]]`; when given, they replace the preset's."""
    grace_days: int = 3
    """A next action due up to this many days after a lead would go stale still keeps it fresh."""
    count: Literal["calendar", "working"] = "calendar"
    """Which days idle time is counted in."""


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As `working_days` names them."""


class ReviewSettings(Struct, frozen=True, kw_only=True):
    """`[review]`: the daily review note."""

    path: str = "[Reviews/]YYYY-MM-DD[ Pipeline review]"
    """Where it goes, in Obsidian's moment tokens, without `.md`."""
    capacity: int = 5
    """How many leads stand in focus each day."""
    working_days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri")
    holidays: str = ""
    """ISO 3166 code of the country whose holidays are no working days."""
    apply: bool = True
    """Whether `daily` and the watcher put answers into the leads; `vaultflow apply` always does."""
    gap_days: int = 5
    """Working days without a review after which coming back while behind `[quota]` is called
    pressure."""
    touches_a_day: int = 10
    """How many touches you can do on a working day."""


class PageSettings(Struct, frozen=True, kw_only=True):
    """`[pages]`: the index pages."""

    folder: str = "Pipeline"
    """Where they go."""
    enabled: tuple[str, ...] = ("daily", "stale", "pipeline", "next-actions")
    """Which are written by `refresh`; a vault's own templates and plugins add to these."""


class WatchSettings(Struct, frozen=True, kw_only=True):
    """`[watch]`: what `vaultflow watch` waits for."""

    quiet_ms: int = 100
    """Milliseconds without a change after which what has changed is worked on."""
    flush_s: int = 2
    """Seconds after which it is worked on even while changes keep coming."""
    reconcile_minutes: int = 5
    """How often all files are looked at, whatever the system has told."""
    day_starts: str = "04:00"
    """When the new day's review is made if nothing is edited earlier that day, in `[vault]
    timezone`."""
    poll: bool = False
    """Look at the files again and again, for network folders that tell of no change."""


class QuotaSettings(Struct, frozen=True, kw_only=True):
    """`[quota]`: the goal."""

    amount: Decimal | None = None
    """In `[money] currency`, for one period."""
    period: Literal["month", "quarter", "year"] = "quarter"
    fiscal_start: int = 1
    """Month in which the fiscal year begins, 1 to 12."""
    commission: Decimal | None = None
    """In percent of what is won; then the forecast has a line about it."""


class IdealCustomer(Struct, frozen=True, kw_only=True):
    """`[icp]`: what the ideal customer looks like."""

    industries: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    size_min: int | None = None
    """People in the company, at least."""
    size_max: int | None = None


class FollowUpSettings(Struct, frozen=True, kw_only=True):
    """`[follow_up]`: how often people hear from you, and when silence means something."""

    touch_days: int = 14
    """Days between two touches of an open lead whose stage has no `stale_days` and that has no
    `cadence_days`."""
    client_days: int = 90
    """The same for clients and parked leads that have no `keep_in_touch_days`; 0 for never."""
    reply_days: int = 1
    """Days after which you owe a reply to what came in."""
    waiting_days: int = 5
    """Days after which you have waited long for a reply to what went out."""
    quiet_days: int = 7
    """Days without a word from them after which a person has gone quiet."""
    quiet_touches: int = 2
    """As many touches must have gone out since their last word."""


class QualificationSettings(Struct, frozen=True, kw_only=True):
    """`[qualification]`: when a lead counts as qualified enough to be where it is."""

    answers: int = 3
    """Answers to the seven questions that a lead past `by_stage` should have; fewer: a phantom."""
    by_stage: int = 2
    """The open stage, counted from 1, by whose end a lead should be qualified."""


class SignalSettings(Struct, frozen=True, kw_only=True):
    """`[signals]`: how much what buyers do counts for."""

    half_life_days: int = 30
    """Days after which a signal counts half."""
    window_days: int = 30
    """Days in which two kinds of signals say that the romancing works."""


class CleanUpSettings(Struct, frozen=True, kw_only=True):
    """`[clean_up]`: which leads are proposed to be dropped."""

    stale_times: int = 3
    """Idle for as many times the stage's limit."""
    unanswered: int = 4
    """Touches that went out since their last word."""
    every_weeks: int = 4
    """Weeks after which a clean-up is due again; 0 for no reminder."""


class TeamSettings(Struct, frozen=True, kw_only=True):
    """`[team]`: for more than one salesperson."""

    open_leads: int | None = None
    """Open leads that one owner can look after; None: no limit, and nothing is suggested."""


class HistorySettings(Struct, frozen=True, kw_only=True):
    """`[history]`: where the past of leads is looked for, besides their logs."""

    git: bool = True
    """Whether the vault's git repository is asked, where there is one."""
    journal: bool = True
    """Whether VaultFlow notes down when it sees that a field of a lead has changed."""
    folder: str = "Pipeline/Journal"
    """Where it notes that down: one file for each month and computer."""


KPIS = (
    "leads_new",
    "quotes_sent",
    "clients_won",
    "value_won",
    "win_rate",
    "leads_lost",
    "win_rate_value",
    "deal_size",
    "touches",
)
"""What `[report] kpis` may name."""


class ReportSettings(Struct, frozen=True, kw_only=True):
    """`[report]`: which numbers are shown first, and of which days."""

    kpis: tuple[str, ...] = KPIS[:5]
    """The numbers shown by default. There are also `leads_lost`, `win_rate_value`, `deal_size` and
    `touches`."""
    days: int = 90
    """What happened is counted over so many days, and beside it over as many before."""
    rate_days: int = 365
    """Rates and times in a stage are worked out over so many days."""
    least: int = 5
    """Fewer cases make no verdict about a stage."""


class PluginSettings(Struct, frozen=True, kw_only=True):
    """`[plugins]`: which installed packages may add pages, rules, filters and commands."""

    enabled: tuple[str, ...] = ()


class Settings(Struct, frozen=True, kw_only=True):
    """All of `vaultflow.toml`, every key optional."""

    vault: VaultSettings = field(default_factory=VaultSettings)
    leads: LeadSettings = field(default_factory=LeadSettings)
    fields: FieldNames = field(default_factory=FieldNames)
    money: MoneySettings = field(default_factory=MoneySettings)
    pipeline: PipelineSettings = field(default_factory=PipelineSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)
    pages: PageSettings = field(default_factory=PageSettings)
    watch: WatchSettings = field(default_factory=WatchSettings)
    quota: QuotaSettings = field(default_factory=QuotaSettings)
    icp: IdealCustomer = field(default_factory=IdealCustomer)
    follow_up: FollowUpSettings = field(default_factory=FollowUpSettings)
    qualification: QualificationSettings = field(default_factory=QualificationSettings)
    signals: SignalSettings = field(default_factory=SignalSettings)
    clean_up: CleanUpSettings = field(default_factory=CleanUpSettings)
    team: TeamSettings = field(default_factory=TeamSettings)
    history: HistorySettings = field(default_factory=HistorySettings)
    report: ReportSettings = field(default_factory=ReportSettings)
    plugins: PluginSettings = field(default_factory=PluginSettings)
