"""A hundred thousand odd notes: the quick reader gives what the parser gives, or leaves them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from swift_builders import assert_read_alike, damaged, notes

EXAMPLES = Path(__file__).parent.parent.parent / "example-vault"
WRITTEN = [path.read_text("utf-8") for path in sorted(EXAMPLES.rglob("*.md"))]

_thoroughly = settings(
    max_examples=50_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@_thoroughly
@given(notes)
def test_notes_of_all_kinds_of_lines_are_read_alike(text: str) -> None:
    assert_read_alike(text)


@_thoroughly
@given(damaged(WRITTEN))
def test_damaged_notes_are_read_alike(text: str) -> None:
    assert_read_alike(text)
