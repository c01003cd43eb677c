"""A tuple that is made when it is first looked into."""

from __future__ import annotations

import operator

from vaultflow.vault.later import Later


def test_it_is_made_once_and_not_before_somebody_looks() -> None:
    made: list[int] = []

    def make() -> tuple[int, ...]:
        made.append(1)
        return (1, 2, 3)

    later = Later(make)
    assert made == []
    assert (list(later), len(later), later[0], later[1:], 3 in later) == (
        [1, 2, 3],
        3,
        1,
        (2, 3),
        True,
    )
    assert made == [1]


def test_it_equals_tuples_of_the_same_and_nothing_else() -> None:
    later = Later(lambda: (1, 2))
    assert later == (1, 2)
    assert operator.eq((1, 2), later)  # from the tuple's side too
    assert later == Later(lambda: (1, 2))
    assert later != (2, 1)
    assert later != [1, 2]
    assert (hash(later), repr(later)) == (hash((1, 2)), repr((1, 2)))
