"""What must hold of edits whatever the note: faults.md part 7."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from edit_builders import NOTE, WORDS, read, samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultflow.vault.edit.field import set_field, setting
from vaultflow.vault.edit.inline import set_inline_field, setting_inline_field
from vaultflow.vault.edit.log import add_log_line, adding_log_line, replacing_log_line

if TYPE_CHECKING:
    from edit_builders import Sample

    from vaultflow.vault.edit.edit import FieldValue, Operation

VALUES: st.SearchStrategy[FieldValue] = st.one_of(
    WORDS,
    st.sampled_from(["no", "12:30", "0441 234", "2026-11-23", "1_000", "null", "[[Acme]]", "y"]),
    st.lists(WORDS, max_size=3).map(tuple),
    st.dates(min_value=date(1000, 1, 1)),
    st.integers(-(2**53), 2**53),
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    ),
    st.booleans(),
    st.none(),
)
patient = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def others(raw: bytes) -> list[tuple[str, object, str]]:
    properties = read(raw).properties
    assert properties is not None
    return [(e.key, e.value, e.text) for e in properties.values() if e.key != "stage"]


@patient
@given(samples(), VALUES)
def test_f16_only_the_value_changes_whatever_the_front_matter(
    sample: Sample, value: FieldValue
) -> None:
    edit = set_field(NOTE, sample.raw, "stage", value)
    assert edit.refusal is None, edit.refusal
    assert edit.after.startswith(sample.above.encode())
    assert edit.after.endswith(
        (sample.below + sample.rest if sample.target else sample.rest).encode()
    )
    assert others(edit.after) == others(sample.raw)
    assert set_field(NOTE, edit.after, "stage", value).after == edit.after


LINE = "2026-11-23 call out: spoke"
SNIPPETS = st.sampled_from(
    [
        *(
            "---\n",
            "---",
            "\r\n",
            "\n",
            "stage: lead\n",
            "stage",
            ": ",
            "- ",
            "  ",
            "\t",
            "&a ",
            "*a",
        ),
        *(
            "|\n",
            "> ",
            "# ",
            "'",
            '"',
            "[",
            "]",
            "{",
            "}",
            ",",
            "?",
            "!!int ",
            "%YAML 1.1\n",
            "...\n",
        ),
        *(
            "## Log\n",
            "- a\n",
            "  - b\n",
            "1. c\n",
            "```\n",
            "%%",
            "> ",
            "stage:: x\n",
            "[stage:: y]",
        ),
        *(
            "<!--",
            "-->",
            "| a | b |\n| - | - |\n",
            "[^1]: z\n",
            "\x85",
            "\u2028",
            "\ufeff",
            "\r",
            "💶",
        ),
    ]
)
NOTES = st.lists(st.one_of(SNIPPETS, SNIPPETS, WORDS), max_size=25).map("".join)
OPERATIONS = st.sampled_from(
    [
        setting("stage", "lost"),
        setting("stage", ("a", "[[b]]")),
        adding_log_line("Log", LINE),
        replacing_log_line("Log", "a", "z"),
        replacing_log_line("Log", "a", None),
        setting_inline_field("stage", "lost"),
    ]
)


@patient
@given(st.one_of(NOTES.map(str.encode), st.binary(max_size=60)), OPERATIONS)
def test_no_note_makes_an_edit_raise_and_a_refusal_leaves_it(
    raw: bytes, operation: Operation
) -> None:
    edit = operation(NOTE, raw)
    if edit.refusal:
        assert edit.after == raw
        assert edit.refusal.message


@patient
@given(NOTES)
def test_a_log_line_is_put_between_the_bytes_of_the_note(text: str) -> None:
    raw = text.encode()
    edit = add_log_line(NOTE, raw, "Log", LINE)
    if edit.refusal:
        return
    after = edit.after
    assert any(
        after.startswith(raw[:at]) and after.endswith(raw[at:]) for at in range(len(raw) + 1)
    )
    assert LINE in [item.text for item in read(after).items]


@patient
@given(NOTES, WORDS)
def test_an_inline_field_reads_as_it_was_set(text: str, value: str) -> None:
    edit = set_inline_field(NOTE, text.encode(), "stage", value)
    if edit.refusal:
        return
    fields = read(edit.after).inline_fields
    assert [field.text for field in fields if field.name == "stage"] == [value.strip()]
    assert set_inline_field(NOTE, edit.after, "stage", value).after == edit.after
