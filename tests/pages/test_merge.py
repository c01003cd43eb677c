from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_builders import ASK, ask, block, fresh, merge, merged, page

from vaultflow.errors import Level
from vaultflow.pages.blocks import block as block_module
from vaultflow.pages.blocks.items import item_id, read_items

MODEST = settings(max_examples=40, deadline=None)

words = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029")
)
prose = st.lists(words.filter(lambda text: "vaultflow:" not in text), max_size=5).map("\n".join)
plain = prose.filter(
    lambda text: not re.search(r"^ {0,3}(```|~~~)|^(<{7}|>{7})|^---", text, re.MULTILINE)
)


def tick(text: str, lead: str, state: str = "x") -> str:
    ident = item_id(lead, ASK, "2026-11-23")
    ticked, count = re.subn(rf"\[.\]( .* \^{ident})", lambda match: f"[{state}]{match[1]}", text)
    assert count == 1
    return ticked


def state_of(text: str, lead: str) -> str:
    ident = item_id(lead, ASK, "2026-11-23")
    (item,) = (item for item in read_items(text.split("\n")) if item.id == ident)
    return item.state


def test_a_new_page_gets_its_hashes() -> None:
    assert re.search(r"^%% vaultflow:end focus [0-9a-f]{12} %%$", fresh(page("Acme")), re.MULTILINE)


def test_a_new_page_is_otherwise_as_rendered() -> None:
    text = fresh(page("Acme"))
    assert re.sub(r"(end focus) \w+", r"\1", text) == page("Acme")


def test_f12_nothing_new_changes_no_byte() -> None:
    text = fresh(page("Acme", "Beta"))
    assert merge(text, page("Acme", "Beta")) == merge(text, page("Acme", "Beta"))
    assert merge(text, page("Acme", "Beta")).text == text


def test_f12_an_untouched_block_with_ticks_and_notes_keeps_every_byte() -> None:
    text = tick(fresh(page("Acme")), "Acme").replace(
        "\t- next::", "\n\t* my own note  \n    - next::   call  "
    )
    assert merge(text, page("Acme")).text == text


@MODEST
@given(above=plain, below=prose, ending=st.sampled_from(["\n", "\r\n"]), bom=st.booleans())
def test_f30_text_outside_blocks_is_byte_identical(
    above: str, below: str, ending: str, bom: bool
) -> None:
    ours = fresh(block("focus", *ask("Acme")))
    head = ("\ufeff" if bom else "") + f"{above}\n".replace("\n", ending)
    existing = head + ours.replace("\n", ending) + below
    text = merged(existing, block("focus", *ask("Beta"), *ask("Gamma")))
    assert text.startswith(head)
    assert text.endswith(f"%%{ending}{below}")
    assert "Beta" in text
    if ending == "\r\n":
        assert "\n" not in text.removesuffix(below).replace("\r\n", "")


def test_f30_a_page_without_final_newline_keeps_none() -> None:
    existing = fresh(block("focus", *ask("Acme"))).rstrip("\n")
    assert merged(existing, block("focus", *ask("Beta"))).endswith("%%")


def test_f30_front_matter_and_front_matter_alone_is_kept() -> None:
    head = "---\nfoo: bar  # mine\n%% vaultflow:begin focus %%\n---\n"
    existing = head + fresh(block("focus", *ask("Acme")))
    assert merged(existing, block("focus", *ask("Beta"))).startswith(head)


leads = st.lists(st.sampled_from(["Acme", "Beta", "Gamma", "Delta"]), unique=True, min_size=1)


@MODEST
@given(
    runs=st.lists(leads, min_size=1, max_size=8), state=st.sampled_from(["x", "X", "/", "-", "é"])
)
def test_f29_a_tick_survives_regenerations_and_reordering(
    runs: list[list[str]], state: str
) -> None:
    text = tick(fresh(page("Acme", "Beta")), "Acme", state)
    text = text.replace("\t- next::", "\t- next:: call her", 1)
    for names in runs:
        text = merged(text, page(*names))
        assert state_of(text, "Acme") == state
        assert text.count("\t- next:: call her") == 1
        assert len(read_items(text.split("\n"))) == len({*names, "Acme"})


def test_f29_a_tick_survives_a_hundred_regenerations() -> None:
    text = tick(fresh(page("Acme", "Beta")), "Acme")
    for turn in range(100):
        text = merged(text, page(*(["Beta", "Acme"] if turn % 2 else ["Acme", f"New {turn}"])))
    assert state_of(text, "Acme") == "x"


def test_f29_a_tick_survives_the_renaming_of_its_lead() -> None:
    # Obsidian updates the link in the page; the id in the next rendering is a new one.
    text = tick(fresh(page("Acme", "Beta")), "Acme").replace("[[Acme]]", "[[Deals/Acme Group]]")
    text = text.replace("\t- next::", "\t- next:: call", 1)
    after = merge(text, page("Acme Group", "Beta"))
    assert after.text is not None
    assert state_of(after.text, "Acme Group") == "x"
    assert after.text.count("next:: call") == 1
    assert "Kept by" not in after.text
    assert "Done or dropped" not in after.text


def test_f29_a_tick_follows_its_item_into_another_block() -> None:
    both = block("focus", *ask("Acme")) + block("due", *ask("Beta"))
    swapped = block("focus", *ask("Beta")) + block("due", *ask("Acme"))
    text = merged(tick(fresh(both), "Acme"), swapped)
    assert state_of(text, "Acme") == "x"
    assert "Done or dropped" not in text


def test_a_dropped_item_says_whose_it_was_and_stays() -> None:
    text = tick(fresh(page("Acme", "Beta")), "Acme")
    text = text.replace("\t- next::", "\t- next:: call", 1)
    text = merged(text, page("Beta"))
    ident = item_id("Acme", ASK, "2026-11-23")
    expected = f"\n\n**Done or dropped**\n- [x] {ASK} ([[Acme]]) ^{ident}\n\t- next:: call\n%%"
    assert expected in text
    assert expected in merged(text, page("Gamma"))


def test_an_untouched_item_vanishes() -> None:
    assert "Acme" not in merged(fresh(page("Acme", "Beta")), page("Beta"))


def test_a_dropped_item_that_is_asked_again_moves_back_up() -> None:
    text = merged(tick(fresh(page("Acme", "Beta")), "Acme"), page("Beta"))
    text = merged(text, page("Acme", "Beta"))
    assert (
        text
        == tick(fresh(page("Acme", "Beta")), "Acme").replace(
            "\n%% vaultflow:end", "\n\n**Done or dropped**\n%% vaultflow:end"
        )
        or "Done or dropped" not in text
    )
    assert state_of(text, "Acme") == "x"


def test_what_was_typed_behind_the_id_becomes_a_note() -> None:
    ident = item_id("Acme", ASK, "2026-11-23")
    text = fresh(page("Acme")).replace(f"^{ident}", f"^{ident} call her today")
    assert merge(text, page("Acme")).text == text
    assert f"^{ident}\n\t- next::\n\t- by::\n\t- call her today\n" in merged(
        text, page("Acme", "Beta")
    )


def test_a_note_below_an_item_stays_with_it() -> None:
    text = fresh(page("Acme", "Beta")).replace("\t- by::", "\t- by::\n\t- asks for a discount", 1)
    after = merge(text, page("Beta", "Acme"))
    assert after.text is not None
    assert after.text.index("[[Acme]]") < after.text.index("asks for a discount")
    assert after.findings == ()


def test_an_answer_under_a_key_of_the_users_own_stays() -> None:
    text = fresh(page("Acme", "Beta")).replace("\t- by::", "\t- by::\n\t- mood:: fine", 1)
    after = merged(text, page("Beta", "Acme"))
    assert after.count("\t- mood:: fine") == 1


def test_f31_a_line_typed_into_a_block_moves_below_it() -> None:
    text = fresh(page("Acme")).replace("### [[Acme]]", "### [[Acme]]\n\nRemember the cake!\n")
    after = merge(text, page("Beta"))
    assert after.text is not None
    assert "%%\n\n> [!note] Kept by VaultFlow 2026-11-23\n" in after.text
    assert "> Remember the cake!\n" in after.text
    assert merge(after.text, page("Beta")).text == after.text
    (finding,) = after.findings
    assert (finding.level, finding.code) == (Level.WARNING, "block-edited")
    assert text.split("\n")[finding.line - 1] in ("", "Remember the cake!")


def test_f31_only_the_users_own_lines_move_when_the_hash_tells() -> None:
    text = fresh(page("Acme")).replace("### [[Acme]]\n", "### [[Acme]]\nmine 1\nmine 2\n")
    after = merged(text, page("Beta"))
    assert "> mine 1\n> mine 2\n\n## My notes\n" in after
    assert after.count("> ") == 3


def test_f31_a_changed_line_is_kept_as_it_was_changed() -> None:
    text = fresh(page("Acme")).replace("### [[Acme]]", "### [[Acme]] is a good one")
    assert "> ### [[Acme]] is a good one\n" in merged(text, page("Acme"))


def test_f31_a_changed_question_is_kept_without_its_id() -> None:
    text = fresh(page("Acme")).replace(ASK, "What now?")
    after = merged(text, page("Acme"))
    assert "> - [ ] What now?\n" in after
    assert after.count(item_id("Acme", ASK, "2026-11-23")) == 1


def test_f31_a_line_deleted_from_a_block_comes_back() -> None:
    text = fresh(page("Acme"))
    assert merged(text.replace("### [[Acme]]\n", ""), page("Acme")) == text


def test_f31_text_right_below_the_block_does_not_join_the_callout() -> None:
    text = fresh(block("focus", *ask("Acme"))).replace("### ", "mine\n### ") + "yours\n"
    assert merged(text, block("focus", *ask("Acme"))).endswith("> mine\n\nyours\n")


@MODEST
@given(
    mine=st.lists(
        # Neither a fence, as code hides markers, nor a mark of git: then the page is left alone.
        st.text("ab -*#>|:[]`", min_size=1)
        .filter(str.strip)
        .filter(lambda line: "```" not in line and ">" * 7 not in line),
        min_size=1,
        max_size=3,
    ),
    at=st.integers(0, 8),
    names=leads,
)
def test_f31_user_text_in_a_block_is_never_lost(mine: list[str], at: int, names: list[str]) -> None:
    lines = fresh(block("focus", *ask("Acme"), *ask("Beta"))).split("\n")
    lines[1 + at : 1 + at] = mine
    after = merged("\n".join(lines), block("focus", *(x for name in names for x in ask(name))))
    for line in mine:
        assert line.strip() in after


def test_a_block_without_hash_is_the_users_until_it_is_filled() -> None:
    text = "%% vaultflow:begin focus %%\nmine\n%% vaultflow:end focus %%\n"
    after = merged(text, page("Acme"))
    assert "[[Acme]]" in after
    assert "> mine\n" in after


def test_f32_the_same_id_twice_with_equal_text_leaves_the_ticked_one() -> None:
    text = fresh(page("Acme"))
    line = next(line for line in text.split("\n") if "- [ ]" in line)
    twice = text.replace(line, f"{line}\n{line.replace('[ ]', '[x]')}")
    after = merged(twice, page("Acme"))
    assert state_of(after, "Acme") == "x"
    assert "Kept" not in after


def test_f32_the_same_id_twice_with_two_texts_keeps_both() -> None:
    text = fresh(page("Acme"))
    line = next(line for line in text.split("\n") if "- [ ]" in line)
    twice = text.replace(line, f"{line}\n{line.replace('[ ] What', '[x] And what')}")
    after = merged(twice, page("Acme"))
    assert state_of(after, "Acme") == "x"
    assert f"> - [x] And {ASK[0].lower()}{ASK[1:]}" in after


BEGIN = "%% vaultflow:begin focus %%"
END = "%% vaultflow:end focus 0123456789ab %%"


@pytest.mark.parametrize(
    ("text", "code", "lines"),
    [
        (f"{BEGIN}\na\n", "marker-unclosed", [1]),
        (f"a\n{END}\n", "marker-unopened", [2]),
        (f"{END}\na\n{BEGIN}\n", "marker-reversed", [1, 3]),
        (f"{BEGIN}\n{END}\n{BEGIN}\n{END}\n", "marker-twice", [1, 2, 3, 4]),
        (f"{BEGIN}\n{BEGIN}\n{END}\n", "marker-twice", [1, 2, 3]),
        (
            f"{BEGIN}\n%% vaultflow:begin due %%\n{END}\n%% vaultflow:end due %%\n",
            "marker-nested",
            [1, 2, 3, 4],
        ),
        (
            f"{BEGIN}\n%% vaultflow:begin due %%\n%% vaultflow:end due %%\n{END}\n",
            "marker-nested",
            [1, 2, 3, 4],
        ),
        (f"{BEGIN}\n<<<<<<< HEAD\n=======\n>>>>>>> b\n{END}\n", "page-conflict", [2, 4]),
        (f"{BEGIN}\n```\n{END}\n", "marker-unclosed", [1]),
    ],
)
def test_f32_a_broken_marker_writes_nothing_and_names_its_lines(
    text: str, code: str, lines: list[int]
) -> None:
    after = merge(text, page("Acme"))
    assert after.text is None
    assert {finding.code for finding in after.findings} == {code}
    assert [finding.line for finding in after.findings] == lines
    assert all(finding.level is Level.ERROR and finding.hint for finding in after.findings)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mine alone\n",
        f"```\n{BEGIN}\n{END}\n```\n",
        f"~~~~ md\n{BEGIN}\n~~~\n{END}\n~~~~\n",
        f"---\n{BEGIN}\n{END}\n---\nmine\n",
        f"text {BEGIN}\n> {END}\n",
    ],
)
def test_f32_a_page_without_markers_is_released(text: str) -> None:
    after = merge(text, page("Acme"))
    assert after.text is None
    assert [(finding.level, finding.code) for finding in after.findings] == [
        (Level.INFO, "page-released")
    ]


def test_f32_a_block_that_was_taken_off_stays_away() -> None:
    both = block("focus", *ask("Acme")) + block("due", *ask("Beta"))
    existing = fresh(block("focus", *ask("Acme")))
    after = merge(existing, both)
    assert after.text == existing
    assert [finding.code for finding in after.findings] == ["block-released"]
    assert "'due'" in after.findings[0].message


def test_a_block_of_another_template_is_left_as_it_is() -> None:
    other = fresh(block("other", *ask("Gamma")))
    assert merged(other + fresh(block("focus", *ask("Acme"))), page("Beta")).startswith(other)


def test_block_ids_are_compared_to_the_letter() -> None:
    existing = fresh(block("Focus", *ask("Acme")))
    after = merge(existing, block("focus", *ask("Acme")))
    assert after.text == existing


def test_a_template_with_broken_markers_writes_nothing() -> None:
    after = merge(None, f"{BEGIN}\n")
    assert after.text is None
    assert [finding.code for finding in after.findings] == ["marker-unclosed"]


def test_f29_the_day_that_a_plugin_notes_with_a_tick_is_no_edit() -> None:
    ident = item_id("Acme", ASK, "2026-11-23")
    for stamp in ("✅ 2026-11-23", "[completion:: 2026-11-23]", "❌ 2026-11-23 ✅ 2026-11-24"):
        text = tick(fresh(page("Acme", "Beta")), "Acme")
        text = text.replace(f"^{ident}", f"{stamp} ^{ident}")
        assert merge(text, page("Acme", "Beta")).text == text
        after = merged(text, page("Beta", "Acme"))
        assert f"- [x] {ASK} {stamp} ^{ident}\n" in after
        assert "Kept by" not in after
        assert f"- [x] {ASK} ([[Acme]]) {stamp} ^{ident}\n" in merged(text, page("Beta"))


def test_f18_carried_lines_take_the_pages_line_ends() -> None:
    text = tick(fresh(page("Acme", "Beta")), "Acme").replace("\t- by::", "\t- by::\n\t- mine", 1)
    crlf = text.replace("### [[Acme]]", "typed\n### [[Acme]]").replace("\n", "\r\n")
    for leads_today in (("Beta",), ("Beta", "Acme")):
        after = merged(crlf, page(*leads_today))
        assert "\t- mine\r\n" in after
        assert "> typed\r\n" in after
        assert "\n" not in after.replace("\r\n", "")


def test_f31_a_note_moves_with_its_item_into_a_block_that_is_current() -> None:
    # Once lost: the item stood in both blocks, and the one that kept it had nothing to change.
    both = block("focus", *ask("Acme")) + block("due", *ask("Acme"))
    due = both.index("begin due")
    text = fresh(both)
    noted = text[:due] + text[due:].replace("\t- by::", "\t- by::\n\t- mine")
    after = merged(noted, block("focus", *ask("Acme")) + block("due", *ask("Beta")))
    assert after.count("\t- mine\n") == 1
    assert after.index("mine") < after.index("begin due")


def test_an_item_in_two_blocks_is_two_items() -> None:
    both = block("focus", *ask("Acme")) + block("due", *ask("Acme"))
    text = fresh(both).replace("[ ]", "[x]", 1).replace("\t- by::", "\t- by::\n\t- mine", 1)
    after = merged(text, both.replace("### [[Acme]]", "### [[Acme]] (new)"))
    assert after.count("[x]") == 1
    assert after.count("mine") == 1


@given(st.lists(st.sampled_from(["Acme", "Beta", "Gamma"]), unique=True), st.integers(0, 2))
def test_a_page_brought_up_to_date_is_the_page_made_anew(leads: list[str], blanks: int) -> None:
    def rendered(names: list[str]) -> str:
        body = [line for lead in names for line in ask(lead)]
        return f"# Review\n\n{block('focus', '', *body, *[''] * blanks)}\n## My notes\n"

    assert merged(fresh(rendered(["Acme", "Delta"])), rendered(leads)) == fresh(rendered(leads))


def test_a_blank_line_stays_between_the_dropped_items_and_the_end_marker() -> None:
    def rendered(*leads: str) -> str:
        return block("focus", "", *(line for lead in leads for line in ask(lead)), "")

    ticked = fresh(rendered("Acme", "Beta")).replace("- [ ]", "- [x]", 1)
    gone = merged(ticked, rendered("Beta"))
    assert "**Done or dropped**" in gone
    assert "\n\n%% vaultflow:end focus" in gone
    later = merged(gone, rendered("Gamma"))
    assert later.count("\n\n%% vaultflow:end focus") == 1
    assert "\n\n\n" not in later


TOUCHES = (
    ("- [ ]", "- [x]"),
    ("\t- next::", "\t- next:: Send it"),
    ("\t- by::", "\t- by ::"),
    ("\t- by::", "\t- by::\n\t- [completion:: 2026-11-20]"),
    (" ^vf-", " ✅ 2026-11-20 ^vf-"),
    (" ^vf-", " [completion:: 2026-11-20] ^vf-"),
    ("\n\t- next", " tail\n\t- next"),
    ("\n\t- next", "  \n\t- next"),
    ("\t- by::", "\t- by::\n\t- She is back on Monday."),
    ("### ", "### My "),
    ("- [ ]", "  - [ ]"),
    ("%% vaultflow:end", "**Done or dropped**\n- [x] Old ^vf-abc\n%% vaultflow:end"),
)


@settings(max_examples=300, deadline=None)
@given(
    was=st.lists(st.sampled_from(["Acme", "Beta", "Gamma"]), unique=True),
    now=st.lists(st.sampled_from(["Acme", "Beta", "Gamma"]), unique=True),
    touches=st.lists(st.tuples(st.sampled_from(TOUCHES), st.integers(0, 2)), max_size=3),
)
def test_a_block_that_is_taken_for_untouched_comes_out_as_after_a_close_look(
    was: list[str], now: list[str], touches: list[tuple[tuple[str, str], int]]
) -> None:
    existing = fresh(page(*was))
    for (old, new), at in touches:
        before, mark, behind = existing.partition(f"### [[{was[at]}]]" if at < len(was) else "#")
        existing = before + mark + behind.replace(old, new, 1)
    quick = merge(existing, page(*now))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(block_module, "are_untouched", lambda _lines: False)
        assert merge(existing, page(*now)) == quick
