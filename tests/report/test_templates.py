"""Every sentence that the office, amendments, progress and the checks of a pair say, three times over, beside a file
that was read aloud.

The templates are read from the code: a new one without fillings fails here.  ``python -m tests.report.test_templates``
writes the file anew; look at what changed before it is kept.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "pipeline" / "doichieu"
GOLDEN = Path(__file__).with_name("templates.golden")
ROOMS = (
    "comparison/owed/oddities.py",
    "comparison/owed/applicability.py",
    "comparison/several/progress.py",
    "amending",
    "office",
)
LEFT_OUT = {"bench.py"}  # invents documents, says nothing to people
_VIETNAMESE = re.compile(r"[à-ãè-êìíò-õùúýăđĩũơưạ-ỹ]")
_PATTERN = re.compile(r"\(\?[:!<=]")  # a search pattern, not a sentence
_WORDS = 4

#: Three fillings for what stands in a template, by the expressions that stand for it in the code.
FILLINGS: dict[str, tuple[str, str, str]] = {}


def fill(values: tuple[str, str, str], *expressions: str) -> None:
    """The fillings of some expressions; one with a file before it (``amending/held.py name``) holds there only."""
    FILLINGS.update(dict.fromkeys(expressions, values))


fill(
    ("Nghị quyết số 09-NQ/TU", "Kế hoạch số 179/KH-UBND", "Kế hoạch của Ban Thường vụ Thị ủy (chưa rõ số)"),
    *("names[0]", "document_name(self.child)", "document_name(document)", "self._name", "ended.replaced_by"),
)
fill(
    ("Nghị quyết số 57-NQ/TW", "Quyết định số 877/QĐ-BTP", "Nghị quyết của Ban Chấp hành Đảng bộ tỉnh (chưa rõ số)"),
    *("names[1]", "amending/held.py name"),
)
fill(("ke-hoach-xa-a", "kh179", "ke-hoach~2"), "child.document_id", "', '.join(copies)", "document_id")
fill(("nghi-quyet-tinh-b", "nq57", "nghi-quyet~2"), "parent.document_id")
fill(("Đồng Nai", "Quảng Ngãi", "Xã Bình Minh"), "places[0]")
fill(("Bắc Ninh", "Lai Châu", "Xã Tân Phú"), "places[1]")
fill(("01/6/2026", "31/12/2030", "15/11/2025"), "dates[0]", "_day(day)", "_day(ended.effective_until)")
fill(("09/02/2026", "31/12/2025", "01/7/2025"), "dates[1]", "day_words(end_of_districts())")
fill(
    ("1", "3", "12"), "len(lost)", "len(unread)", "len(left)", "len(since)", "count", "expected", "unit.changes", "seq"
)
fill(("2", "4", "13"), "fields['seq']", "found")
fill(("", ", có hiệu lực đến hết ngày 31/12/2025", ""), "until")
fill(("30/NQ-HĐND", "12/2026/QĐ-UBND, 15/2026/QĐ-UBND", "Nghị quyết số 77/NQ-CP"), "', '.join(before)")
fill(("khoản 2 Điều 1, 30/NQ-HĐND", "Điều 3, 12/2026/QĐ-UBND", "Phụ lục I, 77/NQ-CP"), "', '.join(places)")
fill(("Sở Nội vụ", "Sở Y tế, Sở Tài chính", "Công an tỉnh"), "', '.join(bodies[:2])")
fill(("2030", "2045", "2026"), "target.deadline[:4]")
fill(("2025", "2030", "2024"), "last")
fill(("chuyển đổi số", "phát triển kinh tế số", "cán bộ cấp xã"), "near[0]", "about")
fill(("đơn đăng ký sáng chế", "tỷ lệ hộ nghèo", "trạm y tế xã"), "subject")
fill(("nói về kinh tế số", "nói về chuyển đổi số", "nói về cán bộ cấp xã"), "beside")
fill(("70% hộ dân dùng nước sạch", "100% trường học có thư viện số", "giảm 1% hộ nghèo"), "shown(leader.quote, 90)")
fill(("chỉ đặt ra cho cả nước", "đặt ra cho vùng Tây Bắc", "giao cho Bộ Nội vụ"), "above.reason")
fill(("Tây Bắc", "đồng bằng sông Cửu Long", "Tây Nguyên"), "name")
fill(("một số tỉnh", "các thành phố lớn", "ít nhất 3 địa phương"), "match.group()")
fill(("", "Báo cáo 6 tháng: ", ""), "told")
fill(("tỷ lệ hộ dân dùng nước sạch", "số trường học có thư viện", "hộ nghèo"), "_called(target)")
fill(("72%", "15 trường", "2,5%"), "comparison/several/progress.py value")
fill(("", " (90% mức đề ra)", ""), "fraction")
fill(("từ 70% trở lên", "20 trường", "dưới 3%"), "_expected(target)")
fill(("", " đến 31/12/2030", " đến 31/12/2025"), "due")
fill(("đạt 72% xã", "xây được 15 trường", "còn 300 hộ"), "quote")
fill(("40%", "60%", "1/2"), "elapsed")
fill(("35%", "80%", "1/3"), "reached")
fill(("Đã qua 40% thời gian, đạt 45% mức tăng cần có", "Tính đến nay đạt 72%", "Còn 2 năm"), "head")
fill(("Tên đăng nhập", "Tên đơn vị", "Họ tên"), "office/accounts.py what")
fill(("từ ngày", "hạn", "limit"), "office/search.py what")
fill(("200", "40", "1000"), "_MAX_NAME", "_NAMES", "MAX_LIMIT", "MAX_NOTE")
fill(("10", "12", "15"), "MIN_PASSWORD", "_ATTEMPT_MINUTES")
fill(("soan", "chuyen_vien", "khac"), "role", "side", "office/search.py kind", "office/actions.py kind")
fill(("văn bản", "chỉ tiêu", "nhiệm vụ"), "office/calls.py kind")
fill(("an.nguyen", "Chỉ tiêu quá hạn", "phong-noi-vu"), "tidy")
fill(("looser, omitted", "fix, accept, wrong, ask", "targets, assignments"), "', '.join(*)")
fill(("value", "subject", "sửa"), "office/actions.py value", "office/actions.py name", "key[:40]", "said", "value[:40]")
fill(("targets", "clauses", "hang_muc"), "office/holdings.py name")
fill(
    ("ke-hoach.docx", "nghi-quyet.pdf", "quét 01.tif"),
    "office/documents.py name",
    "payload['file_name']",
    "item['file_name']",
)
fill(("7f3a", "01d9", "c204"), "mark", "sha256[:12]", "one.id", "row.id", "fields['id']", "row.comparison")
fill(("50", "20", "200"), "limit // 2 ** 20")
fill(("may-chu.vn", "10.0.0.5", "localhost"), "host")
fill(("8080", "443", "80"), "port")
fill(("http://127.0.0.1:8080", "https://doichieu.vn", "http://[::1]:80"), "address", "url")
fill(
    ("ổ đĩa đã đầy", "không có quyền ghi", "không có tệp hay thư mục này"),
    *("system_reason(error)", "_reason(error)", "reason", "answer.reason", "error.reason"),
    "getattr(error, 'detail', None) or error",
)
fill(("thiếu dấu phẩy ở dòng 1", "thiếu trường “query”", "sai kiểu"), "error")
fill(("ValueError", "KeyError", "OSError"), "type(error).__name__")
fill(("401", "502", "503"), "error.code")
fill(("psycopg", "psycopg_binary", "sqlalchemy"), "error.name")
fill(("mysql", "oracle", "mssql"), "parsed.drivername")
fill(("/du-lieu/doichieu", "D:\\DoiChieu", "/srv/kho"), "path", "self.path", "data", "target", "source")
fill(("09-NQ/TU", "57-NQ/TW, 03/NQ-CP", "không nêu"), "sought or 'không nêu'")
fill(("docm", "exe", "không rõ"), "ending or 'không rõ'")
fill(("3", "5", "7"), "VERSION")
fill(("Phòng Nội vụ", "Văn phòng", "Sở Tư pháp"), "unit.name")


def filling(place: str, expression: str) -> tuple[str, str, str]:
    """The fillings of an expression in a file; a list that is joined says some names."""
    joined = "', '.join(*)" if expression.startswith("', '.join(") else ""
    for key in (f"{place} {expression}", expression, joined):
        if key in FILLINGS:
            return FILLINGS[key]
    raise KeyError(f"{place}: no fillings for {{{expression}}}")


def templates() -> Iterator[tuple[str, list[tuple[bool, str]]]]:
    """Every Vietnamese sentence that is put together in the rooms: its file, its parts (filled in?, text)."""
    for room in ROOMS:
        base = PACKAGE / room
        for path in [base] if base.is_file() else sorted(base.rglob("*.py")):
            if path.name in LEFT_OUT:
                continue
            found = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.JoinedStr))
            for node in found:
                parts = [
                    (False, str(v.value)) if isinstance(v, ast.Constant) else (True, ast.unparse(v.value))  # type: ignore[attr-defined]
                    for v in node.values
                ]
                words = "".join(text for filled, text in parts if not filled)
                if _VIETNAMESE.search(words) and len(words.split()) >= _WORDS and not _PATTERN.search(words):
                    yield path.relative_to(PACKAGE).as_posix(), parts


def written() -> str:
    """Each template with each of its fillings, by file; one that stands twice in a file once."""
    out: dict[str, list[str]] = {}
    for place, parts in templates():
        lines = ["".join(filling(place, text)[turn] if filled else text for filled, text in parts) for turn in range(3)]
        told = out.setdefault(f"[{place}]", [])
        told += [line for line in lines if line not in told]
    return "\n".join("\n".join((place, *lines)) for place, lines in out.items()) + "\n"


def test_every_sentence_reads_as_it_was_read_aloud() -> None:
    assert written() == GOLDEN.read_text(encoding="utf-8")


def test_no_sentence_keeps_a_field_or_says_quyet_dinh_for_a_mark() -> None:
    for line in written().splitlines():
        assert "  " not in line and " ." not in line and " ," not in line, line
        assert not re.search(r"(?<!\w)quyết định(?! số)", line.lower()), line  # a decision is a document here


def test_no_filling_is_left_over() -> None:
    used = {text for _, parts in templates() for filled, text in parts if filled}
    joined = {"', '.join(*)"} if any(text.startswith("', '.join(") for text in used) else set()
    assert {key.rpartition(".py ")[2] if ".py " in key else key for key in FILLINGS} <= used | joined


if __name__ == "__main__":
    GOLDEN.write_text(written(), encoding="utf-8")
