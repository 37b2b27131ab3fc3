"""Every sentence that the reports make, three times over, beside a file that was read aloud.

``python -m tests.report.test_sentences`` writes the file anew; look at what changed before it is kept.
"""

from __future__ import annotations

import re
from itertools import cycle
from pathlib import Path

import pytest

from doichieu.comparison.duties.stage import FINDING_WORDS
from doichieu.lexicon import load
from doichieu.model import Duty
from doichieu.report.phrases import duty_sentence

GOLDEN = Path(__file__).with_name("sentences.golden")
FILLED = ("sentence", "counted", "proof", "every", "text")
FILLINGS = {
    "n": ("1", "7", "28"),
    "all": ("12", "28", "55"),
    "done": ("0", "5", "28"),
    "value": ("từ 15% trở lên", "thuộc nhóm 3 nước dẫn đầu", "đa số"),
    "lower": ("15% trở lên", "31/12/2030", "cán bộ cấp xã dưới 40 tuổi"),
    "upper": ("10% trở lên", "trước 25/12/2024", "cán bộ cấp xã"),
    "parts": (
        "1 chỉ tiêu thấp hơn",
        "3 chỉ tiêu chưa được cụ thể hóa; 4 chỉ tiêu có thời hạn muộn hơn",
        "28 chỉ tiêu giữ đúng",
    ),
    "tasks.parts": ("1 đã giao", "4 đã giao; 3 chưa giao", "20 đã giao; 7 giao một phần; 1 không thuộc phạm vi"),
    "quote": ("70% hộ dân dùng nước sạch", "100% trường học có thư viện số", "15% cán bộ cấp xã dưới 40 tuổi"),
    "number": ("09-NQ/TU", "179/KH-UBND", "57-NQ/TW"),
    "decision": ("Đề nghị sửa", "Chấp nhận (có lý do)", "Máy nhận sai"),
    "conclusion": ("Thấp hơn", "Chưa cụ thể hóa", "Cao hơn; Phạm vi rộng hơn"),
    "pair": ("ke-hoach__nghi-quyet", "con__cha", "xa-a__tinh-b"),
    "name": ("Nguyễn Thị An", "Phòng Nội vụ", "Trần Văn Bình"),
    "at": ("05/6/2026", "31/12/2026", "09/02/2026"),
    "kinds": ("thấp hơn", "giữ đúng; muộn hơn", "cao hơn; phạm vi rộng hơn"),
    "on": ("01/6/2026", "31/12/2030", "15/11/2025"),
    "day": ("01/6/2026", "31/12/2030", "15/11/2025"),
    "progress_counts.n": ("10", "20", "155"),
    "of": ("12", "28", "55"),
    "mark": ("Đề nghị sửa", "Máy nhận sai", "Hỏi thêm"),
    "provision": ("khoản 2 Điều 3", "điểm a khoản 1 Điều 5", "Phụ lục I"),
    "reason": ("khác đối tượng", "đã được đối chiếu với chỉ tiêu khác", "không có chỉ tiêu nào cùng nội dung"),
}


def sentences(lang: str) -> list[str]:
    """Each template with each of three fillings; numbers that stand for others count on from them."""
    out: list[str] = []
    lexicons = {"report": FILLED, **{name: tuple(load(f"{name}_{lang}")) for name in ("amending", "office")}}
    for lexicon, group in ((lexicon, group) for lexicon, groups in lexicons.items() for group in groups):
        forms = load(f"{lexicon}_{lang}")[group]
        if not isinstance(forms, dict):
            forms = {group: forms}
        for key, form in forms.items():
            if not isinstance(form, str):
                continue
            form = form.replace("{{", "{").replace("}}", "}")
            names = re.findall(r"\{(\w+)\}", form)
            if not names:
                continue
            told = group if lexicon == "report" else lexicon if group == key else f"{lexicon}.{group}"
            out.append(f"[{lang} {told}.{key}]")
            for turn in range(3):
                out.append(form.format(**{name: filled(name, turn, key) for name in names}))
    return out


def duty_sentences(lang: str) -> list[str]:
    """What is said of a task, for each thing that may be otherwise: alone, with another one, with two."""
    out: list[str] = []
    found = list(FINDING_WORDS)
    for i, key in enumerate(found):
        others = (found[(i + 1) % len(found)], found[(i + 2) % len(found)])
        out.append(f"[{lang} duty.{key}]")
        for verdict, more in (("partly", ()), ("partly", others[:1]), ("covered", others)):
            out.append(duty_sentence(Duty("con", "cha", "u", verdict=verdict, findings=(key, *more)), lang))
    return out


def filled(name: str, turn: int, key: str = "") -> str:
    values = cycle(FILLINGS.get(f"{key}.{name}", FILLINGS.get(name, ("2", "4", "31"))))
    return [next(values) for _ in range(3)][turn]


def written() -> str:
    return "\n".join(line for lang in ("vi", "en") for line in (*sentences(lang), *duty_sentences(lang))) + "\n"


def test_every_sentence_reads_as_it_was_read_aloud() -> None:
    assert written() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_sentence_keeps_a_field_or_says_quyet_dinh_for_a_mark(lang: str) -> None:
    for line in sentences(lang):
        assert "{" not in line and "  " not in line
        assert "quyết định" not in line.lower(), line  # a decision is a document here


if __name__ == "__main__":
    GOLDEN.write_text(written(), encoding="utf-8")
