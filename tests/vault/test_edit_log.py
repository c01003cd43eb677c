from __future__ import annotations

import pytest
from edit_builders import NOTE, done, refused

from vaultflow.vault.edit.log import (
    add_log_line,
    adding_log_line,
    replace_log_line,
    replacing_log_line,
)

LINE = "2026-11-23 call out: spoke"
ADD = adding_log_line("Log", LINE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## Log\n- a\n\n\n## Next\n- z\n", "## Log\n- a\n+\n\n\n## Next\n- z\n"),
        ("# A\r\n## log:\r\n- a\r\n", "# A\r\n## log:\r\n- a\r\n+\r\n"),
        ("# A\n## **Log**\r\n- a\r\n## B\n", "# A\n## **Log**\r\n- a\r\n+\r\n## B\n"),
        ("## Log\n- a", "## Log\n- a\n+"),
        ("## Log\n- a\n  - b\n\n  c\n\ntext\n", "## Log\n- a\n  - b\n\n  c\n+\n\ntext\n"),
        ("## Log\n### 2025\n- a\n### 2026\n- b\n", "## Log\n### 2025\n- a\n### 2026\n- b\n+\n"),
        ("## Log\n- a\n\n## X\n## Log\n- b\n", "## Log\n- a\n\n## X\n## Log\n- b\n+\n"),
        ("## Log\n1. a\n", "## Log\n1. a\n+\n"),
        ("## Log\n\n## Next\n", "## Log\n+\n\n## Next\n"),
        ("Log\n---\n\n## Next\n", "Log\n---\n+\n\n## Next\n"),
        ("## Log\ntext\n\n### Sub\n", "## Log\ntext\n\n+\n\n### Sub\n"),
        ("## Log\n- a\n%% vaultflow:begin x %%\n", "## Log\n- a\n+\n%% vaultflow:begin x %%\n"),
        ("## Log\n- a\n%% k\nx\n%%\n", "## Log\n- a\n+\n%% k\nx\n%%\n"),
        ("## Log\n- a\n\n%% vaultflow:begin x %%\n- z\n%% vaultflow:end x 12 %%\n", None),
        ("## Log\n\n[^1]: note\n", "## Log\n+\n\n[^1]: note\n"),
    ],
)
def test_a_line_goes_to_the_end_of_the_list(before: str, after: str | None) -> None:
    after = after or before.replace("- a\n", "- a\n+\n")
    assert done(before, ADD) == after.replace("+", f"- {LINE}")


@pytest.mark.parametrize(("typed", "bullet"), [("* a", "*"), ("+ a", "+"), ("  - a", "  -")])
def test_a_line_takes_the_bullet_of_its_list(typed: str, bullet: str) -> None:
    assert done(f"## Log\n{typed}\n", ADD) == f"## Log\n{typed}\n{bullet} {LINE}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "+\n"),
        ("---\nx: 1\n---\n", "---\nx: 1\n---\n+\n"),
        ("---\nx: 1\n---", "---\nx: 1\n---\n+"),
        ("Body\n\n\n", "Body\n\n+\n\n\n"),
        ("Body\r\nlast", "Body\r\nlast\r\n\r\n+"),
        ("Body\n\n[^1]: a\n[^2]: b\n", "Body\n\n+\n\n[^1]: a\n[^2]: b\n"),
        (
            "## Todo\n\n- [ ] a\n\n%% kanban:settings\n```\n{}\n```\n%%\n",
            "## Todo\n\n- [ ] a\n\n+\n\n%% kanban:settings\n```\n{}\n```\n%%\n",
        ),
        (
            "a\n\n%% vaultflow:begin x %%\n## B\n%% vaultflow:end x 12 %%\n",
            "a\n\n+\n\n%% vaultflow:begin x %%\n## B\n%% vaultflow:end x 12 %%\n",
        ),
        ("a\n\n%% vaultflow:end x 12 %%\n", "a\n\n%% vaultflow:end x 12 %%\n\n+\n"),
        ("```\n## Log\n```\n", "```\n## Log\n```\n\n+\n"),
        ("a\n\n%%\n## Log\n- b\n%%\n\nc\n", "a\n\n%%\n## Log\n- b\n%%\n\nc\n\n+\n"),
        ("> ## Log\n> - a\n", "> ## Log\n> - a\n\n+\n"),
    ],
)
def test_a_missing_heading_is_made_where_a_person_would_put_it(before: str, after: str) -> None:
    line_end = "\r\n" if "\r\n" in before else "\n"
    assert done(before, ADD) == after.replace("+", f"## Log{line_end}- {LINE}")


def test_a_note_that_cannot_be_read_as_properties_still_takes_a_log_line() -> None:
    assert done("---\na: b: c\n---\n## Log\n", ADD) == f"---\na: b: c\n---\n## Log\n- {LINE}\n"


@pytest.mark.parametrize("text", ["```\nnever closed\n", "## Log\n```\nnever closed\n"])
def test_no_line_goes_into_code(text: str) -> None:
    assert refused(text, ADD)[0] == "edit-unsafe"


@pytest.mark.parametrize("line", ["", "  ", "a\nb", "a\u2028b", "a\x1b[31m", "\udce9"])
def test_a_log_line_is_one_line(line: str) -> None:
    assert refused("## Log\n", adding_log_line("Log", line))[0] == "edit-not-a-line"


@pytest.mark.parametrize("line", ["[ ] a plan", "1. a\\", "- a", "> a"])
def test_a_line_that_is_more_than_an_item_is_refused_or_stays_one(line: str) -> None:
    edit = add_log_line(NOTE, b"## Log\n- x\n", "Log", line)
    assert edit.after == b"## Log\n- x\n" or edit.after == f"## Log\n- x\n- {line}\n".encode()


def test_f23_a_log_line_leaves_bytes_that_are_no_text() -> None:
    edit = add_log_line(NOTE, b"Caf\xe9 au lait, please\n## Log\n- th\xe9\n", "Log", LINE)
    assert edit.after == b"Caf\xe9 au lait, please\n## Log\n- th\xe9\n- %b\n" % LINE.encode()


OLD = "2026-11-20 email in: asks ^vf-1"


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        (f"## Log\n- a\n* {OLD}  \r\n- b", "z", "## Log\n- a\n* z  \r\n- b"),
        (f"## Log\n- [x] {OLD}\n  - below\n", "z", "## Log\n- [x] z\n  - below\n"),
        (f"## Log\n- a\n- {OLD}\r\n- b", None, "## Log\n- a\n- b"),
        (f"## Log\n- {OLD}", None, "## Log\n"),
        (
            f"- {OLD}\n## Log\n- {OLD}\n## B\n- {OLD}\n",
            "z",
            f"- {OLD}\n## Log\n- z\n## B\n- {OLD}\n",
        ),
        (f"## Log\n- {OLD}\n", OLD, f"## Log\n- {OLD}\n"),
    ],
)
def test_one_line_is_replaced_or_taken_out(before: str, new: str | None, after: str) -> None:
    assert done(before, replacing_log_line("Log", OLD, new)) == after


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("## Log\n- other\n", "log-line-missing", 0),
        (f"- {OLD}\n", "log-line-missing", 0),
        (f"## Log\n```\n- {OLD}\n```\n", "log-line-missing", 0),
        (f"---\nx: 1\n---\n## Log\n- {OLD}\n- a\n- {OLD}\n", "log-line-twice", 7),
        (f"## Log\n- {OLD}\n  - below\n", "edit-unsafe", 0),
    ],
)
def test_a_line_that_is_not_there_once_is_left_alone(text: str, code: str, line: int) -> None:
    assert refused(text, replacing_log_line("Log", OLD, None)) == (code, line)


def test_the_new_line_must_be_one_line() -> None:
    edit = replace_log_line(NOTE, f"## Log\n- {OLD}\n".encode(), "Log", OLD, "a\nb")
    assert edit.refusal is not None
    assert edit.refusal.code == "edit-not-a-line"
