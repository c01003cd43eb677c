"""Which of Jinja's grammar templates may use, made so that every loop and list is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Sequence

EACH, JOINED, PLAIN, ROW = "each of a loop", "joined by ~", "no list", "what has places"
"""Filters that no template can name: the blanks keep them out of the grammar."""

STATEMENTS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.For,
    nodes.If,
    nodes.Macro,
    nodes.CallBlock,
    nodes.Assign,
    nodes.With,
    nodes.Include,
)
EXPRESSIONS = (
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Filter,
    nodes.Test,
    nodes.Call,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.BinExpr,
    nodes.UnaryExpr,
    nodes.Concat,
    nodes.List,
    nodes.Tuple,
    nodes.Dict,
    nodes.Pair,
    nodes.Keyword,
)
INSTEAD = {
    "AssignBlock": "`set` takes one value here: use a macro for a piece of text",
    "FilterBlock": "templates have no `filter` block: use a filter on each value",
}
HIDDEN_NAMES = frozenset({"self", "varargs", "kwargs"})


def bounded_tree(tree: nodes.Template) -> nodes.Template:
    """The same template with its loops, lists and joined texts counted.

    Raises:
        TemplateSyntaxError: for a statement that templates have no use for.
    """
    bounded = _Bounding().visit(tree)
    assert isinstance(bounded, nodes.Template)  # noqa: S101  # says the type, checks nothing
    return bounded


class _Bounding(NodeTransformer):
    """Walks the tree once, the inner nodes first."""

    def visit(self, node: nodes.Node, *args: object, **kwargs: object) -> nodes.Node:
        if not isinstance(node, (*STATEMENTS, *EXPRESSIONS)):
            name = type(node).__name__
            _refuse(node, INSTEAD.get(name, f"templates have no `{name.lower()}`"))
        bounded = super().visit(node, *args, **kwargs)
        assert isinstance(bounded, nodes.Node)  # noqa: S101  # the base class knows no types
        return bounded

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802  # Jinja's way
        if node.name in HIDDEN_NAMES:
            _refuse(node, f"templates have no `{node.name}`")
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        if node.recursive:
            _refuse(node, "a loop cannot be recursive")
        made = sum(len(text.data) for text in node.find_all(nodes.TemplateData))
        self.generic_visit(node)
        node.iter = _filtered(node.iter, EACH, [nodes.Const(made + 1, lineno=node.lineno)])
        return node

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        node.with_context = True
        self.generic_visit(node)
        node.template = _filtered(node.template, PLAIN)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        first, *others = node.nodes
        return _filtered(first, JOINED, others)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):  # which Jinja takes without asking the sandbox
            node.node = _filtered(node.node, ROW)
        return node

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.items = _plain(node.items)
        return node

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if node.ctx == "load":
            node.items = _plain(node.items)
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.key, node.value = _plain([node.key, node.value])
        return node


def _plain(items: Sequence[nodes.Expr]) -> list[nodes.Expr]:
    # A list in a list could double its size with each step, and comparing two would never end.
    return [_filtered(item, PLAIN) for item in items]


def _filtered(node: nodes.Node, name: str, args: Sequence[nodes.Expr] = ()) -> nodes.Filter:
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)


def _refuse(node: nodes.Node, message: str) -> None:
    raise TemplateSyntaxError(message, node.lineno or 1)
