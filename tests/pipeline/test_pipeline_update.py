from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pipeline_builders import OBSIDIAN, SETTINGS, TODAY, codes, note, pipeline_of, vault_of

from vaultflow.pipeline.build import build_pipeline
from vaultflow.pipeline.settings import LeadSettings, PipelineSettings, Settings
from vaultflow.pipeline.update import update_pipeline
from vaultflow.vault.knowing import linking_notes, may_lead, packed_targets
from vaultflow.vault.note import Note
from vaultflow.vault.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from vaultflow.pipeline.pipeline import Pipeline

LEAD = "---\ntype: lead\nstage: Meetings\n---\n"
DATED = "---\ndate: 2026-11-10\n---\n"
PATHS = ("a/Acme.md", "b/Acme.md", "Beta.md", "Deals/Gamma.md", "2026-11-19.md", "Call.md", "N.md")
BY_FOLDER = Settings(leads=LeadSettings(folders=("Deals",)))


def updated(before: dict[str, str], after: dict[str, str]) -> tuple[Pipeline, Pipeline]:
    """The pipeline brought up to date over the notes that differ, and the one built anew."""
    earlier = pipeline_of(*(note(text, path) for path, text in before.items()))
    notes = {path: note(text, path) for path, text in after.items()}
    changed = [notes[path].path for path in after if after[path] != before[path]]
    vault = vault_of(*notes.values())
    return (
        update_pipeline(earlier, vault, changed, OBSIDIAN),
        build_pipeline(vault, SETTINGS, TODAY, OBSIDIAN),
    )


def test_a_changed_lead_is_read_again_and_the_others_are_the_same_objects() -> None:
    notes = {"Acme.md": LEAD, "Beta.md": LEAD, "Call.md": f"{DATED}[[Acme]] [[Beta]]"}
    before = pipeline_of(*(note(text, path) for path, text in notes.items()))
    acme = note(LEAD.replace("Meetings", "Won"), "Acme.md")
    others = [note(notes[path], path) for path in ("Beta.md", "Call.md")]
    after = update_pipeline(before, vault_of(acme, *others), [acme.path], OBSIDIAN)
    assert after.standings[0].lead.stage_text == "Won"
    assert [touch.text for touch in after.standings[0].lead.touches] == ["Call"]
    assert after.standings[1] is before.standings[1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"Call.md": f"{DATED}[[Acme]]"}, {"Call.md": f"{DATED}[[Beta]]"}),
        ({"Call.md": f"{DATED}[[Acme]]"}, {"Call.md": "[[Acme]]"}),
        ({"Call.md": f"{DATED}[[Acme]]"}, {"Call.md": "---\ndate: 2026-11-29\n---\n[[Acme]]"}),
        ({"Call.md": f"{DATED}[[Acme]]"}, {"Call.md": f"{LEAD}[[Acme]]"}),
        ({"Call.md": f"{LEAD}[[Acme]]"}, {"Call.md": f"{DATED}[[Acme]]"}),
        ({"Call.md": f"{DATED}[[Acme]]", "Acme.md": ""}, {"Acme.md": LEAD}),
        ({"Call.md": f"{DATED}[[Acme]]", "Acme.md": LEAD}, {"Acme.md": "Gone."}),
        ({"Call.md": f"{DATED}[[Acme]]", "Acme.md": f"{LEAD[:-4]}x: [\n---\n"}, {"Acme.md": LEAD}),
        ({"x/Acme.md": LEAD}, {"x/Acme.md": "No lead now."}),
        ({"x/Acme.md": "None yet."}, {"x/Acme.md": LEAD}),
    ],
)
def test_one_change_gives_what_reading_everything_gives(
    before: dict[str, str], after: dict[str, str]
) -> None:
    around = {"Acme.md": LEAD, "Beta.md": LEAD, "2026-11-19.md": "- called [[Acme]]\n"}
    brought, built = updated(around | before, around | before | after)
    assert brought == built


def test_what_is_found_elsewhere_is_still_found_after_an_update() -> None:
    notes = {"a/Acme.md": LEAD, "b/Acme.md": LEAD, "C.md": LEAD.replace("Meetings", "???")}
    brought, built = updated(notes, notes | {"a/Acme.md": f"{LEAD}x"})
    assert codes(brought.findings) == ["stage-unknown", "lead-name-twice", "lead-name-twice"]
    assert brought == built


def test_holidays_count_in_an_update_too() -> None:
    working = Settings(pipeline=PipelineSettings(count="working"))
    vault = vault_of(note("---\ntype: lead\nstage: New\ncreated: 2026-11-19\n---\n"))
    friday = frozenset({TODAY.replace(day=20)})
    before = build_pipeline(vault, working, TODAY, OBSIDIAN, friday)
    assert update_pipeline(before, vault, list(vault.notes), OBSIDIAN, friday) == before


@st.composite
def texts(draw: st.DrawFn) -> str:
    head = draw(
        st.sampled_from(
            [
                "",
                "---\ntype: lead\nstage: Meetings\ncompany: '[[Acme]]'\n---\n",
                "---\ntype: lead\nstage: ???\nlast_contact: 2026-11-18\n---\n",
                "---\ntype: lead\nstage: a\nstage: b\n---\n",
                "---\ntype: lead\ncreated: {{date}}\n---\n",
                "---\ndate: 2026-11-20\n---\n",
                "---\ndate: 2026-11-29\ndeal: '[[Beta]]'\n---\n",
                "%% vaultflow:begin x %%\n%% vaultflow:end x 9f2c4a11d0e3 %%\n",
            ]
        )
    )
    names = st.sampled_from(["Acme", "a/Acme", "b/Acme", "Beta", "Gamma", "N", "../Beta", "Nobody"])
    lines = st.sampled_from(["[[{}]]", "![[{}]]", "- [ ] [[{}]]", "- [x] mailed [[{}|them]]"])
    body = draw(st.lists(st.builds(str.format, lines, names), max_size=4))
    log = draw(st.sampled_from(["", "\n## Log\n- 2026-11-19 call: x\n- 2026-11-20 y\n- z\n"]))
    return head + "\n".join(body) + log


VAULTS = st.tuples(*(texts() for _ in PATHS)).map(
    lambda found: dict(zip(PATHS, found, strict=True))
)
EDITS = st.dictionaries(st.sampled_from(PATHS), texts(), max_size=3)


def notes_of(texts_by_path: dict[str, str]) -> list[Note]:
    return [note(text, path) for path, text in texts_by_path.items()]


@given(VAULTS, st.lists(EDITS, min_size=1, max_size=3), st.sampled_from([SETTINGS, BY_FOLDER]))
@settings(max_examples=120, deadline=None)
def test_updates_give_what_reading_everything_gives(
    start: dict[str, str], edits: list[dict[str, str]], chosen: Settings
) -> None:
    pipeline = build_pipeline(vault_of(*notes_of(start)), chosen, TODAY, OBSIDIAN)
    for edit in edits:
        start = start | edit
        vault = vault_of(*notes_of(start))
        changed = {path for path in vault.notes if str(path) in edit}
        pipeline = update_pipeline(pipeline, vault, changed, OBSIDIAN)
        assert pipeline == build_pipeline(vault, chosen, TODAY, OBSIDIAN)


class KnowingNotes(dict[PurePosixPath, Note]):
    """Notes that tell just those that link to a name, as the cache does."""

    def linking(self, names: AbstractSet[str]) -> list[PurePosixPath]:
        return [path for path, note in self.items() if may_lead(packed_targets(note), names)]

    def unreadable(self) -> list[PurePosixPath]:
        return [path for path, note in self.items() if not note.readable]


def knowing(texts_by_path: Mapping[str, str | None]) -> Vault:
    there = {path: text for path, text in texts_by_path.items() if text is not None}
    notes = {each.path: each for each in notes_of(dict(sorted(there.items())))}
    return Vault(notes=KnowingNotes(notes))


MOVES = st.dictionaries(st.sampled_from(PATHS), st.none() | texts(), min_size=1, max_size=3)


@given(VAULTS, st.lists(MOVES, min_size=1, max_size=3))
@settings(max_examples=100, deadline=None)
def test_updates_with_notes_that_come_and_go_give_what_reading_everything_gives(
    start: Mapping[str, str | None], moves: list[dict[str, str | None]]
) -> None:
    vault = knowing(start)
    pipeline = build_pipeline(vault, SETTINGS, TODAY, OBSIDIAN)
    for move in moves:
        before, start = start, {**start, **move}
        vault = knowing(start)
        moved = [
            PurePosixPath(path)
            for path, text in start.items()
            if (text is None) != (before[path] is None)
        ]
        changed = {PurePosixPath(path) for path in move}
        concerned = {*changed, *moved, *linking_notes(vault.notes, moved)}
        pipeline = update_pipeline(pipeline, vault, concerned, OBSIDIAN)
        assert pipeline == build_pipeline(vault, SETTINGS, TODAY, OBSIDIAN)
