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


def build_wheel(project: Path, folder: Path) -> Path:
    run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation"),
        *("--outdir", folder / project.name, project),
        cwd=folder,
    )
    (wheel,) = (folder / project.name).glob("*.whl")
    return wheel


def test_the_wheel_and_the_example_plugin_work_away_from_the_checkout(tmp_path: Path) -> None:
    wheel = build_wheel(CHECKOUT, tmp_path)
    plugin = build_wheel(CHECKOUT / "examples" / "vaultflow-tiers", tmp_path)
    venv.create(tmp_path / "fresh", with_pip=True)
    scripts = tmp_path / "fresh" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, plugin, cwd=tmp_path)

    def vaultflow(*words: str) -> str:
        return run(scripts / "vaultflow", *words, cwd=tmp_path)

    vaultflow("init", "vault", "--example")
    printed = vaultflow("--vault", "vault", "daily")
    (review,) = (tmp_path / "vault" / "Reviews").glob("*.md")
    assert review.relative_to(tmp_path / "vault").as_posix() in printed
    assert "Do I have any leads in my pipeline?" in review.read_text(encoding="utf-8")

    assert "tiers  (installed, not enabled)" in vaultflow("--vault", "vault", "plugins")
    settings = tmp_path / "vault" / "vaultflow.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\n[plugins]\nenabled = ["tiers"]\n',
        encoding="utf-8",
    )
    assert "Pipeline/Deals by tier.md  (written)" in vaultflow("--vault", "vault", "refresh")
    page = (tmp_path / "vault" / "Pipeline" / "Deals by tier.md").read_text(encoding="utf-8")
    assert "- A: [[Fjordlight Hotels margin programme]]" in page
    assert "tier-people" in vaultflow("--vault", "vault", "plugins")
    assert "Deals by tier" in vaultflow("--vault", "vault", "pages").split("Pipeline/")[-1]
