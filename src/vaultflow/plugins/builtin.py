"""Our own pages, rules and filters: a plugin like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pages.catalogue import PAGES
from vaultflow.pages.wording import FILTERS
from vaultflow.pipeline.rules import RULES
from vaultflow.plugins.plugin import Plugin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.rules.rule import PipelineRule
    from vaultflow.pipeline.standing import Standing
    from vaultflow.plugins.plugin import Rule


def over_context(rule: PipelineRule) -> Rule:
    """A rule of the pipeline room, which knows no pages, as a plugin's rule."""

    def judge(standing: Standing, context: Context) -> Iterable[Finding]:
        return rule(standing, context.pipeline)

    return judge


def duplicates(context: Context) -> Iterable[Finding]:
    """The survey of the pipeline room, which knows no pages, as a plugin's survey."""
    # Names are compared by a package that takes a while to load, and only `check` asks.
    from vaultflow.pipeline.rules.duplicates import maybe_duplicate  # noqa: PLC0415

    return maybe_duplicate(context.pipeline, context.vault)


BUILTIN = Plugin(
    name="vaultflow",
    pages=PAGES,
    rules={code: over_context(rule) for code, rule in RULES.items()},
    surveys={"maybe-duplicate": duplicates},
    filters=FILTERS,
)
