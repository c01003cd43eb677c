"""Notes as people write them are read without a loss."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from vault_builders import RECORDED, SHARED

from vaultflow.vault.reader import read_note

if TYPE_CHECKING:
    from vaultflow.vault.note import Note

OWN = RECORDED / "seed-like"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))


def stored(path: Path) -> Note:
    return read_note(PurePosixPath(path.name), path.read_bytes())


def test_s0_21_target_and_alias_are_kept_apart() -> None:
    links = stored(OWN / "An honest question.md").links
    assert [link.alias for link in links] == ["choose one", "see who is waiting"]
    assert links[0].target.endswith("Choose one deal, and look where it stands")
    assert links[1].target.endswith("Is anyone waiting for me?")
    assert [link.line for link in links] == [15, 15]


def test_s0_25_half_an_emphasis_and_no_first_heading_are_no_fault() -> None:
    note = stored(OWN / "An honest question.md")
    assert note.title == "An honest question"
    assert [(heading.level, heading.line) for heading in note.headings] == [(3, 9)]
    assert (note.readable, note.findings) == (True, ())


def test_s0_26_tags_keep_their_capitals() -> None:
    note = stored(OWN / "An honest question.md")
    assert note.tags == ("#Articles", "#Pipeline", "#Sales")


def test_an_article_with_oddities_is_read() -> None:
    note = stored(OWN / "Pipeline in five steps.md")
    assert [heading.text for heading in note.headings] == ["Know the stages {#sta}", "Meet {#mee}"]
    assert [link.target for link in note.embeds] == ["/uploads/2024/stages.jpeg"]
    assert [link.subpath for link in note.links] == ["#sta", "#mee", "#ask"]
    assert [item.depth for item in note.items] == [0, 1, 1]
    assert note.tags == ()
    assert note.readable


def test_bullets_of_a_newsletter_are_text_and_its_numbers_are_items() -> None:
    note = stored(OWN / "Production line.md")
    assert [item.text for item in note.items] == ["Trust.", "Needs."]
    assert note.properties is None


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_the_seeds_are_read(path: Path) -> None:
    note = stored(path)
    assert note.readable
    assert not [finding for finding in note.findings if finding.level == "error"]


@pytest.mark.skipif(not SEEDS, reason="the seeds are not at hand")
def test_s0_21_the_first_seeds_links_and_tags_are_right() -> None:
    note = stored(SEEDS[0])
    assert note.title == SEEDS[0].stem
    assert note.tags == ("#Articles", "#Pipeline", "#Questions", "#Sales")
    assert [link.alias for link in note.links] == [
        "you open up your list of opportunities",
        "have a look at your pipeline",
    ]
    assert note.links[1].target.endswith("Any deals in the pipeline?")
    assert [heading.level for heading in note.headings] == [3]
