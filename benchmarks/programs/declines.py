"""Why the quick reader leaves notes to markdown-it-py: prints JSON, reason -> how many notes."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from tree import notes_below

from vaultflow.vault.reader import decline_reason

if __name__ == "__main__":
    reasons = (decline_reason(Path(entry.path).read_bytes()) for entry in notes_below(sys.argv[1]))
    print(json.dumps(Counter(filter(None, reasons))))
