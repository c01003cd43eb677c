"""Mojibake: UTF-8 that was read as another encoding, as in `CafÃ©` for `Café`.

A repair that is wrong costs more than one that is missed, so what people write in any language
must never look garbled here. Two rules keep it so: signs that are all letters tell nothing by
themselves, and signs beside a word count only where no language puts them. General tools repair
less carefully: they straighten the low quote that begins a garbled emoji, and after that nobody
can repair it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ENCODINGS = ("mac_roman", "cp1252", "cp437", "latin-1")
"""What UTF-8 is mostly mistaken for."""

LEAST_LETTERS = 3  # of a foreign script in a row; two can come about by chance, as in `«CAFÉ»`
MOST_ROUNDS = 3  # text that was garbled more than three times over is past reading

_MARKS = "–—‘’‚“”„†•…‰‹›€™←↑→↓↔−✓✗"
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff‼⁉ℹ↕-↙↩↪⌚⌛⌨⏏⏩-⏳⏸-⏺▪▫▶◀◻-◾☀-☄☎☑☔☕☘☝☠☢☣☦☪☮☯☸-☺♀♂♈-♓♟♠♣♥♦♨♻♾♿"
    "⚒-⚗⚙⚛⚜⚠⚡⚧⚪⚫⚰⚱⚽⚾⛄⛅⛈⛎⛏⛑⛓⛔⛩⛪⛰-⛵⛷-⛺⛽✂✅✈-✍✏✒✔✖✝✡✨✳✴❄❇❌❎❓-❕❗❣❤➕-➗➡➰➿⤴⤵⬅-⬇⬛⬜⭐⭕]"
)
"""The emoji of Unicode; its other signs are too seldom meant."""
_JOINERS = "\ufe0f\u200d\u20e3"
"""What follows an emoji and belongs to it."""

_SURE_LEADS = "ÃÂ√¬├"
"""The first sign of a garbled letter of Western Europe, or of `£` and the like."""
_BOXES = "├┬─┼"
_MAC_LEADS = "√¬ƒ≈"
_MATHEMATICS = "πµΩ∂∑∏∫∞"
_DASHES = "–—-\xa0"
_AFTER_WORDS = "”’»›“‘„‚«‹…•·™®©ªº°¹²³†‡§"
"""What may stand right behind a word that ends with a capital letter."""

_PAIR = re.compile(r"[^\x00-\x7f]{2}")
"""Every character that was garbled is two at least; most lines need no further look."""
_RUNS = re.compile(r"([^\x00-\x7f]+)")
_LOST = b"\xf0"
"""On macOS the first byte of a garbled emoji shows as the Apple logo, which is easily lost."""
_APART = re.compile(r"`+[^`]*`+|!?\[\[[^\]|\n]*|\]\([^)\n]*\)|https?://\S+")
"""Code, and what leads to a file or a page: there the signs are meant as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Garble:
    """A piece of a line that was garbled."""

    start: int
    """Where it begins in the line."""
    text: str
    """As it stands there."""
    original: str
    """What it was."""
    sure: bool
    """False when it could be something else all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    """Two to four characters that are the bytes of one."""

    start: int
    text: str
    original: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def find_garbled(line: str) -> tuple[Garble, ...]:
    """What is garbled in a line, in order; code, and the targets of links, are not looked at."""
    if not may_be_garbled(line):
        return ()
    visible = _APART.sub(lambda match: " " * len(match[0]), line)
    found = [garble for encoding in ENCODINGS for garble in _garbled_by(encoding, visible)]
    return tuple(sorted(_apart(found), key=lambda garble: garble.start))


def may_be_garbled(line: str) -> bool:
    """A quick look: False when `find_garbled` surely finds nothing in the line."""
    return not line.isascii() and _PAIR.search(line) is not None


def mended(line: str) -> str:
    """The line with all put right of which it is sure that it was garbled."""
    for _ in range(MOST_ROUNDS):
        sure = [garble for garble in find_garbled(line) if garble.sure]
        if not sure:
            break
        for garble in reversed(sure):
            end = garble.start + len(garble.text)
            line = line[: garble.start] + garble.original + line[end:]
    return line


def originals(name: str) -> tuple[str, ...]:
    """What a garbled name may have been, the likeliest first; for looking up, as each is a guess.

    Emoji that have lost their first sign are found too.
    """
    if name.isascii():
        return ()
    parts = _RUNS.split(name)
    guesses = ("".join(_ungarbled(part, encoding) for part in parts) for encoding in ENCODINGS)
    return tuple(guess for guess in dict.fromkeys(guesses) if guess != name)


def _ungarbled(run: str, encoding: str) -> str:
    """What the signs were; the same when they are ASCII, or were not garbled in this way."""
    table = _bytes_by_sign(encoding)
    if not all(sign in table for sign in run):
        return run
    raw = bytes(table[sign] for sign in run)
    for original in (_decoded(raw), _decoded(_LOST + raw)):
        if any(_is_emoji(sign) or sign.isalpha() for sign in original):
            return original
    return run


def _apart(found: Iterable[Garble]) -> Iterator[Garble]:
    """The garbled pieces without those that overlap with a surer or a longer one."""
    taken: set[int] = set()
    for garble in sorted(found, key=lambda garble: (not garble.sure, -len(garble.text))):
        places = range(garble.start, garble.start + len(garble.text))
        if taken.isdisjoint(places):
            taken.update(places)
            yield garble


def _garbled_by(encoding: str, line: str) -> tuple[Garble, ...]:
    found = tuple(_candidates(encoding, line))
    # One sure sign tells what happened to the line, and so that the others were garbled too.
    if any(garble.sure for garble in found):
        return tuple(replace(garble, sure=True) for garble in found)
    return tuple(garble for garble in found if not garble.text.isalpha())


def _candidates(encoding: str, line: str) -> Iterator[Garble]:
    for run in _runs(tuple(_signs(encoding, line))):
        original = "".join(sign.original for sign in run)
        if len(run) >= LEAST_LETTERS and _is_foreign(original):
            text = "".join(sign.text for sign in run)
            yield Garble(start=run[0].start, text=text, original=original, sure=False)
        else:
            yield from _one_by_one(run, line)


def _signs(encoding: str, line: str) -> Iterator[_Sign]:
    table = _bytes_by_sign(encoding)
    for match in _shape(encoding).finditer(line):
        original = _decoded(bytes(table[sign] for sign in match[0]))
        if original:
            yield _Sign(start=match.start(), text=match[0], original=original)


def _runs(signs: tuple[_Sign, ...]) -> Iterator[tuple[_Sign, ...]]:
    """The signs in groups of those that stand right behind each other."""
    # Along such a group the place grows just as the length of what stands before it.
    lengths = [0]
    for sign in signs:
        lengths.append(lengths[-1] + len(sign.text))
    groups = groupby(range(len(signs)), key=lambda index: signs[index].start - lengths[index])
    return (tuple(signs[index] for index in group) for _, group in groups)


def _one_by_one(run: tuple[_Sign, ...], line: str) -> Iterator[Garble]:
    before = ""
    for sign in run:
        if _is_emoji(sign.original) or sign.original in _MARKS:
            known = sure = True
        elif sign.original in _JOINERS:
            known = sure = _is_emoji(before)
        else:
            known, sure = _is_torn(sign, line), _is_sure(sign)
        before = sign.original if known and sign.original not in _JOINERS else before
        if known:
            sure = sure and not sign.text.isalpha()
            yield Garble(start=sign.start, text=sign.text, original=sign.original, sure=sure)


def _is_torn(sign: _Sign, line: str) -> bool:
    """Whether two signs are a letter of Europe, and stand where no word has them as they are."""
    if len(sign.text) != len("Ã©") or not "\xa0" < sign.original <= "\u017f":
        return False
    lead, second = sign.text[0], sign.text[1]
    before, after = line[: sign.start][-1:], line[sign.end : sign.end + 1]
    if before.islower() or (before.isdigit() and lead in "Â¬"):
        return True
    if lead in _BOXES or lead in _MAC_LEADS:
        return _is_no_formula(lead, second, after)
    if before.isupper() and sign.original.islower() and not after.islower():
        return False
    if second in _DASHES:
        return after.isalpha() and not before.isalpha()
    return second not in _AFTER_WORDS or after.isalpha()


def _is_no_formula(lead: str, second: str, after: str) -> bool:
    if lead == "¬":
        return not second.isalpha()
    return lead == "√" and after.isalpha() and second not in _MATHEMATICS


def _is_sure(sign: _Sign) -> bool:
    lead, second = sign.text[0], sign.text[1]
    return lead in _SURE_LEADS and second not in _MATHEMATICS


def _is_foreign(text: str) -> bool:
    """Whether these are letters of one script that is not the Latin one."""
    scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in text}
    return text.isalpha() and len(scripts) == 1 and "LATIN" not in scripts


def _is_emoji(sign: str) -> bool:
    return _EMOJI.fullmatch(sign) is not None


def _decoded(raw: bytes) -> str:
    """The text of the bytes; empty when they are no UTF-8, or no text that one can see."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return ""
    return text if all(sign.isprintable() or sign in _JOINERS for sign in text) else ""


@cache
def _bytes_by_sign(encoding: str) -> Mapping[str, int]:
    """The byte above ASCII for each sign; what Windows leaves undefined is read as in Latin-1."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)} if encoding == "cp1252" else {}
    for byte in range(0x80, 0x100):
        sign = bytes([byte]).decode(encoding, errors="ignore")
        table |= {sign: byte} if sign else {}
    return table


@cache
def _shape(encoding: str) -> re.Pattern[str]:
    """Matches the signs that are, as bytes, the beginning and the rest of one UTF-8 character."""
    table = _bytes_by_sign(encoding)

    def any_of(first: int, last: int) -> str:
        return f"[{re.escape(''.join(s for s, byte in table.items() if first <= byte <= last))}]"

    rest = any_of(0x80, 0xBF)
    leads = (any_of(0xC2, 0xDF), any_of(0xE0, 0xEF), any_of(0xF0, 0xF4))
    return re.compile("|".join(f"{lead}{rest * more}" for more, lead in enumerate(leads, start=1)))
