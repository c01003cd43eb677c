from __future__ import annotations

import re

import pytest

from vaultflow.pages.blocks.items import (
    Answer,
    gist,
    item_id,
    item_parts,
    link_name,
    read_items,
    with_bare_links,
)

ID = "vf-7k2m9qab3c"


def test_an_id_depends_on_all_that_it_is_made_of() -> None:
    ids = {
        item_id(*parts)
        for parts in [("a", "b", "c"), ("a", "b", ""), ("ab", "", "c"), ("a", "bc", ""), ("b",) * 3]
    }
    assert len(ids) == 5
    assert all(re.fullmatch(r"vf-[a-z2-7]{10}", ident) for ident in ids)


def test_an_id_is_the_same_on_every_machine() -> None:
    assert item_id("Deals/Acme.md", "ask", "2026-11-23") == "vf-lhbl4rqk5s"


def test_an_item_is_read_with_its_answers_and_notes() -> None:
    below = ["\t- next:: call", "\t- by::", "\t- on Monday", "", "more"]
    (item,) = read_items(["### [[Acme]]", f"- [x] What next? ^{ID}", *below])
    assert (item.id, item.state, item.text, item.owner) == (ID, "x", "What next?", "[[Acme]]")
    assert item.answers == (
        Answer(key="next", value="call", line=3),
        Answer(key="by", value="", line=4),
    )
    assert item.notes == ("on Monday",)
    assert (item.line, item.last_line) == (2, 5)


@pytest.mark.parametrize(
    "line",
    [
        f"- [ ] a ^{ID}",
        f"* [ ]  a ^{ID}  ",
        f"  + [ ] a ^{ID}",
        f"1. [ ] a ^{ID}",
        f"> - [ ] a ^{ID}",
        f"\t- [ ] a ^{ID}\r",
    ],
)
def test_any_list_marker_and_indent_makes_an_item(line: str) -> None:
    (item,) = read_items([line])
    assert (item.text, item.state) == ("a", " ")


@pytest.mark.parametrize(
    "line",
    [f"[ ] a ^{ID}", f"- a ^{ID}", "- [ ] a", "- [ ] a ^other", f"-[ ] a ^{ID}", f"- [] a ^{ID}"],
)
def test_other_lines_are_no_items(line: str) -> None:
    assert read_items([line]) == ()


def test_what_stands_behind_the_id_is_a_note() -> None:
    (item,) = read_items([f"- [ ] a ^{ID} call her"])
    assert item.notes == ("call her",)


def test_an_item_ends_where_the_indent_does() -> None:
    lines = [f"- [ ] a ^{ID}", "", "    deep", "", "flat", "    deep"]
    assert [item.last_line for item in read_items(lines)] == [3]


def test_an_item_below_an_item_is_its_own() -> None:
    outer, inner = read_items([f"- [ ] a ^{ID}", "\t- [x] b ^vf-b", "\t\t- next:: x"])
    assert (outer.last_line, outer.answers) == (1, ())
    assert inner.answers[0].value == "x"


def test_the_owner_is_the_items_own_link_before_the_headings() -> None:
    lines = [
        "## [[Acme]]",
        f"- [ ] ask [Beta](Deals/Beta%20BV.md) ^{ID}",
        "## None",
        "- [ ] x ^vf-b",
    ]
    assert [item.owner for item in read_items(lines)] == ["[Beta](Deals/Beta%20BV.md)", ""]


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("[[Acme]]", "Acme"),
        ("[[Deals/Acme.md|the deal]]", "Acme"),
        (r"[[Deals/Acme\|the deal]]", "Acme"),
        ("[[Acme#Log]]", "Acme"),
        ("[x](Deals/Acme%20BV.md)", "Acme BV"),
        ("[x](<Deals/Acme BV.md>)", "Acme BV"),
        ("none", ""),
    ],
)
def test_a_link_is_known_by_the_notes_name(link: str, name: str) -> None:
    assert link_name(link) == name


def test_a_gist_outlives_a_renaming_and_another_id() -> None:
    before, after = (
        read_items([f"## {link}", f"- [ ] call {link} ^{ident}"])[0]
        for link, ident in [("[[New]]", ID), ("[[Deals/New|New]]", "vf-b")]
    )
    assert gist(before) == gist(after) == ("New", "call New")
    assert with_bare_links("a [[b/c|d]] [e](f.md)") == "a c f"


def test_the_parts_of_an_items_line() -> None:
    parts = item_parts(f"\t- [x] What? ✅ 2026-11-23 ^{ID} mine\r\n")
    assert (parts["lead"], parts["state"], parts["text"]) == ("\t", "x", "What? ")
    assert (parts["stamps"], parts["id"], parts["tail"]) == ("✅ 2026-11-23 ", ID, "mine")
    with pytest.raises(ValueError, match="not the line of an item"):
        item_parts("- [ ] a")


@pytest.mark.parametrize(
    "line",
    [
        "\t- next::Send it",
        "\t- next::\u00a0Send it",
        "\t-\u00a0next:: Send it",
        "\tnext\u00a0::Send it",
    ],
)
def test_an_answer_needs_no_plain_blank_around_its_sign(line: str) -> None:
    (item,) = read_items(("- [ ] What is next? ^vf-aaaaaaaaaa", line))
    assert [(answer.key, answer.value) for answer in item.answers] == [("next", "Send it")]
    assert item.notes == ()


def test_three_colons_are_no_answer() -> None:
    (item,) = read_items(("- [ ] What is next? ^vf-aaaaaaaaaa", "\t- next:::Send it"))
    assert item.answers == ()
