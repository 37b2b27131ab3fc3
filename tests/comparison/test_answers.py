"""Forty tasks of fields of their own, each with the verdict that a reader gives it: one parent, one child that takes up
most of them in its own words and its own order."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import pytest

from doichieu import extract_text
from doichieu.comparison.duties.answering import MEASURES, OF_ALL, OF_TASK, Chances, chances, verdict_of
from doichieu.comparison.duties.stage import compare_duties
from doichieu.model import Duty

#: (verdict, the parent's task, the child's; empty where it has none).
TASKS = [
    ("covered", "Kiểm tra an toàn lồng bè nuôi cá trên hồ", "Thanh tra an toàn các lồng bè nuôi cá trên hồ"),
    ("covered", "Tập huấn kỹ thuật cắt tỉa cây chè cho nông dân", "Mở lớp bồi dưỡng kỹ thuật cắt tỉa cây chè"),
    (
        "covered",
        "Tuyên truyền tác hại của thuốc lá điện tử",
        "Phổ biến tác hại của thuốc lá điện tử qua loa phát thanh",
    ),
    ("covered", "Lập danh mục giếng cổ cần bảo vệ", "Xây dựng danh mục giếng cổ cần bảo vệ, hoàn thành quý II"),
    ("covered", "Sửa chữa đèn chiếu sáng trong các ngõ", "Bảo trì, thay mới đèn chiếu sáng trong các ngõ, hẻm"),
    ("covered", "Huy động doanh nghiệp tài trợ học bổng", "Kêu gọi doanh nghiệp tài trợ học bổng cho học sinh"),
    ("covered", "Đẩy mạnh số hóa hồ sơ địa chính lưu trữ", "Số hóa hồ sơ địa chính đang lưu trữ tại kho"),
    ("covered", "Thành lập đội cứu hộ bãi biển", "Thành lập 02 đội cứu hộ bãi biển, trực từ tháng 4 đến tháng 9"),
    (
        "covered",
        "Hỗ trợ ngư dân lắp thiết bị giám sát hành trình tàu cá",
        "Trợ giúp chủ tàu lắp thiết bị giám sát hành trình tàu cá",
    ),
    ("covered", "Khen thưởng nghệ nhân truyền nghề gốm", "Tôn vinh các nghệ nhân có công truyền nghề gốm"),
    ("covered", "Rà soát, bổ sung quy hoạch nghĩa trang nhân dân", "Hoàn thiện quy hoạch nghĩa trang nhân dân"),
    (
        "covered",
        "Tăng cường thu gom bao gói thuốc bảo vệ thực vật trên đồng ruộng",
        "Đặt bể thu gom bao gói thuốc bảo vệ thực vật trên đồng",
    ),
    (
        "covered",
        "Tổ chức khám sàng lọc loãng xương cho người cao tuổi",
        "Khám sàng lọc loãng xương cho người cao tuổi tại nhà văn hóa",
    ),
    ("covered", "Bố trí kinh phí mua sách cho thư viện lưu động", "Dành ngân sách mua sách cho thư viện lưu động"),
    ("covered", "Nạo vét luồng vào bến thuyền", "Nạo vét luồng vào bến thuyền trước mùa mưa"),
    ("partly", "Đóng mới thuyền thu gom rác và lắp camera giám sát bến cá", "Đóng mới thuyền thu gom rác trên sông"),
    (
        "partly",
        "Phục dựng lễ hội cầu ngư, biên soạn sách dạy hát bả trạo cho học sinh",
        "Phục dựng lễ hội cầu ngư vào tháng Giêng",
    ),
    ("partly", "Cấp mã số vùng trồng sen và xây dựng nhà sơ chế hạt sen tập trung", "Cấp mã số vùng trồng sen"),
    ("partly", "Tiêm phòng bệnh dại cho đàn chó và xử lý ổ mối tại kho lương thực", "Tiêm phòng bệnh dại cho đàn chó"),
    (
        "covered",
        "Vận động các hộ không thả rông trâu bò trên đường",
        "Vận động người dân không thả rông trâu bò ra đường",
    ),
    (
        "covered",
        "Phát triển mô hình nuôi ong dưới tán rừng ngập mặn",
        "Nhân rộng mô hình nuôi ong dưới tán rừng ngập mặn",
    ),
    ("covered", "Công khai kết quả kiểm nghiệm nước mắm", "Công bố kết quả kiểm nghiệm nước mắm trên trang thông tin"),
    ("covered", "Xử lý nghiêm hành vi kích điện bắt giun", "Xử phạt các trường hợp kích điện bắt giun"),
    ("covered", "Trồng tre chắn sóng ven sông", "Trồng 05 ha tre chắn sóng ven sông"),
    ("covered", "Hướng dẫn thợ hàn phòng ngừa cháy nổ", "Tập huấn thợ hàn cách phòng ngừa cháy nổ"),
    (
        "partly",
        "Trang bị máy đo thính lực cho trạm y tế, khám mắt định kỳ tại trường mầm non",
        "Mua sắm máy đo thính lực",
    ),
    ("partly", "Mở tuyến xe buýt đêm và xây dựng nhà chờ có mái che cho hành khách", "Mở tuyến xe buýt đêm"),
    ("missing", "Lai tạo đàn bò sữa chịu nóng", ""),
    ("missing", "Ký giao ước thi đua giữa các cảng vụ", ""),
    ("missing", "Xây dựng trạm quan trắc độ mặn tự động", ""),
    ("missing", "Tổ chức hội thi lái đò giỏi", ""),
    ("missing", "Thả cá giống xuống đầm phá nhân ngày môi trường", ""),
    ("missing", "Đặt tên phố cho các tuyến phố mới", ""),
    ("missing", "Nâng mức thù lao cho cộng tác viên dân số", ""),
    ("missing", "Di dời lò gạch thủ công ra khỏi vùng đệm", ""),
    ("missing", "Kiểm định thang máy tại chung cư cũ", ""),
    ("missing", "Sưu tầm ca dao, tục ngữ của vùng biển", ""),
    ("missing", "Hợp tác với viện nghiên cứu lai tạo giống dừa lùn", ""),
    ("missing", "Cắm biển cảnh báo dòng chảy xa bờ", ""),
    ("missing", "Giao khoán bảo vệ bãi chim làm tổ", ""),
]
HEAD = (
    "{body}\n*\nSố {number}\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHòa An, ngày {day} năm 2024\n\n{kind}\n{title}\n\n"
    "I. NHIỆM VỤ, GIẢI PHÁP\n\n{tasks}\n"
)


@lru_cache(maxsize=1)
def rows() -> tuple[Duty, ...]:
    asked = [task for _, task, _ in TASKS]
    own = sorted(task for _, _, task in TASKS if task)
    parent = HEAD.format(
        body="TỈNH ỦY HÒA AN",
        number="21-NQ/TU",
        day="15 tháng 3",
        kind="NGHỊ QUYẾT",
        title="CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH\nvề phát triển nông thôn, đô thị",
        tasks="\n".join(f"{i}. {task}." for i, task in enumerate(asked, 1)),
    )
    child = HEAD.format(
        body="HUYỆN ỦY TÂN SƠN",
        number="88-KH/HU",
        day="20 tháng 5",
        kind="KẾ HOẠCH",
        title="thực hiện Nghị quyết số 21-NQ/TU ngày 15/3/2024 của Ban Chấp hành Đảng bộ tỉnh",
        tasks="\n".join(f"{i}. {task}." for i, task in enumerate(own, 1)),
    )
    out = compare_duties(extract_text(child, document_id="con"), extract_text(parent, document_id="cha"))
    assert len(out) == len(TASKS)
    return tuple(out)


@pytest.mark.parametrize("number", range(len(TASKS)), ids=[task for _, task, _ in TASKS])
def test_the_verdict_of_a_reader(number: int) -> None:
    verdict, _, answer = TASKS[number]
    row = rows()[number]
    assert row.verdict == verdict
    if answer:
        assert row.child_quote == answer


def test_chances_come_to_one_and_more_said_is_likelier_covered() -> None:
    names = (*MEASURES, *OF_ALL, *OF_TASK)
    none = {"left_out", "account", "target", "label", "figures", "claimed"}  # what is more of these tells less
    none |= {name for name in MEASURES if name.startswith("reworded")}
    little, much = chances([0.1 for _ in names]), chances([0.0 if name in none else 1.0 for name in names])
    assert sum(little) == pytest.approx(1.0) and sum(much) == pytest.approx(1.0)
    assert much.covered > little.covered and much.missing < little.missing


def test_a_verdict_stands_only_where_it_is_likely_enough() -> None:
    told = Counter(verdict_of(Chances(c / 20, (20 - c) * 0.6 / 20, (20 - c) * 0.4 / 20)) for c in range(21))
    assert set(told) == {"covered", "partly"}
    assert verdict_of(Chances(0.3, 0.1, 0.6)) == "missing"
