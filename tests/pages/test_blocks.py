from __future__ import annotations

import pytest
from merge_builders import ask

from vaultflow.pages.blocks.block import MAX_RUN, Block, find_additions, read_block


def block(*lines: str) -> Block:
    return read_block(lines)


PLAIN = ask("Acme")
SEAL = block(*PLAIN).seal()


@pytest.mark.parametrize(
    "lines",
    [
        [line.replace("[ ]", "[x]") for line in PLAIN],
        [line.replace("next::", "next:: call") for line in PLAIN],
        [line.replace("\t- next::", "    * next::") for line in PLAIN],
        [f"{line}  \r" for line in PLAIN],
        [*PLAIN, "", "  "],
        [*PLAIN, "", "**Done or dropped**", "- [x] old ^vf-old"],
        [f"{line} my note" if "^vf-" in line else line for line in PLAIN],
    ],
)
def test_a_hash_does_not_count_what_users_are_meant_to_do(lines: list[str]) -> None:
    assert block(*lines).seal() == SEAL


@pytest.mark.parametrize(
    "lines",
    [[*PLAIN, "mine"], PLAIN[1:], PLAIN[:-1], [f"{PLAIN[0]}!", *PLAIN[1:]], [*PLAIN, "\t- mine"]],
)
def test_a_hash_tells_every_other_change(lines: list[str]) -> None:
    assert block(*lines).seal() != SEAL


def test_a_block_is_split_at_done_or_dropped() -> None:
    read = block("a", "", "**Done or dropped**", "- [x] b ^vf-b", "")
    assert (read.lines, read.dropped) == (("a",), ("- [x] b ^vf-b",))
    assert [item.id for item in read.items] == []


def test_nothing_is_added_to_a_block_as_generated() -> None:
    found = find_additions(block(*PLAIN), SEAL, block(*PLAIN))
    assert (found.below_items, found.elsewhere, found.explained) == (frozenset(), (), True)


def test_notes_below_items_are_told_even_when_the_fresh_text_is_another() -> None:
    lines = [*PLAIN, "\t- mine", "\t  more"]
    found = find_additions(block(*lines), SEAL, block("else"))
    assert (found.below_items, found.elsewhere, found.explained) == (frozenset({4, 5}), (), True)


def test_a_run_of_lines_is_told_by_the_hash_alone() -> None:
    lines = [PLAIN[0], "mine", "", "more", *PLAIN[1:]]
    found = find_additions(block(*lines), SEAL, block("else"))
    assert (found.elsewhere, found.explained) == ((1, 2, 3), True)


def test_a_run_and_notes_are_told_together() -> None:
    lines = [PLAIN[0], "mine", *PLAIN[1:], "\t- note"]
    found = find_additions(block(*lines), SEAL, block("else"))
    assert (found.below_items, found.elsewhere) == (frozenset({5}), (1,))


def test_what_the_hash_does_not_explain_is_told_by_comparing() -> None:
    lines = ["mine", *PLAIN, "more"]
    found = find_additions(block(*lines), SEAL, block(*PLAIN))
    assert (found.elsewhere, found.explained) == ((0, 5), False)


def test_a_long_run_is_told_by_comparing() -> None:
    lines = [*PLAIN, *(f"mine {number}" for number in range(MAX_RUN + 1))]
    found = find_additions(block(*lines), SEAL, block(*PLAIN))
    assert found.elsewhere == tuple(range(4, 4 + MAX_RUN + 1))


def test_a_large_block_is_judged_in_time() -> None:
    rows = [f"| row {number} | {'x' * 60} |" for number in range(3000)]
    changed = [*rows[:1500], "mine", *rows[1500:], "more"]
    found = find_additions(block(*changed), block(*rows).seal(), block(*rows))
    assert found.elsewhere == (1500, 3001)
