"""The watcher as a service of the system: started at log-in, and again when it breaks.

systemd's user units on Linux, launchd's agents on macOS, scheduled tasks on Windows.
"""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from vaultflow.disk.home import STATE_VARIABLE
from vaultflow.disk.state import state_home, vault_id
from vaultflow.errors import UsageError, VaultFlowError

if TYPE_CHECKING:
    from collections.abc import Sequence

RESTART_S = 30
NOT_AGAIN = "2 8"  # wrong usage, and a watcher that runs already: a new start would not help

_UNIT = """\
[Unit]
Description=VaultFlow keeps the pages of {vault} current

[Service]
ExecStart={command}
{environment}Restart=on-failure
RestartSec={restart}
RestartPreventExitStatus={not_again}
Nice=10

[Install]
WantedBy=default.target
"""

_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers><LogonTrigger><UserId>{user}</UserId></LogonTrigger></Triggers>
  <Principals><Principal id="Author">
    <UserId>{user}</UserId>
    <LogonType>InteractiveToken</LogonType>
  </Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>10</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author"><Exec>
    <Command>{program}</Command>
    <Arguments>{arguments}</Arguments>
  </Exec></Actions>
</Task>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One vault's watcher as a service: its file, and how the system is told of it."""

    name: str
    file: Path
    text: str
    encoding: str
    start: tuple[tuple[str, ...], ...]
    """Commands to run once the file is there."""
    stop: tuple[tuple[str, ...], ...]
    """Commands to run before it goes."""


def service_of(root: Path, program: Path, platform: str = sys.platform) -> Service:
    """The service that watches the vault on such a system.

    Args:
        root: the vault's folder.
        program: the `vaultflow` that is to run.
        platform: as `sys.platform` says it.

    Raises:
        UsageError: a path holds what no service file may.
    """
    command = (str(program), "--vault", str(root), "watch")
    if any(not word.isprintable() for word in command):
        raise UsageError("a path with control characters cannot be made a service")
    slug = re.sub(r"[^a-z0-9]+", "-", root.name.lower()).strip("-")
    name = "-".join(("vaultflow", *([slug] if slug else []), vault_id(root)[:8]))
    if platform == "darwin":
        return agent(name, command)
    return task(name, command) if platform == "win32" else unit(name, root.name, command)


def unit(name: str, vault: str, command: Sequence[str]) -> Service:
    """A user unit of systemd's."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    kept = "".join(
        f"Environment={systemd_word(f'{key}={value}', '$')}\n"
        for key, value in environment().items()
    )
    return Service(
        name=name,
        file=config / "systemd" / "user" / f"{name}.service",
        text=_UNIT.format(
            vault=vault.replace("%", "%%"),
            # Of variables systemd knows nothing yet where it reads the program's path.
            command=" ".join((systemd_word(command[0], "$"), *map(systemd_word, command[1:]))),
            environment=kept,
            restart=RESTART_S,
            not_again=NOT_AGAIN,
        ),
        encoding="utf-8",
        start=(
            ("systemctl", "--user", "daemon-reload"),
            ("systemctl", "--user", "enable", "--now", f"{name}.service"),
        ),
        stop=(("systemctl", "--user", "disable", "--now", f"{name}.service"),),
    )


def systemd_word(word: str, dollar: str = "$$") -> str:
    """The word in quotes, so that systemd takes all of it literally."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped.replace("$", dollar)}"'


def agent(name: str, command: Sequence[str]) -> Service:
    """An agent of launchd's."""
    file = Path.home() / "Library" / "LaunchAgents" / f"{name}.plist"
    content = {
        "Label": name,
        "ProgramArguments": list(command),
        "EnvironmentVariables": environment(),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": RESTART_S,
        "ProcessType": "Background",
    }
    domain = f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"
    return Service(
        name=name,
        file=file,
        text=plistlib.dumps(content).decode(),
        encoding="utf-8",
        start=(("launchctl", "bootstrap", domain, str(file)),),
        stop=(("launchctl", "bootout", f"{domain}/{name}"),),
    )


def task(name: str, command: Sequence[str]) -> Service:
    """A scheduled task of Windows'."""
    file = state_home() / f"{name}.xml"
    user = "\\".join(filter(None, map(os.environ.get, ("USERDOMAIN", "USERNAME"))))
    return Service(
        name=name,
        file=file,
        text=_TASK.format(
            user=escape(user),
            program=escape(command[0]),
            arguments=escape(subprocess.list2cmdline(command[1:])),
        ),
        encoding="utf-16",
        start=(
            ("schtasks", "/Create", "/TN", name, "/XML", str(file), "/F"),
            ("schtasks", "/Run", "/TN", name),
        ),
        stop=(
            ("schtasks", "/End", "/TN", name),
            ("schtasks", "/Delete", "/TN", name, "/F"),
        ),
    )


def environment() -> dict[str, str]:
    """What the service must be told besides its command: where the state is, if not as usual."""
    named = os.environ.get(STATE_VARIABLE)
    return {STATE_VARIABLE: named} if named else {}


def install(service: Service) -> None:
    """Writes the service's file and starts it.

    Raises:
        VaultFlowError: the system refuses the file, or does not start it; then the file stays.
    """
    verify(service)
    try:
        service.file.parent.mkdir(parents=True, exist_ok=True)
        service.file.write_text(service.text, encoding=service.encoding)
    except OSError as error:
        message = f"the service's file cannot be written: {error.strerror}"
        raise VaultFlowError(message, path=str(service.file)) from error
    for command in service.start:
        run(command)


def uninstall(service: Service) -> bool:
    """Stops the service and removes its file; gives whether there was one.

    Raises:
        VaultFlowError: the system does not stop it; then the file stays.
    """
    if not service.file.exists():
        return False
    for command in service.stop:
        run(command)
    service.file.unlink(missing_ok=True)
    return True


def verify(service: Service) -> None:
    """Lets systemd judge a unit, where it is there to do so.

    Raises:
        VaultFlowError: it finds something wrong.
    """
    if service.file.suffix != ".service" or shutil.which("systemd-analyze") is None:
        return
    with TemporaryDirectory() as folder:
        file = Path(folder) / service.file.name
        file.write_text(service.text, encoding=service.encoding)
        # Without a session there is no such folder, and the check would fail for want of it.
        needed = {"XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR") or folder}
        run(("systemd-analyze", "--user", "verify", str(file)), needed)


def run(command: Sequence[str], more_environment: dict[str, str] | None = None) -> None:
    """Runs a command of the system's.

    Raises:
        VaultFlowError: it is not there, or it fails; with what it said.
    """
    hint = f"run it yourself: {' '.join(command)}"
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | (more_environment or {}),
        )
    except OSError as error:
        raise VaultFlowError(f"{command[0]} cannot be run: {error.strerror}", hint=hint) from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
        raise VaultFlowError(f"{command[0]} failed: {said}", hint=hint)
