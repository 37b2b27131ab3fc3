"""Who may import whom: every import counts, inside a function and under ``TYPE_CHECKING`` too."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "pipeline" / "doichieu"
#: The rooms of the house from the ground up: a module imports from its own room or from those below, never upwards.
FLOORS = [
    {"errors", "numerals", "alphabet"},
    {"model"},
    {"lexicon", "schema", "processes"},
    {"text"},
    {"naming", "tables", "segmentation"},
    {"reading", "extraction"},
    {"analyse", "resolve"},
    {"nlp", "comparison", "amending", "export"},
    {"report"},
    {"running"},
    {"office", "quality"},
    {"cli"},
]
FLOOR = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
#: The rooms inside the extraction, from the ground up.
INNER = ["citations", "amendments", "times", "head", "agencies", "tasks", "targets", "results", "checks"]
#: The rooms inside the comparison, from the ground up; what stands beside them puts their answers together.
COMPARED = ["authorities", "meaning", "relations", "pairing", "owed", "duties", "several"]


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.name != "__init__.py")


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in modules()}


def imports(path: Path) -> set[str]:
    """The modules that a file names in import statements anywhere in it; ``from a import b`` is ``a.b`` where that is
    one."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            module = node.module or ""
            for alias in node.names:
                full = f"{module}.{alias.name}"
                found.add(full if full in NAMES else module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


GRAPH = {name: {n for n in imports(path) if n in NAMES and n != name} for name, path in NAMES.items()}


def room(name: str) -> str:
    return name.split(".")[1]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_imports_point_downwards(name: str) -> None:
    for other in GRAPH[name]:
        same = room(other) == room(name)
        assert same or FLOOR[room(other)] < FLOOR[room(name)], f"{name} imports {other}"


@pytest.mark.parametrize("name", sorted(n for n in NAMES if n.startswith("doichieu.extraction.")))
def test_rooms_of_the_extraction(name: str) -> None:
    own = INNER.index(name.split(".")[2])
    for other in GRAPH[name]:
        if room(other) == "extraction" and other.count(".") > 1:
            assert INNER.index(other.split(".")[2]) <= own, f"{name} imports {other}"


@pytest.mark.parametrize("name", sorted(n for n in NAMES if n.startswith("doichieu.comparison.")))
def test_rooms_of_the_comparison(name: str) -> None:
    own = name.split(".")[2]
    for other in GRAPH[name]:
        if room(other) == "comparison" and other.count(".") > 1 and own in COMPARED[:-1]:
            inner = other.split(".")[2]
            assert inner in COMPARED, f"{name} imports {other}"
            assert COMPARED.index(inner) <= COMPARED.index(own), f"{name} imports {other}"


def test_no_circle_of_modules() -> None:
    try:
        list(TopologicalSorter(GRAPH).static_order())
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_only_the_ground_stands_at_the_root() -> None:
    at_root = {p.stem for p in PACKAGE.glob("*.py")} - {"__init__"}
    assert at_root <= {
        "errors",
        "numerals",
        "alphabet",
        "text",
        "schema",
        "naming",
        "analyse",
        "resolve",
        "nlp",
    }


def test_the_house_stays_small_enough_to_hold_in_mind() -> None:
    rooms = {(room(name), room(other)) for name in NAMES for other in GRAPH[name] if room(name) != room(other)}
    assert len(FLOORS) <= 12
    assert len(rooms) <= 110


@pytest.mark.parametrize("library", ["spacy", "underthesea"])
def test_one_module_for_each_language_library(library: str) -> None:
    users = {name for name, path in NAMES.items() if any(n.split(".")[0] == library for n in imports(path))}
    assert users <= {"doichieu.nlp", "doichieu.quality.bench.peers"}


def test_the_model_imports_nothing_of_ours() -> None:
    for name, others in GRAPH.items():
        if name.startswith("doichieu.model"):
            assert all(other.startswith("doichieu.model") for other in others), name
