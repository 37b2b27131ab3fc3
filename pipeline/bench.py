"""Speed, as ratios in one run on the same texts: ``make bench``.

Prints characters a second for every stage and for the whole extraction, the ratio to underthesea's ``word_tokenize``
on the same text, the start-up of the command, the recall of generated edits, and memory.  Absolute figures depend on
the machine; the ratios are what to compare.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline import nlp
from pipeline.model import Source
from pipeline.reading import discover, read

_REPEAT = 5


def _best(action: Callable[[], object]) -> float:
    """The shortest of several timings of an action, in seconds."""
    times = []
    for _ in range(_REPEAT):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def _stages(sources: list[Source]) -> dict[str, float]:
    """Seconds of each stage over all sources."""
    seconds: dict[str, float] = {}
    for _ in range(_REPEAT):
        once: dict[str, float] = {}
        for source in sources:
            start = time.perf_counter()
            analysis = nlp.begin(source)
            once["normalise, segment"] = once.get("normalise, segment", 0.0) + time.perf_counter() - start
            start = time.perf_counter()
            count = len(analysis.passages)
            once["passages"] = once.get("passages", 0.0) + time.perf_counter() - start
            assert count
            for name, stage in nlp.stages():
                start = time.perf_counter()
                stage(analysis)
                once[name] = once.get(name, 0.0) + time.perf_counter() - start
        seconds = {name: min(value, seconds.get(name, value)) for name, value in once.items()}
    return seconds


def _edits(sources: list[Source]) -> None:
    """Recall and false flags of generated edits, by class."""
    from pipeline import metamorphic

    found: dict[str, list[metamorphic.Outcome]] = {}
    for source in sources:
        for outcome in metamorphic.run(nlp.analyse(source), limit=6):
            found.setdefault(outcome.case.name, []).append(outcome)
    print("generated edits: class, n, recall, cases with other flags")
    for name, outcomes in found.items():
        recall = sum(o.found for o in outcomes) / len(outcomes)
        print(f"  {name:26} {len(outcomes):4} {recall:7.3f} {sum(bool(o.others) for o in outcomes):4}")


def main(folder: str = "corpus") -> int:
    """Print the figures for the documents of ``folder``."""
    sources = [source for path in discover([Path(folder)]) for source in read(path)]
    characters = sum(len(source.text) for source in sources)
    for source in sources:
        nlp.analyse(source)
    whole = _best(lambda: [nlp.analyse(source) for source in sources])
    print(f"{len(sources)} documents, {characters} characters, best of {_REPEAT} runs, one process")
    for name, value in _stages(sources).items():
        print(f"  {name:22} {characters / value / 1000:12,.0f} kchar/s")
    print(f"  {'whole extraction':22} {characters / whole / 1000:12,.0f} kchar/s")

    from underthesea import word_tokenize

    word_tokenize(sources[0].text[:200])
    tokens = _best(lambda: [word_tokenize(source.text, use_token_normalize=False) for source in sources])
    print(f"  {'word_tokenize':22} {characters / tokens / 1000:12,.0f} kchar/s (underthesea)")
    print(f"ratio: whole extraction is {tokens / whole:.1f} times as fast as word_tokenize on the same text")
    _edits(sources)
    command = [sys.executable, "-m", "pipeline.cli", "--help"]
    start_up = _best(lambda: subprocess.run(command, check=True, capture_output=True))
    print(f"start-up: --help {start_up:.2f} s")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most in this process")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
