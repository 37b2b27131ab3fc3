"""Which conditions of the core could be wrong without a test noticing: ``make mutants``.

Conditions of the core functions are drawn with a fixed seed and switched off one at a time (an ``if`` never holds, one
side of an ``and`` always does, one side of an ``or`` never); each such version of the package is tried with the tests
that reach the condition's line.  A version that no test fails on survives: its condition is not needed or not tested.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from xml.etree import ElementTree

from msgspec import Struct

from doichieu.errors import UsageError

#: Where a wrong condition becomes a wrong figure, a wrong body or a wrong verdict.
CORE = (
    "comparison/algebra.py",
    "comparison/align.py",
    "comparison/applicability.py",
    "comparison/compare.py",
    "comparison/declarations.py",
    "comparison/duties.py",
    "comparison/entailment.py",
    "comparison/populations.py",
    "extraction/targets",
    "extraction/tasks",
    "extraction/times",
)
_TESTS = ("tests/extraction", "tests/comparison", "tests/golden", "tests/test_lexicon.py")
#: Seconds for the tests of one version; a condition whose loss makes a loop endless is noticed by this.
_LIMIT = 300
_QUICK = 0.5  # seconds of a test, with what it sets up


class Mutant(Struct, frozen=True, kw_only=True):
    """One condition, by its place in a file of the package, and what stands in its stead (``True`` or ``False``)."""

    file: str
    line: int
    start: int
    end: int
    condition: str
    instead: str


def conditions(source: str, file: str) -> Iterator[Mutant]:
    """Every condition of a module that can be switched off, in the order of the text.

    >>> [(m.condition, m.instead) for m in conditions("if a and b:\\n    x = 1 if c else 2\\n", "f.py")]
    [('a and b', 'False'), ('a', 'True'), ('b', 'True'), ('c', 'False')]
    """
    starts = [0]
    for row in source.encode().split(b"\n"):
        starts.append(starts[-1] + len(row) + 1)
    raw = source.encode()
    found: list[tuple[int, int, int, str]] = []

    def add(node: ast.expr, instead: str) -> None:
        assert node.end_lineno is not None and node.end_col_offset is not None
        begin = starts[node.lineno - 1] + node.col_offset
        found.append((begin, starts[node.end_lineno - 1] + node.end_col_offset, node.lineno, instead))

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.If | ast.IfExp):
            add(node.test, "False")
        elif isinstance(node, ast.comprehension):
            for test in node.ifs:
                add(test, "True")
        elif isinstance(node, ast.BoolOp):
            for value in node.values:
                add(value, "True" if isinstance(node.op, ast.And) else "False")
    for begin, end, line, instead in sorted(set(found), key=lambda f: (f[0], -f[1])):
        text = raw[begin:end].decode()
        if text not in ("True", "False", "TYPE_CHECKING"):
            yield Mutant(file=file, line=line, start=begin, end=end, condition=text, instead=instead)


def core_files(package: Path) -> list[Path]:
    """The modules of :data:`CORE`, in order."""
    out: list[Path] = []
    for name in CORE:
        place = package / name
        out += sorted(place.glob("*.py")) if place.is_dir() else [place] if place.is_file() else []
    return out


def draw(package: Path, count: int, seed: int) -> list[Mutant]:
    """``count`` conditions of the core, drawn with ``seed``."""
    every = [
        mutant
        for path in core_files(package)
        for mutant in conditions(path.read_text(encoding="utf-8"), path.relative_to(package).as_posix())
    ]
    return sorted(random.Random(seed).sample(every, min(count, len(every))), key=lambda m: (m.file, m.start, -m.end))


def seconds(report: Path) -> dict[str, float]:
    """How long each test took with what it sets up, by its name, from a JUnit report."""
    out: dict[str, float] = {}
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
        out[name] = float(case.get("time", "0"))
    return out


def reach(root: Path, package: Path, place: Path) -> dict[tuple[str, int], list[str]]:
    """The tests that reach each line of the core, by ``(file, line)``; the tests are run once under coverage.

    Quick tests come first: most wrong conditions are noticed by a case, not by what compares the whole corpus.
    """
    data, report = place / "coverage", place / "report.xml"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not long", "--cov=doichieu",
         "--cov-context=test", "--cov-report=", f"--junitxml={report}", *_TESTS],
        cwd=root, env={**os.environ, "COVERAGE_FILE": str(data)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise UsageError(f"Kiểm thử chưa qua, chưa thử được:\n{(done.stdout + done.stderr)[-2000:]}")
    from coverage import CoverageData

    read = CoverageData(str(data))
    read.read()
    took = seconds(report)
    out: dict[tuple[str, int], list[str]] = {}
    for path in core_files(package):
        for line, contexts in read.contexts_by_lineno(str(path)).items():
            names = {c.rpartition("|")[0] for c in contexts if c}
            tests = sorted(names, key=lambda name: (took.get(name, 0.0) > _QUICK, name))
            out[path.relative_to(package).as_posix(), line] = tests
    return out


def survives(root: Path, tree: Path, package: Path, mutant: Mutant, tests: list[str]) -> bool:
    """Whether all ``tests`` pass with the condition switched off in the copy of the package at ``tree``."""
    original = (package / mutant.file).read_bytes()
    changed = original[: mutant.start] + mutant.instead.encode() + original[mutant.end :]
    target = tree / "doichieu" / mutant.file
    target.write_bytes(changed)
    names = tree / "tests.txt"
    names.write_text("\n".join(tests) + "\n", encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--no-header", f"@{names}"],
            cwd=root, env={**os.environ, "PYTHONPATH": str(tree)}, capture_output=True, text=True, check=False,
            timeout=_LIMIT,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_bytes(original)
    return done.returncode == 0


def main(count: int = 100, seed: int = 1, jobs: int = 2) -> int:
    """Try ``count`` conditions and print those that survive; the exit status is 1 where more than a tenth do."""
    root = Path(__file__).resolve().parents[3]
    package = root / "pipeline" / "doichieu"
    with tempfile.TemporaryDirectory(prefix="doichieu-mutants-") as name:
        place = Path(name)
        reached = reach(root, package, place)
        drawn = draw(package, count, seed)
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            tree = place / str(number)
            shutil.copytree(package, tree / "doichieu", ignore=shutil.ignore_patterns("__pycache__"))
            shutil.copytree(root / "templates", tree / "doichieu" / "_templates")
            trees.put(tree)

        def attempt(mutant: Mutant) -> str:
            tests = reached.get((mutant.file, mutant.line), [])
            if not tests:
                return "no test reaches it"
            tree = trees.get()
            try:
                return "survives" if survives(root, tree, package, mutant, tests) else ""
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(jobs) as pool:
            results = list(pool.map(attempt, drawn))
    alive = [(mutant, result) for mutant, result in zip(drawn, results, strict=True) if result]
    for mutant, result in alive:
        print(f"{mutant.file}:{mutant.line}: {' '.join(mutant.condition.split())[:100]} → {mutant.instead}: {result}")
    print(f"{len(alive)} of {len(drawn)} conditions can be switched off unnoticed (seed {seed})")
    return 1 if len(alive) > len(drawn) / 10 else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
