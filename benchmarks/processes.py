"""Whole processes, timed from outside: from start-up to end, with their peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PROGRAMS = Path(__file__).parent / "programs"
VAULTFLOW = str(Path(sys.executable).with_name("vaultflow"))
"""As a user starts it: the script beside the interpreter that runs the benchmark."""

ROUNDS = 5
"""Pairs of which the median is taken: with fewer, one disturbance of the machine decides."""


class BenchError(Exception):
    """Something that was to be measured did not work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process that ended well."""

    seconds: float
    peak_mb: float
    """The largest resident set, in 10^6 bytes; 0 where the system does not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What is run, and what is done before each time without being timed."""

    command: tuple[str, ...]
    before: Callable[[], None] | None = None


def python(program: str, *words: object) -> tuple[str, ...]:
    """The command that runs one of `programs/`."""
    return (sys.executable, str(PROGRAMS / program), *map(str, words))


def timed(command: Sequence[str], env: Mapping[str, str]) -> Run:
    """Runs the command once.

    Raises:
        BenchError: it failed, with what it said.
    """
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=errors)
        peak_mb = wait(process)
        seconds = time.perf_counter() - began
        if process.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()
            raise BenchError(f"{' '.join(command)}: {said or process.returncode}")
    return Run(seconds=seconds, peak_mb=peak_mb)


def wait(process: subprocess.Popen[bytes]) -> float:
    """Waits for the end of the process; gives its peak memory in MB."""
    if not hasattr(os, "wait4"):
        process.wait()
        return 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes there, KiB elsewhere
    return usage.ru_maxrss * unit / 1e6


def alternate(
    programs: Mapping[str, Program], env: Mapping[str, str], rounds: int = ROUNDS
) -> Mapping[str, tuple[Run, ...]]:
    """Runs all programs in turn, A B A B, after one round that warms caches and counts for nothing.

    Args:
        programs: by name, in the order of each round.
        env: their environment.
        rounds: how many runs of each are counted.
    """
    turns = [[run(program, env) for program in programs.values()] for _ in range(rounds + 1)][1:]
    return dict(zip(programs, zip(*turns, strict=True), strict=True))


def run(program: Program, env: Mapping[str, str]) -> Run:
    """Prepares the program, and runs it once."""
    if program.before:
        program.before()
    return timed(program.command, env)


def seconds(runs: Sequence[Run]) -> tuple[float, ...]:
    """How long the runs took."""
    return tuple(run.seconds for run in runs)
