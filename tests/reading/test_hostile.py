"""Files that are spoilt, or lie about what they are: sources or a clear error, never a crash, never a hang."""

from __future__ import annotations

import io
import signal
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doichieu.errors import UnreadableFile
from doichieu.reading import read, read_here, sniff
from doichieu.reading.guard import guarded
from doichieu.reading.office import convert, program
from tests.reading.test_archive import DECISION, archive
from tests.reading.test_docx import OUTLINE, listing
from tests.reading.wordfile import cell, item, paragraph, table, word

SECONDS = 60


@lru_cache(maxsize=1)
def samples() -> dict[str, bytes]:
    """A small sound file of each format."""
    body = (
        paragraph("KẾ HOẠCH")
        + item("Đến năm 2030", 1)
        + item("60% xã đạt chuẩn", 1, 1)
        + table(cell("TT") + cell("Việc"), cell("1") + cell("Rà soát"))
    )
    found = {"txt": DECISION.encode(), "docx": word(body, {"numbering": OUTLINE + listing(1, 1)})}
    found["html"] = (
        f"<html><body><ol><li>{DECISION}</li></ol><table border=1><tr><td>a</td><td>b</td></tr></table></body></html>"
    ).encode()
    stream = io.BytesIO()
    import zipfile

    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", DECISION)
        made.writestr("b.docx", found["docx"])
    found["zip"] = stream.getvalue()
    if program() is not None:
        (pdf,) = convert([("docx", found["docx"])], "pdf")
        found["pdf"] = pdf or b""
    return found


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    """No file may hang the reader; a hang fails here and does not stop the other tests."""

    def ring(*_: object) -> None:
        raise AssertionError("the reader hangs")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def spoilt(data: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    for at, length, put in cuts:
        at %= max(1, len(data))
        data = data[:at] + put + data[at + length :]
    return data


EDITS = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=8)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["txt", "docx", "html", "zip", "pdf"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=EDITS)
def test_spoilt_files_are_read_or_refused(tmp_path: Path, kind: str, cuts: list[tuple[int, int, bytes]]) -> None:
    if kind not in samples():
        pytest.skip("LibreOffice is not installed: nothing to make the file with")
    path = tmp_path / f"tep.{kind}"
    path.write_bytes(spoilt(samples()[kind], cuts))
    try:
        sources = read_here(path)
    except UnreadableFile:
        return
    assert sources
    for source in sources:
        for block in source.blocks:
            assert 0 <= block.start <= block.end <= len(source.text)


@given(
    data=st.binary(max_size=300),
    ending=st.sampled_from([".txt", ".docx", ".pdf", ".doc", ".html", ".zip", ".png", ".rtf", ""]),
)
def test_any_bytes_have_a_kind(data: bytes, ending: str) -> None:
    assert sniff(data, ending)


def test_content_counts_and_not_the_ending(tmp_path: Path) -> None:
    path = tmp_path / "tai-lieu.pdf"
    path.write_bytes(samples()["docx"])
    (source,) = read(path)
    assert source.text.startswith("KẾ HOẠCH") and source.problems[0].code == "wrong_extension"
    broken = tmp_path / "that-ra-la-chu.docx"
    broken.write_text(DECISION, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"that-ra-la-chu\.docx"):
        read(broken)


def test_a_file_that_hangs_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOICHIEU_WORKER", raising=False)
    pipe = archive(tmp_path / "goi.zip", {"a.txt": DECISION})
    with pytest.raises(UnreadableFile) as caught:
        guarded(pipe, limit=1e-6)
    assert caught.value.code == "time_limit"
    assert guarded(pipe)[0].text == DECISION


def test_memory_beyond_the_limit_is_refused_in_the_worker() -> None:
    import subprocess
    import sys

    code = "from doichieu.processes import limits; limits.bound(); bytearray(limits.MEMORY)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert "MemoryError" in done.stderr
