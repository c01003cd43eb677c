"""Sentences like a consultant's: they mean little, but have the words and the lengths of prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

NOUNS = (
    "account advance agenda agreement answer approach audit board branch budget buyer calendar "
    "campaign capacity case change channel client coach commitment company concern condition "
    "contract contact cost course customer date deadline decision delay delivery demand demo "
    "department detail director discount document draft effort estimate evidence example "
    "experience figure forecast goal group growth guarantee hour idea improvement interview "
    "introduction invoice issue judgement launch lesson letter list manager margin market meeting "
    "member message method mistake moment month morning need negotiation network note objection "
    "offer office opinion option order outcome owner package partner payment person phase pilot "
    "plan planning price problem procedure process product programme progress project promise "
    "proposal purchase quarter question quote reason reference relation reminder renewal report "
    "request resource response result review risk role sample schedule scope season sentence "
    "service session size skill solution spring staff stage start step strategy summary supplier "
    "support survey talk target team term test topic training travel trial trust value version "
    "visit week winter workshop year"
).split()
ADJECTIVES = (
    "annual better big brief broad busy careful cautious cheap clear close common complete correct "
    "current difficult direct early easy entire exact fair familiar final first formal friendly "
    "full future general good happy hard helpful honest important independent internal joint large "
    "late likely limited local long main minor modest monthly narrow necessary new next normal old "
    "open original outside patient personal plain possible practical present previous private "
    "proper quick quiet rare ready real recent regular relevant right rough safe second serious "
    "short similar simple slow small special steady strong sudden suitable thorough tight typical "
    "urgent usual useful vague warm whole wide written"
).split()
VERBS = (
    "accepts adds answers approves asks becomes belongs changes checks chooses closes compares "
    "confirms considers costs covers decides defends delays delivers depends describes discusses "
    "doubts explains fits follows forgets gives grows helps hopes improves includes interests "
    "invites joins keeps knows leads learns leaves likes lists looks matters means meets mentions "
    "misses moves needs offers opens ordered owns pays plans prefers prepares promises proposes "
    "questions reaches reads remembers repeats replaces reports returns saves says sees sends "
    "shares shows signs solves starts stays stops suggests supports takes tells thinks tries "
    "understands uses visits waits wants wins worries writes"
).split()
LINKING = (
    "about above across after against along around because before behind below beside between "
    "beyond despite during except inside near since through toward under until with within without"
).split()
OPENERS = (
    "The",
    "Our",
    "Their",
    "This",
    "A",
    "Each",
    "As agreed, the",
    "On the phone, her",
    "In the end the",
    "By now the",
    "Last time the",
    "For them a",
    "So far no",
    "To be honest, the",
)
JOINTS = (", and the", ", but their", ", so our", "; the", ", while a", " because the", " if his")


GOES_ON = 0.4
"""How likely a sentence has one more clause."""


class Prose:
    """Words and sentences, drawn from a seeded source.

    Args:
        random: where all chance comes from.
    """

    def __init__(self, random: Random) -> None:
        self._choice = random.choice
        self._random = random.random

    def word(self) -> str:
        """Some noun."""
        return self._choice(NOUNS)

    def sentence(self) -> str:
        """Eight to twenty-odd words, with a capital and a stop."""
        text = f"{self._choice(OPENERS)} {self._clause()}"
        while self._random() < GOES_ON:
            text = f"{text}{self._choice(JOINTS)} {self._clause()}"
        return f"{text}."

    def paragraph(self) -> str:
        """Three to six sentences."""
        return " ".join(self.sentence() for _ in range(self._choice((3, 4, 4, 5, 6))))

    def _clause(self) -> str:
        choose = self._choice
        return (
            f"{choose(ADJECTIVES)} {choose(NOUNS)} {choose(VERBS)} the {choose(NOUNS)} "
            f"{choose(LINKING)} {choose(ADJECTIVES)} {choose(NOUNS)}"
        )
