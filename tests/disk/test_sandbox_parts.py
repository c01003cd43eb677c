from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from vaultflow.disk.sandbox import filters, grammar
from vaultflow.disk.sandbox.bounds import (
    INERT,
    MAX_MADE,
    MAX_TEXT,
    LimitError,
    Rendering,
    as_text,
    kind,
)
from vaultflow.disk.sandbox.operators import apply_operator, check_repetition, check_size
from vaultflow.vault.markdown.escape import SUSPECT, Markdown, cell_link, escape
from vaultflow.vault.markdown.outline import block_outline

PLACES = (
    "{}",
    "- {}",
    "# {}",
    "> {}",
    "a\n{}\nb",
    "|a|b|\n|-|-|\n|{}|x|",
    "- [ ] {}\n\tb",
    "1. {}",
)


@settings(max_examples=300, deadline=None)
@given(text=st.text("aé1€$%&#:;.,-+()|`<[ \\'\"@/?–", max_size=8), place=st.sampled_from(PLACES))
def test_f36_inert_text_is_as_good_as_a_word_for_the_blocks_of_a_page(
    text: str, place: str
) -> None:
    written = escape(text)
    if INERT.fullmatch(written):
        word = "1" if written[0].isdigit() else "word"
        assert block_outline(place.format(written)) == block_outline(place.format(word))


@pytest.mark.parametrize(
    "text", ["Acme", "40% – Issues", "€12,000", "$5k", "R & D", "idle 3 days: call", "C#", "3 (4)"]
)
def test_usual_text_is_inert(text: str) -> None:
    rendering = Rendering()
    rendering.write(text)
    assert rendering.all_inert


@pytest.mark.parametrize("text", ["# x", "a|b", "- x", "`", "<b>", "[x]", "a*", "1. x", "50%"])
def test_other_text_is_not_inert_and_has_a_harmless_stand_in(text: str) -> None:
    rendering = Rendering(harmless=True)
    assert rendering.write(text) == "word"
    assert not rendering.all_inert


def test_a_link_in_a_cell_is_inert_and_one_with_a_bare_bar_is_not() -> None:
    rendering = Rendering()
    assert rendering.call(cell_link, "Deals/Acme", "Acme") == r"[[Deals/Acme\|Acme]]"
    assert rendering.all_inert
    rendering.call(Markdown, "[[Deals/Acme|Acme]]")
    assert not rendering.all_inert


def test_markdown_that_a_filter_only_passes_on_stays() -> None:
    text = Markdown("# x")
    assert Rendering(harmless=True).call(lambda value: value, text) == "# x"


def test_values_are_written_as_text() -> None:
    rendering = Rendering()
    assert [rendering.write(value) for value in (None, 1, 1.5, "a|b", Markdown("|"))] == [
        "",
        "1",
        "1.5",
        r"a\|b",
        "|",
    ]


def test_lists_and_records_have_no_text() -> None:
    values: tuple[object, ...] = ([], (), {})
    for value in values:
        with pytest.raises(TypeError, match="has no text of its own"):
            as_text(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [({}, "a record"), ((), "a list"), ([], "a list"), ("", "a text"), (1, "a int")],
)
def test_values_are_called_by_what_an_author_knows(value: object, expected: str) -> None:
    assert kind(value) == expected


def test_time_and_memory_end() -> None:
    with pytest.raises(LimitError, match="too long"):
        Rendering(seconds=-1).step()
    with pytest.raises(LimitError, match="too much"):
        Rendering().step(MAX_MADE + 1)
    assert Rendering(seconds=9).seconds_left > 8


def test_a_text_ends_at_its_limit() -> None:
    rendering = Rendering()
    assert len(rendering.bounded("x" * MAX_TEXT)) == MAX_TEXT
    with pytest.raises(LimitError):
        rendering.bounded("x" * (MAX_TEXT + 1))
    with pytest.raises(LimitError):
        rendering.join("x" * MAX_TEXT, "x")


def test_each_item_of_a_loop_is_counted() -> None:
    rendering = Rendering()
    assert list(rendering.each("ab", 1)) == ["a", "b"]
    with pytest.raises(LimitError):
        list(rendering.each("ab", MAX_MADE))


def test_what_a_filter_gives_is_a_list_and_bounded() -> None:
    assert Rendering().call(iter, [1, 2]) == [1, 2]
    with pytest.raises(LimitError):
        Rendering().call(lambda: "x" * (MAX_TEXT + 1))


@pytest.mark.parametrize(
    ("sign", "left", "right", "expected"),
    [
        ("+", 1, 2, 3),
        ("-", 1, 2.5, -1.5),
        ("*", "ab", 2, "abab"),
        ("*", 3, 4, 12),
        ("/", 1, 2, 0.5),
        ("//", 7, 2, 3),
        ("%", 7, 4, 3),
        ("**", 2, 10, 1024),
        ("+", "a", "b", "ab"),
        ("+", [1], [2], [1, 2]),
    ],
)
def test_operators_work_on_plain_values(
    sign: str, left: object, right: object, expected: object
) -> None:
    assert apply_operator(Rendering(), sign, left, right) == expected


@pytest.mark.parametrize(
    ("sign", "left", "right"), [("%", "%d", 1), ("*", [1], 2), ("+", "a", 1), ("-", {}, 1)]
)
def test_operators_refuse_what_they_are_not_for(sign: str, left: object, right: object) -> None:
    with pytest.raises(TypeError):
        apply_operator(Rendering(), sign, left, right)


def test_results_have_a_size() -> None:
    check_repetition("ab", MAX_TEXT // 2)
    check_size("**", 2, 2048)
    check_size("+", 10**600, 1)
    with pytest.raises(LimitError):
        check_repetition("ab", MAX_TEXT // 2 + 1)
    with pytest.raises(LimitError):
        check_size("**", 2, 2049)
    with pytest.raises(LimitError):
        check_size("*", 2**2048, 2**2047)


def test_filters_are_jinjas_harmless_ones_and_our_own() -> None:
    names = {*filters.jinja_filters(), *filters.own_filters(Rendering())}
    assert {"map", "default", "join", "link", "cell_link", "escape"} <= names
    assert not names & {"attr", "safe", "format", "center", "indent", "pprint", "tojson", "xmlattr"}
    assert "callable" not in filters.jinja_tests()


def test_a_field_of_a_record_or_the_value_itself() -> None:
    assert filters.field_of({"a": 1}, "a") == 1
    assert filters.field_of(3, "") == 3
    with pytest.raises(TypeError, match="no field `b`"):
        filters.field_of({"a": 1}, "b")


def test_numbers_are_rounded_and_added() -> None:
    assert filters.rounded(2.567, 2) == 2.57
    assert filters.rounded(2.567) == 3
    assert filters.rounded(5, -(10**9)) == 5
    assert filters.total([1, 2.5, None]) == 3.5
    assert filters.total([{"a": 1}, {"a": 2}], "a") == 3


def test_text_is_cut_at_a_blank() -> None:
    assert filters.truncate("one two three", 8) == "one two…"
    assert filters.truncate("one", 3) == "one"
    assert filters.truncate(None) == ""


def test_text_can_be_escaped_by_hand() -> None:
    assert filters.escaped("a|b") == r"a\|b"


def test_the_tree_of_a_template_counts_its_loops() -> None:
    tree = Environment(autoescape=False).parse("{% for a in b %}xyz{% endfor %}")  # noqa: S701
    loop = next(iter(grammar.bounded_tree(tree).find_all(nodes.For)))
    assert isinstance(loop.iter, nodes.Filter)
    assert loop.iter.name == grammar.EACH


def test_a_statement_that_templates_have_no_use_for_is_refused() -> None:
    tree = Environment(autoescape=False).parse("\n{% import 'x' as y %}")  # noqa: S701
    with pytest.raises(TemplateSyntaxError, match="no `import`") as caught:
        grammar.bounded_tree(tree)
    assert caught.value.lineno == 2


@given(st.text("aZ9ß中_ ,.'()/:–—€+-$%&#^|\t", max_size=8))
def test_unsuspicious_text_has_no_effect_wherever_it_stands(text: str) -> None:
    if text and not SUSPECT.search(text):
        assert escape(text) == text
        assert INERT.fullmatch(text)
