"""The plugins in force: our own and those that the vault enables by name."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from vaultflow.errors import PluginError, did_you_mean
from vaultflow.plugins.builtin import BUILTIN
from vaultflow.plugins.guard import guarded, plugin_finding
from vaultflow.plugins.plugin import Plugin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from importlib.metadata import EntryPoints

    import click

    from vaultflow.errors import Finding
    from vaultflow.pages.page import PageType
    from vaultflow.plugins.plugin import Rule, Survey

Claim = TypeVar("Claim")

GROUP = "vaultflow.plugins"
"""The entry-point group in which an installed package names its `Plugin`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """What all plugins in force add together; ours come first."""

    plugins: tuple[Plugin, ...]
    findings: tuple[Finding, ...]
    """About plugins that could not be had, or that claim a name twice."""

    @property
    def pages(self) -> Mapping[str, tuple[Plugin, PageType]]:
        """By page name; the first plugin that claims a name has it."""
        return first_claims(
            (page.name, (plugin, page)) for plugin in self.plugins for page in plugin.pages
        )

    @property
    def rules(self) -> tuple[tuple[Plugin, str, Rule], ...]:
        """Plugin, code and rule, in order."""
        return tuple(
            (plugin, code, rule) for plugin in self.plugins for code, rule in plugin.rules.items()
        )

    @property
    def surveys(self) -> tuple[tuple[Plugin, str, Survey], ...]:
        """Plugin, code and survey, in order."""
        return tuple(
            (plugin, code, survey)
            for plugin in self.plugins
            for code, survey in plugin.surveys.items()
        )

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """By name; guarded, so that an error names the plugin."""
        return first_claims(
            (name, partial(guarded, plugin.name, f"filter {name!r}", of_plugin(plugin, function)))
            for plugin in self.plugins
            for name, function in plugin.filters.items()
        )

    @property
    def commands(self) -> Mapping[str, click.Command]:
        """By name."""
        return first_claims(
            (command.name or "", command) for plugin in self.plugins for command in plugin.commands
        )


def of_plugin(plugin: Plugin, function: Callable[..., object]) -> Callable[..., object]:
    """A plugin's filter, given values that it may change: a record's are shown on other pages."""
    return function if plugin is BUILTIN else partial(_with_copies, function)


def _with_copies(function: Callable[..., object], *values: object, **named: object) -> object:
    return function(
        *(own_copy(value) for value in values),
        **{name: own_copy(value) for name, value in named.items()},
    )


def own_copy(value: object) -> object:
    """The value, or a copy if it could be changed."""
    return deepcopy(value) if isinstance(value, dict | list | tuple) else value


def first_claims(claims: Iterable[tuple[str, Claim]]) -> Mapping[str, Claim]:
    """By name and in order; the first who claims a name has it."""
    named: dict[str, Claim] = {}
    for name, claim in claims:
        named.setdefault(name, claim)
    return named


def installed_plugins() -> tuple[str, ...]:
    """Names of the plugins that installed packages offer, enabled or not."""
    return tuple(sorted({point.name for point in _offers()}))


def _offers(name: str | None = None) -> EntryPoints:
    """The entry points of our group in the packages that are installed; all, or those so named."""
    from importlib.metadata import entry_points  # noqa: PLC0415  # 20 ms, and few enable a plugin

    if name is None:
        return entry_points(group=GROUP)
    return entry_points(group=GROUP, name=name)


def load_plugins(enabled: Sequence[str]) -> Registry:
    """Our own plugin and those named, in that order; what cannot be loaded is a finding."""
    loaded = [load_plugin(name) for name in dict.fromkeys(enabled)]
    return build_registry(
        (BUILTIN, *(plugin for plugin, _ in loaded if plugin)),
        [finding for _, found in loaded for finding in found],
    )


def load_plugin(name: str) -> tuple[Plugin | None, tuple[Finding, ...]]:
    """The plugin that an installed package offers under this name, or why there is none."""
    point = next(iter(_offers(name)), None)
    if point is None:
        hint = did_you_mean(name, installed_plugins()) or "install the package that offers it"
        return None, (plugin_finding(f"plugin {name!r} is offered by no installed package", hint),)
    try:
        value = guarded(name, "the entry point", point.load)
    except PluginError as error:
        return None, (plugin_finding(error.message),)
    if not isinstance(value, Plugin):
        return None, (plugin_finding(f"plugin {name!r}: its entry point names no Plugin"),)
    return value, ()


def build_registry(plugins: Sequence[Plugin], findings: Iterable[Finding] = ()) -> Registry:
    """The plugins together, with a finding for each name that is claimed twice."""
    if len(plugins) == 1:  # alone, nobody can clash, and nothing need be loaded to see it
        return Registry(plugins=tuple(plugins), findings=tuple(findings))
    owners: dict[tuple[str, str], str] = {}
    clashes = [
        plugin_finding(
            f"plugin {plugin.name!r}: {kind} {name!r} is already that of {owners[kind, name]!r}"
        )
        for plugin in plugins
        for kind, name in claimed_names(plugin)
        if owners.setdefault((kind, name), plugin.name) != plugin.name
    ]
    return Registry(plugins=tuple(plugins), findings=(*findings, *clashes))


def claimed_names(plugin: Plugin) -> Iterable[tuple[str, str]]:
    """Kind and name of everything that a plugin adds."""
    yield from (("page", page.name) for page in plugin.pages)
    yield from (("rule", code) for code in (*plugin.rules, *plugin.surveys))
    yield from (("filter", name) for name in plugin.filters)
    yield from (("command", command.name or "") for command in plugin.commands)


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginReport:
    """One plugin as `vaultflow plugins` shows it."""

    name: str
    enabled: bool
    pages: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


def plugin_reports(registry: Registry) -> tuple[PluginReport, ...]:
    """The plugins in force with what they add, then those that are installed only."""
    in_force = tuple(
        PluginReport(
            name=plugin.name,
            enabled=True,
            pages=tuple(page.name for page in plugin.pages),
            rules=(*plugin.rules, *plugin.surveys),
            filters=tuple(plugin.filters),
            commands=tuple(command.name or "" for command in plugin.commands),
        )
        for plugin in registry.plugins
    )
    names = {report.name for report in in_force}
    idle = (name for name in installed_plugins() if name not in names)
    return (*in_force, *(PluginReport(name=name, enabled=False) for name in idle))
