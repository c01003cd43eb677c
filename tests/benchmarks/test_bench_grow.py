from __future__ import annotations

import re
from statistics import mean
from typing import TYPE_CHECKING

import pytest
from bench_builders import SMALL, small_vault, texts
from bodies import PARTS
from grow import Generator, write_vault
from roster import SHARES, names_of

from vaultflow.pipeline.presets import PRESETS

if TYPE_CHECKING:
    from pathlib import Path


def bodies(notes: int) -> list[str]:
    return [note.text() for note in Generator(notes, seed=1).notes()]


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = small_vault(tmp_path / "first"), small_vault(tmp_path / "second")
    assert texts(first) == texts(second)


def test_another_seed_gives_another_vault_of_the_same_names(tmp_path: Path) -> None:
    first, second = small_vault(tmp_path / "first"), small_vault(tmp_path / "second", seed=2)
    assert texts(first) != texts(second)
    assert texts(first).keys() == texts(second).keys()


@pytest.mark.parametrize("notes", [0, 1, 7, 50, 99])
def test_there_are_exactly_as_many_notes_as_asked_for(tmp_path: Path, notes: int) -> None:
    write_vault(tmp_path / "vault", notes, seed=1)
    assert len(texts(tmp_path / "vault")) == notes


def test_three_notes_of_ten_are_leads() -> None:
    counts = {folder: len(names) for folder, names in names_of(1_000).items()}
    assert counts == {**{folder: share * 10 for folder, share in SHARES.items()}, "Notes": 150}
    assert counts["Leads"] == 300


def test_a_note_is_one_to_seven_kilobytes_and_three_on_average() -> None:
    sizes = [len(text.encode()) for text in bodies(400)]
    assert min(sizes) > 800
    assert max(sizes) < 8_000
    assert 3_000 < mean(sizes) < 3_700


def test_a_note_has_six_to_twelve_links_on_average() -> None:
    assert 6 < mean(text.count("[[") for text in bodies(400)) < 12


def test_every_shape_occurs() -> None:
    everything = "\n".join(bodies(400))
    for shape in PARTS:
        literal = max(re.split(r"\{\w+\}", shape), key=len)
        assert literal in everything


def test_the_stages_are_those_of_the_default_preset() -> None:
    stages = {
        match for text in bodies(400) for match in re.findall(r"^stage: (.*)$", text, re.MULTILINE)
    }
    assert stages == {stage.name for stage in PRESETS["five"]}


def test_a_log_has_at_most_eight_lines() -> None:
    counts = {text.partition("## Log\n")[2].count("\n") for text in bodies(400) if "## Log" in text}
    assert counts == set(range(9))


def test_every_alias_that_is_linked_to_is_there() -> None:
    everything = "\n".join(bodies(SMALL))
    linked = set(re.findall(r"\[\[((?:Co|P) \d+)", everything))
    assert linked <= set(re.findall(r"^aliases: \[(.*)\]$", everything, re.MULTILINE))
