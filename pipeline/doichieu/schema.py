"""One definition of every table: column, type, constraint, key, description.

Every format is written from it: CSV, JSON Lines, XLSX, Parquet, SQLite, DuckDB, the data package descriptor and the
JSON Schema of ``documents/<id>.json``.  Columns may be added at the end of a table; none is renamed or changes its
meaning without a new ``schema_version``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, get_args

from doichieu.model import (
    SCHEMA_VERSION,
    Agency,
    AgencyMention,
    Amendment,
    AmendmentAction,
    AmendmentKind,
    Applicability,
    Assignment,
    BindingValue,
    ChainRow,
    Change,
    ChangeReason,
    ChangeStatus,
    Citation,
    Clause,
    ClauseKind,
    CommonAddition,
    DateOperator,
    Deadline,
    DeadlineKind,
    Deviation,
    Direction,
    DocumentInfo,
    Duty,
    DutyAssignment,
    DutyVerdict,
    Operator,
    Percentage,
    PercentageUse,
    PortfolioCell,
    PortfolioSum,
    Problem,
    ProgressFinding,
    ProgressRow,
    ProgressVerdict,
    Relation,
    Result,
    ResultRole,
    Role,
    Severity,
    Target,
)

__all__ = ["SCHEMA_VERSION", "TABLES", "Column", "Table", "cell", "table"]


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

_TO_DOCUMENT = Reference(("document_id",), "documents", ("document_id",))
_TO_CLAUSE = Reference(("document_id", "clause_id"), "clauses", ("document_id", "clause_id"))
_TO_AGENCY = Reference(("agency_id",), "agencies", ("agency_id",))


def _document_of(column: str) -> Reference:
    return Reference((column,), "documents", ("document_id",))


def _target_of(column: str) -> Reference:
    return Reference((column,), "targets", ("target_id",))


_DOC = Column("document_id", "string", "Tài liệu; tên tệp bỏ phần mở rộng", True)
_START = Column("char_start", "integer", "Vị trí đầu trong văn bản nguồn, tính theo ký tự Unicode từ 0", True)
_END = Column("char_end", "integer", "Vị trí cuối, không gồm ký tự này", True)
_QUOTE = Column("quote", "string", "Nguyên văn, đúng bằng source[char_start:char_end]", True)
_CLAUSE = Column("clause_id", "string", "Đơn vị văn bản (clauses.csv)")
_KEY = Column(
    "clause_key",
    "string",
    "Tên bền của đơn vị văn bản: dấu số in của các cấp trên và nội dung của chính nó; ~2 là bản trùng thứ hai",
)
_PATH = Column("clause_path", "string", "Chuỗi số hiệu từ trên xuống, nối bằng /")
_PAGE = Column("page", "integer", "Trang, từ 1; trống nếu nguồn không có trang")


def _text(name: str, description: str, **kw: Any) -> Column:
    return Column(name, "string", description, **kw)


def _number(name: str, description: str, **kw: Any) -> Column:
    return Column(name, "number", description, **kw)


TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        DocumentInfo,
        "Mỗi dòng một văn bản",
        (
            _DOC,
            _text("path", "Đường dẫn như người dùng đưa vào"),
            _text("sha256", "Mã băm của tệp"),
            _text("kind", "Loại văn bản"),
            _text("number", "Số, ký hiệu như in, bỏ khoảng trắng"),
            _text("number_source", "own: tự ghi; cited_by: khôi phục từ văn bản dẫn", enum=("own", "cited_by")),
            Column("issued_on", "date", "Ngày ban hành"),
            _text("issuer", "Cơ quan ban hành"),
            _text("place", "Nơi ban hành"),
            _text("title", "Trích yếu"),
            _text("signer", "Người ký"),
            _text("implements", "Số của các văn bản mà văn bản này thực hiện"),
            Column("pages", "integer", "Số trang"),
            Column("characters", "integer", "Số ký tự", unit="ký tự"),
            _text("signer_title", "Chức vụ người ký"),
            _text("authority", "Thẩm quyền ký (T/M, KT., TL.)"),
            Column("effective_on", "date", "Ngày có hiệu lực"),
            Column("effective_until", "date", "Ngày cuối còn hiệu lực, nếu văn bản hoặc văn bản khác nêu"),
            _text("replaced_by", "Số của văn bản thay thế hoặc bãi bỏ"),
            _text(
                "nature",
                "administrative: văn bản của cơ quan, tổ chức; other: bài viết, trang web, sách (khi trích xuất từ tệp"
                " không ghi chỉ tiêu, nhiệm vụ, thời hạn, trừ khi dùng --any-text)",
                required=True,
                enum=("administrative", "other"),
            ),
        ),
        ("document_id",),
    ),
    Table(
        "clauses",
        Clause,
        "Cây đơn vị văn bản; lá chia hết văn bản nguồn",
        (
            _DOC,
            _text("clause_id", "Mã đơn vị trong tài liệu", required=True),
            _text("parent_id", "Đơn vị cha"),
            _PATH,
            _text("kind", "Loại đơn vị", required=True, enum=KINDS),
            _text("marker", "Dấu số như in"),
            _text("heading", "Tiêu đề của đơn vị có đơn vị con"),
            _text("text", "Nội dung lá, đã nối các phần bị ngắt"),
            _START,
            _END,
            _PAGE,
            _KEY,
        ),
        ("document_id", "clause_id"),
        (_TO_DOCUMENT,),
    ),
    Table(
        "targets",
        Target,
        "Mỗi dòng một cam kết đo được",
        (
            _DOC,
            _text("target_id", "Mã theo nội dung, không đổi khi chạy lại", required=True),
            _CLAUSE,
            _PATH,
            _START,
            _END,
            _QUOTE,
            _text("subject", "Đối tượng"),
            _text("scope", "Phạm vi thu hẹp đối tượng"),
            _text("indicator", "Nội dung phải đạt"),
            _text("direction", "Chiều", enum=tuple(value for value in get_args(Direction) if value)),
            _text("operator", "Phép so sánh", enum=OPERATORS),
            _number("value", "Giá trị"),
            _number("value_max", "Giá trị trên của khoảng"),
            _text("unit", "Đơn vị tính"),
            _text("base", "Cơ sở so sánh hoặc mẫu số"),
            _text("level_scale", "Thang trình độ"),
            _text("level_operator", "Phép so sánh trình độ", enum=OPERATORS),
            _text("level", "Trình độ"),
            Column("deadline", "date", "Ngày cuối"),
            _text("deadline_operator", "Có tính ngày cuối hay không", enum=DUE),
            _text("deadline_text", "Thời hạn như in"),
            _text("recurrence", "Lặp lại"),
            _text("modality", "Mức cam kết"),
            _text("baseline", "Mức hiện tại"),
            _text("footnote", "Dấu chú thích"),
            _text("reference_document", "Văn bản khác được dẫn giá trị"),
            _text("reference_operator", "Phép so sánh của giá trị được dẫn", enum=OPERATORS),
            _number("reference_value", "Giá trị của văn bản được dẫn"),
            _text("reference_unit", "Đơn vị của giá trị được dẫn"),
            _text("note", "Ghi chú"),
            _PAGE,
            _text("same_as", "Chỉ tiêu mà dòng này nhắc lại"),
            _text("lead_agency", "Cơ quan chủ trì ghi cùng dòng bảng"),
            Column("start", "date", "Ngày đầu của giai đoạn"),
            _text("rule", "Quy tắc đã tạo dòng"),
            Column("in_force_from", "date", "Lời văn này có hiệu lực từ ngày"),
            Column("in_force_until", "date", "Ngày cuối lời văn này còn hiệu lực"),
            _text("amended_by", "Số của văn bản đã sửa lời văn này; trống nếu là lời văn gốc"),
            _KEY,
        ),
        ("document_id", "target_id"),
        (_TO_DOCUMENT, _TO_CLAUSE),
    ),
    Table(
        "assignments",
        Assignment,
        "Ai làm việc gì: mỗi dòng một cơ quan và một vai trò",
        (
            _DOC,
            _text("assignment_id", "Mã theo nội dung", required=True),
            _CLAUSE,
            _PATH,
            _START,
            _END,
            _QUOTE,
            _text("task", "Nhiệm vụ"),
            _text("role", "Vai trò", required=True, enum=ROLES),
            _text("agency", "Cơ quan", required=True),
            _text("agency_id", "Mã cơ quan", required=True),
            Column("deadline", "date", "Ngày cuối"),
            _text("deadline_operator", "Có tính ngày cuối hay không", enum=DUE),
            _text("deadline_text", "Thời hạn như in"),
            _text("recurrence", "Lặp lại"),
            _PAGE,
            _text("product", "Sản phẩm"),
            _text("rule", "Quy tắc đã tạo dòng"),
            _KEY,
        ),
        ("document_id", "assignment_id"),
        (_TO_DOCUMENT, _TO_CLAUSE, _TO_AGENCY),
    ),
    Table(
        "agencies",
        Agency,
        "Mỗi dòng một cơ quan, dù viết cách nào",
        (
            _text("agency_id", "Mã cơ quan", required=True),
            _text("name", "Tên", required=True),
            _text("level", "Cấp"),
            _text("place", "Địa bàn"),
            Column("mentions", "integer", "Số lần nhắc trong lần chạy"),
            _text("kind", "Loại cơ quan"),
        ),
        ("agency_id",),
    ),
    Table(
        "agency_mentions",
        AgencyMention,
        "Mỗi dòng một chỗ nhắc tới cơ quan",
        (
            _DOC,
            _text("agency_id", "Mã cơ quan", required=True),
            _CLAUSE,
            _START,
            _END,
            _QUOTE,
            _KEY,
            _text("mention_id", "Mã bền của chỗ nhắc", required=True),
        ),
        ("document_id", "char_start", "char_end", "agency_id"),
        (_TO_DOCUMENT, _TO_CLAUSE, _TO_AGENCY),
    ),
    Table(
        "deadlines",
        Deadline,
        "Mỗi dòng một thời hạn",
        (
            _DOC,
            _text("deadline_id", "Mã theo nội dung", required=True),
            _CLAUSE,
            _START,
            _END,
            _QUOTE,
            _text("kind", "Loại", required=True, enum=get_args(DeadlineKind)),
            _text("operator", "Phép so sánh", enum=DUE),
            Column("start", "date", "Ngày đầu"),
            Column("date", "date", "Ngày cuối"),
            _text("recurrence", "Quy tắc lặp RFC 5545"),
            _KEY,
        ),
        ("document_id", "deadline_id"),
        (_TO_DOCUMENT, _TO_CLAUSE),
    ),
    Table(
        "percentages",
        Percentage,
        "Mọi tỷ lệ phần trăm trong văn bản",
        (
            _DOC,
            _CLAUSE,
            _START,
            _END,
            _QUOTE,
            _text("operator", "Phép so sánh", enum=OPERATORS),
            _number("value", "Giá trị", required=True, unit="%"),
            _number("value_max", "Giá trị trên", unit="%"),
            _text("use", "Dùng làm gì", required=True, enum=get_args(PercentageUse)),
            _text("target_id", "Chỉ tiêu chứa tỷ lệ này"),
            _KEY,
            _text("percentage_id", "Mã bền của tỷ lệ", required=True),
        ),
        ("document_id", "char_start", "char_end"),
        (_TO_DOCUMENT, _TO_CLAUSE, _target_of("target_id")),
    ),
    Table(
        "citations",
        Citation,
        "Mọi chỗ dẫn văn bản khác",
        (
            _DOC,
            _text("citation_id", "Mã theo nội dung", required=True),
            _CLAUSE,
            _START,
            _END,
            _QUOTE,
            _text("kind", "Loại văn bản"),
            _text("number", "Số, ký hiệu"),
            Column("issued_on", "date", "Ngày ban hành"),
            _text("issuer", "Cơ quan ban hành"),
            _text("title", "Trích yếu"),
            _text("alias", "Tên gọi tắt được đặt"),
            _text("relation", "Quan hệ", enum=get_args(Relation)),
            _text("cited_document_id", "Tài liệu trong lần chạy"),
            _text("provision", "Điều khoản được dẫn"),
            _text("unresolved", "Vì sao chưa xác định được"),
            _text("provision_path", "Điều khoản được dẫn, viết như trong amendments.csv; nhiều điều khoản nối bằng ;"),
            _KEY,
        ),
        ("document_id", "citation_id"),
        (_TO_DOCUMENT, _TO_CLAUSE, _document_of("cited_document_id")),
    ),
    Table(
        "amendments",
        Amendment,
        "Mỗi dòng một lệnh sửa đổi và một điều khoản của văn bản bị sửa",
        (
            _DOC,
            _text("amendment_id", "Mã theo nội dung", required=True),
            _text("instruction_id", "Mã của lệnh; lệnh nêu nhiều điều khoản có nhiều dòng", required=True),
            _CLAUSE,
            _PATH,
            _START,
            _END,
            _QUOTE,
            _text("kind", "Loại lệnh, theo lời văn", required=True, enum=get_args(AmendmentKind)),
            _text("action", "Việc mà bản hợp nhất làm", required=True, enum=get_args(AmendmentAction)),
            _text("amended_kind", "Loại văn bản bị sửa"),
            _text("amended_number", "Số, ký hiệu văn bản bị sửa"),
            Column("amended_issued_on", "date", "Ngày ban hành văn bản bị sửa"),
            _text("amended_title", "Tên văn bản bị sửa"),
            _text("amended_document_id", "Tài liệu bị sửa, nếu có trong lần chạy"),
            _text("provision", "Điều khoản bị sửa hoặc được thêm, từ ngoài vào trong: dieu:5/khoan:2/diem:a"),
            _text("provision_text", "Điều khoản như in"),
            _text("position", "Chỗ thêm: after:…, before:…, end:…; với cụm từ: after:<cụm từ>"),
            _text("except", "Chỗ không sửa: <cụm từ>@<điều khoản>", get=lambda r: r.exceptions),
            Column("old_char_start", "integer", "Đầu lời cũ trong văn bản nguồn"),
            Column("old_char_end", "integer", "Cuối lời cũ"),
            _text("old_text", "Lời cũ, không có dấu ngoặc kép"),
            Column("new_char_start", "integer", "Đầu lời mới trong văn bản nguồn"),
            Column("new_char_end", "integer", "Cuối lời mới"),
            _text("new_text", "Lời mới; đoạn cách nhau bằng xuống dòng, ô bằng |"),
            _text(
                "new_pieces",
                "Các phần của lời mới, trừ đầu trang, chân trang: đầu-cuối",
                get=lambda r: tuple(f"{piece.start}-{piece.end}" for piece in r.new_pieces),
            ),
            Column("effective_on", "date", "Ngày có hiệu lực"),
            _text("effective_text", "Ngày có hiệu lực như in"),
            Column("effective_until", "date", "Ngày hết hiệu lực của việc ngưng, gia hạn"),
            _text("unresolved", "Vì sao chưa hiểu hết"),
            _KEY,
        ),
        ("document_id", "amendment_id"),
        (_TO_DOCUMENT, _TO_CLAUSE),
    ),
    Table(
        "results",
        Result,
        "Mỗi dòng một số liệu mà báo cáo nêu",
        (
            _DOC,
            _text("result_id", "Mã theo nội dung", required=True),
            _CLAUSE,
            _PATH,
            _START,
            _END,
            _QUOTE,
            _text("population", "Đối tượng"),
            _text("scope", "Phạm vi thu hẹp đối tượng"),
            _text("indicator", "Nội dung đạt được"),
            _text("operator", "Phép so sánh", enum=OPERATORS),
            _number("value", "Giá trị"),
            _number("value_max", "Giá trị trên của khoảng"),
            _text("unit", "Đơn vị tính"),
            _number("numerator", "Tử số"),
            _number("denominator", "Mẫu số"),
            _text("level_operator", "Phép so sánh trình độ", enum=OPERATORS),
            _text("level", "Trình độ"),
            Column("as_of", "date", "Ngày của số liệu"),
            _text("as_of_text", "Ngày của số liệu như in"),
            _text("place", "Địa bàn"),
            _text("role", "Loại số liệu", required=True, enum=get_args(ResultRole)),
            _number("baseline_value", "Mức của một ngày trước"),
            Column("baseline_as_of", "date", "Ngày của mức trước"),
            _text("plan_document", "Kế hoạch có chỉ tiêu được trả lời"),
            _text("target_id", "Các chỉ tiêu mà số liệu trả lời"),
            _text("note", "Ghi chú"),
            _text("level_scale", "Thang trình độ"),
            _KEY,
        ),
        ("document_id", "result_id"),
        (_TO_DOCUMENT, _TO_CLAUSE),
    ),
    Table(
        "problems",
        Problem,
        "Những điều cần người xem",
        (
            _text("document_id", "Tài liệu; trống nếu tệp không đọc được"),
            _text("code", "Mã loại", required=True),
            _text("severity", "Mức độ", required=True, enum=SEVERITIES),
            _CLAUSE,
            Column("char_start", "integer", "Vị trí đầu"),
            Column("char_end", "integer", "Vị trí cuối"),
            _text("quote", "Nguyên văn"),
            _text("message", "Nội dung", required=True),
            _text("before", "Chữ trước khi sửa trong bản khớp"),
            _text("after", "Chữ sau khi sửa trong bản khớp"),
            _KEY,
        ),
        (),
    ),
)

DIFF_TABLES: tuple[Table, ...] = (
    Table(
        "deviations",
        Deviation,
        "Mỗi dòng một phát hiện",
        (
            _text("child_document", "Văn bản cấp dưới", required=True),
            _text("parent_document", "Văn bản cấp trên", required=True),
            _text("deviation_id", "Mã theo nội dung", required=True),
            _text("child_target_id", "Chỉ tiêu cấp dưới"),
            _text("parent_target_id", "Chỉ tiêu cấp trên"),
            _text("kinds", "Kết luận; có thể nhiều", required=True),
            _text("severity", "Mức độ", required=True, enum=SEVERITIES),
            _text("declared", "Văn bản cấp dưới có nói rõ không", enum=("true", "contradicted")),
            _text("justification", "Lời thuyết minh, nguyên văn"),
            _text("proof", "Chứng minh bằng ký hiệu"),
            _text("explanation", "Câu giải thích"),
            _text("child_clause_path", "Vị trí cấp dưới"),
            _text("parent_clause_path", "Vị trí cấp trên"),
            _text("child_quote", "Nguyên văn cấp dưới"),
            _text("parent_quote", "Nguyên văn cấp trên"),
            _number("similarity", "Độ giống của cặp"),
            _text("severity_reason", "Lý do mức độ"),
            _number("confidence", "Độ tin cậy"),
            _text("subject", "Đối tượng"),
            _text("covered_by", "Chỉ tiêu cấp dưới bao trùm, hoặc chỉ tiêu mà dòng này nhắc lại"),
            _text("nearest_target_id", "Ứng viên gần nhất"),
            _number("nearest_similarity", "Độ giống của ứng viên gần nhất"),
            _text("refused_because", "Vì sao không ghép"),
            _text(
                "applicability",
                "Chỉ tiêu của cấp trên có được giao cho văn bản này không; lý do ở severity_reason",
                enum=APPLICABILITIES,
            ),
            _text("restates", "Chỉ tiêu đứng trước của văn bản cấp trên mà dòng này nhắc lại"),
        ),
        ("deviation_id",),
        # A parent that is only quoted has no row among the documents.
        (_document_of("child_document"), *map(_target_of, ("child_target_id", "parent_target_id", "restates"))),
    ),
    Table(
        "duties",
        Duty,
        "Nhiệm vụ của cấp trên và việc cấp dưới đáp ứng",
        (
            _text("child_document", "Văn bản cấp dưới", required=True),
            _text("parent_document", "Văn bản cấp trên", required=True),
            _text("duty_id", "Mã theo nội dung", required=True),
            _text("parent_clause_id", "Mục của nhiệm vụ cấp trên", required=True),
            Column("parent_char_start", "integer", "Vị trí đầu của nhiệm vụ trong văn bản cấp trên", True),
            Column("parent_char_end", "integer", "Vị trí cuối", True),
            _text("parent_quote", "Nguyên văn nhiệm vụ", required=True),
            _text("parent_lead", "Cơ quan chịu trách nhiệm chính"),
            _text("parent_partners", "Cơ quan phối hợp"),
            Column("parent_deadline", "date", "Thời hạn cấp trên"),
            _text("verdict", "Kết luận", required=True, enum=DUTY_VERDICTS),
            _text("findings", "Phát hiện"),
            _text("severity", "Mức độ", required=True, enum=SEVERITIES),
            _text("child_clause_ids", "Các mục cấp dưới"),
            Column("child_char_start", "integer", "Vị trí đầu trong văn bản cấp dưới"),
            Column("child_char_end", "integer", "Vị trí cuối"),
            _text("child_quote", "Nguyên văn cấp dưới"),
            _text("child_lead", "Cơ quan chịu trách nhiệm chính ở cấp dưới"),
            _text("child_partners", "Cơ quan phối hợp ở cấp dưới"),
            Column("child_deadline", "date", "Thời hạn cấp dưới"),
            _text("explanation", "Câu giải thích"),
            _number("similarity", "Phần nội dung nhiệm vụ có ở cấp dưới"),
            _text("parent_role", "Vai trò của cơ quan cấp trên"),
            _text("child_role", "Vai trò của cơ quan cấp dưới"),
            _text("parent_clause_path", "Vị trí trong văn bản cấp trên"),
            _text("child_clause_paths", "Các vị trí trong văn bản cấp dưới"),
        ),
        ("duty_id",),
        (
            _document_of("child_document"),
            _document_of("parent_document"),
            Reference(("parent_document", "parent_clause_id"), "clauses", ("document_id", "clause_id")),
        ),
    ),
    Table(
        "duty_assignments",
        DutyAssignment,
        "Các dòng của assignments.csv mà một dòng của duties.csv dựa vào, ở mỗi bên",
        (
            _text("duty_id", "Nhiệm vụ của cấp trên (duties.csv)", required=True),
            _text("side", "Bên nào", required=True, enum=("parent", "child")),
            _text("document_id", "Văn bản của bên ấy", required=True),
            _text("assignment_id", "Phân công (assignments.csv)", required=True),
        ),
        ("duty_id", "document_id", "assignment_id"),
        (
            Reference(("duty_id",), "duties", ("duty_id",)),
            Reference(("document_id", "assignment_id"), "assignments", ("document_id", "assignment_id")),
        ),
    ),
    Table(
        "portfolio",
        PortfolioCell,
        "Ma trận: chỉ tiêu cấp trên theo từng văn bản cấp dưới",
        (
            _text("parent_document", "Văn bản cấp trên", required=True),
            _text("parent_target_id", "Chỉ tiêu cấp trên", required=True),
            _text("parent_clause_path", "Vị trí"),
            _text("parent_quote", "Nguyên văn"),
            _text("requirement", "Mức cấp trên đề ra"),
            _text("child_document", "Văn bản cấp dưới", required=True),
            _text("child_target_id", "Chỉ tiêu cấp dưới"),
            _text("kinds", "Kết luận", required=True),
            _text("severity", "Mức độ", enum=SEVERITIES),
            _text("child_value", "Mức cấp dưới đề ra"),
            _text("deviation_id", "Phát hiện trong báo cáo của cặp"),
            Column("agree", "integer", "Số văn bản cấp dưới giữ đúng hoặc cao hơn chỉ tiêu này"),
            Column("compared", "integer", "Số văn bản cấp dưới được đối chiếu"),
            Column("parent_deadline", "date", "Thời hạn cấp trên"),
            Column("child_deadline", "date", "Thời hạn cấp dưới"),
            _text("child_quote", "Nguyên văn cấp dưới"),
        ),
        ("parent_target_id", "child_document"),
        (
            *map(_document_of, ("parent_document", "child_document")),
            *map(_target_of, ("parent_target_id", "child_target_id")),
            Reference(("deviation_id",), "deviations", ("deviation_id",)),
        ),
    ),
    Table(
        "portfolio_sums",
        PortfolioSum,
        "Các văn bản cấp dưới cộng lại: tổng của số tuyệt đối, khoảng của tỷ lệ",
        (
            _text("parent_document", "Văn bản cấp trên", required=True),
            _text("parent_target_id", "Chỉ tiêu cấp trên", required=True),
            _text("parent_quote", "Nguyên văn"),
            _text("requirement", "Mức cấp trên đề ra"),
            _text("measure", "Cách gộp", required=True, enum=("sum", "share")),
            _text("verdict", "Kết luận", required=True, enum=("reached", "short", "unknown", "between")),
            _number("total", "Tổng các văn bản cấp dưới"),
            _number("least", "Mức thấp nhất"),
            _number("greatest", "Mức cao nhất"),
            _text("children", "Văn bản cấp dưới được tính"),
            _text("missing_parts", "Địa bàn chưa có văn bản"),
            _text("explanation", "Câu giải thích"),
        ),
        ("parent_target_id",),
        (_document_of("parent_document"), _target_of("parent_target_id")),
    ),
    Table(
        "portfolio_added",
        CommonAddition,
        "Chỉ tiêu mà nhiều văn bản cấp dưới cùng bổ sung",
        (
            _text("parent_document", "Văn bản cấp trên", required=True),
            _text("subject", "Đối tượng"),
            _text("indicator", "Nội dung"),
            Column("count", "integer", "Số văn bản cấp dưới", True),
            _text("children", "Văn bản cấp dưới"),
            _text("values", "Mức của từng văn bản"),
            _text("quote", "Nguyên văn của văn bản đầu"),
        ),
        (),
        (_document_of("parent_document"),),
    ),
    Table(
        "chain",
        ChainRow,
        "Một chỉ tiêu qua các cấp",
        (
            _text("chain", "Chuỗi văn bản", required=True),
            _text("top_target_id", "Chỉ tiêu cấp cao nhất", required=True),
            Column("level", "integer", "Cấp, từ 0 ở trên cùng", True),
            _text("document_id", "Văn bản", required=True),
            _text("target_id", "Chỉ tiêu của cấp này; trống nếu bỏ"),
            _text("kinds", "Kết luận so với cấp ngay trên"),
            _text("value", "Mức"),
            _text("top_quote", "Nguyên văn cấp cao nhất"),
        ),
        ("chain", "top_target_id", "level"),
        (_TO_DOCUMENT, *map(_target_of, ("top_target_id", "target_id"))),
    ),
    Table(
        "bindings",
        BindingValue,
        "Mức phải theo khi có nhiều văn bản cấp trên",
        (
            _text("child_document", "Văn bản cấp dưới", required=True),
            _text("child_target_id", "Chỉ tiêu cấp dưới", required=True),
            _text("parent_document", "Văn bản đặt ra mức phải theo", required=True),
            _text("parent_target_id", "Chỉ tiêu cấp trên", required=True),
            _text("requirement", "Mức phải theo"),
            Column("conflict", "boolean", "Các văn bản cấp trên có khác nhau không"),
            _text("explanation", "Câu giải thích"),
            _text("child_quote", "Nguyên văn cấp dưới"),
            _text("parent_quote", "Nguyên văn đặt ra mức phải theo"),
            _number("value", "Mức phải theo, bằng số"),
            _text("unit", "Đơn vị"),
            _text("kinds", "Kết luận của chỉ tiêu cấp dưới so với mức phải theo"),
            _text("higher_document", "Văn bản của cấp cao nhất, nếu các cấp khác nhau"),
        ),
        ("child_document", "child_target_id"),
        (
            *map(_document_of, ("child_document", "parent_document")),
            *map(_target_of, ("child_target_id", "parent_target_id")),
        ),
    ),
)

#: Tables of the documents of both sides that stand beside their comparison, so that its keys resolve in one folder.
SIDES: tuple[Table, ...] = tuple(
    one for one in TABLES if one.name in ("documents", "clauses", "targets", "assignments", "agencies")
)


#: What ``consolidate`` writes.
CONSOLIDATION_TABLES: tuple[Table, ...] = (
    Table(
        "changes",
        Change,
        "Mỗi dòng một chỗ thay đổi của bản hợp nhất, đã áp dụng hay chưa",
        (
            _DOC,
            Column("on", "date", "Ngày của bản hợp nhất", True),
            _text("change_id", "Mã của thay đổi", required=True),
            _text("amendment_id", "Lệnh sửa đổi (amendments.csv)", required=True),
            _text("amending_document", "Số của văn bản sửa đổi", required=True),
            _text("provision", "Điều khoản"),
            _text("action", "Việc đã làm", required=True, enum=get_args(AmendmentAction)),
            _text("status", "Đã áp dụng hay chưa", required=True, enum=get_args(ChangeStatus)),
            _text("reason", "Vì sao không áp dụng", enum=tuple(r for r in get_args(ChangeReason) if r)),
            Column("base_char_start", "integer", "Đầu chỗ sửa trong văn bản gốc"),
            Column("base_char_end", "integer", "Cuối chỗ sửa trong văn bản gốc"),
            _text("base_text", "Lời văn gốc"),
            Column("char_start", "integer", "Đầu chỗ sửa trong bản hợp nhất"),
            Column("char_end", "integer", "Cuối chỗ sửa trong bản hợp nhất"),
            _text("new_text", "Lời văn mới"),
            Column("effective_on", "date", "Ngày có hiệu lực"),
        ),
        ("change_id",),
    ),
)


#: Columns that name a row of a table whose primary key does not stand under edits elsewhere.
_STABLE: dict[str, tuple[str, ...]] = {
    "clauses": ("document_id", "clause_key"),
    "agency_mentions": ("document_id", "mention_id"),
    "percentages": ("document_id", "percentage_id"),
    "problems": ("document_id", "code", "clause_key", "quote", "message"),
}


def stable_key(table: Table) -> tuple[str, ...]:
    """The columns that name a row of a table from run to run, clauses inserted elsewhere notwithstanding."""
    return _STABLE.get(table.name) or table.key or tuple(column.name for column in table.columns)


def in_order(tables: Iterable[Table]) -> list[Table]:
    """Tables with those that they refer to before them, otherwise in the order given.

    >>> [one.name for one in in_order(t for t in TABLES if t.name in ("assignments", "agencies"))]
    ['agencies', 'assignments']
    """
    waiting = list(tables)
    out: list[Table] = []
    while waiting:
        names = {one.name for one in waiting}
        free = [one for one in waiting if not any(link.table in names - {one.name} for link in one.foreign)] or waiting
        out += free
        waiting = [one for one in waiting if one not in free]
    return out


def referenced(name: str, tables: Iterable[Table]) -> list[tuple[str, ...]]:
    """The column sets of table ``name`` that others refer to besides its key; each must be unique there."""
    key = next((one.key for one in tables if one.name == name), ())
    found = {link.others for one in tables for link in one.foreign if link.table == name}
    return sorted(found - {key})


#: What ``progress`` writes beside the results.
PROGRESS_TABLES: tuple[Table, ...] = (
    Table(
        "progress",
        ProgressRow,
        "Mỗi dòng một chỉ tiêu của kế hoạch và một báo cáo",
        (
            _text("plan_document", "Kế hoạch", required=True),
            _text("target_id", "Chỉ tiêu", required=True),
            _text("report_document", "Báo cáo", required=True),
            _text("result_id", "Số liệu trả lời (results.csv)"),
            _text("verdict", "Đánh giá", required=True, enum=get_args(ProgressVerdict)),
            _number("value", "Kết quả"),
            _text("unit", "Đơn vị tính"),
            Column("as_of", "date", "Ngày của số liệu"),
            _text("expected", "Mức đề ra"),
            Column("deadline", "date", "Thời hạn"),
            _number("elapsed_share", "Phần thời gian đã qua"),
            _number("reached_share", "Phần đã đạt"),
            _text("proof", "So sánh bằng ký hiệu"),
            _text("explanation", "Câu giải thích"),
            _text("plan_quote", "Nguyên văn kế hoạch"),
            _text("report_quote", "Nguyên văn báo cáo"),
            _text("findings", "Lưu ý: " + ", ".join(get_args(ProgressFinding))),
        ),
        ("plan_document", "target_id", "report_document"),
    ),
)


def table(name: str) -> Table:
    """The table of that name; KeyError where there is none."""
    return {t.name: t for t in (*TABLES, *DIFF_TABLES, *CONSOLIDATION_TABLES, *PROGRESS_TABLES)}[name]


def cell(value: Any) -> str:
    """A value as the CSV cell prints it: lists joined with ``; ``, plain numbers, empty for nothing.

    >>> cell(15.0), cell(1200.5), cell(("a", "b")), cell(None), cell(True)
    ('15', '1200.5', 'a; b', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(round(value, 10))
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return str(value)


#: Columns of words that we write or put together; what the sources print (quotes, texts, headings) stays as it is.
OWN_WORDS = frozenset({"message", "explanation", "severity_reason", "subject", "indicator", "task", "note"})
#: What a spreadsheet takes for the beginning of a formula, and the sign that tells it to show text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHOWN_AS_TEXT = "'"
_SUSPECT = frozenset({*_FORMULA, _SHOWN_AS_TEXT})


#: A guarded cell as a pattern that databases read, too.
GUARDED = r"^'+[=+@\t\r-]"


def guarded(text: str) -> str:
    """A cell of our own words as the CSV has it: one that a spreadsheet would take for a formula begins with ``'``.

    >>> guarded("=1+1"), guarded("- rà soát"), guarded("rà soát"), guarded("'=1")
    ("'=1+1", "'- rà soát", 'rà soát', "''=1")
    """
    if text[:1] not in _SUSPECT:
        return text
    return _SHOWN_AS_TEXT + text if text.lstrip(_SHOWN_AS_TEXT).startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """The words of a cell that :func:`guarded` made.

    >>> all(unguarded(guarded(text)) == text for text in ("=1", "'=1", "''-a", "'a", "a", ""))
    True
    """
    return text[1:] if text[:1] == _SHOWN_AS_TEXT and text.lstrip(_SHOWN_AS_TEXT).startswith(_FORMULA) else text


def _hold(tables: Iterable[Table]) -> None:
    """Every column has a field of its record, or says where else its value is from."""
    for one in tables:
        # The document's id is given beside a record that has none.
        fields = {"document_id", *getattr(one.record, "__struct_fields__", ()), *vars(one.record)}
        for column in one.columns:
            if column.get is None and column.name not in fields:
                raise TypeError(f"{one.name}.{column.name}: {one.record.__name__} has no such field")


_hold((*TABLES, *DIFF_TABLES))
