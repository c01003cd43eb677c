from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, Flag, IntEnum, StrEnum
from math import inf
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from vaultflow.vault.plain import ShownAgain, record_digest, to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping


class Colour(StrEnum):
    RED = "red"


class Count(IntEnum):
    ONE = 1


class Size(Enum):
    BIG = (1, "two")


class Access(Flag):
    READ = 1
    WRITE = 2


class Price(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    name: object
    prices: tuple[Price, ...] = ()
    notes: Mapping[object, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    rows: tuple[object, ...]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (10**30, 10**30),
        (0.5, 0.5),
        ("a\ud800", "a\ud800"),
        (Colour.RED, "red"),
        (Count.ONE, 1),
        (Size.BIG, [1, "two"]),
        (Access.READ | Access.WRITE, 3),
        (Decimal("1.2E+4"), "12000"),
        (Decimal("1.50"), "1.50"),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), "2026-11-23 09:30:00+00:00"),
        (PurePosixPath("Deals/Acme.md"), "Deals/Acme.md"),
        ((1, (2, [Colour.RED])), [1, [2, ["red"]]]),
        (MappingProxyType({Colour.RED: date(2026, 1, 1), 1: ()}), {"red": "2026-01-01", "1": []}),
        (Price(amount=Decimal(5), currency="EUR"), {"amount": "5", "currency": "EUR"}),
    ],
)
def test_each_kind_of_value_has_its_plain_form(value: object, plain: object) -> None:
    found = to_plain(value)
    assert found == plain
    assert type(found) is type(plain)


def test_a_record_is_a_dict_of_its_fields_in_their_order() -> None:
    shelf = Shelf(name="top", prices=(Price(amount=Decimal(5), currency="EUR"),))
    plain = {"name": "top", "prices": [{"amount": "5", "currency": "EUR"}], "notes": None}
    assert to_plain(shelf) == plain
    assert list(plain) == ["name", "prices", "notes"]


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", object(), Shelf(name={1})])
def test_what_no_record_of_ours_holds_has_no_plain_form(value: object) -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match="no plain form for"):
            to_plain(value)


def test_members_of_two_enums_that_are_equal_keep_their_own_values() -> None:
    class Share(float, Enum):
        WHOLE = 1.0

    assert [repr(to_plain(each)) for each in (Count.ONE, Share.WHOLE)] == ["1", "1.0"]


def test_changing_a_plain_value_leaves_its_record_as_it_was() -> None:
    shelf = Shelf(name="top", notes={"a": 1})
    plain = to_plain(shelf)
    assert isinstance(plain, dict)
    plain["name"] = "bottom"
    assert to_plain(shelf) == {"name": "top", "prices": [], "notes": {"a": 1}}


DIFFERENT: tuple[object, ...] = (
    None,
    "",
    "1",
    1,
    1.0,
    True,
    0,
    False,
    0.0,
    -0.0,
    inf,
    Decimal("1.5"),
    Decimal("1.50"),
    10**30,
    10**30 + 1,
    "a\ud800",
    "a\udfff",
    PurePosixPath("a\udc80.md"),
    (),
    ((),),
    {},
    {"a": 1, "b": 2},
    {"b": 2, "a": 1},
    MappingProxyType({"a": {"b": 2}}),
    (Price(amount=Decimal(1), currency="EUR"),),
    (Price(amount=Decimal(1), currency="USD"),),
)


def test_records_that_differ_have_different_digests() -> None:
    digests = [record_digest(Shelf(name=value)) for value in DIFFERENT]
    assert len(set(digests)) == len(DIFFERENT)
    assert {len(digest) for digest in digests} == {16}


def test_records_made_anew_of_equal_values_have_the_same_digest() -> None:
    def shelf(text: str, notes: Mapping[object, object]) -> Shelf:
        prices = (Price(amount=Decimal(text), currency="EUR"),)
        return Shelf(name=PurePosixPath(text), prices=prices, notes=notes)

    one, other = shelf("12", {"a": (1,)}), shelf("12", MappingProxyType({"a": (1,)}))
    assert record_digest(one) == record_digest(other)


class Row(ShownAgain, frozen=True, kw_only=True):
    name: object
    price: Price | None = None


def test_a_record_that_is_shown_again_is_made_plain_once() -> None:
    row = Row(name="Acme", price=Price(amount=Decimal(12), currency="EUR"))
    assert to_plain(row) == {"name": "Acme", "price": {"amount": "12", "currency": "EUR"}}
    assert to_plain(row) is to_plain(row)
    assert to_plain(Table(rows=(row,))) == {"rows": [to_plain(row)]}


def test_the_digest_tells_each_record_that_is_shown_again() -> None:
    def digest(*names: object) -> bytes:
        return record_digest(Table(rows=tuple(Row(name=name) for name in names)))

    assert digest("a", "b") == digest("a", "b")
    assert len({digest("a", "b"), digest("b", "a"), digest("a"), digest("ab"), digest()}) == 5
    assert digest(1 << 70) != digest(1 << 71)
    assert record_digest(Table(rows=(Row(name="a"), "b"))) != digest("a", "b")


def test_the_digest_of_a_value_that_has_no_plain_form_is_an_error() -> None:
    with pytest.raises(TypeError, match="no plain form for object"):
        record_digest(Shelf(name=object()))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=3)
    | st.sampled_from(["\ud800", "1"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=2), inner)
    ),
    max_leaves=5,
)


@settings(max_examples=60)
@given(VALUES, VALUES)
def test_digests_are_the_same_exactly_when_the_plain_values_are(one: object, other: object) -> None:
    same_digest = record_digest(one) == record_digest(other)
    assert same_digest == (repr(to_plain(one)) == repr(to_plain(other)))
    assert record_digest(one) == record_digest(one)
