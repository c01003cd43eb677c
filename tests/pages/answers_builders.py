"""A vault in memory whose pages are written, answered and applied, without any file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from vaultflow.disk.templates import Templates
from vaultflow.pages.answers.leads import AnsweredPage
from vaultflow.pages.answers.plan import AnswerPlan, plan_answers
from vaultflow.pages.answers.regenerate import regenerate_page
from vaultflow.pages.answers.remarks import with_remarks, without_remarks
from vaultflow.pages.catalogue import PAGES
from vaultflow.pages.page import Context, PageType
from vaultflow.pages.wording import FILTERS
from vaultflow.pipeline.build import build_pipeline
from vaultflow.pipeline.settings import Settings
from vaultflow.vault.edit.edit import run_operations
from vaultflow.vault.obsidian.settings import ObsidianSettings
from vaultflow.vault.reader import read_note
from vaultflow.vault.vault import build_vault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultflow.pipeline.lead import Lead

MONDAY = date(2026, 11, 23)
REVIEW = "Reviews/2026-11-23 Pipeline review.md"
STALE = "Pipeline/Stale deals.md"
ACTIONS = "Pipeline/Next actions.md"
QUALIFICATION = "Pipeline/Qualification.md"
PAGE_NAMES = {STALE: "stale", ACTIONS: "next-actions", QUALIFICATION: "qualification"}
BUILDERS = {page.name: page.build for page in PAGES}

NEXT = "What must happen next"
FORWARD = "What needs to happen for this deal to close?"
BELONGS = "Are they truly in a buying mode"
AGAIN = "Is the time right to take this up again?"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPlugins:
    """Plugins that add nothing."""

    pages: Mapping[str, tuple[object, PageType]] = field(default_factory=dict)


TEMPLATES = Templates.of_vault(Path("no vault"), "", NoPlugins())


def lead_note(
    stage: str = "Proposals",
    *,
    action: str = "Send revised quote",
    due: str = "2026-11-20",
    more: str = "",
    log: str = "- 2026-11-20 call out: walked through it\n",
) -> str:
    """An overdue lead, called on Friday."""
    fields = f"next_action: {action}\nnext_action_due: {due}\n" if action else ""
    return (
        f"---\ntype: lead\nstage: {stage}\nvalue: 12000\ncreated: 2026-09-01\n{fields}{more}---\n"
        f"A line of my own.\n\n## Log\n{log}"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The notes of a vault on a day."""

    notes: Mapping[str, str]
    today: date = MONDAY
    settings: Settings = field(default_factory=Settings)

    def context(self) -> Context:
        """What pages look at."""
        read = [read_note(PurePosixPath(path), text.encode()) for path, text in self.notes.items()]
        vault = build_vault(read, ())
        pipeline = build_pipeline(vault, self.settings, self.today, ObsidianSettings())
        return Context(today=self.today, settings=self.settings, vault=vault, pipeline=pipeline)

    def lead(self, name: str = "Acme") -> Lead:
        """A lead as it is read."""
        path = PurePosixPath(f"{name}.md")
        return next(one.lead for one in self.context().pipeline.standings if one.lead.path == path)

    def having(self, path: str, text: str) -> Desk:
        """The desk with one note as it is now."""
        return replace(self, notes={**self.notes, path: text})

    def changed(self, path: str, old: str, new: str) -> Desk:
        """The desk after an edit by hand."""
        assert old in self.notes[path], f"{old!r} is not in {path}"
        return self.having(path, self.notes[path].replace(old, new, 1))

    def on(self, day: date) -> Desk:
        """The same notes on another day."""
        return replace(self, today=day)

    def written(self, path: str = REVIEW) -> Desk:
        """The page written, or brought up to date."""
        context, name = self.context(), PAGE_NAMES.get(path, "daily")
        rendered = TEMPLATES.render(name, BUILDERS[name](context), FILTERS)
        merged = regenerate_page(
            self.notes.get(path),
            rendered,
            context,
            path=PurePosixPath(path),
            day=review_day(path),
        )
        assert merged.text is not None
        return self.having(path, merged.text)

    def answered(
        self, question: str, *lines: str, lead: str = "Acme", path: str = REVIEW, tick: str = ""
    ) -> Desk:
        """The page with answer lines below a question about a lead, its empty ones filled."""
        text = self.notes[path].split("\n")
        at = find_item(text, question, lead)
        end = at + 1
        while text[end].startswith("\t"):
            end += 1
        below = text[at + 1 : end]
        for line in lines:
            empty = f"\t- {line.partition('::')[0]}::"
            same = next((one for one in below if one == empty), None)
            if same is None:
                below.append(f"\t- {line}")
            else:
                below[below.index(same)] = f"\t- {line}"
        head = text[at].replace("- [ ]", f"- [{tick}]", 1) if tick else text[at]
        return self.having(path, "\n".join([*text[:at], head, *below, *text[end:]]))

    def ticked(self, question: str, *, lead: str = "Acme", path: str = REVIEW) -> Desk:
        """The page with a box ticked."""
        return self.answered(question, lead=lead, path=path, tick="x")

    def plan(self) -> AnswerPlan:
        """What becomes of the answers."""
        pages = [
            AnsweredPage(path=PurePosixPath(path), text=text, day=review_day(path))
            for path, text in self.notes.items()
            if path.startswith(("Reviews/", "Pipeline/"))
        ]
        return plan_answers(pages, self.context())

    def applied(self) -> Desk:
        """The desk with the answers in the leads, and what the pages say back."""
        plan, notes = self.plan(), dict(self.notes)
        for edit in plan.edits:
            done = run_operations(edit.path, notes[str(edit.path)].encode(), edit.operations)
            assert done.refusal is None, done.refusal
            notes[str(edit.path)] = done.after.decode()
        for path, remarks in plan.remarks.items():
            bare = without_remarks(notes[str(path)], path)
            notes[str(path)] = with_remarks(bare.text, remarks, path)
        return replace(self, notes=notes)

    def log(self, name: str = "Acme") -> list[str]:
        """The lines of a lead's log, without the one that it began with."""
        below = self.notes[f"{name}.md"].partition("## Log\n")[2]
        return [line for line in below.splitlines() if line and "walked through it" not in line]

    def remarks(self, path: str = REVIEW) -> list[str]:
        """What a page says back."""
        bare = without_remarks(self.notes[path], PurePosixPath(path))
        return [text for texts in bare.remarks.values() for text in texts]


def desk(**leads: str) -> Desk:
    """A vault of these leads, with Monday's review written."""
    notes = {f"{name}.md": text for name, text in leads.items()}
    return Desk(notes=notes or {"Acme.md": lead_note()}).written()


def review_day(path: str) -> date | None:
    """The day that a review note is of."""
    name = PurePosixPath(path).name
    return date.fromisoformat(name[:10]) if path.startswith("Reviews/") else None


def find_item(lines: list[str], question: str, lead: str) -> int:
    """Index of the item that asks this about the lead."""
    heading = ""
    for at, line in enumerate(lines):
        heading = line if line.startswith("#") else heading
        if line.startswith("- [") and question in line and f"[[{lead}]]" in heading + line:
            return at
    raise AssertionError(f"nobody asks {question!r} about {lead}")
