"""The parent's tasks against the child's: who answers for whom, what was changed, and the sentence that says so."""

from __future__ import annotations

import pytest

from doichieu import extract_text
from doichieu.comparison.authorities.counterparts import answers_for
from doichieu.comparison.duties.stage import compare_duties
from doichieu.model import Duty

PARENT = (
    "TỈNH ỦY HÒA AN\n*\nSố 21-NQ/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHòa An, ngày 15 tháng 3 năm "
    "2024\n\nNGHỊ QUYẾT\nCỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH\nvề phát triển giáo dục\n\nI. TỔ CHỨC THỰC "
    "HIỆN\n\n1. {task}\n"
)
CHILD = (
    "HUYỆN ỦY TÂN SƠN\n*\nSố 88-KH/HU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nTân Sơn, ngày 20 tháng 5 năm "
    "2024\n\nKẾ HOẠCH\nthực hiện Nghị quyết số 21-NQ/TU ngày 15/3/2024 của Ban Chấp hành Đảng bộ "
    "tỉnh\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. {task}\n"
)


def duties(upper: str, lower: str) -> list[Duty]:
    return compare_duties(
        extract_text(CHILD.format(task=lower), document_id="con"),
        extract_text(PARENT.format(task=upper), document_id="cha"),
    )


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("Sở Giáo dục và Đào tạo", "Phòng Giáo dục và Đào tạo"),
        ("Sở Nội vụ", "Phòng Nội vụ huyện"),
        ("Sở Công Thương", "Phòng Kinh tế và Hạ tầng"),
        ("Sở Y tế tỉnh Hòa An", "Phòng Y tế"),
        ("Ban Tổ chức Tỉnh ủy", "Ban Xây dựng Đảng Đảng ủy xã"),
        ("Văn phòng Tỉnh ủy", "Văn phòng Đảng ủy"),
        ("Văn phòng UBND tỉnh", "Văn phòng HĐND và UBND huyện"),
        ("Tỉnh Đoàn", "Huyện Đoàn"),
        ("các sở, ngành liên quan", "các phòng, ban liên quan"),
        ("Sở Kế hoạch và Đầu tư", "Phòng Tài chính - Kế hoạch"),
        ("Đảng ủy UBND tỉnh", "UBND xã"),
        ("Ban cán sự đảng Chính phủ", "Ban cán sự đảng UBND tỉnh"),
        ("Bộ Nội vụ", "Sở Nội vụ"),
        ("Các tỉnh ủy, thành ủy", "Các huyện ủy, thị ủy"),
        ("Công an tỉnh", "Công an phường"),
        ("Sở Nông nghiệp và Môi trường", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        ("Liên đoàn Lao động tỉnh", "Liên đoàn Lao động huyện"),
        ("Công ty Điện lực tỉnh", "Đội Quản lý điện khu vực 2"),
        ("Chi cục Kiểm lâm", "Hạt Kiểm lâm huyện"),
        ("Chi cục Quản lý thị trường", "Đội Quản lý thị trường số 4"),
        ("Kho bạc Nhà nước khu vực", "Phòng Giao dịch Kho bạc Nhà nước số 2"),
        ("Sở Giáo dục và Đào tạo", "Các trường tiểu học trên địa bàn xã"),
        ("Sở Y tế", "Trạm Y tế xã"),
        ("đại biểu Hội đồng nhân dân tỉnh", "các Ban HĐND xã"),
        ("Mặt trận Tổ quốc", "UBMTTQVN phường"),
        ("Hội Liên hiệp Phụ nữ tỉnh", "Hội LHPN xã"),
        ("Hội Cựu chiến binh", "Hội CCB phường"),
        ("Sở Khoa học và Công nghệ", "Phòng KH&CN"),
        ("Giám đốc Sở Y tế", "Trạm Y tế xã"),
        ("Chủ tịch UBND các xã, phường", "UBND xã"),
        ("Lãnh đạo Ủy ban nhân dân các phường", "UBND phường"),
        ("Bí thư đảng ủy các xã", "Đảng ủy xã"),
        ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "Đồn Biên phòng Cửa Lạch"),
        ("Đài Phát thanh và Truyền hình tỉnh", "Đài Truyền thanh xã"),
        ("Sở Giáo dục và Đào tạo", "Trường Mầm non Hoa Sen"),
        ("Lực lượng Công an các cấp", "Công an phường"),
        ("Ngành Y tế", "Trạm Y tế xã"),
        ("Doanh nghiệp, đơn vị cấp nước", "Công ty Cổ phần Cấp nước Hòa An"),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Ban Thanh tra nhân dân xã"),
    ],
)
def test_counterparts(upper: str, lower: str) -> None:
    assert answers_for(upper, lower)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("Sở Tài chính", "Phòng Y tế"),
        ("Ủy ban Kiểm tra Tỉnh ủy", "Ban Tổ chức Huyện ủy"),
        ("Tỉnh Đoàn", "Hội Nông dân huyện"),
        ("Sở Y tế", "Phòng Kinh tế"),
        ("Công an tỉnh", "Thanh tra huyện"),
        ("Công ty Điện lực tỉnh", "Trạm Cấp nước huyện"),
        ("Sở Y tế", "Các trường tiểu học trên địa bàn xã"),
        ("Giám đốc Sở Y tế", "Chủ tịch UBND xã"),
        ("Chủ tịch UBND tỉnh", "Chủ tịch UBMTTQVN xã"),
        ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh", "Ban CHQS xã"),
        ("Thanh tra tỉnh", "Ban Thanh tra nhân dân xã"),
        ("Lực lượng Công an các cấp", "Ban CHQS phường"),
    ],
)
def test_not_counterparts(upper: str, lower: str) -> None:
    assert not answers_for(upper, lower)


CASES = [
    (  # in other words, one thing of two
        "Sở Xây dựng mở lớp truyền nghề đan mây, nặn gốm cho thiếu niên trong dịp hè.",
        "Phòng Kinh tế và Hạ tầng mời thợ giỏi dạy các cháu thiếu niên đan mây tại đình làng vào dịp hè.",
        [("partly", ("task_reworded",))],
    ),
    (  # of two models that have names only one
        'Sở Xây dựng xây dựng và nhân rộng mô hình "Bến đò an toàn", "Ghe không rác" trong năm 2026.',
        'Phòng Kinh tế và Hạ tầng ra mắt, duy trì mô hình "Bến đò an toàn" tại các bến 1, 2, 3.',
        [("partly", ("task_reworded",))],
    ),
    (  # how many each is to have is told no more
        "Sở Xây dựng mở lớp dạy đan lát miễn phí cho phụ nữ trong lúc nông nhàn, mỗi ấp ít nhất 02 lớp/năm.",
        "Phòng Kinh tế và Hạ tầng mở các lớp dạy đan lát không thu tiền cho chị em ở 07 ấp vào lúc nông nhàn.",
        [("partly", ("task_reworded",))],
    ),
    (  # what is found is put right no more
        "Sở Xây dựng kiểm tra, xử lý nghiêm chủ bè vi phạm quy định về neo đậu trên luồng.",
        "Phòng Kinh tế và Hạ tầng kiểm tra việc chấp hành quy định về neo đậu của chủ bè trên luồng.",
        [("partly", ("task_reworded",))],
    ),
    (  # the day is told no more
        "Sở Xây dựng trồng lại cây gãy đổ trên các tuyến đê, xong trước ngày 30 tháng 9 năm 2026.",
        "Phòng Kinh tế và Hạ tầng trồng lại cây gãy đổ trên các tuyến đê.",
        [("partly", ("task_reworded",))],
    ),
    (  # half of a deed is taken over, the first
        "Sở Xây dựng kiểm tra việc lấp ao hồ và việc đấu nối nước thải, thu phí thoát nước của các xưởng nhuộm.",
        "Phòng Kinh tế và Hạ tầng kiểm tra việc đấu nối nước thải, thu phí thoát nước của các xưởng nhuộm.",
        [("partly", ("task_reworded",))],
    ),
    (  # money for two things is found for one
        "Sở Xây dựng bố trí ngân sách để mua phao cứu sinh và dựng nhà chờ đò tại các bến khách ngang sông.",
        "Phòng Kinh tế và Hạ tầng bố trí ngân sách mua phao cứu sinh tại các bến khách ngang sông.",
        [("partly", ("task_reworded",))],
    ),
    (  # day and night is not some hours
        "Sở Xây dựng tổ chức trực gác 24/24 giờ tại các cầu treo dân sinh bị lún.",
        "Phòng Kinh tế và Hạ tầng trực gác từ 06 giờ đến 18 giờ tại các cầu treo dân sinh bị lún.",
        [("partly", ("task_reworded",))],
    ),
    (  # nobody answers for it by urging others on
        "Sở Xây dựng chịu trách nhiệm trước Tỉnh ủy nếu để cầu treo bị lún kéo dài.",
        "Phòng Kinh tế và Hạ tầng theo dõi, đôn đốc các xã về cầu treo bị lún.",
        [("missing", ())],
    ),
    (
        "Sở Nội vụ chủ trì, phối hợp với Văn phòng UBND tỉnh nâng cao Chỉ số cải cách hành chính.",
        ("Phòng Nội vụ chủ trì, phối hợp với Văn phòng HĐND và UBND huyện nâng cao Chỉ số cải cách hành chính."),
        [("covered", ())],
    ),
    (
        "Ủy ban Kiểm tra Tỉnh ủy kiểm tra việc thực hiện Nghị quyết.",
        "Ủy ban Kiểm tra Huyện ủy kiểm tra việc thực hiện Kế hoạch này.",
        [("covered", ())],
    ),
    (
        "Ban Tuyên giáo Tỉnh ủy chủ trì hướng dẫn tuyên truyền Nghị quyết.",
        "Ban Tuyên giáo Huyện ủy phối hợp hướng dẫn tuyên truyền Nghị quyết số 21.",
        [("partly", ("role_changed", "no_lead"))],
    ),
    (
        "Ủy ban Kiểm tra Tỉnh ủy kiểm tra việc thực hiện Nghị quyết.",
        "Ban Tổ chức Huyện ủy kiểm tra việc thực hiện Kế hoạch.",
        [("partly", ("body_changed",))],
    ),
    (
        "Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp với Sở Y tế rà soát, phát triển các tuyến du lịch.",
        "Phòng Văn hóa và Thông tin chủ trì rà soát, phát triển các tuyến du lịch.",
        [("covered", ("body_missing",))],
    ),
    (
        (
            "Ban cán sự đảng Ủy ban nhân dân tỉnh xây dựng kế hoạch thực hiện Nghị quyết, hoàn thành trước "
            "ngày 30/6/2024."
        ),
        "Ủy ban nhân dân huyện xây dựng kế hoạch thực hiện, hoàn thành trước ngày 31/7/2024.",
        [("partly", ("deadline_later",))],
    ),
    (
        "Đảng ủy UBND tỉnh lãnh đạo, chỉ đạo triển khai dịch vụ công trực tuyến toàn trình.",
        "Ủy ban nhân dân huyện triển khai dịch vụ công trực tuyến toàn trình.",
        [("covered", ())],
    ),
    (
        "Liên đoàn Lao động tỉnh vận động công nhân tham gia học tập nâng cao tay nghề.",
        "Công an huyện bảo đảm an ninh, trật tự tại các điểm du lịch.",
        [("not_addressed", ())],
    ),
    (  # set to the issuer itself: it may give the task to any of its bodies
        "Các huyện ủy, thị ủy xây dựng kế hoạch bồi dưỡng cán bộ trẻ.",
        "Ban Tổ chức Huyện ủy xây dựng kế hoạch bồi dưỡng cán bộ trẻ.",
        [("covered", ())],
    ),
    (  # verb and object are kept, what they are for is worded anew
        "Sở Giao thông vận tải xây dựng bản đồ số các bến thủy phục vụ công tác quản lý, bảo đảm an toàn đường sông.",
        "Phòng Kinh tế và Hạ tầng xây dựng bản đồ số các bến thủy, cập nhật hằng quý.",
        [("covered", ())],
    ),
    (  # the same body, another thing
        "Sở Y tế xây dựng cơ sở dữ liệu về bệnh nghề nghiệp để giám sát sức khỏe người lao động.",
        "Phòng Y tế tổ chức thi tay nghề cho nhân viên các quầy thuốc.",
        [("missing", ())],
    ),
    (  # one of two objects is left out
        "Sở Y tế quản lý người mắc bệnh hen phế quản và người rối loạn giấc ngủ kéo dài tại cộng đồng.",
        "Phòng Y tế quản lý người mắc bệnh hen phế quản tại trạm y tế xã.",
        [("partly", ("task_reworded",))],
    ),
    (  # names dropped out of a list that is told in its words otherwise
        "Sở Y tế cấp phát kính lão cho thợ dệt, thợ thêu ren và người làm nón.",
        "Phòng Y tế cấp phát kính lão cho thợ dệt.",
        [("partly", ("task_reworded",))],
    ),
    (  # one of several days named after who they are for
        "Sở Y tế chủ trì tổ chức kỷ niệm Ngày Thầy thuốc Việt Nam 27/02 và Ngày Điều dưỡng thế giới 12/5.",
        "Phòng Y tế chủ trì tổ chức kỷ niệm Ngày Thầy thuốc Việt Nam 27/02.",
        [("partly", ("task_reworded",))],
    ),
    (  # an amount that nothing of the answer names
        "Sở Y tế chủ trì hỗ trợ 60% chi phí đóng lồng bè, tối đa 20 triệu đồng/hộ.",
        "Phòng Y tế chủ trì hỗ trợ chi phí đóng lồng bè cho các hộ.",
        [("partly", ("task_reworded",))],
    ),
    (  # rules are made by nothing that only pays
        "Đảng đoàn HĐND tỉnh chủ trì lãnh đạo việc ban hành chính sách hỗ trợ nghề đan thuyền thúng.",
        "Phòng Kinh tế và Hạ tầng hỗ trợ hộ làm nghề đan thuyền thúng mua tre, dầu rái.",
        [("missing", ())],
    ),
    (  # another name in the place of one
        "Sở Y tế cấp phát kính lão cho thợ dệt chiếu cói, thợ thêu ren.",
        "Phòng Y tế cấp phát kính lão cho thợ dệt chiếu cói, người đan lưới.",
        [("covered", ())],
    ),
    (  # less often
        "Sở Y tế kiểm tra bể chứa nước mưa ở trường học hằng tháng.",
        "Phòng Y tế kiểm tra bể chứa nước mưa ở trường học mỗi quý một lần.",
        [("partly", ("less_often",))],
    ),
    (  # oftener
        "Sở Y tế kiểm tra bể chứa nước mưa ở trường học hằng năm.",
        "Phòng Y tế kiểm tra bể chứa nước mưa ở trường học 6 tháng một lần.",
        [("covered", ())],
    ),
    (  # on one of two days of a year
        "Sở Y tế thau rửa bể chứa nước mưa ở trường học trước ngày 30/4 và trước ngày 31/10 hằng năm.",
        "Phòng Y tế thau rửa bể chứa nước mưa ở trường học trước ngày 31/10 hằng năm.",
        [("partly", ("less_often",))],
    ),
    (  # at one of two dates
        "Sở Y tế chủ trì kiểm kê số giếng khơi trước ngày 30/6/2025 và trước ngày 30/6/2028.",
        "Phòng Y tế chủ trì kiểm kê số giếng khơi trước ngày 30/6/2028.",
        [("partly", ("task_reworded",))],
    ),
    (  # fewer of each, and of fewer
        "Sở Y tế chủ trì cấp cho mỗi bếp ăn 03 bộ dao thớt chín.",
        "Phòng Y tế chủ trì cấp cho mỗi bếp ăn 01 bộ dao thớt chín.",
        [("partly", ("task_reworded",))],
    ),
    (
        "Sở Y tế chủ trì cấp cho mỗi bếp ăn 03 bộ dao thớt chín, hộp lưu mẫu thức ăn.",
        "Phòng Y tế chủ trì cấp cho mỗi trường 03 bộ dao thớt chín, hộp lưu mẫu thức ăn.",
        [("partly", ("task_reworded",))],
    ),
    (  # a verb of the same kind, nothing left out
        "Sở Giao thông vận tải bảo trì các bến thủy nội địa do địa phương quản lý.",
        "Phòng Kinh tế và Hạ tầng sửa chữa các bến thủy nội địa do huyện quản lý.",
        [("covered", ())],
    ),
    (  # another thing in the place of one
        "Sở Y tế hướng dẫn hộ kinh doanh thay ống dẫn nước bằng đồng trong bếp ăn tập thể.",
        "Phòng Y tế hướng dẫn hộ kinh doanh thay ống dẫn nước bằng thép trong bếp ăn tập thể.",
        [("partly", ("task_reworded",))],
    ),
    (  # the field of a task before a colon is no word of it
        "Thư viện cộng đồng: luân chuyển sách thiếu nhi về các điểm đọc.",
        "Luân chuyển sách thiếu nhi về các điểm đọc ở thôn.",
        [("covered", ())],
    ),
    (  # a short name that the child introduces
        "Sở Y tế chủ trì khám mắt cho học viên dân tộc nội trú.",
        "Phòng Y tế lập danh sách học viên dân tộc nội trú (HVDTNT); khám mắt cho HVDTNT.",
        [("covered", ())],
    ),
    (  # what somebody is like is no part that can be left out
        "Sở Y tế đỡ đầu người khuyết tật nặng, không nơi nương tựa.",
        "Phòng Y tế đỡ đầu người khuyết tật nặng tại cơ sở bảo trợ.",
        [("covered", ())],
    ),
    (  # a body of one kind a level down
        "Công ty Điện lực tỉnh chủ trì thay thế cột điện cũ dọc tuyến kênh.",
        "Đội Quản lý điện khu vực 2 chủ trì thay thế cột điện cũ dọc tuyến kênh.",
        [("covered", ())],
    ),
]


@pytest.mark.parametrize(
    ("task", "verdict"),
    [
        ("Ban quản lý bến xe niêm yết giá vé giữ xe máy.", "missing"),  # of a kind that every place has
        ("Các hộ nuôi ong di chuyển đàn ong theo mùa hoa.", "missing"),
        ("Hội Nông dân tỉnh mở gian bán mật ong rừng.", "missing"),
        ("UBND các xã thả cá giống xuống hồ chứa.", "missing"),  # below the child's own level
        ("Thủ trưởng các cơ quan, đơn vị phân công người trực điện thoại.", "missing"),
        ("Cục Tần số vô tuyến điện cấp phép băng tần cho tàu cá.", "not_addressed"),
        ("Liên đoàn Lao động tỉnh thay tà vẹt gỗ bằng tà vẹt bê tông.", "not_addressed"),
    ],
)
def test_only_bodies_without_a_counterpart_are_not_addressed(task: str, verdict: str) -> None:
    (row,) = duties(task, "Công an huyện bảo đảm an ninh, trật tự tại các điểm du lịch.")
    assert row.verdict == verdict, row.explanation


def test_what_is_asked_of_the_peoples_committee_the_party_gives_to_an_office_of_it() -> None:
    (row,) = duties(
        "UBND các huyện rà soát, lập danh mục lò gạch thủ công.",
        "Phòng Kinh tế và Hạ tầng rà soát, lập danh mục lò gạch thủ công.",
    )
    assert (row.verdict, row.findings) == ("covered", ())


def test_who_a_document_binds_carries_it_out() -> None:
    (row,) = duties(
        "Các huyện ủy, thị ủy chịu trách nhiệm thực hiện Nghị quyết này.",
        "Công an huyện bảo đảm an ninh, trật tự tại các điểm du lịch.",
    )
    assert row.verdict == "covered"
    assert row.child_quote.startswith("thực hiện Nghị quyết số 21-NQ/TU")


@pytest.mark.parametrize(
    ("task", "verdict"),
    [
        ("Các huyện ủy xây dựng kế hoạch trồng cây phân tán của địa phương.", "covered"),
        ("Các huyện ủy xây dựng kế hoạch nạo vét kênh mương của địa phương.", "missing"),
    ],
)
def test_the_child_is_the_plan_on_a_matter_that_a_task_asks_for(task: str, verdict: str) -> None:
    child = CHILD.replace("Ban Chấp hành Đảng bộ tỉnh", "Ban Chấp hành Đảng bộ tỉnh về trồng cây phân tán")
    (row,) = compare_duties(
        extract_text(child.format(task="Văn phòng Huyện ủy mua sắm bàn ghế hội trường."), document_id="con"),
        extract_text(PARENT.format(task=task), document_id="cha"),
    )
    assert row.verdict == verdict, row.explanation


def test_a_row_of_a_table_is_its_task_and_no_other_cell() -> None:
    upper = "Phân công:\n\n| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"
    upper += "| 1 | Kẻ vạch sơn sang đường trước cổng trường | Sở Xây dựng | 2026 |"
    (row,) = duties(upper, "Phòng Quản lý đô thị kẻ vạch sơn sang đường trước cổng trường.")
    assert (row.parent_quote, row.parent_lead) == ("Kẻ vạch sơn sang đường trước cổng trường", "Sở Xây dựng")
    assert row.verdict == "covered", row.explanation


def test_what_is_left_out_is_named() -> None:
    (row,) = duties(
        "Sở Y tế quản lý người mắc bệnh hen phế quản và người rối loạn giấc ngủ kéo dài tại cộng đồng.",
        "Phòng Y tế quản lý người mắc bệnh hen phế quản tại trạm y tế xã.",
    )
    assert "chưa thấy nêu “người rối loạn giấc ngủ kéo dài tại cộng đồng”" in row.explanation


def test_the_plan_itself_answers_the_task_of_making_it() -> None:
    rows = duties(
        "Các huyện ủy, thị ủy xây dựng kế hoạch thực hiện Nghị quyết, hoàn thành trong tháng 6 năm 2024.",
        "Công an huyện bảo đảm an ninh, trật tự tại các điểm du lịch.",
    )
    assert [(row.verdict, row.findings) for row in rows] == [("covered", ())]
    assert rows[0].child_quote.startswith("thực hiện Nghị quyết số 21-NQ/TU")
    late = duties(
        "Các huyện ủy, thị ủy xây dựng kế hoạch thực hiện Nghị quyết, hoàn thành trước ngày 30/4/2024.",
        "Công an huyện bảo đảm an ninh, trật tự tại các điểm du lịch.",
    )
    assert [(row.verdict, row.findings) for row in late] == [("partly", ("deadline_later",))]


@pytest.mark.parametrize(("upper", "lower", "expected"), CASES)
def test_verdicts(upper: str, lower: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    rows = duties(upper, lower)
    assert [(row.verdict, row.findings) for row in rows] == expected
    for row in rows:
        assert row.explanation.startswith("Nghị quyết số 21-NQ/TU (khoản 1, mục I) giao ")
        assert "Kế hoạch số 88-KH/HU" in row.explanation
        assert row.explanation.endswith(".")
        assert row.parent_quote in upper and row.child_quote in lower
        assert row.explanation.count("“") == row.explanation.count("”")


def test_a_heading_does_nothing() -> None:
    child = CHILD.format(
        task="Trồng cây bóng mát\na) Phòng Y tế cấp phát cơ số thuốc dự phòng.\nb) Mua hai thuyền nan."
    )
    (row,) = compare_duties(
        extract_text(child, document_id="con"),
        extract_text(PARENT.format(task="Trồng cây bóng mát dọc tuyến đường ven hồ."), document_id="cha"),
    )
    assert row.verdict == "missing", row.explanation


def test_what_surely_answers_another_task_is_no_answer_in_other_words() -> None:
    parent = PARENT.format(task="Bố trí quỹ đất làm bến thuyền tại các khu đô thị ven sông.\n\n2. {task}")
    task = "Khuyến khích phát triển bến thuyền tư nhân, ưu tiên bến của hợp tác xã vận tải."
    child = CHILD.format(task="Bố trí quỹ đất làm bến thuyền tại khu đô thị ven sông Cầu.")
    rows = compare_duties(
        extract_text(child, document_id="con"), extract_text(parent.format(task=task), document_id="cha")
    )
    assert [row.verdict for row in rows] == ["covered", "missing"]


def test_whom_a_sentence_opens_with_does_it() -> None:
    (row,) = duties(
        "Các sở, ngành, địa phương thực hiện:\n- Ban Tuyên giáo và Dân vận các cấp nêu gương người trồng rừng đước.",
        "Ban Tuyên giáo Huyện ủy nêu gương người trồng rừng đước.",
    )[-1:]
    assert (row.verdict, row.findings) == ("covered", ()), row.explanation
    assert row.parent_lead.startswith("Ban Tuyên giáo và Dân vận")


def test_dates_are_told() -> None:
    (row,) = duties(
        "Ban Tổ chức Tỉnh ủy xây dựng đề án bồi dưỡng cán bộ quản lý, hoàn thành trước ngày 30/6/2024.",
        "Ban Tổ chức Huyện ủy xây dựng đề án bồi dưỡng cán bộ quản lý, hoàn thành trước ngày 31/12/2024.",
    )
    assert "thời hạn muộn hơn (trước ngày 31/12/2024 so với trước ngày 30/6/2024)" in row.explanation


def test_a_heading_of_bodies_alone_sets_its_list_to_them() -> None:
    upper = "Trách nhiệm của Công an các xã, phường\n- Gỡ bẫy chim trên đồng.\n- Cất giữ súng săn nộp lại."
    lower = "Công an phường: Gỡ bẫy chim trên đồng.\n2. Cất giữ súng săn nộp lại."
    rows = {row.parent_quote: row for row in duties(upper, lower)}
    assert rows["Gỡ bẫy chim trên đồng"].parent_lead == "Công an các xã, phường"
    assert rows["Gỡ bẫy chim trên đồng"].child_lead == "Công an phường"
