"""The reference says what the code does: generated pages are current, and no finding is missing."""

from __future__ import annotations

import ast
import re
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import fields
from pipeline_builders import lead_of

from vaultflow import flow
from vaultflow.disk.sandbox.filters import KEPT_FILTERS
from vaultflow.pages.blocks.markers import WORDS
from vaultflow.pages.rows import LeadRow
from vaultflow.pages.wording import FILTERS
from vaultflow.pipeline.field_names import PRACTICE_FIELDS, FieldNames
from vaultflow.pipeline.rules import RULES
from vaultflow.pipeline.settings import PipelineSettings, Settings
from vaultflow.vault.template import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

CHECKOUT = Path(__file__).parent.parent
DOCS = CHECKOUT / "docs"
PAGES = [CHECKOUT / "README.md", *sorted(DOCS.rglob("*.md"))]
SOURCE = CHECKOUT / "src" / "vaultflow"
PLUGIN = CHECKOUT / "examples" / "vaultflow-tiers"

CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
DOCUMENTED = re.compile(r"^\| `([a-z0-9-]+)` \| ([a-z, ]+) \|", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)")
CODE_TEXT = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
TELLING = ("finding", "error", "failure", "fault", "unreadable", "refusal")
"""What the functions are called that make findings."""
SIX = PipelineSettings(preset="six")
UNSEEN_ERRORS = {"DoubtError"}
"""What never leaves its folder, and so is told to nobody."""


@pytest.fixture(scope="module")
def generator() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        yield import_module("generate")


def codes_in(tree: ast.AST) -> Iterator[str]:
    """Texts that look like a code, where a finding is made or a code is named."""
    constants = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                if name.lower().endswith(TELLING) and name not in UNSEEN_ERRORS:
                    yield from texts_in(*node.args, *(each.value for each in node.keywords))
            case ast.keyword(arg="code", value=ast.Constant(value=str(code))):
                yield code
            case ast.Assign(targets=[target]):
                names = [each.id for each in ast.walk(target) if isinstance(each, ast.Name)]
                if {"code", *constants} & set(names):
                    yield from texts_in(node.value)


def texts_in(*nodes: ast.expr) -> Iterator[str]:
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield from CODE.findall(part.value) if CODE.fullmatch(part.value) else ()


def codes_of_source() -> set[str]:
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in SOURCE.rglob("*.py"))
    found = {code for tree in trees for code in codes_in(tree)}
    return found | set(RULES) | {f"marker-{wrong}" for wrong in WORDS}


def documented_levels() -> dict[str, str]:
    return dict(DOCUMENTED.findall((DOCS / "reference" / "findings.md").read_text("utf-8")))


def test_generated_pages_are_current(generator: ModuleType) -> None:
    for path, text in generator.generated().items():
        assert path.read_text(encoding="utf-8") == text, "run `make docs`"


def test_every_generated_page_says_that_it_is(generator: ModuleType) -> None:
    pages = generator.generated()
    names = {"commands.md", "configuration.md", "fields.md", "json.md"}
    assert {path.name for path in pages} == names
    assert all(generator.MADE in text for text in pages.values())


def test_the_example_of_each_field_is_read_without_a_finding() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DOCS)
        examples = import_module("fields_page").EXAMPLES
    assert set(examples) == set(FieldNames.__struct_fields__)
    lines = "\n".join(f"{name}: {example}" for name, (example, _) in examples.items())
    lead = lead_of(f"---\n{lines}\n---\n", settings=Settings(pipeline=SIX))
    assert lead.findings == ()
    assert set(lead.said) == set(PRACTICE_FIELDS)


def test_every_command_with_json_has_its_record_told(generator: ModuleType) -> None:
    told = {*generator.PRINTED, "completion"}
    assert told == set(generator.COMMANDS)


def test_every_key_of_the_settings_is_on_the_configuration_page(generator: ModuleType) -> None:
    page = generator.configuration_page()
    tables = (getattr(Settings(), table.name) for table in fields(Settings))
    keys = (key.name for table in tables for key in fields(table))
    assert all(f"| `{key}` |" in page for key in keys)


def test_a_table_holds_any_text(generator: ModuleType) -> None:
    assert generator.table(("a",), [("x | y",)]) == "| a |\n| --- |\n| x \\| y |\n"


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        ("str | None", "text or null"),
        ("tuple[date, ...]", "list of day"),
        ("Mapping[str, Decimal]", "amount by name"),
        ("Money | None", "[Money](#money) or null"),
        ("Light", "`red`, `green`, `yellow` or `grey`"),
    ],
)
def test_an_annotation_is_said_in_words(generator: ModuleType, annotation: str, said: str) -> None:
    assert generator.json_words(annotation, LeadRow) == said


def test_records_within_records_are_told_once(generator: ModuleType) -> None:
    names = {record.__name__ for record in generator.records_in(LeadRow)}
    assert names == {"LeadRow", "Money", "Party"}
    assert generator.json_page().count("\n## Party\n") == 1


def test_every_finding_is_documented_and_no_other() -> None:
    assert set(documented_levels()) == codes_of_source()


def test_findings_of_the_example_vault_have_the_documented_level() -> None:
    workspace = flow.load(CHECKOUT / "example-vault", today=date(2026, 11, 23))
    levels = documented_levels()
    assert all(finding.level in levels[finding.code] for finding in workspace.findings)


def test_the_plugin_page_shows_the_whole_example_and_nothing_else() -> None:
    page = (DOCS / "how-to" / "write-a-plugin.md").read_text(encoding="utf-8")
    for language, file in (("python", "vaultflow_tiers.py"), ("toml", "pyproject.toml")):
        text = (PLUGIN / file).read_text(encoding="utf-8")
        shown = re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        ours = [block for block in shown if not block.startswith("[plugins]")]
        assert ours
        assert all(block in text for block in ours)
        if language == "python":
            said = {line for block in ours for line in block.splitlines()}
            assert {line for line in text.splitlines() if line} <= said


def test_the_template_page_names_every_header_key_and_filter() -> None:
    page = (DOCS / "how-to" / "change-a-page.md").read_text(encoding="utf-8")
    words = set(re.findall(r"`([a-z_]+)[^`]*`", page))
    own = {"join", "replace", "round", "sum", "truncate", "link", "cell_link"}
    assert set(KEYS) | set(FILTERS) | set(KEPT_FILTERS) | own <= words


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(CODE_TEXT.sub("", page.read_text(encoding="utf-8"))):
        file = (page.parent / target) if target else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), anchor


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
