from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from pipeline_builders import OBSIDIAN, SETTINGS, TODAY, note, pipeline_of, vault_of

from vaultflow.pipeline.build import build_pipeline
from vaultflow.pipeline.opened_later import lead_texts, standing_of
from vaultflow.pipeline.packed import (
    pack_changes,
    pack_pipeline,
    unpack_changes,
    unpack_pipeline,
)
from vaultflow.pipeline.settings import PipelineSettings, Settings
from vaultflow.pipeline.update import update_pipeline
from vaultflow.vault.plain import record_digest, to_plain

if TYPE_CHECKING:
    from vaultflow.pipeline.pipeline import Pipeline
    from vaultflow.vault.vault import Vault

WHOLE = note("""
    ---
    type: lead
    stage: Proposals
    value: 1200.50
    currency: USD
    company: "[[Acme BV]]"
    people: ["[[Jane Doe]]", Bob]
    owner: Ann
    created: 2026-10-01
    closed_on: 2026-12-01
    next_action: Send "the" quote – soon
    next_action_due: 2026-11-20
    tags: [hot]
    ---
    ## Plan
    - a step
    ## Log
    - 2026-10-01 email in (needs): asks
    - 2026-11-03 review: worth it
    - some day
    """)
OTHERS = (
    note("---\ntype: lead\n---\n", "x/Acme.md"),
    note("---\ntype: lead\nstage: a\nstage: b\n---\n", "Broken.md"),
    note("---\ntype: lead\nstage: Won\nvalue: 1e3\n---\n", "Won.md"),
    note("---\ndate: 2026-11-10\n---\n[[Deals/Acme]] [[Won]]", "Kick-off.md"),
    note("---\ndate: 2026-11-29\n---\n[[Deals/Acme]] [[Won]]", "Planned.md"),
    note("", "Jane Doe.md"),
)
PIPELINE = pipeline_of(WHOLE, *OTHERS)
PACKED = pack_pipeline(PIPELINE) or b""


def test_a_packed_pipeline_is_the_same_when_it_is_opened() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened == PIPELINE
    assert pack_pipeline(opened) == PACKED


def test_leads_stand_in_the_very_stages_that_are_in_force() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    stages = [standing.lead.stage for standing in opened.standings]
    assert all(stage is None or any(stage is each for each in opened.stages) for stage in stages)
    assert None in stages


def test_amounts_and_last_touches_are_what_they_were() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    by_name = {standing.lead.path.name: standing for standing in opened.standings}
    value = by_name["Won.md"].lead.value
    assert value
    assert str(value.amount) == "1000"
    assert by_name["Won.md"].weighted == Decimal(1000)
    last = by_name["Won.md"].last_touch
    assert last
    assert last is by_name["Won.md"].lead.touches[0]


def test_each_lead_is_opened_alone_or_with_all_others() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    assert list(lead_texts(opened.standings)) == list(lead_texts(PIPELINE.standings))
    for standing in PIPELINE.standings:
        assert standing_of(opened.standings, standing.lead.path) == standing
        assert standing_of(PIPELINE.standings, standing.lead.path) is standing
    assert opened.standings[1:] == PIPELINE.standings[1:]
    assert (len(opened.standings), opened.standings[0]) == (
        len(PIPELINE.standings),
        PIPELINE.standings[0],
    )
    assert hash(opened.standings) == hash(PIPELINE.standings)


def test_touches_that_are_opened_later_are_plain_like_others() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    for found, built in zip(opened.standings, PIPELINE.standings, strict=True):
        assert to_plain(found.lead) == to_plain(built.lead)
        assert record_digest(found.lead) == record_digest(built.lead)
    assert max(len(standing.lead.touches) for standing in opened.standings) > 1


def test_leads_that_are_opened_later_are_no_other_leads() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    assert opened.standings != PIPELINE.standings[1:]
    assert opened.standings != list(PIPELINE.standings)


def test_an_opened_pipeline_can_be_updated() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    won = note("---\ntype: lead\nstage: Lost\n---\n", "Won.md")
    vault = vault_of(WHOLE, *(won if each.path == won.path else each for each in OTHERS))
    after = update_pipeline(opened, vault, [won.path], OBSIDIAN)
    assert after == update_pipeline(PIPELINE, vault, [won.path], OBSIDIAN)


def test_an_update_opens_no_lead_but_those_concerned_and_is_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    broken = note("---\ntype: lead\nstage: Nowhere\nvalue: much\n---\n", "Won.md")
    vault = vault_of(WHOLE, *(broken if each.path == broken.path else each for each in OTHERS))
    monkeypatch.delattr("vaultflow.pipeline.opened_later.open_leads")
    after = update_pipeline(opened, vault, [broken.path], OBSIDIAN)
    anew = build_pipeline(vault, SETTINGS, TODAY, OBSIDIAN)
    assert pack_pipeline(after) == pack_pipeline(anew)
    assert after.findings == anew.findings != PIPELINE.findings


def test_an_update_with_text_that_has_no_bytes_is_not_packed() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    half = note("---\ndate: 2026-11-12\n---\n[[Won]]", "Caf\udce9.md")
    vault = vault_of(WHOLE, *OTHERS, half)
    after = update_pipeline(opened, vault, [half.path], OBSIDIAN)
    assert after == build_pipeline(vault, SETTINGS, TODAY, OBSIDIAN)
    assert pack_pipeline(after) is None


def test_leads_that_are_open_already_stay_the_same_objects_in_an_update() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    kept = [standing for standing in opened.standings if standing.lead.path.name != "Won.md"]
    won = note("---\ntype: lead\nstage: Lost\n---\n", "Won.md")
    vault = vault_of(WHOLE, *(won if each.path == won.path else each for each in OTHERS))
    after = update_pipeline(opened, vault, [won.path], OBSIDIAN)
    still = [standing for standing in after.standings if standing.lead.path.name != "Won.md"]
    assert all(one is other for one, other in zip(kept, still, strict=True))


def test_equal_pipelines_are_the_same_bytes_in_whatever_order_they_came_about() -> None:
    turned = dict(reversed(tuple(PIPELINE.mentions.items())))
    assert len(turned) > 1
    assert pack_pipeline(replace(PIPELINE, mentions=turned)) == PACKED


def test_holidays_are_days_off_when_it_is_opened() -> None:
    off = frozenset({date(2026, 11, 20)})
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY, off)
    assert opened
    assert opened.calendar.holidays == off


def test_an_empty_pipeline_can_be_packed() -> None:
    empty = pipeline_of()
    assert unpack_pipeline(pack_pipeline(empty) or b"", SETTINGS, TODAY) == empty


def test_text_that_has_no_bytes_is_not_packed() -> None:
    standing = PIPELINE.standings[0]
    half = structs.replace(standing, lead=structs.replace(standing.lead, owner="\ud83d"))
    assert pack_pipeline(replace(PIPELINE, standings=(half,))) is None


def test_stages_that_are_not_there_any_more_are_something_else() -> None:
    fewer = Settings(pipeline=PipelineSettings(stages=PIPELINE.stages[:1]))
    assert unpack_pipeline(PACKED, fewer, TODAY) is None


def repacked(value: object, *at: int) -> bytes:
    parts = msgspec.msgpack.decode(PACKED)
    *above, last = at
    holder = parts
    for place in above:
        holder = holder[place]
    holder[last] = value
    return msgspec.msgpack.encode(parts)


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\x00",
        b"\x93\x01",
        b"vaultflow",
        PACKED[:-1],
        PACKED + b"\x00",
        b"\x91" * 100_000,
        repacked(0, 0),
        repacked([], 1, 0),
        repacked([], 1, 2),
        repacked([0] * len(PIPELINE.standings) + [0], 1, 2),
        repacked([99] * len(PIPELINE.standings), 1, 2),
        repacked([], 1, 3),
        repacked([], 1, 4),
        repacked([-2] * len(PIPELINE.standings), 1, 2),
        repacked([[1, ["a"]]], 3),
    ],
)
def test_anything_else_is_none(packed: bytes) -> None:
    assert unpack_pipeline(packed, SETTINGS, TODAY) is None


@given(st.binary(max_size=60), st.integers(0, len(PACKED) - 1))
@settings(max_examples=150, deadline=None)
def test_noise_never_raises(noise: bytes, at: int) -> None:
    unpack_pipeline(noise, SETTINGS, TODAY)
    unpack_pipeline(PACKED[:at] + noise + PACKED[at + len(noise) :], SETTINGS, TODAY)


def changed_lead(text: str, opened: Pipeline) -> tuple[Pipeline, Vault]:
    """The pipeline when one lead says something else, and the vault."""
    won = note(text, "Won.md")
    vault = vault_of(WHOLE, *(won if each.path == won.path else each for each in OTHERS))
    return update_pipeline(opened, vault, [won.path], OBSIDIAN), vault


def test_changes_of_some_leads_are_packed_by_themselves() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    after, vault = changed_lead("---\ntype: lead\nstage: Nowhere\nvalue: much\n---\n", opened)
    changes = pack_changes(after, opened)
    assert changes
    assert len(changes) < len(PACKED) / 3
    assert unpack_changes(changes, opened) == build_pipeline(vault, SETTINGS, TODAY, OBSIDIAN)
    assert unpack_changes(changes, opened).findings == after.findings != opened.findings
    assert pack_changes(unpack_changes(changes, opened), opened) == changes


def test_without_a_change_there_is_nothing_to_pack() -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    after, _ = changed_lead("---\ntype: lead\nstage: Won\nvalue: 1e3\n---\nWords.\n", opened)
    assert pack_changes(after, opened) == b""
    assert unpack_changes(b"", opened) == PIPELINE


def test_more_than_some_changed_leads_is_packed_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = unpack_pipeline(PACKED, SETTINGS, TODAY)
    assert opened
    no_lead, _ = changed_lead("No lead.", opened)
    assert pack_changes(no_lead, opened) is None
    told_less = replace(opened, mentions={})
    assert pack_changes(told_less, opened) is None
    assert pack_changes(PIPELINE, opened) is None
    after, _ = changed_lead("---\ntype: lead\n---\n", opened)
    monkeypatch.setattr("vaultflow.pipeline.packed.MOST_CHANGED", 0)
    assert pack_changes(after, opened) is None
