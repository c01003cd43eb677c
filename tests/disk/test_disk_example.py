from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from disk_builders import tree, vault
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.disk import example
from vaultflow.disk.example import EXAMPLE_DAY, PAGE_MARK, move_dates, write_example
from vaultflow.errors import VaultError

if TYPE_CHECKING:
    from pathlib import Path

WEEK_LATER = EXAMPLE_DAY + timedelta(days=7)


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small example vault in place of the packed one."""
    source = vault(
        tmp_path / "packed",
        {
            "Daily/2026-11-23.md": "Call [[2026-11-20]], [[Meetings/2026-11-20 Acme|Acme]].\r\n",
            "Meetings/2026-11-20 Acme.md": "---\ndate: 2026-11-20T09:30\n---\n",
            "Reviews/2026-11-23 Pipeline review.md": "# Review\n%% vaultflow:begin focus %%\n",
            "plan.png": b"\x89PNG 2026-11-23",
        },
    )
    monkeypatch.setattr(example, "packed_folder", lambda _name: source)
    return source


@pytest.mark.usefixtures("packed")
def test_dates_in_names_texts_and_links_are_moved_together(tmp_path: Path) -> None:
    target = tmp_path / "new" / "vault"
    paths = write_example(target, WEEK_LATER)
    assert tree(target) == {
        "Daily/2026-11-30.md": (b"Call [[2026-11-27]], [[Meetings/2026-11-27 Acme|Acme]].\r\n"),
        "Meetings/2026-11-27 Acme.md": b"---\ndate: 2026-11-27T09:30\n---\n",
        "plan.png": b"\x89PNG 2026-11-23",
    }
    assert [str(path) for path in paths] == [".obsidian/app.json", *tree(target)]


def test_on_its_own_day_the_example_is_as_packed(tmp_path: Path, packed: Path) -> None:
    write_example(tmp_path / "new", EXAMPLE_DAY)
    copied = tree(tmp_path / "new")
    assert copied == {name: tree(packed)[name] for name in copied}


@pytest.mark.usefixtures("packed")
def test_an_empty_folder_is_taken_and_a_full_one_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert write_example(tmp_path / "empty", EXAMPLE_DAY)
    full = vault(tmp_path / "full", {"mine.md": "mine"})
    with pytest.raises(VaultError, match="not empty"):
        write_example(full, EXAMPLE_DAY)
    assert tree(full) == {"mine.md": b"mine"}
    with pytest.raises(VaultError, match="cannot be made"):
        write_example(full / "mine.md", EXAMPLE_DAY)


def test_the_packed_example_can_be_written_for_any_day(tmp_path: Path) -> None:
    paths = write_example(tmp_path / "new", date(2031, 2, 28))
    written = tree(tmp_path / "new")
    assert "vaultflow.toml" in map(str, paths)
    assert not any(PAGE_MARK.encode() in content for content in written.values())
    assert (tmp_path / "new" / ".obsidian").is_dir()


@pytest.mark.parametrize(
    "text",
    ["12026-11-20", "2026-11-200", "2026-11-20-5", "2026-02-30", "2026-13-01", "v2026-11-20",
     "978-2026-11-20", "2026-11-20x", "2026-1-20", "9999-12-31", "٢٠٢٦-11-20"],
)  # fmt: skip
def test_what_only_looks_like_a_date_stays(text: str) -> None:
    assert move_dates(f"a {text} b", 7) == f"a {text} b"


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("[[2026-11-20]]", "[[2026-11-27]]"),
        ("due:: 2026-12-28.", "due:: 2027-01-04."),
        ("2026-11-20 to 2026-11-21", "2026-11-27 to 2026-11-28"),
        ("2026-11-20T10:00:00", "2026-11-27T10:00:00"),
        ("2026-11-20-call.md", "2026-11-27-call.md"),
        ("📅 2026-11-20", "📅 2026-11-27"),
    ],
)
def test_dates_are_moved_wherever_they_stand(text: str, moved: str) -> None:
    assert move_dates(text, 7) == moved


DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)).map(date.isoformat)


@given(parts=st.lists(DATES | st.text("ab [-]:\n0129T"), max_size=8), days=st.integers(-999, 999))
@settings(max_examples=100)
def test_moving_there_and_back_gives_the_same_text(parts: list[str], days: int) -> None:
    text = "".join(parts)
    assert move_dates(move_dates(text, days), -days) == text
