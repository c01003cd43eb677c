"""The shares won and lost over time against lifelines, which was written by others.

lifelines moves durations that are equal apart by chance, so they are told apart here; deals of the
same day are held against worked examples, in `tests/pipeline/test_measures.py`.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from vaultflow.pipeline.measures.numbers.survival import Duration, End, Step, incidence

lifelines = pytest.importorskip("lifelines", reason="`make soak` installs lifelines")

CODES = {End.OPEN: 0, End.WON: 1, End.LOST: 2}

watched = st.dictionaries(
    st.integers(min_value=1, max_value=1_000), st.sampled_from(End), min_size=2, max_size=60
)


def by_others(ends: dict[int, End], event: End) -> dict[int, float]:
    """The share to which an event came, by each day on which a deal was watched until then."""
    fitter = lifelines.AalenJohansenFitter(calculate_variance=False)
    fitter.fit(list(ends), [CODES[end] for end in ends.values()], event_of_interest=CODES[event])
    shares = fitter.cumulative_density_.iloc[:, 0]
    return {int(day): float(share) for day, share in shares.items()}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(watched)
def test_won_and_lost_are_what_lifelines_finds(ends: dict[int, End]) -> None:
    assume({End.WON, End.LOST} <= set(ends.values()))
    won, lost = by_others(ends, End.WON), by_others(ends, End.LOST)
    steps = incidence(Duration(days=days, end=end) for days, end in ends.items())
    assert [step.day for step in steps] == sorted(day for day in ends if ends[day] is not End.OPEN)
    for step in steps:
        assert shares(step) == pytest.approx((won[step.day], lost[step.day]), abs=1e-9)


def shares(step: Step) -> tuple[float, float]:
    """Both shares of a day, to be held against others'."""
    return step.won, step.lost
