"""The commands ``consolidate`` and ``progress``: what holds on a day, and what was reached."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from doichieu.export import asked

#: The commands that :func:`run` knows.
COMMANDS = frozenset({"consolidate", "progress"})


def add(commands: Any) -> None:
    """Add the parsers of the commands."""
    whole = commands.add_parser("consolidate", help="văn bản có hiệu lực vào một ngày, đã gộp các sửa đổi")
    whole.add_argument("document", metavar="VĂN_BẢN", help="đường dẫn, mã hoặc số, ký hiệu")
    whole.add_argument("--corpus", type=Path, required=True, metavar="THƯ_MỤC", help="nơi tìm văn bản sửa đổi")
    whole.add_argument("--on", type=_day, metavar="NGÀY", help="ngày xem, dạng 2026-01-31; mặc định: hôm nay")
    whole.add_argument("--out", type=Path, default=Path(), metavar="THƯ_MỤC")
    whole.add_argument("--format", default="html,docx,akn,txt", metavar="DẠNG,…", help="html, docx, akn, txt, json")
    whole.add_argument("--lang", choices=("vi", "en"), default="vi")
    whole.add_argument(
        "--with-errors", action="store_true", help="áp dụng cả lệnh chỉ khớp khi bỏ qua một dấu chấm hoặc dấu phẩy"
    )
    told = commands.add_parser("progress", help="kết quả mà báo cáo nêu so với chỉ tiêu của kế hoạch")
    told.add_argument("reports", nargs="+", type=Path, metavar="BÁO_CÁO")
    told.add_argument("--plan", type=Path, required=True, metavar="KẾ_HOẠCH")
    told.add_argument("--on", type=_day, metavar="NGÀY", help="chỉ xét báo cáo đến ngày này, dạng 2026-01-31")
    told.add_argument("--corpus", type=Path, metavar="THƯ_MỤC", help="nơi tìm văn bản sửa đổi kế hoạch")
    told.add_argument("--out", type=Path, default=Path(), metavar="THƯ_MỤC")
    told.add_argument("--format", default="html,docx,xlsx", metavar="DẠNG,…", help="html, docx, xlsx")
    told.add_argument("--lang", choices=("vi", "en"), default="vi")
    told.add_argument(
        "--fail-on", default="", metavar="LOẠI,…", help="thoát với mã 3 nếu có, ví dụ behind,not_reported,contradiction"
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"cần một ngày dạng 2026-01-31, không phải “{text}”") from None


def run(args: argparse.Namespace) -> int:
    """Run one of the commands; returns the exit status."""
    from doichieu.running import consolidate, reported

    if args.command == "progress":
        return reported.run(
            args.reports,
            args.plan,
            args.out,
            on=args.on or "",
            corpus=args.corpus,
            formats=asked(args.format, reported.FORMATS, ""),
            fail_on=reported.kinds(args.fail_on),
            lang=args.lang,
        )
    on = args.on or date.today().isoformat()
    return consolidate.run(
        args.document,
        args.corpus,
        on,
        args.out,
        formats=asked(args.format, tuple(consolidate.ENDINGS), ""),
        lang=args.lang,
        with_errors=args.with_errors,
    )
