"""Which conditions of the core could be wrong without a test noticing: ``make mutants``.

Conditions of the core functions are drawn with a fixed seed and switched off one at a time (an ``if`` never holds, one
side of an ``and`` always does, one side of an ``or`` never), and the tests for which the condition would have said
otherwise are run, quick ones first.  A condition that no test misses survives: it is not needed or not tested.

The core is loaded once with a switch around each of its conditions; the tests are collected once; each condition is
tried in a forked process of its own.  That takes seconds where a new interpreter for every condition takes minutes.
"""

from __future__ import annotations

import ast
import builtins
import functools
import gc
import importlib.abc
import importlib.machinery
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct

if TYPE_CHECKING:
    from types import ModuleType

    import pytest

#: Where a wrong condition becomes a wrong figure, a wrong body or a wrong verdict.
CORE = (
    "comparison/relations/algebra.py",
    "comparison/pairing/align.py",
    "comparison/owed/applicability.py",
    "comparison/duties/beside.py",
    "comparison/compare.py",
    "comparison/declarations.py",
    "comparison/duties/stage.py",
    "comparison/relations/coverage.py",
    "comparison/relations/entailment.py",
    "comparison/pairing/gates.py",
    "comparison/pairing/matches.py",
    "comparison/relations/populations.py",
    "comparison/pairing/second_partners.py",
    "comparison/pairing/sides.py",
    "extraction/targets",
    "extraction/tasks",
    "extraction/times",
)
_TESTS = (
    "tests/extraction",
    "tests/comparison",
    "tests/golden",
    "tests/test_lexicon.py",
    "tests/test_doctests.py",
    "tests/amendments/test_progress.py",
    "tests/report/test_remade.py",
)
#: Tests of whole corpora and of floors under figures: slow, and no condition should wait for them to be noticed.
_LEFT_OUT = ("comparison/test_metamorphic", "comparison/test_no_false_equal", "comparison/test_calibration",
             "golden/test_truth")  # fmt: skip
_PACKAGE = Path(__file__).resolve().parents[1]
_ROOT = _PACKAGE.parents[1]
#: Seconds of tests for one condition, as they were measured; what does not fit is left out, and the survivor told so.
_ENOUGH = 20.0
#: Wordings kept because a rule without one of its conditions reads them otherwise have no second turn.
_KEPT_FOR_THIS = "test_seldom_wordings"
#: A test that takes longer has its turn when all quick ones had theirs.
_SLOW = 1.0
#: How much longer than measured the tests may take: a condition whose loss makes a loop endless is noticed by this.
_PATIENCE = 5.0
_SWITCH = "__condition__"


class Mutant(Struct, frozen=True, kw_only=True):
    """One condition, by its place in a file of the package, and what stands in its stead (``True`` or ``False``)."""

    file: str
    line: int
    start: int
    end: int
    condition: str
    instead: str


def _asks(node: ast.expr) -> bool:
    """Whether an operand asks something: ``""`` in ``word or ""`` only says what to take where there is no word."""
    return not (isinstance(node, ast.Constant) and not node.value)


def _places(tree: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """Every condition of a module, and what it is switched to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp):
            yield node.test, "False"
        elif isinstance(node, ast.comprehension):
            yield from ((test, "True") for test in node.ifs)
        elif isinstance(node, ast.BoolOp):
            instead = "True" if isinstance(node.op, ast.And) else "False"
            yield from ((value, instead) for value in node.values if _asks(value))


class _Offsets:
    """Byte offsets of the nodes of a source."""

    def __init__(self, raw: bytes) -> None:
        self.starts = [0]
        for row in raw.split(b"\n"):
            self.starts.append(self.starts[-1] + len(row) + 1)

    def of(self, node: ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self.starts[node.lineno - 1] + node.col_offset, self.starts[node.end_lineno - 1] + node.end_col_offset


def conditions(source: str, file: str) -> Iterator[Mutant]:
    """Every condition of a module that can be switched off, in the order of the text.

    >>> [(m.condition, m.instead) for m in conditions("if a and b:\\n    x = 1 if c else 2\\n", "f.py")]
    [('a and b', 'False'), ('a', 'True'), ('b', 'True'), ('c', 'False')]
    >>> [m.condition for m in conditions("x = word or ''", "f.py")]
    ['word']
    """
    raw = source.encode()
    offsets = _Offsets(raw)
    found = {(*offsets.of(node), node.lineno, instead) for node, instead in _places(ast.parse(source))}
    for begin, end, line, instead in sorted(found, key=lambda f: (f[0], -f[1])):
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


def every(package: Path) -> list[Mutant]:
    """All conditions of the core."""
    return [
        mutant
        for path in core_files(package)
        for mutant in conditions(path.read_text(encoding="utf-8"), path.relative_to(package).as_posix())
    ]


def draw(package: Path, count: int, seed: int) -> list[Mutant]:
    """``count`` conditions of the core, drawn with ``seed``."""
    known = every(package)
    return sorted(random.Random(seed).sample(known, min(count, len(known))), key=lambda m: (m.file, m.start, -m.end))


class Switches:
    """The conditions of the core as they are asked: one may be off, or those noted that being off would change.

    >>> board = Switches({"a": False, "b": True})
    >>> board.off = "a"
    >>> board("a", 7), board("b", 0)
    (False, 0)
    >>> board.off, board.noted = "", set()
    >>> board("a", 7), board("b", 1), board.noted
    (7, 1, {'a'})
    """

    def __init__(self, instead: dict[str, bool]) -> None:
        self.instead = instead
        self.off = ""
        self.noted: set[str] | None = None

    def __call__(self, key: str, value: Any) -> Any:
        if self.noted is not None and bool(value) != self.instead[key]:
            self.noted.add(key)
        return self.instead[key] if key == self.off else value


def _key(file: str, start: int, end: int) -> str:
    return f"{file}:{start}:{end}"


def instrumented(raw: bytes, file: str, known: dict[str, bool]) -> ast.Module:
    """The module with a call of the switch around each known condition.

    >>> module = instrumented(b"x = 1 if a else 2", "f.py", {"f.py:9:10": False})
    >>> ast.unparse(module)
    "x = 1 if __condition__('f.py:9:10', a) else 2"
    """
    tree = ast.parse(raw)
    offsets = _Offsets(raw)
    keys = {id(node): key for node, _ in _places(tree) if (key := _key(file, *offsets.of(node))) in known}

    class Wrap(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            key = keys.get(id(node))
            self.generic_visit(node)
            if key is None or not isinstance(node, ast.expr):
                return node
            call = ast.Call(ast.Name(_SWITCH, ast.Load()), [ast.Constant(key), node], [])
            return ast.copy_location(call, node)

    Wrap().visit(tree)
    return ast.fix_missing_locations(tree)


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module of the core with its switches, never from a cache."""

    known: ClassVar[dict[str, bool]] = {}

    def path_stats(self, path: Any) -> Any:
        raise OSError("no cache")

    def source_to_code(self, data: Any, path: Any, *, _optimization: int = -1) -> Any:  # type: ignore[override]
        tree = instrumented(data, Path(path).relative_to(_PACKAGE).as_posix(), self.known)
        return compile(tree, path, "exec", dont_inherit=True)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of the core."""

    def __init__(self) -> None:
        self.files = {str(path) for path in core_files(_PACKAGE)}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if path is None or not fullname.startswith("doichieu."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is not None and spec.origin in self.files:
            spec.loader = _Loader(fullname, spec.origin)
        return spec


def _caches() -> list[Any]:
    """What functions of the package and of the tests remember."""
    kind = type(functools.lru_cache(len))
    named = (one for one in gc.get_objects() if isinstance(one, kind))
    return [one for one in named if str(getattr(one, "__module__", "")).startswith(("doichieu", "tests"))]


def _of_tests(cache: Any) -> bool:
    return str(cache.__module__).startswith("tests")


def _reading() -> Callable[[], None]:
    """Reading a few documents and comparing two of them, to have the lexicons loaded."""
    from doichieu import diff, extract_text

    texts = sorted((_ROOT / "tests" / "golden" / "texts").glob("*.txt"))[:8]

    def read() -> None:
        documents = [extract_text(path.read_text(encoding="utf-8"), document_id=path.stem) for path in texts]
        diff(documents[0], documents[1])

    return read


class _Trial:
    """In pytest's place: notes for which conditions each test matters, then runs them against each condition."""

    def __init__(self, board: Switches, drawn: list[Mutant], jobs: int) -> None:
        self.board = board
        self.drawn = drawn
        self.jobs = jobs
        self.results: dict[Mutant, str] = {}
        self.loaded: set[str] = set()
        self.remembered: list[Any] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        self.loaded = self._load()
        gc.collect()
        gc.freeze()
        with tempfile.TemporaryDirectory(prefix="doichieu-mutants-") as place:
            notes = Path(place) / "notes.json"
            if _wait(self._fork(lambda: self._note(list(items.values()), notes), 0)):
                raise SystemExit("Không chạy được kiểm thử.")
            told: dict[str, tuple[float, list[str]]] = json.loads(notes.read_text(encoding="utf-8"))
        reached: dict[str, list[tuple[float, str]]] = {}
        for name, (took, keys) in told.items():
            for key in keys:
                reached.setdefault(key, []).append((took, name))
        self._try(items, reached)
        return True

    def _load(self) -> set[str]:
        """Load the lexicons; the conditions that loading asked and reading does not."""
        read = _reading()
        self.board.noted = set()
        read()
        first = self.board.noted
        before = {id(one): one.cache_info().misses for one in _caches()}
        read()
        self.remembered = [
            one for one in _caches() if one.cache_info().misses > before.get(id(one), 0) or _of_tests(one)
        ]
        self._forget()
        self.board.noted = set()
        read()
        again, self.board.noted = self.board.noted, None
        self._forget()
        return first - again

    def _fork(self, work: Callable[[], bool], limit: float) -> int:
        """The process that does ``work``; its exit status is 1 where the work tells True."""
        if pid := os.fork():
            return pid
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            os._exit(1 if work() else 0)
        finally:
            os._exit(2)

    def _note(self, items: list[pytest.Item], notes: Path) -> bool:
        """Run all tests, and write how long each took and for which conditions it matters."""
        told: dict[str, tuple[float, list[str]]] = {}
        shared: dict[str, set[str]] = {}
        for item, following in zip(items, [*items[1:], None], strict=True):
            self._forget()
            self.board.noted = set()
            begun = time.process_time()
            if _fails(item, following):  # what fails as it is tells nothing
                print(f"Chưa qua, không dùng: {item.nodeid}", file=sys.__stderr__)
                continue
            own = self.board.noted
            if _shares(item):  # what an earlier test of the module had set up matters to this one too
                own = shared.setdefault(item.nodeid.partition("::")[0], set()) | own
                shared[item.nodeid.partition("::")[0]] = own
            told[item.nodeid] = (time.process_time() - begun, sorted(own))
        notes.write_text(json.dumps(told), encoding="utf-8")
        return False

    def _forget(self) -> None:
        for one in self.remembered:
            one.cache_clear()

    def _try(self, items: dict[str, pytest.Item], reached: dict[str, list[tuple[float, str]]]) -> None:
        """Each drawn condition off, in processes of their own, ``jobs`` at a time."""
        running: dict[int, tuple[Mutant, str]] = {}
        for mutant in self.drawn:
            key = _key(mutant.file, mutant.start, mutant.end)
            tests, took, left = _enough(reached.get(key, []))
            if not tests:
                self.results[mutant] = "no test reaches it"
                continue
            if len(running) >= self.jobs:
                self._collect(running)
            work = functools.partial(self._notices, key, [items[name] for name in tests])
            pid = self._fork(work, 10 + _PATIENCE * self.jobs * took)
            running[pid] = (mutant, f"survives ({left} slow tests left out)" if left else "survives")
        while running:
            self._collect(running)

    def _collect(self, running: dict[int, tuple[Mutant, str]]) -> None:
        pid, status = os.wait()
        mutant, told = running.pop(pid)
        self.results[mutant] = told if status == 0 else ""
        if len(self.results) % 10 == 0:
            alive = sum(map(bool, self.results.values()))
            print(f"{len(self.results)} / {len(self.drawn)}: {alive}", file=sys.__stderr__, flush=True)

    def _notices(self, key: str, tests: list[pytest.Item]) -> bool:
        """Whether a test fails with the condition off."""
        self.board.off = key
        if key in self.loaded:
            for one in _caches():
                one.cache_clear()
        return any(_fails(item, after) for item, after in zip(tests, [*tests[1:], None], strict=True))


def _wait(pid: int) -> int:
    return os.waitpid(pid, 0)[1]


def _fails(item: pytest.Item, following: pytest.Item | None) -> bool:
    from _pytest.runner import runtestprotocol

    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def _shares(item: pytest.Item) -> bool:
    """Whether a test uses what is set up once for its module."""
    info = getattr(item, "_fixtureinfo", None)
    defined = info.name2fixturedefs.values() if info else ()
    return any(one[-1].scope == "module" for one in defined)


def _enough(tests: list[tuple[float, str]]) -> tuple[list[str], float, int]:
    """The tests to run, how long they take, and how many are left out.

    Every function of the tests has its turn before one has its second case: a hundred more cases of one kind see less
    than the first of another; but seldom wordings have theirs all at once.  The quick go before the slow.

    >>> _enough([(0.2, "f[1]"), (0.1, "f[2]"), (0.3, "g[1]"), (2.0, "slow")])[0]
    ['f[2]', 'g[1]', 'f[1]', 'slow']
    """
    turns: Counter[str] = Counter()
    ranked: list[tuple[bool, int, float, str]] = []
    for seconds, name in sorted(tests):
        function = name.partition("[")[0]
        ranked.append((seconds > _SLOW, turns[function], seconds, name))
        turns[function] += _KEPT_FOR_THIS not in function
    kept: list[str] = []
    took = 0.0
    for _, _, seconds, name in sorted(ranked):
        if kept and took + seconds > _ENOUGH:
            break
        kept.append(name)
        took += seconds
    return kept, took, len(tests) - len(kept)


def _child(count: int, seed: int, jobs: int) -> int:
    """Try the conditions in this process, which has nothing of the package loaded yet."""
    known = every(_PACKAGE)
    drawn = draw(_PACKAGE, count, seed) if count else known
    instead = {_key(m.file, m.start, m.end): m.instead == "True" for m in known}
    board = Switches(instead)
    setattr(builtins, _SWITCH, board)
    _Loader.known = instead
    sys.meta_path.insert(0, _Finder())
    sys.path[:1] = [str(_PACKAGE.parent), str(_ROOT)]
    import pytest

    trial = _Trial(board, drawn, jobs)
    os.chdir(_ROOT)
    left = [f"--ignore=tests/{name}.py" for name in _LEFT_OUT]
    pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not long", *left, *_TESTS], plugins=[trial])
    if len(trial.results) < len(drawn):
        return 2
    alive = [(mutant, trial.results[mutant]) for mutant in drawn if trial.results[mutant]]
    for mutant, result in alive:
        print(f"{mutant.file}:{mutant.line}: {' '.join(mutant.condition.split())[:100]} → {mutant.instead}: {result}")
    if not count:
        for file, total in Counter(mutant.file for mutant in drawn).items():
            print(f"{file}: {sum(mutant.file == file for mutant, _ in alive)} of {total}")
    print(f"{len(alive)} of {len(drawn)} conditions can be switched off unnoticed (seed {seed}; {len(known)} in all)")
    return 1 if len(alive) > len(drawn) / 10 else 0


def main(count: int = 100, seed: int = 1, jobs: int = 2) -> int:
    """Try ``count`` conditions (0: all) and print those that survive; 1 where more than a tenth do."""
    asked = [sys.executable, __file__, "try", *map(str, (count, seed, jobs))]
    return subprocess.run(asked, check=False).returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["try"]:
        sys.exit(_child(*map(int, sys.argv[2:])))
    sys.exit(main(*map(int, sys.argv[1:])))
