"""The commands ``lineage`` and ``audit``: how documents hang together, and how good what was read is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from doichieu.cli.arguments import positive

#: The commands that :func:`run` knows.
COMMANDS = frozenset({"lineage", "audit"})


def add(commands: Any) -> None:
    """Add the parsers of the commands."""
    lineage = commands.add_parser(
        "lineage", help="cây văn bản của một thư mục: ai thực hiện ai, văn bản được dẫn mà không có, bản trùng"
    )
    lineage.add_argument("paths", nargs="+", type=Path, metavar="TỆP_HOẶC_THƯ_MỤC")
    audit = commands.add_parser("audit", help="rút ngẫu nhiên dòng kết quả để người đọc chấm, in độ chính xác")
    audit.add_argument("folder", type=Path, metavar="THƯ_MỤC", help="văn bản để rút")
    audit.add_argument("--rows", type=positive, default=60, metavar="N", help="số dòng mỗi bảng, mặc định 60")
    audit.add_argument("--seed", type=int, default=1, metavar="S", help="hạt giống, mặc định 1")
    audit.add_argument("--table", action="append", default=[], metavar="BẢNG", help="chỉ các bảng này (lặp lại được)")
    audit.add_argument("--out", type=Path, default=Path("audit.html"), metavar="trang.html")
    audit.add_argument("--judgements", type=Path, metavar="judgements.json", help="điểm đã chấm: chỉ in kết quả")


def run(args: argparse.Namespace) -> int:
    """Run one of :data:`COMMANDS`; returns the exit status."""
    if args.command == "audit":
        from doichieu.quality.audit import main

        return main(args)
    from doichieu.running.lineage import lines
    from doichieu.running.run import analyse_paths

    documents, problems = analyse_paths(args.paths)
    for line in lines(documents):
        sys.stdout.write(line + "\n")
    return 1 if any(problem.severity == "high" for problem in problems) else 0
