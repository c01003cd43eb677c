"""The pages that VaultFlow comes with."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from vaultflow.pages.page import PageType

if TYPE_CHECKING:
    from vaultflow.pages.page import BuildRecord, Context, Sees, Span


def _builder(module: str, name: str) -> BuildRecord:
    """The function of that name in a module of this room; loaded when it is called.

    A page that has not changed is not built, and to load what builds all takes 10 ms.
    """

    def build(context: Context) -> object:
        return getattr(import_module(f"vaultflow.pages.{module}"), name)(context)

    return build


_PAGES: tuple[tuple[str, str, str, Sees], ...] = (
    ("daily", "Today's review: the leads in focus", "daily.build_daily", "reviews"),
    ("stale", "Stale deals, with the evidence", "stale.build_stale", "leads"),
    ("pipeline", "The stages and their leads", "pipeline.build_pipeline_page", "leads"),
    ("next-actions", "Next actions by day", "next_actions.build_next_actions", "leads"),
    ("follow-up", "Whom to write to today", "practice.follow_up.build_follow_up", "notes"),
    (
        "qualification",
        "How well leads are qualified, and what to ask next",
        "practice.qualification.build_qualification",
        "notes",
    ),
    (
        "priorities",
        "Who is hot, whom to call, what is worth your time",
        "practice.priorities.build_priorities",
        "notes",
    ),
    ("weekly", "The week: outcomes, touches, reviews", "practice.weekly.build_weekly", "past"),
    ("clean-up", "Whom to let go, what to mend", "practice.clean_up.build_clean_up", "notes"),
    ("playbook", "The sales process, stage by stage", "practice.playbook.build_playbook", "leads"),
    ("team", "Owners, their load and their leads", "practice.team.build_team", "leads"),
    ("analysis", "What brings leads and deals", "reports.analysis.build_analysis", "past"),
    ("lessons", "What won and lost deals teach", "reports.lessons.build_lessons", "past"),
    ("monthly", "The month: numbers and decisions", "reports.monthly.build_monthly", "past"),
    ("meeting", "The agenda of the week's meeting", "reports.meeting.build_meeting", "past"),
    (
        "forecast",
        "What open deals may bring, month by month",
        "reports.forecast.build_forecast",
        "past",
    ),
    (
        "quota",
        "Goal, pace, what each stage needs, health",
        "reports.quota.build_quota",
        "past",
    ),
    (
        "calibration",
        "Whether stated chances came true",
        "reports.calibration.build_calibration",
        "past",
    ),
    (
        "report",
        "What is open, what is won, how large, how soon",
        "reports.report.build_report",
        "past",
    ),
    (
        "flow",
        "What goes through each stage, and where it waits",
        "reports.flow.build_flow",
        "past",
    ),
    ("leads", "All leads, for a vault's own templates", "leads.build_leads", "leads"),
)
"""Name, title, what builds it, and what it looks at."""

_TELLS_OF: dict[str, Span] = {"weekly": "week", "monthly": "month"}

PAGES: tuple[PageType, ...] = tuple(
    PageType(
        name=name,
        title=title,
        build=_builder(*where.rsplit(".", 1)),
        sees=sees,
        tells_of=_TELLS_OF.get(name, ""),
        is_report=where.startswith("reports."),
    )
    for name, title, where, sees in _PAGES
)
"""In the order in which they are listed; the names are those of the templates too."""
