"""Which loops of a template are recited, and how: see `passages`."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables
from jinja2.visitor import NodeTransformer

from vaultflow.disk.sandbox.passages import Passage, identity

if TYPE_CHECKING:
    from jinja2 import Environment

    from vaultflow.disk.sandbox.bounds import Rendering
    from vaultflow.disk.sandbox.passages import Key

KNOWN, AGAIN, KEPT = "known of an item", "once more", "kept for an item"
"""Filters that no template can name."""

LOOPED = "loop"
WORDS = (nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Expr, nodes.Helper)
"""What a body may consist of. Statements that set a name, include or define are left out."""
SITE_LENGTH = 16


class Reciter:
    """Puts passages on the page of one rendering.

    Args:
        rendering: knows passages or none; counts what was made, and whether it was inert.
    """

    def __init__(self, rendering: Rendering) -> None:
        self._rendering = rendering
        self._passages = rendering.passages
        self._begun: list[_Begun] = []
        self._text = ""

    def knows(self, item: object, site: str, *others: object) -> bool:
        """Whether the passage of an item is known; `again` or `kept` must be called next."""
        if self._passages is None:
            return False
        key = (site, identity(item), *[identity(other) for other in others])
        passage = self._passages.find(key)
        if passage:
            self._rendering.step(passage.made)
            self._text = passage.text
            return True
        rendering = self._rendering
        self._begun.append(_Begun(key, (item, *others), rendering.made, rendering.all_inert))
        rendering.all_inert = True
        return False

    def again(self, _nothing: str) -> str:
        """The passage that is known."""
        return self._text

    def kept(self, text: str) -> str:
        """The passage that was just written; kept unless it may change the page's blocks."""
        if self._passages is None:
            return text
        begun, rendering = self._begun.pop(), self._rendering
        if rendering.all_inert:
            made = rendering.made - begun.made
            self._passages.keep(begun.key, Passage(text=text, made=made, about=begun.about))
        rendering.all_inert &= begun.was_inert
        return text


class _Begun(NamedTuple):
    """A passage that is being written; there may be others within."""

    key: Key
    about: tuple[object, ...]
    made: int
    """What was counted before it."""
    was_inert: bool
    """Whether all before it was inert."""


def recited_tree(tree: nodes.Template, source: str) -> nodes.Template:
    """The template with those loops recited that can be.

    One in another is recited too: of a stage with a thousand leads, most stay when one changes.

    Args:
        tree: as `bounded_tree` gives it, with its environment.
        source: its text, which its passages are known by.
    """
    assert tree.environment is not None  # noqa: S101  # the parser has set it
    recited = _Reciting(tree.environment, source).visit(tree)
    assert isinstance(recited, nodes.Template)  # noqa: S101  # says the type, checks nothing
    return recited


class _Reciting(NodeTransformer):
    def __init__(self, environment: Environment, source: str) -> None:
        self._environment = environment
        self._digest = sha256(source.encode(errors="surrogatepass")).hexdigest()[:SITE_LENGTH]
        self._count = 0

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802  # Jinja's way
        others = self._names_beside(node)
        self.generic_visit(node)
        if others is None:
            return node
        self._count += 1
        site = f"{self._digest} {self._count}"
        node.body = [_recited(node, site, others)]
        node.set_environment(self._environment)
        return node

    def _names_beside(self, node: nodes.For) -> tuple[str, ...] | None:
        """The names that the body looks up beside its item; None when it cannot be recited."""
        if not isinstance(node.target, nodes.Name) or not self._is_plain(node.body):
            return None
        body = nodes.Template(list(node.body), lineno=node.lineno)
        body.set_environment(self._environment)
        names = find_undeclared_variables(body) - {node.target.name}
        return None if LOOPED in names else tuple(sorted(names))

    def _is_plain(self, body: list[nodes.Node]) -> bool:
        """Whether the body only writes, with filters and tests that there are."""
        within = [part for node in body for part in (node, *node.find_all(nodes.Node))]
        filters, tests = self._environment.filters, self._environment.tests
        return all(
            isinstance(part, WORDS)
            and not isinstance(part, nodes.Call)
            and (not isinstance(part, nodes.Filter) or part.name in filters)
            and (not isinstance(part, nodes.Test) or part.name in tests)
            for part in within
        )


def _recited(node: nodes.For, site: str, others: tuple[str, ...]) -> nodes.If:
    """The loop's body: the passage of its item if that is known, else written and kept."""
    line = node.lineno
    assert isinstance(node.target, nodes.Name)  # noqa: S101  # says the type, was checked
    item, *beside = (nodes.Name(name, "load", lineno=line) for name in (node.target.name, *others))
    known = nodes.Filter(
        item, KNOWN, [nodes.Const(site, lineno=line), *beside], [], None, None, lineno=line
    )
    again = nodes.Filter(None, AGAIN, [], [], None, None, lineno=line)
    kept = nodes.Filter(None, KEPT, [], [], None, None, lineno=line)
    return nodes.If(
        known,
        [nodes.FilterBlock([], again, lineno=line)],
        [],
        [nodes.FilterBlock(node.body, kept, lineno=line)],
        lineno=line,
    )
