"""The feed of changes: applied to the old tables it gives the new ones; a raised value is one change; Singer."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from doichieu import extract_text
from doichieu.model import Document
from doichieu.running.changes import applied, between, read
from doichieu.running.tap import messages
from doichieu.schema import OWN_WORDS, TABLES, cell, guarded, stable_key
from doichieu.tables import records
from doichieu.tables.files import csv_bytes, csv_head

LINES = (
    "- {n}% cán bộ cấp xã được bồi dưỡng nghiệp vụ.",
    "- Có ít nhất {n} hợp tác xã kiểu mới.",
    "- Tỷ lệ hộ nghèo giảm còn dưới {n}%.",
    "- Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện trước ngày {n}/10/2027.",
    "- Trồng mới {n} ha rừng phòng hộ.",
    "- 100% trạm y tế có bác sĩ, giai đoạn {n}.",
)


def document(name: str, lines: list[str]) -> Document:
    text = "KẾ HOẠCH\n\nThực hiện nghị quyết\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n" + "\n\n".join(lines) + "\n"
    return extract_text(text, document_id=name)


def folder_of(place: Path, documents: list[Document]) -> Path:
    """The tables of some documents as an output folder holds them."""
    place.mkdir(parents=True)
    for table in TABLES:
        (place / f"{table.name}.csv").write_bytes(csv_bytes(table, records(documents, table.name)))
    return place


def edited(lines: list[str], chance: random.Random) -> list[str]:
    out = list(lines)
    for _ in range(chance.randint(1, 4)):
        what = chance.choice(("insert", "remove", "change", "move", "twin"))
        at = chance.randrange(len(out) + 1)
        if what == "insert" or not out:
            out.insert(at, chance.choice(LINES).format(n=chance.randint(2, 28)))
        elif what == "remove":
            out.pop(at % len(out))
        elif what == "change":
            out[at % len(out)] = chance.choice(LINES).format(n=chance.randint(2, 28))
        elif what == "move":
            out.insert(at % len(out), out.pop())
        else:
            out.insert(at, out[at % len(out)])
    return out


def holds(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    texts = {f"d{i}": [chance.choice(LINES).format(n=chance.randint(2, 28)) for _ in range(6)] for i in range(3)}
    old = folder_of(tmp_path / f"{seed}-old", [document(name, lines) for name, lines in texts.items()])
    texts = {name: edited(lines, chance) for name, lines in texts.items()}
    if chance.random() < 0.3:
        texts.pop(chance.choice(list(texts)))
    if chance.random() < 0.3:
        texts["d9"] = [LINES[0].format(n=9)]
    new = folder_of(tmp_path / f"{seed}-new", [document(name, lines) for name, lines in texts.items()])
    feed = list(between(old, new))
    for table in TABLES:
        rows = applied(table, read(old, table), feed)
        printed = csv_head(table) + _printed(table, rows)
        assert printed == (new / f"{table.name}.csv").read_bytes(), (seed, table.name)


def _printed(table, rows) -> bytes:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(
        [
            guarded(cell(row[column.name])) if column.name in OWN_WORDS else cell(row[column.name])
            for column in table.columns
        ]
        for row in rows.values()
    )
    return out.getvalue().encode()


@pytest.mark.parametrize("seed", range(25))
def test_the_feed_gives_the_new_tables(tmp_path: Path, seed: int) -> None:
    holds(tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(25, 325))
def test_the_feed_gives_the_new_tables_three_hundred_times(tmp_path: Path, seed: int) -> None:
    holds(tmp_path, seed)


def test_a_raised_value_is_one_change(tmp_path: Path) -> None:
    lines = [LINES[1].format(n=7), LINES[0].format(n=70), LINES[2].format(n=3)]
    old = folder_of(tmp_path / "old", [document("d", lines)])
    new = folder_of(tmp_path / "new", [document("d", [lines[0], LINES[0].format(n=75), lines[2]])])
    (change,) = [c for c in between(old, new) if c.table == "targets"]
    assert change.op == "change" and change.replaces is not None and change.old and change.new
    assert (change.old["value"], change.new["value"]) == (70.0, 75.0)


def test_an_inserted_line_leaves_the_other_keys_alone(tmp_path: Path) -> None:
    lines = [line.format(n=9) for line in LINES]
    before = {c.clause_key for c in document("d", lines).clauses if c.text}
    after = {c.clause_key for c in document("d", ["- Một việc khác không có số.", *lines]).clauses if c.text}
    assert before < after and len(after - before) == 1


def test_no_key_names_two_rows(tmp_path: Path) -> None:
    lines = [LINES[0].format(n=5)] * 3 + [LINES[3].format(n=5)] * 2
    folder = folder_of(tmp_path / "d", [document("d", lines)])
    for table in TABLES:
        rows = read(folder, table)
        assert len(rows) == (folder / f"{table.name}.csv").read_bytes().count(b"\n") - 1 or table.name == "clauses"
        assert set(stable_key(table)) <= {column.name for column in table.columns}


def test_removed_documents_are_told(tmp_path: Path) -> None:
    two = [document("a", [LINES[0].format(n=5)]), document("b", [LINES[1].format(n=5)])]
    old, new = folder_of(tmp_path / "old", two), folder_of(tmp_path / "new", two[:1])
    feed = list(between(old, new))
    assert {c.op for c in feed if c.key[0] == "b"} == {"remove"}
    assert not [c for c in feed if c.key[0] == "a"]


def test_singer_stream_is_well_formed(tmp_path: Path) -> None:
    old = folder_of(tmp_path / "old", [document("d", [LINES[0].format(n=70), LINES[4].format(n=8)])])
    new = folder_of(tmp_path / "new", [document("d", [LINES[0].format(n=75)])])
    stream = list(messages(new, old))
    kinds = [message["type"] for message in stream]
    assert kinds[0] == "SCHEMA" and kinds[-1] == "STATE"
    known: set[str] = set()
    for message in stream[:-1]:
        if message["type"] == "SCHEMA":
            known.add(message["stream"])
        else:
            assert message["stream"] in known and message["record"]["_key"]
    gone = [m["record"] for m in stream if m["type"] == "RECORD" and m["record"].get("_sdc_deleted_at")]
    assert [row["target_id"] for row in gone if "target_id" in row]


def test_the_command_line(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", "doichieu.cli", *words],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    (tmp_path / "a.txt").write_text(
        "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Đến năm 2030\n\n- 70% hộ dân dùng nước sạch.\n", "utf-8"
    )
    assert run("extract", "a.txt", "--out", "ra/cu").returncode == 0
    text = (tmp_path / "a.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text.replace("70%", "75%"), encoding="utf-8")
    assert run("extract", "a.txt", "--out", "ra/moi").returncode == 0
    direct = run("changes", "ra/cu", "ra/moi")
    mark = json.loads((tmp_path / "ra" / "cu" / "run.json").read_text(encoding="utf-8"))["run_id"]
    by_run = run("changes", "ra/moi", "--since-run", mark)
    assert direct.returncode == by_run.returncode == 0 and direct.stdout == by_run.stdout
    changes = [json.loads(line) for line in direct.stdout.splitlines()]
    (target,) = [c for c in changes if c["table"] == "targets"]
    assert (target["op"], target["old"]["value"], target["new"]["value"]) == ("change", 70.0, 75.0)
    assert run("changes", "ra/moi").returncode == 2
    assert "không phải thư mục kết quả" in run("changes", "ra/cu", ".").stderr
    assert run("changes", "ra/moi", "--since-run", "khong-co").returncode == 2
