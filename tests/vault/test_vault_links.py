"""Which file a link leads to."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.vault.links.index import (
    LinkIndex,
    build_index,
    found_under,
    link_text,
    resolve,
    settled,
)
from vaultflow.vault.links.nearest import nearest, nearest_names

FILES = (
    "Acme.md",
    "a/Note.md",
    "b/Note.md",
    "b/c/Note.md",
    "zzzz/Only Here.md",
    "people/Jane Doe.md",
    "people/notes/Log.md",
    "aa/Tie.md",
    "bb/Tie.md",
    "v1.0.md",
    "files/plan.png",
    "files/plan.md",
    "Bases/Pipeline.base",
    "LICENSE",
)


def index(*files: str) -> LinkIndex:
    return build_index(PurePosixPath(file) for file in files or FILES)


def lead(target: str, source: str = "Acme.md", *files: str) -> str | None:
    """Where the target leads, as text."""
    found = resolve(index(*files), PurePosixPath(source), target).path
    return str(found) if found else None


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("", "Acme.md"),
        ("Acme", "Acme.md"),
        ("acme.MD", "Acme.md"),
        (" Acme ", "Acme.md"),
        ("Only Here", "zzzz/Only Here.md"),
        ("zzzz/only here", "zzzz/Only Here.md"),
        ("notes/Log", "people/notes/Log.md"),
        ("ople/notes/Log", None),
        ("/people/Jane Doe", "people/Jane Doe.md"),
        ("/Jane Doe", None),
        ("v1.0", "v1.0.md"),
        ("plan.png", "files/plan.png"),
        ("plan", "files/plan.md"),
        ("Pipeline.base", "Bases/Pipeline.base"),
        ("Pipeline", None),
        ("LICENSE", None),
        ("Nobody", None),
        ("https://x", None),
        ("people\\Jane Doe", None),
    ],
)
def test_a_target_leads_to_the_file_that_obsidian_takes(target: str, path: str | None) -> None:
    assert lead(target) == path


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("b/src.md", "b/Note.md"),
        ("b/c/src.md", "b/c/Note.md"),
        ("b/c/deep/src.md", "a/Note.md"),
        ("Acme.md", "a/Note.md"),
    ],
)
def test_the_own_folder_comes_first_and_no_other_above_it(source: str, path: str) -> None:
    assert lead("Note", source) == path


def test_the_path_from_the_root_comes_before_the_own_folder() -> None:
    assert lead("Note", "b/src.md", "Note.md", "b/Note.md") == "Note.md"
    assert lead("c/Note", "b/src.md", "c/Note.md", "b/c/Note.md") == "c/Note.md"


def test_the_shortest_path_string_wins_over_the_fewest_folders() -> None:
    assert lead("Note", "x.md", "zzzzzz/Note.md", "a/b/Note.md") == "a/b/Note.md"


@pytest.mark.parametrize(
    ("source", "target", "path"),
    [
        ("b/c/src.md", "../Note", "b/Note.md"),
        ("b/c/src.md", "./Note.md", "b/c/Note.md"),
        ("b/c/src.md", "../../a/Note", "a/Note.md"),
        ("b/c/src.md", "./Acme", None),
        ("Acme.md", "./people/Jane Doe", "people/Jane Doe.md"),
    ],
)
def test_a_relative_target_is_exactly_that_path(source: str, target: str, path: str | None) -> None:
    assert lead(target, source) == path


@pytest.mark.parametrize(
    "target",
    ["../Acme", "../../etc/passwd", "a/../../Acme.md", "/../x", "C:\\Acme", "c:/Acme", "\\\\x\\y"],
)
def test_f26_a_target_outside_the_vault_leads_nowhere(target: str) -> None:
    found = resolve(index(), PurePosixPath("Acme.md"), target)
    assert (found.path, found.outside) == (None, True)


def test_equally_good_files_are_ambiguous_and_the_choice_is_stable() -> None:
    for files in (("aa/Tie.md", "bb/Tie.md"), ("bb/Tie.md", "aa/Tie.md")):
        found = resolve(index(*files), PurePosixPath("x.md"), "Tie")
        assert (found.path, found.ambiguous) == (PurePosixPath("aa/Tie.md"), True)
    assert not resolve(index(), PurePosixPath("bb/x.md"), "Tie").ambiguous
    assert not resolve(index(), PurePosixPath("x.md"), "Only Here").ambiguous


def test_f27_composed_and_decomposed_names_are_the_same() -> None:
    decomposed = unicodedata.normalize("NFD", "Café Müller")
    for name, target in ((decomposed, "café müller"), ("Café Müller", decomposed)):
        assert lead(target, "x.md", f"{name}.md") == f"{name}.md"


def test_of_names_that_differ_by_case_the_one_spelled_alike_is_taken() -> None:
    files = ("acme.md", "Acme.md")
    assert lead("Acme", "x.md", *files) == "Acme.md"
    assert lead("acme", "x.md", *files) == "acme.md"
    assert resolve(index(*files), PurePosixPath("x.md"), "ACME").ambiguous


def test_an_alias_never_resolves() -> None:
    aliased = build_index(
        [PurePosixPath("Acme BV.md")], [("The client", PurePosixPath("Acme BV.md"))]
    )
    assert resolve(aliased, PurePosixPath("x.md"), "The client").path is None
    assert nearest(aliased, "The client") == (PurePosixPath("Acme BV.md"),)


@pytest.mark.parametrize("target", ["Acme", "zzzz/Only Here", "Nobody", "/Acme", "C:/x"])
def test_what_a_target_leads_to_is_mostly_the_same_for_all_notes(target: str) -> None:
    for source in ("x.md", "b/c/x.md"):
        assert settled(index(), target) == resolve(index(), PurePosixPath(source), target)


@pytest.mark.parametrize("target", ["", "./Acme", "../Note", "Note", "Tie"])
def test_some_targets_depend_on_the_note_that_they_stand_in(target: str) -> None:
    assert settled(index(), target) is None


def test_a_file_without_md_comes_before_one_with_it() -> None:
    both = index("files/plan.png", "files/plan.png.md")
    assert found_under(both.by_name, "plan.png") == ("files/plan.png",)
    assert found_under(both.by_path, "files/plan.png.md") == ("files/plan.png.md",)
    assert found_under(both.by_name, "plan") == ()


def test_an_index_of_texts_is_that_of_their_paths() -> None:
    of_texts, of_paths = build_index(FILES), build_index(map(PurePosixPath, FILES))
    assert (of_texts.by_path, of_texts.by_name) == (of_paths.by_path, of_paths.by_name)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("people/Jane Doe.md", "Jane Doe"),
        ("Acme.md", "Acme"),
        ("b/Note.md", "b/Note"),
        ("files/plan.png", "plan.png"),
        ("files/plan.md", "plan"),
    ],
)
def test_a_link_says_the_name_if_that_is_enough(path: str, text: str) -> None:
    assert link_text(index(), PurePosixPath(path)) == text


def test_a_note_called_like_an_image_is_linked_by_its_path() -> None:
    both = index("files/plan.png", "notes/plan.png.md")
    text = link_text(both, PurePosixPath("notes/plan.png.md"))
    assert resolve(both, PurePosixPath("x.md"), text).path == PurePosixPath("notes/plan.png.md")


@given(
    files=st.sets(
        st.builds(
            "{}{}.md".format,
            st.sampled_from(["", "a/", "A/", "a/b/", "bb/", "zzz/"]),
            st.sampled_from(["Note", "note", "Acme BV", "x.y", "Über"]),
        ),
        min_size=1,
    )
)
@settings(max_examples=80)
def test_a_written_link_leads_back_to_its_file(files: set[str]) -> None:
    known = index(*files)
    for file in map(PurePosixPath, files):
        for source in ("elsewhere/x.md", "x.md"):
            assert resolve(known, PurePosixPath(source), link_text(known, file)).path == file


@pytest.mark.parametrize(
    ("target", "near"),
    [
        ("Jane Do", "people/Jane Doe.md"),
        ("Jnae Doe", "people/Jane Doe.md"),
        ("Ackme", "Acme.md"),
        ("contacts/Jane Doe", "people/Jane Doe.md"),
        ("only-here?", "zzzz/Only Here.md"),
    ],
)
def test_a_mistyped_target_is_near_to_the_note_that_is_meant(target: str, near: str) -> None:
    assert nearest(index(), target)[0] == PurePosixPath(near)


def test_nothing_is_near_to_a_name_of_its_own() -> None:
    assert nearest(index(), "Quarterly figures") == ()
    assert nearest(index(), "") == ()


def test_no_more_names_are_given_than_asked_for() -> None:
    known = index(*(f"Deal {number}.md" for number in range(30)))
    assert len(nearest(known, "Deal x")) == 3
    assert len(nearest(known, "Deal x", limit=5)) == 5


def test_nearest_names_are_said_as_a_link_would() -> None:
    paths = [PurePosixPath(path) for path in ("a/Note.md", "b/Note.md", "people/Jane Doe.md")]
    assert nearest_names(paths, "Jane Deo") == ("Jane Doe",)
    assert nearest_names(paths, "Notte") == ("a/Note", "b/Note")


def test_s0_21_signs_that_no_file_name_may_hold_are_no_obstacle_to_a_guess() -> None:
    known = index("Any deals in the pipeline.md", "🔎 Pick a lead, and review it.md")
    garbled = "🔎 Pick a lead, and review it".encode().decode("mac_roman")
    for target, path in (
        ("❓ Any deals in the pipeline?", "Any deals in the pipeline.md"),
        (garbled, "🔎 Pick a lead, and review it.md"),
    ):
        assert resolve(known, PurePosixPath("x.md"), target).path is None
        assert nearest(known, target)[0] == PurePosixPath(path)
