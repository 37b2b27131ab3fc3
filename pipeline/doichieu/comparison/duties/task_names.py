"""Short names in tasks written out: ``NCT`` where the document says once ``người cao tuổi (NCT)``, or where only one
wording of the other document's tasks has these first letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from doichieu.comparison.meaning.short_forms import full_form, known_names
from doichieu.model import Document
from doichieu.text import fold, one_of
from doichieu.text.memory import Last

#: A short name in the brackets that introduce it: "(NCT)", "(sau đây viết tắt là CLB LTH)".
_BRACKETS = re.compile(
    r"\((?:sau đây )?(?:(?:gọi|viết) )?(?:tắt )?(?:chung )?(?:là )?[\"“]?"
    r"(?P<name>[A-ZĐƯ]{2,9}(?:[ -][A-ZĐƯ]{2,9})?)[\"”]?\)"
)
#: A short name in a wording, and how much text may stand before the brackets that introduce it.
_NAME = re.compile(r"(?<![\w/&.-])[A-ZĐƯ]{3,9}(?![\w/&-])")
_BEFORE = 120
#: Words that no name written out holds.
_JOINING = re.compile(r"(?<!\w)(?:các|của|cho|với|trong|theo|những|và|tại|từ|là|được|có)(?!\w)")


def _read_introduced(document: Document) -> dict[str, str]:
    text, out = document.source.text, dict[str, str]()
    for found in _BRACKETS.finditer(text):
        name = found["name"]
        letters = re.sub(r"[ -]", "", name)
        full = full_form(letters, fold(text[max(0, found.start() - _BEFORE) : found.start()]))
        if full:
            out.setdefault(name, full)
    return out


#: What the short names that a document introduces stand for; nobody may change what this returns.
introduced = Last(_read_introduced)


def _by_letters(name: str, tasks: str) -> str:
    """The one wording in folded tasks whose syllables begin with the letters of a name; empty where there are none or
    several."""
    syllables = r",?\s+(?:và\s+)?".join(rf"{letter}[^\W\d_]+" for letter in name.casefold())
    found = {" ".join(words.split()) for words in re.findall(rf"(?<!\w){syllables}(?!\w)", tasks)}
    found = {words for words in found if not _JOINING.search(words)}
    return found.pop() if len(found) == 1 else ""


def names_of(child: Document, parent: Document, links: Iterable[str], tasks: Iterable[str]) -> dict[str, str]:
    """What the short names in the links of a child and the tasks of its parent stand for, where the two tell."""
    out = {**introduced(parent), **introduced(child)}
    said, asked = "\n".join(links), "\n".join(tasks)
    for own, others in ((said, asked), (asked, said)):
        names = set(_NAME.findall(own)) - out.keys()
        names = {name for name in names if name.casefold() not in known_names() and name != "STT"}
        told = fold(others) if names else ""
        out |= {name: full for name in sorted(names) if (full := _by_letters(name, told))}
    return out


def writer(names: Mapping[str, str]) -> Callable[[str], str]:
    """What writes short names out in a wording.

    >>> writer({"NCT": "người cao tuổi"})("khám sức khỏe cho NCT")
    'khám sức khỏe cho người cao tuổi'
    """
    if not names:
        return lambda text: text
    pattern = re.compile(rf"(?<![\w/&.-])(?:{one_of(names)})(?![\w/&-])")
    return lambda text: pattern.sub(lambda found: names[found.group()], text)


__all__ = ["introduced", "names_of", "writer"]
