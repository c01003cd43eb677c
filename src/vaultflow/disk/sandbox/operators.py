"""The operators of templates, none of which can take long or make much."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from vaultflow.disk.sandbox.bounds import MAX_DIGITS, MAX_TEXT, TOO_LONG, LimitError, kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaultflow.disk.sandbox.bounds import Rendering

ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}


def apply_operator(rendering: Rendering, sign: str, left: object, right: object) -> object:
    """What the operator gives for two plain values.

    Raises:
        LimitError: when the result would be too large.
        TypeError: for values that the operator is not for; `%` does not format text.
    """
    rendering.step()
    match sign, left, right:
        case _, int() | float(), int() | float():
            check_size(sign, left, right)
            return ARITHMETIC[sign](left, right)
        case "+", str(), str():
            return rendering.join(left, right)
        case "+", list(), list():
            rendering.step(len(left) + len(right))
            return left + right
        case "*", str(), int():
            check_repetition(left, right)
            return rendering.bounded(str(left) * right)
        case _:
            raise TypeError(f"`{sign}` does not work for {kind(left)} and {kind(right)}")


def check_repetition(text: str, times: int) -> None:
    """Raises LimitError when the text so many times over would be too long."""
    if len(text) * times > MAX_TEXT:
        raise LimitError(TOO_LONG)


def check_size(sign: str, left: float, right: float) -> None:
    """Raises LimitError when the result of arithmetic would be too large a whole number."""
    if sign == "**" and isinstance(left, int) and isinstance(right, int):
        digits = left.bit_length() * abs(right)
    elif sign == "*" and isinstance(left, int) and isinstance(right, int):
        digits = left.bit_length() + right.bit_length()
    else:
        digits = 0
    if digits > MAX_DIGITS:
        raise LimitError("it makes a number that is too large")
