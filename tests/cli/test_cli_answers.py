"""`vaultflow apply` and what `daily` does with answers, on real folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_builders import ACME, run, small_vault, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REVIEW = "Reviews/2026-11-23 Pipeline review.md"
TUESDAY = "2026-11-24"
LINE = "- 2026-11-23 review: next Send contract by 2026-11-27 ([[2026-11-23 Pipeline review]])"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault whose review of Monday has been written."""
    root = small_vault(tmp_path / "vault")
    assert run(root, "daily").exit_code == 0
    return root


def utf_16(text: str) -> bytes:
    """As editors of some systems save it."""
    return text.encode("utf-16")


def answer(vault: Path, *lines: str, at: str = "next") -> None:
    """Fills the first empty answer line of that name, and puts more below it."""
    page = vault / REVIEW
    below = "\n".join(f"\t- {line}" for line in lines)
    text = page.read_text(encoding="utf-8")
    assert f"\t- {at}::\n" in text
    page.write_text(text.replace(f"\t- {at}::\n", f"{below}\n", 1), encoding="utf-8")


def answered(vault: Path) -> Path:
    """Acme's next action is answered: it stands first in focus, being overdue."""
    answer(vault, "next:: Send contract")
    answer(vault, "by:: fri", at="by")
    return vault


def test_apply_says_what_went_where(vault: Path) -> None:
    ran = run(answered(vault), "apply")
    assert ran.exit_code == 0
    assert ran.stdout == (
        f"Acme.md: next Send contract by 2026-11-27  (from {REVIEW}:{line_of(vault, 'next:: S')})\n"
    )
    expected = ACME.replace("Send revised quote", "Send contract").replace("11-20", "11-27")
    assert (vault / "Acme.md").read_text(encoding="utf-8") == f"{expected}{LINE}\n"


def test_applying_again_touches_no_file(vault: Path) -> None:
    run(answered(vault), "apply")
    before = snapshot(vault)
    ran = run(vault, "apply")
    assert (ran.stdout, ran.stderr) == ("", "no new answers\n")
    assert run(vault, "apply", today=TUESDAY).exit_code == 0
    assert snapshot(vault) == before


def test_a_dry_run_shows_the_diff_and_writes_nothing(vault: Path) -> None:
    before = snapshot(answered(vault))
    ran = run(vault, "apply", "--dry-run")
    assert "-next_action: Send revised quote\n" in ran.stdout
    assert "+next_action: Send contract\n" in ran.stdout
    assert f"+{LINE}\n" in ran.stdout
    assert snapshot(vault) == before


def test_json_tells_what_was_applied_and_what_not(vault: Path) -> None:
    answer(answered(vault), "buying:: perhaps not", at="buying")
    answer(vault, "answer:: hello", "stage:: nowhere", at="answer")
    ran = run(vault, "apply", "--json")
    assert [one["lead"] for one in ran.json["applied"]] == ["Acme.md"]
    assert ran.json["applied"][0]["page"] == REVIEW
    assert sorted(ran.json["written"]) == ["Acme.md", REVIEW]
    assert [one["code"] for one in ran.json["findings"]] == ["answer-unclear"]


def test_what_was_not_understood_is_named_by_line_and_said_on_the_page(vault: Path) -> None:
    answer(vault, "by:: friday-ish", at="by")
    ran = run(vault, "apply")
    line = line_of(vault, "by:: friday-ish")
    assert f"{REVIEW}:{line}: answer-unclear by: " in ran.stdout
    assert (vault / "Acme.md").read_text(encoding="utf-8") == ACME
    page = (vault / REVIEW).read_text(encoding="utf-8")
    assert "\t- by:: friday-ish\n\t- ⚠ by: " in page
    assert run(vault, "daily").exit_code == 0
    again = (vault / REVIEW).read_text(encoding="utf-8")
    assert "\t- by:: friday-ish\n\t- ⚠ by: " in again
    run(vault, "daily")
    assert (vault / REVIEW).read_text(encoding="utf-8") == again


def test_s0_10_a_tick_becomes_a_log_line_with_todays_date(vault: Path) -> None:
    page = vault / REVIEW
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("- [ ] [[Acme]]:", "- [x] [[Acme]]:"), encoding="utf-8")
    assert run(vault, "apply").exit_code == 0
    acme = (vault / "Acme.md").read_text(encoding="utf-8")
    assert "- 2026-11-23 review: done Send revised quote ([[" in acme
    assert "next_action:\n" in acme.replace("next_action: \n", "next_action:\n")


def test_daily_takes_the_answers_of_older_reviews_first(vault: Path) -> None:
    ran = run(answered(vault), "daily", today=TUESDAY)
    assert LINE in (vault / "Acme.md").read_text(encoding="utf-8")
    assert "Acme.md: next Send contract by 2026-11-27" in ran.stderr
    today = (vault / "Reviews/2026-11-24 Pipeline review.md").read_text(encoding="utf-8")
    assert "Send contract" in today
    assert "Overdue" not in today


def test_daily_takes_nothing_where_that_is_switched_off(vault: Path) -> None:
    (vault / "vaultflow.toml").write_text("[review]\napply = false\n", encoding="utf-8")
    run(answered(vault), "daily", today=TUESDAY)
    assert (vault / "Acme.md").read_text(encoding="utf-8") == ACME
    run(vault, "apply", today=TUESDAY)
    assert LINE in (vault / "Acme.md").read_text(encoding="utf-8")


def test_daily_if_missing_writes_nothing_when_the_note_is_there(vault: Path) -> None:
    before = snapshot(answered(vault))
    run(vault, "daily", "--if-missing")
    assert snapshot(vault) == before


def test_line_ends_and_bom_of_a_lead_stay(vault: Path) -> None:
    raw = b"\xef\xbb\xbf" + ACME.replace("\n", "\r\n").encode()
    (vault / "Acme.md").write_bytes(raw)
    assert run(answered(vault), "apply").exit_code == 0
    expected = raw.replace(b"Send revised quote", b"Send contract").replace(b"11-20", b"11-27")
    assert (vault / "Acme.md").read_bytes() == expected + LINE.encode() + b"\r\n"


def test_a_page_with_broken_markers_is_left_alone(vault: Path) -> None:
    page = answered(vault) / REVIEW
    text = page.read_text(encoding="utf-8").replace("%% vaultflow:begin due %%\n", "")
    page.write_text(text, encoding="utf-8")
    ran = run(vault, "apply")
    assert ran.exit_code == 7
    assert "no answer was taken from this page" in ran.stderr
    assert (vault / "Acme.md").read_text(encoding="utf-8") == ACME
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("as_bytes", [lambda text: text.encode() + b"\0", utf_16])
def test_a_review_that_is_no_text_is_named_after_the_others_are_done(
    vault: Path, as_bytes: Callable[[str], bytes]
) -> None:
    yesterday = vault / REVIEW.replace("11-23", "11-20")
    yesterday.write_bytes(as_bytes((vault / REVIEW).read_text(encoding="utf-8")))
    before = yesterday.read_bytes()
    ran = run(answered(vault), "apply")
    assert ran.exit_code == 7
    assert yesterday.name in ran.stderr
    assert "no answer was taken from this page" in ran.stderr
    assert "Send contract" in (vault / "Acme.md").read_text(encoding="utf-8")
    assert yesterday.read_bytes() == before
    assert run(vault, "check").stdout.count("note-not-text") == 1


def test_a_note_of_ones_own_where_a_review_would_be_is_no_page(vault: Path) -> None:
    own = vault / REVIEW.replace("11-23", "11-20")
    own.write_text("---\ntags: [broken\n---\nMy own words.\n", encoding="utf-8")
    assert run(vault, "apply").exit_code == 0


def test_a_second_answer_to_one_field_lets_the_page_rest(vault: Path) -> None:
    answer(vault, "next:: Send contract", "next:: Call Bob")
    assert run(vault, "daily").exit_code == 0
    assert 'another answer says "Send contract"' in (vault / REVIEW).read_text(encoding="utf-8")
    after = snapshot(vault)
    for _ in range(2):
        assert run(vault, "daily").exit_code == 0
        assert snapshot(vault) == after


def test_a_lead_that_cannot_be_edited_safely_stops_no_other(vault: Path) -> None:
    doubled = ACME.replace("owner: Ann\n", "owner: Ann\nnext_action: Twice\n")
    (vault / "Acme.md").write_text(doubled, encoding="utf-8")
    answer(vault, "note:: hello", at="next")
    text = (vault / REVIEW).read_text(encoding="utf-8")
    acme, beta = text.split("### [[Beta]]")
    beta = beta.replace("\t- why::\n", "\t- why:: They called us\n", 1)
    acme = acme.replace("\t- by::\n", "\t- next:: Send contract\n\t- by:: fri\n", 1)
    (vault / REVIEW).write_text(f"{acme}### [[Beta]]{beta}", encoding="utf-8")
    ran = run(vault, "apply")
    assert "why They called us" in (vault / "Beta.md").read_text(encoding="utf-8")
    assert (vault / "Acme.md").read_text(encoding="utf-8") == doubled
    assert REVIEW in ran.stdout


def test_answers_of_reviews_long_ago_are_left(vault: Path) -> None:
    assert run(answered(vault), "apply", today="2026-12-25").stdout == ""
    assert "Acme.md" in run(vault, "apply", today="2026-12-24").stdout


def line_of(vault: Path, text: str) -> int:
    """The line of the review on which the text stands."""
    lines = (vault / REVIEW).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)
