"""What a loop wrote for an item is found again, and nobody can tell by the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from template_builders import templates

from vaultflow.disk.sandbox.bounds import Rendering
from vaultflow.disk.sandbox.environment import run_template
from vaultflow.disk.sandbox.passages import Passages, identity
from vaultflow.errors import TemplateError
from vaultflow.pages.wording import FILTERS
from vaultflow.vault.plain import ShownAgain

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = """\
| lead | stage |
| --- | --- |
{% for row in leads %}
| {{ row.name | cell_link }} | {{ row.stage }} |
{% endfor %}
"""
BODIES = (
    "{{ row.name }}",
    "{{ row.name | cell_link }} {{ row.days + 1 }}",
    "{{ loop.index }} {{ row.name }}",
    "{% if row.days > few %}{{ row.name }}{% else %}{{ few }}{% endif %}",
    "{% for part in row.parts %}{{ part }} {{ row.name }} {{ few }}{% endfor %}",
    "{% for row in row.parts %}{{ row }}{% endfor %}{{ row.name }}",
    "{% for part in row.parts %}{{ loop.index }}{% endfor %}{{ row.days / few }}",
    "{% set seen = row.name %}{{ seen }}",
    '{% include "part" %}',
    "{{ shown(row.name) }}",
    '{{ row.parts | join(", ") ~ shown(few) }}',
    "{{ row.name | truncate(3) ~ few }}{{ other.name }}",
    "{{ row[key] }}{{ row.parts[:1] | first | default(few) }}",
    "{% set outer = loop %}{% for part in row.parts %}{{ outer.index }}{{ part }}{% endfor %}",
    "{{ told(loop) }}",
)
START = (
    "{% macro shown(text) %}<{{ text }}>{% endmacro %}{% set other = leads | first %}"
    '{% macro told(outer) %}{% for sign in "aa" %}{{ outer.index }}{{ sign }}{% endfor %}'
    "{% endmacro %}"
)


class Row(ShownAgain, frozen=True, kw_only=True):
    name: str
    days: float = 0
    parts: tuple[str, ...] = ()
    stage: str = ""


ROW = st.builds(
    Row,
    name=st.text("ab|*_<`#", max_size=3),
    days=st.sampled_from([0, 1, True, 1.0, 2]),
    parts=st.lists(st.text("ab|", max_size=2), min_size=1, max_size=2).map(tuple),
)
FEW = st.sampled_from([1, True, 1.0, 2, "1"])


def rendered(source: str, record: Mapping[str, object], passages: Passages | None) -> str:
    """The page, or how rendering it fails."""
    vault = templates(page=source, part="{{ row.name }} of {{ few }}")
    try:
        return vault.render("page", record, FILTERS, passages=passages)
    except TemplateError as error:
        return str(error)


@settings(max_examples=150, deadline=None)
@given(
    body=st.sampled_from(BODIES),
    rows=st.lists(ROW, min_size=1, max_size=4),
    rounds=st.lists(
        st.tuples(st.lists(st.integers(0, 3), max_size=5), FEW, st.sampled_from(["name", "days"])),
        min_size=1,
        max_size=4,
    ),
)
def test_a_page_with_passages_is_the_page_without(
    body: str,
    rows: list[Row],
    rounds: list[tuple[list[int], object, str]],
) -> None:
    source = f"{START}{{% for row in leads %}}\n- {body}\n{{% endfor %}}\n"
    passages = Passages()
    for chosen, few, key in rounds:
        leads = [rows[number % len(rows)] for number in chosen]
        record = {"leads": leads, "few": few, "key": key}
        assert rendered(source, record, passages) == rendered(source, record, None)


def test_the_rows_that_did_not_change_are_not_written_anew() -> None:
    written: list[str] = []

    def told(text: str) -> str:
        written.append(text)
        return text

    vault = templates(page="{% for row in leads %}{{ row.name | told }},{% endfor %}")
    passages = Passages()
    first, second, third = (Row(name=name) for name in "abc")
    pages = [
        vault.render("page", {"leads": leads}, {"told": told}, passages=passages)
        for leads in (
            (first, second, third),
            (third, first, Row(name="B")),
            (Row(name="B"), third),
            (second,),
        )
    ]
    assert pages == ["a,b,c,", "c,a,B,", "B,c,", "b,"]
    assert written == ["a", "b", "c", "B", "B", "b"]


def test_what_the_last_rendering_did_not_need_is_forgotten() -> None:
    passages = Passages()
    gone, stays = Row(name="a"), Row(name="b")
    for leads in ([gone, stays], [stays]):
        rendered(TABLE, {"leads": leads}, passages)
    assert [passage.about for passage in passages.kept] == [(stays.plain,)]


@pytest.mark.parametrize("again", [False, True])
def test_f36_text_that_is_known_already_still_cannot_change_the_blocks(*, again: bool) -> None:
    source = "{% for row in leads %}<p>{{ row.name }}</p>\n\n`{{ row.name }}`\n{% endfor %}"
    passages = Passages()
    leads = [Row(name="x <b> `"), Row(name="x <b> `"), Row(name="y")]
    table = (
        '|a|\n|-|\n{% for row in leads %}|{{ row.name | replace("/", row.name) }}|\n{% endfor %}'
    )
    for page in (source, table, TABLE.replace("row.stage", "row.name")):
        if again:
            rendered(page, {"leads": leads}, passages)
        assert rendered(page, {"leads": leads}, passages) == rendered(page, {"leads": leads}, None)
        names = {passage.text.strip("| \n") for passage in passages.kept}
        assert not any("x" in name for name in names)


def test_a_passage_counts_as_much_as_writing_it() -> None:
    vault = templates(page=TABLE)
    leads = [Row(name=name, stage="Proposal").plain for name in ("a", "b", "c|d")]
    passages = Passages()
    made = []
    for known in (None, passages, passages):
        rendering = Rendering(passages=known)
        values = {"leads": leads}
        run_template(vault.find("page"), values, rendering, filters={}, find=vault.find)
        made.append((rendering.made, rendering.all_inert))
    assert made == [made[0]] * 3
    assert made[0][1] is False


def test_an_unknown_filter_in_a_loop_is_told_even_if_nothing_is_looped_over() -> None:
    page = "a\n{% for row in leads %}{{ row | shoot }}{% endfor %}"
    with pytest.raises(TemplateError, match="No filter named 'shoot'") as caught:
        templates(page=page).render("page", {"leads": []}, {}, passages=Passages())
    assert caught.value.line == 2


def test_values_that_look_the_same_on_no_page_are_told_apart() -> None:
    values = (1, True, 1.0, "1", 0.0, -0.0, None, "None", [1], [1])
    assert len({identity(value) for value in values}) == len(values)
    row = {"name": "a"}
    assert identity(row) == identity(row) != identity(dict(row))


EACH = "{% for row in leads %}{{ t(loop) }}{% endfor %}"
YS = "{% for sign in 'aa' %}{{ L.index }}{% endfor %}"


@pytest.mark.parametrize(
    "source",
    [
        f"{{% for row in leads %}}{{% set L = loop %}}{YS}{{% endfor %}}",
        f"{{% macro t(L) %}}{YS}{{% endmacro %}}{EACH}",
    ],
)
def test_a_loop_by_another_name_tells_of_the_item_that_it_has_come_to(source: str) -> None:
    record = {"leads": [Row(name="a"), Row(name="a")]}
    assert rendered(source, record, Passages()) == "1122"
