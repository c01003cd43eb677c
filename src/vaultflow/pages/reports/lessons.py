"""Lessons: what the best customers have in common, and what the lost deals never got."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pages.blocks.items import item_id
from vaultflow.pages.practice.effort import touches_line
from vaultflow.pages.reports.analysis import YEAR
from vaultflow.pages.reports.saying import unread_text
from vaultflow.pages.reports.section import Section, Table
from vaultflow.pages.reports.telling import share, short_share
from vaultflow.pages.rows import link_target
from vaultflow.pages.wording import plural, short_day
from vaultflow.pipeline.lead import Money
from vaultflow.pipeline.measures.numbers.periods import last_days
from vaultflow.pipeline.measures.results.attribution import days_to_end
from vaultflow.pipeline.measures.results.completion import completion
from vaultflow.pipeline.measures.results.customers import best_customers
from vaultflow.pipeline.measures.results.winning import decided_in
from vaultflow.pipeline.money import format_money
from vaultflow.pipeline.practice.following.effort import spread, touches_by_outcome
from vaultflow.pipeline.practice.qualifying.fit import facts_of
from vaultflow.pipeline.practice.qualifying.romance import STEPS, read_steps
from vaultflow.pipeline.settings import StageKind
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vaultflow.pages.page import Context
    from vaultflow.pipeline.history.course import Course
    from vaultflow.pipeline.measures.results.completion import Completion
    from vaultflow.pipeline.measures.results.customers import Customer

BEST = 5  # customers: more are no longer the very best
LONGEST = 10  # lost deals shown; the numbers are of all
QUESTIONS = {
    "best": (
        "What made them your best customers?",
        "Where do you find more of their kind?",
        "What did you do for them that you do not do for everybody?",
    ),
    "lost": (
        "Which of these did you romance, and which did you only hope for?",
        "Which step will you no longer leave out?",
    ),
}
NO_STEPS = (
    "No step is noted in any deal, won or lost ({count} lost): nothing can be told of them. A word "
    "behind the kind of a touch notes one, as in call out (needs)."
)
NOTHING_KNOWN = "Nothing is noted that they may have in common."
_NUMBER = re.compile(r"\d[\d.,' ]*")


class Question(Struct, frozen=True, kw_only=True):
    """A question to think about; what is answered stays on the page."""

    id: str
    text: str


class LessonsPage(Struct, frozen=True, kw_only=True):
    """What won and lost deals teach."""

    title: str
    sections: tuple[Section, ...]
    """The best customers, and the lost deals."""
    about_best: tuple[Question, ...]
    about_lost: tuple[Question, ...]


def build_lessons(context: Context) -> LessonsPage:
    """What won and lost deals teach, as of today."""
    closed = {course.outcome for course in context.courses().deals}
    return LessonsPage(
        title="Lessons",
        sections=(best_section(context), lost_section(context)),
        about_best=_questions("best") if StageKind.WON in closed else (),
        about_lost=_questions("lost") if StageKind.LOST in closed else (),
    )


def _questions(about: str) -> tuple[Question, ...]:
    return tuple(
        Question(id=item_id("lessons", f"{about} {number}", ""), text=text)
        for number, text in enumerate(QUESTIONS[about], 1)
    )


def best_section(context: Context) -> Section:
    """The best customers, and what they have in common."""
    customers = best_customers(context.courses().deals, context.settings.money, context.today)
    best = customers[:BEST]
    if not best:
        return Section(title="Best customers", lines=("Nobody has bought yet.",))
    theirs = [deal for customer in best for deal in customer.deals]
    others = [deal for customer in customers[BEST:] for deal in customer.deals]
    return Section(
        title="Best customers",
        lines=common_lines(theirs, others, context),
        table=Table(
            headers=("Customer", "Deals", "Won"),
            rows=tuple(_customer_row(customer, context) for customer in best),
            right=(1, 2),
            targets=tuple(
                link_target(one.who.path, context) if one.who.path else "" for one in best
            ),
        ),
        note=_best_note(customers, context),
    )


def common_lines(
    theirs: Sequence[Course], others: Sequence[Course], context: Context
) -> tuple[str, ...]:
    """What is known that they have in common, each beside the same of all other deals."""

    def said(field: str) -> Callable[[Course], str]:
        def of(course: Course) -> str:
            facts = facts_of(course.lead, field, context.vault, context.settings.fields)
            return facts[0].text if facts else ""

        return of

    def steps_done(course: Course) -> int | None:
        """None where no step is noted: nobody knows then whether any was done."""
        return sum(step.is_done for step in read_steps(course.lead, context.today)) or None

    def people(course: Course) -> int | None:
        match = _NUMBER.search(said("size")(course))
        return int(re.sub(r"\D", "", match[0])) if match else None

    told = (
        _words_in_common("Source", lambda course: course.lead.source, theirs, others),
        _words_in_common("Industry", said("industry"), theirs, others),
        _number_in_common("People in the company", people, theirs, others),
        _number_in_common(f"Steps noted, of {len(STEPS)}", steps_done, theirs, others),
        _number_in_common("Days to win", days_to_end, theirs, others),
    )
    return tuple(line for line in told if line) or (NOTHING_KNOWN,)


def _words_in_common(
    what: str, word_of: Callable[[Course], str], theirs: Iterable[Course], others: Iterable[Course]
) -> str:
    """`Source: Referral 3 of 5; with the others 6 of 20.`, of the deals that say it."""
    here, there = (
        [word.strip() for one in some if (word := word_of(one))] for some in (theirs, others)
    )
    if not here:
        return ""
    counts = Counter(map(fold, here))
    most = min(counts, key=lambda word: (-counts[word], word))
    shown = min(word for word in here if fold(word) == most)
    rest = (
        f"; with the others {list(map(fold, there)).count(most)} of {len(there)}" if there else ""
    )
    return f"{what}: {shown} {counts[most]} of {len(here)}{rest}."


def _number_in_common(
    what: str,
    number_of: Callable[[Course], int | None],
    theirs: Iterable[Course],
    others: Iterable[Course],
) -> str:
    """`Days to win: 43 at the median of 5; with the others 60 of 20.`, of those known."""
    here, there = (
        spread([number for one in some if (number := number_of(one)) is not None])
        for some in (theirs, others)
    )
    if here.median is None:
        return ""
    rest = "" if there.median is None else f"; with the others {there.median:g} of {there.count}"
    return f"{what}: {here.median:g} at the median of {here.count}{rest}."


def _customer_row(customer: Customer, context: Context) -> tuple[str, str, str]:
    money = Money(amount=customer.value, currency=context.settings.money.currency)
    known = len(customer.deals) - customer.elsewhere
    value = format_money(money, context.settings.money.decimal) if known else "?"
    more = f" +{customer.elsewhere}" if known and customer.elsewhere else ""
    return customer.who.name, str(len(customer.deals)), f"{value}{more}"


def _best_note(customers: Sequence[Customer], context: Context) -> str:
    deals = sum(len(customer.deals) for customer in customers)
    elsewhere = sum(customer.elsewhere for customer in customers)
    apart = (
        f" {plural(elsewhere, 'deal')} without a value, or without a rate for its currency, "
        f"{'counts' if elsewhere == 1 else 'count'} as +1 only."
        if elsewhere
        else ""
    )
    return (
        f"Of {plural(deals, 'won deal')} of {plural(len(customers), 'customer')}, of all years, "
        f"orders too. With few deals, what they have in common may be chance."
        f"{apart}{unread_text(context)}"
    )


def lost_section(context: Context) -> Section:
    """Which of the five steps lost deals never got, beside those that were won."""
    year = last_days(context.today, YEAR)
    found = completion(decided_in(context.courses().deals, year), context.today)
    effort = touches_line(*touches_by_outcome(context.pipeline.standings))
    if not found.missing:
        nothing = "No deal was lost in the last year."
        return Section(title="Lost deals", lines=(nothing, effort))
    if not any(step.won.part or step.lost.part for step in found.steps):
        lines: tuple[str, ...] = (NO_STEPS.format(count=len(found.missing)),)
        table = None
    else:
        lines, table = tuple(_missing_lines(found, context)), _steps_table(found)
    won = found.steps[0].won.whole
    return Section(
        title="Lost deals",
        lines=(*lines, effort),
        table=table,
        note=(
            f"{plural(won, 'won deal')} and {plural(len(found.missing), 'lost deal')} closed from "
            f"{year.first} to {year.last}; orders and leads that were none are left out."
            f"{unread_text(context)}"
        ),
    )


def _missing_lines(found: Completion, context: Context) -> Iterator[str]:
    missing = sum(len(each.steps) for each in found.missing)
    yield f"None of the five steps noted: {share(found.hoped)} lost deals. Was that hope?"
    yield f"Steps missing: {missing} of {len(STEPS) * len(found.missing)} in lost deals."
    for each in found.missing[:LONGEST]:
        ended = each.course.ended
        day = f", {short_day(ended, context.today)}" if ended else ""
        what = f"without {', '.join(each.steps)}" if each.steps else "all five were done"
        yield f"{each.course.lead.name}{day}: {'none' if len(each.steps) == len(STEPS) else what}"
    if len(found.missing) > LONGEST:
        yield f"and {len(found.missing) - LONGEST} more"


def _steps_table(found: Completion) -> Table:
    return Table(
        headers=("Step done", "Won", "Lost"),
        rows=tuple(
            (step.name, short_share(step.won), short_share(step.lost)) for step in found.steps
        ),
        right=(1, 2),
    )
