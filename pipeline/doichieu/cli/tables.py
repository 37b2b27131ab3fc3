"""The commands about what a run left: ``schema``, ``changes``, ``tap``, ``agencies`` and ``decisions``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from doichieu.errors import UsageError

#: The commands that :func:`run` knows.
COMMANDS = frozenset({"schema", "changes", "tap", "agencies", "decisions"})


def add(commands: Any) -> None:
    """Add the parsers of the commands."""
    decisions = commands.add_parser("decisions", help="đọc ý kiến rà soát đã đánh dấu trong report.xlsx")
    decisions.add_argument("action", choices=("import",))
    decisions.add_argument("workbook", type=Path, metavar="report.xlsx")
    decisions.add_argument("--out", type=Path, default=Path("decisions.json"), metavar="decisions.json")
    decisions.add_argument(
        "--reviewer", default="", metavar="TÊN", help="tên người rà soát, ghi vào các ý kiến chưa có tên"
    )
    schema = commands.add_parser("schema", help="in mô tả các bảng (datapackage)")
    schema.add_argument("--document", action="store_true", help="in JSON Schema của documents/<tên>.json")
    changes = commands.add_parser("changes", help="những gì đổi giữa hai thư mục kết quả, từng dòng một (JSON Lines)")
    changes.add_argument("folders", type=Path, nargs="+", metavar="CŨ MỚI", help="hai thư mục kết quả, hoặc chỉ MỚI")
    changes.add_argument(
        "--since-run",
        metavar="MÃ",
        help="mã lần chạy (run.json) thay cho CŨ; thư mục của nó được tìm cạnh MỚI",
    )
    tap = commands.add_parser("tap", help="các bảng, hoặc những gì đổi từ --old, thành luồng Singer")
    tap.add_argument("folder", type=Path, metavar="MỚI")
    tap.add_argument("--old", type=Path, metavar="CŨ", help="thư mục kết quả trước; không có: mọi dòng")
    bodies = commands.add_parser("agencies", help="tên cơ quan nào là cơ quan nào (JSON Lines, như OpenRefine)")
    bodies.add_argument("action", choices=("match",), metavar="match")
    bodies.add_argument("names", nargs="+", metavar="TÊN")
    bodies.add_argument("--in", dest="folder", type=Path, metavar="THƯ_MỤC", help="tìm cả trong agencies.csv ở đó")


def run(args: argparse.Namespace) -> int:
    """Run one of :data:`COMMANDS`; returns the exit status."""
    if args.command == "changes":
        return _changes(args.folders, args.since_run)
    if args.command == "agencies":
        return _match(args.names, args.folder)
    if args.command == "tap":
        return _tap(args.folder, args.old)
    if args.command == "decisions":
        return _take_over(args.workbook, args.out, args.reviewer)
    from doichieu.running import described

    sys.stdout.write(described.json_schema() if args.document else described.data_package())
    return 0


def _changes(folders: list[Path], since: str | None) -> int:
    """The feed of changes on standard output."""
    import msgspec

    from doichieu.running.changes import between, folder_of_run

    if since is not None and len(folders) == 1:
        folders = [folder_of_run(since, folders[0].resolve().parent), folders[0]]
    if len(folders) != 2:
        raise UsageError("changes cần hai thư mục kết quả CŨ và MỚI, hoặc MỚI và --since-run MÃ.")
    for change in between(*folders):
        sys.stdout.write(msgspec.json.encode(change).decode() + "\n")
    return 0


def _match(names: list[str], folder: Path | None) -> int:
    """The bodies that each name may mean."""
    import msgspec

    from doichieu.running.matching import candidates, known_in

    known = known_in(folder) if folder is not None else []
    for name in names:
        sys.stdout.write(msgspec.json.encode({"query": name, "result": candidates(name, known)}).decode() + "\n")
    return 0


def _tap(folder: Path, old: Path | None) -> int:
    """The tables as a Singer stream on standard output."""
    import msgspec

    from doichieu.running.tap import messages

    for message in messages(folder, old):
        sys.stdout.write(msgspec.json.encode(message).decode() + "\n")
    return 0


def _take_over(workbook: Path, out: Path, reviewer: str) -> int:
    """Opinions of a marked workbook into a file; what stands against one that the file has is told."""
    from doichieu.running.opinions import take_over

    count = take_over(workbook, out, reviewer, lambda line: print(f"doichieu: {line}", file=sys.stderr))
    print(f"Đã đọc {count} ý kiến rà soát vào {out}.")
    return 0
