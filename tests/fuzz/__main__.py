"""Mutated files of every format through the whole run: ``make fuzz`` (``MINUTES=20 SEED=…``).

Each round puts mutated files beside a sound neighbour and runs ``extract`` over them.  No round may crash, hang or
lose the neighbour, and no file may show a fault of ours; the files of a round that does are kept in ``.fuzz/`` under
its seed.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from doichieu.reading.office import convert, program
from doichieu.running.progress import Progress
from doichieu.running.run import extract
from tests.reading.test_docx import OUTLINE, listing
from tests.reading.wordfile import cell, item, paragraph, table, word

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".fuzz"
NEIGHBOUR = "KẾ HOẠCH\n\n1. Đến năm 2030, 61% cán bộ cấp xã được bồi dưỡng kỹ năng số.\n"
#: What a problem row must never say of a mutated file: these are faults of ours.
OURS = frozenset({"internal_error", "worker_died", "time_limit"})
LIMIT = 120.0
_PIECES = (
    b"\0",
    b"\xff" * 9,
    b"<",
    b">",
    b"&",
    b"|",
    b",",
    b"\n",
    b"9" * 400,
    b"%",
    b"\xcc\x81" * 60,
    b"<w:p>",
    b"<td>",
    b"(",
)


def samples() -> dict[str, bytes]:
    """Sound files: the corpus as it is and in other formats, and a small one of each."""
    body = paragraph("KẾ HOẠCH") + item("Đến năm 2030", 1) + item("60% xã đạt chuẩn", 1, 1)
    body += table(cell("TT") + cell("Việc"), cell("1") + cell("Rà soát"))
    found = {"nho.docx": word(body, {"numbering": OUTLINE + listing(1, 1)})}
    for path in sorted((ROOT / "corpus").glob("*.txt"))[:3]:
        text = path.read_text(encoding="utf-8")
        found[path.name] = text.encode()
        lines = [line for line in text.split("\n") if line.strip()]
        found[f"{path.stem}.docx"] = word("".join(paragraph(line) for line in lines[:80]))
        inside = "".join(f"<p>{line}</p>" for line in lines[:80])
        found[f"{path.stem}.html"] = f"<html><body>{inside}<table><tr><td>1<td>Rà soát</table></body></html>".encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in list(found)[:3]:
            made.writestr(name, found[name])
    found["goi.zip"] = stream.getvalue()
    if program() is not None:
        for ending, target in (("pdf", "pdf"), ("rtf", "rtf")):
            (data,) = convert([("docx", found["nho.docx"])], target)
            found[f"nho.{ending}"] = data or b""
    return found


def cut(data: bytes, chance: random.Random) -> bytes:
    """The file broken off."""
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def stuffed(data: bytes, chance: random.Random) -> bytes:
    """A piece that readers dislike, put in again and again."""
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice(_PIECES) * chance.choice((1, 10, 300)) + data[at:]
    return data


def moved(data: bytes, chance: random.Random) -> bytes:
    """A stretch taken out, doubled or put elsewhere."""
    at, length, to = chance.randrange(len(data)), chance.randrange(1, 2000), chance.randrange(len(data))
    piece = data[at : at + length]
    return chance.choice(
        (data[:at] + data[at + length :], data[:at] + piece * 3 + data[at:], data[:to] + piece + data[to:])
    )


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A zip whose inside was mutated and which is sound outside."""
    if not data.startswith(b"PK"):
        return flipped(data, chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            inside = old.read(name)
            new.writestr(
                name, chance.choice(MUTATIONS[:4])(inside, chance) if inside and chance.random() < 0.5 else inside
            )
    return stream.getvalue()


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (cut, flipped, stuffed, moved, repacked)


def round_of(seed: int, found: dict[str, bytes], folder: Path, files: int) -> tuple[Counter[str], list[str]]:
    """One round: what became of its files, and what went wrong."""
    chance = random.Random(seed)
    inside, out = folder / "vao", folder / "ra"
    inside.mkdir()
    (inside / "lang-gieng.txt").write_text(NEIGHBOUR, encoding="utf-8")
    for number in range(files):
        name = chance.choice(sorted(found))
        data = chance.choice(MUTATIONS)(found[name], chance)
        (inside / f"{number:03d}-{Path(name).stem[:20]}{Path(name).suffix}").write_bytes(data)
    wrong: list[str] = []
    try:
        extract([inside], out, jobs=2, progress=Progress("quiet"), limit=LIMIT)
    except Exception as error:  # what a round must never do, whatever it is
        return Counter({"crash": 1}), [f"{type(error).__name__}: {error}"]
    rows = {
        name: list(csv.DictReader((out / f"{name}.csv").open(encoding="utf-8", newline="")))
        for name in ("targets", "problems", "documents")
    }
    if not any(r["document_id"] == "lang-gieng" and r["value"] == "61" for r in rows["targets"]):
        wrong.append("lost neighbour")
    wrong += [f"{r['code']}: {r['message']}" for r in rows["problems"] if r["code"] in OURS]
    counts = Counter({"read": len(rows["documents"]) - 1})
    counts.update(r["code"] for r in rows["problems"] if not r["document_id"] and r["severity"] == "high")
    return counts, wrong


def main() -> int:
    """Rounds until the time is over; 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--files", type=int, default=24)
    args = parser.parse_args()
    found = {name: data for name, data in samples().items() if data}
    seed = args.seed or time.time_ns() % 10**9
    end, total, bad, rounds = time.monotonic() + 60 * args.minutes, Counter[str](), 0, 0
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory(prefix="doichieu-fuzz-") as name:
            os.environ["DOICHIEU_CACHE"] = f"{name}/bo-nho"
            counts, wrong = round_of(seed, found, Path(name), args.files)
            total += counts
            rounds += 1
            if wrong:
                bad += 1
                kept = KEPT / str(seed)
                shutil.copytree(Path(name) / "vao", kept, dirs_exist_ok=True)
                (kept / "wrong.txt").write_text("\n".join(wrong) + "\n", encoding="utf-8")
                print(f"seed {seed}: {'; '.join(wrong)[:600]}", flush=True)
        seed += 1
    print(f"{rounds} rounds, {rounds * args.files} files, {bad} rounds with faults; {dict(total.most_common())}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
