"""Days in file names, by the patterns of moment.js that Obsidian's settings are written in.

Names of months and weekdays are English. A week (`w`, `g`) begins on Sunday, and the first of a
year is the one that holds 1 January; with `monday_first` it is the ISO week, like `W` and `G`.
"""

from __future__ import annotations

import re
from calendar import timegm
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Not from `calendar`, whose names change with the locale of the process.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST_OF_2000S = 68  # moment.js reads `69` as 1969

_NUMBERS: Mapping[str, Callable[[datetime], int]] = {
    "Y": lambda moment: moment.year,
    "Q": lambda moment: (moment.month + 2) // 3,
    "M": lambda moment: moment.month,
    "D": lambda moment: moment.day,
    "DDD": lambda moment: moment.timetuple().tm_yday,
    "d": lambda moment: moment.isoweekday() % 7,
    "e": lambda moment: moment.isoweekday() % 7,
    "E": lambda moment: moment.isoweekday(),
    "g": lambda moment: _sunday_week(moment)[0],
    "w": lambda moment: _sunday_week(moment)[1],
    "G": lambda moment: moment.isocalendar().year,
    "W": lambda moment: moment.isocalendar().week,
    "H": lambda moment: moment.hour,
    "h": lambda moment: moment.hour % 12 or 12,
    "k": lambda moment: moment.hour or 24,
    "m": lambda moment: moment.minute,
    "s": lambda moment: moment.second,
    "S": lambda moment: moment.microsecond // 100_000,
    "SS": lambda moment: moment.microsecond // 10_000,
    "SSS": lambda moment: moment.microsecond // 1_000,
    "X": lambda moment: timegm(moment.timetuple()),
    "x": lambda moment: timegm(moment.timetuple()) * 1_000 + moment.microsecond // 1_000,
}
_PADDED = {
    **{letter * 2: (letter, 2) for letter in "MDwWHhkms"},
    **{letter * 4: (letter, 4) for letter in "YgG"},
    **{letter * 2: (letter, 2) for letter in "YgG"},  # the last two digits of the year
    "DDDD": ("DDD", 3),
    "SS": ("SS", 2),
    "SSS": ("SSS", 3),
}
_ORDINALS = {f"{number}o": number for number in ("Q", "M", "D", "DDD", "d", "w", "W")}
_NAMES: Mapping[str, Callable[[datetime], str]] = {
    "MMMM": lambda moment: _MONTHS[moment.month - 1],
    "MMM": lambda moment: _MONTHS[moment.month - 1][:3],
    "dddd": lambda moment: _WEEKDAYS[moment.weekday()],
    "ddd": lambda moment: _WEEKDAYS[moment.weekday()][:3],
    "dd": lambda moment: _WEEKDAYS[moment.weekday()][:2],
    "A": lambda moment: "AM" if moment.hour < 12 else "PM",  # noqa: PLR2004  # noon
    "a": lambda moment: "am" if moment.hour < 12 else "pm",  # noqa: PLR2004  # noon
    "Z": lambda _: "+00:00",
    "ZZ": lambda _: "+0000",
}
_DIGITS = {"Q": 1, "d": 1, "e": 1, "E": 1, "S": 1, "DDD": 3, "Y": 4, "X": 11, "x": 14}
"""The most digits that a number is typed with; two where nothing is told."""
_NAME_FORMS = {
    "MMMM": "|".join(_MONTHS),
    "MMM": "|".join(month[:3] for month in _MONTHS),
    "dddd": "|".join(_WEEKDAYS),
    "ddd": "|".join(weekday[:3] for weekday in _WEEKDAYS),
    "dd": "|".join(weekday[:2] for weekday in _WEEKDAYS),
    "A": "[ap]m",
    "a": "[ap]m",
    "Z": r"[+-]\d\d:\d\d",
    "ZZ": r"[+-]\d\d\d\d",
}
_MACROS = {
    "LTS": "h:mm:ss A",
    "LT": "h:mm A",
    "L": "MM/DD/YYYY",
    "LL": "MMMM D, YYYY",
    "LLL": "MMMM D, YYYY h:mm A",
    "LLLL": "dddd, MMMM D, YYYY h:mm A",
    "l": "M/D/YYYY",
    "ll": "MMM D, YYYY",
    "lll": "MMM D, YYYY h:mm A",
    "llll": "ddd, MMM D, YYYY h:mm A",
}
_OF_THE_DAY = frozenset("YQMDdeEgwGW")
"""First letters of the tokens that say which day it is; the others say what time."""


def _alternatives(tokens: set[str]) -> str:
    return "|".join(sorted(tokens, key=lambda token: (-len(token), token)))


_LITERAL = r"\[[^\[\]]*\]"
_MACRO = re.compile(f"{_LITERAL}|{_alternatives(set(_MACROS))}")
_TOKENS = (set(_NUMBERS) - {"g", "G"}) | set(_PADDED) | set(_ORDINALS) | set(_NAMES)
_PIECE = re.compile(rf"(?P<literal>{_LITERAL})|(?P<token>{_alternatives(_TOKENS)})|.", re.DOTALL)


def format_moment(pattern: str, day: date, *, monday_first: bool = False) -> str:
    """The day, or the moment of it if it is a `datetime`, written by the pattern.

    A day without time is its midnight, and the zone is taken to be UTC.
    """
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    return "".join(
        _show(piece, moment) if is_token else piece
        for piece, is_token in _pieces(pattern, monday_first)
    )


def parse_moment(pattern: str, text: str, *, monday_first: bool = False) -> date | None:
    """The day that the text names by the pattern; of a longer period, the first day.

    Strict: None unless the whole text fits and all that it says of the day (`Monday`, `W48`) is
    true of it. Letter case does not matter, and a time of day is passed over.
    """
    pieces = _pieces(pattern, monday_first)
    match = _reader(pieces).fullmatch(text)
    if not match:
        return None
    tokens = (piece for piece, is_token in pieces if is_token)
    said = [pair for pair in zip(tokens, match.groups(), strict=True) if pair[0][0] in _OF_THE_DAY]
    try:
        day = _day(dict(_number(token, typed) for token, typed in said))
    except (ValueError, OverflowError):
        return None
    if day is None:
        return None
    moment = datetime.combine(day, time())
    is_true = all(_show(token, moment).casefold() == typed.casefold() for token, typed in said)
    return day if is_true else None


@lru_cache(maxsize=64)
def _pieces(pattern: str, monday_first: bool) -> tuple[tuple[str, bool], ...]:  # noqa: FBT001
    """The pattern's tokens and the text between them; True marks a token."""
    spelled_out = _MACRO.sub(lambda macro: _MACROS.get(macro[0], macro[0]), pattern)
    return tuple(
        (_iso_week(match[0]) if monday_first else match[0], True)
        if match["token"]
        else (match[0][1:-1] if match["literal"] else match[0], False)
        for match in _PIECE.finditer(spelled_out)
    )


def _iso_week(token: str) -> str:
    return token.replace("w", "W").replace("g", "G")


@lru_cache(maxsize=64)
def _reader(pieces: tuple[tuple[str, bool], ...]) -> re.Pattern[str]:
    patterns = (
        f"({_typed_form(piece)})" if is_token else re.escape(piece) for piece, is_token in pieces
    )
    return re.compile("".join(patterns), re.IGNORECASE | re.ASCII)


def _typed_form(token: str) -> str:
    """Pattern of what is typed for a token. It never gives back what it took, as in moment.js."""
    if token in _PADDED:
        return rf"\d{{{_PADDED[token][1]}}}"
    if token in _ORDINALS:
        return r"\d{1,3}+(?:st|nd|rd|th)"
    if token in _NUMBERS:
        return rf"\d{{1,{_DIGITS.get(token, 2)}}}+"
    return _NAME_FORMS[token]


def _show(token: str, moment: datetime) -> str:
    if token in _NAMES:
        return _NAMES[token](moment)
    if token in _PADDED:
        number, width = _PADDED[token]
        return str(_NUMBERS[number](moment)).zfill(width)[-width:]
    if token in _ORDINALS:
        return _ordinal(_NUMBERS[_ORDINALS[token]](moment))
    return str(_NUMBERS[token](moment))


def _ordinal(number: int) -> str:
    is_teen = number // 10 % 10 == 1
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _number(token: str, typed: str) -> tuple[str, int]:
    """What the token stands for, by the key of `_NUMBERS`, and the number that was typed for it."""
    if token in ("MMMM", "MMM"):
        starts = [month[: len(typed)].casefold() for month in _MONTHS]
        return "M", starts.index(typed.casefold()) + 1
    if token in ("dddd", "ddd", "dd"):
        starts = [weekday[: len(typed)].casefold() for weekday in _WEEKDAYS]
        return "E", starts.index(typed.casefold()) + 1
    letter = _PADDED[token][0] if token in _PADDED else _ORDINALS.get(token, token)
    value = int(typed.rstrip("stndrhSTNDRH"))
    if token in ("YY", "gg", "GG"):
        value += 1900 if value > _LAST_OF_2000S else 2000
    return ("E", value or 7) if letter in ("d", "e") else (letter, value)


def _day(said: Mapping[str, int]) -> date | None:  # noqa: PLR0911  # each is a way to say a day
    """The first day for which all that is said may be true; None when too little is said.

    Raises:
        ValueError: there is no such day.
    """
    match said:
        case {"Y": year, "M": month, "D": day}:
            return date(year, month, day)
        case {"Y": year, "DDD": day}:
            return date(year, 1, 1) + timedelta(days=day - 1)
        case {"G": year, "W": week} | {"Y": year, "W": week}:
            return date.fromisocalendar(year, week, said.get("E", 1))
        case {"g": year, "w": week} | {"Y": year, "w": week}:
            weekday = said.get("E", 7) % 7  # Sunday is its first
            return date.fromordinal(_first_sunday(year) + (week - 1) * 7 + weekday)
        case {"Y": year, "M": month}:
            return date(year, month, 1)
        case {"Y": year, "Q": quarter}:
            return date(year, quarter * 3 - 2, 1)
        case {"Y": year}:
            return date(year, 1, 1)
        case _:
            return None


def _sunday_week(day: date) -> tuple[int, int]:
    """Year and number of the week that begins on Sunday."""
    sunday = day.toordinal() - day.isoweekday() % 7
    year = date.fromordinal(min(sunday + 6, date.max.toordinal())).year
    return year, (sunday - _first_sunday(year)) // 7 + 1


def _first_sunday(year: int) -> int:
    """Ordinal of the Sunday on which the week of 1 January begins."""
    new_year = date(year, 1, 1)
    return new_year.toordinal() - new_year.isoweekday() % 7
