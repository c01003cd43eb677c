from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from vaultflow.errors import TemplateError
from vaultflow.vault.template import Template, TemplateHeader, read_template

PATH = PurePosixPath("_templates/vaultflow/hot.md")


def read(text: str) -> Template:
    return read_template(PATH, text)


def test_a_template_without_header_is_named_after_its_file() -> None:
    template = read("# Hot leads\n")
    assert template.header == TemplateHeader(page="hot", title="hot", path="hot")
    assert (template.source, template.first_line) == ("# Hot leads\n", 1)


def test_a_header_says_all_about_its_page() -> None:
    template = read(
        "---\npage: hottest\ntitle: Hot leads\npath: /Sales/Hot\nrefresh: command\n"
        "record: leads\ndescription: The ten largest\n---\n# Hot\n"
    )
    assert template.header == TemplateHeader(
        page="hottest",
        title="Hot leads",
        path="/Sales/Hot",
        refresh="command",
        record="leads",
        description="The ten largest",
    )
    assert (template.source, template.first_line) == ("# Hot\n", 9)


def test_a_title_may_look_like_a_number() -> None:
    assert read("---\ntitle: 2026\n---\n").header.title == "2026"


def test_an_empty_key_is_as_good_as_none() -> None:
    assert read("---\ntitle:\n---\n").header.title == "hot"


def test_a_page_may_go_where_moment_tokens_say() -> None:
    header = read("---\npath_format: '[Weeks/]gggg-[W]ww'\n---\n").header
    assert (header.path, header.path_format) == ("", "[Weeks/]gggg-[W]ww")


def test_windows_line_ends_and_a_bom_are_no_part_of_a_template() -> None:
    template = read("\ufeff---\r\ntitle: Hot\r\n---\r\n# Hot\r\n")
    assert (template.header.title, template.source) == ("Hot", "# Hot\n")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\ntitle: x\nrefersh: always\n---\n", 3, '(did you mean "refresh"?)'),
        ("---\nzzz: x\n---\n", 2, "(there are: page, title,"),
        ("---\nrefresh: daily\n---\n", 2, "(it is always or command)"),
        ("---\ntitle: [a, b]\n---\n", 2, "`title` must be one text"),
        ("---\npath: a\npath_format: b\n---\n", 2, "exclude each other"),
        ("---\npath: ../a\n---\n", 2, "must stay inside the vault"),
        ("---\npath_format: 'a/../../b'\n---\n", 2, "must stay inside the vault"),
        ("---\npath: 'C:\\a'\n---\n", 2, "must stay inside the vault"),
        ("---\ntitle: 'x\n---\n", 2, ""),
        ("---\ntitle: x\n", 1, ""),
    ],
)
def test_a_wrong_header_names_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read(text)
    assert caught.value.path == str(PATH)
    assert caught.value.line == line
    assert message in str(caught.value)
