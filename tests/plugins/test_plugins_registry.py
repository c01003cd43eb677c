from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Any

import click
import pytest

from vaultflow.errors import PluginError
from vaultflow.pages.page import PageType
from vaultflow.plugins import registry as registry_module
from vaultflow.plugins.builtin import BUILTIN
from vaultflow.plugins.guard import guarded
from vaultflow.plugins.plugin import Plugin
from vaultflow.plugins.registry import build_registry, load_plugins, plugin_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultflow.errors import Finding
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.standing import Standing


def no_findings(_standing: Standing, _context: Context) -> Iterator[Finding]:
    yield from ()


def build_nothing(context: Context) -> object:
    return context.today


def shout(text: str) -> str:
    return text.upper()


LOUD = Plugin(
    name="loud",
    pages=(PageType(name="loud", title="Loud", build=build_nothing, template="# Loud\n"),),
    rules={"too-quiet": no_findings},
    filters={"shout": shout},
    commands=(click.Command("shout"),),
)


class Point(EntryPoint):
    """An entry point of a package that is not really installed."""

    def load(self) -> Any:  # noqa: ANN401  # the base class says so
        match self.value:
            case "loud":
                return LOUD
            case "broken":
                raise ImportError("no module named 'loudness'")
            case _:
                return "not a plugin"


POINTS = tuple(
    Point(name=name, value=name, group=registry_module.GROUP)
    for name in ("loud", "broken", "stranger")
)


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def points(group: str, name: str | None = None) -> tuple[Point, ...]:
        assert group == "vaultflow.plugins"
        return tuple(point for point in POINTS if name in (None, point.name))

    monkeypatch.setattr("importlib.metadata.entry_points", points)


def test_our_own_pages_come_through_the_same_door() -> None:
    registry = load_plugins(())
    assert registry.plugins == (BUILTIN,)
    assert {"daily", "stale", "pipeline", "next-actions"} <= set(registry.pages)
    assert registry.findings == ()


def test_an_enabled_plugin_adds_its_parts() -> None:
    registry = load_plugins(["loud"])
    assert registry.pages["loud"] == (LOUD, LOUD.pages[0])
    assert ("loud", "too-quiet") in {(plugin.name, code) for plugin, code, _ in registry.rules}
    assert registry.filters["shout"]("hi") == "HI"
    assert set(registry.commands) == {"shout"}


def test_an_installed_plugin_that_is_not_enabled_adds_nothing() -> None:
    assert "loud" not in load_plugins(()).pages


def test_a_plugin_that_is_not_installed_is_a_finding_with_the_nearest_name() -> None:
    (finding,) = load_plugins(["lout"]).findings
    assert finding.code == "plugin-failed"
    assert "'lout'" in finding.message
    assert '"loud"' in finding.hint


def test_a_plugin_that_cannot_be_imported_is_a_finding_and_the_others_are_loaded() -> None:
    registry = load_plugins(["broken", "loud"])
    assert "loud" in registry.pages
    (finding,) = registry.findings
    assert "'broken'" in finding.message
    assert "no module named 'loudness'" in finding.message


def test_an_entry_point_that_names_no_plugin_is_a_finding() -> None:
    (finding,) = load_plugins(["stranger"]).findings
    assert "names no Plugin" in finding.message


def test_a_name_claimed_twice_stays_with_the_first_and_is_a_finding() -> None:
    thief = Plugin(name="thief", filters={"money": shout})
    registry = build_registry((BUILTIN, thief))
    (finding,) = registry.findings
    assert "filter 'money' is already that of 'vaultflow'" in finding.message
    assert registry.filters["shout" if "shout" in registry.filters else "money"] is not shout


def test_what_a_plugin_raises_names_it_and_the_part() -> None:
    with pytest.raises(PluginError, match=r"plugin 'loud': filter 'shout' raised AttributeError"):
        build_registry((LOUD,)).filters["shout"](3)


def test_a_filter_of_a_plugin_cannot_change_the_record_that_it_is_given() -> None:
    def spoil(lead: dict[str, object], *, others: list[object]) -> str:
        lead["name"] = others.pop()
        return str(lead["name"])

    row: dict[str, object] = {"name": "Acme"}
    others: list[object] = ["Globex"]
    registry = build_registry((Plugin(name="spoiler", filters={"spoil": spoil}),))
    assert registry.filters["spoil"](row, others=others) == "Globex"
    assert (row, others) == ({"name": "Acme"}, ["Globex"])


def test_a_guarded_call_gives_what_the_function_gives() -> None:
    assert guarded("any", "part", max, 1, 2) == 2


def test_reports_list_what_is_in_force_and_then_what_is_only_installed() -> None:
    reports = plugin_reports(load_plugins(["loud"]))
    assert [(report.name, report.enabled) for report in reports] == [
        ("vaultflow", True),
        ("loud", True),
        ("broken", False),
        ("stranger", False),
    ]
    assert reports[1].filters == ("shout",)
