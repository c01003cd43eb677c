from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import pytest
from template_builders import LEAD, render, templates

from vaultflow.errors import TemplateError
from vaultflow.vault.markdown.escape import Markdown

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = "Acme \\| &#96;x&#96;"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ lead.name }}", SHOWN),
        ("{{ lead['name'] }}", SHOWN),
        ("{{ lead.owner }}|{{ lead.days + 1 }}", "|4"),
        ("{{ lead.name[:4] }}{{ lead.name[0] }}", "AcmeA"),
        ("{{ leads | length }} {{ leads[-1].name }}", "2 B\\|C"),
        ("{% for l in leads %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/2 2/2 "),
        ("{% for l in leads if l.name == 'A' %}{{ l.name }}{% else %}-{% endfor %}", "A"),
        ("{% for k, v in lead | items %}{{ k }},{% endfor %}", "name,path,days,owner,"),
        ("{% set a, b = 1, 'x' %}{{ a }}{{ b }}", "1x"),
        ("{% with a = lead.days %}{{ a * 2 }}{% endwith %}", "6"),
        ("{{ {'a': 1}['a'] }}{{ ['x', 'y'] | join }}", "1xy"),
        ("{{ 'yes' if lead.days > 2 else 'no' }}", "yes"),
        ("{{ leads | map(attribute='name') | join(', ') }}", "A, B\\|C"),
        ("{{ leads | selectattr('name', 'equalto', 'A') | length }}", "1"),
        (
            "{{ leads | sort(attribute='name', reverse=true) | map(attribute='name') | first }}",
            "B\\|C",
        ),
        ("{{ missing | default('?') }}{{ lead.owner or 'none' }}", "?none"),
        ("a\n{% if true %}\nb\n{% endif %}\nc\n", "a\nb\nc\n"),
        ("{# a comment #}{{ 7 // 2 }}{{ 7 % 4 }}{{ 2 ** 3 }}{{ -1 }}{{ 'ab' * 2 }}", "338-1abab"),
    ],
)
def test_what_templates_are_for_works(source: str, expected: str) -> None:
    assert render(source) == expected


def test_a_template_is_compiled_once_and_run_each_time() -> None:
    heard: list[str] = []

    def hear(text: str) -> str:
        heard.append(text)
        return f"{len(heard)}"

    source = "{{ 'said' | hear }}"
    assert render(source, filters={"hear": hear}) != render(source, filters={"hear": hear})
    assert render(source, filters={"hear": str}) == "said"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ lead.name ~ '' }}", SHOWN),
        ("{{ lead.path | link ~ '`' }}", "[[Deals/Acme]]&#96;"),
        ("{{ lead.path | link + '`' }}", "[[Deals/Acme]]&#96;"),
        ("{{ ['`', lead.path | link] | join('|') }}", "&#96;\\|[[Deals/Acme]]"),
        ("{{ '`' | upper }}{{ '`' | trim }}{{ '`' | title }}", "&#96;&#96;&#96;"),
        ("{% set x = lead.name %}{{ x }}", SHOWN),
        ("{{ lead.name | escape }}{{ lead.name | e }}", SHOWN * 2),
        ("{% macro m(x) %}**{{ x }}**{% endmacro %}{{ m('`') }}", "**&#96;**"),
        ("{% macro m(x) %}*{{ x }}*{% endmacro %}{{ m('`') ~ '`' }}", "*&#96;*&#96;"),
        (
            "{% macro m() %}{{ caller('`') }}{% endmacro %}{% call(x) m() %}[{{ x }}]{% endcall %}",
            "[&#96;]",
        ),
        ("{% macro m() %}*{% endmacro %}{{ m() | replace('*', '`') }}", "&#96;"),
        ("{{ ('`' | escape) | replace('&#96;', '`') }}", "&#96;"),
        ("{{ 'x' | default('`') }}{{ none | default('`', true) }}", "x&#96;"),
        ("{{ '*b*' | raw }}", "*b*"),
    ],
)
def test_no_way_around_escaping(source: str, expected: str) -> None:
    assert render(source, filters={"raw": Markdown}) == expected


@pytest.mark.parametrize(
    "source",
    [
        "{{ lead.path.unlink() }}",
        "{{ lead.items() }}",
        "{{ lead.name.format(1) }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''['__class__'] }}",
        "{{ lead['__class__'] }}",
        "{{ lead.__init__.__globals__ }}",
        "{{ lead | attr('__class__') }}",
        "{{ [lead] | map(attribute='__class__') | list }}",
        "{{ ['x'] | map(attribute='__class__') | list }}",
        "{{ ['x'] | selectattr('__class__') | list }}",
        "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
        "{% macro m() %}{% endmacro %}{{ m._func }}",
        "{% macro m() %}{{ varargs }}{% endmacro %}{{ m(1) }}",
        "{% for a in leads %}{{ loop._iterator }}{% endfor %}",
        "{% for a in leads %}{{ loop.cycle('a', 'b') }}{% endfor %}",
        "{% for a in leads recursive %}{{ loop(leads) }}{% endfor %}",
        "{{ self }}",
        "{{ self._TemplateReference__context }}",
        "{{ range(3) }}",
        "{{ cycler('a') }}",
        "{{ namespace() }}",
        "{{ lipsum() }}",
        "{{ lead.days() }}",
        "{{ lead }}",
        "{{ leads }}",
        "{{ leads[0, 1] }}",
        "{{ [leads] }}",
        "{{ lead[1:] }}",
        "{{ 1[1:] }}",
        "{{ {'a': leads} }}",
        "{% import 'os' as os %}",
        "{% import os %}",
        "{% from 'os' import system %}",
        "{% extends 'x' %}",
        "{% block x %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% set x %}y{% endset %}",
        "{% set lead.name = 1 %}",
        "{% do leads.append(1) %}",
        "{% include '../../x' %}",
        "{% include '/etc/passwd' %}",
        "{% include ['../x', '/y'] %}",
        "{% include leads %}",
        "{% autoescape false %}x{% endautoescape %}",
        "{{ lead.name | safe }}",
        "{{ lead.name | tojson }}",
        "{{ lead.name | pprint }}",
        "{{ lead.name | format(1) }}",
        "{{ lead.name is callable }}",
        "{{ '%s' % lead }}",
        "{{ lead.nmae }}",
        "{{ missing }}",
        "{{ missing.more }}",
        "{{ missing + 1 }}",
        "{{ 1 / 0 }}",
        "{{ 'a' + 1 }}",
        "{{ leads[9] }}",
        "{{",
        "{% endfor %}",
        "{{ " + "(" * 9000 + "1" + ")" * 9000 + " }}",
        "{% if 1 %}" * 300 + "{% endif %}" * 300,
        "{% for a in leads %}" * 30 + "{% endfor %}" * 30,
        "{{ '" + "1" * 5000 + "' | int + " + "1" * 5000 + " }}",
    ],
)
def test_f37_a_hostile_template_ends_in_one_error(source: str, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(TemplateError) as caught:
        render(source)
    assert caught.value.line >= 1 or "cannot be the name" in caught.value.message
    assert sorted(tmp_path.rglob("*")) == before


LADDER = "".join(
    f"{{% macro m{rung + 1}() %}}{{{{ m{rung}() }}}}{{{{ m{rung}() }}}}{{% endmacro %}}"
    for rung in range(40)
)
BOMBS = {
    "format": "{{ '%1000000000d' % 1 }}",
    "power": "{{ 2 ** (10 ** 9) }}",
    "negative power": "{{ 2 ** (0 - 10 ** 9) }}",
    "number": "{% set a = 2 ** 4000 %}" + "{% set a = a * a %}" * 30 + "{{ a }}",
    "text": "{{ 'x' * 10 ** 9 }}",
    "negative text": "{{ 'x' * 10 ** 9 ~ 'y' }}",
    "list": "{{ [1] * 10 ** 9 }}",
    "doubled text": "{% set a = 'x' * 1000 %}" + "{% set a = a ~ a %}" * 40,
    "added text": "{% set a = 'x' * 1000 %}" + "{% set a = a + a %}" * 40,
    "doubled list": "{% set a = numbers %}" + "{% set a = a + a %}" * 40,
    "joined": "{{ numbers | join('x' * 1000000) }}",
    "replaced": "{{ ('x' * 1000000) | replace('x', 'y' * 1000000) }}",
    "rounded": "{{ 5 | round(0 - 10 ** 9) }}{{ 'x' * 10 ** 9 }}",
    "loops": "{% for a in numbers %}{% for b in numbers %}{% for c in numbers %}"
    "{% endfor %}{% endfor %}{% endfor %}",
    "filters in loops": "{% for a in numbers %}{% for b in numbers %}{% for c in numbers %}"
    "{% if numbers | map('string') %}{% endif %}{% endfor %}{% endfor %}{% endfor %}",
    "output": "{% for a in numbers %}{% for b in numbers %}"
    + "x" * 5000
    + "{% endfor %}{% endfor %}",
    "macro output": "{% macro m() %}{% for a in numbers %}{% for b in numbers %}"
    + "x" * 5000
    + "{% endfor %}{% endfor %}{% endmacro %}{{ m() }}",
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "ladder": "{% macro m0() %}{% endmacro %}" + LADDER + "{{ m40() }}",
    "caller ladder": "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
    + "{% call m() %}" * 15
    + "{% for a in numbers %}{% endfor %}"
    + "{% endcall %}" * 15,
    "include": "{% include 'page' %}{% include 'page' %}",
}


@pytest.mark.parametrize("name", BOMBS)
def test_f37_a_bomb_is_stopped_in_time(name: str) -> None:
    begin = monotonic()
    with pytest.raises(TemplateError) as caught:
        render(BOMBS[name], {"numbers": list(range(3000))}, seconds=0.3)
    assert monotonic() - begin < 60  # unstopped, each of them takes hours
    assert caught.value.path == "plugin/page.md"


def test_f37_an_include_of_a_ladder_is_stopped_in_time() -> None:
    rungs = {f"r{n}": f"{{% include 'r{n - 1}' %}}{{% include 'r{n - 1}' %}}" for n in range(1, 40)}
    with pytest.raises(TemplateError, match="takes too long"):
        templates(**rungs, r0="").render("r39", {}, {}, seconds=0.3)


def test_a_loop_over_many_rows_is_no_bomb() -> None:
    rows = [{**LEAD, "name": f"Acme {number}"} for number in range(3000)]
    source = "{% for row in rows %}| {{ row.path | cell_link(row.name) }} | x |\n{% endfor %}"
    assert render(source, {"rows": rows}).count("\n") == 3000
