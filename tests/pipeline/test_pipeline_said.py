"""What a lead keeps as typed: the fields of the practice, criteria and steps, days of reviews."""

from __future__ import annotations

from datetime import date

from pipeline_builders import lead_of

from vaultflow.pipeline.lead import Box, Said
from vaultflow.pipeline.settings import PipelineSettings, Settings, Stage, StageKind

STAGES = (
    Stage(name="Talk", exit=("The need is known",)),
    Stage(name="Won", kind=StageKind.WON),
    Stage(name="Lost", kind=StageKind.LOST),
)
OWN_STAGES = Settings(pipeline=PipelineSettings(stages=STAGES))


def test_a_field_of_the_practice_is_kept_as_typed_with_its_line() -> None:
    lead = lead_of("""
        ---
        type: lead
        problem: "Every job is urgent: so none is"
        flags:
          - micromanager
          - "[[Bargain hunter|bargains]]"
        interested: yes
        budget:
        ---
        Signs off:: nobody
        signoff:: Deborah
    """)
    assert lead.said == {
        "problem": Said(texts=("Every job is urgent: so none is",), line=3),
        "flags": Said(texts=("micromanager", "bargains"), line=4),
        "interested": Said(texts=("yes",), line=7),
        "signoff": Said(texts=("Deborah",), line=11),
    }
    assert lead.said["flags"].text == "micromanager, bargains"


def test_nested_answers_are_found() -> None:
    lead = lead_of("""
        ---
        type: lead
        qualification: {problem: No planning, signoff: Ann}
        bant:
          budget: yes
        ---
    """)
    assert {name: said.text for name, said in lead.said.items()} == {
        "problem": "No planning",
        "signoff": "Ann",
        "budget": "yes",
    }


def test_ticked_criteria_are_kept_wherever_they_stand_and_others_are_not() -> None:
    lead = lead_of(
        """
        ---
        type: lead
        ---
        - [x] the need is **known**
        - [x] The need is known.
        - [ ] The need is known
        - [x] Buy milk
        """,
        settings=OWN_STAGES,
    )
    assert lead.boxes == (Box(text="The need is known.", line=5, heading="", is_done=True),)


def test_all_items_of_plan_and_romancing_are_kept() -> None:
    lead = lead_of("""
        ---
        type: lead
        ---
        ## Plan
        - 2026-12-01 send the offer
        - [x] call
        ## Romancing:
        - [ ] Trust
        ## Ideas
        - [x] a hat
    """)
    assert lead.boxes == (
        Box(text="2026-12-01 send the offer", line=5, heading="Plan", is_done=False),
        Box(text="call", line=6, heading="Plan", is_done=True),
        Box(text="Trust", line=8, heading="Romancing", is_done=False),
    )


def test_the_days_of_reviews_and_of_the_newest_reason_are_kept() -> None:
    lead = lead_of("""
        ---
        type: lead
        ---
        ## Log
        - 2026-11-02 review: why they asked for it; buying yes
        - 2026-11-09 review: done call
        - 2026-11-16 review: buying yes
        - 2026-11-16 review: note why not
    """)
    assert lead.review_days == (date(2026, 11, 16), date(2026, 11, 2))
    assert lead.why_on == date(2026, 11, 2)
