"""Tags: what counts as one in a body and in the front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultflow.vault.note import Property, Value

_STOP = r"\u2000-\u206F\u2E00-\u2E7F'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\\s"

TAG = re.compile(rf"#(?=[^{_STOP}]*[^{_STOP}\d])[^{_STOP}]+")
"""`#` and what may stand in a tag, at least one of it not a digit."""


def frontmatter_tags(properties: Mapping[str, Property] | None) -> tuple[str, ...] | None:
    """The tags of the property `tags`, each with `#`; None when it is absent or empty.

    Obsidian reads a list, or one tag as plain text; `a, b` in one text is no tag at all.
    """
    tags = properties.get("tags") if properties else None
    if tags is None or tags.value is None:
        return None
    listed = tags.value if isinstance(tags.value, tuple) else (tags.value,)
    return tuple(tag for item in listed if (tag := _as_tag(item)))


def _as_tag(item: Value) -> str | None:
    if not isinstance(item, str):
        return None
    tag = "#" + item.strip().removeprefix("#")
    return tag if TAG.fullmatch(tag) else None
