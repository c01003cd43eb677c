"""`vaultflow.toml` at the vault's root, read and refused."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vaultflow.disk.config.rates import read_rates
from vaultflow.disk.config.toml_settings import read_settings
from vaultflow.disk.files import read_bytes
from vaultflow.disk.root import CONFIG_FILE
from vaultflow.errors import ConfigError, Finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vaultflow.disk.config.checks import Problem
    from vaultflow.disk.config.toml_settings import Origin
    from vaultflow.pipeline.settings import Settings

CONFIG_PATH = PurePosixPath(CONFIG_FILE)


class LoadedSettings(Struct, frozen=True, kw_only=True):
    """The settings in force and where each comes from."""

    settings: Settings
    origins: Mapping[str, Origin]
    """By dotted key, `review.capacity`; every key is there."""
    path: PurePosixPath | None
    """Of the file, relative to the vault's root; None when there is none and all are defaults."""
    findings: tuple[Finding, ...] = ()
    """About lines of `[money] rates_file` that are no rates."""


def load_settings(root: Path) -> LoadedSettings:
    """The settings of the vault; the defaults where `vaultflow.toml` says nothing.

    Raises:
        ConfigError: with everything that is wrong with the file, a line each.
    """
    text = _config_text(root)
    read = read_settings(text or "")
    if read.problems:
        raise ConfigError("\n".join(map(_line, read.problems)))
    settings, findings = _with_rates(root, read.settings)
    return LoadedSettings(
        settings=settings,
        origins=read.origins,
        path=None if text is None else CONFIG_PATH,
        findings=findings,
    )


def _with_rates(root: Path, settings: Settings) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings with the rates of their file too, and what is wrong with it."""
    path = PurePosixPath(settings.money.rates_file)
    if not settings.money.rates_file or not os.path.lexists(root / path):
        return settings, ()
    content = read_bytes(root, path)
    if isinstance(content, Finding):
        return settings, (content,)
    rates, findings = read_rates(path, content.decode("utf-8-sig", "replace"))
    money = replace(settings.money, rates=(*settings.money.rates, *rates))
    return replace(settings, money=money), findings


def _config_text(root: Path) -> str | None:
    """The file's text without BOM; None when there is no such file."""
    if not os.path.lexists(root / CONFIG_PATH):
        return None
    content = read_bytes(root, CONFIG_PATH)
    if isinstance(content, Finding):
        raise ConfigError(content.message, path=CONFIG_FILE, hint=content.hint)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            "the file is not UTF-8", path=CONFIG_FILE, line=line, hint="save it as UTF-8"
        ) from error


def _line(problem: Problem) -> str:
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{CONFIG_FILE}:{problem.line}: {problem.message}{hint}"
