from __future__ import annotations

import marshal
import sys
from pathlib import PurePosixPath
from subprocess import run
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultflow.disk.packed import packed_folder
from vaultflow.disk.sandbox import environment
from vaultflow.disk.sandbox.bytecode import keep_code, load_code
from vaultflow.disk.state import state_folder
from vaultflow.disk.templates import TemplateFolder, Templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType

MADE_OF = ("source", ("a filter",))
CODE = compile("1 + 1", "a template", "eval")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "templates" / "daily.code"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The templates that are compiled, as by a process that has compiled none."""
    sources: list[str] = []
    compile_one = environment._compiled

    def compile_noted(source: str, *others: object) -> CodeType:
        sources.append(source)
        return compile_one(source, *others)  # type: ignore[arg-type]  # whatever it takes

    monkeypatch.setattr(environment, "_compiled", compile_noted)
    environment.compiled.cache_clear()
    yield sources
    environment.compiled.cache_clear()


def render(vault: Path, source: str, *, anew: bool = True) -> str:
    shipped = TemplateFolder(folder=packed_folder("templates"), label=PurePosixPath("templates"))
    found = Templates(own=None, texts={"mine": source}, shipped=shipped, vault=vault)
    if anew:
        environment.compiled.cache_clear()
    return found.render("mine", {"name": "Acme", "other": "Beta"}, {})


def kept(vault: Path) -> Path:
    return state_folder(vault) / "templates" / "mine.code"


def test_code_that_was_kept_is_found_again(file: Path) -> None:
    assert load_code(file, MADE_OF) is None
    keep_code(file, MADE_OF, CODE)
    assert load_code(file, MADE_OF) == CODE


@pytest.mark.parametrize("made_of", [("Source", ("a filter",)), ("source", ()), (), ("source",)])
def test_code_of_another_template_is_not_taken(file: Path, made_of: tuple[object, ...]) -> None:
    keep_code(file, MADE_OF, CODE)
    assert load_code(file, made_of) is None


def test_torn_code_is_not_opened(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_code(file, MADE_OF, CODE)
    whole = file.read_bytes()
    monkeypatch.setattr(marshal, "loads", lambda _packed: pytest.fail("opened"))
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        assert load_code(file, MADE_OF) is None
    for place in range(0, len(whole), 7):
        file.write_bytes(bytes((*whole[:place], whole[place] ^ 1, *whole[place + 1 :])))
        assert load_code(file, MADE_OF) is None


@given(noise=st.binary(max_size=200))
def test_noise_is_not_opened(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "noise.code"
    file.write_bytes(noise + marshal.dumps(CODE))
    assert load_code(file, MADE_OF) is None


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    in_the_way = tmp_path / "templates"
    in_the_way.write_text("a file")
    keep_code(in_the_way / "daily.code", MADE_OF, CODE)
    assert load_code(in_the_way / "daily.code", MADE_OF) is None


def test_a_template_is_compiled_once_for_many_runs(tmp_path: Path, compilations: list[str]) -> None:
    assert [render(tmp_path, "{{ name }}") for _ in range(3)] == ["Acme"] * 3
    assert compilations == ["{{ name }}"]


def test_an_edited_template_is_compiled_anew(tmp_path: Path, compilations: list[str]) -> None:
    assert render(tmp_path, "{{ name }}") == "Acme"
    assert render(tmp_path, "{{ other }}") == "Beta"
    assert compilations == ["{{ name }}", "{{ other }}"]


def test_spoiled_code_is_compiled_anew_and_mended(tmp_path: Path, compilations: list[str]) -> None:
    assert render(tmp_path, "{{ name }}") == "Acme"
    whole = kept(tmp_path).read_bytes()
    kept(tmp_path).write_bytes(whole[:-1])
    assert render(tmp_path, "{{ name }}") == "Acme"
    assert kept(tmp_path).read_bytes() == whole
    assert len(compilations) == 2


def test_code_from_elsewhere_is_not_run(tmp_path: Path) -> None:
    render(tmp_path, "{{ name }}")
    foreign = marshal.dumps(compile("raise SystemExit('run')", "foreign", "exec"))
    kept(tmp_path).write_bytes(bytes(32) + foreign)
    assert render(tmp_path, "{{ name }}") == "Acme"


def test_without_a_state_folder_templates_are_compiled_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compilations: list[str]
) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("")
    monkeypatch.setenv("VAULTFLOW_STATE", str(in_the_way))
    assert [render(tmp_path, "{{ name }}") for _ in range(2)] == ["Acme"] * 2
    assert len(compilations) == 2


def test_a_wrong_template_is_told_whether_it_was_compiled_before_or_not(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(Exception, match="there is no field `nme`"):
            render(tmp_path, "\n{% for x in [1] %}{{ {'name': 1}.nme }}{% endfor %}")


def test_headers_and_names_are_read_without_jinja(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from types import SimpleNamespace;"
        "from vaultflow.disk.templates import Templates;"
        f"found = Templates.of_vault(Path({str(tmp_path)!r}), '_t', SimpleNamespace(pages={{}}));"
        "assert [found.header(name).title for name in found.names()];"
        "sys.exit('jinja2' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0
