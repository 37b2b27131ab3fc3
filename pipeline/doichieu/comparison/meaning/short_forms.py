"""Short names in capitals that one document writes and the other writes out: ``NCC`` beside ``người có công``.

What a short name stands for is told by the document that introduces it (``lực lượng lao động (LLLĐ)``), or by the words
of the other document's targets whose syllables begin with its letters, where only one such wording stands there.  Both
documents of a comparison are then read with the name written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from doichieu.comparison.meaning.surroundings import Surroundings
from doichieu.lexicon import load
from doichieu.model import Document, Target
from doichieu.text import fold

#: A short name: three capitals or more, with no figure, hyphen or slash beside them.
_SHORT = re.compile(r"(?<![\w/&.-])[A-ZĐ]{3,9}(?![\w/&-])")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1)
def known_names() -> frozenset[str]:
    """What the lexicon writes out, or knows as a word of its own."""
    entries = load("equivalents")["equivalent"]
    return frozenset(word for entry in entries for form in [entry["means"], *entry["forms"]] for word in form.split())


def short_names(targets: Iterable[Target]) -> frozenset[str]:
    """The short names in the words of targets that the lexicon does not write out.

    >>> sorted(short_names([Target("d", "t", "c", "", 0, 1, "", subject="hộ XKLĐ", indicator="tham gia BHXH")]))
    ['XKLĐ']
    """
    found = {
        name for t in targets for name in _SHORT.findall(f"{t.subject} {t.indicator} {' '.join(t.scope)} {t.unit}")
    }
    return frozenset(name for name in found if name.casefold() not in known_names())


def _introduced(name: str, text: str) -> str:
    """The words before a short name in brackets whose first letters it is made of, folded; empty where there are none.

    >>> _introduced("LLLĐ", "có 34,6% lực lượng lao động (LLLĐ) trong độ tuổi")
    'lực lượng lao động'
    """
    found = re.search(
        rf"(?P<before>(?:[^\W\d]+[\s,]+(?:và\s+)?){{{len(name)}}})"
        rf"\((?:sau đây )?(?:(?:gọi|viết) )?(?:tắt )?(?:là )?[\"“]?{name}[\"”]?\)",
        text,
    )
    return full_form(name, fold(found.group("before"))) if found is not None else ""


def full_form(name: str, text: str) -> str:
    """The words at the end of a folded wording that begin with the letters of a name."""
    words = list(_WORD.finditer(text))[-len(name) :]
    if "".join(w.group()[0] for w in words) != name.casefold():
        return ""
    return " ".join(text[words[0].start() : words[-1].end()].split())


def _in_targets(name: str, targets: Iterable[Target]) -> str:
    """The one wording of some targets whose syllables begin with the letters of a name; empty where there are none or
    several."""
    pattern = re.compile(
        r"(?<!\w)" + r",?\s+(?:và\s+)?".join(rf"{letter}[^\W\d_]+" for letter in name.casefold()) + r"(?!\w)"
    )
    found = {
        match.group() for t in targets for match in pattern.finditer(" ".join(fold(t.quote.replace("*", "")).split()))
    }
    bare = {re.sub(r"[\s,]+", " ", words) for words in found}
    return min(found) if len(bare) == 1 else ""


def written_out(names: frozenset[str], child: Document, parent: Document) -> dict[str, str]:
    """What each of the short names of two documents stands for, where the two tell."""
    out: dict[str, str] = {}
    for name in sorted(names):
        told = (
            _introduced(name, document.source.text) for document in (child, parent) if f"{name}" in document.source.text
        )
        full = next(filter(None, told), "") or _in_targets(name, (*child.targets, *parent.targets))
        if full:
            out[name] = full
    return out


def _pattern(full: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/&.-])(?:{'|'.join(sorted(full, key=len, reverse=True))})(?![\w/&-])")


def spelled(target: Target, full: Mapping[str, str]) -> Target:
    """A target with its short names written out.

    >>> spelled(Target("d", "t", "c", "", 0, 1, "", subject="hộ NCC"), {"NCC": "người có công"}).subject
    'hộ người có công'
    """
    names = _pattern(full)

    def out(text: str) -> str:
        return names.sub(lambda match: full[match.group()], text)

    words = f"{target.subject} {target.indicator} {target.scope} {target.unit} {target.base} {target.quote}"
    if names.search(words) is None:
        return target
    return msgspec.structs.replace(
        target,
        subject=out(target.subject),
        indicator=out(target.indicator),
        scope=tuple(out(item) for item in target.scope),
        unit=out(target.unit),
        base=out(target.base),
        quote=out(target.quote),
    )


def spelled_around(around: Surroundings, full: Mapping[str, str]) -> Surroundings:
    """What stands around a target, with the short names written out.

    >>> spelled_around(Surroundings("hộ NCC", "1. về ncc", ""), {"NCC": "người có công"}).headings
    '1. về người có công'
    """
    names = _pattern(full)
    folded = _pattern({name.casefold(): words for name, words in full.items()})
    lower = {name.casefold(): words for name, words in full.items()}

    def out(text: str) -> str:
        return folded.sub(lambda match: lower[match.group()], text) if text else text

    return Surroundings(
        names.sub(lambda match: full[match.group()], around.stretch),
        out(around.headings),
        out(around.lead),
        out(around.opening),
        out(around.before),
        around.heads,
    )


__all__ = ["full_form", "known_names", "short_names", "spelled", "spelled_around", "written_out"]
