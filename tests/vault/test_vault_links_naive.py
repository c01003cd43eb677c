"""What the quick look-ups give is what the rules say: all is compared with a naive reading."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize

from hypothesis import given, settings
from hypothesis import strategies as st
from vault_builders import note

from vaultflow.vault.links.broken import link_findings
from vaultflow.vault.links.copies import clash_findings, copy_findings
from vaultflow.vault.links.index import Resolution, build_index, link_text, resolve
from vaultflow.vault.vault import build_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vaultflow.vault.note import Link, Note
    from vaultflow.vault.vault import Vault

NAMES = ["Note", "note", "NOTE", "Café", "Cafe\u0301", "CAFÉ", "straße", "STRASSE", "x.y", "İ", "n"]
FOLDERS = ["", "a/", "A/", "a/b/", "b/", "a b/", "é/", "e\u0301/", "zz/a/"]
ENDINGS = [".md", ".MD", ".png", ".md.md", "", "."]

names = st.sampled_from(NAMES)
paths = st.builds("{}{}{}".format, st.sampled_from(FOLDERS), names, st.sampled_from(ENDINGS))
note_paths = st.builds("{}{}.md".format, st.sampled_from(FOLDERS), names)
targets = st.one_of(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "./", "../", "../../", "/", "a/../", "C:/", "\\\\", " ", *FOLDERS]),
        paths,
        st.sampled_from(["", " "]),
    ),
    st.sampled_from(["", ".", "..", "/", "../", "a/../../Note", "/../Note", "Nothing", "a//Note"]),
    names,
)


def fold(text: str) -> str:
    return normalize("NFC", normalize("NFC", text).casefold())


def choice(path: str) -> tuple[int, str]:
    return len(normalize("NFC", path)), normalize("NFC", path)


class Naive:
    """The rules over a list of paths, each read as it is written down."""

    def __init__(self, files: Sequence[str]) -> None:
        self.files = sorted((file for file in files if PurePosixPath(file).suffix), key=choice)

    def resolve(self, source: str, written: str) -> tuple[str | None, bool, bool]:
        target, folder = written.strip(), posixpath.dirname(source)
        if not target:
            return source, False, False
        if target.startswith(("./", "../")):
            path = posixpath.normpath(posixpath.join(folder, target))
            return (None, False, True) if path.startswith("../") else self.exact(path)
        inside = posixpath.normpath(target.lstrip("/"))
        if re.match(r"[A-Za-z]:[\\/]|\\\\", target) or (
            inside.startswith("../") and "../" in target
        ):
            return None, False, True
        if target.startswith("/"):
            return self.exact(target.lstrip("/"))
        exact = self.exact(target)
        return exact if exact[0] else self.somewhere(folder, target)

    def exact(self, target: str) -> tuple[str | None, bool, bool]:
        found = self.called(target, str)
        spelled = [path for path in found if path in {target, f"{target}.md"}]
        first = next(iter(spelled or found), None)
        return first, len(found) > 1 and len(spelled) != 1, False

    def somewhere(self, folder: str, target: str) -> tuple[str | None, bool, bool]:
        above, _, name = target.rpartition("/")
        found = [
            path
            for path in self.called(name, posixpath.basename)
            if not above or fold(f"/{posixpath.dirname(path)}").endswith(f"/{fold(above)}")
        ]
        own = self.called(f"{folder}/{target}", str) if folder else []
        if len(found) > 1 and own:
            return own[0], len(own) > 1, False
        best = [path for path in found if choice(path)[0] == choice(found[0])[0]]
        return next(iter(best), None), len(best) > 1, False

    def called(self, name: str, part: Callable[[str], str]) -> list[str]:
        exactly = [path for path in self.files if fold(part(path)) == fold(name)]
        return exactly or [path for path in self.files if fold(part(path)) == fold(name) + ".md"]

    def text(self, path: str) -> str:
        written = normalize("NFC", path).removesuffix(".md")
        name = posixpath.basename(written)
        is_enough = len(self.called(name, posixpath.basename)) == 1
        return name if is_enough and self.resolve(path, name)[0] == path else written


def as_resolution(found: tuple[str | None, bool, bool]) -> Resolution:
    path, ambiguous, outside = found
    return Resolution(text=path, ambiguous=ambiguous, outside=outside)


@given(files=st.lists(paths, unique=True, max_size=12), source=note_paths, asked=st.lists(targets))
@settings(max_examples=200)
def test_every_target_leads_where_the_rules_say(
    files: list[str], source: str, asked: list[str]
) -> None:
    index, naive = build_index(map(PurePosixPath, files)), Naive(files)
    for target in (*asked, *asked):  # what is remembered is the same as what is found
        found = resolve(index, PurePosixPath(source), target)
        assert found == as_resolution(naive.resolve(source, target)), target


@given(files=st.lists(paths, unique=True, min_size=1, max_size=12))
@settings(max_examples=100)
def test_every_written_link_says_what_the_rules_say(files: list[str]) -> None:
    index, naive = build_index(map(PurePosixPath, files)), Naive(files)
    for file in (*files, *files):
        assert link_text(index, PurePosixPath(file)) == naive.text(file)


written_notes = st.dictionaries(note_paths, st.lists(targets, max_size=5), min_size=1, max_size=8)


@given(written=written_notes, files=st.lists(paths, unique=True, max_size=4))
@settings(max_examples=80)
def test_a_vaults_links_backlinks_and_findings_are_those_of_all_its_notes(
    written: dict[str, list[str]], files: list[str]
) -> None:
    others = [PurePosixPath(file) for file in files if file not in written]
    notes = [note(text_of(links), path) for path, links in written.items()]
    vault = build_vault(notes, others)
    naive = Naive([*sorted(written), *map(str, others)])
    expected = [
        (source.path, link, as_resolution(naive.resolve(str(source.path), link.target)))
        for source in vault.notes.values()
        for link in in_order(source)
    ]
    assert resolved(vault) == [(path, link, to.path, to.ambiguous) for path, link, to in expected]
    leading = [(to.path, path, link) for path, link, to in expected if to.path not in {None, path}]
    for there in (*vault.notes, *others):
        linking = [(path, link) for to, path, link in leading if to == there]
        assert [(one.source, one.link) for one in vault.backlinks_of(there)] == linking
    groups = (group for group in vault.index.by_path.values() if len(group) > 1)
    findings = (
        *(finding for source in vault.notes.values() for finding in source.findings),
        *link_findings(vault.index, expected),
        *copy_findings(vault.notes),
        *clash_findings(groups),
    )
    assert vault.findings == tuple(sorted(findings, key=lambda each: (str(each.path), each.line)))


def text_of(links: list[str]) -> str:
    """A note with these links, the first one in its front matter and the second as an embed."""
    first, second, *rest = [f"[[{target}]]" for target in (*links, "", "")]
    return "\n".join([f"---\nto: '{first}'\n---", f"!{second}", *rest])


def in_order(source: Note) -> list[Link]:
    links = (*source.frontmatter_links, *source.links, *source.embeds)
    return sorted(links, key=lambda link: link.line)


def resolved(vault: Vault) -> list[tuple[PurePosixPath, Link, PurePosixPath | None, bool]]:
    one_by_one = [link for path in vault.notes for link in vault.links_of(path)]
    assert one_by_one == list(vault.links)
    return [(link.source, link.link, link.resolved, link.ambiguous) for link in vault.links]
