"""What we read from a note is what the real Obsidian read from it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
from vault_builders import RECORDED, stored_vault

from vaultflow.vault.links.index import LinkIndex, build_index, resolve
from vaultflow.vault.markdown.tags import frontmatter_tags
from vaultflow.vault.markdown.wikilinks import split_subpath
from vaultflow.vault.plain import to_plain
from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from vaultflow.vault.note import Link, Note

Case = dict[str, Any]  # as the file holds it

CASES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((RECORDED / "obsidian-cases").glob("*.json"))
}
NOT_KEPT_HERE = PurePosixPath("Test Attachments/a_pdf_file.pdf")

pytestmark = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def read_case(case: Case) -> Note:
    return read_note(PurePosixPath(case["filePath"]), case["fileContents"].encode())


def found(case: Case, kind: str) -> list[Case]:
    return list(case["cachedMetadata"].get(kind, ()))


def line(thing: Case) -> int:
    return int(thing["position"]["start"]["line"]) + 1


def linked(link: Link) -> str:
    return link.target + link.subpath


@cache
def demo_index() -> LinkIndex:
    demo = stored_vault(RECORDED / "vaults" / "tasks-demo")
    paths = (path for paths in demo.index.by_path.values() for path in paths)
    return build_index((*paths, NOT_KEPT_HERE))


def test_the_front_matter_has_the_same_values(case: Case) -> None:
    assert to_plain(read_case(case).frontmatter) == case["cachedMetadata"].get("frontmatter")


def test_the_front_matters_links_are_the_same(case: Case) -> None:
    assert [(link.key, link.text, linked(link)) for link in read_case(case).frontmatter_links] == [
        (link["key"], link["original"], link["link"]) for link in found(case, "frontmatterLinks")
    ]


def test_links_and_embeds_are_the_same(case: Case) -> None:
    note = read_case(case)
    for kind, links in (("links", note.links), ("embeds", note.embeds)):
        assert [(link.text, linked(link), link.line) for link in links] == [
            (link["original"], link["link"], line(link)) for link in found(case, kind)
        ]


def test_an_alias_is_what_is_shown(case: Case) -> None:
    shown = {link["original"]: link["displayText"] for link in found(case, "links")}
    for link in read_case(case).links:
        assert link.alias in {None, shown[link.text]}


def test_headings_are_the_same(case: Case) -> None:
    assert [(item.text, item.level, item.line) for item in read_case(case).headings] == [
        (item["heading"], item["level"], line(item)) for item in found(case, "headings")
    ]


def test_list_items_and_their_boxes_are_the_same(case: Case) -> None:
    assert [(item.line, item.status) for item in read_case(case).items] == [
        (line(item), item.get("task")) for item in found(case, "listItems")
    ]


def test_items_are_as_deep_as_they_have_parents(case: Case) -> None:
    own = {(item.line, item.depth) for item in read_case(case).items}
    depths: dict[int, int] = {}
    for item in found(case, "listItems"):
        parent = item["parent"] + 1  # negative for none; the item's own line for one behind a box
        depth = depths[parent] + 1 if parent > 0 else 0
        depths[line(item)] = depth
        assert (line(item), depth) in own


def test_block_ids_are_the_same(case: Case) -> None:
    blocks = case["cachedMetadata"].get("blocks", {})
    assert {block.id: block.line for block in read_case(case).blocks} == {
        name: line(block) for name, block in blocks.items()
    }


def test_all_tags_are_the_same(case: Case) -> None:
    assert list(read_case(case).tags) == case["getAllTags"]


def test_the_front_matters_tags_are_the_same(case: Case) -> None:
    tags = frontmatter_tags(read_case(case).properties)
    assert (None if tags is None else list(tags)) == case["parseFrontMatterTags"]


def test_links_lead_to_the_same_files(case: Case) -> None:
    for written, path in case["resolveLinkToPath"].items():
        target, _ = split_subpath(written)
        resolved = resolve(demo_index(), PurePosixPath(case["filePath"]), target)
        assert (resolved.path and str(resolved.path)) == path
