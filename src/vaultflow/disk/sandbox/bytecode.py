"""Compiled templates, kept from one run to the next: to compile one takes longer than to render it.

What is kept is Python's marshalled code, which is run as it is, and which may bring Python down
when it is garbage. So in front of it stands a digest over the code and over all that it was made
of: the template, its filters, and this very VaultFlow, Jinja and Python. What is torn, outdated,
of another template or mere noise is not opened, and the template is compiled anew.

The digest guards against accidents. Against people there is the folder, which is for this user's
eyes only: who can write there can run code already.
"""

from __future__ import annotations

import marshal
from hashlib import sha256
from types import CodeType
from typing import TYPE_CHECKING

from vaultflow.disk.cache.database import code_digest

if TYPE_CHECKING:
    from pathlib import Path

DIGEST_BYTES = 32


def load_code(file: Path, made_of: tuple[object, ...]) -> CodeType | None:
    """The code that was kept of a template; None when it must be compiled.

    Args:
        file: where it is kept.
        made_of: texts, and whatever else has a telling `repr`, that the code follows from.
    """
    try:
        content = file.read_bytes()
    except OSError:
        return None
    digest, packed = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
    if digest != _digest(packed, made_of):
        return None
    code = marshal.loads(packed)  # noqa: S302  # the digest says that we have packed it
    return code if isinstance(code, CodeType) else None


def keep_code(file: Path, made_of: tuple[object, ...], code: CodeType) -> None:
    """Keeps the code for `load_code`; where nothing can be written, it is not kept."""
    packed = marshal.dumps(code)
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        file.write_bytes(_digest(packed, made_of) + packed)
    except OSError:
        return


def _digest(packed: bytes, made_of: tuple[object, ...]) -> bytes:
    about = repr((made_of, len(packed))).encode(errors="surrogatepass")
    return sha256(code_digest() + about + packed).digest()
