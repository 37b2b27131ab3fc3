"""The installed wheel beside a project that has modules and folders of our names, called from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 70% cán bộ cấp xã được bồi dưỡng.\n"
#: What a project of somebody else may have lying in its folder; running one of them is told at once.
TRAPS = ("pipeline", "templates", "tests", "msgspec", "model", "workers", "lexicon", "lap", "pandas")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content, as an installation would."""
    place = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site")
    return place / "site"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Somebody's folder: every trap writes a file when it is run."""
    for name in TRAPS:
        (tmp_path / f"{name}.py").write_text(
            f"import pathlib\npathlib.Path(__file__).with_suffix('.run').touch()\nraise SystemExit('{name} was run')\n",
            encoding="utf-8",
        )
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "trang.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    return tmp_path


def run(site: Path, project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command as its installed script calls it: the folder of the call is on no search path."""
    code = "import sys; from doichieu.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *words],
        cwd=project, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(site)},
    )  # fmt: skip


def test_the_wheel_carries_everything(site: Path) -> None:
    assert {p.name for p in site.iterdir() if not p.name.endswith(".dist-info")} == {"doichieu"}
    assert (site / "doichieu" / "_templates" / "report.html.j2").is_file()
    assert sorted(p.name for p in (site / "doichieu" / "lexicon").glob("*.toml")) == sorted(
        p.name for p in (ROOT / "pipeline" / "doichieu" / "lexicon").glob("*.toml")
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_no_file_of_the_folder_is_run(site: Path, project: Path, jobs: str) -> None:
    done = run(site, project, "extract", "a.txt", "b.txt", "trang.html", "--out", "ra", "--jobs", jobs)
    assert done.returncode == 0, done.stderr
    done = run(site, project, "diff", "a.txt", "--parent", "b.txt", "--out", "so-sanh")
    assert done.returncode == 0, done.stderr
    assert not list(project.glob("*.run"))
    assert (project / "so-sanh" / "a__b" / "report.html").is_file()


def test_a_project_with_its_own_pipeline_keeps_its_spacy(site: Path, tmp_path: Path) -> None:
    (tmp_path / "pipeline.py").write_text("VALUE = 1\n", encoding="utf-8")
    code = "import pipeline, spacy; spacy.blank('en').add_pipe('doichieu_segment'); print(pipeline.VALUE)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(site)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "1"
