"""The commands of the office: ``open``, ``serve``, ``token``, ``user``, ``backup``, ``restore``, ``verify``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from doichieu.cli.arguments import positive
from doichieu.errors import UsageError

#: The commands that :func:`run` knows.
COMMANDS = frozenset({"open", "serve", "token", "user", "backup", "restore", "verify"})
_ROLES = ("xem", "soan", "ra_soat", "duyet", "quan_tri")


def add(commands: Any) -> None:
    """Add the parsers of the commands."""
    alone = commands.add_parser("open", help="mở trang làm việc cho một người trên máy này")
    _data(alone)
    alone.add_argument("--port", type=int, default=0, metavar="CỔNG", help="mặc định: một cổng còn trống")
    alone.add_argument("--no-browser", action="store_true", help="không tự mở trình duyệt")
    serve = commands.add_parser("serve", help="phục vụ một văn phòng: vai trò, đơn vị, bốn mắt")
    _data(serve)
    _database(serve)
    serve.add_argument("--host", default="127.0.0.1", metavar="ĐỊA_CHỈ")
    serve.add_argument("--port", type=int, default=8000, metavar="CỔNG")
    serve.add_argument("--workers", type=positive, default=2, metavar="N", help="số tiến trình đọc và đối chiếu")
    serve.add_argument("--max-upload", type=positive, default=200, metavar="MB", help="một lần nạp lớn nhất")
    serve.add_argument("--oidc-issuer", default="", metavar="URL", help="đăng nhập bằng OpenID Connect")
    serve.add_argument("--oidc-client", default="", metavar="ID")
    serve.add_argument("--oidc-secret-file", type=Path, metavar="TỆP", help="tệp chứa khóa bí mật của client")
    serve.add_argument("--oidc-url", default="", metavar="URL", help="địa chỉ mà trình duyệt gọi máy chủ này")
    for name, help_text in (("token", "mã truy cập cho hệ thống khác"), ("user", "người dùng của văn phòng")):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("action", choices=("add",))
        command.add_argument("name", metavar="TÊN")
        command.add_argument("--role", required=True, choices=_ROLES, metavar="VAI_TRÒ", help=", ".join(_ROLES))
        command.add_argument("--unit", default="", metavar="ĐƠN_VỊ")
        if name == "user":
            command.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn")
        _data(command)
        _database(command)
    for name, help_text in (
        ("backup", "sao lưu văn phòng vào một tệp, cả khi đang chạy"),
        ("restore", "khôi phục từ bản sao lưu vào một kho trống"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("file", type=Path, metavar="TỆP")
        _data(command)
        _database(command)
    verify = commands.add_parser("verify", help="kiểm tra chuỗi sự kiện, bản đã duyệt, tệp gốc còn nguyên")
    _data(verify)
    _database(verify)


def _data(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, metavar="THƯ_MỤC", help="thư mục dữ liệu của văn phòng")


def _database(command: argparse.ArgumentParser) -> None:
    command.add_argument("--database", default="", metavar="URL", help="postgresql://…; mặc định SQLite trong thư mục")


def run(args: argparse.Namespace) -> int:
    """Run one of the commands; raises :class:`doichieu.errors.UsageError` where its packages are not there."""
    try:
        return _run(args)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "doichieu":
            raise
        raise UsageError(f"Chưa có gói {error.name}; cài bằng: pip install 'doichieu[office]'") from error


def _run(args: argparse.Namespace) -> int:
    from doichieu.office import server
    from doichieu.office.store import Office

    data = server.data_folder(args.data)
    if args.command == "open":
        return server.open_alone(data, port=args.port, browser=not args.no_browser)
    if args.command == "serve":
        return server.serve(
            data,
            host=args.host,
            port=args.port,
            database=args.database,
            workers=args.workers,
            max_upload=args.max_upload * 2**20,
            oidc=_oidc(args),
        )
    if args.command == "verify" and not data.is_dir():
        raise UsageError(f"Không có thư mục dữ liệu {data}.")
    office = Office(data, server.database_of(data, args.database))
    try:
        if args.command != "restore":
            office.prepare()
        return _with(office, args)
    finally:
        office.database.close()


def _with(office: Any, args: argparse.Namespace) -> int:
    if args.command == "token":
        print(office.accounts.add_token(args.name, args.role, args.unit))
        return 0
    if args.command == "user":
        password = sys.stdin.readline().rstrip("\n") if args.password_stdin else ""
        _, secret = office.accounts.add_user(args.name, args.role, args.unit, password=password)
        if secret:
            print("Gửi cho người dùng liên kết dùng một lần này (thêm địa chỉ máy chủ ở đầu) để đặt mật khẩu:")
            print(f"/mat-khau?ma={secret}")
        else:
            print(f"Đã thêm người dùng {args.name}.")
        return 0
    if args.command == "backup":
        from doichieu.office.backup import backup

        counts = backup(office.database, office.folder, args.file)
        print(f"Đã sao lưu vào {args.file}: {counts['documents']} văn bản, {counts['events']} sự kiện.")
        return 0
    if args.command == "restore":
        from doichieu.office.backup import restore

        counts = restore(office.database, office.folder, args.file)
        print(f"Đã khôi phục từ {args.file}: {counts['documents']} văn bản, {counts['events']} sự kiện.")
        return 0
    from doichieu.office.verify import verify

    found = verify(office.database, office.folder)
    for sentence in found:
        print(f"doichieu: {sentence}", file=sys.stderr)
    print("Có chỗ không còn nguyên." if found else "Mọi thứ còn nguyên: chuỗi sự kiện, bản đã duyệt, tệp gốc.")
    return 1 if found else 0


def _oidc(args: argparse.Namespace) -> Any:
    """The sign-in service that the call names; None where it names none."""
    if not args.oidc_issuer:
        return None
    if not args.oidc_client or args.oidc_secret_file is None:
        raise UsageError("--oidc-issuer cần --oidc-client và --oidc-secret-file.")
    from doichieu.office.oidc import Provider

    try:
        secret = args.oidc_secret_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"Không đọc được tệp {args.oidc_secret_file}.") from error
    return Provider(issuer=args.oidc_issuer, client=args.oidc_client, secret=secret, url=args.oidc_url)
