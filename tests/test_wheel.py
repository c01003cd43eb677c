"""The wheel works: in an environment of its own, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    # Nothing of the environment that runs the tests may help the wheel.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_writes_the_example_vault_and_its_daily_note(tmp_path: Path) -> None:
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation")
    run(*build, "--outdir", tmp_path / "dist", CHECKOUT, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("vaultflow-*.whl")

    venv.create(tmp_path / "fresh", with_pip=True)
    scripts = tmp_path / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)

    run(scripts / "vaultflow", "init", "vault", "--example", cwd=tmp_path)
    printed = run(scripts / "vaultflow", "--vault", "vault", "daily", cwd=tmp_path)
    (review,) = (tmp_path / "vault" / "Reviews").glob("*.md")
    assert review.relative_to(tmp_path / "vault").as_posix() in printed
    assert "Do I have any leads in my pipeline?" in review.read_text(encoding="utf-8")
