"""What a plugin is: one value with the pages, rules, filters and commands that it adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import click

    from vaultflow.errors import Finding
    from vaultflow.pages.page import Context, PageType
    from vaultflow.pipeline.standing import Standing

Rule: TypeAlias = "Callable[[Standing, Context], Iterable[Finding]]"
"""Looks at one lead and gives what is worth a look."""
Survey: TypeAlias = "Callable[[Context], Iterable[Finding]]"
"""The same for what only shows between leads: looks at all of them at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """What a package adds to VaultFlow; an entry point in `vaultflow.plugins` names one."""

    name: str
    pages: tuple[PageType, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """By the code that their findings carry."""
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    """The same."""
    filters: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    """For templates, by name; they get plain values and give text, which is escaped like any."""
    commands: tuple[click.Command, ...] = ()
