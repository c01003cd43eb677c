"""A page generated anew, with what it has to say back about the answers on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vaultflow.pages.answers.leads import AnsweredPage
from vaultflow.pages.answers.plan import plan_answers
from vaultflow.pages.answers.remarks import with_remarks, without_remarks
from vaultflow.pages.answers.unanswered import is_unanswered
from vaultflow.pages.blocks.merge import Merged, merge_page

if TYPE_CHECKING:
    from datetime import date
    from pathlib import PurePosixPath

    from vaultflow.pages.page import Context


def regenerate_page(
    existing: str | None,
    rendered: str,
    context: Context,
    *,
    path: PurePosixPath,
    day: date | None = None,
) -> Merged:
    """The page merged as `merge_page` does, and remarks below answers that cannot be followed.

    Args:
        existing: the page as it is; None when there is none.
        rendered: the whole page from its template.
        context: the leads that the answers are about.
        path: the page.
        day: the day that it reviews; None for a page that is of today every day.
    """
    if existing is None:
        return merge_page(None, rendered, path=path, today=context.today)
    bare = without_remarks(existing, path)
    merged = merge_page(bare.text, rendered, path=path, today=context.today)
    findings = tuple(
        replace(finding, line=bare.line_on_page(finding.line)) for finding in merged.findings
    )
    if merged.text is None or is_unanswered(existing):
        return replace(merged, findings=findings)
    page = AnsweredPage(path=path, text=existing, day=day)
    remarks = plan_answers((page,), context).remarks.get(path, {})
    return Merged(text=with_remarks(merged.text, remarks, path), findings=findings)
