"""How like two titles are."""

from __future__ import annotations

import re

SURE = 92.0  # similarity of titles, 0–100, from which two wordings are one title


def shingles(title: str) -> set[str]:
    words = title.split()
    return {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}


def similarity(one: str, other: str) -> float:
    """0–100.  Figures must agree: a title that names other years or numbers is another title."""
    from rapidfuzz import fuzz

    if set(re.findall(r"\d+", one)) != set(re.findall(r"\d+", other)):
        shorter, longer = sorted((set(re.findall(r"\d+", one)), set(re.findall(r"\d+", other))), key=len)
        if not shorter <= longer or not shorter:
            return 0.0
    return float(fuzz.ratio(one, other))
