from __future__ import annotations

from merge_builders import PATH

from vaultflow.errors import Level
from vaultflow.pages.blocks.faults import page_faults
from vaultflow.vault.reader import read_note

BEGIN = "%% vaultflow:begin focus %%\n"
END = "%% vaultflow:end focus %%\n"


def faults(text: str) -> list[tuple[str, int]]:
    found = page_faults(read_note(PATH, text.encode()), text)
    return [(finding.code, finding.line) for finding in found]


def test_a_whole_page_has_no_faults() -> None:
    assert faults(f"{BEGIN}- [ ] a ^vf-aaaa\n{END}") == []


def test_f32_each_broken_marker_is_said_with_its_line() -> None:
    assert faults(f"x\n{BEGIN}y\n") == [("marker-unclosed", 2)]
    assert faults(f"x\n{END}{BEGIN}") == [("marker-reversed", 2), ("marker-reversed", 3)]


def test_an_item_that_stands_there_twice_is_said_at_its_second_place() -> None:
    text = f"{BEGIN}- [ ] a ^vf-aaaa\n{END}- [x] a ^vf-aaaa\n- b ^mine\n- c ^mine\n"
    (finding,) = page_faults(read_note(PATH, text.encode()), text)
    assert (finding.code, finding.line, finding.level) == ("item-twice", 4, Level.WARNING)
    assert "line 2" in finding.message


def test_marks_of_a_merge_that_the_note_says_already_are_not_said_again() -> None:
    marks = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n"
    assert faults(f"{BEGIN}{END}{marks}") == []
    assert faults(f"{BEGIN}{END}<<<<<<< HEAD\n") == [("page-conflict", 3)]
