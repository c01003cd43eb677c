"""The names of fields: for each of ours those that vaults use, as `[fields]` may set them.

There are two parts: what every lead has, and what the practice of selling adds. Of the second part
a lead keeps what its note says as it was typed (`Lead.said`); what it means is read by the module
that asks.
"""

from __future__ import annotations

from msgspec import Struct


class LeadFieldNames(Struct, frozen=True, kw_only=True):
    """The fields that lists and totals are made of."""

    type: tuple[str, ...] = ("type",)
    """What makes the note a lead."""
    stage: tuple[str, ...] = ("stage", "status")
    """Where the lead is."""
    value: tuple[str, ...] = ("value", "amount")
    """What it may bring."""
    currency: tuple[str, ...] = ("currency",)
    """That of the value, unless it is written beside the amount."""
    company: tuple[str, ...] = ("company", "account")
    """A link or a name."""
    people: tuple[str, ...] = ("people", "contacts", "contact", "person")
    """Links or names."""
    owner: tuple[str, ...] = ("owner",)
    """Who looks after it."""
    source: tuple[str, ...] = ("source",)
    """Where it came from."""
    created: tuple[str, ...] = ("created",)
    """The day on which it came up."""
    expected_close: tuple[str, ...] = ("expected_close", "close_date")
    """The day on which it may be decided."""
    probability: tuple[str, ...] = ("probability",)
    """The chance to win in percent; that of the stage when there is none."""
    next_action: tuple[str, ...] = ("next_action", "next_step")
    """What must happen next."""
    next_action_due: tuple[str, ...] = ("next_action_due", "due", "follow_up")
    """By when."""
    last_contact: tuple[str, ...] = ("last_contact", "last_touch")
    """A day that counts as a touch."""
    revisit_on: tuple[str, ...] = ("revisit_on",)
    """The day to look again; as long as it lies ahead, the lead is parked."""
    closed_on: tuple[str, ...] = ("closed_on", "closed")
    """The day on which it was won or lost."""
    lost_reason: tuple[str, ...] = ("lost_reason",)
    """Why it was lost, in their words."""
    date: tuple[str, ...] = ("date",)
    """Of meeting notes and the like: the day that they are about."""


class FieldNames(LeadFieldNames, frozen=True, kw_only=True):
    """`[fields]`: for each of our fields the names that the vault uses; the first found counts.

    Names are compared as Dataview does: `Next Action`, `next-action` and `next_action` are one.
    Below stand the fields that reviews ask for, one by one, as a deal moves on.
    """

    kind: tuple[str, ...] = ("kind",)
    """`order` for a sale that needs no selling, such as a renewal."""
    warmth: tuple[str, ...] = ("warmth", "temperature")
    """`cold`, `warm` or `hot`."""
    potential: tuple[str, ...] = ("potential",)
    """`high` or `low`: what may come of it beyond this deal."""
    flags: tuple[str, ...] = ("flags",)
    """Words for what makes this lead costly, such as `micromanager`."""
    cadence_days: tuple[str, ...] = ("cadence_days", "cadence")
    """Days between two touches that suit this lead."""
    keep_in_touch_days: tuple[str, ...] = ("keep_in_touch_days", "keep_in_touch")
    """The same, for clients and parked leads."""
    why_stage: tuple[str, ...] = ("why_stage",)
    """Why the lead belongs where it is."""
    stage_since: tuple[str, ...] = ("stage_since",)
    """The day on which the lead came into its stage."""
    history: tuple[str, ...] = ("history", "stage_history")
    """The stages that it was in, each with the day on which it came there."""
    reason_for_contact: tuple[str, ...] = ("reason_for_contact",)
    """Why they got in touch."""
    trust: tuple[str, ...] = ("trust", "romance.trust")
    """The day on which they began to trust us; the first of five steps."""
    needs: tuple[str, ...] = ("needs", "romance.needs")
    """The day on which their needs were understood."""
    solution: tuple[str, ...] = ("solution", "romance.solution")
    """The day on which the best solution was presented."""
    demo: tuple[str, ...] = ("demo", "romance.demo")
    """The day on which they saw that it is what they need."""
    concerns: tuple[str, ...] = ("concerns", "romance.concerns")
    """The day on which their concerns were resolved."""
    signals: tuple[str, ...] = ("signals",)
    """What buyers do when it goes well, each with its day: `2026-11-02 negotiates`."""
    risks: tuple[str, ...] = ("risks",)
    """What has come in the way, such as `champion-left` or `budget-review`, with or without day."""
    problem: tuple[str, ...] = ("problem", "qualification.problem")
    """The first of seven questions: what do they want to solve?"""
    trigger: tuple[str, ...] = ("trigger", "qualification.trigger")
    """What has prompted it now?"""
    consequence: tuple[str, ...] = ("consequence", "qualification.consequence")
    """What happens if it is not solved?"""
    timescale: tuple[str, ...] = ("timescale", "qualification.timescale")
    """By when must it be in place?"""
    signoff: tuple[str, ...] = ("signoff", "qualification.signoff")
    """Who signs off the budget?"""
    personal_stake: tuple[str, ...] = ("personal_stake", "qualification.personal_stake")
    """What does the person gain or lose?"""
    fit: tuple[str, ...] = ("fit", "qualification.fit")
    """Does what we offer solve it for them?"""
    will_buy: tuple[str, ...] = ("will_buy", "qualification.will_buy")
    """`yes`, `no` or `?`, and more words if you like: will it result in a sale?"""
    need: tuple[str, ...] = ("need", "bant.need", "qualification.need")
    """The same: do they have a need?"""
    bracket: tuple[str, ...] = ("bracket", "qualification.bracket")
    """The same: is the price within their means?"""
    budget: tuple[str, ...] = ("budget", "bant.budget")
    """The same: is there a budget?"""
    authority: tuple[str, ...] = ("authority", "bant.authority")
    """The same: do we talk to who decides?"""
    timeline: tuple[str, ...] = ("timeline", "bant.timeline")
    """The same: is there a day?"""
    interested: tuple[str, ...] = ("interested",)
    """The same: have they shown interest?"""
    qualified: tuple[str, ...] = ("qualified",)
    """The same: are they qualified?"""
    ready: tuple[str, ...] = ("ready",)
    """The same: are they ready to go ahead?"""
    proposal_needs: tuple[str, ...] = ("proposal_needs", "proposal.needs")
    """What the proposal says about their needs; `yes` will do. Six such parts."""
    proposal_fit: tuple[str, ...] = ("proposal_fit", "proposal.fit")
    """How the offer meets each need."""
    proposal_summary: tuple[str, ...] = ("proposal_summary", "proposal.summary")
    """A summary that persuades."""
    proposal_roi: tuple[str, ...] = ("proposal_roi", "proposal.roi")
    """What it returns, even if that is peace of mind."""
    proposal_why_us: tuple[str, ...] = ("proposal_why_us", "proposal.why_us")
    """Why we are the ones."""
    proposal_mutual: tuple[str, ...] = ("proposal_mutual", "proposal.mutual")
    """What both sides gain in the long run."""
    interests: tuple[str, ...] = ("interests",)
    """What they care about: decides which content fits."""
    content_sent: tuple[str, ...] = ("content_sent",)
    """Links to the content notes that they have got."""
    industry: tuple[str, ...] = ("industry",)
    """Of the lead, its company or a content note."""
    country: tuple[str, ...] = ("country",)
    """Of the lead or its company."""
    size: tuple[str, ...] = ("size", "employees")
    """People in the company."""
    job_title: tuple[str, ...] = ("job_title", "role")
    """What the person does there; of the lead or its people."""
    email: tuple[str, ...] = ("email", "e-mail")
    """Of the lead, its company or its people."""
    phone: tuple[str, ...] = ("phone", "mobile", "tel")
    """The same."""
    website: tuple[str, ...] = ("website", "url", "domain")
    """The same."""
    not_duplicate_of: tuple[str, ...] = ("not_duplicate_of",)
    """Links to leads that look alike and are others."""
    source_kind: tuple[str, ...] = ("source_kind",)
    """How they came to us: `inbound`, `outbound`, `referral` or a word of your own."""


PRACTICE_FIELDS = tuple(
    name for name in FieldNames.__struct_fields__ if name not in LeadFieldNames.__struct_fields__
)
"""Our names for the fields of which a lead keeps what was typed."""
