from __future__ import annotations

import plistlib
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from vaultflow.disk.watching import service
from vaultflow.disk.watching.service import (
    install,
    run,
    service_of,
    systemd_word,
    uninstall,
    verify,
)
from vaultflow.errors import UsageError, VaultFlowError

ROOT = Path("/home/ann/My $vault")
PROGRAM = Path("/opt/100% $x/vaultflow")


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "config"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What would have been run; nothing is."""
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(service, "run", lambda command, *_: ran.append(tuple(command)))
    return ran


def test_a_unit_starts_the_watcher_and_again_when_it_fails(config: Path) -> None:
    unit = service_of(ROOT, PROGRAM, "linux")
    assert unit.file == config / "systemd" / "user" / f"{unit.name}.service"
    assert unit.name.startswith("vaultflow-my-vault-")
    start = r'ExecStart="/opt/100%% $x/vaultflow" "--vault" "/home/ann/My $$vault" "watch"'
    assert start in unit.text
    assert "Restart=on-failure" in unit.text


def test_two_vaults_of_one_name_are_two_services() -> None:
    names = {service_of(Path(root), PROGRAM, "linux").name for root in ("/a/vault", "/b/vault")}
    assert len(names) == 2
    assert service_of(Path("/日本"), PROGRAM, "linux").name.count("-") == 1


def test_words_are_quoted_for_systemd() -> None:
    assert systemd_word('a"b\\c%d$e') == '"a\\"b\\\\c%%d$$e"'


def test_the_state_folder_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULTFLOW_STATE", "/var/my state")
    assert 'Environment="VAULTFLOW_STATE=/var/my state"' in service_of(ROOT, PROGRAM, "linux").text
    monkeypatch.delenv("VAULTFLOW_STATE")
    assert "Environment" not in service_of(ROOT, PROGRAM, "linux").text


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "a $b 100%"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    verify(service_of(tmp_path / 'My "vault"', program, "linux"))
    with pytest.raises(VaultFlowError, match="systemd-analyze failed"):
        verify(service_of(ROOT, Path("relative/program"), "linux"))


def test_an_agent_is_a_property_list_that_launchd_reads(tmp_path: Path) -> None:
    agent = service_of(ROOT, PROGRAM, "darwin")
    read = plistlib.loads(agent.text.encode())
    assert agent.file == tmp_path / "Library" / "LaunchAgents" / f"{agent.name}.plist"
    assert read["ProgramArguments"] == [str(PROGRAM), "--vault", str(ROOT), "watch"]
    assert read["RunAtLoad"] is True


def test_a_task_is_xml_that_starts_the_watcher_at_log_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERDOMAIN", "HOME&CO")
    monkeypatch.setenv("USERNAME", "ann")
    task = service_of(ROOT, PROGRAM, "win32")
    tree = ET.fromstring(task.text.encode(task.encoding))  # noqa: S314  # our own text
    found = {element.tag.partition("}")[2]: element.text for element in tree.iter()}
    assert found["Command"] == str(PROGRAM)
    assert found["Arguments"] == f'--vault "{ROOT}" watch'
    assert found["UserId"] == "HOME&CO\\ann"


def test_a_path_that_no_service_file_can_hold_is_refused() -> None:
    with pytest.raises(UsageError):
        service_of(Path("/a\nb"), PROGRAM, "linux")


def test_installing_writes_the_file_and_starts_it(commands: list[tuple[str, ...]]) -> None:
    unit = service_of(ROOT, PROGRAM, "linux")
    install(unit)
    assert unit.file.read_text(encoding="utf-8") == unit.text
    assert [command[0] for command in commands][-2:] == ["systemctl", "systemctl"]
    assert commands[-1] == unit.start[-1]


def test_uninstalling_stops_it_and_removes_the_file(commands: list[tuple[str, ...]]) -> None:
    unit = service_of(ROOT, PROGRAM, "linux")
    assert uninstall(unit) is False
    install(unit)
    assert uninstall(unit) is True
    assert commands[-1] == unit.stop[-1]
    assert not unit.file.exists()


def test_a_file_that_cannot_be_written_is_told(
    config: Path, commands: list[tuple[str, ...]]
) -> None:
    config.write_text("no folder")
    with pytest.raises(VaultFlowError, match="cannot be written"):
        install(service_of(ROOT, PROGRAM, "linux"))
    assert not any("systemctl" in command for command in commands)


def test_a_command_that_fails_or_is_not_there_is_told_with_what_it_said() -> None:
    with pytest.raises(VaultFlowError, match="sh failed: no bus") as failed:
        run(("sh", "-c", "echo no bus >&2; exit 3"))
    assert failed.value.hint.startswith("run it yourself: sh")
    with pytest.raises(VaultFlowError, match="cannot be run"):
        run(("no-such-program",))
