"""What is surely a slip is put right by the bytes concerned, else nothing is."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.vault.edit.mending import close_front_matter, mend_text, quote_links, rewrite_links
from vaultflow.vault.reader import read_note

PATH = PurePosixPath("a.md")


def quoted(text: str) -> str:
    return quote_links(PATH, text.encode()).after.decode()


def closed(text: str) -> str:
    return close_front_matter(PATH, text.encode()).after.decode()


def test_only_the_lines_that_are_named_are_mended() -> None:
    raw = "CafÃ©\r\nCafÃ©\r\n".encode()
    edit = mend_text({2})(PATH, raw)
    assert edit.after.decode() == "CafÃ©\r\nCafé\r\n"


def test_bytes_that_are_no_utf8_and_a_bom_stay() -> None:
    raw = b"\xef\xbb\xbf\xff " + "CafÃ©\n".encode()
    assert mend_text({1})(PATH, raw).after == b"\xef\xbb\xbf\xff " + "Café\n".encode()


def test_a_link_is_rewritten_on_its_line_only() -> None:
    raw = b"[[x]]\n[[x]] and x\n"
    assert rewrite_links([(2, "[[x]]", "[[y]]")])(PATH, raw).after == b"[[x]]\n[[y]] and x\n"


def test_a_rewrite_that_would_change_what_the_note_says_is_refused() -> None:
    raw = b"---\na: '[[x]]'\n---\n"
    edit = rewrite_links([(2, "[[x]]", "[[y']]")])(PATH, raw)
    assert edit.after == raw
    assert edit.refusal is not None
    assert edit.refusal.code == "mending-refused"


def test_a_note_with_a_merge_conflict_is_not_touched() -> None:
    raw = "<<<<<<< HEAD\nCafÃ©\n=======\nx\n>>>>>>> other\n".encode()
    edit = mend_text({2})(PATH, raw)
    assert edit.after == raw
    assert edit.refusal is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\nto: [[Bob]]\n---\n", '---\nto: "[[Bob]]"\n---\n'),
        (
            "---\r\nto:  [[Acme, Inc]]  # us\r\n---\r\n",
            '---\r\nto:  "[[Acme, Inc]]"  # us\r\n---\r\n',
        ),
        (
            "---\nto:\n  - [[A|a]]\n  - x\n---\n[[b]]\n",
            '---\nto:\n  - "[[A|a]]"\n  - x\n---\n[[b]]\n',
        ),
        ('---\nto: "[[Bob]]"\n---\n', '---\nto: "[[Bob]]"\n---\n'),
        ("---\nto: [[[A]], [[B]]]\n---\n", "---\nto: [[[A]], [[B]]]\n---\n"),
        ("to: [[Bob]]\n", "to: [[Bob]]\n"),
    ],
)
def test_a_link_that_is_a_whole_value_gets_quotes(before: str, after: str) -> None:
    assert quoted(before) == after


def test_text_that_only_looks_like_a_list_of_links_is_not_touched() -> None:
    raw = b"---\nsaid: |\n  - [[Bob]]\n---\n"
    edit = quote_links(PATH, raw)
    assert edit.after == raw
    assert edit.refusal is not None


def test_a_quoted_link_reads_as_the_same_link() -> None:
    before = "---\nto: [[Acme, Inc|us]]\n---\n"
    old, new = (read_note(PATH, text.encode()) for text in (before, quoted(before)))
    assert [link.target for link in new.frontmatter_links] == [
        link.target for link in old.frontmatter_links
    ]
    assert new.findings == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\na: b\n...\ntext\n", "---\na: b\n---\ntext\n"),
        ("\ufeff---\r\na: b\r\n... \r\n", "\ufeff---\r\na: b\r\n--- \r\n"),
        ("---\na: b\n...", "---\na: b\n---"),
        ("---\na: b\n...\ntext\n---\n", "---\na: b\n...\ntext\n---\n"),
        ("---\na: b\ntext ...\n", "---\na: b\ntext ...\n"),
        ("---\njust text\n...\n", "---\njust text\n...\n"),
        ("---\na: [b\n...\n", "---\na: [b\n...\n"),
        ("...\n", "...\n"),
    ],
)
def test_dots_become_the_closing_fence_only_when_that_is_certain(before: str, after: str) -> None:
    assert closed(before) == after


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=80)
    | st.text(max_size=80).map(lambda text: f"---\n{text}".encode("utf-8", "replace"))
)
def test_no_bytes_make_a_mending_raise_and_a_refusal_changes_nothing(raw: bytes) -> None:
    for operation in (quote_links, close_front_matter, mend_text({1})):
        edit = operation(PATH, raw)
        assert edit.refusal is None or edit.after == raw
