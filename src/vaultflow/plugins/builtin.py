"""Our own pages, rules and filters: a plugin like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from vaultflow.pages.catalogue import PAGES
from vaultflow.pages.wording import FILTERS
from vaultflow.plugins.plugin import Plugin, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultflow.errors import Finding
    from vaultflow.pages.page import Context
    from vaultflow.pipeline.rules.rule import PipelineRule
    from vaultflow.pipeline.standing import Standing


class OurRules(Mapping[str, Rule]):
    """Our rules by code, loaded when somebody asks for them: `check` does, and few others."""

    def __getitem__(self, code: str) -> Rule:
        return self._rules[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    @cached_property
    def _rules(self) -> Mapping[str, Rule]:
        from vaultflow.pipeline.rules import RULES  # noqa: PLC0415  # as said

        return {code: over_context(rule) for code, rule in RULES.items()}


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
    rules=OurRules(),
    surveys={"maybe-duplicate": duplicates},
    filters=FILTERS,
)
