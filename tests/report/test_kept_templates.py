"""Templates that were compiled before are not compiled again; what is damaged, or of another text, is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from doichieu.report.templates import compiled_templates


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    from doichieu.report import templates

    import_place = Path(tmp_path, *Path(templates.__file__).parent.parts[1:])
    import_place.mkdir(parents=True)


def compiled(text: str = "{{ a }} hộ") -> int:
    """How many templates had to be compiled to print one."""
    made: list[str] = []

    class Counting(Environment):
        def compile(self, source: str, *given: object, **more: object) -> object:  # type: ignore[override]
            made.append(source)
            return super().compile(source, *given, **more)  # type: ignore[call-overload]

    environment = Counting(loader=DictLoader({"a": text}), autoescape=True, bytecode_cache=compiled_templates())
    assert environment.get_template("a").render(a="<12>") == text.replace("{{ a }}", "&lt;12&gt;")
    return len(made)


def test_once_is_enough(tmp_path: Path) -> None:
    assert [compiled(), compiled()] == [1, 0]
    assert compiled("{{ a }} người") == 1
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.parametrize("damage", [lambda data: data[:-3], lambda data: data[:-1] + b"?", lambda data: b""])
def test_what_is_damaged_is_compiled_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    compiled()
    (path,) = tmp_path.rglob("*.template")
    path.write_bytes(damage(path.read_bytes()))
    assert [compiled(), compiled()] == [1, 0]


def test_a_folder_that_is_not_there_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "none"))
    assert [compiled(), compiled()] == [1, 1]


def test_nothing_is_kept_where_python_keeps_no_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled_templates() is None
