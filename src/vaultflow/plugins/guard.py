"""Calling into a plugin: what it raises becomes a finding that names it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from vaultflow.errors import Finding, Level, PluginError

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")
Arguments = ParamSpec("Arguments")

TELL = "take it out of [plugins] enabled, or tell its author"

SETTINGS_FILE = PurePosixPath("vaultflow.toml")


def plugin_finding(message: str, hint: str = TELL) -> Finding:
    """An error about a plugin, at the file in which plugins are enabled."""
    return Finding(
        level=Level.ERROR,
        code="plugin-failed",
        path=SETTINGS_FILE,
        line=0,
        message=message,
        hint=hint,
    )


def guarded(
    plugin: str,
    part: str,
    function: Callable[Arguments, Result],
    *args: Arguments.args,
    **kwargs: Arguments.kwargs,
) -> Result:
    """What the function gives.

    Args:
        plugin: name of the plugin that is called into.
        part: which of its parts, such as `rule 'big-deal'`.
        function: the part.
        *args: what it is given.
        **kwargs: what it is given by name.

    Raises:
        PluginError: for whatever the function raises, naming plugin and part.
    """
    try:
        return function(*args, **kwargs)
    except Exception as error:  # a plugin may raise anything, and the rest of the run goes on
        raise PluginError(
            f"plugin {plugin!r}: {part} raised {type(error).__name__}: {error}", hint=TELL
        ) from error
