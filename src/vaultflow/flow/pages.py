"""From the pipeline to its pages, and from these to files: plan first, then write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from vaultflow.disk.change import Change
from vaultflow.disk.notes import read_existing
from vaultflow.errors import ConflictError, Level, TemplateError, VaultFlowError
from vaultflow.flow.known.page_memory import PageMemory
from vaultflow.flow.page_names import insist_on_pages
from vaultflow.pages.page import DAILY, last_days, looks_back, page_path
from vaultflow.plugins.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vaultflow.errors import Finding
    from vaultflow.flow.workspace import Workspace
    from vaultflow.pages.page import Context
    from vaultflow.vault.template import TemplateHeader

LOOK_BACK_SPANS = 8  # weeks or months: who was away for longer looks at those notes no more
PageState = Literal["current", "new", "changed", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStatus:
    """Where one page is and whether it is current."""

    name: str
    title: str
    path: PurePosixPath
    state: PageState
    """`held`: it cannot be written, and the findings or the error say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """What is to become of one page."""

    status: PageStatus
    record: object = None
    """What the page shows, as its template got it."""
    text: str = ""
    """The whole page as it will stand."""
    change: Change | None = None
    """None when nothing is to be written."""
    findings: tuple[Finding, ...] = ()
    error: VaultFlowError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The pages that were planned, in the order asked for."""

    plans: tuple[PagePlan, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What `apply` will write."""
        return tuple(plan.change for plan in self.plans if plan.change)


def plan_pages(workspace: Workspace, names: Sequence[str], *, with_records: bool = True) -> Outcome:
    """What is to become of the pages; one that cannot be made does not stop the others.

    Args:
        workspace: the vault.
        names: of the pages.
        with_records: whether their records are asked for: without, a page that is known to be
            current is planned much more quickly.

    Raises:
        UsageError: when there is no page of a name.
    """
    insist_on_pages(workspace, names)
    planned = (plan_page(workspace, name, with_record=with_records) for name in names)
    finished = (plan for name in names for plan in _finished(workspace, name))
    return Outcome(plans=(*planned, *finished))


def _finished(workspace: Workspace, name: str) -> Iterator[PagePlan]:
    """The plan for the last note of a week or month that is over, if it does not tell of all of it.

    It is looked for in the last few; whoever took it over or broke its markers keeps it as it is.
    """
    try:
        header = workspace.templates.header(name)
        known = workspace.registry.pages.get(record_name(workspace, header))
        spans = last_days(known[1].tells_of if known else "", workspace.circumstances.today)
        for day in islice(spans, LOOK_BACK_SPANS):
            path = page_path(header, day, workspace.loaded.settings)
            before = read_existing(workspace.root, path)
            if before is not None:
                status = replace(placed(workspace, name), path=path)
                context = workspace.context.as_of(day)
                record = build_record(workspace, header, context)
                by_record = PageMemory.by_record(workspace, f"{name} before", record)
                if not by_record.is_current(before):
                    plan = settle(workspace, status, record, before)
                    by_record.keep(plan.text)
                    yield from (plan,) if plan.change else ()
                return
    except VaultFlowError:
        return  # the page of today says what is wrong


def page_record(workspace: Workspace, name: str) -> object:
    """What a page shows, without making the page: that needs no template to be rendered.

    Raises:
        UsageError: when there is no page of the name.
        TemplateError: when its template says nothing that can be used.
        PluginError: when the plugin that builds it raises.
    """
    insist_on_pages(workspace, [name])
    return build_record(workspace, workspace.templates.header(name))


def placed(workspace: Workspace, name: str) -> PageStatus:
    """The status of a page of which it is not known yet whether it can be written."""
    header = workspace.templates.header(name)
    path = page_path(header, workspace.circumstances.today, workspace.loaded.settings)
    return PageStatus(name=name, title=page_title(workspace, header), path=path, state="held")


def plan_page(workspace: Workspace, name: str, *, with_record: bool = True) -> PagePlan:
    """What is to become of one page; its errors stand in the plan."""
    try:
        header = workspace.templates.header(name)
        status = placed(workspace, name)
    except VaultFlowError as error:
        status = PageStatus(name=name, title=name, path=PurePosixPath(f"{name}.md"), state="held")
        return PagePlan(status=status, error=error)
    try:
        before = read_existing(workspace.root, status.path)
        if before is not None and not with_record and _is_known(workspace, name, before):
            return _current(status, before)
        return plan_record(workspace, status, build_record(workspace, header), before)
    except VaultFlowError as error:
        return PagePlan(status=status, error=error)


def plan_record(
    workspace: Workspace, status: PageStatus, record: object, before: bytes | None
) -> PagePlan:
    """The plan for a page from its record; without a template when it is known to be current.

    Raises:
        TemplateError: when the template cannot be rendered.
        PluginError: when a filter raises.
    """
    by_record = PageMemory.by_record(workspace, status.name, record)
    if before is not None and by_record.is_current(before):
        plan = _current(status, before, record)
        _keep_sources(workspace, status.name, plan.text)
        return plan
    plan = settle(workspace, status, record, before)
    if plan.status.state != "held" and not plan.findings:
        by_record.keep(plan.text)
        _keep_sources(workspace, status.name, plan.text)
    return plan


def _current(status: PageStatus, content: bytes, record: object = None) -> PagePlan:
    """The plan for a page that comes out as it stands."""
    text = content.decode("utf-8", "surrogateescape")
    return PagePlan(status=replace(status, state="current"), record=record, text=text)


def _is_known(workspace: Workspace, page: str, content: bytes) -> bool:
    """Whether the page is known to be current whatever its record is."""
    by_sources = _by_sources(workspace, page)
    return by_sources is not None and by_sources.is_current(content)


def _keep_sources(workspace: Workspace, page: str, text: str) -> None:
    by_sources = _by_sources(workspace, page)
    if by_sources and not by_sources.is_current(text.encode("utf-8", "surrogateescape")):
        by_sources.keep(text)


def looks_at_past(workspace: Workspace, pages: Iterable[str]) -> bool:
    """Whether one of the pages looks at what git and the journals tell, or may do so."""
    known = workspace.registry.pages
    for page in pages:
        try:
            name = record_name(workspace, workspace.templates.header(page))
        except TemplateError:
            return True
        if name not in known or looks_back(known[name][1].sees, workspace.loaded.settings):
            return True
    return False


def _by_sources(workspace: Workspace, page: str) -> PageMemory | None:
    name = record_name(workspace, workspace.templates.header(page))
    known = workspace.registry.pages.get(name)
    return PageMemory.by_sources(workspace, page, known[1].sees) if known else None


def record_name(workspace: Workspace, header: TemplateHeader) -> str:
    """Whose record a page shows: that which its template names, its own, or that of all leads."""
    return header.record or (header.page if header.page in workspace.registry.pages else "leads")


def page_title(workspace: Workspace, header: TemplateHeader) -> str:
    """What lists call the page: as its template says, else as the plugin that brings it."""
    known = workspace.registry.pages.get(header.page)
    return known[1].title if known and header.title == header.page else header.title


def build_record(
    workspace: Workspace, header: TemplateHeader, context: Context | None = None
) -> object:
    """The record that a page shows, in the context of today unless another one is given.

    Raises:
        TemplateError: when there is no record of the name.
        PluginError: when the plugin that builds it raises.
    """
    pages, name = workspace.registry.pages, record_name(workspace, header)
    if name not in pages:
        hint = f"there are: {', '.join(pages)}"
        raise TemplateError(f"there is no record {name!r}", path=f"{header.page}.md", hint=hint)
    plugin, page = pages[name]
    return guarded(plugin.name, f"page {name!r}", page.build, context or workspace.context)


def settle(
    workspace: Workspace, status: PageStatus, record: object, before: bytes | None
) -> PagePlan:
    """The plan for a page: what it keeps of the file that is there, and whether it differs."""
    # A page that has not changed is not merged either, and need not wait for this to be loaded.
    from vaultflow.pages.answers.regenerate import regenerate_page  # noqa: PLC0415

    rendered = render(workspace, status.name, record)
    existing = None if before is None else before.decode("utf-8", "surrogateescape")
    context, path = workspace.context, status.path
    day = context.today if status.name == DAILY else None
    merged = regenerate_page(existing, rendered, context, path=path, day=day)
    if merged.text is None:
        return PagePlan(
            status=status,
            record=record,
            text=existing or "",
            findings=merged.findings,
            error=conflict_of(status.path, merged.findings),
        )
    after = merged.text.encode("utf-8", "surrogateescape")
    state: PageState = "new" if before is None else "current" if before == after else "changed"
    return PagePlan(
        status=replace(status, state=state),
        record=record,
        text=merged.text,
        change=None if before == after else Change(path=status.path, before=before, after=after),
        findings=merged.findings,
    )


def render(workspace: Workspace, name: str, record: object) -> str:
    """The page from its template alone.

    With a plugin nothing is kept of it, as a plugin's filters may look at anything.

    Raises:
        TemplateError: when the template cannot be rendered.
        PluginError: when a filter raises.
    """
    # Most runs render nothing.
    from vaultflow.disk.sandbox.passages import Passages  # noqa: PLC0415

    has_plugins = bool(workspace.context.settings.plugins.enabled)
    passages = None if has_plugins else workspace.written.setdefault(name, Passages())
    filters = workspace.registry.filters
    return workspace.templates.render(name, record, filters, passages=passages)


def conflict_of(path: PurePosixPath, findings: Sequence[Finding]) -> ConflictError | None:
    """Why a page must be left alone; None when the user took it over, which is no error."""
    broken = [finding for finding in findings if finding.level is Level.ERROR]
    if not broken:
        return None
    reasons = "; ".join(f"line {finding.line}: {finding.message}" for finding in broken)
    return ConflictError(reasons, path=str(path), hint="nothing was written")


def apply(root: Path, outcome: Outcome) -> tuple[PurePosixPath, ...]:
    """Writes what is planned, each file whole or not at all; gives the paths written.

    Raises:
        ConflictError: when a file is no longer as it was read.
        VaultError: when a file cannot be written.
    """
    if not outcome.changes:
        return ()
    # Most runs write nothing, and what writes safely takes a while to load.
    from vaultflow.disk.write import apply_change  # noqa: PLC0415

    return tuple(change.path for change in outcome.changes if apply_change(root, change))
