"""Front matter of any kind: python-frontmatter reads it, through a handler that knows YAML 1.2.

It never writes: it would sort, re-quote and re-wrap what the user typed.
"""

from __future__ import annotations

import re

import frontmatter
from frontmatter.default_handlers import BaseHandler

from vaultflow.vault.frontmatter.yaml12 import Failure, read_mapping
from vaultflow.vault.note import Property

_FENCE = "---"


def read_yaml(source: str, first_line: int) -> dict[str, Property] | Failure:
    """The properties by key, in file order, or why there is no reading them."""
    # Fences of our own keep python-frontmatter from stripping lines that have to be counted.
    fenced = f"{_FENCE}\n{source}\n{_FENCE}"
    try:
        entries, _ = frontmatter.parse(fenced, handler=_ObsidianHandler(first_line))
    except _UnreadableError as error:
        return error.failure
    return {key: entry for key, entry in entries.items() if isinstance(entry, Property)}


class _UnreadableError(Exception):
    """Carries a failure out of python-frontmatter; never leaves this module."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class _ObsidianHandler(BaseHandler):
    """Has python-frontmatter read the block as Obsidian would."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = _FENCE

    def __init__(self, first_line: int) -> None:
        super().__init__()
        self._first_line = first_line

    def split(self, text: str) -> tuple[str, str]:
        """The source between the fences that `read_yaml` has put around it, and no body."""
        return text.removeprefix(f"{_FENCE}\n").removesuffix(f"\n{_FENCE}"), ""

    def load(self, fm: str) -> dict[str, Property]:
        """The properties by key.

        Raises:
            _UnreadableError: there is no reading them.
        """
        properties = read_mapping(fm, self._first_line)
        if isinstance(properties, Failure):
            raise _UnreadableError(properties)
        return dict(properties)
