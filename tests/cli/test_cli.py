"""The command line as a user types it: what it writes, what it says, how it exits."""

from __future__ import annotations

import csv
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from doichieu.cli import main

ROOT = Path(__file__).resolve().parents[2]
PARENT = """NGHỊ QUYẾT
CỦA BAN THƯỜNG VỤ TỈNH ỦY
về nâng cao chất lượng cán bộ

I. MỤC TIÊU

1. Đến năm 2030

- 60% cán bộ chủ chốt cấp xã được bồi dưỡng kỹ năng số.

- 90% thủ tục hành chính được cung cấp trực tuyến.
"""
CHILD = PARENT.replace("NGHỊ QUYẾT", "KẾ HOẠCH").replace("60%", "50%")


def doichieu(*args: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "doichieu.cli", *map(str, args)],
        capture_output=True,
        text=True,
        cwd=cwd or ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'pipeline'}{os.pathsep}{ROOT}"},
        check=False,
    )


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_extract_writes_every_table_of_the_schema(tmp_path: Path) -> None:
    from doichieu.schema import TABLES

    done = doichieu("extract", "corpus", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    for definition in TABLES:
        with (tmp_path / f"{definition.name}.csv").open(encoding="utf-8", newline="") as handle:
            assert next(csv.reader(handle)) == [column.name for column in definition.columns]
    assert len(table(tmp_path / "documents.csv")) == 5
    assert len(list((tmp_path / "documents").glob("*.json"))) == 5


def test_every_quote_is_the_exact_slice(tmp_path: Path) -> None:
    assert doichieu("extract", "corpus", "--out", tmp_path).returncode == 0
    texts = {p.stem: p.read_text(encoding="utf-8") for p in (ROOT / "corpus").glob("*.txt")}
    checked = 0
    for name in ("targets", "assignments", "deadlines", "percentages", "citations", "agency_mentions", "problems"):
        for row in table(tmp_path / f"{name}.csv"):
            if row["quote"]:
                assert texts[row["document_id"]][int(row["char_start"]) : int(row["char_end"])] == row["quote"]
                checked += 1
    assert checked > 500


def test_same_input_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert doichieu("extract", "corpus", "--out", tmp_path / name).returncode == 0
    for path in sorted((tmp_path / "a").rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes(), path


@pytest.mark.parametrize(
    ("name", "data", "code", "word"),
    [
        ("rong.txt", b"", "empty_file", "rỗng"),
        ("trang.txt", b" \n\n", "empty_file", "rỗng"),
        ("nhi-phan.txt", bytes(range(256)) * 20, "binary_file", "nhị phân"),
        (
            "anh.txt",
            b"This is an English text without any of the letters that are wanted here. " * 3,
            "not_vietnamese",
            "tiếng Việt",
        ),
        ("so.txt", b"123 456 % 789", "no_text", "không có chữ"),
    ],
)
def test_a_bad_file_costs_one_row_and_nothing_else(
    tmp_path: Path, name: str, data: bytes, code: str, word: str
) -> None:
    folder = tmp_path / "vao"
    folder.mkdir()
    (folder / name).write_bytes(data)
    (folder / "tot.txt").write_text(CHILD, encoding="utf-8")
    done = doichieu("extract", folder, "--out", tmp_path / "ra")
    assert done.returncode == 1
    assert name in done.stderr
    assert word in done.stderr
    problems = [row for row in table(tmp_path / "ra" / "problems.csv") if row["code"] == code]
    assert len(problems) == 1
    assert name in problems[0]["message"]
    assert [row["document_id"] for row in table(tmp_path / "ra" / "documents.csv")] == ["tot"]
    assert len(table(tmp_path / "ra" / "targets.csv")) == 2


def test_missing_file_is_named(tmp_path: Path) -> None:
    done = doichieu("extract", tmp_path / "khong-co.txt", "--out", tmp_path / "ra")
    assert done.returncode == 1
    assert "khong-co.txt" in done.stderr
    assert "không tồn tại" in done.stderr


def test_two_files_of_one_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ke-hoach.txt").write_text(CHILD, encoding="utf-8")
    done = doichieu("extract", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "ra")
    assert done.returncode == 0, done.stderr
    told = (tmp_path / "ra" / "problems.csv").read_text(encoding="utf-8")
    assert "same_name" in told and str(tmp_path / "b" / "ke-hoach.txt") in told


def test_folder_without_documents(tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    done = doichieu("extract", tmp_path / "trong", "--out", tmp_path / "ra")
    assert done.returncode == 2
    assert "trong" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_unwritable_output(tmp_path: Path) -> None:
    locked = tmp_path / "khoa"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = doichieu("extract", "corpus", "--out", locked / "ra")
    assert done.returncode == 2
    assert "khoa" in done.stderr


def test_output_path_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "ra").write_text("x", encoding="utf-8")
    done = doichieu("extract", "corpus", "--out", tmp_path / "ra")
    assert done.returncode == 2
    assert "ra" in done.stderr


def test_bom_and_line_ends_are_read_as_the_contract_says(tmp_path: Path) -> None:
    (tmp_path / "ke-hoach.txt").write_bytes(b"\xef\xbb\xbf" + CHILD.replace("\n", "\r\n").encode())
    assert doichieu("extract", tmp_path / "ke-hoach.txt", "--out", tmp_path / "ra").returncode == 0
    for row in table(tmp_path / "ra" / "targets.csv"):
        assert CHILD[int(row["char_start"]) : int(row["char_end"])] == row["quote"]


def test_diff_of_two_files_and_its_gate(tmp_path: Path) -> None:
    (tmp_path / "duoi.txt").write_text(CHILD, encoding="utf-8")
    (tmp_path / "tren.txt").write_text(PARENT, encoding="utf-8")
    call = ["diff", tmp_path / "duoi.txt", "--parent", tmp_path / "tren.txt", "--out", tmp_path / "ra"]
    assert doichieu(*call).returncode == 0
    assert doichieu(*call, "--fail-on", "omitted").returncode == 0
    assert doichieu(*call, "--fail-on", "looser,omitted").returncode == 3
    wrong = doichieu(*call, "--fail-on", "lossser")
    assert wrong.returncode == 2
    assert "lossser" in wrong.stderr
    folder = tmp_path / "ra" / "duoi__tren"
    assert sorted(p.name for p in folder.iterdir()) == [
        "agencies.csv",
        "assignments.csv",
        "clauses.csv",
        "datapackage.json",
        "deviations.csv",
        "documents.csv",
        "duties.csv",
        "problems.csv",
        "report.docx",
        "report.html",
        "report.xlsx",
        "targets.csv",
    ]
    rows = {row["child_quote"][:3] or row["parent_quote"][:3]: row for row in table(folder / "deviations.csv")}
    assert rows["50%"]["kinds"] == "looser"
    assert rows["50%"]["proof"].startswith("[50 %, ∞) ⊃ [60 %, ∞)")
    assert rows["90%"]["kinds"] == "equal"


def test_diff_finds_the_parents_through_citations(tmp_path: Path) -> None:
    done = doichieu("diff", "corpus", "--corpus", "corpus", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == [
        "duc-pho-ke-hoach-thuc-hien-de-an-12__van-ban-duoc-dan",
        "duc-pho-ke-hoach-thuc-hien-nghi-quyet-09__quang-ngai-nghi-quyet-can-bo-cap-xa",
    ]
    quoted = table(tmp_path / "duc-pho-ke-hoach-thuc-hien-de-an-12__van-ban-duoc-dan" / "deviations.csv")
    assert [(row["kinds"], row["declared"], row["parent_target_id"]) for row in quoted] == [
        ("stricter", "true", "")
    ] * 2
    assert all("10%" in row["justification"] and "10" in row["proof"] for row in quoted)


def test_report_of_one_document(tmp_path: Path) -> None:
    done = doichieu("report", "corpus/thai-nguyen-ke-hoach-can-bo-cap-xa.txt", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "thai-nguyen-ke-hoach-can-bo-cap-xa.html").read_text(encoding="utf-8")
    assert "75%" in page
    assert (tmp_path / "thai-nguyen-ke-hoach-can-bo-cap-xa.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_wrong_call_and_help() -> None:
    assert doichieu("khong-co-lenh").returncode == 2
    done = doichieu("--help")
    assert done.returncode == 0
    for command in ("extract", "diff", "report", "evaluate", "decisions", "schema"):
        assert command in done.stdout


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ([], "còn thiếu: LỆNH"),
        (["extract", "corpus"], "còn thiếu: --out"),
        (["extract", "corpus", "--out"], "--out cần một giá trị"),
        (["extract", "corpus", "--out", "ra", "--nhanh"], "không có tùy chọn hoặc tham số: --nhanh"),
        (["diff", "corpus", "--out", "ra", "--lang", "fr"], "--lang: không có 'fr'"),
        (["doc"], "không có 'doc'"),
    ],
)
def test_a_wrong_call_is_explained_in_vietnamese(call: list[str], words: str, tmp_path: Path) -> None:
    done = doichieu(*call, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "--help" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "duoi.txt").write_text(CHILD, encoding="utf-8")
    done = doichieu("extract", tmp_path / "duoi.txt", tmp_path, "--out", tmp_path / "ra")
    assert done.returncode == 0, done.stderr
    assert len(table(tmp_path / "ra" / "documents.csv")) == 1


def test_a_document_that_is_gone_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "vao"
    folder.mkdir()
    for name in ("mot", "hai"):
        (folder / f"{name}.txt").write_text(CHILD, encoding="utf-8")
    assert doichieu("extract", folder, "--out", tmp_path / "ra").returncode == 0
    (folder / "hai.txt").unlink()
    assert doichieu("extract", folder, "--out", tmp_path / "ra").returncode == 0
    assert [p.name for p in (tmp_path / "ra" / "documents").iterdir()] == ["mot.json"]
    assert {row["document_id"] for row in table(tmp_path / "ra" / "targets.csv")} == {"mot"}


def test_doctor_names_what_is_missing_and_how_to_add_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from doichieu.running import doctor

    monkeypatch.setenv("PATH", "/khong-co")
    assert doctor.main() == 0
    printed = capsys.readouterr().out
    wanted = "sudo apt-get install chromium; sudo dnf install chromium; winget install Google.Chrome"
    assert wanted in printed.split("Chỉ để kiểm thử chương trình:")[1]  # not among what people need
    assert "winget install UB-Mannheim.TesseractOCR" in printed
    assert "có     đọc văn bản .txt, .md" in printed


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, doichieu.cli; doichieu.cli.parser(); print([m for m in ('spacy', 'pandas', "
        "'underthesea', 'scipy', 'numpy', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_who_reviews_and_who_signs_is_said_once_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOICHIEU_SETTINGS", str(tmp_path / "nho" / "settings.json"))
    child, parent = tmp_path / "con.txt", tmp_path / "cha.txt"
    child.write_text("KẾ HOẠCH\nvề một việc\n\n- Đến năm 2030, 50% hộ dân dùng nước sạch.\n", encoding="utf-8")
    parent.write_text("NGHỊ QUYẾT\nvề một việc\n\n- Đến năm 2030, 60% hộ dân dùng nước sạch.\n", encoding="utf-8")
    call = ["diff", str(child), "--parent", str(parent), "--out", str(tmp_path / "ra")]
    page = tmp_path / "ra" / "con__cha" / "report.html"
    assert main([*call, "--reviewer", "Nguyễn Thị An", "--authority", "party"]) == 0
    first = page.read_text(encoding="utf-8"), (page.parent / "report.docx").read_bytes()
    assert 'value="Nguyễn Thị An"' in first[0]
    assert main(call) == 0
    assert (page.read_text(encoding="utf-8"), (page.parent / "report.docx").read_bytes()) == first
    assert main([*call, "--authority", "state"]) == 0
    assert (page.parent / "report.docx").read_bytes() != first[1]
    (tmp_path / "nho" / "settings.json").write_text("không phải JSON", encoding="utf-8")
    assert main(call) == 2
    assert "settings.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["dif", "a.txt"], "ý là diff?"),
        (["diff", "a.txt", "--outt", "x"], "không có tùy chọn hoặc tham số: --outt; ý là --out?"),
        (["diff", "a.txt", "--lan", "vi", "--out", "x"], "ý là --lang?"),
        (["diff", "a.txt"], "còn thiếu: --out"),
    ],
)
def test_a_wrong_word_is_told_first_with_what_was_probably_meant(
    call: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(call)
    assert said in capsys.readouterr().err
