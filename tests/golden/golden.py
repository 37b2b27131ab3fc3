"""Invented documents and what the product makes of them: ``make golden`` writes the rows anew."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from doichieu import extract_text
from doichieu.comparison.compare import compare
from doichieu.model import Document
from doichieu.schema import DIFF_TABLES, TABLES, Table, cell
from doichieu.tables import records, rows

HERE = Path(__file__).parent
TEXTS = sorted((HERE / "texts").glob("*.txt"))
#: Child and parent; the last three do not belong together, and are told so.
PAIRS = (
    ("kh36-hoangsuphi-2022-du-lich", "nq17-hagiang-2021-du-lich"),
    ("kh4188-kontum-2022-dinh-duong-tre-em", "qd1023-ttg-2022-dinh-duong-tre-em"),
    ("kh47-tuyenquang-2026-thuc-hien-nq12", "nq12-tuyenquang-2025-nong-nghiep-giao-thong-nong-thon"),
    ("kh52-xa-trunghiep-2026-dao-tao-nghe", "kh118-vinhlong-2025-dao-tao-nghe"),
    ("kh245-thanhhoa-2025-tai-hoa-nhap-cong-dong", "qd2087-ttg-2025-tai-hoa-nhap-cong-dong"),
    ("kh19-xa-khanhvinh-2026-thuy-loi", "nq41-khanhhoa-2025-thuy-loi-an-toan-dap"),
    ("kh31-bacninh-2026-thuc-hien-nq09", "nq09-bacninh-2025-di-san-van-hoa"),
    ("kh58-quangtri-2026-thuc-hien-nq11", "nq11-quangtri-2025-cham-soc-suc-khoe"),
    ("kh41-phuong-ninhkieu-2026-phong-chay", "nq27-cantho-2025-phong-chay-chua-chay"),
    ("kh396-quangninh-2025-chat-thai-ran", "qd3156-bnnmt-2025-chat-thai-ran-sinh-hoat"),
    ("kh22-danguy-oceo-2026-to-chuc-co-so-dang", "nq06-angiang-2025-to-chuc-co-so-dang"),
    ("kh402-laocai-2025-an-toan-giao-thong", "qd2341-ttg-2025-an-toan-giao-thong-duong-bo"),
    ("kh58-phuong-phohien-2026-the-duc-the-thao", "nq62-hungyen-2025-the-duc-the-thao"),
    ("kh215-snv-nghean-2026-nguoi-co-cong-bhxh", "qd1874-bnv-2025-nguoi-co-cong-bao-hiem-xa-hoi"),
    ("kh318-tuyenquang-2025-lam-nghiep-ben-vung", "qd2087-ttg-2025-lam-nghiep-ben-vung"),
    ("kh47-phuong-thientruong-2026-giao-duc-dao-tao", "nq12-tu-ninhbinh-2025-giao-duc-dao-tao"),
    ("kh35-lmhtx-cantho-2026-kinh-te-tap-the", "kh274-cantho-2025-kinh-te-tap-the"),
    ("kh37-xa-caibe-2026-nguoi-cao-tuoi", "nq58-dongthap-2025-nguoi-cao-tuoi"),
    ("kh186-huyen-dilinh-2021-cai-cach-hanh-chinh", "kh7215-lamdong-2021-cai-cach-hanh-chinh"),
    ("kh64-syt-gialai-2026-tai-nan-thuong-tich-tre-em", "qd2218-ttg-2025-tai-nan-thuong-tich-tre-em"),
    ("kh128-huyen-donghai-2021-nganh-tom-thuy-san", "nq07-tu-baclieu-2021-nganh-tom-thuy-san"),
    ("kh21-xa-songma-2026-phong-chong-ma-tuy", "kh296-sonla-2025-phong-chong-ma-tuy"),
    ("kh44-phuong-buonho-2026-pho-bien-giao-duc-phap-luat", "nq23-tu-daklak-2025-pho-bien-giao-duc-phap-luat"),
    ("kh93-syt-phutho-2026-tro-giup-nguoi-khuyet-tat", "qd2406-ttg-2025-tro-giup-nguoi-khuyet-tat"),
    ("kh26-xa-camxuyen-2026-chan-nuoi-thu-y", "kh487-hatinh-2025-chan-nuoi-thu-y"),
    ("kh25-tp-tuyhoa-2022-do-thi-nha-o", "nq09-tu-phuyen-2021-do-thi-nha-o"),
    ("kh74-thainguyen-2026-an-toan-ve-sinh-lao-dong", "qd1187-bnv-2025-an-toan-ve-sinh-lao-dong"),
    ("kh33-xa-hamyen-2026-phong-chong-thien-tai", "kh318-tuyenquang-2025-phong-chong-thien-tai"),
    ("kh21-sct-tayninh-2026-logistics-thuong-mai-dien-tu", "nq08-tu-tayninh-2025-logistics-thuong-mai-dien-tu"),
    ("kh39-xa-tieu-can-2026-thue-cho", "kh214-vinhlong-2026-thue-diem-kinh-doanh-cho"),
    ("kh163-laichau-2026-skss-vi-thanh-nien", "qd3162-byt-2025-skss-vi-thanh-nien"),
    ("kh22-lmhtx-dongthap-2026-tiet-kiem-dien", "nq14-tu-dongthap-2025-dien-hop-tac-xa"),
    ("dien-bien-kh-tgpl-ho-tich-2025", "btp-chuong-trinh-tgpl-ho-tich-2025"),
    ("xa-dinh-my-kh-co-gioi-hoa-giong-lua-2026", "an-giang-hdnd-co-gioi-hoa-giong-lua-2025"),
    ("syt-hue-kh-suc-khoe-tam-than-yhct-2026", "hue-qd-suc-khoe-tam-than-yhct-2025"),
    ("ninh-binh-ubnd-cum-cong-nghiep-lang-nghe-2026", "ninh-binh-tinh-uy-cum-cong-nghiep-lang-nghe-2025"),
    ("kh1142-khanhhoa-2026-nghe-muoi", "nq16-tu-khanhhoa-2025-nghe-muoi"),
    ("kh57-camau-2026-bao-luc-gia-dinh", "qd2296-ttg-2025-bao-luc-gia-dinh"),
    ("kh18-xa-giabinh-2026-viec-cuoi-viec-tang", "nq74-hdnd-bacninh-2025-viec-cuoi-viec-tang"),
    ("kh118-khanhhoa-2026-nganh-muoi", "qd2174-ttg-2025-nganh-muoi"),
    ("kh96-phutho-2026-viec-cuoi-viec-tang", "nq14-tu-phutho-2025-viec-cuoi-viec-tang"),
    ("kh27-skhcn-dongnai-2026-nang-suat-do-luong", "qd143-dongnai-2026-nang-suat-do-luong"),
    ("kh34-xa-easup-2026-thong-tin-co-so", "nq71-hdnd-daklak-2025-thong-tin-co-so"),
    ("kh87-quangngai-2026-buu-chinh-nong-thon", "qd2318-ttg-2025-buu-chinh-nong-thon"),
    ("kh64-sonla-2026-cay-an-qua", "nq19-tu-sonla-2025-cay-an-qua"),
    ("kh29-xa-concuong-2026-cham-soc-mat", "kh231-nghean-2025-cham-soc-mat"),
    ("dd11-quangninh-vat-lieu-khong-nung-2026", "dd11-bxd-vat-lieu-khong-nung-2025"),
    ("dd11-xa-quynhphu-rom-ra-2026", "dd11-hdnd-hungyen-rom-ra-2025"),
    ("dd11-danguy-truongvinh-khuyen-hoc-2026", "dd11-nghean-tinhuy-khuyen-hoc-2025"),
    ("kh76-langson-2026-benh-khong-lay-nhiem", "qd3418-byt-2025-benh-khong-lay-nhiem"),
    ("kh28-danguy-doluong-2026-lao-dong-di-lam-viec-nuoc-ngoai", "nq15-tu-nghean-2025-lao-dong-di-lam-viec-nuoc-ngoai"),
    ("kh17-xa-donduong-2026-suc-khoe-cay-trong", "kh9214-lamdong-2025-suc-khoe-cay-trong"),
    ("kh22-danguy-lechan-2026-tiep-cong-dan-khieu-nai-to-cao", "ctr09-tu-haiphong-2025-tiep-cong-dan-khieu-nai-to-cao"),
    ("da12-danguy-damrong2-can-bo-nu-dtts-2026", "da12-tinhuy-lamdong-can-bo-nu-dtts-2025"),
    ("da12-thanhhoa-suc-khoe-hoc-duong-2026", "da12-ttg-suc-khoe-hoc-duong-2025"),
    ("da12-dackhu-coto-bao-ton-bien-2026", "da12-hdnd-quangninh-bao-ton-bien-2025"),
    ("da12-phuong-nenh-nha-tro-cho-thue-2026", "da12-ubnd-bacninh-nha-tro-cho-thue-2025"),
    ("nq-hdnd-du-lich-van-hoa-hagiang-2021", "nq17-hagiang-2021-du-lich"),
    ("gialai-ke-hoach-tre-em-nguoi-cao-tuoi-khuyet-tat-2026", "qd1023-ttg-2022-dinh-duong-tre-em"),
    ("xa-tanthanh-ke-hoach-cchc-chuyen-doi-so-2026", "ha-tang-so-5g-haiphong-2026"),
)
_READ = ("targets", "assignments", "deadlines", "percentages", "citations", "results", "amendments", "problems")
_FOUND = ("deviations", "duties")


@cache
def document(name: str) -> Document:
    """One of the documents, read."""
    return extract_text((HERE / "texts" / f"{name}.txt").read_text(encoding="utf-8"), document_id=name)


def shown(table: Table, values: list[Any]) -> dict[str, str]:
    """A row as the golden files have it: cells that say something, without the ids."""
    named = zip((column.name for column in table.columns), values, strict=True)
    kept = {name: cell(value) for name, value in named if name != "document_id" and not name.endswith(("_id", "_key"))}
    return {name: value for name, value in kept.items() if value}


def lines_of(name: str) -> list[str]:
    """The rows of a document, a line of JSON each."""
    found = document(name)
    tables = {table.name: table for table in TABLES}
    head = shown(tables["documents"], next(iter(rows(tables["documents"], records([found], "documents")))))
    out = [json.dumps({"table": "documents", **head}, ensure_ascii=False)]
    for table in (tables[one] for one in _READ):
        for row in rows(table, records([found], table.name)):
            out.append(json.dumps({"table": table.name, **shown(table, row)}, ensure_ascii=False))
    return out


def pair_lines(child: str, parent: str) -> list[str]:
    """What the comparison of two of the documents finds, a line of JSON each."""
    comparison = compare(document(child), document(parent))
    out = []
    for table in (one for one in DIFF_TABLES if one.name in _FOUND):
        for row in rows(table, (("", record) for record in getattr(comparison, table.name))):
            out.append(json.dumps({"table": table.name, **shown(table, row)}, ensure_ascii=False))
    return [
        *out,
        *(json.dumps({"problem": p.code, "message": p.message}, ensure_ascii=False) for p in comparison.problems),
    ]


def rows_file(name: str) -> Path:
    return HERE / "rows" / f"{name}.jsonl"


def pair_file(child: str, parent: str) -> Path:
    return HERE / "pairs" / f"{child}__{parent}.jsonl"


def main() -> int:
    """Write every golden file anew."""
    from tests.comparison import findings
    from tests.extraction import columns
    from tests.golden import alone, archive, cases

    for file in columns.FILES:
        columns.write(file)
    for file in findings.FILES:
        columns.write(file, findings.lines)
    cases.write()
    alone.write()
    archive.write()
    for text in TEXTS:
        rows_file(text.stem).parent.mkdir(exist_ok=True)
        rows_file(text.stem).write_text("\n".join(lines_of(text.stem)) + "\n", encoding="utf-8")
    for pair in PAIRS:
        pair_file(*pair).parent.mkdir(exist_ok=True)
        pair_file(*pair).write_text("\n".join(pair_lines(*pair)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
