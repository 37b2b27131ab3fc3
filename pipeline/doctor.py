"""What this machine can read and write: Python packages and system programs, and how to add what is missing."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from typing import NamedTuple


class Capability(NamedTuple):
    """One thing the product can do, and what it needs for it.

    ``modules`` are importable names of Python packages in the extra ``extra``; ``programs`` are alternatives, one of
    which must be on PATH; ``debian`` names the packages that bring them; ``language`` is a Tesseract language.
    """

    name: str
    modules: tuple[str, ...] = ()
    extra: str = ""
    programs: tuple[str, ...] = ()
    debian: tuple[str, ...] = ()
    language: str = ""


CAPABILITIES: tuple[Capability, ...] = (
    Capability("đọc .txt, .md"),
    Capability("đọc .docx", ("lxml",), "files"),
    Capability("đọc .html", ("lxml", "selectolax"), "files"),
    Capability("đọc .doc, .odt, .rtf", ("lxml",), "files", ("soffice", "libreoffice"), ("libreoffice-writer-nogui",)),
    Capability("đọc .pdf có lớp chữ", ("pypdfium2",), "files"),
    Capability(
        "đọc bản quét và ảnh", ("pypdfium2", "PIL"), "files", ("tesseract",), ("tesseract-ocr", "tesseract-ocr-vie"), "vie"
    ),
    Capability("ghi bảng CSV, JSON, XLSX, SQLite", ("xlsxwriter",)),
    Capability("ghi bảng Parquet, DuckDB", ("pyarrow", "duckdb"), "formats"),
    Capability("chạy trên nhiều máy", ("distributed", "fsspec"), "cluster"),
)


def missing(capability: Capability) -> list[str]:
    """What is missing for a capability, each with the command that adds it; empty where it works."""
    out = []
    absent = [name for name in capability.modules if find_spec(name) is None]
    if absent:
        package = f"doichieu[{capability.extra}]" if capability.extra else "doichieu"
        out.append(f"thiếu gói Python {', '.join(absent)}; cài bằng: pip install '{package}'")
    program = next((found for name in capability.programs if (found := shutil.which(name))), None)
    if capability.programs and program is None:
        out.append(f"thiếu chương trình {capability.programs[0]}; cài bằng: apt-get install {' '.join(capability.debian)}")
    elif program is not None and capability.language and not _speaks(program, capability.language):
        out.append(f"tesseract thiếu ngôn ngữ {capability.language}; cài bằng: apt-get install {capability.debian[-1]}")
    return out


def _speaks(tesseract: str, language: str) -> bool:
    try:
        done = subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return language in (done.stdout + done.stderr).split()


def main() -> int:
    """Print one line a capability; the exit status is 0: a missing extra is no failure."""
    for capability in CAPABILITIES:
        lacks = missing(capability)
        print(f"{'có   ' if not lacks else 'thiếu'}  {capability.name}" + "".join(f"\n         {lack}" for lack in lacks))
    return 0
