"""The house of the design: who may import whom, no cycles, no world in the pure rooms.

The table below is the law, not a description: a line is changed here first, with its reason.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "vaultflow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the modules of one room may import."""

    ours: tuple[str, ...]
    packages: frozenset[str] = frozenset()


PURE = ("vault", "pipeline", "pages")

ROOMS = {
    "errors": Room(ours=()),
    "vault": Room(
        ours=("errors",),
        # msgspec: what a note says is a hundred small records, and a vault has 100,000 notes.
        packages=frozenset({"frontmatter", "yaml", "markdown_it", "mdurl", "msgspec"}),
    ),
    # msgspec: a lead has a touch for each line of its log, and all of them are cached together.
    # rapidfuzz: how much alike two names are, for duplicates; pure reckoning.
    "pipeline": Room(ours=("vault", "errors"), packages=frozenset({"msgspec", "rapidfuzz"})),
    # msgspec: a page of all leads has a row for each, and is made anew on every save.
    "pages": Room(ours=("pipeline", "vault", "errors"), packages=frozenset({"msgspec"})),
    "plugins": Room(ours=("pages", "pipeline", "vault", "errors"), packages=frozenset({"click"})),
    "disk": Room(
        # Of the pipeline only the settings and what is wrong with them.
        ours=("vault", "errors", "pipeline.settings", "pipeline.stages"),
        packages=frozenset(
            {"jinja2", "markupsafe", "watchdog", "msgspec", "holidays", "pathspec", "platformdirs"}
        ),
    ),
    "flow": Room(ours=("disk", "plugins", "pages", "pipeline", "vault", "errors")),
    "cli": Room(
        ours=("flow", "disk", "plugins", "pages", "pipeline", "vault", "errors", ""),
        # msgspec: an option that takes the place of a setting makes a settings record.
        packages=frozenset({"click", "rich", "msgspec"}),
    ),
    "": Room(ours=("flow", "plugins", "pages", "pipeline", "vault", "errors")),
}
"""By room; `""` is the front door, `vaultflow/__init__.py`."""

WORLD = frozenset(
    "asyncio glob http io logging multiprocessing os pathlib random shutil signal socket sqlite3 "
    "subprocess sys tempfile threading time urllib uuid webbrowser zoneinfo".split()
)
"""Modules of the standard library that reach outside."""

HARMLESS = frozenset({"pathlib.PurePath", "pathlib.PurePosixPath", "urllib.parse"})
"""What may be taken from them all the same: names and text, no files and no network."""

WORLD_CALLS = frozenset({"open", "print", "input", "breakpoint", "exec", "eval", "__import__"})
CLOCKS = frozenset({"today", "now", "utcnow"})


@dataclass(frozen=True, slots=True)
class Import:
    """One name that a module imports."""

    module: str
    """The module that is imported from, dotted."""
    name: str
    line: int

    @property
    def dotted(self) -> str:
        return f"{self.module}.{self.name}" if self.name else self.module


def modules() -> dict[str, Path]:
    """Dotted name below `vaultflow` (`""` for the package itself) -> file."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def imports(name: str) -> list[Import]:
    found: list[Import] = []
    for node in ast.walk(TREES[name]):
        match node:
            case ast.Import():
                found += [Import(alias.name, "", node.lineno) for alias in node.names]
            case ast.ImportFrom(module=str(module), level=0):
                found += [Import(module, alias.name, node.lineno) for alias in node.names]
            case ast.ImportFrom():
                pytest.fail(f"{name}:{node.lineno}: relative import; write it out")
    return found


def ours(name: str) -> list[str]:
    """The modules of ours that a module imports, dotted below `vaultflow`."""
    found = []
    for item in imports(name):
        if item.module.partition(".")[0] != "vaultflow":
            continue
        dotted = item.dotted.removeprefix("vaultflow").lstrip(".")
        found.append(dotted if dotted in MODULES else dotted.rpartition(".")[0])
    return found


def room_of(name: str) -> str:
    return name.partition(".")[0]


def allowed(module: str, room: Room) -> bool:
    return any(module == part or module.startswith(f"{part}.") for part in room.ours if part) or (
        module == "" and "" in room.ours
    )


@pytest.mark.parametrize("name", MODULES)
def test_every_module_lives_in_a_room(name: str) -> None:
    assert room_of(name) in ROOMS, f"{name}: no such room in the design"


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_its_room_may(name: str) -> None:
    room = ROOMS[room_of(name)]
    strangers = [
        module
        for module in ours(name)
        if room_of(module) != room_of(name) and not allowed(module, room)
    ]
    assert strangers == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_uses_only_the_packages_of_its_room(name: str) -> None:
    roots = {item.module.partition(".")[0] for item in imports(name)}
    foreign = roots - set(sys.stdlib_module_names) - {"vaultflow"}
    assert foreign <= ROOMS[room_of(name)].packages


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {name: set(ours(name)) & set(MODULES) - {name} for name in MODULES}
    while leaves := [name for name, needs in graph.items() if not needs & set(graph)]:
        for name in leaves:
            del graph[name]
    assert graph == {}, "these import each other in a circle"


def pure_modules() -> list[str]:
    return [name for name in MODULES if room_of(name) in (*PURE, "errors")]


@pytest.mark.parametrize("name", pure_modules())
def test_a_pure_room_imports_nothing_of_the_world(name: str) -> None:
    reached = [
        item.dotted
        for item in imports(name)
        if item.module.partition(".")[0] in WORLD and not {item.module, item.dotted} & HARMLESS
    ]
    assert reached == []


@pytest.mark.parametrize("name", pure_modules())
def test_a_pure_room_calls_nothing_of_the_world(name: str) -> None:
    calls = [
        f"{node.lineno}: {node.func.id}"
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in WORLD_CALLS
    ]
    assert calls == []


@pytest.mark.parametrize("name", [name for name in MODULES if room_of(name) != "cli"])
def test_only_the_command_line_reads_the_clock(name: str) -> None:
    reads = [
        f"{node.lineno}: {node.func.attr}"
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"date", "datetime"}
    ]
    assert reads == []


@pytest.mark.parametrize("name", [name for name in MODULES if room_of(name) != "cli"])
def test_library_code_neither_prints_nor_exits(name: str) -> None:
    called = {
        node.func.id
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"print", "input", "exit", "quit"}


@pytest.mark.parametrize("name", MODULES)
def test_records_are_frozen(name: str) -> None:
    loose = [
        node.name
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).startswith("dataclass")
        and "frozen=True" not in ast.unparse(decorator)
    ]
    assert loose == []


@pytest.mark.parametrize("name", MODULES)
def test_records_of_msgspec_are_frozen_too(name: str) -> None:
    structs = [
        node
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.ClassDef) and "Struct" in map(ast.unparse, node.bases)
    ]
    assert [each.name for each in structs if "frozen=True" not in ast.unparse(each)] == []
