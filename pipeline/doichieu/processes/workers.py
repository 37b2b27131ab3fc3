"""Batches of files on several processes, each watched: a file that hangs or kills its process costs one row.

A worker is a fresh interpreter (``python -P -m doichieu.processes.workers``) that reads batches from its standard input
and answers on its standard output in length-prefixed MessagePack frames; nothing is pickled and nothing is inherited.
It runs without network and within limits of memory, processor time and files (:mod:`doichieu.processes.limits`).
Before each file the worker says which one it begins, and of a file that takes long which page it is at.
A worker that dies, or takes longer over one file than the
limit, is replaced, and the rest of its batch goes to another one.  A file whose worker died is tried once more, alone;
what costs a worker twice, or takes too long, is set aside with its reason.  A worker that has grown too large retires
after its batch.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec import Struct

from doichieu.errors import DoichieuError
from doichieu.processes import limits, patterns, programs

#: A worker that holds more than this after a batch is replaced (bytes).
RETIRE_AT = 400 * 1024 * 1024
#: New objects after which a worker looks for rings of dead ones; Python's own 700 took a sixth of the time of reports.
_LOOKED_THROUGH_AFTER = 50_000
_GRACE = 5.0  # seconds that a worker may overrun before it is stopped from outside
_LOOK = 0.5  # seconds between looks at what the workers are at
_PAGES = 1.0  # and between words on the pages of a long file


class Task(Struct, frozen=True):
    """One piece of work: ``function`` (``module:name``) is called with each of ``items``, then with None to finish.

    ``function(item, context, kept)`` returns plain data; ``kept`` is a list that lives for the batch.  ``labels`` name
    the items to a person.
    """

    function: str
    items: tuple[Any, ...]
    labels: tuple[str, ...]
    context: dict[str, Any]
    limit: float


class Failure(Struct, frozen=True):
    """An item that took its worker's time or life."""

    item: Any
    label: str
    code: str
    reason: str


class TimeLimit(BaseException):
    """Raised inside a worker when one file takes too long; no handler of ordinary errors may catch it."""


def resolve_function(name: str) -> Callable[..., Any]:
    """The function that ``module:name`` names."""
    module, _, attribute = name.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), attribute)
    return function


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TimeLimit` after ``seconds``, where the system has alarms and this is the main thread."""
    import signal

    if seconds <= 0 or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: Any) -> None:
        raise TimeLimit

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def too_long(limit: float) -> str:
    """The reason of a file that took too long."""
    return f"quá thời gian cho phép ({limit:g} giây; đổi bằng --timeout)"


def how_it_died(status: int | None, limit: float) -> tuple[str, str]:
    """The code and the reason of a file whose worker ended with an exit status (negative: the signal).

    >>> how_it_died(-9, 60)[1]
    'tiến trình đọc tệp bị dừng từ bên ngoài (tín hiệu 9, SIGKILL; thường do hệ thống hết bộ nhớ)'
    """
    import signal

    if status is None or status >= 0:
        return "worker_died", f"tiến trình đọc tệp tự kết thúc giữa chừng (mã {status})"
    name = programs.signal_name(-status)
    if -status == getattr(signal, "SIGXCPU", 0):
        return "time_limit", too_long(limit)
    if -status == getattr(signal, "SIGXFSZ", 0):
        return "file_limit", "cần ghi tệp tạm lớn hơn mức cho phép"
    if -status == getattr(signal, "SIGKILL", 0):
        return "worker_died", f"tiến trình đọc tệp bị dừng từ bên ngoài ({name}; thường do hệ thống hết bộ nhớ)"
    if -status in (signal.SIGTERM, signal.SIGINT):
        return "worker_died", f"tiến trình đọc tệp bị dừng từ bên ngoài ({name})"
    return "worker_died", f"bộ giải mã làm hỏng tiến trình đọc tệp ({name})"


def here(task: Task, started: Callable[[int], None] | None = None) -> tuple[Any, list[Failure]]:
    """Do a task in this process; returns what the function made of the batch, and the items that took too long."""
    function = resolve_function(task.function)
    kept: list[Any] = []
    failures: list[Failure] = []
    for number, item in enumerate(task.items):
        if started is not None:
            started(number)
            limits.bound_processor(task.limit)
        try:
            with time_limit(task.limit):
                function(item, task.context, kept)
        except TimeLimit:
            failures.append(Failure(item, task.labels[number], "time_limit", too_long(task.limit)))
        except DoichieuError as error:
            failures.append(Failure(item, task.labels[number], error.code, str(error)))
        except Exception as error:  # one item must not cost the others their results
            reason = f"lỗi bên trong ({type(error).__name__}: {error})"
            failures.append(Failure(item, task.labels[number], "internal_error", reason))
    return function(None, task.context, kept), failures


# ---------------------------------------------------------------- frames


def _send(stream: BinaryIO, value: Any) -> None:
    data = msgspec.msgpack.encode(value)
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def _receive(stream: BinaryIO) -> Any:
    """The next frame; EOFError where the other side is gone."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return msgspec.msgpack.decode(data)


class Pages:
    """Says at which page of a long file a worker is, by frames on ``stream``; of a file that is soon done nothing."""

    def __init__(self, stream: BinaryIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.stream, self.clock, self.told = stream, clock, 0.0

    def __call__(self, number: int, total: int) -> None:
        """Page ``number`` of ``total`` is begun."""
        now = self.clock()
        if number == 1:
            self.told = now
        elif now - self.told >= _PAGES:
            self.told = now
            _send(self.stream, ["page", number, total])


def turn_page(number: int, total: int) -> None:
    """Called with each page that a file being read is at; a worker tells the run of it."""
    for tell in _turning:
        tell(number, total)


_turning: list[Pages] = []


def resident() -> int:
    """The memory of this process in bytes; 0 where the system does not tell."""
    try:
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def serve() -> None:
    """The life of a worker: batches in, answers out, until standard input ends."""
    import signal

    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the person's Ctrl-C reaches the run, which ends its workers
    limits.without_network()
    limits.bound()
    patterns.remember()
    gc.set_threshold(_LOOKED_THROUGH_AFTER)
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print of a library must not break the frames
    _turning[:] = [Pages(answers)]
    frozen = False
    while True:
        try:
            given, failed = _receive(source)
        except EOFError:
            patterns.keep()
            return
        task = msgspec.convert(given, Task)
        programs.failures.clear()
        programs.failures.update(failed)
        result, failures = here(task, lambda number: _send(answers, ["begin", number]))
        if not frozen:  # what the first task loaded stays for good and need not be looked through, not even once
            gc.freeze()
            frozen = True
        told = [result, failures, resident(), programs.failures]
        _send(answers, ["end", *told])


def leave() -> None:
    """End this process once what was registered for its end is done; to take down every object, which is of no use to
    anybody, would take longer than a short file."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(0)


# ---------------------------------------------------------------- the other side


class _Worker:
    """One process and the thread that listens to it."""

    def __init__(self, inbox: queue.Queue[tuple[_Worker, Any]], quiet: bool) -> None:
        # -P and a search path without the current folder: no file of the folder where a person calls the program
        # may be run because it bears the name of a module.
        root = str(Path(__file__).resolve().parents[2])
        given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        paths = [root, *(path for path in given if os.path.isabs(path))]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "doichieu.processes.workers"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if quiet or sys.stderr is None else None,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(paths),
                "OMP_THREAD_LIMIT": "1",
                "OMP_NUM_THREADS": "1",
                "OPENBLAS_NUM_THREADS": "1",
                "DOICHIEU_WORKER": "1",
            },
        )
        self.task: Task | None = None
        self.current = -1
        self.since = 0.0
        self.inbox = inbox
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        try:
            while True:
                self.hear(_receive(stream))  # type: ignore[arg-type]
        except (EOFError, OSError, ValueError, msgspec.DecodeError):
            self.inbox.put((self, None))

    def hear(self, message: Any) -> None:
        """Take in a frame of the process: which item it begins is noted, all else is passed on; a page of an item with
        the number of the item."""
        if message[0] == "begin":
            self.current, self.since = message[1], time.monotonic()
        else:
            self.inbox.put((self, [*message, self.current] if message[0] == "page" else message))

    def give(self, task: Task, failed: dict[str, int]) -> None:
        """Hand over a batch and how often foreign programs failed; a worker that is gone is noticed by its listener."""
        self.task = task
        self.current = -1
        self.since = time.monotonic()
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            _send(self.process.stdin, [task, failed])  # type: ignore[arg-type]

    def close(self) -> None:
        """Tell the process that no more work comes."""
        with contextlib.suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()

    def stop(self) -> None:
        """End the process: by itself where it has nothing to do, so that it can tidy up, by force otherwise."""
        self.close()
        if self.task is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=_GRACE)
        self.process.kill()
        self.process.wait()


class Pool:
    """Workers that outlive one series of tasks; use as a context manager."""

    def __init__(self, jobs: int, *, quiet: bool = False) -> None:
        self.jobs = max(1, jobs)
        self.quiet = quiet
        self.inbox: queue.Queue[tuple[_Worker, Any]] = queue.Queue()
        self.workers: set[_Worker] = set()
        self.failed: dict[str, int] = {}

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.close()  # all end at once, and not one after the other
        for worker in self.workers:
            worker.stop()
        self.workers.clear()

    def run(
        self,
        tasks: Iterable[Task],
        paged: Callable[[str, int, int], None] | None = None,
    ) -> Iterator[tuple[Any, list[Failure]]]:
        """Do all tasks; yields the result of each batch with its failures as they come, in no fixed order.

        ``paged`` hears at which page of how many an item that takes long is.  A worker has its next batch before what
        it made of the last is looked at; one that is still at work for a series that was broken off is ended.
        """
        for worker in [worker for worker in self.workers if worker.task is not None]:
            self.workers.discard(worker)
            worker.stop()
        waiting = iter(tasks)
        again: deque[Task] = deque()
        idle = list(self.workers)
        busy: set[_Worker] = set()
        looked = time.monotonic()

        def hand_out() -> None:
            while len(busy) < self.jobs:
                task = again.popleft() if again else next(waiting, None)
                if task is None:
                    return
                worker = idle.pop() if idle else self._new()
                worker.give(task, self.failed)
                busy.add(worker)

        while True:
            hand_out()
            if not busy:
                return
            if time.monotonic() - looked > _LOOK:
                looked = time.monotonic()
                for late in [w for w in busy if self._late(w)]:
                    busy.discard(late)
                    yield from self._lost(late, again, "time_limit")
            try:
                worker, message = self.inbox.get(timeout=_LOOK)
            except queue.Empty:
                continue
            if worker not in self.workers:
                continue  # a last word of one that was stopped
            if message is None:
                if worker in busy:
                    busy.discard(worker)
                    yield from self._lost(worker, again, "worker_died")
                else:
                    self.workers.discard(worker)
                    if worker in idle:
                        idle.remove(worker)
                continue
            if message[0] == "page":
                if paged is not None and worker.task is not None:
                    _, number, total, at = message
                    paged(worker.task.labels[at], number, total)
                continue
            _, result, failures, memory, self.failed = message
            busy.discard(worker)
            worker.task = None
            if memory > RETIRE_AT:
                self.workers.discard(worker)
                worker.stop()
            else:
                idle.append(worker)
            hand_out()  # nobody waits while what came is looked at
            yield result, [msgspec.convert(f, Failure) for f in failures]

    def _new(self) -> _Worker:
        worker = _Worker(self.inbox, self.quiet)
        self.workers.add(worker)
        return worker

    @staticmethod
    def _late(worker: _Worker) -> bool:
        task = worker.task
        allowed = task.limit + _GRACE if task is not None and task.limit > 0 else float("inf")
        return time.monotonic() - worker.since > allowed

    def _lost(self, worker: _Worker, again: deque[Task], code: str) -> Iterator[tuple[Any, list[Failure]]]:
        """Set the file aside that cost a worker, and give the rest of its batch to another."""
        self.workers.discard(worker)
        if code == "worker_died":
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.process.wait(timeout=_GRACE)  # what it died of is told when it is quite dead
        worker.stop()
        task, at = worker.task, worker.current
        assert task is not None
        if at < 0:
            if task.context.get("retried"):
                status = worker.process.returncode
                reason = f"không khởi động được tiến trình đọc tệp (mã {status})"
                failed = [
                    Failure(i, label, "worker_died", reason) for i, label in zip(task.items, task.labels, strict=True)
                ]
                yield None, failed
                return
            again.append(msgspec.structs.replace(task, context={**task.context, "retried": True}))
            return
        if code == "time_limit":
            reason = too_long(task.limit)
        else:
            code, reason = how_it_died(worker.process.returncode, task.limit)
        if code == "worker_died" and not task.context.get("alone"):
            again.append(_part(task, [at], alone=True))
        else:
            yield None, [Failure(task.items[at], task.labels[at], code, reason)]
        rest = [i for i in range(len(task.items)) if i != at]
        if rest:
            again.append(_part(task, rest))


def _part(task: Task, at: list[int], **facts: bool) -> Task:
    """Some items of a batch as a batch of their own."""
    items, labels = tuple(task.items[i] for i in at), tuple(task.labels[i] for i in at)
    return msgspec.structs.replace(task, items=items, labels=labels, context={**task.context, **facts})


if __name__ == "__main__":
    from doichieu.processes import workers

    workers.serve()
    workers.leave()
