from __future__ import annotations

from vaultflow.errors import did_you_mean, nearest_words


def test_a_mistyped_word_gets_the_nearest_one_whatever_its_case() -> None:
    assert did_you_mean("Propsal", ["proposal", "Lead"]) == 'did you mean "proposal"?'


def test_several_guesses_are_joined() -> None:
    assert did_you_mean("page", ["pages", "paged"], most=2) in {
        'did you mean "pages" or "paged"?',
        'did you mean "paged" or "pages"?',
    }


def test_a_word_unlike_all_others_gets_no_guess() -> None:
    assert did_you_mean("xyzzy", ["proposal"]) == ""
    assert did_you_mean("xyzzy", []) == ""


def test_how_alike_a_word_must_be_can_be_told() -> None:
    assert nearest_words("DX", ["DE", "FR"]) == []
    assert nearest_words("DX", ["DE", "FR"], least_alike=0.5) == ["DE"]
