"""The stages of the extraction one by one, and the floor: one pass for words and numbers, nothing done with them."""

from __future__ import annotations

import re
import sys
import time

from doichieu.analyse import begin, stages
from doichieu.model import Source
from doichieu.quality.bench.timing import REPEAT, best


def seconds(sources: list[Source]) -> dict[str, float]:
    """Seconds of each stage over all sources, each the best of several runs."""
    out: dict[str, float] = {}
    for _ in range(REPEAT):
        once: dict[str, float] = {}
        for source in sources:
            start = time.perf_counter()
            analysis = begin(source)
            once["normalise, segment"] = once.get("normalise, segment", 0.0) + time.perf_counter() - start
            start = time.perf_counter()
            count = len(analysis.passages)
            once["passages"] = once.get("passages", 0.0) + time.perf_counter() - start
            assert count
            for name, stage in stages():
                start = time.perf_counter()
                stage(analysis)
                once[name] = once.get(name, 0.0) + time.perf_counter() - start
        out = {name: min(value, out.get(name, value)) for name, value in once.items()}
    return out


def patterns() -> list[re.Pattern[str]]:
    """Every pattern compiled at the head of a module of the extraction."""
    found: dict[tuple[str, int], re.Pattern[str]] = {}
    for name, module in list(sys.modules.items()):
        if name.startswith(("doichieu.extraction.", "doichieu.segmentation.", "doichieu.text")):
            for value in vars(module).values():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    found[(value.pattern, value.flags)] = value
    return list(found.values())


def words() -> list[str]:
    """Every word that a pattern of the extraction waits for."""
    found: set[str] = set()
    for name, module in list(sys.modules.items()):
        if name.startswith(("doichieu.extraction.", "doichieu.segmentation.")):
            for value in vars(module).values():
                needles = getattr(value, "needles", None)
                found |= set(needles) if isinstance(needles, tuple | list | set | frozenset) else set()
    return sorted(word for word in found if word)


_NUMBER = re.compile(r"\d[\d.,]*")


def bare_scan(sources: list[Source]) -> float:
    """Seconds of one pass over every passage for all those words, and one for its numbers, finding and doing nothing
    else: what no reader of these texts can stay below."""
    from ahocorasick_rs import AhoCorasick

    texts = [passage.lower for source in sources for passage in begin(source).passages]
    ours = AhoCorasick(words())

    def scan() -> None:
        for text in texts:
            ours.find_matches_as_indexes(text)
            for _ in _NUMBER.finditer(text):
                pass

    return best(scan, 3)
