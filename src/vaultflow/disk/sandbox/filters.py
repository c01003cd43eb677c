"""The filters and tests that templates have: Jinja's harmless ones, and our own for what is not.

Every filter here does work in proportion to what it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.tests import TESTS as JINJA_TESTS

from vaultflow.disk.sandbox.bounds import as_text, kind
from vaultflow.vault.markdown.escape import cell_link, escape, link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vaultflow.disk.sandbox.bounds import Rendering

MAX_PLACES = 12

KEPT_FILTERS = tuple(
    "abs capitalize d default dictsort first float int items last length count list lower map max "
    "min reject rejectattr reverse select selectattr sort title trim unique upper".split()
)
KEPT_TESTS = tuple(
    "boolean defined divisibleby eq equalto even false ge gt in integer iterable le lt mapping ne "
    "none number odd sequence string true undefined == != < <= > >=".split()
)


def own_filters(rendering: Rendering) -> Mapping[str, Callable[..., object]]:
    """By name: those that put text together, and those that write Markdown."""

    def join(values: Iterable[object], between: object = "", attribute: str = "") -> str:
        """The values in a row; with `attribute`, that field of each."""
        shown = [field_of(value, attribute) for value in values]
        parts = [part for value in shown for part in (between, value)][1:]
        return rendering.join(*parts)

    def replace(text: object, old: object, new: object) -> str:
        """The text with each `old` as `new`."""
        whole, before, after = as_text(text), as_text(old), as_text(new)
        if not before:
            raise ValueError("`replace` needs a text to look for")
        rendering.step(whole.count(before) * len(after))
        return whole.replace(before, after)

    return {
        "join": join,
        "replace": replace,
        "round": rounded,
        "sum": total,
        "truncate": truncate,
        "escape": escaped,
        "e": escaped,
        "link": link,
        "cell_link": cell_link,
    }


def jinja_filters() -> Mapping[str, Callable[..., object]]:
    """Those of Jinja's that can do no harm, by name."""
    known: Mapping[str, Any] = JINJA_FILTERS  # Jinja gives them no type to speak of
    return {name: known[name] for name in KEPT_FILTERS}


def jinja_tests() -> dict[str, Any]:
    """Those of Jinja's tests that look at values only, by name."""
    known: Mapping[str, Any] = JINJA_TESTS
    return {name: known[name] for name in KEPT_TESTS}


def field_of(value: object, name: str) -> object:
    """The field of a record; the value itself without a name."""
    if not name:
        return value
    if not isinstance(value, dict) or name not in value:
        raise TypeError(f"{kind(value)} has no field `{name}` here")
    return value[name]


def rounded(number: float, places: int = 0) -> float:
    """The number with so many decimals; whole without."""
    return round(number, max(0, min(places, MAX_PLACES))) if places else round(number)


def total(values: Iterable[object], attribute: str = "") -> object:
    """The sum of numbers; with `attribute`, of that field of each."""
    numbers = [field_of(value, attribute) for value in values]
    return sum(number for number in numbers if isinstance(number, int | float))


def truncate(text: object, length: int = 80, end: str = "…") -> str:
    """The text, cut at a blank if it is longer."""
    whole = as_text(text)
    if len(whole) <= length:
        return whole
    return whole[: max(0, length)].rpartition(" ")[0] + end


def escaped(text: object) -> str:
    """The text as Markdown that shows it. Everything is escaped anyway: for use before `~`."""
    return escape(as_text(text))
