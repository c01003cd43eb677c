"""What goes wrong: errors that stop a command, and findings about a note.

An error is raised; its class carries the exit code of the command that it stops. A finding is a
value: it travels beside the result, and the rest of the run goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath  # noqa: TC003  # a cache looks the types of a finding up
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class VaultFlowError(Exception):
    """Something stops the command.

    Args:
        message: what is wrong, with the offending value in it.
        path: the file that it is about, if it is about one.
        line: its line, 1-based; 0 when no line is to blame.
        hint: what the user can do about it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, path: str = "", line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return f"{place}{self.message}" + (f" ({self.hint})" if self.hint else "")


class UsageError(VaultFlowError):
    """An argument cannot be meant: no such lead, or several. Click's own exit code."""

    exit_code = 2


class ConfigError(VaultFlowError):
    """`vaultflow.toml` cannot be used as it is."""

    exit_code = 3


class VaultError(VaultFlowError):
    """The vault cannot be read or written."""

    exit_code = 4


class TemplateError(VaultFlowError):
    """A page's template cannot be rendered, or would break the page."""

    exit_code = 5


class PluginError(VaultFlowError):
    """A plugin is not there or is not what it says."""

    exit_code = 6


class ConflictError(VaultFlowError):
    """A note changed, or cannot be edited safely: nothing was written."""

    exit_code = 7


class AlreadyRunningError(VaultFlowError):
    """Another watcher has this vault."""

    exit_code = 8


class Level(StrEnum):
    """How bad a finding is; `check` exits 1 when any is an error."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong, or worth a look, in one note."""

    level: Level
    code: str
    """Kebab-case name of the rule that found it, such as `stage-unknown`."""
    path: PurePosixPath
    """Relative to the vault's root."""
    line: int
    """1-based line of the file; 0 when the whole note is meant."""
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        # Editors jump to `path:line`; a finding on the whole note leads to its first line.
        return f"{self.path}:{max(self.line, 1)}: {self.code} {self.message}{hint}"


def did_you_mean(word: str, known: Iterable[str], *, most: int = 1) -> str:
    """`did you mean "..."?` with the known words most like this one; empty when none is.

    Case does not matter.
    """
    by_folded = {name.casefold(): name for name in known}
    near = nearest_words(word.casefold(), by_folded, most=most)
    names = " or ".join(f'"{by_folded[name]}"' for name in near)
    return f"did you mean {names}?" if names else ""


def nearest_words(
    word: str, known: Iterable[str], *, most: int = 1, least_alike: float = 0.6
) -> list[str]:
    """The known words most like this one, the best first; `least_alike` is a share from 0 to 1."""
    from difflib import get_close_matches  # noqa: PLC0415  # only a mistake needs it

    return get_close_matches(word, list(known), n=most, cutoff=least_alike)
