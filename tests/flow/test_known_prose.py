"""What a note says besides its plain paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from swift_builders import PATH, notes

from vaultflow.flow.known.prose import MOST_BYTES, bones
from vaultflow.vault.markdown.budget import BUDGET, LINE_COST
from vaultflow.vault.plain import to_plain
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from vaultflow.vault.plain import Plain

LEAD = "---\ntype: lead\n---\n# Acme\n\nThey asked twice.\n\n## Log\n- 2026-11-02 call\n"
PARAGRAPHS = (
    "Costs: 5% of €3,000, see https://x.y/z or a@b.de",
    "Words.",
    "Some words, and more;\nof é two lines!",
    "a",
    "Log",
    "He said “no”\n",
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("They asked twice.", "They asked thrice, or so."),
        ("They asked twice.", "Asked: for 5% less than €3/piece."),
        ("They asked twice.", "They asked.\n\nAnd then they did not."),
        ("They asked twice.\n\n", ""),
        ("They asked twice.", "They asked\ntwice,\nno less."),
        ("# Acme\n", "Before all else.\n\n# Acme\n"),
    ],
)
def test_plain_paragraphs_are_left_out(old: str, new: str) -> None:
    assert bones(LEAD.replace(old, new)) == bones(LEAD)


def test_a_first_paragraph_is_left_out_too() -> None:
    head = "---\ntype: lead\n---\n"
    assert bones(f"{head}Words.\n") == bones(f"{head}\n\n\n") == bones(head)
    assert bones("Words.\n") == bones("") == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("They asked twice.", "They asked [[Beta]] twice."),
        ("They asked twice.", "They asked twice. #hot"),
        ("They asked twice.", "asked:: twice"),
        ("They asked twice.", "They _asked_ twice."),
        ("They asked twice.", "They asked %%twice%%."),
        ("They asked twice.", "- They asked twice."),
        ("They asked twice.", "They asked twice.\n---"),
        ("They asked twice.", "They asked twice. ^id"),
        ("They asked twice.", "They asked twice. %%"),
        ("type: lead\n", "type: lead\n\nWords.\n\n"),
        ("call\n", "call\n\nThey asked twice.\n"),
        ("call\n", "call\nThey asked twice.\n"),
        ("---\n# Acme", "# Acme"),
        ("---\ntype", "\n---\ntype"),
        ("call", "email"),
    ],
)
def test_whatever_else_is_written_shows(old: str, new: str) -> None:
    assert bones(LEAD.replace(old, new)) != bones(LEAD)


def without_lines(value: Plain) -> Plain:
    """The same without numbers of lines."""
    if isinstance(value, dict):
        return {key: without_lines(held) for key, held in value.items() if key != "line"}
    return [without_lines(held) for held in value] if isinstance(value, list) else value


@given(
    st.lists(notes, min_size=1, max_size=4).map("\n\n".join),
    st.sampled_from(PARAGRAPHS),
    st.integers(0, 5),
)
@example("# A\n\n- a\n\n    b\n", "Words.", 2)
@example("```\na\n\nb\n```\n", "Words.", 1)
@example("<!--\n\nb\n\n-->\n", "Words.", 2)
def test_notes_that_are_the_same_but_for_plain_paragraphs_say_the_same(
    text: str, paragraph: str, place: int
) -> None:
    parts = text.split("\n\n")
    parts.insert(place, paragraph)
    other = "\n\n".join(parts)
    if bones(other) == bones(text):
        said, meant = (to_plain(read_note(PATH, one.encode())) for one in (other, text))
        assert without_lines(said) == without_lines(meant)


BEGINNINGS = st.sampled_from(["", "\n", "\n\n", "\ufeff", "\n\n\ufeff", "Words.\n\n", "Words.\n"])


@given(
    st.tuples(BEGINNINGS, BEGINNINGS),
    st.sampled_from(["", "---\ntype: lead\n---\n", "---\ntype: {{x}}\n---"]),
    st.lists(notes, max_size=2).map("\n\n".join),
    st.tuples(st.booleans(), st.booleans()),
)
@example(("", "Words.\n\n"), "---\ntype: lead\n---", "", (True, True))
@example(("\n\n", "Words.\n\n"), "---\ntype: lead\n---", "", (True, True))
@example(("\ufeff", "Words.\n\n\ufeff"), "## Log\n- 2026-11-22 call\n", "", (False, False))
def test_what_stands_before_the_properties_is_plain_only_where_it_changes_nothing(
    beginnings: tuple[str, str], properties: str, text: str, ends: tuple[bool, bool]
) -> None:
    one, other = (
        (
            f"{beginning}{properties}{text}".rstrip("\n")
            if is_cut
            else f"{beginning}{properties}{text}"
        )
        for beginning, is_cut in zip(beginnings, ends, strict=True)
    )
    if bones(one) == bones(other):
        said, meant = (to_plain(read_note(PATH, each.encode())) for each in (one, other))
        assert without_lines(said) == without_lines(meant)


def test_most_places_for_a_paragraph_are_known_to_be_harmless() -> None:
    parts = LEAD.split("\n\n")
    harmless = [
        place
        for place in range(len(parts) + 1)
        if bones("\n\n".join([*parts[:place], "Words.", *parts[place:]])) == bones(LEAD)
    ]
    assert harmless == [1, 2]


def test_of_a_lead_that_is_looked_through_all_is_read_however_it_grows() -> None:
    assert MOST_BYTES * (1 + LINE_COST) <= BUDGET
