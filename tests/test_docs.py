"""The README and the guides in docs/ are executed: their Python, their commands; pictures and links exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDES = {p.name: p.read_text(encoding="utf-8") for p in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]}
PYTHON = [
    pytest.param(code, id=f"{name}-{number}")
    for name, text in GUIDES.items()
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
]


@pytest.mark.parametrize("code", PYTHON)
def test_python_examples_run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def commands() -> list[str]:
    return [
        line
        for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
        for line in block.splitlines()
        if "doichieu " in line
    ]


@pytest.mark.parametrize("line", commands())
def test_commands_run(line: str, tmp_path: Path) -> None:
    words = [w.replace("ket-qua", str(tmp_path)) for w in shlex.split(line, comments=True)][1:]
    done = subprocess.run(
        [sys.executable, "-m", "doichieu.cli", *words], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"`?make ([a-z]+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_command_is_documented() -> None:
    from doichieu.cli import parser

    actions = [a for a in parser()._actions if getattr(a, "choices", None) and a.dest == "command"]
    for name in actions[0].choices or ():
        assert any(f"doichieu {name}" in text for text in GUIDES.values()), f"doichieu {name} is in no guide"


def test_links_and_pictures_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).is_file(), target
