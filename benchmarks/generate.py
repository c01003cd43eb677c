"""A vault of any size for measuring, the same bytes for the same seed.

    python benchmarks/generate.py FOLDER --notes 1000 --seed 1

30 % leads, the rest companies, people, meetings, daily and general notes, with bodies of 1 to 6 kB:
wikilinks with aliases and headings, embeds, tags, Tasks lines, inline fields, and fences and
comments that hold decoy links.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from random import Random

TODAY = date(2026, 11, 23)
SHARES = {"Leads": 30, "Companies": 20, "People": 20, "Meetings": 10, "Daily": 5, "Notes": 15}
"""Percent of the notes, by folder."""

SINGULAR = {"Companies": "Company", "People": "Person"}

STAGES = ("Initial contact", "Qualification", "Meetings", "Proposals", "Closing", "Won", "Lost")
KINDS = ("call out", "email out", "email in", "meeting", "message in")
WORDS = (
    "offer budget question answer team plan price quote trial winter spring review decision email "
    "meeting training workshop contract scope date people reason later soon value risk idea draft"
).split()


class Generator:
    """Writes the notes of one vault, drawing everything from one seeded source."""

    def __init__(self, notes: int, seed: int) -> None:
        self.random = Random(seed)
        self.names = {
            folder: [
                f"{SINGULAR.get(folder, folder[:-1])} {number:06}"
                for number in range(notes * share // 100)
            ]
            for folder, share in SHARES.items()
        }
        first = TODAY - timedelta(days=len(self.names["Daily"]))
        self.names["Daily"] = [
            str(first + timedelta(days=number)) for number in range(len(self.names["Daily"]))
        ]

    def write(self, root: Path) -> int:
        """Writes all notes below the folder; gives how many."""
        for folder, names in self.names.items():
            (root / folder).mkdir(parents=True, exist_ok=True)
            for name in names:
                text = self.front_matter(folder, name) + self.body(name) + self.ending(folder)
                (root / folder / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
        return sum(map(len, self.names.values()))

    def pick(self, folder: str) -> str:
        """Some note's name."""
        return self.random.choice(self.names[folder] or ["Nobody"])

    def day(self, days_back: int) -> date:
        """A day in the past."""
        return TODAY - timedelta(days=self.random.randint(0, days_back))

    def front_matter(self, folder: str, name: str) -> str:
        """The properties that a note of the folder has."""
        match folder:
            case "Leads":
                due = TODAY + timedelta(days=self.random.randint(-20, 40))
                return (
                    f"---\ntype: lead\nstage: {self.random.choice(STAGES)}\n"
                    f"value: {self.random.randint(5, 400) * 100}\ncurrency: EUR\n"
                    f'company: "[[{self.pick("Companies")}]]"\n'
                    f'people: ["[[{self.pick("People")}]]"]\nowner: Ann\n'
                    f"created: {self.day(300)}\nnext_action: Send the {self.word()}\n"
                    f"next_action_due: {due}\ntags:\n  - {self.word()}\n---\n"
                )
            case "Meetings":
                return f'---\ntype: meeting\ndate: {self.day(200)}\nwith: "{name}"\n---\n'
            case "Companies" | "People":
                return f"---\ntype: {folder.lower()}\nsize: {self.random.randint(1, 500)}\n---\n"
            case _:
                return ""

    def body(self, name: str) -> str:
        """One to six kilobytes of text with all that a reader must tell apart."""
        parts = [f"# {name}\n"]
        wanted = self.random.randint(1_000, 6_000)
        while sum(map(len, parts)) < wanted:
            parts.append(self.random.choice(PARTS).format_map(Drawn(self)))
        return "\n".join(parts)

    def ending(self, folder: str) -> str:
        """A lead's log; nothing for other notes."""
        if folder != "Leads":
            return ""
        days = sorted(self.day(120) for _ in range(self.random.randint(0, 8)))
        lines = [f"- {day} {self.random.choice(KINDS)}: {self.sentence()}" for day in days]
        return "\n## Log\n" + "\n".join(lines) + "\n"

    def word(self) -> str:
        """Some word."""
        return self.random.choice(WORDS)

    def sentence(self) -> str:
        """A dozen words."""
        return " ".join(self.word() for _ in range(12))


class Drawn(dict[str, str]):
    """What a part's braces stand for, drawn anew for each."""

    def __init__(self, generator: Generator) -> None:
        super().__init__()
        self.generator = generator

    def __missing__(self, key: str) -> str:
        match key:
            case "text":
                return self.generator.sentence()
            case "word":
                return self.generator.word()
            case "date":
                return str(self.generator.day(60))
            case _:
                return self.generator.pick(key)


PARTS = (
    "{text}. See [[{Companies}]] and [[{People}|{word}]]. {text}.\n",
    "## About {word}\n\n{text}, as in [[{Notes}#About {word}]].\n",
    "- {text} #{word}\n- [[{Leads}]] {text}\n    - {text}\n",
    "- [ ] Call [[{People}]] 📅 {date}\n- [x] Send {word} ✅ {date}\n",
    "{word}:: {text}\n",
    "```python\nlink = '[[Decoy {word}]]'\n```\n",
    "%% not yet: {text} %%\n",
    "<!-- [[Decoy {word}]] {text} -->\n",
    "> [!note] {word}\n> {text} ![[{Notes}]]\n",
    "| what | who |\n| --- | --- |\n| {word} | [[{People}\\|{word}]] |\n",
)


def main() -> None:
    """Writes the vault that the arguments ask for."""
    parser = argparse.ArgumentParser(description="Write a vault for measuring.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    written = Generator(wanted.notes, wanted.seed).write(wanted.folder)
    print(f"{written} notes in {wanted.folder}")


if __name__ == "__main__":
    main()
