"""Every rule over every lead, ours and those of plugins; one bad rule does not stop the others."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from vaultflow.errors import PluginError
from vaultflow.plugins.guard import guarded, plugin_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.errors import Finding
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing
    from vaultflow.plugins.plugin import Plugin, Rule, Survey
    from vaultflow.plugins.registry import Registry


def judge(registry: Registry, context: Context) -> tuple[Finding, ...]:
    """What all rules find on all leads; a rule that raises is itself a finding, and ends there."""
    on_each = (apply_rule(*rule, context) for rule in registry.rules)
    on_all = (apply_survey(*survey, context) for survey in registry.surveys)
    return tuple(chain.from_iterable((*on_each, *on_all)))


def apply_survey(
    plugin: Plugin, code: str, survey: Survey, context: Context
) -> tuple[Finding, ...]:
    """What one survey finds."""

    def findings() -> tuple[Finding, ...]:
        return tuple(survey(context))  # drawn here, since a generator raises late

    try:
        return guarded(plugin.name, f"survey {code!r}", findings)
    except PluginError as error:
        return (plugin_finding(error.message),)


def apply_rule(plugin: Plugin, code: str, rule: Rule, context: Context) -> Iterator[Finding]:
    """What one rule finds, up to the lead on which it raises."""

    def findings_on(standing: Standing) -> tuple[Finding, ...]:
        return tuple(rule(standing, context))  # drawn here, since a generator raises late

    for standing in context.pipeline.standings:
        part = f"rule {code!r} on {standing.lead.path}"
        try:
            yield from guarded(plugin.name, part, findings_on, standing)
        except PluginError as error:
            yield plugin_finding(error.message)
            return
