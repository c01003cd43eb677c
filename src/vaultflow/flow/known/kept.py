"""Files in which a run keeps a few texts for the next one, each with a digest of them.

Almost nothing is imported for it: most runs need no more than these.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b

from vaultflow.disk.home import home
from vaultflow.disk.outside import DIGEST_BYTES

TYPE_CHECKING = False  # to import `typing` takes as long as half of this
if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = "said"
SLOTS = 64
"""Files at most: a question that is asked again falls into its own, an old one is overwritten."""
CHECK_DIGITS = 2 * DIGEST_BYTES


def kept_file(key: str) -> str:
    """Where something is kept; a few keys share one place, so whoever reads it looks for his."""
    return os.path.join(home(), FOLDER, f"{int(key[:8], 16) % SLOTS:02}")


def read_fields(file: str) -> list[str] | None:
    """What was kept; None when nothing was, or when it is damaged."""
    try:
        with open(file, "rb") as opened:
            content = opened.read().decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        return None
    check, content = content[:CHECK_DIGITS], content[CHECK_DIGITS:]
    return content.split("\0") if digest(content) == check else None


def write_fields(file: str, fields: Sequence[str]) -> None:
    """Keeps fields without NUL; a full disk forgets them."""
    content = "\0".join(fields)
    fresh = f"{file}.{os.getpid()}"
    with suppress(OSError):
        os.makedirs(os.path.dirname(fresh), mode=0o700, exist_ok=True)
        with open(fresh, "wb") as opened:
            opened.write(f"{digest(content)}{content}".encode("utf-8", "surrogatepass"))
        os.replace(fresh, file)


def digest(text: str) -> str:
    """A fingerprint of the text, by which it is known again."""
    content = text.encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=DIGEST_BYTES).hexdigest()
