"""The stages of the extraction one by one, and the floor: our patterns run over the text and nothing done with it."""

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


def bare_scan(sources: list[Source]) -> float:
    """Seconds in which all patterns run once over every passage, finding and doing nothing else."""
    texts = [passage.lower for source in sources for passage in begin(source).passages]
    ours = patterns()

    def scan() -> None:
        for text in texts:
            for pattern in ours:
                for _ in pattern.finditer(text):
                    pass

    return best(scan, 3)
