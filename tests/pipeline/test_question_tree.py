"""Question notes by values: answers, conditions, where the tree begins."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from pipeline_builders import note, vault_of

from vaultflow.pipeline.practice.reviewing.question_tree import (
    Question,
    first_questions,
    read_question,
)

FACTS = {"open_leads": 3, "overdue": 0}
ROOT = """
    ---
    type: question
    ---
    Is there anything?

    - [[Some|Yes]] [when:: open_leads > 0]
    - [[None at all]] [when:: open_leads == 0]

    See also [[Elsewhere]].
"""


def asked(text: str) -> Question:
    own = note(text, "Questions/Root.md")
    return read_question(own, vault_of(own, note("x", "Some.md")), FACTS)


def with_when(when: str) -> Question:
    return asked(f"---\ntype: question\n---\n- [[Some|Yes]] [when:: {when}]\n")


def test_links_of_the_list_are_the_answers_and_their_aliases_what_is_said() -> None:
    question = asked(ROOT)
    labels = [(one.label, one.leads_to, one.line) for one in question.choices]
    assert labels == [("Yes", PurePosixPath("Some.md"), 6), ("None at all", None, 7)]


def test_where_one_condition_holds_the_numbers_give_the_answer() -> None:
    question = asked(ROOT)
    assert question.told == question.choices[0]
    assert question.open_choices == question.choices[:1]


def test_an_answer_without_a_condition_leaves_the_question_to_the_person() -> None:
    question = asked(ROOT.replace(" [when:: open_leads == 0]", ""))
    assert question.told is None
    assert len(question.open_choices) == 2


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("open_leads > 2", True),
        ("open_leads > 3", False),
        ("open_leads >= 3", True),
        ("open_leads < 4", True),
        ("open_leads <= 2", False),
        ("open_leads != 3", False),
        ("open_leads == 3 and overdue == 0", True),
        ("open_leads == 3 and overdue > 0", False),
    ],
)
def test_conditions_compare_numbers(when: str, holds: bool) -> None:
    assert with_when(when).choices[0].holds is holds


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("open_lead > 2", 'when: "open_lead" is no number of the pipeline: did you mean'),
        ("open_leads", 'when: "open_leads" is no comparison of a number.'),
        ("__import__('os')", "is no comparison of a number."),
    ],
)
def test_a_condition_that_cannot_be_read_is_a_finding_and_decides_nothing(
    when: str, message: str
) -> None:
    question = with_when(when)
    assert question.choices[0].holds is None
    (finding,) = question.findings
    assert message in finding.message
    assert (str(finding.path), finding.line) == ("Questions/Root.md", 4)


def test_the_tree_begins_where_no_other_question_leads() -> None:
    root = note("- [[B]]\n", "A.md")
    below = note("- [[B]]\n", "B.md")
    vault = vault_of(root, below)
    assert first_questions([below, root], vault) == (root.path,)


def test_in_a_circle_every_question_may_be_the_first() -> None:
    one, two = note("- [[B]]\n", "A.md"), note("- [[A]]\n", "B.md")
    assert first_questions([one, two], vault_of(one, two)) == (one.path, two.path)
