"""At which page of a long scan the reading is, from the worker to the person."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from doichieu.processes import workers
from doichieu.processes.workers import Pages, Pool, Task, _Worker
from doichieu.reading.pages import turned, watched
from doichieu.running import progress as told
from doichieu.running.progress import Progress
from doichieu.running.run import _Told


def frames(stream: io.BytesIO) -> list[Any]:
    stream.seek(0)
    out = []
    while True:
        try:
            out.append(workers._receive(stream))
        except EOFError:
            return out


def test_a_worker_tells_of_the_pages_of_a_file_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, now = io.BytesIO(), [0.0]
    monkeypatch.setattr(workers, "_turning", [Pages(stream, lambda: now[0])])
    with watched(workers.turn_page):
        for number in range(1, 6):
            turned(number, 5)
            now[0] += 0.7
    assert frames(stream) == [["page", 3, 5], ["page", 5, 5]]


def test_of_a_file_that_is_soon_done_nothing_is_told() -> None:
    stream = io.BytesIO()
    pages = Pages(stream, lambda: 5.0)
    for number in range(1, 40):
        pages(number, 39)
    assert frames(stream) == []


class Staged(Pool):
    """A pool whose worker says what it is told to say."""

    def _new(self) -> Any:
        worker = Stage(self.inbox)
        self.workers.add(worker)  # type: ignore[arg-type]
        return worker


class Stage:
    def __init__(self, inbox: Any) -> None:
        self.inbox, self.task, self.current, self.since = inbox, None, -1, 0.0

    def give(self, task: Any, failed: dict[str, int]) -> None:
        self.task = task
        for message in (["begin", 0], ["page", 7, 80], ["begin", 1], ["end", "xong", [], 0, {}]):
            _Worker.hear(self, message)  # type: ignore[arg-type]

    def close(self) -> None:
        pass

    def stop(self) -> None:
        pass


def test_a_run_hears_of_pages_by_the_name_of_the_file() -> None:
    heard: list[tuple[str, int, int]] = []
    task = Task("a:b", (1, 2), ("quét.pdf", "sau.pdf"), {}, 0)
    with Staged(1) as pool:
        answers = list(pool.run([task], paged=lambda *page: heard.append(page)))
    assert (heard, answers) == ([("quét.pdf", 7, 80)], [("xong", [])])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("name", ["quét.pdf", "thư mục dài/" * 12 + "quét.pdf"])
def test_a_person_sees_the_page_and_the_line_is_cleared(name: str) -> None:
    stream = Terminal()
    shown = Progress(stream=stream)
    shown.page(name, 12, 80)
    shown.finish(1, 0)
    line, cleared = stream.getvalue().split("\r")[1:3]
    assert "trang 12/80" in line and line.rstrip().endswith("quét.pdf") and len(line) < 80
    assert cleared.isspace() and len(cleared) >= len(line)


def test_machines_and_files_get_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(told.time, "monotonic", lambda: now[0])
    stream, lines = io.StringIO(), []
    machine, diff = Progress("json", stream), _Told(lines.append)
    for page in range(1, 31):
        now[0] += 1
        machine.page("quét.pdf", page, 30)
        diff.page("quét.pdf", page, 30)
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(e["event"], e["page"], e["pages"]) for e in events] == [
        ("page", 10, 30),
        ("page", 20, 30),
        ("page", 30, 30),
    ]
    assert lines == [f"Đang đọc trang {page}/30 của quét.pdf" for page in (10, 20, 30)]


def test_a_quiet_run_says_nothing() -> None:
    stream = io.StringIO()
    Progress("quiet", stream).page("quét.pdf", 1, 2)
    assert not stream.getvalue()
