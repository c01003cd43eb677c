from __future__ import annotations

from pathlib import Path

import pytest

from vaultflow.disk.writing.temporary import (
    aside_name,
    claim,
    fill,
    temporary,
    temporary_name,
    token_of,
)
from vaultflow.vault.odd_names import is_temporary


def test_a_temporary_name_is_known_for_one_by_us_and_by_the_scan() -> None:
    name = temporary_name()
    aside = aside_name(Path(name)).name
    assert is_temporary(name)
    assert is_temporary(aside)
    assert token_of(name) == token_of(aside) != token_of(temporary_name())


@pytest.mark.parametrize(
    "name",
    [".~vf-.tmp", ".~vf-0123456789AB.tmp", "x.~vf-0123456789ab.tmp", ".~vf-0123456789ab.tmp.md"],
)
def test_a_name_that_only_looks_like_ours_is_not_ours(name: str) -> None:
    assert token_of(name) is None


def test_a_temporary_file_is_gone_at_the_end_whatever_happens(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError), temporary(tmp_path, 0o600) as temp:
        claim(temp, temp)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_filled_and_gets_a_free_name_only(tmp_path: Path) -> None:
    with temporary(tmp_path, 0o600) as temp:
        fill(temp, b"text")
        claim(temp, tmp_path / "new.md")
        with pytest.raises(FileExistsError):
            claim(temp, tmp_path / "new.md")
    assert (tmp_path / "new.md").read_bytes() == b"text"
