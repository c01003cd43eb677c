"""Settings that other programs keep as JSON: taken by name and type, never trusted.

What is missing is its default in silence; what is there but cannot be used is a finding too.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import TYPE_CHECKING, TypeVar

from msgspec import MsgspecError
from msgspec.json import decode

from vaultflow.errors import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePosixPath

T = TypeVar("T")

_NO_LIST: list[object] = []
_NO_TABLE: dict[str, object] = {}


class SettingsFiles:
    """The files as JSON; gathers what is wrong with them."""

    def __init__(self, files: Mapping[str, bytes], folder: PurePosixPath) -> None:
        self._files = files
        self._folder = folder
        self.findings: list[Finding] = []

    def table(self, name: str) -> Table:
        """The settings of a file that holds a JSON object; none when it is absent or wrong."""
        root = self._root(name)
        if root is not None and not isinstance(root, dict):
            self.complain(name, "The file should hold a JSON object.")
        return Table(self, name, root if isinstance(root, dict) else {})

    def names(self, name: str) -> Iterator[str]:
        """The plugins that a file switches on: a list of them, or each with true or false."""
        root = self._root(name)
        if root is not None and not isinstance(root, list | dict):
            self.complain(name, "The file should hold a list of plugins.")
        elif root:
            is_on = root.get if isinstance(root, dict) else lambda _: True
            yield from (plugin for plugin in root if isinstance(plugin, str) and is_on(plugin))

    def complain(self, name: str, message: str, line: int = 0) -> None:
        """Notes what is wrong with a file."""
        self.findings.append(
            Finding(
                level=Level.WARNING,
                code="obsidian-settings",
                path=self._folder / name,
                line=line,
                message=message,
                hint="Obsidian's default is used; save the setting again in the app",
            )
        )

    def _root(self, name: str) -> object:
        raw = self._files.get(name, b"").strip()
        try:
            return decode(raw.removeprefix(BOM_UTF8)) if raw else None
        except (MsgspecError, ValueError, RecursionError):
            return self._odd_root(name, raw)

    def _odd_root(self, name: str, raw: bytes) -> object:
        """The root of what msgspec refuses: Python's own JSON allows more, and names the line."""
        import json  # noqa: PLC0415  # hardly ever needed

        try:
            return json.loads(raw.decode("utf-8-sig"))
        except json.JSONDecodeError as error:
            self.complain(name, f"The file is no valid JSON: {error.msg}.", error.lineno)
        except (ValueError, RecursionError):
            self.complain(name, "The file is no valid JSON.")
        return None


class Table:
    """One JSON object of a settings file."""

    def __init__(self, files: SettingsFiles, name: str, values: Mapping[str, object]) -> None:
        self._files = files
        self._name = name
        self._values = values

    def value(self, key: str, *, default: T) -> T:
        """The setting if it has the default's type."""
        value = self._values.get(key)
        if isinstance(value, type(default)):
            return value
        self._expect_absent(key)
        return default

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """The setting if it is one of those allowed, else the first of them."""
        value = self.value(key, default=allowed[0])
        if value in allowed:
            return value
        self._expect_absent(key)
        return allowed[0]

    def folder(self, key: str) -> str:
        """A folder of the vault as a relative path; empty for its root."""
        return self.value(key, default="").strip().strip("/")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item for item in self.value(key, default=_NO_LIST) if isinstance(item, str))

    def table(self, key: str) -> Table:
        """An object inside this one; an empty one when it is absent."""
        return Table(self._files, self._name, self.value(key, default=_NO_TABLE))

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of objects."""
        items = self.value(key, default=_NO_LIST)
        return tuple(
            Table(self._files, self._name, item) for item in items if isinstance(item, dict)
        )

    def all_texts(self) -> Iterator[tuple[str, str]]:
        """Every setting that is a text, as it stands in the file."""
        return ((key, value) for key, value in self._values.items() if isinstance(value, str))

    def _expect_absent(self, key: str) -> None:
        """Complains of a value that could not be used; JSON's null counts as absent."""
        if self._values.get(key) is not None:
            self._files.complain(self._name, f"`{key}` has a value that Obsidian would not write.")
