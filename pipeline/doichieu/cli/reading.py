"""The commands ``extract``, ``diff`` and ``report``: from files to tables, comparisons and pages."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from doichieu import export
from doichieu.cli.arguments import positive
from doichieu.errors import UsageError

#: The commands that :func:`run` knows.
COMMANDS = frozenset({"extract", "diff", "report"})


def add(commands: Any) -> None:
    """Add the parsers of the commands."""
    _add_extract(commands)
    _add_diff(commands)
    report = commands.add_parser("report", help="báo cáo của từng văn bản: trang, Word, Excel, lịch")
    report.add_argument("paths", nargs="+", type=Path, metavar="TỆP_HOẶC_THƯ_MỤC")
    report.add_argument("--out", type=Path, default=Path(), metavar="THƯ_MỤC")
    report.add_argument("--lang", choices=("vi", "en"), default="vi")
    _limits(report)


def _add_extract(commands: Any) -> None:
    extract = commands.add_parser("extract", help="đọc tệp và thư mục, ghi các bảng dữ liệu")
    extract.add_argument("paths", nargs="+", metavar="TỆP_HOẶC_THƯ_MỤC")
    extract.add_argument("--out", required=True, metavar="THƯ_MỤC", help="thư mục kết quả")
    extract.add_argument("--jobs", type=int, default=1, metavar="N", help="số tiến trình đọc cùng lúc, mặc định 1")
    extract.add_argument(
        "--format",
        default="csv",
        metavar="DẠNG,…",
        help=(
            "csv và documents/*.json luôn có; thêm: jsonl, xlsx, parquet, sqlite, duckdb, postgres, và cho từng văn "
            "bản: akn, ics, prov; chỉ “jsonl”: các bảng .jsonl, không có csv và documents/*.json, nhanh nhất"
        ),
    )
    _database(extract)
    extract.add_argument(
        "--cluster",
        metavar="tcp://MÁY:CỔNG",
        help="đọc trên một cụm dask.distributed đang chạy; kết quả là tập Parquet",
    )
    extract.add_argument(
        "--any-text",
        action="store_true",
        help="ghi chỉ tiêu, nhiệm vụ, thời hạn của cả bài viết, trang web, sách",
    )
    extract.add_argument(
        "--pretty",
        action="store_true",
        help="viết documents/*.json cho người đọc: mọi dòng của mọi bảng, mỗi giá trị một dòng",
    )
    extract.add_argument(
        "--verify", action="store_true", help="so nội dung mọi tệp với lần chạy trước, không tin cỡ và giờ của tệp"
    )
    _limits(extract)
    told = extract.add_mutually_exclusive_group()
    told.add_argument("--quiet", action="store_true", help="không in gì khi chạy")
    told.add_argument("--log-json", action="store_true", help="in diễn biến thành từng dòng JSON, cho máy đọc")


def _add_diff(commands: Any) -> None:
    diff = commands.add_parser("diff", help="đối chiếu văn bản cấp dưới với văn bản cấp trên")
    diff.add_argument("children", nargs="+", type=Path, metavar="CẤP_DƯỚI")
    diff.add_argument("--parent", dest="parents", action="append", nargs="+", type=Path, default=[], metavar="CẤP_TRÊN")
    diff.add_argument("--corpus", type=Path, metavar="THƯ_MỤC", help="nơi tìm văn bản cấp trên theo số hiệu được dẫn")
    diff.add_argument("--out", type=Path, required=True, metavar="THƯ_MỤC")
    diff.add_argument(
        "--fail-on", default="", metavar="LOẠI,…", help="thoát với mã 3 nếu có loại này, ví dụ looser,omitted"
    )
    diff.add_argument(
        "--decisions",
        type=Path,
        metavar="decisions.json",
        help=(
            "ý kiến rà soát lần trước (tệp lưu từ trang, hoặc report.xlsx đã đánh dấu); mặc định: "
            "decisions.json nằm cạnh báo cáo"
        ),
    )
    diff.add_argument("--template", type=Path, metavar="mau.docx", help="mẫu Word của cơ quan cho report.docx")
    diff.add_argument(
        "--authority",
        choices=("state", "party"),
        help="cơ quan ký ý kiến: state (Nhà nước, mặc định) hoặc party (Đảng); nhớ cho các lần sau",
    )
    diff.add_argument("--reviewer", metavar="TÊN", help="người rà soát, ghi vào từng ý kiến; nhớ cho các lần sau")
    diff.add_argument(
        "--pages", action="store_true", help="đưa trang in của PDF và bản quét vào báo cáo, có khung quanh nguyên văn"
    )
    diff.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ báo cáo")
    diff.add_argument(
        "--format",
        default="csv",
        metavar="DẠNG,…",
        help=(
            "csv luôn có; thêm: jsonl, xlsx, parquet, sqlite, duckdb, postgres, docx-comments (văn bản cấp dưới có "
            "nhận xét và sửa đổi đề nghị)"
        ),
    )
    _database(diff)
    diff.add_argument("--jobs", type=int, default=1, metavar="N", help="số tiến trình cùng lúc, mặc định 1")
    _limits(diff)


def _limits(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--memory", type=positive, metavar="MB", help="bộ nhớ tối đa của mỗi tiến trình đọc tệp, mặc định 2048 MB"
    )
    command.add_argument("--timeout", type=positive, metavar="GIÂY", help="thời gian tối đa cho một tệp, mặc định 1800")


def _database(command: argparse.ArgumentParser) -> None:
    """Where ``--format postgres`` writes."""
    command.add_argument(
        "--database", default="", metavar="postgresql://…", help="máy chủ PostgreSQL cho --format postgres"
    )


def run(args: argparse.Namespace) -> int:
    """Run one of :data:`COMMANDS`; returns the exit status."""
    from doichieu.running.bounds import bound, remember

    remember()
    bound(args.memory, args.timeout)
    if not 1 <= getattr(args, "jobs", 1) <= 256:
        raise UsageError("--jobs cần một số từ 1 đến 256.")
    return {"extract": _extract, "diff": _diff, "report": _report}[args.command](args)


def _extract(args: argparse.Namespace) -> int:
    from doichieu.running.progress import Progress
    from doichieu.running.run import ANALYSE, ANALYSE_ANY_TEXT, extract
    from doichieu.running.store import PER_DOCUMENT

    wanted = export.asked(args.format, (*export.FORMATS, *(name for name in PER_DOCUMENT if name != "json")))
    progress = Progress("quiet" if args.quiet else "json" if args.log_json else "auto")
    analyse = ANALYSE_ANY_TEXT if args.any_text else ANALYSE
    if args.cluster:
        refused = [name for name in wanted if name in PER_DOCUMENT or name in export.DATABASES]
        if refused:
            raise UsageError(f"--cluster không ghi dạng {', '.join(refused)}.")
        from doichieu.running.cluster import extract as on_cluster

        formats = [name for name in wanted if name != "parquet"]  # which is what a cluster writes in any case
        return on_cluster(args.paths, args.out, args.cluster, progress=progress, analyse=analyse, formats=formats)
    kinds = [name for name in wanted if name in PER_DOCUMENT]
    served = export.served(wanted, args.database)
    files = [name for name in wanted if name not in PER_DOCUMENT and name not in served]
    status = extract(
        [Path(path) for path in args.paths],
        Path(args.out),
        jobs=args.jobs,
        kinds=kinds,
        formats=files,
        progress=progress,
        analyse=analyse,
        pretty=args.pretty,
        verify=args.verify,
        lines=export.lines_alone(args.format) and not args.pretty,
    )
    if served:
        export.write(served, Path(args.out), database=args.database)
    return status


def _diff(args: argparse.Namespace) -> int:
    from doichieu.running import opinions
    from doichieu.running.differ import COMMENTS, diff, parse_kinds
    from doichieu.running.settings import remembered

    return diff(
        args.children,
        [path for group in args.parents for path in group],
        args.corpus,
        args.out,
        fail_on=parse_kinds(args.fail_on),
        decisions=opinions.load(args.decisions) if args.decisions else None,
        mends=opinions.load_mends(args.decisions) if args.decisions else (),
        lang=args.lang,
        formats=export.asked(args.format, (*export.FORMATS, COMMENTS)),
        database=args.database,
        template=args.template,
        pages=args.pages,
        reviewer=remembered("reviewer", args.reviewer),
        authority=remembered("authority", args.authority, "state"),
        jobs=args.jobs,
    )


def _report(args: argparse.Namespace) -> int:
    """The reports of single documents; each file written is named."""
    from doichieu.running.differ import report

    written, status = report(args.paths, args.out, args.lang)
    for path in written:
        print(path)
    return status
