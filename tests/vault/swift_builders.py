"""Notes made of all that the quick reader may stumble over, and the two readings of one."""

from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import strategies as st

from vaultflow.vault.reader import read_carefully, read_note

PATH = PurePosixPath("Leads/Acme.md")

_INDENTS = ["", " ", "  ", "   ", "    ", "     ", "      ", "        ", "\t", "\t\t", " \t"]
_MARKERS = r"""
- |* |+ |1. |2. |10. |1) |123456789. |-|-  |-    |-     |-@|- [ ] |- [x] |- [ ]|- [!] |- [[] |
1. [ ] |# |## |#|> |>|> > |> - |> # |> - [ ] |>     - |> ```|> [!note] |>@|% |- - |- > |- # |
- 1. |
""".strip().replace("\n", "|").replace("@", "\t").split("|")  # fmt: skip
_LINES = (
    r"""
---
***
___
* * *
- -
===
=
--
-
+
#
##
```
```python
````
~~~
``` a`b
```|
```x```
%%
%% a %%
%% a %% b
%% [[Hidden]] #in
%% vaultflow:begin focus %%
%% vaultflow:end focus 51be07a9c2f4 %%
$$
$$ a $$
<!--
-->
<!-- a [[b]] -->
<!-- a --> [[b]]
<!-->
<div>
</div>
<br>
<b>x</b> [[c]]
<script>
<pre>
<?x
<!DOCTYPE html>
<![CDATA[x
<details><summary>a [[b]] #c
<DIV class="x">[[d]]
<divx>
<hr/>
</p
<table|
    code [[x]] #y
      - code
    > code
    ```
<https://a.b> #c
| a | b |
| --- | --- |
|---|:-:|
--- | ---
:-: | ---
| [[a\|b]] | #c |
| [[a|b]] | c |
| `a|b` | c |
| $1 | $2 |
| a:: b | c |
| [[a]b | c]] |
| [[a\|b]c | d]] |
| [a | b](c) |
| [a](b|c) |
| [a](b) | [c](d) |
> 1. a
> @- b
>@@- b
1٢. a
<a -b="c">x</a> [[d]]
a | b
| a |
^id
text ^id
text ^id-2¤
key:: value
**Key**:: value
[key:: value] and (other:: `x`)
`a:: b` c:: d
[^1]: [[Note]]
[a]: b
#tag
# Title #
# Title ^id #
## C#
cafÃ© naïve
- 2026-11-20 call out: [[Jane]] #hot
- [ ] do it 📅 2026-11-31 #x ^t1
- [x] done [due:: 2026-01-02] ✅ 2026-01-01
{{title}}
""".strip()
    .replace("@", "\t")
    .replace("¤", " ")
    .split("\n")
)
_FRAGMENTS = (
    r"""
[[Note]];[[Note|shown]];![[Note#Part]];[[Note#^id|x|y]];[[#Part]];[[a\|b]];[[ ]];[[|x]]
[[a]b]];[[[a]]];[[a [[b]] c]];[[a|[b]];[[a`b]];[[a#b#c]];[[ a ]];[[a|]];[[a#]];[[;]];];[a]
[a](b.md);![a](b.png);[](x);[a]();[a](<b c>);[a](b "t");[a [[b]]](c);[[[a]](b);[a [b](c) d](e)
[![a](b)](c);[a](b(c));[a\](b);[a](https://x.y#z);[#1](b);[#a](b);[a](file:x);[a](b.md#C%20d)
[a](b&amp;c);[a](b&c);`a`;`;``;``a`b``;`[[a]]`;`#a`;\;\`;\[;\];\#;\!;\$;\\;#tag;#a/b;#1;#1a
#a#b;a#b;[[a]]#b;`a`#b;*#a*;**#a**;_#a_;__#a_b__;~~#a~~;==#a==;(#a;\##a;#a_;#é;#😀;$;$5;$a$
$$;$a $;<br>;<b>;</b>;<a href="x">;<https://x.y>;<a@b.c>;<;< ;<3;<%;<!-- a -->;<!--;-->;&amp;
&#35;a;%%;%% a %%;key:: v;(k:: v);[k:: v];::;a::;^id; ^id;*;**b**;_;~;!;!!;![;[!;:;-;--;=;.;,
|;x;word;two words;  ;é;Ã©;—;“;📅 2026-11-20;🔼;⛔ a;{{a}}
""".strip()
    .replace("\n", ";")
    .split(";")
    + list("\u00a0\u3000\u2028\x85\x0c\x0b\x1c\t\r")
)
_TAME = (
    r"""
word;word [[Note]] #tag;two words;;;;- a;- b [[B]];    - c;@- d;  - e;1. x;2. y;   z;  w;    v
- [ ] do;- [x] done;<div>;</div>;<p>x #y;    code [[c]]
# H;## H2;> q;> - r;>     - s;> > t;> ```;```;```py;~~~;%% a %%;%%
| a | b |;| --- | --- |;| [[c\|d]] | #e |;k:: v;---;***;<!-- x -->;<!--;-->;text ^id;- x ^id;_
@- k:: v;`a` b;[a](b.md);![a](c.png);- 2026-11-20 call out: asked
""".strip()
    .replace("\n", ";")
    .replace("@", "\t")
    .split(";")
)
_HEADS = [
    *("", "", ""),
    "---\ntype: lead\n---\n",
    "---\n---\n",
    "---\nx: [[A]]\ny: '[[B]]'\n---\n",
    "---\na: b\n",
    "\n---\na: b\n---\n",
    "---\na: {{b}}\n--- \n",
    '---\r\na: "[[B]]"\r\n---\r\n',
    "---\n\ta\n---\n",
]

_inline = st.lists(st.sampled_from(_FRAGMENTS), max_size=4).flatmap(
    lambda found: st.sampled_from([" ".join(found), "".join(found)])
)
_tame_lines = st.sampled_from(_TAME)
_odd_lines = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", *_INDENTS]),
    st.sampled_from(["", *_MARKERS]),
    st.one_of(_tame_lines, _inline, st.sampled_from(_LINES)),
)
_lines = st.one_of(
    _tame_lines, _tame_lines, _tame_lines, st.sampled_from(_LINES), _inline, _odd_lines
)
_breaks = st.sampled_from([*["\n"] * 14, "\r\n", "\n\n"])


def _bodies(lines: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(lines, _breaks).map("".join), max_size=10).map("".join)


notes = st.tuples(st.sampled_from(_HEADS), _bodies(_tame_lines) | _bodies(_lines)).map("".join)
"""Notes of lines of every kind, in any order; a third of them is served by the quick reader."""


@st.composite
def damaged(draw: st.DrawFn, written: list[str]) -> str:
    """A piece of one of the texts, in which some signs are lost, doubled or put in."""
    lines = draw(st.sampled_from(written)).split("\n")
    start = draw(st.integers(0, max(0, len(lines) - 20)))
    text = "\n".join(lines[start : start + 20])
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text)))
        put_in = draw(st.sampled_from([*"\n\t -*#>|`~%$<[]()!\\^:=_0.1\r", *_FRAGMENTS]))
        lost = draw(st.integers(0, 1))
        doubled = text[place : place + 1] if draw(st.booleans()) else put_in
        text = text[:place] + doubled + text[place + lost :]
    return text


def assert_read_alike(text: str | bytes) -> None:
    """The quick reading is the careful one, or has been left to it."""
    raw = text if isinstance(text, bytes) else text.encode()
    assert read_note(PATH, raw) == read_carefully(PATH, raw)
