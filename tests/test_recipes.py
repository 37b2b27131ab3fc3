"""The five recipes of docs/CONTRIBUTING.md, followed step by step."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from doichieu import export, schema
from doichieu.lexicon import load
from doichieu.model import Source
from doichieu.reading import dispatch, formats
from doichieu.schema import Column, Table

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_places_that_the_guide_names_exist() -> None:
    package = ROOT / "pipeline" / "doichieu"
    for name in re.findall(r"`([\w/]+\.(?:py|toml|md))`", GUIDE):
        assert (ROOT / name).exists() or (package / name).exists(), name
    for name in re.findall(r"`(?:make) (\w+)", GUIDE):
        assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), name


def test_a_comparator(tmp_path: Path) -> None:
    entry = next(e for e in load("comparators")["before"] if e["operator"] == ">=")
    words = ", ".join(f'"{word}"' for word in [*entry["words"], "chí ít"])
    (tmp_path / "comparators.toml").write_text(
        f'[[before]]\noperator = ">="\nwords = [{words}]\nexamples = ["chí ít 40%"]\n', encoding="utf-8"
    )
    code = (
        "from doichieu import extract_text\n"
        "text = 'I. MỤC TIÊU\\n\\n1. Đến năm 2030\\n\\n- Chí ít 40% cán bộ được bồi dưỡng.'\n"
        "print([(t.operator, t.value) for t in extract_text(text).targets])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "DOICHIEU_LEXICON": str(tmp_path)},
    )  # fmt: skip
    assert done.stdout.strip() == "[('>=', 40.0)]"


def test_a_verdict() -> None:
    recipe = GUIDE.split("2. **A verdict.**")[1].split("\n")[0]
    test = (ROOT / "tests" / "test_kinds.py").read_text(encoding="utf-8")
    for name in re.findall(r"`([\w/]+)\.(?:py|toml|md)`", recipe):
        assert name.rpartition("/")[2].removeprefix("test_") in test or name.endswith(("model/kinds", "test_kinds")), (
            name
        )


def test_an_output_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(tables: Sequence[Table], out: Path) -> list[Path]:
        (out / "names.lst").write_text("\n".join(table.name for table in tables), encoding="utf-8")
        return [out / "names.lst"]

    module = ModuleType("doichieu.export.names")
    module.write = write  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(export._WRITERS, "names", (module.__name__, "", ""))
    (tmp_path / "targets.csv").write_text("document_id\n", encoding="utf-8")
    assert export.write(["names"], tmp_path) == [tmp_path / "names.lst"]
    assert (tmp_path / "names.lst").read_text(encoding="utf-8") == "targets"


def test_a_file_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("doichieu.reading.shout")
    module.read_shout = lambda path: Source(path.stem, str(path), "", "shout", path.read_text().lower())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    entry = formats.FileType(kind="shout", endings=(".shout",), reader="shout:read_shout")
    monkeypatch.setitem(formats.BY_KIND, "shout", entry)
    (tmp_path / "a.shout").write_text("XIN", encoding="utf-8")
    (source,) = dispatch.read_here(tmp_path / "a.shout", "shout")
    assert source.text == "xin"


class Row(NamedTuple):
    known: str


def test_a_column_without_a_field_is_told_at_once() -> None:
    from doichieu.model import Percentage

    table = Table("percentages", Percentage, "", (Column("unheard_of", "string", ""),), ())
    with pytest.raises(TypeError, match=r"percentages\.unheard_of"):
        schema._hold([table])
