"""What a table is made of: columns, keys between tables, and the columns that many tables have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, get_args

from doichieu.model import Applicability, ClauseKind, DateOperator, DutyVerdict, Operator, Role, Severity


class Column(NamedTuple):
    """One column.  ``type`` is a Frictionless type (string, integer, number, boolean, date)."""

    name: str
    type: str
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    unit: str = ""
    get: Callable[[Any], Any] | None = None

    def value(self, record: Any) -> Any:
        """The column's value of a record, not yet as text."""
        return self.get(record) if self.get is not None else getattr(record, self.name)


class Reference(NamedTuple):
    """A foreign key: ``columns`` of this table are ``others`` of ``table``."""

    columns: tuple[str, ...]
    table: str
    others: tuple[str, ...]


class Table(NamedTuple):
    """One table and the record type it holds."""

    name: str
    record: type
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: tuple[Reference, ...] = ()


OPERATORS = tuple(value for value in get_args(Operator) if value)
ROLES = get_args(Role)
DUE = tuple(value for value in get_args(DateOperator) if value)
KINDS = get_args(ClauseKind)
SEVERITIES = get_args(Severity)
DUTY_VERDICTS = get_args(DutyVerdict)
APPLICABILITIES = tuple(kind for kind in get_args(Applicability) if kind)

TO_DOCUMENT = Reference(("document_id",), "documents", ("document_id",))
TO_CLAUSE = Reference(("document_id", "clause_id"), "clauses", ("document_id", "clause_id"))
TO_AGENCY = Reference(("agency_id",), "agencies", ("agency_id",))


def document_of(column: str) -> Reference:
    return Reference((column,), "documents", ("document_id",))


def target_of(column: str) -> Reference:
    return Reference((column,), "targets", ("target_id",))


DOC = Column("document_id", "string", "Tài liệu; tên tệp bỏ phần mở rộng", True)
START = Column("char_start", "integer", "Vị trí đầu trong văn bản nguồn, tính theo ký tự Unicode từ 0", True)
END = Column("char_end", "integer", "Vị trí cuối, không gồm ký tự này", True)
QUOTE = Column("quote", "string", "Nguyên văn, đúng bằng source[char_start:char_end]", True)
CLAUSE = Column("clause_id", "string", "Đơn vị văn bản (clauses.csv)")
KEY = Column(
    "clause_key",
    "string",
    "Tên bền của đơn vị văn bản: dấu số in của các cấp trên và nội dung của chính nó; ~2 là bản trùng thứ hai",
)
PATH = Column("clause_path", "string", "Chuỗi số hiệu từ trên xuống, nối bằng /")
PAGE = Column("page", "integer", "Trang, từ 1; trống nếu nguồn không có trang")


def words(name: str, description: str, **kw: Any) -> Column:
    return Column(name, "string", description, **kw)


def number(name: str, description: str, **kw: Any) -> Column:
    return Column(name, "number", description, **kw)
