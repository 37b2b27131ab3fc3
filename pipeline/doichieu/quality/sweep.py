"""Every value of a text lowered, or raised, at once: one edited text, and for each target the one right direction.

The words before a figure say which way it turns; they are read here by themselves, not by the algebra that is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from doichieu.model import Document, Target


class Change(NamedTuple):
    """One figure of the text that another takes the place of, and the kind that this makes."""

    start: int
    end: int
    figure: str
    target_id: str
    kind: str


class Swept(NamedTuple):
    """What became of one changed target: the kind that is right, the kinds that were found and how sure they are."""

    target_id: str
    kind: str
    found: frozenset[str]
    confidence: float | None = None

    @property
    def turned(self) -> bool:
        """Whether it was told the wrong way round."""
        return {"looser": "stricter", "stricter": "looser"}[self.kind] in self.found


_CEILING = re.compile(
    r"(?:top|nhóm|hạng|thứ|còn|xuống|dưới|(?<!không )thấp hơn|không quá|không vượt quá|tối đa|nhỏ hơn|≤|<)\s*"
    r"(?:(?:ở\s+)?mức\s+|khoảng\s+|từ\s+|thứ\s+|đến\s+)*\Z",
    re.IGNORECASE,
)
_DOWNWARDS = re.compile(r"\s*\S*\s*trở xuống")


def _printed(value: float) -> list[str]:
    """The ways in which a drafter writes a figure.

    >>> _printed(1200.0), _printed(5.0)
    (['1.200', '1200'], ['05', '5'])
    """
    out = {f"{value:g}".replace(".", ",")}
    if value == int(value):
        out.add(str(int(value)))
        if value >= 1000:
            out.add(f"{int(value):,}".replace(",", "."))
        if value < 10:
            out.add(f"0{int(value)}")
    return sorted((form for form in out if "e" not in form), key=lambda form: (-len(form), form))


def _other(target: Target, *, up: bool) -> float | None:
    """A greater or smaller value that the target could have; None where there is none."""
    value = target.value or 0.0
    if target.unit.startswith("%"):
        other = round(value + min(3.0, (100 - value) / 2), 1) if up else round(value * 0.8, 1)
    elif value == int(value):
        other = round(value * 1.5) + 1.0 if up else float(int(value * 0.7))
    else:
        other = round(value * (1.5 if up else 0.7), 2)
    return other if other > 0 and (other > value if up else other < value) else None


def _figure(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}".replace(",", ".")
    return f"{value:g}".replace(".", ",")


def changes(document: Document, *, up: bool) -> Iterator[Change]:
    """The figures that can be changed each by itself: printed once in a target that no other overlaps."""
    text = document.source.text
    for target in document.targets:
        if target.value is None or target.value_max is not None or target.same_as or target.level:
            continue
        if target.rule.startswith("table") or any(target.target_id == t.same_as for t in document.targets):
            continue
        if sum(t.char_start < target.char_end and target.char_start < t.char_end for t in document.targets) != 1:
            continue
        forms = "|".join(map(re.escape, _printed(target.value)))
        quote = text[target.char_start : target.char_end]
        found = list(re.finditer(rf"(?<![\d,./])(?:{forms})(?![\d/]|[.,]\d)", quote))
        other = _other(target, up=up)
        if len(found) != 1 or other is None:
            continue
        start, end = target.char_start + found[0].start(), target.char_start + found[0].end()
        ceiling = _CEILING.search(text[max(0, start - 60) : start]) or _DOWNWARDS.match(text[end:])
        kind = "stricter" if up != bool(ceiling) else "looser"
        yield Change(start, end, _figure(other), target.target_id, kind)


def sweep(document: Document, *, up: bool) -> list[Swept]:
    """What the comparison says of each target of a document once every value was changed."""
    from doichieu.analyse import analyse
    from doichieu.comparison.compare import compare_all_targets

    made = sorted(changes(document, up=up))
    text = document.source.text
    for change in reversed(made):
        text = text[: change.start] + change.figure + text[change.end :]
    source = msgspec.structs.replace(document.source, text=text, document_id="edited", blocks=(), pages=(), lines=())
    kinds: dict[str, set[str]] = {}
    sure: dict[str, float | None] = {}
    if made:
        for deviation in compare_all_targets(analyse(source), document):
            kinds.setdefault(deviation.parent_target_id, set()).update(deviation.kinds)
            sure.setdefault(deviation.parent_target_id, deviation.confidence)
    return [
        Swept(one.target_id, one.kind, frozenset(kinds.get(one.target_id, ())), sure.get(one.target_id)) for one in made
    ]


__all__ = ["Change", "Swept", "changes", "sweep"]
