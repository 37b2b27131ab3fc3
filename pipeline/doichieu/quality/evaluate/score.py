"""Counts of one kind of record, and how annotated and extracted values are brought to one form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, str]
Gold = dict[str, Any]
_UNITS = {"percent": "%", "phần trăm": "%", "cán bộ": "người", "đồng chí": "người"}


@dataclass
class Score:
    """Counts of one kind of record, the accuracy of its fields, and its misses as (document, place, text)."""

    found: int = 0
    spurious: int = 0
    missed: int = 0
    complete: int | None = None
    whole: int | None = None
    exact: int | None = None
    by_document: dict[str, tuple[float, float]] = field(default_factory=dict)
    fields: dict[str, list[bool]] = field(default_factory=dict)
    misses: list[tuple[str, int | None, str]] = field(default_factory=list)

    @staticmethod
    def _ratio(part: int, rest: int) -> float:
        return part / (part + rest) if part + rest else 1.0

    @property
    def precision(self) -> float:
        """The share of what was extracted that is right."""
        return self._ratio(self.found, self.spurious)

    @property
    def recall(self) -> float:
        """The share of what is annotated that was extracted."""
        return self._ratio(self.found, self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def full_f1(self) -> float | None:
        """F1 that also asks for the right population and deadline; targets only."""
        return None if self.complete is None else self._narrower(self.complete)

    @property
    def whole_f1(self) -> float | None:
        """F1 that besides asks for the subject in its column and every narrowing; targets only."""
        return None if self.whole is None else self._narrower(self.whole)

    def _narrower(self, right: int) -> float:
        return Score(right, self.spurious + self.found - right, self.missed + self.found - right).f1


def fold(text: str | None) -> str:
    """The form in which annotated and extracted wordings are compared."""
    folded = unicodedata.normalize("NFC", text or "").casefold()
    return " ".join(re.sub(r"[*_“”\"().,;:–-]+", " ", folded).split())


def figure(value: Any) -> float | None:
    """A number of a table or an annotation, rounded as both are compared; None for none."""
    return None if value in (None, "") else round(float(str(value).replace(",", ".")), 6)


def unit(value: Any) -> str | None:
    """A unit under its one name; None for none."""
    text = str(value or "").strip().casefold()
    return _UNITS.get(text, text) or None


def span(row: Row | Gold) -> tuple[int, int]:
    """Where a row or an annotation stands."""
    return int(row["char_start"]), int(row["char_end"])


def shared(a: tuple[int, int], b: Iterable[int]) -> int:
    """How many characters two spans share."""
    start, end = b
    return max(0, min(a[1], end) - max(a[0], start))


def others(gold: Gold, name: str) -> list[Any]:
    """Further values that an annotation also takes as right."""
    return list(gold.get("alternatives", {}).get(name, []))


def field_right(score: Score, name: str, right: bool) -> None:
    """Note whether a field of a found record is right."""
    score.fields.setdefault(name, []).append(right)


def count(score: Score, right: bool, document: str, place: int | None, text: str) -> None:
    """Note whether one thing that was asked for is right."""
    if right:
        score.found += 1
    else:
        score.missed += 1
        score.misses.append((document, place, text))
