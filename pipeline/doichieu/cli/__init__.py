"""The command line: thin; every command imports what it needs when it runs."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from doichieu import __version__
from doichieu.cli import amending, console, office, surveying
from doichieu.cli.arguments import Parser, positive
from doichieu.errors import DoichieuError, UsageError
from doichieu.export import FORMATS
from doichieu.lexicon import check_own
from doichieu.processes.limits import MEMORY_VARIABLE, TIME_VARIABLE


def parser() -> argparse.ArgumentParser:
    """The command line as argparse sees it."""
    top = Parser(
        prog="doichieu",
        description=(
            "Đọc nghị quyết, kế hoạch; lấy ra chỉ tiêu, nhiệm vụ, thời hạn; đối chiếu văn bản cấp dưới với văn "
            "bản cấp trên."
        ),
    )
    top.add_argument("--version", action="version", version=f"doichieu {__version__}", help="in phiên bản")
    commands = top.add_subparsers(dest="command", required=True, metavar="LỆNH")
    extract = commands.add_parser("extract", help="đọc tệp và thư mục, ghi các bảng dữ liệu")
    extract.add_argument("paths", nargs="+", metavar="TỆP_HOẶC_THƯ_MỤC")
    extract.add_argument("--out", required=True, metavar="THƯ_MỤC", help="thư mục kết quả")
    extract.add_argument("--jobs", type=int, default=1, metavar="N", help="số tiến trình đọc cùng lúc, mặc định 1")
    extract.add_argument(
        "--format",
        default="csv",
        metavar="DẠNG,…",
        help="csv luôn có; thêm: jsonl, xlsx, parquet, sqlite, duckdb, postgres, và cho từng văn bản: akn, ics, prov",
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
        "--pretty", action="store_true", help="viết documents/*.json cho người đọc, mỗi giá trị một dòng"
    )
    extract.add_argument(
        "--verify", action="store_true", help="so nội dung mọi tệp với lần chạy trước, không tin cỡ và giờ của tệp"
    )
    _limits(extract)
    told = extract.add_mutually_exclusive_group()
    told.add_argument("--quiet", action="store_true", help="không in gì khi chạy")
    told.add_argument("--log-json", action="store_true", help="in diễn biến thành từng dòng JSON, cho máy đọc")
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
            "quyết định của người xem lần trước (tệp lưu từ trang, hoặc report.xlsx đã đánh dấu); mặc định: "
            "decisions.json nằm cạnh báo cáo"
        ),
    )
    diff.add_argument("--template", type=Path, metavar="mau.docx", help="mẫu Word của cơ quan cho report.docx")
    diff.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ báo cáo")
    diff.add_argument(
        "--format",
        default="csv",
        metavar="DẠNG,…",
        help="csv luôn có; thêm: jsonl, xlsx, parquet, sqlite, duckdb, postgres",
    )
    _database(diff)
    diff.add_argument("--jobs", type=int, default=1, metavar="N", help="số tiến trình cùng lúc, mặc định 1")
    _limits(diff)
    surveying.add(commands)
    report = commands.add_parser("report", help="báo cáo của từng văn bản: trang, Word, Excel, lịch")
    report.add_argument("paths", nargs="+", type=Path, metavar="TỆP_HOẶC_THƯ_MỤC")
    report.add_argument("--out", type=Path, default=Path(), metavar="THƯ_MỤC")
    report.add_argument("--lang", choices=("vi", "en"), default="vi")
    _limits(report)
    amending.add(commands)
    evaluate = commands.add_parser("evaluate", help="so kết quả với bản chú giải mẫu")
    evaluate.add_argument("extracted", type=Path, metavar="KẾT_QUẢ")
    evaluate.add_argument("gold", type=Path, metavar="MẪU")
    evaluate.add_argument("--corpus", type=Path, metavar="THƯ_MỤC")
    evaluate.add_argument("--diffs", type=Path, metavar="THƯ_MỤC")
    evaluate.add_argument("--errors", action="store_true", help="in từng chỗ sai trong câu của nó")
    evaluate.add_argument("--json", action="store_true")
    decisions = commands.add_parser("decisions", help="đọc ý kiến rà soát đã đánh dấu trong report.xlsx")
    decisions.add_argument("action", choices=("import",))
    decisions.add_argument("workbook", type=Path, metavar="report.xlsx")
    decisions.add_argument("--out", type=Path, default=Path("decisions.json"), metavar="decisions.json")
    decisions.add_argument(
        "--reviewer", default="", metavar="TÊN", help="tên người rà soát, ghi vào các ý kiến chưa có tên"
    )
    schema = commands.add_parser("schema", help="in mô tả các bảng (datapackage)")
    schema.add_argument("--document", action="store_true", help="in JSON Schema của documents/<tên>.json")
    commands.add_parser("doctor", help="cho biết máy này đọc được những định dạng nào và còn thiếu gì")
    office.add(commands)
    gains = commands.add_parser("gains", help="so kết quả hiện tại với một bản mã trước: dòng nào thêm, mất, đổi")
    gains.add_argument("revision", nargs="?", default="HEAD", metavar="BẢN", help="bản git để so, mặc định HEAD")
    gains.add_argument("folder", nargs="?", type=Path, metavar="THƯ_MỤC", help="tập văn bản, mặc định corpus")
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
    bench = commands.add_parser("bench", help="đo tốc độ các bước trên tập văn bản mẫu")
    bench.add_argument("--full", action="store_true", help="đo cả mức mười nghìn văn bản (vài phút)")
    return top


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


def _files_and_databases(names: Sequence[str], database: str) -> tuple[list[str], list[str]]:
    """The formats that are files, and those that are written into ``database``."""
    from doichieu.export import DATABASES

    served = [name for name in names if name in DATABASES]
    if served and "://" not in database:
        raise UsageError(f"--format {served[0]} cần --database postgresql://người-dùng@máy/cơ-sở-dữ-liệu.")
    if database and not served:
        raise UsageError("--database chỉ dùng với --format postgres.")
    return [name for name in names if name not in DATABASES], served


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 some input unreadable, 2 wrong call, 3 ``--fail-on``
    found)."""
    console.prepare()
    args = parser().parse_args(argv)
    try:
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


def _formats(text: str, known: tuple[str, ...]) -> list[str]:
    """The formats of a list such as ``csv,sqlite`` beside CSV; :class:`doichieu.errors.UsageError` for one that is
    none."""
    wanted = [name.strip() for name in text.split(",") if name.strip() and name.strip() != "csv"]
    for name in wanted:
        if name not in known:
            raise UsageError(f"Không có định dạng “{name}”; các định dạng: csv, {', '.join(known)}.")
    return wanted


def _extract(args: argparse.Namespace) -> int:
    from doichieu.running.progress import Progress
    from doichieu.running.run import ANALYSE, ANALYSE_ANY_TEXT, extract
    from doichieu.running.store import PER_DOCUMENT

    wanted = _formats(args.format, (*FORMATS, *(name for name in PER_DOCUMENT if name != "json")))
    progress = Progress("quiet" if args.quiet else "json" if args.log_json else "auto")
    analyse = ANALYSE_ANY_TEXT if args.any_text else ANALYSE
    if args.cluster:
        if wanted:
            raise UsageError("--cluster chỉ ghi tập Parquet; bỏ --format.")
        from doichieu.running.cluster import extract as on_cluster

        return on_cluster(args.paths, args.out, args.cluster, progress=progress, analyse=analyse)
    kinds = [name for name in wanted if name in PER_DOCUMENT]
    files, served = _files_and_databases([name for name in wanted if name not in PER_DOCUMENT], args.database)
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
    )
    if served:
        from doichieu import export

        export.write(served, Path(args.out), database=args.database)
    return status


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


def _import_decisions(workbook: Path, out: Path, reviewer: str) -> int:
    """Decisions of a workbook, signed by the reviewer, into a file, beside those that the file has; a later decision is
    never lost to an earlier one."""
    from doichieu.report.decision_files import load, merged, save, signed

    found = signed(load(workbook), reviewer)
    both, kept = merged(load(out) if os.path.lexists(out) and not out.is_dir() else {}, found)
    save(both, out)
    for key in kept:
        print(
            (
                f"doichieu: giữ ý kiến đã có trong {out} cho phát hiện {key}: "
                f"“{both[key].decision or both[key].note}”; {workbook} ghi khác."
            ),
            file=sys.stderr,
        )
    print(f"Đã đọc {len(found)} ý kiến rà soát vào {out}.")
    return 0


def _report(paths: list[Path], out: Path, lang: str) -> int:
    """The reports of single documents; each file written is named."""
    from doichieu.running.differ import report

    written, status = report(paths, out, lang)
    for path in written:
        print(path)
    return status


def _run(args: argparse.Namespace) -> int:
    if getattr(args, "memory", None):
        os.environ[MEMORY_VARIABLE] = str(max(256, args.memory))
    if getattr(args, "timeout", None):
        os.environ[TIME_VARIABLE] = str(args.timeout)
    if not 1 <= getattr(args, "jobs", 1) <= 256:
        raise UsageError("--jobs cần một số từ 1 đến 256.")
    if args.command == "extract":
        return _extract(args)
    if args.command == "diff":
        from doichieu.report.decision_files import load
        from doichieu.running.differ import diff, parse_kinds

        parents = [path for group in args.parents for path in group]
        decisions = load(args.decisions) if args.decisions else None
        files, served = _files_and_databases(_formats(args.format, FORMATS), args.database)
        status = diff(
            args.children,
            parents,
            args.corpus,
            args.out,
            fail_on=parse_kinds(args.fail_on),
            decisions=decisions,
            lang=args.lang,
            formats=files,
            template=args.template,
            jobs=args.jobs,
        )
        if served:
            from doichieu import export
            from doichieu.schema import DIFF_TABLES

            export.write(served, Path(args.out), DIFF_TABLES, database=args.database)
        return status
    if args.command in amending.COMMANDS:
        return amending.run(args)
    if args.command in office.COMMANDS:
        return office.run(args)
    if args.command in surveying.COMMANDS:
        return surveying.run(args)
    if args.command == "report":
        return _report(args.paths, args.out, args.lang)
    if args.command == "evaluate":
        return int(_part("doichieu.quality.evaluate").main(args))
    if args.command == "doctor":
        return int(_part("doichieu.running.doctor").main())
    if args.command == "gains":
        return int(_part("doichieu.quality.gains").main(args.revision, args.folder))
    if args.command == "changes":
        return _changes(args.folders, args.since_run)
    if args.command == "agencies":
        return _match(args.names, args.folder)
    if args.command == "tap":
        return _tap(args.folder, args.old)
    if args.command == "bench":
        return int(_part("doichieu.quality.bench").main(full=args.full))
    if args.command == "decisions":
        return _import_decisions(args.workbook, args.out, args.reviewer)
    if args.document:
        import json

        from doichieu.export.json_schema import document_schema

        print(json.dumps(document_schema(), ensure_ascii=False, indent=2))
        return 0
    from doichieu.schema import DIFF_TABLES, TABLES
    from doichieu.tables.files import package

    sys.stdout.write(package((*TABLES, *DIFF_TABLES), "doichieu").decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
