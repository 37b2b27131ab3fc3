"""Compiled patterns that are kept beside the bytecode: used where they are whole, made anew where they are not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from doichieu.processes import patterns

#: Compiles so many patterns that they are worth keeping; prints what they find, and how many had to be compiled.
_WORK = """
import re
from doichieu.processes import patterns
patterns.remember()
found = [re.compile(rf"(?P<n>\\d+) hộ {number}", re.I).search(f"x 12 HỘ {number}")["n"] for number in range(60)]
asked = len(patterns._in_use[0].new) if patterns._in_use else -1
patterns.keep()
print(*sorted(set(found)), asked)
"""


def work(folder: Path, **more: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONPYCACHEPREFIX": str(folder),
        "PYTHONDONTWRITEBYTECODE": "",
        **more,
    }
    done = subprocess.run([sys.executable, "-c", _WORK], env=environment, capture_output=True, text=True, check=True)
    assert not done.stderr
    return done.stdout.strip()


def kept(folder: Path) -> list[Path]:
    return list(folder.rglob("*.patterns"))


def test_a_second_process_compiles_nothing_that_the_first_did(tmp_path: Path) -> None:
    first, second = work(tmp_path), work(tmp_path)
    assert first.split()[0] == second.split()[0] == "12"
    assert int(first.split()[1]) >= 60
    assert int(second.split()[1]) == 0


def _cut(data: bytes) -> bytes:
    return data[:-7]


def _changed(data: bytes) -> bytes:
    return data[: len(data) // 2] + b"\0" + data[len(data) // 2 + 1 :]


@pytest.mark.parametrize("damage", [_cut, _changed])
def test_what_is_damaged_is_compiled_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    work(tmp_path)
    (path,) = kept(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    found, anew = work(tmp_path).split()
    assert found == "12"
    assert 0 < int(anew) < 60


def test_a_file_of_another_kind_is_made_anew(tmp_path: Path) -> None:
    work(tmp_path)
    (path,) = kept(tmp_path)
    path.write_bytes(path.read_bytes().upper())
    assert int(work(tmp_path).split()[1]) >= 60
    assert work(tmp_path) == "12 0"


def test_nothing_is_kept_where_python_keeps_no_bytecode(tmp_path: Path) -> None:
    assert work(tmp_path, PYTHONDONTWRITEBYTECODE="1") == "12 -1"
    assert not kept(tmp_path)


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("in the way", encoding="utf-8")
    assert work(place).startswith("12 ")


def test_code_that_the_engine_refuses_is_compiled_anew() -> None:
    known = patterns.Known()
    assert known.compiled("a(b)c", 0).search("xabc")
    entry = known.new[known.key("a(b)c", 0)]
    broken = patterns.Compiled(entry.flags, entry.code[:8], entry.groups, entry.names, entry.by_number)
    head, body = patterns.Kept.of({known.key("a(b)c", 0): patterns.msgspec.msgpack.encode(broken)})
    again = patterns.Known(lambda: patterns.Kept(patterns.msgspec.msgpack.decode(head), body))
    assert again.compiled("a(b)c", 0).search("xabc")


def test_a_wrong_pattern_is_told_as_ever() -> None:
    with pytest.raises(re.error, match="unterminated"):
        patterns.Known().compiled("a(b", 0)
