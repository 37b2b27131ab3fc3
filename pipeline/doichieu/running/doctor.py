"""What this machine can read and write: Python packages and system programs, and how to add what is missing."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from doichieu.errors import install_command


class Capability(NamedTuple):
    """One thing the product can do, and what it needs for it.

    ``modules`` are importable names of Python packages in the extra ``extra``; ``programs`` are alternatives, one of
    which must be on PATH; ``debian`` names the packages that bring them.
    """

    name: str
    modules: tuple[str, ...] = ()
    extra: str = ""
    programs: tuple[str, ...] = ()
    debian: tuple[str, ...] = ()


CAPABILITIES: tuple[Capability, ...] = (
    Capability("đọc văn bản .txt, .md"),
    Capability("đọc Word .docx, .docm", ("lxml",)),
    Capability("đọc .doc, .odt, .rtf", ("lxml",), "", ("soffice", "libreoffice"), ("libreoffice-writer-nogui",)),
    Capability("đọc PDF có lớp chữ", ("pypdfium2",), "pdf"),
    Capability(
        "đọc bản quét, ảnh .png, .jpg, .tif",
        ("pypdfium2", "PIL"),
        "scan",
        ("tesseract",),
        ("tesseract-ocr", "tesseract-ocr-vie"),
    ),
    Capability("đọc trang web .html", ("lxml",)),
    Capability("đọc gói .zip"),
    Capability("ghi bảng CSV và mô tả dữ liệu"),
    Capability("ghi bảng JSON Lines, Excel, SQLite", ("xlsxwriter",)),
    Capability("ghi bảng Parquet", ("pyarrow",), "parquet"),
    Capability("ghi bảng DuckDB", ("duckdb",), "duckdb"),
    Capability("chạy trên nhiều máy", ("distributed", "fsspec"), "cluster"),
    Capability("báo cáo HTML", ("jinja2", "underthesea")),
    Capability("báo cáo Excel", ("xlsxwriter", "openpyxl")),
    Capability("báo cáo Word", ("docxtpl",)),
    Capability("kiểm thử trang báo cáo trong trình duyệt", ("playwright",), "dev", ("chromium",), ("chromium",)),
    Capability(
        "kiểm thử tệp văn phòng",
        (),
        "",
        ("soffice", "libreoffice"),
        ("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
    ),
)


def missing(capability: Capability) -> list[str]:
    """What is missing for a capability, each with the command that adds it; empty where it works."""
    out = []
    absent = [name for name in capability.modules if find_spec(name) is None]
    if absent:
        how = install_command(capability.extra) if capability.extra else "make setup"
        out.append(f"thiếu gói Python {', '.join(absent)}; cài bằng: {how}")
    if "tesseract" in capability.programs and shutil.which("tesseract"):
        from doichieu.reading.scan import INSTALL, available

        if not available():
            out.append(f"Tesseract chưa có dữ liệu tiếng Việt; cài bằng: {INSTALL}")
    program = next((found for name in capability.programs if (found := shutil.which(name))), None)
    if capability.programs and program is None:
        out.append(
            f"thiếu chương trình {capability.programs[0]}; cài bằng: apt-get install {' '.join(capability.debian)}"
        )
    return out


def protection() -> list[str]:
    """What this system lets workers be held to, as lines for a person."""
    import subprocess
    import sys

    from doichieu.processes.limits import memory_words

    code = "import sys; from doichieu.processes.limits import without_network as w; sys.exit(0 if w() else 3)"
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {root!r}); {code}"],
        check=False,
        capture_output=True,
        timeout=60,
    )
    network = (
        "có     tệp được đọc trong tiến trình không nối mạng"
        if done.returncode == 0
        else "thiếu  hệ thống không cho tách mạng: tệp được đọc trong tiến trình vẫn thấy mạng"
    )
    limits = (
        f"có     giới hạn bộ nhớ, thời gian, tệp mở của mỗi tiến trình đọc tệp ({memory_words()})"
        if find_spec("resource") is not None
        else "thiếu  hệ thống không có giới hạn bộ nhớ cho tiến trình; chỉ giới hạn thời gian"
    )
    return [network, limits]


def main() -> int:
    """Print one line a capability; the exit status is 0: a missing extra is no failure."""
    for capability in CAPABILITIES:
        lacks = missing(capability)
        print(
            f"{'có   ' if not lacks else 'thiếu'}  {capability.name}" + "".join(f"\n         {lack}" for lack in lacks)
        )
    for line in protection():
        print(line)
    return 0
