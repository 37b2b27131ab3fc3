"""The command line: thin; every command imports what it needs when it runs."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from doichieu import __version__
from doichieu.cli import amending, console, office, reading, surveying, tables
from doichieu.cli.arguments import Parser
from doichieu.errors import DoichieuError, UsageError

#: The commands, by the module that reads their arguments and runs them.
_GROUPS = (reading, surveying, amending, tables, office)


def parser(command: str = "") -> argparse.ArgumentParser:
    """The command line as argparse sees it; with the name of a ``command`` only what belongs to it."""
    top = Parser(
        prog="doichieu",
        description=(
            "Đọc nghị quyết, kế hoạch; lấy ra chỉ tiêu, nhiệm vụ, thời hạn; đối chiếu văn bản cấp dưới với văn "
            "bản cấp trên."
        ),
    )
    top.add_argument("--version", action="version", version=f"doichieu {__version__}", help="in phiên bản")
    commands = top.add_subparsers(dest="command", required=True, metavar="LỆNH")
    asked = [group for group in _GROUPS if command in group.COMMANDS]
    for group in asked or _GROUPS:
        group.add(commands)
    if asked:
        return top
    evaluate = commands.add_parser("evaluate", help="so kết quả với bản chú giải mẫu")
    evaluate.add_argument("extracted", type=Path, metavar="KẾT_QUẢ")
    evaluate.add_argument("gold", type=Path, metavar="MẪU")
    evaluate.add_argument("--corpus", type=Path, metavar="THƯ_MỤC")
    evaluate.add_argument("--diffs", type=Path, metavar="THƯ_MỤC")
    evaluate.add_argument("--errors", action="store_true", help="in từng chỗ sai trong câu của nó")
    evaluate.add_argument("--json", action="store_true")
    commands.add_parser("doctor", help="cho biết máy này đọc được những định dạng nào và còn thiếu gì")
    gains = commands.add_parser("gains", help="so kết quả hiện tại với một bản mã trước: dòng nào thêm, mất, đổi")
    gains.add_argument("revision", nargs="?", default="HEAD", metavar="BẢN", help="bản git để so, mặc định HEAD")
    gains.add_argument("folder", nargs="?", type=Path, metavar="THƯ_MỤC", help="tập văn bản, mặc định corpus")
    bench = commands.add_parser("bench", help="đo tốc độ các bước trên tập văn bản mẫu")
    bench.add_argument("--full", action="store_true", help="đo cả mức mười nghìn văn bản (vài phút)")
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 some input unreadable, 2 wrong call, 3 ``--fail-on``
    found)."""
    console.prepare()
    words = sys.argv[1:] if argv is None else argv
    args = parser(words[0] if words else "").parse_args(words)
    try:
        if os.environ.get("DOICHIEU_LEXICON"):
            from doichieu.lexicon import check_own

            check_own()
        status = _run(args)
    except DoichieuError as error:
        status = 2
        with contextlib.suppress(OSError):
            print(f"doichieu: {error}", file=sys.stderr)
    except BrokenPipeError:
        status = 0
    except KeyboardInterrupt:
        status = 130
        with contextlib.suppress(OSError):
            print("doichieu: đã dừng theo yêu cầu.", file=sys.stderr)
    console.finish()
    return status


def _part(name: str) -> Any:
    """A module of the package that an installation may lack; :class:`doichieu.errors.UsageError` where it does."""
    from importlib import import_module

    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise UsageError(f"Bản cài đặt này thiếu phần cần cho lệnh: {error.name}.") from error


def _run(args: argparse.Namespace) -> int:
    for group in _GROUPS:
        if args.command in group.COMMANDS:
            return int(group.run(args))
    if args.command == "evaluate":
        return int(_part("doichieu.quality.evaluate").main(args))
    if args.command == "doctor":
        return int(_part("doichieu.running.doctor").main())
    if args.command == "gains":
        return int(_part("doichieu.quality.gains").main(args.revision, args.folder))
    return int(_part("doichieu.quality.bench").main(full=args.full))


if __name__ == "__main__":
    sys.exit(main())
