"""What one rendering of a template may use up, and how it writes values down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING

from jinja2 import Undefined

from vaultflow.vault.markdown.escape import SUSPECT, Markdown, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vaultflow.disk.sandbox.passages import Passages

SECONDS = 4.0  # five are promised, with the start of the program and all
MAX_PAGE = 4 * 1024 * 1024
"""Characters that a rendered page may have."""
MAX_TEXT = 1024 * 1024
"""Characters of one value: no lead's text is longer, and each step over one stays short."""
MAX_MADE = 16 * MAX_PAGE
"""Characters and list items that may be made on the way: bounds the memory."""
MAX_DIGITS = 4096
"""Bits of a whole number: arithmetic on it takes no time worth counting."""

INERT = re.compile(
    r"(?:[^\W_]|[^\x00-\x7f\s]|\$(?=\d))"
    r"(?:[^\x00-\x1f!<>\[\]\\^_`{|}~*=$%&]|\$(?=\d)|%(?=[ ,.;)])|&(?= ))*"
)
"""Escaped text that no block can begin, end or be divided by: blocks are made by ASCII signs, at
the beginning of a line or by a bar."""
INERT_LINK = re.compile(rf"\[\[{INERT.pattern}(?:\\\|{INERT.pattern})?\]\]")
HARMLESS = "word"
TOO_LONG = "it makes a text that is too long"


class LimitError(Exception):
    """A template takes too long or makes too much."""


class Rendering:
    """One run of a template: counts what it uses, and puts values on the page as text.

    Args:
        harmless: write a plain word for each text that is not plain itself. The page then shows
            which blocks the template alone would make.
        seconds: how long it may take.
        passages: what the loops of the page have written before; None to keep none.
    """

    def __init__(
        self,
        *,
        harmless: bool = False,
        seconds: float = SECONDS,
        passages: Passages | None = None,
    ) -> None:
        self.harmless = harmless
        self.passages = passages
        self.all_inert = True
        """Whether no text was written that could have any effect in Markdown."""
        self._deadline = monotonic() + seconds
        self.made = 0
        """Characters and steps so far."""
        self._shown: dict[str, tuple[Markdown, bool]] = {}
        """How texts are written that had to be looked at closely, and whether that is inert: signs
        and names stand on a page many times."""

    @property
    def seconds_left(self) -> float:
        """How long it may still take; below 0 when the time is over."""
        return self._deadline - monotonic()

    def blank(self) -> Rendering:
        """A rendering of the same page in harmless words, in the time that is left."""
        return Rendering(harmless=True, seconds=self.seconds_left, passages=self.passages)

    def step(self, made: int = 0) -> None:
        """Counts one step, and what it made.

        Raises:
            LimitError: when the time is over or too much has been made.
        """
        self.made += made
        if self.made > MAX_MADE:
            raise LimitError("it makes too much text")
        if monotonic() > self._deadline:
            raise LimitError("it takes too long")

    def each(self, items: Iterable[object], made: int) -> Iterator[object]:
        """The items of a loop, each of which is a step that makes so much text."""
        for item in items:
            self.step(made)
            yield item

    def write(self, value: object) -> str:
        """A value as the page shows it: text escaped, nothing for None.

        Raises:
            TypeError: for a list or a record, which have no text of their own.
            LimitError: as `step`.
        """
        text = self._written(value)
        self.step(len(text))
        return text

    def join(self, *values: object) -> str:
        """The values as one text; Markdown if any is, the others escaped then."""
        is_markdown = any(isinstance(value, Markdown) for value in values)
        shown = [self.write(value) if is_markdown else as_text(value) for value in values]
        length = sum(map(len, shown))
        if length > MAX_TEXT:
            raise LimitError(TOO_LONG)
        self.step(length)
        return Markdown("".join(shown)) if is_markdown else "".join(shown)

    def bounded(self, text: str) -> str:
        """The text, if it is not too long.

        Raises:
            LimitError: when it is.
        """
        if len(text) > MAX_TEXT:
            raise LimitError(TOO_LONG)
        self.step(len(text))
        return text

    def call(self, function: Callable[..., object], *args: object, **kwargs: object) -> object:
        """What a filter gives, within bounds; the Markdown of one is a link, say."""
        result = function(*args, **kwargs)
        if isinstance(result, Markdown) and id(result) not in map(id, args):
            return self._markdown_of_filter(result)
        if isinstance(result, str):
            return self.bounded(result)
        self.step()
        if isinstance(result, Iterator):
            return list(self.each(result, 1))
        return result

    def _written(self, value: object) -> str:
        if isinstance(value, Markdown):
            return value
        if isinstance(value, str) and not SUSPECT.search(value):
            return value  # inert as it stands: most texts of a page are
        if not isinstance(value, str):
            return escape(as_text(value))
        if value not in self._shown:
            written = escape(value)
            self._shown[value] = written, not written or INERT.fullmatch(written) is not None
        written, is_inert = self._shown[value]
        return written if is_inert else self._active(written)

    def _active(self, written: Markdown) -> Markdown:
        """What stands on the page for text that may have an effect."""
        self.all_inert = False
        return Markdown(HARMLESS) if self.harmless else written

    def _markdown_of_filter(self, result: Markdown) -> Markdown:
        self.step(len(result))
        return result if INERT_LINK.fullmatch(result) else self._active(result)


def as_text(value: object) -> str:
    """A plain value's text; empty for None.

    Raises:
        TypeError: for a list or a record, which have no text of their own.
        UndefinedError: for what the page's record does not have.
    """
    if value is None:
        return ""
    if isinstance(value, str | int | float | Undefined):
        return str(value)  # which raises for what is undefined, and says what
    raise TypeError(f"{kind(value)} has no text of its own: show its parts")


def kind(value: object) -> str:
    """What a template's author would call the value."""
    match value:
        case dict():
            return "a record"
        case list() | tuple():
            return "a list"
        case str():
            return "a text"
        case _:
            return f"a {type(value).__name__}"
