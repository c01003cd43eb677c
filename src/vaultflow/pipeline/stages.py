"""The stages in force: the vault's own or a preset's, how a note names one, and what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vaultflow.errors import nearest_words
from vaultflow.pipeline.presets import PRESETS
from vaultflow.pipeline.settings import StageKind
from vaultflow.vault.markdown.wikilinks import read_wikilink
from vaultflow.vault.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vaultflow.pipeline.settings import Settings, Stage

_PERCENT = re.compile(r"\s*(?P<percent>\d{1,3})\s*%\s*[–—-]?\s*")
_END_PROBABILITY = {StageKind.WON: 100, StageKind.LOST: 0}


def stages_in_force(settings: Settings) -> tuple[Stage, ...]:
    """The vault's own stages or else its preset's, each with a label and, where known, a chance.

    A leading percentage of the label (`40% – Issues Identified`) is the probability unless one is
    set; a won stage has 100 and a lost one 0.
    """
    return _all_completed(settings.pipeline.stages or PRESETS[settings.pipeline.preset])


def percentage_of(label: str) -> int | None:
    """The percentage that the label begins with; None when it begins with none."""
    match = _PERCENT.match(label)
    return int(match["percent"]) if match else None


def find_stage(stages: tuple[Stage, ...], text: str) -> Stage | None:
    """The stage that the text names; None when none does.

    A name counts before a label, and a label before an alias. Case, doubled blanks, hyphens and
    underscores do not matter; a `[[link]]` names a stage, and a label does without its percentage.
    """
    return _stages_by_key(stages).get(_stage_key(text))


def nearest_stage(stages: tuple[Stage, ...], text: str) -> Stage | None:
    """The stage that the text may have been meant for, for a hint; None when none is near."""
    by_key = _stages_by_key(stages)
    near = nearest_words(_stage_key(text), by_key)
    return by_key[near[0]] if near else None


def check_stages(stages: Sequence[Stage]) -> tuple[str, ...]:
    """What is wrong with stages as configured, one sentence each; empty when all is well."""
    return tuple(
        problem
        for check in (_check_kinds, _check_names, _check_numbers, _check_ends, _check_order)
        for problem in check(stages)
    )


def open_stages(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """The stages that are neither won, lost nor parked, in order."""
    return tuple(stage for stage in stages if stage.kind is StageKind.OPEN)


def stage_after(stages: Sequence[Stage], stage: Stage) -> Stage | None:
    """The open stage that follows; None after the last one and for a stage that is not open."""
    return next((after for before, after in pairwise(open_stages(stages)) if before == stage), None)


def steps_between(before: Stage, after: Stage, stages: Sequence[Stage]) -> int | None:
    """How many stages forward it is, less than 0 for back; a won stage follows the last open one.

    None when one of the two is lost or parked: these are no step on the way.
    """
    start, end = stage_place(before, stages), stage_place(after, stages)
    return None if start is None or end is None else end - start


def stage_place(stage: Stage, stages: Sequence[Stage]) -> int | None:
    """Where the stage is on the way, from 0; a won one is behind all; None for lost and parked."""
    names = [each.name for each in open_stages(stages)]
    if stage.kind is StageKind.WON:
        return len(names)
    return names.index(stage.name) if stage.name in names else None


@lru_cache(maxsize=8)  # the same tuple each time: then what is kept about it is found at once
def _all_completed(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    return tuple(_completed(stage) for stage in stages)


def _completed(stage: Stage) -> Stage:
    label = stage.label or stage.name
    probability = stage.probability
    if probability is None:
        probability = percentage_of(label)
    if probability is None:
        probability = _END_PROBABILITY.get(stage.kind)
    return replace(stage, label=label, probability=probability)


@lru_cache(maxsize=8)
def _stages_by_key(stages: tuple[Stage, ...]) -> Mapping[str, Stage]:
    by_key: dict[str, Stage] = {}
    for names in (_names, _labels, _aliases):
        for stage in stages:
            for name in names(stage):
                by_key.setdefault(_stage_key(name), stage)
    by_key.pop("", None)
    return MappingProxyType(by_key)


def _names(stage: Stage) -> tuple[str, ...]:
    return (stage.name,)


def _labels(stage: Stage) -> tuple[str, ...]:
    # Without its percentage too: "Issues Identified" is what people type.
    return (stage.label, *(_PERCENT.sub("", text, count=1) for text in (stage.label, stage.name)))


def _aliases(stage: Stage) -> tuple[str, ...]:
    return stage.aliases


@lru_cache(maxsize=1024)  # thousands of leads stand in a handful of stages
def _stage_key(text: str) -> str:
    link = read_wikilink(text.strip(), line=0)
    name = link.target.rpartition("/")[2].removesuffix(".md") if link else text
    return " ".join(re.sub(r"[\s_–—-]+", " ", fold(name)).split())


def _check_kinds(stages: Sequence[Stage]) -> Iterable[str]:
    kinds = {stage.kind for stage in stages}
    needed = (StageKind.OPEN, StageKind.WON, StageKind.LOST)
    return (f'no stage has the kind "{kind}": add one' for kind in needed if kind not in kinds)


def _check_names(stages: Sequence[Stage]) -> Iterable[str]:
    if any(not stage.name.strip() for stage in stages):
        yield "a stage has no name: give it one"
    owners = Counter(
        key
        for stage in stages
        for key in {_stage_key(name) for name in (stage.name, *_labels(stage), *stage.aliases)}
        if key
    )
    for key, count in owners.items():
        if count > 1:
            yield f'"{key}" names {count} stages: keep it as a name, label or alias of one'


def _check_numbers(stages: Sequence[Stage]) -> Iterable[str]:
    for stage in stages:
        for name, days in (
            ("stale_days", stage.stale_days),
            ("expected_days", stage.expected_days),
        ):
            if days is not None and days < 0:
                yield f'stage "{stage.name}": {name} is {days}; days are 0 or more'
        if stage.probability is not None and not 0 <= stage.probability <= 100:  # noqa: PLR2004  # percent
            yield f'stage "{stage.name}": probability is {stage.probability}; it is 0 to 100'


def _check_ends(stages: Sequence[Stage]) -> Iterable[str]:
    for stage in stages:
        sure = _END_PROBABILITY.get(stage.kind)
        if sure is not None and _completed(stage).probability != sure:
            yield (
                f'stage "{stage.name}" is {stage.kind}, so its probability is {sure}, '
                f"not {_completed(stage).probability}"
            )


def _check_order(stages: Sequence[Stage]) -> Iterable[str]:
    known = [
        (stage.name, probability)
        for stage in open_stages(stages)
        if (probability := _completed(stage).probability) is not None
    ]
    for (before, higher), (after, lower) in pairwise(known):
        if lower < higher:
            yield (
                f'stage "{after}" has {lower} % but comes after "{before}" with {higher} %: '
                "each stage is at least as near to won as the one before"
            )
