"""Deals in tiers by size: a rule, a filter and a page for VaultFlow."""

from collections.abc import Iterator

from vaultflow import Context, Finding, Level, PageType, Plugin, Standing

TEMPLATE = """---
path: Deals by tier.md
---
# Deals by tier

%% vaultflow:begin tiers %%
{% for deal in deals %}
- {{ deal.value | tier }}: {{ deal.name | link }}
{% endfor %}
%% vaultflow:end tiers %%
"""
CODE, MESSAGE = "tier-people", "a tier A deal names no people"


def tier(value: float) -> str:
    return "A" if value >= 20_000 else "B" if value >= 5_000 else "C"


def unpeopled(standing: Standing, context: Context) -> Iterator[Finding]:
    lead = standing.lead
    is_big = lead.value is not None and tier(float(lead.value.amount)) == "A"
    if standing.is_open and is_big and not lead.people:
        yield Finding(level=Level.WARNING, code=CODE, path=lead.path, line=1, message=MESSAGE)


def deals(context: Context) -> dict[str, list[dict[str, object]]]:
    leads = [standing.lead for standing in context.pipeline.standings if standing.is_open]
    worth = sorted((-float(lead.value.amount), lead.name) for lead in leads if lead.value)
    return {"deals": [{"name": name, "value": -value} for value, name in worth]}


PAGE = PageType(name="tiers", title="Deals by tier", build=deals, template=TEMPLATE)
PLUGIN = Plugin(name="tiers", rules={CODE: unpeopled}, filters={"tier": tier}, pages=(PAGE,))
