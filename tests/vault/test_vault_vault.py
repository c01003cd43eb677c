"""All notes and what links to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import pytest
from vault_builders import RECORDED, SHARED, note, stored_vault, vault

from vaultflow.errors import Finding, Level
from vaultflow.vault.links.broken import MAX_GUESSES, link_findings
from vaultflow.vault.links.copies import clash_findings, copy_findings
from vaultflow.vault.links.index import LinkIndex, Resolution, build_index, link_text
from vaultflow.vault.note import Note
from vaultflow.vault.vault import Vault, build_vault

LEAD = "---\nstage: Proposal\ncompany: '[[Acme BV]]'\n---\n## Log\n- 2026-11-10 call out\n"


def findings(found: Vault, code: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.code == code]


def linking_to(found: Vault, path: str) -> list[str]:
    return [str(link.source) for link in found.backlinks_of(PurePosixPath(path))]


def test_notes_stand_in_path_order_whatever_the_order_they_came_in() -> None:
    notes = [note("", f"{name}.md") for name in "cab"]
    assert [str(path) for path in build_vault(notes, ()).notes] == ["a.md", "b.md", "c.md"]


def test_links_of_all_kinds_are_resolved_by_source_and_line() -> None:
    found = vault(
        {
            "b.md": "![[plan.png]]\n[[a]]\n",
            "a.md": "---\nto: '[[b]]'\n---\n[x](b.md) and [[nowhere]]\n",
        },
        ["files/plan.png"],
    )
    assert [(str(link.source), link.link.text, str(link.resolved)) for link in found.links] == [
        ("a.md", "[[b]]", "b.md"),
        ("a.md", "[x](b.md)", "b.md"),
        ("a.md", "[[nowhere]]", "None"),
        ("b.md", "![[plan.png]]", "files/plan.png"),
        ("b.md", "[[a]]", "a.md"),
    ]


def test_backlinks_leave_out_links_of_a_note_to_itself() -> None:
    found = vault({"a.md": "[[#Log]] [[a]] [[b]]", "b.md": "[[a]]"})
    assert linking_to(found, "a.md") == ["b.md"]
    assert linking_to(found, "b.md") == ["a.md"]


def test_s0_22_a_link_to_nothing_is_worth_a_look_and_names_the_nearest_note() -> None:
    found = vault({"a.md": "x\n[[Jane Deo]]", "people/Jane Doe.md": ""})
    (finding,) = findings(found, "link-unresolved")
    assert (finding.level, finding.path, finding.line) == (Level.INFO, PurePosixPath("a.md"), 2)
    assert finding.hint == "did you mean [[Jane Doe]]?"


def test_a_templates_link_with_a_placeholder_is_fine() -> None:
    assert vault({"t.md": "[[{{title}}]] [[<% tp.date %>]]"}).findings == ()


def test_an_ambiguous_link_says_which_file_is_taken() -> None:
    found = vault({"x/n.md": "", "y/n.md": "", "a.md": "[[n]]"})
    (finding,) = findings(found, "link-ambiguous")
    assert finding.level is Level.WARNING
    assert "x/n.md is taken" in finding.message
    assert "[[x/n]]" in finding.hint


def test_a_link_out_of_the_vault_is_found() -> None:
    found = vault({"a.md": "[[../../etc/passwd]]\n[x](C:/secret.md)\n[[/etc/passwd]]"})
    assert [finding.line for finding in findings(found, "link-outside")] == [1, 2]
    assert [finding.line for finding in findings(found, "link-unresolved")] == [3]


def test_guesses_end_after_a_while_but_findings_do_not() -> None:
    many = MAX_GUESSES + 5
    text = "\n".join(f"[[Deal {number}x]]" for number in range(many))
    found = findings(vault({"a.md": text, "Deal 1.md": ""}), "link-unresolved")
    assert len(found) == many
    assert found[-1].hint == ""


def test_link_findings_are_none_for_links_that_lead_somewhere() -> None:
    (link,) = note("[[a]]").links
    path = PurePosixPath("a.md")
    assert link_findings(build_index([path]), [(path, link, Resolution(text=str(path)))]) == ()


@pytest.mark.parametrize(
    "copy",
    [
        "Acme (Conflicted copy MyMac 202611221015)",
        "Acme.sync-conflict-20261122-101500-ABCDEFG",
        "Acme (Ana's conflicted copy 2026-11-22)",
    ],
)
def test_f33_a_certain_copy_is_found_whatever_it_says(copy: str) -> None:
    path = PurePosixPath(f"{copy}.md")
    (finding,) = copy_findings({path: note("other", str(path))})
    assert (finding.code, finding.level, finding.path) == ("conflict-copy", Level.WARNING, path)
    assert "Acme.md" in finding.message


@pytest.mark.parametrize("copy", ["Acme 2", "Acme (1)", "Acme-DESKTOP-AB12"])
def test_f33_an_uncertain_copy_counts_only_beside_an_original_that_says_the_same(
    copy: str,
) -> None:
    notes = {"Acme.md": LEAD, f"{copy}.md": LEAD}
    assert [str(finding.path) for finding in findings(vault(notes), "conflict-copy")] == [
        f"{copy}.md"
    ]
    assert not findings(vault({f"{copy}.md": LEAD}), "conflict-copy")
    assert not findings(vault({**notes, f"{copy}.md": "---\nstage: Won\n---\n"}), "conflict-copy")
    assert not findings(vault({"Acme.md": "", f"{copy}.md": ""}), "conflict-copy")


def test_files_whose_names_differ_only_by_case_or_form_are_found() -> None:
    paths = [PurePosixPath(path) for path in ("Acme.md", "acme.md", "Cafe\u0301.md", "Café.md")]
    groups = [group for group in build_index(paths).by_path.values() if len(group) > 1]
    found = list(clash_findings(groups))
    assert [(finding.code, finding.level) for finding in found] == [
        ("name-clash", Level.WARNING)
    ] * 2
    assert findings(vault({"Acme.md": "", "acme.md": ""}), "name-clash")


def test_findings_of_notes_and_links_stand_in_path_and_line_order() -> None:
    found = vault({"b.md": "[[x1]]\n\n[[x2]]", "a.md": "---\na: b: c\n---\n[[x3]]"})
    places = [(str(finding.path), finding.line) for finding in found.findings]
    assert places == sorted(places)
    assert len(places) == 4


class Unread(Mapping[PurePosixPath, Note]):
    """Notes that tell which of them were read."""

    def __init__(self, notes: Mapping[PurePosixPath, Note]) -> None:
        self.notes = notes
        self.read: list[str] = []

    def __getitem__(self, path: PurePosixPath) -> Note:
        self.read.append(str(path))
        return self.notes[path]

    def __contains__(self, path: object) -> bool:
        return path in self.notes

    def __iter__(self) -> Iterator[PurePosixPath]:
        return iter(self.notes)

    def __len__(self) -> int:
        return len(self.notes)


def test_no_note_is_read_that_nobody_asks_for() -> None:
    notes = Unread(vault({"a.md": "[[b]] [[c.png]]", "b.md": "[[Ann]]", "c 2.md": ""}).notes)
    lazy = Vault(notes=notes, files=(PurePosixPath("c.png"),))
    assert link_text(lazy.index, PurePosixPath("b.md")) == "b"
    assert list(copy_findings(notes)) == []
    assert notes.read == []
    leading = [str(link.resolved) for link in lazy.links_of(PurePosixPath("a.md"))]
    assert (leading, notes.read) == (["b.md", "c.png"], ["a.md"])


def test_the_links_of_one_note_are_those_among_all() -> None:
    found = vault({"a.md": "[[b]]\n[[a]] [[x]]", "b.md": "---\nto: '[[a]]'\n---\n![[b]]"})
    for path in found.notes:
        assert found.links_of(path) == tuple(link for link in found.links if link.source == path)
    assert found.links_of(PurePosixPath("x.md")) == ()


def test_the_path_of_a_file_is_made_once_for_all_links_to_it() -> None:
    found = vault({"a.md": "[[b]]\n[[b]]", "b.md": "[[b]]"})
    assert len({id(link.resolved) for link in found.links}) == 1


def test_a_vault_with_other_notes_is_like_one_made_anew() -> None:
    before = vault(
        {"a.md": "[[b]] [[Jane]]", "b.md": "", "c.md": "---\naliases: Jane\n---"}, ["d.png"]
    )
    assert [finding.hint for finding in before.findings] == ["did you mean [[c]]?"]
    texts = {"a.md": "[[d.png]] [[Jane]]", "b.md": "---\naliases: Jane\n---", "c.md": ""}
    after = before.with_notes(vault(texts).notes)
    anew = vault(texts, ["d.png"])
    assert after.links == anew.links
    assert linking_to(after, "d.png") == linking_to(anew, "d.png") == ["a.md"]
    assert after.findings == anew.findings
    assert [finding.hint for finding in after.findings] == ["did you mean [[b]]?"]
    assert after.index.by_path is before.index.by_path
    assert after == anew


def test_a_vault_made_by_hand_needs_no_index() -> None:
    empty = Vault(notes={})
    assert isinstance(empty.index, LinkIndex)
    assert (empty.links, empty.findings) == ((), ())
    assert empty.backlinks_of(PurePosixPath("a.md")) == ()


@pytest.mark.parametrize("name", ["tasks-demo", "kepano-obsidian", "revopsvault", "oddities"])
def test_whole_vaults_are_built(name: str) -> None:
    folders = [root / name for root in (RECORDED / "vaults", SHARED / "vaults")]
    folder = next((folder for folder in folders if folder.is_dir()), None)
    if folder is None:
        pytest.skip("this vault is not at hand")
    found = stored_vault(folder)
    assert found.notes
    known = {file for files in found.index.by_path.values() for file in files}
    assert {link.found.text for link in found.links} <= known | {None}
    assert build_vault(found.notes.values(), ()).notes == found.notes
