"""A note from its path and bytes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vault_builders import RECORDED, SHARED, note

from vaultflow.errors import Finding, Level
from vaultflow.vault.reader import read_note, unreadable_note

NOTE = PurePosixPath("Leads/Acme.md")

MARKS = "--- \n \r\n key: [[A]] \t - [ ] > | ``` %% $$ # ^x :: [b:: <!-- --> {{x}} \\ 📅 é".split(
    " "
)
STORED = sorted(RECORDED.rglob("*.md")) + sorted((SHARED / "vaults").rglob("*.md"))


def test_a_lead_is_read_with_all_its_parts() -> None:
    lead = note(
        """\
        ---
        stage: Proposal
        company: "[[Acme BV]]"
        tags: [Client]
        ---
        # Acme, the big deal

        budget:: 10k and ![[plan.png]]

        ## Log
        - 2026-11-10 call out: walked through it with [[Jane Doe]] #signal
        - [ ] Send quote 📅 2026-11-25 ^vf-1
        """
    )
    assert (lead.title, lead.name, lead.readable) == ("Acme, the big deal", "Acme", True)
    assert lead.frontmatter == {"stage": "Proposal", "company": "[[Acme BV]]", "tags": ("Client",)}
    assert [(link.key, link.line) for link in lead.frontmatter_links] == [("company", 3)]
    assert [(field.name, field.line) for field in lead.inline_fields] == [("budget", 8)]
    assert [(link.text, link.line) for link in lead.links] == [("[[Jane Doe]]", 11)]
    assert [(link.text, link.line) for link in lead.embeds] == [("![[plan.png]]", 8)]
    assert lead.tags == ("#Client", "#signal")
    assert [heading.line for heading in lead.headings] == [6, 10]
    assert [item.line for item in lead.items] == [11, 12]
    assert [(task.line, task.description) for task in lead.tasks] == [(12, "Send quote")]
    assert [(block.id, block.line) for block in lead.blocks] == [("vf-1", 12)]
    assert lead.findings == ()
    assert (lead.is_page, lead.is_template) == (False, False)


def test_without_a_first_level_heading_the_title_is_the_files_name() -> None:
    assert note("## Second\n", "Leads/Acme B.V.md").title == "Acme B.V"
    assert note("# \n", "Leads/Acme.md").title == "Acme"


def test_links_in_properties_have_their_place_and_line() -> None:
    read = note(
        """\
        ---
        company: "[[Acme BV|Acme]]"
        people:
          - "[[Jane Doe]]"
          - text with [[Bob]] and [[Cy]]
          - "[[Jane Doe]]"
        met: { at: "[[Fair]]" }
        boss: [[Ann]]
        also:
          - [[Dan]]
        ---
        """
    )
    assert [(link.key, link.text, link.line) for link in read.frontmatter_links] == [
        ("company", "[[Acme BV|Acme]]", 2),
        ("people.0", "[[Jane Doe]]", 4),
        ("people.1", "[[Bob]]", 5),
        ("people.1", "[[Cy]]", 5),
        ("people.2", "[[Jane Doe]]", 6),
        ("met.at", "[[Fair]]", 7),
        ("boss", "[[Ann]]", 8),
        ("also.0", "[[Dan]]", 10),
    ]
    assert read.frontmatter_links[0].alias == "Acme"


def test_a_note_with_broken_properties_is_still_read() -> None:
    read = note("---\ntype: lead\nstage: a: b\n---\nSee [[Jane]].\n")
    assert (read.readable, read.properties, read.frontmatter) == (False, None, None)
    assert read.legible["type"] == "lead"
    assert [(link.text, link.line) for link in read.links] == [("[[Jane]]", 5)]
    assert [finding.level for finding in read.findings] == [Level.ERROR]


@pytest.mark.parametrize("block", ["", "# nothing yet\n"])
def test_obsidian_sees_no_front_matter_in_an_empty_block(block: str) -> None:
    read = note(f"---\n{block}---\nText\n")
    assert (read.readable, read.properties, read.frontmatter) == (True, {}, None)


def test_properties_without_a_closing_fence_are_legible() -> None:
    read = note("---\ntype: lead\nstage: Won\n\nText\n")
    assert (read.readable, read.legible) == (False, {"type": "lead", "stage": "Won"})


def test_bytes_that_are_no_text_give_an_unreadable_note() -> None:
    read = read_note(NOTE, b"type\0lead")
    assert (read.readable, read.title, read.links) == (False, "Acme", ())
    assert [finding.code for finding in read.findings] == ["note-not-text"]


def test_a_file_that_could_not_be_read_is_a_note_with_the_reason() -> None:
    reason = Finding(
        level=Level.ERROR, code="note-unreadable", path=NOTE, line=0, message="No permission."
    )
    assert unreadable_note(NOTE, reason).findings == (reason,)
    assert not unreadable_note(NOTE, reason).readable


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("%% vaultflow:begin focus %%\n- [ ] x\n%% vaultflow:end focus 9f2c %%\n", True),
        ("- item\n%% vaultflow:end focus 9f2c4a11d0e3 %%\n", True),
        ("```\n%% vaultflow:begin focus %%\n```\n", False),
        ("`%% vaultflow:begin focus %%`\n", False),
        ("---\nx: |\n  %% vaultflow:begin focus %%\n---\n", False),
        ("about %% vaultflow:begin focus %% in a sentence\n", False),
        ("%% other:begin focus %%\n", False),
    ],
)
def test_a_marker_alone_on_its_line_makes_a_page(text: str, *, is_page: bool) -> None:
    assert note(text).is_page is is_page


def test_unfilled_placeholders_make_a_template() -> None:
    assert note('---\ncreated: "{{date}}"\n---\n').is_template
    assert note("---\ncreated: {{date}}\n---\n").is_template
    assert not note("---\ncreated: 2026-11-20\n---\n{{date}}\n").is_template


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.name)
def test_every_stored_note_is_read(path: Path) -> None:
    raw = path.read_bytes()
    read = read_note(PurePosixPath(path.name), raw)
    lines = ["", *raw.decode("utf-8", errors="replace").split("\n")]
    for link in (*read.frontmatter_links, *read.links, *read.embeds):
        assert link.text.partition("\n")[0] in lines[link.line]
    for item in read.items:
        assert item.text in lines[item.line]
    for heading in read.headings:
        underlined = " ".join(line.strip() for line in lines[heading.line : heading.line + 5])
        assert heading.text in underlined


def test_f23_bytes_that_are_not_utf8_do_not_hide_the_rest_of_a_note() -> None:
    read = read_note(NOTE, b"---\nname: Z\xfcrich\n---\nSee [[Jane]] in Z\xfcrich.\n")
    assert read.readable
    assert [link.text for link in read.links] == ["[[Jane]]"]
    assert [(finding.code, finding.line) for finding in read.findings] == [("text-not-utf8", 2)]


@given(st.binary(max_size=200))
@settings(max_examples=100)
def test_no_bytes_make_reading_fail(raw: bytes) -> None:
    read_note(NOTE, raw)


@given(
    st.lists(
        st.sampled_from(MARKS),
        max_size=40,
    )
)
@settings(max_examples=100)
def test_no_mixture_of_marks_makes_reading_fail(pieces: list[str]) -> None:
    read = read_note(NOTE, "".join(pieces).encode())
    assert read.path == NOTE
