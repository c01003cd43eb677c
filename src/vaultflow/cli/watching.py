"""The commands around the watcher: `watch`, `status` and `service`."""

from __future__ import annotations

import json
import signal
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as time_of_day
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from vaultflow.cli.output import say, say_json, say_parts, talk
from vaultflow.cli.session import Command, Session, pass_session, zone_of
from vaultflow.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vaultflow.disk.watching.service import Service
    from vaultflow.disk.watching.status import Batch
    from vaultflow.flow.watch.watching import Clocks, Watcher

ACTIONS = ("install", "uninstall", "status")
NOON = time_of_day(12)


@click.command(cls=Command)
@click.option("--poll", is_flag=True, help="Look again and again, for network folders.")
@click.option("--once", is_flag=True, help="Bring everything up to date, and end.")
@pass_session
def watch(session: Session, *, poll: bool, once: bool) -> None:
    """Keep the pages current while you work, and put your answers into the leads.

    It says one line for each batch of changes, with `--json` as one JSON object a line. Ctrl-C
    ends it.

    \b
    Example:
      vaultflow watch
      vaultflow watch --once
    """
    from vaultflow.flow.answers.answering import note_changes, put_answers
    from vaultflow.flow.watch.rounds import Hands
    from vaultflow.flow.watch.watching import Watcher

    settings = session.settings().settings
    settings = replace(settings, watch=replace(settings.watch, poll=poll or settings.watch.poll))
    watcher = Watcher(
        session.root(),
        settings,
        clocks_of(session, settings.vault.timezone),
        lambda batch: say_batch(session, batch),
        own=Hands(answer=put_answers, note=note_changes),
    )
    with ended_by_signals(watcher):
        if once:
            watcher.once()
        else:
            watcher.run()


def clocks_of(session: Session, timezone: str) -> Clocks:
    """The computer's clocks; with `--today` it is noon of that day all the time."""
    from vaultflow.flow.watch.watching import Clocks

    if session.today is None:
        return Clocks(now=lambda: datetime.now(UTC), monotonic=time.monotonic)
    naive = datetime.combine(session.today, NOON)
    noon = naive.replace(tzinfo=zone_of(timezone)) if timezone else naive.astimezone()
    return Clocks(now=lambda: noon, monotonic=time.monotonic)


@contextmanager
def ended_by_signals(watcher: Watcher) -> Iterator[None]:
    """Lets Ctrl-C, a closed terminal and the system's own wish end the watcher cleanly."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [signal.signal(number, lambda *_: watcher.interrupt()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def say_batch(session: Session, batch: Batch) -> None:
    """Prints what a round did: one line, or one JSON object a line."""
    if session.as_json:
        from vaultflow.vault.plain import to_plain

        click.echo(json.dumps(to_plain(batch), ensure_ascii=False))
        return
    say(session, batch_line(batch))
    for line in troubles_of(batch):
        talk(session, f"warning: {line}")


def batch_line(batch: Batch) -> str:
    """`14:03:22  2 changed (Acme.md, ...)  1 written (Pipeline/Stale deals.md)  0.21 s`."""
    changed = named(batch.changed_count, "changed", batch.changed)
    if batch.is_start:
        changed = f"{batch.leads:,} leads in {batch.changed_count:,} files"
    written = named(len(batch.written), "written", batch.written)
    moment = datetime.fromisoformat(batch.at)
    return f"{moment:%H:%M:%S}  {changed}  {written}  {batch.seconds:.2f} s"


def named(count: int, word: str, names: Sequence[str], most: int = 3) -> str:
    """A count with the first few names."""
    more = ", ..." if count > most else ""
    return f"{count:,} {word}" + (f" ({', '.join(names[:most])}{more})" if names else "")


def troubles_of(batch: Batch) -> tuple[str, ...]:
    """What is in the way, a line each."""
    return (*([batch.held] if batch.held else []), *batch.troubles)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchReport:
    """Whether a watcher runs, and what it did."""

    running: bool
    process: int | None
    """Its number; null when none runs."""
    since: str | None
    """When the last watcher started, also when it runs no more: ISO, in the vault's time zone."""
    last: Batch | None
    """The last round in which anything happened."""


@click.command(cls=Command)
@pass_session
def status(session: Session) -> None:
    """Say whether a watcher runs, what it last did, and what it could not do.

    \b
    Example:
      vaultflow status
    """
    report = watch_report(session.root())
    if session.as_json:
        say_json(report)
        return
    running = f"running, process {report.process}" if report.process else "running"
    say_parts(
        session,
        (
            ("watcher", [running if report.running else "not running"]),
            ("since" if report.running else "last started", [report.since] if report.since else []),
            ("last batch", [batch_line(report.last)] if report.last else []),
            ("in the way", troubles_of(report.last) if report.last else []),
        ),
    )


def watch_report(root: Path) -> WatchReport:
    """What the lock and the last watcher's own notes tell."""
    from vaultflow.disk.watching.status import load_status
    from vaultflow.disk.writing.lock import watcher_process

    process = watcher_process(root)
    left = load_status(root)
    return WatchReport(
        running=process is not None,
        process=process or None,
        since=left.since if left else None,
        last=left.last if left else None,
    )


@click.command(cls=Command)
@click.argument("action", type=click.Choice(ACTIONS))
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_session
def service(session: Session, *, action: str, yes: bool) -> None:
    """Start the watcher at log-in: as a systemd unit, a launchd agent or a scheduled task.

    What is to be written is shown first.

    \b
    Example:
      vaultflow service install
      vaultflow service status
    """
    from vaultflow.disk.watching.service import service_of, uninstall

    wanted = service_of(session.root(), own_program())
    match action:
        case "install":
            install_service(session, wanted, is_agreed=yes)
        case "uninstall" if uninstall(wanted):
            talk(session, f"{wanted.name} is stopped, its file removed")
    installed = wanted.file.exists()
    if session.as_json:
        say_json(ServiceReport(name=wanted.name, file=str(wanted.file), installed=installed))
    else:
        say(session, f"{wanted.file}  ({'installed' if installed else 'not installed'})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReport:
    """Whether the watcher starts at log-in."""

    name: str
    """What the system calls it."""
    file: str
    """The unit, agent or task, wherever it lies; whether it is there, `installed` tells."""
    installed: bool


def install_service(session: Session, wanted: Service, *, is_agreed: bool) -> None:
    """Shows the service's file and what will be run, and does it when the user agrees."""
    from vaultflow.disk.watching.service import install

    talk(session, f"{wanted.file}:\n\n{wanted.text}")
    for command in wanted.start:
        talk(session, f"then: {' '.join(command)}")
    if not is_agreed and sys.stdin.isatty():
        is_agreed = click.confirm("Write and start it?", err=True)
    if is_agreed:
        install(wanted)
    else:
        talk(session, "nothing was written; `--yes` does it without asking")


def own_program() -> Path:
    """The `vaultflow` that is running, as the service is to call it.

    Raises:
        UsageError: it cannot be found.
    """
    import shutil
    from pathlib import Path

    beside = Path(sys.executable).with_name(
        "vaultflow.exe" if sys.platform == "win32" else "vaultflow"
    )
    found = beside if beside.is_file() else shutil.which("vaultflow")
    if found is None:
        raise UsageError("the program `vaultflow` is not on the PATH", hint="install it with pipx")
    return Path(found)


COMMANDS = {"watch": watch, "status": status, "service": service}
