"""One exception class per failure; each builds its own message and says what to do next.

Messages are Vietnamese: they reach the person at the command line.  ``code`` is stable and goes to
``problems.csv``.  Problems inside a document are values (:class:`doichieu.model.Problem`), never exceptions.
"""

from __future__ import annotations

import errno
import re
import sys

_SYSTEM = {
    errno.ENOENT: "không tồn tại",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EEXIST: "đã có một tệp trùng tên, không phải thư mục",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EISDIR: "là thư mục, không phải tệp",
    errno.ENOSPC: "hết chỗ trên đĩa",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "liên kết vòng",
    errno.EDQUOT: "hết hạn mức đĩa",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
    errno.EIO: "đĩa báo lỗi khi đọc",
}


def system_reason(error: OSError) -> str:
    """What an error of the operating system means, in Vietnamese; its own words where they are not known."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or "lỗi hệ thống"


def install_command(extra: str) -> str:
    """The command that adds what an extra of this package brings.

    It names the packages themselves, so that it works for a wheel, a checkout and a mirror alike: this package need
    not be on any index.

    >>> install_command("duckdb").split(" -m ")[1][:19]
    "pip install 'duckdb"
    """
    from importlib.metadata import PackageNotFoundError, requires

    try:
        lines = requires("doichieu") or []
    except PackageNotFoundError:  # run from its source without being installed
        lines = []
    marked = re.compile(rf"(?P<need>[^;]+?)\s*;\s*extra == ['\"]{re.escape(extra)}['\"]\s*")
    needs = [match.group("need") for line in lines if (match := marked.fullmatch(line))]
    import shlex

    return shlex.join([sys.executable, "-m", "pip", "install", *(needs or [f"doichieu[{extra}]"])])


def readable_name(name: str) -> str:
    """A name of the file system as text: bytes that are no UTF-8 as ``%FF``, so that it can be printed and written.

    >>> readable_name("k\\udcffe"), readable_name("kế hoạch")
    ('k%FFe', 'kế hoạch')
    """
    if name.isprintable():
        return name  # the same, and not one more of many
    return "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in name)


class DoichieuError(Exception):
    """Base of all errors this product raises on purpose."""

    code = "error"


class UnreadableFile(DoichieuError):
    """A file that cannot be turned into text.  ``reason`` is a full Vietnamese clause; ``code`` classifies it."""

    def __init__(self, path: str, reason: str, *, code: str = "unreadable_file") -> None:
        self.path = readable_name(path)
        self.reason = reason
        self.code = code
        super().__init__(f"Không đọc được tệp {self.path}: {reason}")


class UsageError(DoichieuError):
    """The call itself was wrong (exit status 2)."""

    code = "usage"


class NoDocuments(UsageError):
    """A folder or list of paths in which nothing can be read."""

    code = "no_documents"

    def __init__(self, path: str) -> None:
        super().__init__(f"Không tìm thấy văn bản nào để đọc trong {path}.")


class UnwritableOutput(UsageError):
    """The output folder cannot be created or written."""

    code = "unwritable_output"

    def __init__(self, path: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"Không ghi được vào thư mục kết quả {path}: {reason}")


class MissingPackage(UsageError):
    """Something was asked for that an extra of this package brings."""

    code = "missing_package"

    def __init__(self, wanted: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{wanted} cần thêm gói Python; cài bằng: {install_command(extra)}")


class BadLexicon(UsageError):
    """A lexicon that is no TOML, or has a key or a value that nobody reads; ``reason`` names the entry."""

    code = "bad_lexicon"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"Từ điển {path} có lỗi: {reason}. Hãy sửa tệp này rồi chạy lại.")
