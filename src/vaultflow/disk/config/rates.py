"""Dated rates from a plain file: a line `date,currency,value` each, as spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from vaultflow.errors import Finding, Level
from vaultflow.pipeline.settings import Rate

if TYPE_CHECKING:
    from pathlib import PurePosixPath

_HEADER = ("date", "currency", "value")
_CODE = re.compile(r"[A-Z]{3}")
_VALUE = re.compile(r"\d{1,12}(?:\.\d{1,12})?")
_FIELDS = len(_HEADER)


def read_rates(path: PurePosixPath, text: str) -> tuple[tuple[Rate, ...], tuple[Finding, ...]]:
    """The rates of the file, and a finding for each line that is none.

    Empty lines, lines that begin with `#` and a first line of the three names are passed over.
    """
    rates: list[Rate] = []
    findings: list[Finding] = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = tuple(cell.strip().strip('"').strip() for cell in line.split(","))
        is_header = number == 1 and tuple(map(str.lower, cells)) == _HEADER
        if not line.strip() or line.startswith("#") or is_header:
            continue
        rate = _read_rate(cells)
        if rate:
            rates.append(rate)
        else:
            findings.append(_unreadable(path, number, line))
    return tuple(rates), tuple(findings)


def _read_rate(cells: tuple[str, ...]) -> Rate | None:
    if len(cells) != _FIELDS or not _CODE.fullmatch(cells[1]) or not _VALUE.fullmatch(cells[2]):
        return None
    value = Decimal(cells[2])
    try:
        day = date.fromisoformat(cells[0])
    except ValueError:
        return None
    return Rate(date=day, currency=cells[1], value=value) if value else None


def _unreadable(path: PurePosixPath, number: int, line: str) -> Finding:
    return Finding(
        level=Level.WARNING,
        code="rate-unreadable",
        path=path,
        line=number,
        message=f'"{line.strip()[:60]}" is no rate.',
        hint="write it as 2026-11-02,USD,0.92",
    )
