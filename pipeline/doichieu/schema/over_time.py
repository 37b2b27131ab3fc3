"""The tables of what became of a document: its consolidation with later ones, and progress on its targets."""

from __future__ import annotations

from typing import get_args

from doichieu.model import (
    AmendmentAction,
    Change,
    ChangeReason,
    ChangeStatus,
    ProgressFinding,
    ProgressRow,
    ProgressVerdict,
)
from doichieu.schema.columns import DOC, Column, Table, number, words

#: What ``consolidate`` writes.
CONSOLIDATION_TABLES: tuple[Table, ...] = (
    Table(
        "changes",
        Change,
        "Mỗi dòng một chỗ thay đổi của bản hợp nhất, đã áp dụng hay chưa",
        (
            DOC,
            Column("on", "date", "Ngày của bản hợp nhất", True),
            words("change_id", "Mã của thay đổi", required=True),
            words("amendment_id", "Lệnh sửa đổi (amendments.csv)", required=True),
            words("amending_document", "Số của văn bản sửa đổi", required=True),
            words("provision", "Điều khoản"),
            words("action", "Việc đã làm", required=True, enum=get_args(AmendmentAction)),
            words("status", "Đã áp dụng hay chưa", required=True, enum=get_args(ChangeStatus)),
            words("reason", "Vì sao không áp dụng", enum=tuple(r for r in get_args(ChangeReason) if r)),
            Column("base_char_start", "integer", "Đầu chỗ sửa trong văn bản gốc"),
            Column("base_char_end", "integer", "Cuối chỗ sửa trong văn bản gốc"),
            words("base_text", "Lời văn gốc"),
            Column("char_start", "integer", "Đầu chỗ sửa trong bản hợp nhất"),
            Column("char_end", "integer", "Cuối chỗ sửa trong bản hợp nhất"),
            words("new_text", "Lời văn mới"),
            Column("effective_on", "date", "Ngày có hiệu lực"),
        ),
        ("change_id",),
    ),
)


#: What ``progress`` writes beside the results.
PROGRESS_TABLES: tuple[Table, ...] = (
    Table(
        "progress",
        ProgressRow,
        "Mỗi dòng một chỉ tiêu của kế hoạch và một báo cáo",
        (
            words("plan_document", "Kế hoạch", required=True),
            words("target_id", "Chỉ tiêu", required=True),
            words("report_document", "Báo cáo", required=True),
            words("result_id", "Số liệu trả lời (results.csv)"),
            words("verdict", "Đánh giá", required=True, enum=get_args(ProgressVerdict)),
            number("value", "Kết quả"),
            words("unit", "Đơn vị tính"),
            Column("as_of", "date", "Ngày của số liệu"),
            words("expected", "Mức đề ra"),
            Column("deadline", "date", "Thời hạn"),
            number("elapsed_share", "Phần thời gian đã qua"),
            number("reached_share", "Phần đã đạt"),
            words("proof", "So sánh bằng ký hiệu"),
            words("explanation", "Câu giải thích"),
            words("plan_quote", "Nguyên văn kế hoạch"),
            words("report_quote", "Nguyên văn báo cáo"),
            words("findings", "Lưu ý: " + ", ".join(get_args(ProgressFinding))),
        ),
        ("plan_document", "target_id", "report_document"),
    ),
)
