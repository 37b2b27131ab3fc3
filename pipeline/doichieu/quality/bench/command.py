"""The command as a person calls it, from its start to the last byte written, against a peer on the same texts.

Everything on as shipped, an empty cache, a fresh process; paired runs, the median of their ratios.  Processor time is
told beside the time on the clock: on a busy machine it is the one to compare.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from doichieu.model import Source
from doichieu.quality.bench.growth import varied
from doichieu.quality.bench.peers import word_tokenizer

_DOCUMENTS, _CHARACTERS, _PAIRS, _PART = 200, 12_000, 5, 300_000
_MANY, _SHORT = 10_000, 4_000
_SEVERAL = 2_000  # documents of which it is told how long the tables take after the last


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def called(words: Sequence[str], work: Path) -> tuple[float, float]:
    """Seconds on the clock and of the processor that one call takes, with a cache of its own; the bytecode of the
    program lies ready, as it does where a package is installed."""
    before, start = _children(), time.perf_counter()
    subprocess.run(_command(words), check=True, env=_environment(work), stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, _children() - before


def _command(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-P", "-m", "doichieu.cli", *words]


def _environment(work: Path) -> dict[str, str]:
    environment = {**os.environ, "DOICHIEU_CACHE": str(work / "cache"), "PYTHONPYCACHEPREFIX": str(_bytecode())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def after_the_last(folder: Path, work: Path) -> tuple[float, float]:
    """Seconds from the word that the last document is read to the end of a run, and those of the whole run."""
    words = ["extract", str(folder), "--out", str(work / "out"), "--log-json"]
    start = last = time.perf_counter()
    with subprocess.Popen(_command(words), env=_environment(work), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            told = json.loads(line)
            if told["event"] == "progress" and told["done"] == told["files"]:
                last = time.perf_counter()
    end = time.perf_counter()
    if process.returncode or last == start:
        raise ChildProcessError(process.returncode, " ".join(words))
    return end - last, end - start


@lru_cache(maxsize=1)
def _bytecode() -> Path:
    """A folder for the bytecode that lives as long as this process."""
    return Path(_KEPT.enter_context(tempfile.TemporaryDirectory(prefix="doichieu-bench-")))


_KEPT = contextlib.ExitStack()
atexit.register(_KEPT.close)


def _extract(folder: Path, work: Path, *words: str) -> tuple[float, float]:
    return called(["extract", str(folder), "--out", str(work / "out"), "--quiet", *words], work)


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


def report(sources: list[Source], *, full: bool = False) -> None:
    """Print the command's figures: speed, its ratio to the peer, output, the second run, two processes; ``full`` goes
    on to ten thousand documents."""
    word_tokenizer()("Kế hoạch thực hiện")  # what is loaded once is loaded
    found = list(varied(sources, _DOCUMENTS, _CHARACTERS))
    texts = [source.text for source in found]
    characters = sum(map(len, texts))
    with tempfile.TemporaryDirectory() as name:
        base, folder = Path(name), Path(name) / "in"
        folder.mkdir()
        for source in found:
            (folder / f"{source.document_id}.txt").write_text(source.text, encoding="utf-8")
        _extract(folder, base / "first")  # the bytecode is there
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
        lines = list(_pairs(texts, folder, base, ("--format", "jsonl")))
        clock, processor = (statistics.median(run[i + 2] / run[i] for run in lines) for i in (0, 1))
        print(
            f"  {'--format jsonl alone':34} {clock:12.2f} times as fast by the clock, {processor:.2f} by processor time"
        )
        out = base / "csv-0" / "out"
        print(f"  {'output to input':34} {_size(out) / _size(folder):12.2f} times the bytes")
        again = min(_extract(folder, base / "csv-0")[0] for _ in range(3))
        print(f"  {'unchanged, again':34} {again / runs[0][0]:12.1%} of the first run")
        two = _extract(folder, base / "two", "--jobs", "2")
        print(f"  {'two processes':34} {first / two[0]:12.2f} times one")
        _last(sources, base)
        if full:
            _many(sources, base)


def _last(sources: list[Source], base: Path) -> None:
    """Print how much of a run passes after its last document is read."""
    folder = base / "several"
    folder.mkdir()
    for source in varied(sources, _SEVERAL, _SHORT):
        (folder / f"{source.document_id}.txt").write_text(source.text, encoding="utf-8")
    after, whole = after_the_last(folder, base / "several-one")
    print(f"  {'tables after the last document':34} {after / whole:12.1%} of a run over {_SEVERAL:,} documents")


def _many(sources: list[Source], base: Path) -> None:
    """Print what ten thousand documents of four thousand characters take, on one process and on two."""
    folder = base / "many"
    folder.mkdir()
    for source in varied(sources, _MANY, _SHORT):
        (folder / f"{source.document_id}.txt").write_text(source.text, encoding="utf-8")
    one = _extract(folder, base / "many-one")
    two = _extract(folder, base / "many-two", "--jobs", "2")
    print(
        f"  {f'{_MANY:,} of {_SHORT:,} characters':34} {one[0]:12.0f} s, of the processor {one[1]:.0f} s; two "
        f"processes {one[0] / two[0]:.2f} times one"
    )
