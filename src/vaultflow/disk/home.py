"""Where the state of all vaults lies on this computer."""

from __future__ import annotations

import os
import sys

STATE_VARIABLE = "VAULTFLOW_STATE"
"""Names another folder than the system's: for tests, and where the home folder is read-only."""


def home() -> str:
    """The folder, whether it is there yet or not."""
    if named := os.environ.get(STATE_VARIABLE):
        return named
    if sys.platform == "linux" and os.path.isabs(state := os.environ.get("XDG_STATE_HOME", "")):
        return f"{state}/vaultflow"
    if sys.platform == "linux" and not state and os.path.isabs(user := os.path.expanduser("~")):
        return f"{user}/.local/state/vaultflow"
    import platformdirs  # noqa: PLC0415  # as long to import as all else that a short run needs

    return platformdirs.user_state_dir("vaultflow", appauthor=False)
