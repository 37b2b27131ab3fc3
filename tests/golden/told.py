"""What the rules themselves tell as examples: the wordings in docstrings, comments and lexicons, read.

A rule says by an example what it is for.  Each example stands here among goals, among tasks and under the duties of
bodies, and what is read there is remembered: a rule that no longer does what it says is noticed, and one that reaches
where another example was meant to stay.
"""

from __future__ import annotations

import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import doichieu
from tests.extraction.columns import HEAD

_PACKAGE = Path(doichieu.__file__).parent
_ROOMS = ("comparison", "extraction", "lexicon")
_QUOTED = re.compile(r"``([^`]{8,300})``|[\"“]([^\"”]{8,300})[\"”]")
_CHAPTERS = ("I. MỤC TIÊU", "II. CHỈ TIÊU CỤ THỂ", "III. NHIỆM VỤ, GIẢI PHÁP", "IV. TỔ CHỨC THỰC HIỆN")


def sources() -> list[str]:
    """The modules and lexicons that tell examples, by their path in the package."""
    found = (
        path for room in _ROOMS for path in sorted((_PACKAGE / room).rglob("*")) if path.suffix in (".py", ".toml")
    )
    return [path.relative_to(_PACKAGE).as_posix() for path in found if examples(path)]


@cache
def examples(path: Path) -> list[str]:
    """The examples that a module or a lexicon tells, each once: wordings of several Vietnamese words."""
    found = _of_lexicon(path) if path.suffix == ".toml" else _of_module(path)
    said = (" ".join(one.replace("|", " ").replace("…", " ").split()).strip(" .;") for one in found)
    return [one for one in dict.fromkeys(said) if one.count(" ") >= 2 and re.search(r"[à-ỹđ]", one)]


def _of_module(path: Path) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        docstring = token.type == tokenize.STRING and token.string.startswith(('"""', 'r"""'))
        if token.type == tokenize.COMMENT or docstring:
            said = " ".join(token.string.strip('r"#').split())
            yield from (one or other for one, other in _QUOTED.findall(said))


def _of_lexicon(path: Path) -> Iterator[str]:
    def within(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in ("examples", "not_examples"):
                    yield from (one for one in inner if isinstance(one, str))
                yield from within(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from within(inner)

    yield from within(tomllib.loads(path.read_text(encoding="utf-8")))


def told(source: str) -> str:
    """A document of the examples of a module or lexicon."""
    said = examples(_PACKAGE / source)
    out = [HEAD.rstrip()]
    for number, chapter in enumerate(_CHAPTERS):
        out.append(chapter)
        for one in said:
            mark = ("- ", "", "- ", "* ")[number] if re.match(r"[-+*|(\d]", one) is None else ""
            out.append(mark + (one if number % 2 else one[:1].upper() + one[1:]) + (".", ";", ".", "")[number])
    return "\n\n".join(out) + "\n"
