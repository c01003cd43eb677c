from __future__ import annotations

import pytest

from vaultflow.pages.answers.unanswered import is_unanswered


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- [ ] What is next? ^vf-a\n\t- next::\n\t- by::  \n",
        "*Below a question you can also write `stage::`, `lost::` and `note::`.*",
        "> [!question] Do I have any leads?\n[[Acme]] and [a](b)",
    ],
)
def test_a_page_as_it_is_generated_is_unanswered(text: str) -> None:
    assert is_unanswered(text)


@pytest.mark.parametrize(
    "text",
    [
        "- [x] Call Jane ^vf-a",
        "- [-] Call Jane ^vf-a",
        "- [ ] What is next? ^vf-a\n\t- next:: Call",
        "- [ ] What is next? ^vf-a\n\t- next::2",
        "> - [ ] What is next? ^vf-a\n> \t- next step ::  2",
        "- [ ] What is next? ^vf-a\nnext:: Call",
        '- [ ] What? ^vf-a\n\t- ⚠ by: "friday-ish" is not understood %%vf 9f2c%%',
    ],
)
def test_a_tick_an_answer_or_a_remark_is_seen(text: str) -> None:
    assert not is_unanswered(text)
