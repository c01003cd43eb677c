from __future__ import annotations

from disk_builders import at
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.disk.change import Change, diff


def shown(before: bytes | None, after: bytes, path: str = "Deals/Acme.md") -> str:
    return diff(Change(path=at(path), before=before, after=after))


def test_a_change_shows_as_a_unified_diff() -> None:
    assert shown(b"a\nstage: Lead\nc\n", b"a\nstage: Won\nc\n") == (
        "--- Deals/Acme.md\n+++ Deals/Acme.md\n@@ -1,3 +1,3 @@\n a\n-stage: Lead\n+stage: Won\n c\n"
    )


def test_a_new_file_comes_from_nowhere() -> None:
    assert shown(None, b"a\n").startswith("--- /dev/null\n+++ Deals/Acme.md\n")


def test_no_change_shows_nothing() -> None:
    assert shown(b"a", b"a") == ""


def test_a_missing_newline_at_the_end_is_told() -> None:
    assert shown(b"a", b"a\n").endswith("-a\n\\ No newline at end of file\n+a\n")


def test_what_a_terminal_would_obey_is_stripped() -> None:
    text = shown(None, "\x1b[31mred\u202e\ttab\r\n".encode() + b"\xff\n", path="\x1b[2J.md")
    assert text.endswith("+[31mred\ttab\n+�\n")
    assert "\x1b" not in text


@given(before=st.binary(max_size=60), after=st.binary(max_size=60))
@settings(max_examples=50)
def test_any_bytes_can_be_shown(before: bytes, after: bytes) -> None:
    text = shown(before, after)
    assert (text == "") <= (before.decode(errors="replace") == after.decode(errors="replace"))
    assert text.isprintable() or not set(text) & {"\x1b", "\x07", "\r", "\x00"}
