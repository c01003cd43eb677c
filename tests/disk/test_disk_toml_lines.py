from __future__ import annotations

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultflow.disk.config.toml_lines import key_lines, line_of_key

TEXT = '''\
# a comment with [brackets] and key = 1
top = 1
[review] # behind
capacity = 5
"working_days" = [
  "mon", # one = 1
]
[ pipeline ]
text = """
[not.a.table]
key = 1
"""
grace_days = 3
[[pipeline.stages]]
name = "A"
exit = ['[x]', 'y = 2']
[[pipeline.stages]]
name = "B"
inline = { a = 1, b = 2 }
vault.ignore = []
'''


def test_every_key_has_its_line() -> None:
    assert key_lines(TEXT) == {
        "top": 2,
        "review": 3,
        "review.capacity": 4,
        "review.working_days": 5,
        "pipeline": 8,
        "pipeline.text": 9,
        "pipeline.grace_days": 13,
        "pipeline.stages": 14,
        "pipeline.stages.0": 14,
        "pipeline.stages.0.name": 15,
        "pipeline.stages.0.exit": 16,
        "pipeline.stages.1": 17,
        "pipeline.stages.1.name": 18,
        "pipeline.stages.1.inline": 19,
        "pipeline.stages.1.vault": 20,
        "pipeline.stages.1.vault.ignore": 20,
    }


def test_line_ends_of_windows_count_the_same() -> None:
    assert key_lines(TEXT.replace("\n", "\r\n")) == key_lines(TEXT)


def test_a_text_block_on_one_line_ends_there() -> None:
    assert key_lines("a = '''x'''\nb = 1\n") == {"a": 1, "b": 2}


def test_other_marks_inside_a_text_block_do_not_end_it() -> None:
    assert key_lines("a = '''\n\"\"\"\nx = 1\n'''\nb = 1\n") == {"a": 1, "b": 5}


def test_what_has_no_line_has_the_one_around_it() -> None:
    lines = key_lines(TEXT)
    assert line_of_key(lines, "pipeline.stages.1.inline.b") == 19
    assert line_of_key(lines, "pipeline.stages.7.name") == 14
    assert line_of_key(lines, "nowhere.at.all") == 1
    assert line_of_key({}, "") == 1


NAMES = st.sampled_from(["vault", "review", "a-b", "c_d", "x1"])
VALUES = st.sampled_from(["1", '"t"', "[1,\n 2]", '"""\n[x]\ny = 1\n"""', "{ a = 1 }", "'''z'''"])


@given(st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=4), max_size=4))
@settings(max_examples=50)
def test_the_lines_are_those_of_the_keys_that_toml_finds(tables: dict[str, dict[str, str]]) -> None:
    text = "".join(
        f"[{table}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())
        for table, keys in tables.items()
    )
    lines = key_lines(text)
    found = {f"{table}.{key}" for table, keys in tomllib.loads(text).items() for key in keys}
    assert set(lines) == found | set(tables)
    for name, line in lines.items():
        assert name.rpartition(".")[2] in text.split("\n")[line - 1]
