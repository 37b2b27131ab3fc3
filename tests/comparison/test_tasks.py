"""One row per task: an invented pair whose tasks were judged by reading, and what a task and a counterpart are."""

from __future__ import annotations

import pytest

from doichieu import extract_text
from doichieu.comparison.duties.links import tasks_of
from doichieu.comparison.duties.stage import compare_duties
from doichieu.schema import table

PARENT = (
    "CHÍNH PHỦ\n-------\nSố: 61/NQ-CP\n\nHà Nội, ngày 3 tháng 2 năm 2024\n\nNGHỊ QUYẾT\n"
    "về phát triển nghề cá bền vững\n\nI. NHIỆM VỤ, GIẢI PHÁP\n\n1. Hạ tầng nghề cá\n\n"
    "- Nâng cấp các cảng cá và khu neo đậu tránh trú bão; lắp đặt phao báo hiệu luồng lạch tại các cửa sông. "
    "Từng bước đóng mới tàu vỏ thép thay tàu vỏ gỗ.\n\n"
    "- Hình thành trung tâm nghiên cứu hải dương học của Việt Nam.\n\n"
    "II. TỔ CHỨC THỰC HIỆN\n\n"
    "1. Bộ Quốc phòng chủ trì tuần tra, kiểm soát vùng biển xa bờ; định kỳ báo cáo Thủ tướng Chính phủ.\n\n"
    "2. Bộ Tài chính chủ trì, phối hợp với Bộ Xây dựng bố trí kinh phí nâng cấp cảng cá trước ngày 30/6/2025.\n\n"
    "3. Bộ Y tế chủ trì tập huấn sơ cấp cứu cho ngư dân đi biển dài ngày.\n\n"
    "4. Bộ Nội vụ theo dõi, đôn đốc việc thực hiện Nghị quyết này.\n"
)
CHILD = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÒA AN\n-------\nSố: 44/KH-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n---------------\nHòa An, ngày 20 tháng 8 năm 2024\n\nKẾ HOẠCH\n"
    "thực hiện Nghị quyết số 61/NQ-CP ngày 03/02/2024 của Chính phủ về phát triển nghề cá bền vững\n\n"
    "I. NHIỆM VỤ, GIẢI PHÁP\n\n"
    "- Nâng cấp các cảng cá và khu neo đậu tránh trú bão trên địa bàn tỉnh.\n\n"
    "- Vận động ngư dân đóng mới tàu vỏ composite thay tàu vỏ gỗ đã cũ.\n\n"
    "II. TỔ CHỨC THỰC HIỆN\n\n"
    "1. Sở Tài chính chủ trì bố trí kinh phí nâng cấp cảng cá trước ngày 31/12/2025.\n\n"
    "2. Sở Nông nghiệp và Môi trường chủ trì tập huấn sơ cấp cứu cho ngư dân đi biển dài ngày.\n\n"
    "3. Sở Nội vụ kiểm tra, giám sát việc thực hiện Kế hoạch.\n\n"
    "4. Sở Y tế chủ trì khám sức khỏe định kỳ cho học sinh.\n"
)
#: The beginning of each task of the parent, who leads it, the verdict, what must be among the findings.
JUDGED = [
    ("Nâng cấp các cảng cá", "", "covered", ()),
    ("lắp đặt phao báo hiệu", "", "missing", ()),
    ("Từng bước đóng mới tàu", "", "partly", ("task_reworded",)),
    ("Hình thành trung tâm", "", "missing", ("national",)),
    ("Bộ Quốc phòng chủ trì", "Bộ Quốc phòng", "not_addressed", ()),
    ("định kỳ báo cáo", "Bộ Quốc phòng", "not_addressed", ()),
    ("Bộ Tài chính chủ trì", "Bộ Tài chính", "partly", ("deadline_later",)),
    ("Bộ Y tế chủ trì", "Bộ Y tế", "partly", ("body_changed",)),
    ("Bộ Nội vụ theo dõi", "Bộ Nội vụ", "covered", ()),
]


def test_every_task_has_its_row_and_its_verdict() -> None:
    parent, child = extract_text(PARENT, document_id="cha"), extract_text(CHILD, document_id="con")
    rows = compare_duties(child, parent)
    assert len(rows) == len(JUDGED)
    for row, (begin, lead, verdict, findings) in zip(rows, JUDGED, strict=True):
        assert row.parent_quote.startswith(begin)
        assert (row.parent_lead, row.verdict) == (lead, verdict), row.explanation
        assert set(findings) <= set(row.findings), row.explanation
        assert PARENT[row.parent_char_start : row.parent_char_end] == row.parent_quote
        if verdict in ("covered", "partly"):
            assert CHILD[row.child_char_start or 0 : row.child_char_end or 0] == row.child_quote
        else:
            assert row.child_char_start is None and not row.child_quote
    assert len({row.duty_id for row in rows}) == len(rows)


def test_the_columns_begin_with_those_of_the_contract() -> None:
    wanted = (
        "child_document, parent_document, duty_id, parent_clause_id, parent_char_start, parent_char_end, parent_quote, "
        "parent_lead, parent_partners, parent_deadline, verdict, findings, severity, child_clause_ids, "
        "child_char_start, child_char_end, child_quote, child_lead, child_partners, child_deadline, explanation, "
        "similarity"
    )
    names = [column.name for column in table("duties").columns]
    assert names[: wanted.count(",") + 1] == wanted.split(", ")


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("- Xây dựng bến cá; mở rộng chợ cá đầu mối.", ["Xây dựng bến cá", "mở rộng chợ cá đầu mối"]),
        ("- Nạo vét luồng (sâu 3 m; rộng 40 m) tại cửa sông.", ["Nạo vét luồng (sâu 3 m; rộng 40 m) tại cửa sông"]),
        ("- Bố trí tàu cứu nạn. Đào tạo thuyền viên lái tàu.", ["Bố trí tàu cứu nạn", "Đào tạo thuyền viên lái tàu"]),
        ("- Rà soát tàu của TP. Lâm Giang và vùng ven.", ["Rà soát tàu của TP. Lâm Giang và vùng ven"]),
    ],
)
def test_a_link_of_a_chain_is_a_task(text: str, tasks: list[str]) -> None:
    document = extract_text(f"KẾ HOẠCH\nvề nghề cá\n\nI. NHIỆM VỤ\n\n{text}\n", document_id="d")
    assert [link.quote(document) for link in tasks_of(document)] == tasks


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        (  # one sentence with nothing but lines of roles below it is a task, no heading
            (
                "1. Đê điều\na) Trồng tre chắn sóng dọc chân đê tả.\n- Chủ trì: UBND các xã.\n"
                "- Phối hợp: Hội Nông dân.\n"
                "b) Kiểm tra các kè xung yếu trước mùa lũ.\n- Chủ trì: Sở Xây dựng; UBND các xã, phường."
            ),
            [
                ("Trồng tre chắn sóng dọc chân đê tả", "UBND các xã", ""),
                ("Kiểm tra các kè xung yếu trước mùa lũ", "Sở Xây dựng; UBND các xã, phường", ""),
            ],
        ),
        (  # who and by when, behind the task in its own line
            (
                "- Biên soạn sách dạy chữ Thái cho học sinh. Thời gian: trước ngày 30/9/2026.\n"
                "- Phục dựng lễ hội xuống đồng của bản. Hoàn thành trong quý II/2026."
            ),
            [
                ("Biên soạn sách dạy chữ Thái cho học sinh", "", "2026-09-30"),
                ("Phục dựng lễ hội xuống đồng của bản", "", "2026-06-30"),
            ],
        ),
        (  # a deed with a date is a task
            "- Nuôi thử cá lồng trên hồ thủy điện. Hoàn thành 05 lồng bè trong quý II/2026.",
            [
                ("Nuôi thử cá lồng trên hồ thủy điện", "", ""),
                ("Hoàn thành 05 lồng bè trong quý II/2026", "", "2026-06-30"),
            ],
        ),
        (  # who does what behind a label
            "- Tổ chức thực hiện: các huyện ủy, thị ủy ban hành kế hoạch trước ngày 30/4/2024.",
            [
                (
                    "Tổ chức thực hiện: các huyện ủy, thị ủy ban hành kế hoạch trước ngày 30/4/2024",
                    "các huyện ủy, thị ủy",
                    "2024-04-30",
                )
            ],
        ),
    ],
)
def test_lines_of_roles_tell_who_and_when(text: str, tasks: list[tuple[str, str, str]]) -> None:
    document = extract_text(f"KẾ HOẠCH\nvề công việc chung\n\nI. NHIỆM VỤ\n\n{text}\n", document_id="d")
    assert [(link.quote(document), link.lead, link.deadline) for link in tasks_of(document)] == tasks
