"""What a run tells while it works: a bar on a terminal, plain lines elsewhere, JSON lines for machines, or nothing."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import Any, Literal, TextIO

Mode = Literal["auto", "quiet", "json"]
#: Seconds between plain lines.
EVERY = 10.0
_NAME = 44  # letters of a path that a line has room for
_BAR = 0.2  # and between drawings of the bar


class Progress:
    """Tells of files done, with rate and time left; ``mode`` ``auto`` looks whether a person sits before a terminal."""

    def __init__(self, mode: Mode = "auto", stream: TextIO | None = None) -> None:
        self.mode = mode
        self.stream = stream if stream is not None else sys.stderr
        self.bar = mode == "auto" and self.stream.isatty()
        self.total = self.done = 0
        self.name = ""
        self.began = self.last = self.started = time.monotonic()
        self._drawn = False

    def start(self, total: int, skipped: int) -> None:
        """``total`` files are to be read; ``skipped`` are unchanged since the last run."""
        self.total = total
        self.began = self.last = self.started = time.monotonic()
        if self.mode == "json":
            self._json("start", files=total, skipped=skipped)
        elif self.mode == "auto" and skipped:
            self.say(f"Bỏ qua {skipped} tệp không đổi từ lần chạy trước; đọc {total} tệp.")

    def phase(self, name: str, total: int) -> None:
        """Another part of the work begins: ``total`` steps."""
        self._clear()
        self.name, self.total, self.done = name, total, 0
        self.began = self.last = time.monotonic()

    def advance(self, count: int) -> None:
        """``count`` more files are done."""
        self.done += count
        now = time.monotonic()
        if self.mode == "quiet" or self.total < 2:
            return
        rate = self.done / max(now - self.began, 1e-9)
        left = (self.total - self.done) / rate if rate else 0.0
        if self.mode == "json":
            if now - self.last >= EVERY or (self.done == self.total and not self.name):
                self.last = now
                self._json(
                    "writing" if self.name else "progress",
                    done=self.done,
                    files=self.total,
                    per_second=round(rate, 2),
                    seconds_left=round(left, 1),
                )
        elif self.bar:
            if now - self.last >= _BAR or self.done == self.total:
                self.last = now
                width = 30 * self.done // self.total
                name = f"{self.name} " if self.name else ""
                self._put(
                    f"\r{name}[{'#' * width}{'.' * (30 - width)}] {self.done}/{self.total} tệp, {rate:.1f} tệp/s, "
                    f"còn {_clock(left)} "
                )
                self._drawn = True
        elif now - self.last >= EVERY:
            self.last = now
            name = f"{self.name}: " if self.name else ""
            self.say(f"{name}{self.done}/{self.total} tệp, {rate:.1f} tệp/s, còn {_clock(left)}")

    def page(self, name: str, number: int, total: int) -> None:
        """The reading is at page ``number`` of ``total`` of a file that takes long, as a scan does."""
        now = time.monotonic()
        if self.mode == "quiet":
            return
        if self.bar:
            self._clear()
            self._put(f"\r{page_words(name, number, total)[:77]} ")
            self._drawn = True
        elif now - self.last >= EVERY:
            self.last = now
            if self.mode == "json":
                self._json("page", path=name, page=number, pages=total)
            else:
                self.say(page_words(name, number, total))

    def say(self, message: str, **facts: Any) -> None:
        """One line for the person; ``facts`` go with it to machines."""
        if self.mode == "quiet":
            return
        if self.mode == "json":
            self._json(facts.pop("event", "message"), message=message, **facts)
            return
        self._clear()
        self._put(f"{message}\n")

    def finish(self, documents: int, problems: int) -> None:
        """The run is over."""
        self._clear()
        if self.mode == "json":
            self._json(
                "done", documents=documents, unreadable=problems, seconds=round(time.monotonic() - self.started, 3)
            )

    def _clear(self) -> None:
        if self._drawn:
            self._put("\r" + " " * 78 + "\r")
            self._drawn = False

    def _json(self, event: str, **facts: Any) -> None:
        import json

        self._put(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")

    def _put(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # a console that is closed or full costs nothing
            self.stream.write(text)
            self.stream.flush()


def page_words(name: str, number: int, total: int) -> str:
    """At which page of a file the reading is; of a long path its end.

    >>> page_words("ban-quet.pdf", 12, 80)
    'Đang đọc trang 12/80 của ban-quet.pdf'
    """
    return f"Đang đọc trang {number}/{total} của {name if len(name) <= _NAME else '…' + name[1 - _NAME :]}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
