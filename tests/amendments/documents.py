"""Invented documents: a plan, a regulation issued with a decision, and what amends them."""

from __future__ import annotations

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LẠC THỦY
-------

Số: 40/KH-UBND
Lạc Thủy, ngày 12 tháng 01 năm 2025

KẾ HOẠCH
Phát triển giao thông nông thôn giai đoạn 2025 - 2030

Thực hiện Nghị quyết số 19-NQ/TU ngày 02/12/2024 của Tỉnh ủy, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC TIÊU

1. Đến năm 2027

a) 75% đường thôn được bê tông hóa.

b) 90% số xã có xe buýt.

2. Đến năm 2030: 100% đường thôn được bê tông hóa.

II. NHIỆM VỤ

1. Đầu tư đường thôn

- Lập danh mục đường cần nâng cấp.

- Bố trí vốn hằng năm.

2. Sở Giao thông vận tải chủ trì, phối hợp với Sở Tài chính theo dõi việc thực hiện.

3. Ủy ban nhân dân các huyện báo cáo kết quả trước ngày 10/12 hằng năm.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đinh Văn Toản

PHỤ LỤC
DANH MỤC CÔNG TRÌNH
(Kèm theo Kế hoạch số 40/KH-UBND)

| TT | Công trình | Chủ đầu tư | Thời hạn |
| 1 | Cầu Bến Đá | Sở Giao thông vận tải | Quý I/2026 |
| 2 | Đường Đồng Mít | Ủy ban nhân dân các huyện | Quý IV/2026 |
"""

AMENDER = """ỦY BAN NHÂN DÂN
TỈNH LẠC THỦY
-------

Số: 801/QĐ-UBND
Lạc Thủy, ngày 05 tháng 9 năm 2025

QUYẾT ĐỊNH
Sửa đổi, bổ sung một số nội dung của Kế hoạch số 40/KH-UBND ngày 12 tháng 01 năm 2025

ỦY BAN NHÂN DÂN TỈNH LẠC THỦY

Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;

QUYẾT ĐỊNH:

Điều 1. Sửa đổi, bổ sung một số nội dung của Kế hoạch số 40/KH-UBND ngày 12 tháng 01 năm 2025 như sau:

{orders}

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đinh Văn Toản
"""


def amender(*orders: str) -> str:
    """A decision that gives the orders, numbered."""
    return AMENDER.format(orders="\n\n".join(f"{i}. {order}" for i, order in enumerate(orders, 1)))
