"""The wheel in a fresh environment of every Python that this machine has: the same tables, the examples of the docs."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

pytestmark = pytest.mark.long
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
#: What ``pip install doichieu`` may take on a disk, in megabytes of files; bytecode is made later, by running.
MOST = 450
CODE = """
import doichieu
document = doichieu.extract_text("II. MỤC TIÊU\\n\\n1. Đến năm 2030\\n\\n- 70% cán bộ cấp xã được bồi dưỡng.")
assert [(t.value, t.unit, t.deadline) for t in document.targets] == [(70.0, "%", "2030-12-31")], document.targets
assert len(doichieu.frames([document])["targets"]) == 1
import spacy
nlp = spacy.blank("vi") if __import__("importlib.util").util.find_spec("pyvi") else spacy.blank("xx")
nlp.add_pipe("doichieu_segment")
"""


def interpreter(version: str) -> str:
    """The path of a Python of this version on the machine; empty without one."""
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    places = [shutil.which(f"python{version}"), *map(str, sorted(kept.glob(f"{version}.*/bin/python")))]
    for place in filter(None, places):
        told = subprocess.run([place, "--version"], capture_output=True, text=True, check=False)
        if told.returncode == 0 and told.stdout.startswith(f"Python {version}."):
            return str(place)
    return ""


@pytest.mark.parametrize("version", VERSIONS)
def test_every_python_gives_the_same_tables(version: str, wheel: Path, tmp_path: Path, clean: dict[str, str]) -> None:
    python = interpreter(version)
    if not python:
        pytest.skip(f"no Python {version} on this machine")
    subprocess.run([python, "-m", "venv", str(tmp_path / "venv")], check=True, env=clean)
    own = tmp_path / "venv" / "bin" / "python"
    before = size(tmp_path / "venv")
    subprocess.run([own, "-m", "pip", "install", "-q", "--no-compile", str(wheel)], check=True, env=clean)
    assert size(tmp_path / "venv") - before < MOST * 1e6
    subprocess.run([own, "-c", CODE], check=True, env=clean, cwd=tmp_path)
    out = tmp_path / "out"
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    subprocess.run(
        [own, "-m", "doichieu.cli", "extract", "corpus", "--out", str(out), "--quiet"],
        check=True,
        env=clean,
        cwd=tmp_path,
    )
    here = tmp_path / "here"
    subprocess.run(
        [sys.executable, "-m", "doichieu.cli", "extract", "corpus", "--out", str(here), "--quiet"],
        check=True, cwd=tmp_path,
    )  # fmt: skip
    names = sorted(path.name for path in here.glob("*.csv"))
    assert filecmp.cmpfiles(here, out, names, shallow=False) == (names, [], [])


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
