"""The words of the reports in both languages."""

from __future__ import annotations

KINDS = {
    "vi": {
        "equal": "Giữ đúng", "stricter": "Cao hơn", "looser": "Thấp hơn", "deadline_earlier": "Sớm hơn", "deadline_later": "Muộn hơn",
        "scope_narrower": "Phạm vi hẹp hơn", "scope_broader": "Phạm vi rộng hơn", "modality_weaker": "Cam kết yếu hơn",
        "modality_stronger": "Cam kết mạnh hơn", "omitted": "Bỏ sót", "added": "Bổ sung", "changed": "Thay đổi",
    },
    "en": {
        "equal": "Equal", "stricter": "Stricter", "looser": "Looser", "deadline_earlier": "Earlier", "deadline_later": "Later",
        "scope_narrower": "Narrower scope", "scope_broader": "Broader scope", "modality_weaker": "Weaker commitment",
        "modality_stronger": "Stronger commitment", "omitted": "Omitted", "added": "Added", "changed": "Changed",
    },
}  # fmt: skip
SEVERITIES = {
    "vi": {"high": "Nghiêm trọng", "medium": "Cần xem xét", "low": "Lưu ý", "info": "Thông tin"},
    "en": {"high": "Serious", "medium": "Review", "low": "Note", "info": "Information"},
}
SIGNS = {"high": "▲", "medium": "◆", "low": "●", "info": "○"}
ROLES = {
    "vi": {
        "lanh_dao": "Lãnh đạo", "chu_tri": "Chủ trì", "tham_muu": "Tham mưu", "thuc_hien": "Thực hiện", "phoi_hop": "Phối hợp",
        "phoi_hop_thuc_hien": "Phối hợp thực hiện", "giam_sat": "Giám sát", "kiem_tra": "Kiểm tra", "bao_cao": "Báo cáo",
    },
    "en": {
        "lanh_dao": "Directs", "chu_tri": "Leads", "tham_muu": "Advises", "thuc_hien": "Carries out", "phoi_hop": "Coordinates",
        "phoi_hop_thuc_hien": "Helps carry out", "giam_sat": "Supervises", "kiem_tra": "Inspects", "bao_cao": "Reports",
    },
}  # fmt: skip
DUTIES = {
    "vi": {"covered": "Đã giao", "partly": "Giao một phần", "missing": "Chưa giao"},
    "en": {"covered": "Covered", "partly": "Partly", "missing": "Missing"},
}
TEXT = {
    "vi": {
        "title": "Báo cáo đối chiếu", "child": "Văn bản cấp dưới", "parent": "Văn bản cấp trên", "findings": "Kết quả đối chiếu", "search": "Tìm (gõ không dấu cũng được)",
        "all": "Tất cả", "kind": "Loại", "severity": "Mức độ", "section": "Mục", "proof": "Chứng minh", "explanation": "Giải thích", "declared": "Có thuyết minh",
        "contradicted": "Thuyết minh sai", "accept": "Đồng ý", "reject": "Bác bỏ", "note": "Ghi chú", "save": "Lưu quyết định", "load": "Mở quyết định", "print": "In",
        "order": "Sắp xếp", "by_severity": "Theo mức độ", "by_parent": "Theo văn bản cấp trên", "texts": "Toàn văn hai văn bản", "duties": "Nhiệm vụ và cơ quan thực hiện",
        "coverage": "Mức độ bao phủ", "timeline": "Thời hạn", "roles": "Vai trò các cơ quan", "confidence": "Độ tin cậy", "none": "Không có phát hiện nào khớp bộ lọc.",
        "nearest": "Chỉ tiêu gần nhất", "targets": "Chỉ tiêu", "problems": "Cần kiểm tra", "outline": "Bố cục", "tasks": "Nhiệm vụ theo cơ quan", "calendar": "Lịch thời hạn",
        "number": "Số", "date": "Ngày", "issuer": "Cơ quan ban hành", "not_there": "Không có", "reason": "Lý do", "keys": "Phím: j/k kế tiếp/trước · o mở · a đồng ý · r bác bỏ · n ghi chú",
        "covered_targets": "chỉ tiêu cấp trên có chỉ tiêu tương ứng", "quote": "Nguyên văn", "agency": "Cơ quan", "deadline": "Thời hạn", "value": "Mức", "subject": "Đối tượng", "changed_under": "đã thay đổi sau quyết định", "conflicts": "Các văn bản cấp trên quy định khác nhau",
    },
    "en": {
        "title": "Comparison report", "child": "Lower document", "parent": "Upper document", "findings": "Findings", "search": "Search (accents not needed)",
        "all": "All", "kind": "Kind", "severity": "Severity", "section": "Section", "proof": "Proof", "explanation": "Explanation", "declared": "Declared",
        "contradicted": "Note contradicts", "accept": "Accept", "reject": "Reject", "note": "Note", "save": "Save decisions", "load": "Load decisions", "print": "Print",
        "order": "Order", "by_severity": "By severity", "by_parent": "By upper document", "texts": "Both full texts", "duties": "Tasks and bodies",
        "coverage": "Coverage", "timeline": "Deadlines", "roles": "Roles of bodies", "confidence": "Confidence", "none": "No finding matches the filters.",
        "nearest": "Nearest target", "targets": "Targets", "problems": "To check", "outline": "Outline", "tasks": "Tasks by body", "calendar": "Calendar of deadlines",
        "number": "Number", "date": "Date", "issuer": "Issuer", "not_there": "None", "reason": "Reason", "keys": "Keys: j/k next/previous · o open · a accept · r reject · n note",
        "covered_targets": "upper targets are answered", "quote": "Wording", "agency": "Body", "deadline": "Deadline", "value": "Measure", "subject": "Population", "changed_under": "changed since the decision", "conflicts": "The upper documents disagree",
    },
}  # fmt: skip
