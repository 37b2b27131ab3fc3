"""What this machine can read and write: Python packages and system programs, and how to add what is missing."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from doichieu.errors import install_command


class Program(NamedTuple):
    """A program of the system: the names that it may have, and what brings it under apt, dnf and winget."""

    names: tuple[str, ...]
    apt: str
    dnf: str
    winget: str


class Capability(NamedTuple):
    """One thing the product can do, and what it needs for it.

    ``modules`` are importable names of Python packages in the extra ``extra``; ``program`` is what must be on PATH
    besides.
    """

    name: str
    modules: tuple[str, ...] = ()
    extra: str = ""
    program: Program | None = None


_LIBREOFFICE = Program(
    ("soffice", "libreoffice"),
    "libreoffice-writer-nogui libreoffice-calc-nogui",
    "libreoffice-writer libreoffice-calc",
    "TheDocumentFoundation.LibreOffice",
)
_TESSERACT = Program(
    ("tesseract",), "tesseract-ocr tesseract-ocr-vie", "tesseract tesseract-langpack-vie", "UB-Mannheim.TesseractOCR"
)
_CHROMIUM = Program(("chromium", "chromium-browser", "google-chrome"), "chromium", "chromium", "Google.Chrome")
_POSTGRES = Program(
    ("postgres", "pg_ctl", "pg_ctlcluster"), "postgresql", "postgresql-server", "PostgreSQL.PostgreSQL.17"
)


#: What people use.
CAPABILITIES: tuple[Capability, ...] = (
    Capability("đọc văn bản .txt, .md"),
    Capability("đọc Word .docx, .docm", ("lxml",)),
    Capability("đọc .doc, .odt, .rtf", ("lxml",), "", _LIBREOFFICE),
    Capability("đọc PDF có lớp chữ", ("pypdfium2",), "pdf"),
    Capability("đọc bản quét, ảnh .png, .jpg, .tif", ("pypdfium2", "PIL"), "scan", _TESSERACT),
    Capability("đọc trang web .html", ("lxml",)),
    Capability("đọc gói .zip"),
    Capability("ghi bảng CSV và mô tả dữ liệu"),
    Capability("ghi bảng JSON Lines, Excel, SQLite", ("xlsxwriter",)),
    Capability("ghi bảng Parquet", ("pyarrow",), "parquet"),
    Capability("ghi bảng DuckDB", ("duckdb",), "duckdb"),
    Capability("ghi vào PostgreSQL", ("psycopg",), "postgres"),
    Capability("chạy trên nhiều máy", ("distributed", "fsspec"), "cluster"),
    Capability("báo cáo HTML", ("jinja2", "underthesea")),
    Capability("báo cáo Excel", ("xlsxwriter", "openpyxl")),
    Capability("báo cáo Word", ("docxtpl",)),
    Capability("văn phòng trong trình duyệt (doichieu open, serve)", ("starlette", "uvicorn", "sqlalchemy"), "office"),
)
#: What only the tests of the product need.
TESTED: tuple[Capability, ...] = (
    Capability("chạy kiểm thử", ("pytest", "hypothesis"), "dev"),
    Capability("kiểm thử trang báo cáo trong trình duyệt", ("playwright",), "dev", _CHROMIUM),
    Capability("kiểm thử tệp văn phòng", (), "", _LIBREOFFICE),
    Capability("kiểm thử PostgreSQL", (), "", _POSTGRES),
)
#: The program that installs others, and how it is called.
_MANAGERS = (
    ("apt-get", "apt", "sudo apt-get install {}"),
    ("dnf", "dnf", "sudo dnf install {}"),
    ("winget", "winget", "winget install {}"),
)
#: Where systems put programs that are not on PATH.
_ELSEWHERE = ("/usr/lib/postgresql/*/bin",)


def how(program: Program) -> str:
    """The command that brings a program on this machine; every one that is known where it has no such command.

    >>> from unittest.mock import patch
    >>> with patch("shutil.which", lambda name: "/usr/bin/dnf" if name == "dnf" else None):
    ...     how(_TESSERACT)
    'sudo dnf install tesseract tesseract-langpack-vie'
    >>> with patch("shutil.which", lambda name: None):
    ...     how(_CHROMIUM)
    'sudo apt-get install chromium; sudo dnf install chromium; winget install Google.Chrome'
    """
    every = [(command, form.format(getattr(program, field))) for command, field, form in _MANAGERS]
    own = [words for command, words in every if shutil.which(command)]
    return own[0] if own else "; ".join(words for _, words in every)


def found(program: Program) -> str | None:
    """Where a program lies on this machine."""
    places = [None, *(str(place) for pattern in _ELSEWHERE for place in Path("/").glob(pattern.lstrip("/")))]
    return next((at for name in program.names for place in places if (at := shutil.which(name, path=place))), None)


def missing(capability: Capability) -> list[str]:
    """What is missing for a capability, each with the command that adds it; empty where it works."""
    out = []
    absent = [name for name in capability.modules if find_spec(name) is None]
    if absent:
        command = install_command(capability.extra) if capability.extra else "make setup"
        out.append(f"thiếu gói Python {', '.join(absent)}; cài bằng: {command}")
    if capability.program is None:
        return out
    if found(capability.program) is None:
        out.append(f"thiếu chương trình {capability.program.names[0]}; cài bằng: {how(capability.program)}")
    elif capability.program is _TESSERACT:
        from doichieu.reading.tesseract import available

        if not available():
            out.append(f"Tesseract chưa có dữ liệu tiếng Việt; cài bằng: {how(_TESSERACT)}")
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
    """Print one line a capability, what people use before what tests need.

    The exit status is 0: a missing extra is no failure.
    """
    for heading, capabilities in (("Để dùng:", CAPABILITIES), ("Chỉ để kiểm thử chương trình:", TESTED)):
        print(heading)
        for capability in capabilities:
            lacks = missing(capability)
            print(
                f"{'thiếu' if lacks else 'có   '}  {capability.name}" + "".join(f"\n         {lack}" for lack in lacks)
            )
        if capabilities is CAPABILITIES:
            for line in protection():
                print(line)
    return 0
