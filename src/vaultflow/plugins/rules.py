"""Every rule over every lead: ours and those of plugins, one bad rule not stopping the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.errors import PluginError
from vaultflow.plugins.guard import guarded, plugin_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.errors import Finding
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing
    from vaultflow.plugins.plugin import Plugin, Rule
    from vaultflow.plugins.registry import Registry


def judge(registry: Registry, context: Context) -> tuple[Finding, ...]:
    """What all rules find on all leads; a rule that raises is itself a finding, and ends there."""
    return tuple(
        finding
        for plugin, code, rule in registry.rules
        for finding in apply_rule(plugin, code, rule, context)
    )


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
