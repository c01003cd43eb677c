"""Edits for tests: operations tried on a note's text or bytes, and front matter to try them on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from vaultflow.vault.edit.edit import Operation
    from vaultflow.vault.note import Note

NOTE = PurePosixPath("Leads/Acme.md")


def done(text: str, operation: Operation) -> str:
    """The text after the operation, which must not be refused."""
    edit = operation(NOTE, text.encode())
    assert edit.refusal is None, edit.refusal
    return edit.after.decode()


def refused(note: str | bytes, operation: Operation) -> tuple[str, int]:
    """Code and line of the refusal; the bytes must have stayed."""
    raw = note.encode() if isinstance(note, str) else note
    edit = operation(NOTE, raw)
    assert edit.after == raw
    assert edit.refusal is not None
    return edit.refusal.code, edit.refusal.line


def read(raw: bytes) -> Note:
    """The note that the bytes are."""
    return read_note(NOTE, raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A note with front matter, in which the lines of one property are known."""

    above: str
    """All before the target's lines."""
    target: str
    """The lines of the property `stage`; empty when there is none."""
    below: str
    """The rest of the front matter, closing fence left out."""
    rest: str
    """The closing fence and the body."""

    @property
    def raw(self) -> bytes:
        return f"{self.above}{self.target}{self.below}{self.rest}".encode()


STRANGE = "\x85\u2028\u2029\u00a0\u200d\u0301\ufeff💶é中\t\\\"':#,[]{}&*!|>%@`-?~=<"
"""Signs that YAML, or a reader of it, treats in some way of its own."""

WORDS = st.text(alphabet=f"abcno01259.- {STRANGE}", max_size=12)

ONE_LINE_VALUES = st.sampled_from(
    [
        *("lead", "'it''s'", '"a \\"b\\" # c"', "12:30", "no", "0441", "[a,  b]", "{a: 1,b: 2}"),
        *(
            '"[[Acme]]"',
            "&mark x",
            "!!str 12",
            "🎉 e\u0301",
            "a\u2028b",
            "'a\x85b'",
            "",
            "~",
            "1e3",
        ),
        *("C:\\x", '"\\u00e9"', "'#'", "x\t", "[[Acme]]", "<<", "=", "2026-11-23"),
    ]
)
LONGER_VALUES = st.sampled_from(
    [
        "|\n  stage: not this\n\n  # nor this\n",
        ">-  # why\n  folded\n  text\n",
        "|+\n  kept\n\n",
        "\n  - a # first\n  -  'b'\n",
        "\n- a\n# between\n- b\n",
        "\n  a: 1\n  stage: inner\n",
        "plain\n  on two lines # c\n",
        '"quoted\n\n  on three"\n',
        "[a,\n  b # c\n  ]\n",
        "# below\n  lead\n",
        "&part\n  - x\n",
    ]
)
ASIDES = st.sampled_from(["", "", "", "# a comment\n", "\n", " # hardly indented\n", "#\ttab\n"])
COMMENTS = st.sampled_from(["", "", "  # by Ann", " #", "   ", "\t# tab"])


@st.composite
def entries(draw: st.DrawFn, key: str) -> str:
    """The lines of one property, and perhaps a comment above them."""
    typed = draw(st.sampled_from([key, key, f'"{key}"', f"'{key}' "]))
    if draw(st.booleans()):
        value, comment = draw(ONE_LINE_VALUES), draw(COMMENTS)
        line = f"{typed}: {value}{comment}" if value else f"{typed}:{comment}"
        return f"{line}\n"
    value = draw(LONGER_VALUES)
    return f"{typed}:{value}" if value.startswith("\n") else f"{typed}: {value}"


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """A note with properties of all styles, `stage` perhaps among them, in any line ends."""
    around = [draw(ASIDES) + draw(entries(f"other {at}")) for at in range(draw(st.integers(0, 3)))]
    place = draw(st.integers(0, len(around)))
    is_there = draw(st.integers(0, 3)) > 0
    aside = draw(ASIDES)
    parts = (
        draw(st.sampled_from(["", "\ufeff"])) + "---\n" + "".join(around[:place]) + aside,
        draw(entries("stage")) if is_there else "",
        "".join(around[place:]) + draw(ASIDES),
        draw(st.sampled_from(["---\n", "---  \n", "---"])),
    )
    body = draw(st.sampled_from(["", "Body\n", "# A\r\nmixed\n\n---\nstage: no\n---", "\n\n"]))
    line_end = draw(st.sampled_from(["\n", "\r\n"]))
    above, target, below, closing = (part.replace("\n", line_end) for part in parts)
    if draw(st.booleans()):  # an editor, or a sync tool, has mixed them
        above = above.replace("\r\n", "\n")
    rest = closing + body if closing.endswith("\n") else closing
    return Sample(above=above, target=target, below=below, rest=rest)
