"""Bodies of notes with all that a reader must tell apart, as often as people write it.

Links to `Decoy ...` stand where Obsidian sees none: in code and in comments.
"""

from __future__ import annotations

from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from prose import Prose
from roster import alias_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from roster import Roster

SMALLEST, LARGEST = 800, 4_750
"""Characters at which a body ends with the part that is begun: 1 to 6 kB, 3.3 kB with the rest."""

PARTS = {
    "{paragraph}\n": 30,
    "{text} See [[{Companies}]] and [[{People}|{word}]]. {text} {text}\n": 18,
    "{text} {text} More in [[{company_alias}]] and by [[{person_alias}|them]].\n": 4,
    "## About {word}\n\n{paragraph}\n\n{text} It is as in [[{Notes}#About {word}]].\n": 9,
    "- {text} #{word}\n- [[{Leads}]]: {text}\n    - [[{Notes}]] {text}\n- {text} #area/{word}\n": 7,
    "1. {text}\n2. {text}\n3. **{word}**: {text}\n": 3,
    "- [ ] Call [[{People}]] about the {word} 📅 {date}\n- [x] Send the {word} ✅ {date}\n": 6,
    "{word}:: {text}\n\n{paragraph}\n": 4,
    "{text} That was (with:: [[{People}]]), and [cost:: {number}]. {text}\n": 2,
    "> [!note] The {word}\n> {text}\n> {text} ![[{Notes}]]\n": 3,
    "> {text}\n> {text}\n\n{text}\n": 2,
    "| what | who | when |\n| --- | --- | --- |\n| {word} | [[{People}\\|{word}]] | {date} |\n"
    "| {word} | [[{Companies}]] | {date} |\n": 2,
    "{text} The field is `{word}: [[Decoy {word}]]`, *{word}* by default. {text}\n": 3,
    "{text} There is [a page about it](https://example.com/{word}/{number}). {text}\n": 3,
    "{paragraph} ^{word}-{number}\n": 1,
    "```python\nlink = '[[Decoy {word}]]'\nprint(link)  # {text}\n```\n": 2,
    "%% not yet: {text} [[Decoy {word}]] %%\n": 2,
    "<!-- [[Decoy {word}]] {text} -->\n": 1,
    "![[{word}-{number}.png]]\n": 1,
    "---\n\n### {word} on {date}\n\n{paragraph}\n": 2,
    "<details>\n<summary>{word}</summary>\n{text} [[{Notes}]]\n</details>\n": 0.4,
    "{text}\n\n    $ {word} --help [[Decoy {word}]]\n": 0.3,
}
"""What a body is made of, with how often."""

SHAPES = tuple(PARTS)
WEIGHTS = tuple(accumulate(PARTS.values()))


class Bodies:
    """Bodies for the notes of one vault.

    Args:
        roster: the notes that can be linked to.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.random = roster.random
        self.prose = Prose(roster.random)
        self.drawn = Drawn(self)

    def body(self, title: str) -> str:
        """A heading and one to six kilobytes below it."""
        wanted = self.random.randint(SMALLEST, LARGEST)
        parts = [f"# {title}\n"]
        size = 0
        while size < wanted:
            (shape,) = self.random.choices(SHAPES, cum_weights=WEIGHTS)
            parts.append(shape.format_map(self.drawn))
            size += len(parts[-1])
        return "\n".join(parts)

    def number(self) -> str:
        """Some number."""
        return str(self.random.randint(1, 9_999))

    def day(self) -> str:
        """A day of the last two months."""
        return str(self.roster.day(60))

    def alias(self, folder: str) -> str:
        """The alias of some note of the folder."""
        return alias_of(folder, self.roster.some(folder))


class Drawn(dict[str, str]):
    """What stands for the braces of a part, drawn anew for each of them.

    Args:
        bodies: where it is drawn.
    """

    def __init__(self, bodies: Bodies) -> None:
        super().__init__()
        self.roster = bodies.roster
        self.draws: Mapping[str, Callable[[], str]] = {
            "text": bodies.prose.sentence,
            "paragraph": bodies.prose.paragraph,
            "word": bodies.prose.word,
            "number": bodies.number,
            "date": bodies.day,
            "company_alias": partial(bodies.alias, "Companies"),
            "person_alias": partial(bodies.alias, "People"),
        }

    def __missing__(self, key: str) -> str:
        draw = self.draws.get(key)
        return draw() if draw else self.roster.some(key)
