"""Who may import whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "pipeline"
#: Layers from the bottom: a module imports only from its own layer or those below, but for calls at run time.
LAYERS = [
    {"model", "errors", "workers"},
    {"numerals", "lexicon"},
    {"text"},
    {"segmentation", "segment", "reading", "analysis"},
    {"extraction"},
    {"resolve"},
    {"nlp", "dimensions", "populations", "counterparts", "algebra", "wording", "surroundings"},
    {"align", "declarations", "duties", "schema"},
    {"compare", "tables"},
    {"report"},
    {"parts", "store", "writing", "state", "progress"},
    {"run", "differ", "evaluate", "gains", "bench", "portfolio", "chain", "metamorphic", "export", "doctor", "cluster"},
    {"arguments", "cli"},
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py" or p.parent != PACKAGE)


def top(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, *, everywhere: bool) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if everywhere else iter(tree.body)
    found = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    own = RANK[top(path)]
    for name in imports(path, everywhere=False):
        parts = name.split(".")
        if parts[0] == "pipeline" and len(parts) > 1:
            assert RANK[parts[1]] <= own, f"{path.name} imports {name}"


@pytest.mark.parametrize("library", ["spacy", "underthesea"])
def test_one_module_for_each_language_library(library: str) -> None:
    users = {path.name for path in modules() if any(name.split(".")[0] == library for name in imports(path, everywhere=True))}
    assert users <= {"nlp.py", "peers.py"}


def test_the_model_imports_nothing_of_ours() -> None:
    assert not [name for name in imports(PACKAGE / "model.py", everywhere=True) if name.startswith("pipeline")]
