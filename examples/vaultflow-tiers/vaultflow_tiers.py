"""Deals in tiers by size: a rule, a filter and a page for VaultFlow."""

from collections.abc import Iterator

from vaultflow import Context, Finding, Level, PageType, Plugin, Standing

TEMPLATE = """---
title: Deals by tier
path: Deals by tier.md
---
# Deals by tier

%% vaultflow:begin tiers %%
{% for deal in deals %}
- {{ deal.value | tier }}: {{ deal.name | link }}
{% endfor %}
%% vaultflow:end tiers %%
"""


def tier(value: float) -> str:
    return "A" if value >= 20_000 else "B" if value >= 5_000 else "C"


def without_people(standing: Standing, context: Context) -> Iterator[Finding]:
    lead = standing.lead
    if standing.is_open and lead.value and tier(float(lead.value.amount)) == "A" and not lead.people:
        yield Finding(level=Level.WARNING, code="tier-people", path=lead.path, line=1,
                      message="a tier A deal names no people", hint="add them under `people`")


def deals(context: Context) -> dict[str, list[dict[str, object]]]:
    leads = [standing.lead for standing in context.pipeline.standings if standing.is_open]
    worth = [(float(lead.value.amount), lead.name) for lead in leads if lead.value]
    return {"deals": [{"name": name, "value": value} for value, name in sorted(worth, reverse=True)]}


PLUGIN = Plugin(name="tiers", rules={"tier-people": without_people}, filters={"tier": tier}, pages=(
    PageType(name="tiers", title="Deals by tier", build=deals, template=TEMPLATE),))
