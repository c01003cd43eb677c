"""Which note a person means."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from vaultflow.vault.lookup import find_paths

PATHS = [
    PurePosixPath(path)
    for path in ("a/Acme BV.md", "Acme.md", "b/Acme.md", "a b/Acme Group.md", "People/Zoë.md")
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("b/Acme.md", ["b/Acme.md"]),
        ("./b/acme", ["b/Acme.md"]),
        ("Acme", ["Acme.md"]),
        ("[[acme bv]]", ["a/Acme BV.md"]),
        ("acme g", ["a b/Acme Group.md"]),
        ("me ", ["Acme.md", "a/Acme BV.md", "a b/Acme Group.md", "b/Acme.md"]),
        ("zoe\u0308", ["People/Zoë.md"]),
        ("Globex", []),
    ],
)
def test_the_best_kind_of_match_is_taken_in_path_order(text: str, found: list[str]) -> None:
    assert [str(path) for path in find_paths(reversed(PATHS), text)] == found
