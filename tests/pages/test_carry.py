from __future__ import annotations

from merge_builders import ASK, ask

from vaultflow.pages.blocks.block import Additions, read_block
from vaultflow.pages.blocks.carry import (
    Known,
    carried_lines,
    dropped_lines,
    known_items,
    match_items,
)
from vaultflow.pages.blocks.items import item_id

ID = item_id("Acme", ASK, "2026-11-23")


def known(
    *lines: str, below: frozenset[int] = frozenset(), name: str = "focus"
) -> tuple[Known, ...]:
    additions = Additions(below_items=below, elsewhere=(), explained=True)
    return tuple(known_items(name, read_block(lines), additions))


def test_an_item_is_touched_by_tick_answer_note_or_tail() -> None:
    heading, line, next_field, by_field = ask("Acme")
    assert not known(heading, line, next_field, by_field)[0].touched
    assert known(line.replace("[ ]", "[/]"))[0].touched
    assert known(line, f"{next_field} call")[0].touched
    assert known(line, "\t- mine", below=frozenset({1}))[0].touched
    assert known(f"{line} mine")[0].touched


def test_the_own_blocks_item_comes_first_and_the_ticked_one_next() -> None:
    line = ask("Acme")[1]
    here, there = known(line), known(line.replace("[ ]", "[x]"), name="due")
    fresh = {"focus": read_block([line]).items}
    assert match_items(fresh, [*there, *here])["focus", ID] == (*here, *there)


def test_a_tick_in_another_block_counts() -> None:
    line = ask("Acme")[1]
    both = (*known(line), *known(line.replace("[ ]", "[x]"), name="due"))
    fresh = read_block([line])
    matches = match_items({"focus": fresh.items}, both)
    assert carried_lines(fresh, "focus", matches) == (line.replace("[ ]", "[x]"),)


def test_a_second_answer_to_the_same_question_is_kept_too() -> None:
    _, line, field, _ = ask("Acme")
    both = (*known(line, f"{field} call"), *known(line, f"{field} write", name="due"))
    fresh = read_block([line, field])
    matches = match_items({"focus": fresh.items}, both)
    assert carried_lines(fresh, "focus", matches) == (line, f"{field} call", f"{field} write")


def test_a_dropped_item_keeps_answers_and_notes_and_loses_its_indent() -> None:
    _, line, field, other = ask("Acme")
    (item,) = known(
        f"\t{line} tail", f"\t{field} call", f"\t{other}", "\t\t- mine", below=frozenset({3})
    )
    assert dropped_lines(item) == (line, "\t- tail", f"{field} call", "\t- mine")


def test_a_dropped_item_with_a_link_of_its_own_is_not_given_another() -> None:
    (item,) = known("## [[Beta]]", f"- [x] call [[Acme]] ^{ID}")
    assert dropped_lines(item) == (f"- [x] call [[Acme]] ^{ID}",)
