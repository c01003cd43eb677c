"""Duplicates by values: what makes two notes alike, and what does not."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipeline_builders import note, pipeline_of, vault_of

from vaultflow.pipeline.practice.cleaning.duplicates import (
    Identity,
    find_alike,
    normal_emails,
    normal_phones,
    own_domains,
    plain_words,
)
from vaultflow.pipeline.practice.cleaning.identities import read_identities


def identity(name: str, kind: str = "company", **facts: object) -> Identity:
    known = {
        key: frozenset(value.split()) if key != "company" else value
        for key, value in facts.items()
        if isinstance(value, str)
    }
    return Identity(path=PurePosixPath(f"{name}.md"), name=name, kind=kind, **known)  # type: ignore[arg-type]  # built by name


def why(*identities: Identity) -> list[str]:
    return [pair.why for pair in find_alike(identities)]


def test_the_same_address_makes_two_notes_alike() -> None:
    pair = identity("A", emails="jo@acme.example"), identity("B", emails="jo@acme.example x@y.zz")
    assert why(*pair) == ["the same e-mail address, jo@acme.example"]


def test_the_same_number_makes_two_notes_alike() -> None:
    pair = identity("A", phones="+31205550100"), identity("B", phones="+31205550100")
    assert why(*pair) == ["the same phone number, +31205550100"]


def test_one_domain_needs_a_name_nearly_the_same() -> None:
    alike = identity("Acme Beheer BV", domains="acme.example")
    assert why(alike, identity("Acme Beheer", domains="acme.example")) == [
        "nearly the same name at acme.example"
    ]
    assert why(alike, identity("Jane Doe", domains="acme.example")) == []


def test_one_company_needs_a_name_nearly_the_same() -> None:
    jane = identity("Jane Doe", "person", company="acme")
    assert why(jane, identity("Jane Doe MSc", "person", company="acme")) == [
        "nearly the same name at the same company"
    ]
    assert why(jane, identity("Jane Doe", "person", company="beta")) == []


def test_notes_of_two_kinds_are_never_alike() -> None:
    assert why(identity("A", "lead", emails="a@b.cc"), identity("B", emails="a@b.cc")) == []


def test_a_pair_that_was_told_apart_is_not_proposed_again() -> None:
    one = Identity(
        path=PurePosixPath("A.md"),
        name="A",
        kind="lead",
        emails=frozenset({"a@b.cc"}),
        others=frozenset({PurePosixPath("B.md")}),
    )
    other = Identity(
        path=PurePosixPath("B.md"), name="B", kind="lead", emails=frozenset({"a@b.cc"})
    )
    assert find_alike([one, other]) == ()
    assert find_alike([other, one]) == ()


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("+31 (0)20 555-0100", {"+31205550100"}),
        ("0031 20 555 0100", {"+31205550100"}),
        ("020 555 0100", {"0205550100"}),
        ("ext. 42", set()),
        ("123456", set()),
        ("1234567", {"1234567"}),
    ],
)
def test_phone_numbers_are_compared_by_their_digits(typed: str, normal: set[str]) -> None:
    assert normal_phones([typed]) == normal


def test_addresses_are_compared_in_small_letters_and_found_in_text() -> None:
    assert normal_emails(["Jo <Jo.D@Acme.example>, no address"]) == {"jo.d@acme.example"}


def test_a_domain_for_everybody_tells_nothing() -> None:
    assert own_domains(["jo@gmail.com", "jo@acme.example"], ["https://www.beta.example/x"]) == {
        "acme.example",
        "beta.example",
    }
    assert own_domains([], ["no site"]) == frozenset()


def test_the_legal_form_is_no_part_of_a_name() -> None:
    assert plain_words("Acme Holding B.V.") == "acme holding"
    assert plain_words("GmbH") == "gmbh"


def test_identities_are_read_from_leads_companies_and_people() -> None:
    acme = note("---\nemail: info@acme.example\nwebsite: acme.example\n---\n", "Acme.md")
    jane = note('---\ncompany: "[[Acme]]"\nphone: "+31 20 555 0100"\n---\n', "Jane.md")
    lead = note(
        '---\ntype: lead\ncompany: "[[Acme]]"\npeople: ["[[Jane]]"]\n'
        'not_duplicate_of: "[[Second]]"\n---\n',
        "Deals/First.md",
    )
    second = note('---\ntype: lead\ncompany: "[[Acme]]"\n---\n', "Deals/Second.md")
    won = note('---\ntype: lead\nstage: won\ncompany: "[[Acme]]"\n---\n', "Deals/Old.md")
    notes = (acme, jane, lead, second, won)
    found = {str(one.path): one for one in read_identities(pipeline_of(*notes), vault_of(*notes))}
    assert set(found) == {"Acme.md", "Jane.md", "Deals/First.md", "Deals/Second.md"}
    assert found["Acme.md"].domains == {"acme.example"}
    assert found["Jane.md"].company == found["Deals/First.md"].company == "acme"
    assert found["Jane.md"].phones == {"+31205550100"}
    assert found["Deals/First.md"].others == {PurePosixPath("Deals/Second.md")}


SOME = st.builds(
    identity,
    st.sampled_from(["Acme", "Acme BV", "Beta", "Jane Doe", "Doe, Jane"]),
    st.sampled_from(["company", "person"]),
    emails=st.sampled_from(["", "a@b.cc", "c@d.ee"]),
    company=st.sampled_from(["", "acme"]),
)


@given(st.lists(SOME, max_size=6, unique_by=lambda one: one.path))
def test_the_order_of_the_notes_does_not_matter(some: list[Identity]) -> None:
    assert find_alike(some) == find_alike(reversed(some))
