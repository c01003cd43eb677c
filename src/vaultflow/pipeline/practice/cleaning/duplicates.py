"""Notes that may be about the same person, company or deal. Pairs are proposed, never merged.

Tried in turn: the same e-mail address, the same phone number, the same web or mail domain with a
name nearly the same, and the same company with a name nearly the same. A domain that anybody can
have an address at says nothing. Two deals with one customer are usual: so deals are compared by
what their own notes say, not by what their people have in common.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultflow.pipeline.practice.cleaning.free_mail import FREE_MAIL
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator
    from pathlib import PurePosixPath

SAME_DOMAIN = 90
SAME_COMPANY = 92
"""How much alike names must be, 0 to 100, besides what else is the same. Source: practice 3.14."""
LEAST_DIGITS = 7  # fewer are an extension, or the beginning of a number

_EMAIL = re.compile(r"[\w.+'-]+@([\w-]+(?:\.[\w-]+)+)")
_LEGAL = frozenset(
    "ag ab aps as bv co corp corporation cv eurl gbr gmbh inc kg limited llc llp ltd mbh nv ohg oy "
    "oyj plc pte pty sa sarl sas sasu se sl sl spa spol srl sro ug vof".split()
)
"""What stands behind a company's name and does not tell it apart from another."""


class Identity(Struct, frozen=True, kw_only=True):
    """What tells one note's person, company or deal from others."""

    path: PurePosixPath
    name: str
    kind: str
    """Only notes of one kind are compared: `lead`, `company`, `person`."""
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    company: str = ""
    """The company's path, or its name without its legal form; empty when there is none."""
    others: frozenset[PurePosixPath] = frozenset()
    """Notes that a person has said to be another one."""


class Likeness(Struct, frozen=True, kw_only=True):
    """Two notes that may be about the same."""

    one: Identity
    other: Identity
    """The one whose path comes later."""
    why: str


def find_alike(identities: Iterable[Identity]) -> tuple[Likeness, ...]:
    """The pairs that may be the same, by path; each with the first reason that applies."""
    everyone = sorted(identities, key=lambda identity: str(identity.path))
    found: dict[tuple[PurePosixPath, PurePosixPath], Likeness] = {}
    for pair, why in _candidates(everyone):
        one, other = pair
        key = (one.path, other.path)
        if key not in found and not _are_told_apart(one, other):
            found[key] = Likeness(one=one, other=other, why=why)
    return tuple(found[key] for key in sorted(found, key=lambda key: tuple(map(str, key))))


def normal_emails(texts: Iterable[str]) -> frozenset[str]:
    """The addresses in the texts, in small letters."""
    return frozenset(match[0].lower() for text in texts for match in _EMAIL.finditer(text))


def normal_phones(texts: Iterable[str]) -> frozenset[str]:
    """The numbers as digits, an international one with its `+`, also where it was typed as `00`."""
    numbers = (re.sub(r"\(0\)|[^\d+]", "", text) for text in texts)
    plain = (f"+{number[2:]}" if number.startswith("00") else number for number in numbers)
    return frozenset(number for number in plain if len(number.lstrip("+")) >= LEAST_DIGITS)


def own_domains(emails: Iterable[str], websites: Iterable[str]) -> frozenset[str]:
    """The domains of addresses and sites, but those at which anybody can have an address."""
    of_mail = (email.rpartition("@")[2] for email in emails)
    of_sites = (_host(website) for website in websites)
    return frozenset(domain for domain in (*of_mail, *of_sites) if domain not in FREE_MAIL) - {""}


def plain_words(name: str) -> str:
    """The name's words in small letters, without signs and without a company's legal form."""
    words = re.findall(r"\w+", fold(name).replace(".", ""))
    return " ".join([word for word in words if word not in _LEGAL] or words)


def _host(website: str) -> str:
    text = website.strip().lower()
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", text).partition("/")[0].partition(":")[0]
    host = host.removeprefix("www.")
    return host if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", host) else ""


def _candidates(everyone: list[Identity]) -> Iterator[tuple[tuple[Identity, Identity], str]]:
    """Pairs with why they may be the same, the surest reasons first."""
    for pair, email in _sharing(everyone, lambda one: one.emails):
        yield pair, f"the same e-mail address, {email}"
    for pair, phone in _sharing(everyone, lambda one: one.phones):
        yield pair, f"the same phone number, {phone}"
    for pair, domain in _sharing(everyone, lambda one: one.domains):
        if _sorted_likeness(*pair) >= SAME_DOMAIN:
            yield pair, f"nearly the same name at {domain}"
    for pair, _ in _sharing(everyone, lambda one: frozenset({one.company} - {""})):
        if _set_likeness(*pair) >= SAME_COMPANY:
            yield pair, "nearly the same name at the same company"


def _sharing(
    everyone: Iterable[Identity], keys_of: Callable[[Identity], frozenset[str]]
) -> Iterator[tuple[tuple[Identity, Identity], str]]:
    """All pairs of one kind that share a key, with the key: only these have to be compared."""
    blocks: dict[Hashable, list[Identity]] = defaultdict(list)
    for one in everyone:
        for key in sorted(keys_of(one)):
            blocks[one.kind, key].append(one)
    for (_, key), block in blocks.items():  # type: ignore[misc]  # the keys are the pairs above
        for one, other in combinations(block, 2):
            yield (one, other), key


def _sorted_likeness(one: Identity, other: Identity) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415  # only who looks for duplicates needs it

    return fuzz.token_sort_ratio(plain_words(one.name), plain_words(other.name))


def _set_likeness(one: Identity, other: Identity) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415  # same

    return fuzz.token_set_ratio(plain_words(one.name), plain_words(other.name))


def _are_told_apart(one: Identity, other: Identity) -> bool:
    return other.path in one.others or one.path in other.others
