from __future__ import annotations

import sys
from datetime import date
from pathlib import PurePosixPath
from subprocess import run
from types import MappingProxyType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from template_builders import NOWHERE, render, templates

from vaultflow.disk.packed import packed_folder
from vaultflow.disk.templates import (
    MAX_TEMPLATE,
    TemplateFolder,
    Templates,
    check_blocks,
)
from vaultflow.errors import PluginError, TemplateError
from vaultflow.pages.blocks.merge import merge_page
from vaultflow.vault.markdown.escape import cell_link, link
from vaultflow.vault.markdown.outline import block_outline
from vaultflow.vault.template import read_template

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "```dataviewjs",
    "~~~",
    "Acme\n```dataviewjs\napp.vault.delete()\n```\n",
    "`$= app.vault`",
    "`= this.x`",
    "<% tp.system.prompt() %>",
    "<script>alert(1)</script>",
    "<!-- hidden",
    "]] [[Other",
    "![[secrets]]",
    "a | b | c",
    "a \\| b \\",
    "%% hidden",
    "%% vaultflow:end focus %%",
    "x\n%% vaultflow:end focus 0123456789ab %%\n",
    "line\u2028---\u2029# head",
    "\u202egnp.exe\u2066",
    "done ^vf-aaaaaaaaaa",
    "- [x] done",
    "# heading",
    "1. one",
    "> [!danger] x",
    "---",
    "$$x$$ {{ 7 * 7 }} {% raw %}",
    "key:: value",
    "[x]: https://example.com",
)
PAGE = """\
# {{ title }}

%% vaultflow:begin focus %%
> [!question] {{ title }}
> {{ title }}

| lead | what |
| --- | --- |
{% for lead in leads %}
| {{ lead.name | cell_link(lead.name) }} | {{ lead.name }} |
{% endfor %}

{% for lead in leads %}
### {{ lead.name | link("to " ~ lead.name) }} · {{ lead.name }}
{{ lead.name }}
- [ ] {{ lead.name }} ^vf-bbbbbbbbb{{ loop.index }}
	- next::
- {{ lead.name }}
1. {{ lead.name }}
{% endfor %}
%% vaultflow:end focus %%
"""


def hostile_page(name: str) -> str:
    return render(PAGE, {"title": name, "leads": [{"name": name}, {"name": "Beta"}]})


@pytest.mark.parametrize("name", HOSTILE)
def test_f36_a_hostile_name_changes_no_block(name: str) -> None:
    text = hostile_page(name)
    assert block_outline(text) == block_outline(hostile_page("Acme"))
    assert text.count("%% vaultflow:") == 2
    assert not any(sign in text for sign in ("```", "`$=", "<%", "<!--", "<script", "\u2028"))
    assert len(text.split("\n")) == len(hostile_page("Acme").split("\n"))


@pytest.mark.parametrize("name", HOSTILE)
def test_f36_a_page_of_hostile_names_can_be_merged_again(name: str) -> None:
    path = PurePosixPath("Hot.md")
    today = date(2026, 11, 23)
    first = merge_page(None, hostile_page(name), path=path, today=today)
    assert first.findings == ()
    again = merge_page(first.text, hostile_page(name), path=path, today=today)
    assert (again.text, again.findings) == (first.text, ())


def test_f36_a_filter_that_lets_text_through_is_refused() -> None:
    filters = {"raw": lambda text: link("a", text).__class__(text)}
    with pytest.raises(TemplateError, match="change the page at its line 2: '# x'"):
        render("a\n{{ name | raw }}\n", {"name": "# x"}, filters)


def test_f36_a_link_that_would_divide_a_cell_is_refused() -> None:
    source = "---\ntitle: x\n---\n| a |\n| - |\n| {{ 'x' | link('y') }} |\n"
    with pytest.raises(TemplateError, match="cell_link") as caught:
        render(source)
    assert caught.value.path == "plugin/page.md"


def test_text_of_notes_is_no_template() -> None:
    assert render("{{ x }}", {"x": "Acme { { 7*7 }}"}) == "Acme { { 7\\*7 }}"
    assert "49" not in render("{{ x }}", {"x": "{{ 7*7 }}"})


def test_check_blocks_is_content_with_equal_blocks() -> None:
    template = read_template(PurePosixPath("x.md"), "")
    check_blocks(template, "# a\n", "# word\n")
    with pytest.raises(TemplateError):
        check_blocks(template, "- a\n", "word\n")


def test_the_vaults_own_template_comes_first(tmp_path: Path) -> None:
    folder = tmp_path / "_t"
    folder.mkdir()
    (folder / "hot.md").write_text("own {{ x }}\n", encoding="utf-8")
    (folder / "new.md").write_text("---\ntitle: New\n---\n", encoding="utf-8")
    offer = SimpleNamespace(
        pages={
            "hot": (None, SimpleNamespace(template="plugin {{ x }}")),
            "odd": (None, SimpleNamespace(template="odd")),
            "file": (None, SimpleNamespace(template=None)),
        }
    )
    found = Templates.of_vault(tmp_path, "_t", offer)
    assert found.render("hot", {"x": 1}, {}) == "own 1\n"
    assert found.render("odd", {}, {}) == "odd"
    assert found.header("new").title == "New"
    assert found.own_names() == ("hot", "new")
    assert {"hot", "new", "odd", "daily"} <= set(found.names())
    assert "file" not in found.names()


def test_our_own_templates_can_be_read() -> None:
    folder = TemplateFolder(folder=packed_folder("templates"), label=PurePosixPath("templates"))
    ours = Templates(own=None, texts={}, shipped=folder)
    assert {"daily", "stale", "pipeline", "next-actions"} <= set(ours.names())
    assert all(ours.header(name).title for name in ours.names())


@pytest.mark.parametrize("folder", ["", "missing", "../outside", "linked"])
def test_f25_a_folder_that_leads_outside_counts_as_none(tmp_path: Path, folder: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "hot.md").write_text("secret", encoding="utf-8")
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "linked").symlink_to(outside)
    found = Templates.of_vault(vault, folder, SimpleNamespace(pages={}))
    assert found.own_names() == ()


def test_f25_a_link_that_leads_outside_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    folder = tmp_path / "vault" / "_t"
    folder.mkdir(parents=True)
    (folder / "hot.md").symlink_to(tmp_path / "secret.md")
    (folder / "page.md").write_text("{% include 'hot' %}", encoding="utf-8")
    found = Templates.of_vault(tmp_path / "vault", "_t", SimpleNamespace(pages={}))
    assert found.own_names() == ("page",)
    with pytest.raises(TemplateError, match="there is no template 'hot'"):
        found.render("page", {}, {})


def test_a_template_that_is_too_large_or_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "large.md").write_bytes(b"x" * (MAX_TEMPLATE + 1))
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe\x00")
    found = Templates.of_vault(tmp_path, ".", SimpleNamespace(pages={}))
    for name in ("large", "binary"):
        with pytest.raises(TemplateError) as caught:
            found.header(name)
        assert caught.value.path == f"{name}.md"


def test_an_unknown_template_is_told_with_its_neighbours() -> None:
    with pytest.raises(TemplateError, match="did you mean"):
        templates(stale="x").header("stael")


@pytest.mark.parametrize("name", ["../x", "a/b", "", "..", "a\\b", "x\0", "/etc/passwd"])
def test_f37_a_name_with_a_path_in_it_is_refused(name: str) -> None:
    with pytest.raises(TemplateError, match="cannot be the name"):
        templates().find(name)


def test_an_error_names_the_line_of_the_file() -> None:
    with pytest.raises(TemplateError) as caught:
        render("---\ntitle: x\n---\n\n{{ lead.nmae }}\n")
    assert (caught.value.path, caught.value.line) == ("plugin/page.md", 5)
    assert 'did you mean "name"?' in str(caught.value)


def test_an_error_in_an_included_template_names_that() -> None:
    texts = templates(page="a\n{% include 'part' %}", part="---\ntitle: x\n---\na\n{{ nothing }}")
    with pytest.raises(TemplateError) as caught:
        texts.render("page", {}, {})
    assert (caught.value.path, caught.value.line) == ("plugin/part.md", 5)


def test_an_included_template_sees_the_page_and_escapes_too() -> None:
    texts = templates(
        page="{% for lead in leads %}{% include 'part.md' without context %}{% endfor %}",
        part="---\ntitle: x\n---\n[{{ lead.name }}]",
    )
    assert texts.render("page", {"leads": [{"name": "a|b"}]}, {}) == r"[a\|b]"


def test_what_a_plugins_filter_raises_stays_the_plugins() -> None:
    def broken(_: object) -> str:
        raise PluginError("plugin 'x': filter 'broken' raised")

    with pytest.raises(PluginError):
        render("{{ 1 | broken }}", filters={"broken": broken})


def test_a_page_shows_a_record() -> None:
    with pytest.raises(TypeError):
        render("x", [1])


def test_a_record_is_given_as_plain_values() -> None:
    record = MappingProxyType({"path": PurePosixPath("a/b.md"), "names": ("x", "y")})
    assert render("{{ path }} {{ names | join(' ') }}", record) == "a/b.md x y"


def test_a_filters_markdown_may_stand_in_a_page() -> None:
    rows = "| a | b |\n| - | - |\n| {{ 'Deals/x' | to('y') }} | z |\n"
    assert r"[[Deals/x\|y]]" in render(rows, filters={"to": cell_link})


def test_jinja_is_not_loaded_before_something_is_rendered() -> None:
    code = (
        "import sys; from vaultflow.disk.templates import Templates; "
        "sys.exit('jinja2' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_is_read_from_a_folder_that_is_not_there() -> None:
    assert Templates(own=NOWHERE, texts={}, shipped=NOWHERE).names() == ()
