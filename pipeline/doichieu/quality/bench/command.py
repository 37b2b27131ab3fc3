"""The command as a person calls it, from its start to the last byte written, against a peer on the same texts.

Everything on as shipped, an empty cache, a fresh process; paired runs, the median of their ratios.  Processor time is
told beside the time on the clock: on a busy machine it is the one to compare.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from doichieu.model import Source
from doichieu.quality.bench.growth import varied
from doichieu.quality.bench.peers import word_tokenizer

_DOCUMENTS, _CHARACTERS, _PAIRS, _PART = 200, 12_000, 5, 300_000


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _extract(folder: Path, work: Path, *words: str) -> tuple[float, float]:
    """Seconds on the clock and of the processor that one call takes."""
    environment = {**os.environ, "DOICHIEU_CACHE": str(work / "cache")}
    line = [sys.executable, "-P", "-m", "doichieu.cli", "extract", str(folder), "--out", str(work / "out"), "--quiet"]
    before, start = _children(), time.perf_counter()
    subprocess.run([*line, *words], check=True, env=environment)
    return time.perf_counter() - start, _children() - before


def _tokenized(texts: list[str]) -> tuple[float, float]:
    """Seconds on the clock and of the processor that ``word_tokenize`` takes for a part, carried over to the whole."""
    word_tokenize = word_tokenizer()
    whole = "\n".join(texts)
    part = whole[:_PART]
    before, start = time.process_time(), time.perf_counter()
    word_tokenize(part)
    share = len(whole) / len(part)
    return (time.perf_counter() - start) * share, (time.process_time() - before) * share


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _pairs(texts: list[str], folder: Path, base: Path, words: tuple[str, ...]) -> Iterator[tuple[float, ...]]:
    for number in range(_PAIRS):
        work = base / f"{'-'.join(words) or 'csv'}-{number}".replace("/", "_")
        yield (*_extract(folder, work, *words), *_tokenized(texts))


def report(sources: list[Source]) -> None:
    """Print the command's figures: speed, its ratio to the peer, output, the second run, two processes."""
    word_tokenizer()("Kế hoạch thực hiện")  # what is loaded once is loaded
    found = list(varied(sources, _DOCUMENTS, _CHARACTERS))
    texts = [source.text for source in found]
    characters = sum(map(len, texts))
    with tempfile.TemporaryDirectory() as name:
        base, folder = Path(name), Path(name) / "in"
        folder.mkdir()
        for source in found:
            (folder / f"{source.document_id}.txt").write_text(source.text, encoding="utf-8")
        runs = list(_pairs(texts, folder, base, ()))
        clock, processor = (statistics.median(run[i + 2] / run[i] for run in runs) for i in (0, 1))
        first = statistics.median(run[0] for run in runs)
        print(
            f"the command: {_DOCUMENTS} documents, {characters:,} characters, one process, all stages, from start to "
            f"last byte (median of {_PAIRS} paired runs)"
        )
        print(f"  {'doichieu extract':34} {characters / first / 1000:12,.0f} kchar/s")
        print(f"  {'to underthesea word_tokenize':34} {clock:12.2f} times as fast by the clock")
        print(f"  {'':34} {processor:12.2f} times by processor time")
        out = base / "csv-0" / "out"
        print(f"  {'output to input':34} {_size(out) / _size(folder):12.2f} times the bytes")
        again = min(_extract(folder, base / "csv-0")[0] for _ in range(3))
        print(f"  {'unchanged, again':34} {again / runs[0][0]:12.1%} of the first run")
        two = _extract(folder, base / "two", "--jobs", "2")
        print(f"  {'two processes':34} {first / two[0]:12.2f} times one")
