"""The next action of a lead: what must happen next, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultflow.pipeline.edits.places import writing

if TYPE_CHECKING:
    from datetime import date

    from vaultflow.pipeline.settings import Settings, Stage
    from vaultflow.vault.edit.edit import Operation


def act_operations(action: str, due: date, settings: Settings) -> tuple[Operation, ...]:
    """Sets the next action and the day by which it must happen."""
    return (
        writing(settings.fields.next_action, " ".join(action.split())),
        writing(settings.fields.next_action_due, due),
    )


def quick_action(stage: Stage | None, text: str) -> tuple[str, str]:
    """The action that the text means, and what is wrong with it, as a sentence.

    A number picks from the stage's quick list; any other text is the action itself.
    """
    action = " ".join(text.split())
    if not action:
        return "", "There is no action: say what must happen next."
    if not (action.isascii() and action.isdigit()):
        return action, ""
    actions = stage.actions if stage else ()
    if 1 <= int(action[:4]) <= len(actions):
        return actions[int(action) - 1], ""
    where = f'"{stage.name}"' if stage else "a lead without a known stage"
    listed = "; ".join(quick_list(stage)) or "none"
    return "", f"There is no action {action} in the quick list of {where}: {listed}."


def quick_list(stage: Stage | None) -> tuple[str, ...]:
    """The quick list of a stage, each action with its number: `1 Call to introduce yourself`."""
    actions = stage.actions if stage else ()
    return tuple(f"{number} {action}" for number, action in enumerate(actions, start=1))
