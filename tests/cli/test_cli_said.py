"""What was said the last time is said again where a run that reads everything says the same."""

from __future__ import annotations

import os
import shutil
import time
from datetime import UTC, date, datetime
from io import BytesIO, TextIOWrapper
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
import pytest
from cli_builders import TODAY, run, small_vault
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultflow.cli import start as front
from vaultflow.cli.listening import listening
from vaultflow.cli.session import Session
from vaultflow.disk.home import STATE_VARIABLE, home
from vaultflow.flow.known import prose
from vaultflow.flow.known.kept import FOLDER
from vaultflow.flow.known.said import ask

if TYPE_CHECKING:
    from collections.abc import Callable

LEAD = "---\ntype: lead\nstage: Proposal\n"
PROSE = "# A thought\n\nSome words about [[Acme]] and [[Acme BV#Log|them]].\n"


@pytest.fixture(autouse=True)
def _trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written now is settled; where a test changes a file twice, it sets the times."""
    monkeypatch.setattr("vaultflow.disk.cache.stamp.GRAIN_NS", -60 * 10**9)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    root = small_vault(tmp_path / "vault", Thought=PROSE)
    (root / "2026-11-02 Talk.md").write_text("A talk.\n")
    return root


class Typed:
    """Commands typed at a prompt, each run from the very beginning."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str) -> str:
        """What the command says."""
        return self.both(*words)[0]

    def both(self, *words: str) -> tuple[str, str]:
        """The result, and the talk beside it."""
        self._type(words)
        self._capsys.readouterr()
        code: object = 0
        try:
            front.start()
        except SystemExit as ended:
            code = ended.code
        assert not code
        return self._capsys.readouterr()

    def is_known(self, *words: str) -> bool:
        """Whether it would be said again without a look at anything."""
        self._type(words)
        return ask()[1] is not None

    def _type(self, words: tuple[str, ...]) -> None:
        self._monkeypatch.setattr("sys.argv", ["vaultflow", *words])


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(monkeypatch, capsys)


def daily(vault: Path, *more: str) -> tuple[str, ...]:
    return ("--vault", str(vault), "--today", TODAY, *more, "daily")


def settled(typed: Typed, words: tuple[str, ...]) -> str:
    """What is said when nothing is left to do; it is kept from then on."""
    typed(*words)
    text = typed(*words)
    assert typed.is_known(*words)
    return text


def test_what_was_said_is_said_again_without_reading_anything(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = settled(typed, daily(vault))
    assert text == run(vault, "daily", "--no-cache").stdout
    monkeypatch.delattr("vaultflow.cli.main.main")
    assert typed(*daily(vault)) == text


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / name).read_text()
        assert old in text
        (root / name).write_text(text.replace(old, new))

    return change


def written(name: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)

    return change


MATTERS = {
    "a lead": edited("Acme.md", "12000", "13000"),
    "a lead of the same length": edited("Acme.md", "12000", "99999"),
    "a dated note": edited("2026-11-02 Talk.md", "talk", "talk with [[Acme]]"),
    "a note that becomes a lead": edited("Thought.md", "# A", "---\ntype: lead\n---\n# A"),
    "properties after a blank line": edited("Thought.md", "# A", "\n---\ntype: lead\n---\n# A"),
    "a note with a field in its text": edited("Thought.md", "# A", "[type:: lead]\n# A"),
    "a note that becomes a page": edited("Thought.md", "# A", "%% vaultflow:begin daily %%\n# A"),
    "a note that is no text": edited("Thought.md", "# A", "\0"),
    "the page": lambda root: append(next((root / "Reviews").glob("*.md")), "- [x] mine\n"),
    "a new lead": written("New.md", "---\ntype: lead\n---\n"),
    "another note": written("Other.md", "Text."),
    "a note less": lambda root: (root / "Thought.md").unlink(),
    "a note renamed": lambda root: (root / "Thought.md").rename(root / "Idea.md"),
    "settings": written("vaultflow.toml", '[money]\ncurrency = "USD"\n'),
    "a template": written("Templates/VaultFlow/daily.md", "Hello."),
    "Obsidian's settings": written(".obsidian/templates.json", '{"folder": "Acme"}'),
}


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text() + text)


@pytest.mark.parametrize("change", MATTERS.values(), ids=MATTERS)
def test_after_a_change_that_may_matter_the_vault_is_read(
    typed: Typed, vault: Path, change: Callable[[Path], None]
) -> None:
    words = daily(vault)
    settled(typed, words)
    change(vault)
    assert not typed.is_known(*words)


def test_a_note_that_is_not_utf8_any_more_is_read(typed: Typed, vault: Path) -> None:
    settled(typed, daily(vault))
    (vault / "Thought.md").write_bytes(b"# A thought\n\xe9\xe9")
    assert not typed.is_known(*daily(vault))


def test_a_sentence_in_a_note_that_is_none_of_its_concern_changes_nothing(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = settled(typed, daily(vault))
    for number in range(3):
        append(vault / "Thought.md", f"One more [[Beta]], number {number}. #lead\n")
        assert typed.is_known(*daily(vault))
    assert run(vault, "daily", "--no-cache").stdout == text
    monkeypatch.delattr("vaultflow.cli.main.main")
    assert typed(*daily(vault)) == text


def many_leads(vault: Path) -> Path:
    """More leads than today's note shows; gives one that it does not."""
    for number in range(9):
        written(f"Lead {number}.md", f"{LEAD}value: {90 - number}\n---\n# A lead\n\nWords.\n")(
            vault
        )
    return vault / "Lead 8.md"


def test_a_sentence_in_a_lead_that_is_not_shown_changes_nothing(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = many_leads(vault)
    text = settled(typed, daily(vault))
    assert "Lead 8" not in next((vault / "Reviews").glob("*.md")).read_text()
    for number in range(3):
        append(hidden, f"\nOne sentence more, number {number}.\n")
        assert typed.is_known(*daily(vault))
    assert run(vault, "daily", "--no-cache").stdout == text
    monkeypatch.delattr("vaultflow.cli.main.main")
    assert typed(*daily(vault)) == text


def test_a_sentence_in_a_lead_that_is_shown_may_move_the_line_that_is_named(
    typed: Typed, vault: Path
) -> None:
    many_leads(vault)
    settled(typed, daily(vault))
    edited("Acme.md", "my own.\n", "my own.\n\nOne sentence more.\n")(vault)
    assert not typed.is_known(*daily(vault))


@pytest.mark.parametrize("more", ["- 2026-11-02 call\n", "\nAn [[Acme BV]].\n", "\nlost:: yes\n"])
def test_whatever_else_is_added_to_a_lead_is_read(typed: Typed, vault: Path, more: str) -> None:
    hidden = many_leads(vault)
    settled(typed, daily(vault))
    append(hidden, more)
    assert not typed.is_known(*daily(vault))


def test_what_leads_say_besides_sentences_is_read_of_those_only_that_have_changed(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = many_leads(vault)
    settled(typed, daily(vault))
    append(hidden, "\nAn [[Acme BV]].\n")
    read: list[str] = []
    reading = prose.bones

    def counted(text: str) -> str:
        read.append(text)
        return reading(text)

    monkeypatch.setattr(prose, "bones", counted)
    settled(typed, daily(vault))
    assert set(read) == {hidden.read_text()}
    append(vault / "Gone.md", "One sentence more.\n")
    assert typed.is_known(*daily(vault))


def test_where_what_leads_say_was_not_kept_they_are_read(typed: Typed, vault: Path) -> None:
    hidden = many_leads(vault)
    settled(typed, daily(vault))
    (kept,) = (Path(home()) / FOLDER).glob("*.prose")
    kept.write_bytes(kept.read_bytes()[:-1])
    append(hidden, "\nOne sentence more.\n")
    assert not typed.is_known(*daily(vault))
    assert typed(*daily(vault)) == run(vault, "daily", "--no-cache").stdout


@pytest.mark.parametrize("suffix", ["beside", "prose"])
def test_what_was_kept_in_a_file_that_cannot_be_opened_is_read_from_the_vault(
    typed: Typed, vault: Path, suffix: str
) -> None:
    hidden = many_leads(vault)
    settled(typed, daily(vault))
    (kept,) = (Path(home()) / FOLDER).glob(f"*.{suffix}")
    kept.unlink()
    kept.mkdir()
    append(hidden, "\nOne sentence more.\n")
    assert not typed.is_known(*daily(vault))
    assert typed(*daily(vault)) == run(vault, "daily", "--no-cache").stdout


def test_where_a_tag_makes_a_lead_a_note_with_a_tag_is_read(typed: Typed, vault: Path) -> None:
    written("vaultflow.toml", '[leads]\ntags = ["lead"]\n')(vault)
    written("Thought.md", "# A thought\n")(vault)
    settled(typed, daily(vault))
    append(vault / "Thought.md", "Nothing else.\n")
    assert typed.is_known(*daily(vault))
    append(vault / "Thought.md", "One more. #lead\n")
    assert not typed.is_known(*daily(vault))


def test_where_a_folder_makes_a_lead_every_note_in_it_is_read(typed: Typed, vault: Path) -> None:
    written("vaultflow.toml", '[leads]\nfolders = ["Deals"]\n')(vault)
    written("Deals/Template.md", "---\nstage: {{stage}}\n---\n")(vault)
    settled(typed, daily(vault))
    written("Deals/Template.md", "A deal.\n")(vault)
    assert not typed.is_known(*daily(vault))


def test_where_todays_note_shows_another_record_every_note_is_read(
    typed: Typed, vault: Path
) -> None:
    header = "---\ntitle: Mine\nrecord: follow-up\n---\n"
    written("_templates/vaultflow/daily.md", f"{header}Nothing.\n")(vault)
    settled(typed, daily(vault))
    append(vault / "Thought.md", "One more.\n")
    assert not typed.is_known(*daily(vault))


def test_with_lights_that_look_at_the_past_nothing_is_kept(typed: Typed, vault: Path) -> None:
    goal = '[quota]\namount = 9000\n[pages]\nenabled = ["quota"]\n'
    written("vaultflow.toml", goal)(vault)
    for _ in range(3):
        typed(*daily(vault))
    assert not typed.is_known(*daily(vault))


def test_where_daily_notes_have_an_unusual_name_every_note_is_read(
    typed: Typed, vault: Path
) -> None:
    written(".obsidian/daily-notes.json", '{"format": "[on] D MMMM YYYY"}')(vault)
    settled(typed, daily(vault))
    append(vault / "Thought.md", "One more.\n")
    assert not typed.is_known(*daily(vault))


def test_after_very_many_changes_the_cache_is_brought_up_to_date(typed: Typed, vault: Path) -> None:
    for number in range(30):
        written(f"Notes/{number}.md", "Text.")(vault)
    settled(typed, daily(vault))
    for number in range(30):
        written(f"Notes/{number}.md", "Other text.")(vault)
    assert not typed.is_known(*daily(vault))
    typed(*daily(vault))
    assert typed.is_known(*daily(vault))


@pytest.mark.parametrize("more", [("-q",), ("--no-color",), ("--no-cache",), ("-v",)])
def test_another_question_is_another_question(
    typed: Typed, vault: Path, more: tuple[str, ...]
) -> None:
    settled(typed, daily(vault))
    assert not typed.is_known(*daily(vault, *more))


@pytest.mark.parametrize("more", ["--print", "--json", "--dry-run", "--if-missing"])
def test_only_the_plain_question_is_kept(typed: Typed, vault: Path, more: str) -> None:
    words = (*daily(vault), more)
    for _ in range(3):
        typed(*words)
    assert not typed.is_known(*words)


def test_without_the_cache_nothing_is_kept(typed: Typed, vault: Path) -> None:
    words = daily(vault, "--no-cache")
    for _ in range(3):
        typed(*words)
    assert not typed.is_known(*words)


@pytest.mark.parametrize("name", ["VAULTFLOW_VAULT", "NO_COLOR", "LC_ALL", "TZ"])
def test_under_other_circumstances_it_is_another_question(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    settled(typed, daily(vault))
    monkeypatch.setenv(name, "other")
    assert not typed.is_known(*daily(vault))


def test_from_another_folder_it_is_another_question(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(vault)
    words = ("--today", TODAY, "daily")
    settled(typed, words)
    other = small_vault(vault.parent / "other")
    monkeypatch.chdir(other)
    assert not typed.is_known(*words)


def test_a_folder_inside_the_vault_is_no_place_from_which_to_say_it_again(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(vault / "Reviews" if (vault / "Reviews").exists() else vault / ".obsidian")
    words = ("--today", TODAY, "daily")
    for _ in range(3):
        typed(*words)
    assert not typed.is_known(*words)


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right to make symlinks")
def test_a_symlink_that_leads_to_another_vault_now_is_followed(typed: Typed, vault: Path) -> None:
    link = vault.parent / "link"
    link.symlink_to(vault, target_is_directory=True)
    settled(typed, daily(link))
    other = small_vault(vault.parent / "other")
    link.unlink()
    link.symlink_to(other, target_is_directory=True)
    assert not typed.is_known(*daily(link))


def test_with_a_plugin_everything_is_read(typed: Typed, vault: Path) -> None:
    written("vaultflow.toml", '[plugins]\nenabled = ["absent"]\n')(vault)
    for _ in range(3):
        typed(*daily(vault))
    assert not typed.is_known(*daily(vault))


def test_templates_in_a_hidden_folder_are_always_looked_at(typed: Typed, vault: Path) -> None:
    written("vaultflow.toml", '[vault]\ntemplates = ".templates"\n')(vault)
    for _ in range(3):
        typed(*daily(vault))
    assert not typed.is_known(*daily(vault))


def test_rates_in_a_hidden_folder_are_always_looked_at(typed: Typed, vault: Path) -> None:
    rates = vault / ".data" / "rates.csv"
    rates.parent.mkdir()
    rates.write_text("2026-11-01,USD,0.9\nnonsense\n", encoding="utf-8")
    with (vault / "vaultflow.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[money]\ncurrency = "EUR"\nrates_file = ".data/rates.csv"\n')
    plain = ("--vault", str(vault), "check")
    for words in (plain, (*plain, "-v")):
        assert "rate-unreadable" in typed(*words)
        assert "rate-unreadable" in typed(*words)
        assert not typed.is_known(*words)
    rates.write_text("2026-11-01,USD,0.9\n", encoding="utf-8")
    assert "rate-unreadable" not in typed(*plain)
    assert "rate-unreadable" not in typed(*plain, "-v")


def test_files_that_were_just_written_are_looked_at_again(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultflow.disk.cache.stamp.GRAIN_NS", 2 * 10**9)
    for _ in range(3):
        typed(*daily(vault))
    assert not typed.is_known(*daily(vault))


def test_on_the_next_day_the_vault_is_read(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("--vault", str(vault), "daily")
    settled(typed, words)
    now = time.time()
    for later in (-86_400, 86_400):
        monkeypatch.setattr("time.time", lambda later=later: now + later)
        assert not typed.is_known(*words)


def test_a_damaged_answer_is_none(typed: Typed, vault: Path) -> None:
    text = settled(typed, daily(vault))
    for kept in (Path(home()) / FOLDER).iterdir():
        kept.write_bytes(kept.read_bytes()[:-3] + b"\xff\0\xff")
    assert not typed.is_known(*daily(vault))
    assert typed(*daily(vault)) == text
    assert typed.is_known(*daily(vault))


def test_where_no_state_can_be_kept_all_is_as_ever(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = settled(typed, daily(vault))
    (vault.parent / "file").write_text("")
    monkeypatch.setenv(STATE_VARIABLE, str(vault.parent / "file" / "state"))
    assert typed(*daily(vault)) == text
    assert not typed.is_known(*daily(vault))


READINGS = [
    ("leads",),
    ("leads", "--json", "--all"),
    ("show", "Acme"),
    ("stale",),
    ("refresh",),
    ("pages",),
    ("check",),
]


PAGES = ("daily", "next-actions", "pipeline", "stale")


def reading(vault: Path, *words: str) -> tuple[str, ...]:
    return ("--vault", str(vault), "--today", TODAY, *words)


@pytest.mark.parametrize("words", READINGS, ids=" ".join)
def test_what_a_command_that_reads_said_is_said_again_with_its_talk(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    typed(*reading(vault, "refresh", *PAGES))
    command = reading(vault, *words)
    settled(typed, command)
    text = typed.both(*command)
    fresh = run(vault, *words, "--no-cache")
    assert text == (fresh.stdout, fresh.stderr)
    monkeypatch.delattr("vaultflow.cli.main.main")
    assert typed.both(*command) == text


@pytest.mark.parametrize("words", READINGS, ids=" ".join)
@pytest.mark.parametrize("change", MATTERS.values(), ids=MATTERS)
def test_a_command_that_reads_reads_again_after_any_change(
    typed: Typed, vault: Path, change: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    typed(*reading(vault, "refresh", *PAGES))
    command = reading(vault, *words)
    settled(typed, command)
    change(vault)
    assert not typed.is_known(*command)


def test_a_sentence_in_any_note_is_reason_enough_to_read(typed: Typed, vault: Path) -> None:
    settled(typed, reading(vault, "leads"))
    append(vault / "Thought.md", "More.\n")
    assert not typed.is_known(*reading(vault, "leads"))


def test_what_writes_a_page_is_not_said_again(typed: Typed, vault: Path) -> None:
    typed(*reading(vault, "stale"))
    assert not typed.is_known(*reading(vault, "stale"))


def test_a_list_of_pages_of_which_one_is_to_be_made_is_not_said_again(
    typed: Typed, vault: Path
) -> None:
    for _ in range(3):
        typed(*reading(vault, "pages"))
    assert not typed.is_known(*reading(vault, "pages"))


def test_a_check_that_finds_errors_fails_each_time(typed: Typed, vault: Path) -> None:
    (vault / "Thought.md").write_bytes(b"\xff\xff")
    for _ in range(3):
        assert run(vault, "check").exit_code == 1
        with pytest.raises(AssertionError):
            typed(*reading(vault, "check"))
    assert not typed.is_known(*reading(vault, "check"))


def test_mending_is_done_each_time(typed: Typed, vault: Path) -> None:
    for _ in range(3):
        typed(*reading(vault, "check", "--fix"))
    assert not typed.is_known(*reading(vault, "check", "--fix"))


def test_a_page_that_would_be_written_is_shown_each_time(typed: Typed, vault: Path) -> None:
    for _ in range(3):
        typed(*reading(vault, "stale", "--dry-run"))
    assert not typed.is_known(*reading(vault, "stale", "--dry-run"))


def test_a_page_beyond_sight_is_always_read(typed: Typed, vault: Path) -> None:
    (vault / "vaultflow.toml").write_text('[pages]\nfolder = ".pages"\n')
    for _ in range(3):
        typed(*reading(vault, "stale"))
    assert not typed.is_known(*reading(vault, "stale"))


def test_an_error_is_found_anew_each_time(typed: Typed, vault: Path) -> None:
    words = reading(vault, "show", "Nobody")
    for _ in range(2):
        with pytest.raises(AssertionError):
            typed(*words)
    assert not typed.is_known(*words)


def test_in_another_width_of_the_terminal_it_is_another_question(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = 80

    def size(_handle: int) -> os.terminal_size:
        return os.terminal_size((columns, 24))

    monkeypatch.setattr("os.get_terminal_size", size)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.fileno", lambda: 1)
    settled(typed, reading(vault, "leads"))
    columns = 120
    assert not typed.is_known(*reading(vault, "leads"))


def test_talk_that_came_before_a_result_is_not_put_behind_it() -> None:
    with listening() as heard:
        click.echo("one")
        click.echo("two", err=True)
        assert heard.is_sure
        click.echo("three")
        assert not heard.is_sure


def test_all_that_is_said_is_heard(capsys: pytest.CaptureFixture[str]) -> None:
    with listening() as heard:
        click.echo("Ä result")
        click.echo("talk", err=True)
    assert heard.said == ("Ä result\n", "talk\n") == capsys.readouterr()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_where_click_may_go_another_way_nothing_is_taken_for_sure(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr("sys.stdout", TextIOWrapper(BytesIO(), encoding=encoding))
    with listening() as heard:
        click.echo("one")
    assert not heard.is_sure


def test_a_closed_output_for_talk_costs_no_result(
    typed: Typed, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = settled(typed, reading(vault, "leads"))

    def refuse(_text: str) -> int:
        raise OSError

    monkeypatch.setattr("sys.stderr.write", refuse)
    assert typed(*reading(vault, "leads")) == text


ZONES = ("Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia", "")


@given(st.sampled_from(ZONES), st.integers(1_262_300_000, 1_798_700_000))
def test_a_day_ends_when_the_clock_says_so(zone: str, seconds: int) -> None:
    place = ZoneInfo(zone) if zone else None
    now = datetime.fromtimestamp(seconds, UTC)
    today = now.astimezone(place).date()

    class Then(Session):
        def day(self, timezone: str) -> date:
            return today if timezone == zone else date.min

    begins, ends = Then().day_bounds(zone)
    assert ends - begins >= 22 * 3600 or begins >= ends
    for at in (begins, ends - 1, seconds):
        if begins <= at < ends:
            assert datetime.fromtimestamp(at, place).date() == today


_turns = count(1)

NAMES = ("Acme.md", "Beta.md", "Thought.md", "2026-11-02 Talk.md", "Notes/Free.md", "image.png")
TEXTS = (
    "Plain words.\n",
    "Plain words of [[Acme]].\n",
    "\nA plain paragraph.\n",
    "\n- 2026-11-02 call out: talked\n",
    "---\ntype: lead\nstage: Proposal\nvalue: 700\n---\n",
    "---\ntype: note\n---\nText.\n",
    "---\ntype: [lead\n---\n",
    "Talk with [[Acme]] and [[Beta]].\n",
    "[type:: lead] #lead\n",
    "\n---\ntype: lead\n---\n",
    "\0",
)
EDITS = st.tuples(
    st.sampled_from(("write", "append", "delete", "rename", "settings", "template", "nothing")),
    st.sampled_from(NAMES),
    st.sampled_from(TEXTS),
    st.sampled_from((0, -10_000, 10)),
)


def carry_out(root: Path, edit: tuple[str, str, str, int], turn: int) -> None:
    """Edits the vault; the file's time may be set back, and is never one that it had before."""
    kind, name, text, seconds = edit
    file = root / name
    file.parent.mkdir(exist_ok=True)
    match kind:
        case "write":
            file.write_text(text)
        case "append":
            file.write_text((file.read_text() if file.exists() else "") + text)
        case "delete":
            file.unlink(missing_ok=True)
        case "rename" if file.exists():
            file.rename(file.with_name(f"Other {file.name}"))
        case "settings":
            file = root / "vaultflow.toml"
            file.write_text(f'[leads]\ntags = ["{"lead" if turn % 2 else "deal"}"]\n')
        case "template":
            file = root / ".obsidian" / "templates.json"
            file.write_text('{"folder": "Notes"}' if turn % 2 else "{}")
    if file.exists():
        moment = (1_790_000_000 + seconds) * 10**9 + turn
        os.utime(file, ns=(moment, moment))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITS, max_size=6))
def test_whatever_is_edited_in_between_it_says_and_writes_what_a_run_without_cache_does(
    typed: Typed, tmp_path: Path, edits: list[tuple[str, str, str, int]]
) -> None:
    with TemporaryDirectory(dir=tmp_path) as folder:
        one, other = tmp_path / folder / "a" / "vault", tmp_path / folder / "b" / "vault"
        small_vault(one, Thought=PROSE)
        shutil.copytree(one, other)
        settled(typed, daily(one))
        for _ in range(2):
            run(other, "daily", "--no-cache")
        for edit in edits:
            turn = next(_turns)
            for root in (one, other):
                carry_out(root, edit, turn)
            assert typed(*daily(one)) == run(other, "daily", "--no-cache").stdout
            for words in (("leads",), ("stale",), ("refresh",), ("pages",)):
                assert typed(*reading(one, *words)) == run(other, *words, "--no-cache").stdout
        pages = [sorted(root.rglob("*.md")) for root in (one, other)]
        assert [page.read_bytes() for page in pages[0]] == [page.read_bytes() for page in pages[1]]
