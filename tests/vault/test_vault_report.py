"""What `note --json` and `links --json` show."""

from __future__ import annotations

from pathlib import PurePosixPath

from vault_builders import note, vault

from vaultflow.vault.plain import to_plain
from vaultflow.vault.report import note_fields, report_links, report_note

LEAD = """\
---
Next Action: Call
company: "[[Acme BV]]"
---
# Acme
next_action:: lost against the front matter
mood:: good
mood:: better
[[nowhere#Log|x]] ![[plan.png]] #hot
- [ ] Send 📅 2026-11-25 ^vf-1
"""
LINK_KEYS = ["source", "line", "text", "target", "subpath", "alias", "embed", "resolved"]


def test_a_note_report_has_exactly_the_promised_keys() -> None:
    found = vault({"a.md": LEAD})
    plain = to_plain(report_note(found.notes[PurePosixPath("a.md")], found))
    assert isinstance(plain, dict)
    assert list(plain) == (
        "path title frontmatter frontmatter_links fields tags links embeds headings tasks blocks "
        "findings"
    ).split(" ")


def test_a_note_report_shows_links_with_where_they_lead() -> None:
    found = vault({"a.md": LEAD, "people/Acme BV.md": ""}, ["files/plan.png"])
    plain = to_plain(report_note(found.notes[PurePosixPath("a.md")], found))
    assert isinstance(plain, dict)
    assert plain["links"] == [
        {
            "source": "a.md",
            "line": 9,
            "text": "[[nowhere#Log|x]]",
            "target": "nowhere",
            "subpath": "#Log",
            "alias": "x",
            "embed": False,
            "resolved": None,
            "ambiguous": False,
        }
    ]
    assert plain["frontmatter_links"] == [
        {
            "source": "a.md",
            "line": 3,
            "text": "[[Acme BV]]",
            "target": "Acme BV",
            "subpath": "",
            "alias": None,
            "embed": False,
            "resolved": "people/Acme BV.md",
            "ambiguous": False,
            "key": "company",
        }
    ]


def test_a_note_report_shows_what_the_note_says() -> None:
    found = vault({"a.md": LEAD}, ["plan.png"])
    report = report_note(found.notes[PurePosixPath("a.md")], found)
    assert report.frontmatter == {"Next Action": "Call", "company": "[[Acme BV]]"}
    assert [str(link.resolved) for link in report.embeds] == ["plan.png"]
    assert (report.title, report.tags) == ("Acme", ("#hot",))
    assert [task.description for task in report.tasks] == ["Send"]
    assert [block.id for block in report.blocks] == ["vf-1"]
    assert {finding.code for finding in report.findings} == {"link-unresolved"}


def test_a_broken_notes_front_matter_is_null() -> None:
    found = vault({"a.md": "---\na: b: c\n---\n"})
    assert report_note(found.notes[PurePosixPath("a.md")], found).frontmatter is None


def test_front_matter_wins_over_inline_fields_and_repeats_make_a_list() -> None:
    assert note_fields(note(LEAD)) == {
        "next-action": "Call",
        "company": "[[Acme BV]]",
        "mood": ("good", "better"),
    }


def test_links_can_be_those_of_one_note_or_the_unresolved_ones() -> None:
    found = vault({"a.md": "[[b]] [[x]]", "b.md": "[[a]] [[y]]"})
    assert [link.text for link in report_links(found)] == ["[[b]]", "[[x]]", "[[a]]", "[[y]]"]
    assert [link.text for link in report_links(found, PurePosixPath("b.md"))] == ["[[a]]", "[[y]]"]
    assert [link.text for link in report_links(found, unresolved=True)] == ["[[x]]", "[[y]]"]
    (link,) = report_links(found, source=PurePosixPath("a.md"), unresolved=True)
    plain = to_plain(link)
    assert isinstance(plain, dict)
    assert list(plain) == [*LINK_KEYS, "ambiguous"]
