"""A sandbox for one rendering: Jinja's, with all taken out that a template has no need of.

Time and memory are bounded by what is counted: loops, calls, filters, operators and output. One
step alone is not interrupted, such as the sorting of what a page's record holds; none can grow
beyond what its text or list allows.
"""

from __future__ import annotations

from functools import lru_cache, partial, update_wrapper
from pathlib import PurePath
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import BaseLoader, StrictUndefined, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vaultflow.disk.config.checks import nearest
from vaultflow.disk.sandbox.bounds import MAX_PAGE, LimitError, Rendering, kind
from vaultflow.disk.sandbox.bytecode import keep_code, load_code
from vaultflow.disk.sandbox.filters import jinja_filters, jinja_tests, own_filters
from vaultflow.disk.sandbox.grammar import EACH, JOINED, PLAIN, ROW, bounded_tree
from vaultflow.disk.sandbox.operators import ARITHMETIC, apply_operator
from vaultflow.disk.sandbox.reciting import AGAIN, KEPT, KNOWN, Reciter, recited_tree
from vaultflow.errors import TemplateError
from vaultflow.vault.markdown.escape import Markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping
    from pathlib import Path
    from types import CodeType

    from jinja2 import Environment
    from jinja2.runtime import Context

    from vaultflow.vault.template import Template

LOOP_FIELDS = frozenset("index index0 revindex revindex0 first last length depth".split())

FAULTS = (
    jinja2.TemplateError,
    LimitError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template can bring about. A filter of a plugin raises its own errors."""


def run_template(
    template: Template,
    values: Mapping[str, object],
    rendering: Rendering,
    *,
    filters: Mapping[str, Callable[..., object]],
    find: Callable[[str], Template],
    kept: Path | None = None,
) -> str:
    """The text that a template makes of plain values.

    Args:
        template: the page's.
        values: by the name that the template uses.
        rendering: counts what is used up, and says how values are written.
        filters: by name, besides the common ones.
        find: gives the template that another includes.
        kept: the folder for compiled templates; None to keep none.

    Raises:
        TemplateError: naming template and line, whatever the template did wrong.
        PluginError: when a filter of a plugin raises.
    """
    loader = PageLoader(template, find, kept)
    environment = PageEnvironment(rendering, loader, filters)
    try:
        return _limited(environment.get_template(loader.name).generate(values))
    except FAULTS as error:
        raise loader.fault(error) from error


class PageLoader(BaseLoader):
    """Gives the sandbox one template, and by name those that it includes."""

    name = "the page"

    def __init__(
        self, template: Template, find: Callable[[str], Template], kept: Path | None
    ) -> None:
        self._template = template
        self._find = find
        self._kept = kept
        self._loaded: dict[str, Template] = {}

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002  # Jinja's name
    ) -> jinja2.Template:
        """The compiled template, every loop in it counted."""
        template = self._template if name == self.name else self._find(name)
        place = str(template.path)
        self._loaded[place] = template
        filters = tuple(sorted(environment.filters))
        code = compiled(template.source, name, place, filters, self._kept)
        return environment.template_class.from_code(environment, code, globals or {})

    def fault(self, error: BaseException) -> TemplateError:
        """What went wrong, with the template and the line in it."""
        place, line = self._place(error)
        template = self._loaded.get(place, self._template)
        return TemplateError(
            _message(error), path=str(template.path), line=template.first_line + line - 1
        )

    def _place(self, error: BaseException) -> tuple[str, int]:
        if isinstance(error, TemplateSyntaxError):
            return error.filename or str(self._template.path), error.lineno
        frames = walk_tb(error.__traceback__)
        places = [(frame.f_code.co_filename, line) for frame, line in frames]
        ours = [place for place in places if place[0] in self._loaded]
        return ours[-1] if ours else (str(self._template.path), 1)


@lru_cache(maxsize=64)  # a vault has some ten templates
def compiled(
    source: str, name: str, place: str, filters: tuple[str, ...], kept: Path | None = None
) -> CodeType:
    """The code of a template, every loop in it counted; the same for all renderings.

    Args:
        source: the template's text.
        name: what the loader calls it.
        place: what a traceback calls it.
        filters: the names that the template may use; whether there are others is said here.
        kept: the folder in which the code may be already, and else will be; None to keep none.
    """
    file = kept / f"{PurePath(place).stem}.code" if kept else None
    made_of = (source, name, place, filters)
    code = load_code(file, made_of) if file else None
    if code is None:
        code = _compiled(*made_of)
        if file:
            keep_code(file, made_of, code)
    return code


def _compiled(source: str, name: str, place: str, filters: tuple[str, ...]) -> CodeType:
    environment = PageEnvironment(Rendering(), BaseLoader(), {})
    # Of filters from elsewhere only the names count here: they get plain values and nothing else.
    environment.filters |= dict.fromkeys({*filters} - environment.filters.keys(), str)
    tree = recited_tree(bounded_tree(environment.parse(source, name, place)), source)
    return environment.compile(tree, name, place)


def writer(rendering: Rendering) -> Callable[[Context, object], str]:
    """What puts a value on the page."""

    @pass_context  # so that Jinja writes no constants while compiling: what it compiles is kept
    def write(_context: Context, value: object) -> str:
        return rendering.write(value)

    return write


class PageEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which fields of records can be read, and nothing else of any value."""

    intercepted_binops = frozenset(ARITHMETIC)

    def __init__(
        self,
        rendering: Rendering,
        loader: BaseLoader,
        filters: Mapping[str, Callable[..., object]],
    ) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            finalize=writer(rendering),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,
        )
        self.rendering = rendering
        self.globals.clear()
        self.tests = jinja_tests()
        named = {**filters, **jinja_filters(), **own_filters(rendering)}
        counted: dict[str, Any] = {name: self._counted(named[name]) for name in named}
        reciter = Reciter(rendering)
        self.filters = counted | {  # Any: Jinja says no type for them but that of its own
            EACH: rendering.each,
            JOINED: rendering.join,
            PLAIN: self._plain,
            ROW: self._row,
            KNOWN: reciter.knows,
            AGAIN: reciter.again,
            KEPT: reciter.kept,
        }

    def _counted(self, function: Callable[..., object]) -> Callable[..., object]:
        # Jinja's own filters say by an attribute whether they want the context.
        return update_wrapper(partial(self.rendering.call, function), function)

    def _plain(self, value: object) -> object:
        self.rendering.step()
        if isinstance(value, list | tuple | dict):
            raise TypeError(f"{kind(value)} cannot stand in a list or name a template")
        return value

    def _row(self, value: object) -> object:
        self.rendering.step()
        if not isinstance(value, str | list | tuple):
            raise TypeError(f"{kind(value)} has no places to take some of")
        return value

    def getattr(self, obj: object, attribute: str) -> object:
        """A field of a record, or what a loop tells of itself."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP_FIELDS:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """A field of a record, or what stands at a place of a list or text."""
        match obj, argument:
            case dict(), str() | int() if argument in obj:
                return obj[argument]
            case dict(), _:
                hint = nearest(str(argument), [key for key in obj if isinstance(key, str)])
                return self.undefined(f"there is no field `{argument}`; {hint}")
            case list() | tuple() | str(), int() if -len(obj) <= argument < len(obj):
                return obj[argument]
            case list() | tuple() | str(), int():
                return self.undefined(f"{kind(obj)} has no place {argument}")
            case Undefined(), _:
                str(obj)  # raises, as it says what is missing
        raise SecurityError(f"`{argument}` of {kind(obj)} is nothing that a template can use")

    def is_safe_callable(self, obj: object) -> bool:
        """Macros only."""
        return isinstance(obj, Macro)

    def call(
        self, context: Context, function: object, /, *args: object, **kwargs: object
    ) -> object:
        """What a macro writes: Markdown, as all values in it were escaped."""
        if isinstance(function, Undefined):
            str(function)  # raises, as it says what is missing
        if not self.is_safe_callable(function):
            raise SecurityError(f"{kind(function)} cannot be called")
        self.rendering.step()
        text = Markdown(super().call(context, function, *args, **kwargs))
        self.rendering.step(len(text))
        return text

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """What an operator gives, within bounds."""
        del context
        if isinstance(left, Undefined) or isinstance(right, Undefined):
            str(left), str(right)
        return apply_operator(self.rendering, operator, left, right)


def _limited(chunks: Iterable[str]) -> str:
    parts: list[str] = []
    length = 0
    for chunk in chunks:
        length += len(chunk)
        if length > MAX_PAGE:
            raise LimitError(f"its page has more than {MAX_PAGE:,} characters")
        parts.append(chunk)
    return "".join(parts)


def _message(error: BaseException) -> str:
    match error:
        case RecursionError():
            return "the template was stopped: it goes too deep into itself"
        case LimitError():
            return f"the template was stopped: {error}"
        case MemoryError():
            return "the template was stopped: it makes too much"
        case TemplateSyntaxError():
            return error.message or str(error)
        case SyntaxError():
            return "its loops and conditions stand too deep in each other"
        case _:
            return str(error) or type(error).__name__
