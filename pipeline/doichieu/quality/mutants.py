"""Which conditions of the core could be wrong without a test noticing: ``make mutants``.

Conditions of the core functions are drawn with a fixed seed and switched off one at a time (an ``if`` never holds, one
side of an ``and`` always does, one side of an ``or`` never), and the tests for which the condition would have said
otherwise are run, quick ones first.  A condition that no test misses survives: it is not needed or not tested.

The core is loaded once with a switch around each of its conditions; the tests are collected once.  First all tests are
run, shared among processes, to note for which conditions each matters (the notes are kept: another seed begins with the
second step); then each condition is tried in a forked process of its own.  Time is processor time throughout, so that
what else the machine does changes no result.
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
from hashlib import blake2b
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct

if TYPE_CHECKING:
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
    "comparison/relations/clauses.py",
    "comparison/relations/coverage.py",
    "comparison/relations/differences.py",
    "comparison/relations/entailment.py",
    "comparison/pairing/gates.py",
    "comparison/pairing/matches.py",
    "comparison/relations/administration.py",
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
_ENOUGH = 60.0
#: So many cases of one function of the tests are handed to a process at a time.
_TOGETHER = 40
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
    return not isinstance(node, ast.Constant | ast.JoinedStr | ast.List | ast.Tuple | ast.Dict | ast.Set)


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


def _reads(cache: Any) -> bool:
    """Whether a function of the tests remembers what the package made: a document, no rows that a file holds."""
    pending = [cache.__wrapped__] if cache.__module__.startswith("tests") else []
    seen: set[int] = set()
    while pending:
        function = pending.pop()
        if not isinstance(function, FunctionType) or id(function) in seen:
            continue
        seen.add(id(function))
        names = set(_names(function.__code__))
        named = [function.__globals__[name] for name in names if name in function.__globals__]
        within = [
            one for one in named if isinstance(one, ModuleType) and one.__name__.startswith(("doichieu", "tests"))
        ]
        named += [getattr(module, name) for module in within for name in names if hasattr(module, name)]
        if any(str(getattr(one, "__module__", "")).startswith("doichieu") for one in named):
            return True
        pending += [getattr(one, "__wrapped__", one) for one in named]
    return False


def _names(code: CodeType) -> Iterator[str]:
    """Every name that a function or what it defines asks for."""
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


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
        told = self._told(list(items.values()))
        places = {key: number for number, key in enumerate(self.board.instead)}
        reached: dict[str, list[tuple[float, str]]] = {}
        for mutant in self.drawn:
            key = _key(mutant.file, mutant.start, mutant.end)
            reached[key] = [(took, name) for name, (took, noted) in told.items() if noted >> places[key] & 1]
            if not reached[key] and key in self.loaded:  # asked once, for all tests
                reached[key] = [(took, name) for name, (took, _) in told.items()]
        self._try(items, reached)
        return True

    def _told(self, items: list[pytest.Item]) -> dict[str, tuple[float, int]]:
        """How long each test took, and a bit for each condition for which it matters; ``jobs`` processes note it."""
        kept = Path(tempfile.gettempdir()) / f"doichieu-mutants-{_as_they_are()}.json"
        if not kept.is_file():
            notes: dict[str, tuple[float, str]] = {}
            with tempfile.TemporaryDirectory(prefix="doichieu-mutants-") as place:
                shares = [(_share(items, at, self.jobs), Path(place) / f"{at}.json") for at in range(self.jobs)]
                begun = [self._fork(functools.partial(self._note, *share), 0) for share in shares]
                if sum(os.waitpid(pid, 0)[1] for pid in begun):
                    raise SystemExit("Không chạy được kiểm thử.")
                for _, place_of in shares:
                    notes.update(json.loads(place_of.read_text(encoding="utf-8")))
            kept.write_text(json.dumps(notes), encoding="utf-8")
        known: dict[str, tuple[float, str]] = json.loads(kept.read_text(encoding="utf-8"))
        told = {name: (took, int(noted, 16)) for name, (took, noted) in known.items()}
        _tell(f"{len(told)} / {len(items)} kiểm thử, {sum(took for took, _ in told.values()):.0f} s")
        return told

    def _load(self) -> set[str]:
        """Load the lexicons; the conditions that loading asked and reading does not."""
        read = _reading()
        self.board.noted = set()
        read()
        first = self.board.noted
        before = {id(one): one.cache_info().misses for one in _caches()}
        read()
        self.remembered = [one for one in _caches() if one.cache_info().misses > before.get(id(one), 0) or _reads(one)]
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
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, limit)
        try:
            os._exit(1 if work() else 0)
        finally:
            os._exit(2)

    def _note(self, items: list[pytest.Item], notes: Path) -> bool:
        """Run all tests, and write how long each took and for which conditions it matters."""
        told: dict[str, tuple[float, str]] = {}
        places = {key: number for number, key in enumerate(self.board.instead)}
        shared: dict[str, set[str]] = {}
        for number, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True), 1):
            if number % 1000 == 0:
                _tell(f"{number} / {len(items)} kiểm thử, {time.process_time():.0f} s")
            self._forget()
            self.board.noted = set()
            begun = time.process_time()
            if _fails(item, following):  # what fails as it is tells nothing
                _tell(f"Chưa qua, không dùng: {item.nodeid}")
                continue
            own = self.board.noted
            if _shares(item):  # what an earlier test of the module had set up matters to this one too
                own = shared.setdefault(item.nodeid.partition("::")[0], set()) | own
                shared[item.nodeid.partition("::")[0]] = own
            told[item.nodeid] = (time.process_time() - begun, f"{sum(1 << places[key] for key in own):x}")
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
            pid = self._fork(work, 10 + _PATIENCE * took)
            running[pid] = (mutant, f"survives ({left} slow tests left out)" if left else "survives")
        while running:
            self._collect(running)

    def _collect(self, running: dict[int, tuple[Mutant, str]]) -> None:
        pid, status = os.wait()
        mutant, told = running.pop(pid)
        self.results[mutant] = told if status == 0 else ""
        if len(self.results) % 10 == 0:
            alive = sum(map(bool, self.results.values()))
            _tell(f"{len(self.results)} / {len(self.drawn)}: {alive}")

    def _notices(self, key: str, tests: list[pytest.Item]) -> bool:
        """Whether a test fails with the condition off."""
        self.board.off = key
        if key in self.loaded:
            for one in _caches():
                one.cache_clear()
        return any(_fails(item, after) for item, after in zip(tests, [*tests[1:], None], strict=True))


def _tell(line: str) -> None:
    """How far it is, for who waits."""
    print(line, file=sys.__stderr__, flush=True)


def _as_they_are() -> str:
    """A digest of the package and its tests, as they are now."""
    digest = blake2b(digest_size=8)
    for folder in (_PACKAGE, _ROOT / "tests"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _share(items: list[pytest.Item], part: int, of: int) -> list[pytest.Item]:
    """A part of the tests: cases of one function in turns, tests that use what their module set up all together."""
    modules: dict[str, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.nodeid.partition("::")[0], []).append(item)
    groups: list[list[pytest.Item]] = []
    for own in modules.values():
        size = len(own) if any(map(_shares, own)) else _TOGETHER
        groups += [own[at : at + size] for at in range(0, len(own), size)]
    return [item for group in groups[part::of] for item in group]


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


def _child(count: int, seeds: Sequence[int], jobs: int) -> int:
    """Try the conditions in this process, which has nothing of the package loaded yet."""
    known = every(_PACKAGE)
    draws = {seed: draw(_PACKAGE, count, seed) if count else known for seed in seeds}
    drawn = list(dict.fromkeys(mutant for one in draws.values() for mutant in one))
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
    for mutant in drawn:
        if result := trial.results[mutant]:
            said = " ".join(mutant.condition.split())[:100]
            print(f"{mutant.file}:{mutant.line}: {said} → {mutant.instead}: {result}")
    if not count:
        alive = Counter(mutant.file for mutant in drawn if trial.results[mutant])
        for file, total in Counter(mutant.file for mutant in drawn).items():
            print(f"{file}: {alive[file]} of {total}")
    spent = sum(os.times()[:4]) / 60
    missed = {seed: sum(bool(trial.results[mutant]) for mutant in one) for seed, one in draws.items()}
    for seed, one in draws.items():
        print(
            f"{missed[seed]} of {len(one)} conditions can be switched off unnoticed "
            f"(seed {seed}; {len(known)} in all; {spent:.0f} minutes of processor time)"
        )
    return 1 if any(missed[seed] > len(one) / 10 for seed, one in draws.items()) else 0


def main(count: int = 100, seeds: str = "1", jobs: int = 2) -> int:
    """Try ``count`` conditions (0: all) of each seed and print those that survive; 1 where more than a tenth do."""
    asked = [sys.executable, __file__, "try", str(count), seeds, str(jobs)]
    return subprocess.run(asked, check=False).returncode


if __name__ == "__main__":
    tried = sys.argv[1:2] == ["try"]
    count, seeds, jobs = [*sys.argv[1 + tried :], *("100", "1", "2")[len(sys.argv) - 1 - tried :]]
    if tried:
        sys.exit(_child(int(count), [int(seed) for seed in seeds.split(",")], int(jobs)))
    sys.exit(main(int(count), seeds, int(jobs)))
