"""What the bench says of a run is what a run says of itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from doichieu.quality.bench import command


def test_the_tables_after_the_last_document_are_a_part_of_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(2):
        (folder / f"kh{number}.txt").write_text(f"- {number + 7}0% hộ dân dùng nước sạch.\n", encoding="utf-8")
    after, whole = command.after_the_last(folder, tmp_path)
    assert 0 < after < whole
    assert (tmp_path / "out" / "targets.csv").is_file()


def test_a_run_that_falls_tells_no_figure(tmp_path: Path) -> None:
    with pytest.raises(ChildProcessError):
        command.after_the_last(tmp_path / "none", tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        command.called(["extract", str(tmp_path / "none"), "--out", str(tmp_path / "out")], tmp_path)
