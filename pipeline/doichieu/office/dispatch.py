"""Jobs from the store to worker processes and back.

What holds of a job: it is a row before anybody was told of it; it runs in a process with limits of time and memory;
one whose process died is tried once more, then failed with the reason; one that ran when the server ended waits again
after the next start; its result and the end of its row are one transaction.
"""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from doichieu.office import jobs
from doichieu.office.comparisons import Comparisons
from doichieu.office.database import Database
from doichieu.office.documents import Documents
from doichieu.office.faults import Away, Unprocessable
from doichieu.office.folder import Folder
from doichieu.processes.workers import Failure, Pool, Task
from doichieu.running.parts import version

log = logging.getLogger("doichieu.office")

#: Seconds that one file, one comparison, one report may take.
READ_LIMIT, COMPARE_LIMIT, REPORT_LIMIT = 1800.0, 600.0, 300.0
_PAUSE = 5.0  # seconds between two looks at a database that is away
_IDLE = 1.0  # seconds between two looks for work that nobody announced


class Dispatcher:
    """Threads that take jobs, each with a worker process of its own, and one more process for reports."""

    def __init__(
        self,
        database: Database,
        folder: Folder,
        documents: Documents,
        comparisons: Comparisons,
        *,
        workers: int = 2,
        announce: Callable[[], None] = lambda: None,
    ) -> None:
        self.database = database
        self.folder = folder
        self.documents = documents
        self.comparisons = comparisons
        self.workers = workers
        self.announce = announce
        self._wake = threading.Condition()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._pools: list[Pool] = []
        self._report_lock = threading.Lock()
        self._report_pool = Pool(1, quiet=True)
        self._running: dict[str, Path] = {}

    # -- life

    def start(self) -> None:
        """Take up what the last server left, and begin."""
        shutil.rmtree(self.folder.work, ignore_errors=True)
        self.folder.work.mkdir(exist_ok=True)
        jobs.recover(self.database)
        for number in range(self.workers):
            thread = threading.Thread(target=self._live, name=f"jobs-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """End; jobs that run are taken up by the next start."""
        self._stopping.set()
        with self._wake:
            self._wake.notify_all()
        for pool in (*self._pools, self._report_pool):
            for worker in list(pool.workers):
                worker.process.kill()
        for thread in self._threads:
            thread.join(timeout=5)
        with self._report_lock:
            self._report_pool.__exit__()

    def wake(self) -> None:
        """Say that there is work."""
        with self._wake:
            self._wake.notify_all()

    def progress(self, job: str) -> dict[str, Any]:
        """How far a running job is, as its worker last said."""
        place = self._running.get(job)
        if place is None:
            return {}
        try:
            found: dict[str, Any] = msgspec.json.decode(place.read_bytes())
        except (OSError, msgspec.DecodeError):
            return {}  # nothing said yet
        return found

    # -- jobs

    def _live(self) -> None:
        pool = Pool(1, quiet=True)
        self._pools.append(pool)
        while not self._stopping.is_set():
            try:
                job = jobs.take(self.database)
                if job is None:
                    with self._wake:
                        self._wake.wait(_IDLE)
                    continue
                self.announce()
                if not self._do(pool, job):
                    self._stopping.wait(0.3)  # it waits for another job: let that one go first
                self.announce()
            except Away as error:
                log.warning("database away", extra={"reason": error.detail})
                self._stopping.wait(_PAUSE)
        pool.__exit__()

    def _do(self, pool: Pool, job: dict[str, Any]) -> bool:
        """One job to its end; false where it has to wait for another."""
        work = self._read if job["kind"] == "read" else self._compare
        progress = self.folder.work / f"{job['id']}.progress"
        self._running[job["id"]] = progress
        try:
            return work(pool, job, progress)
        except Away:
            self._give_back(job)
            raise
        except Exception as error:  # a job that cannot be done must not end the thread that does the others
            if self._stopping.is_set():
                return True
            log.exception("job failed", extra={"job": job["id"], "kind": job["kind"]})
            self._failed(job, f"Lỗi bên trong ({type(error).__name__}).")
            return True
        finally:
            self._running.pop(job["id"], None)
            progress.unlink(missing_ok=True)

    def _give_back(self, job: dict[str, Any]) -> None:
        """Let a job wait until the database is there again."""
        while not self._stopping.is_set():
            try:
                with self.database.write() as connection:
                    jobs.requeue(connection, job["id"])
                return
            except Away:
                self._stopping.wait(_PAUSE)

    def _run(self, pool: Pool, function: str, item: dict[str, Any], label: str, limit: float) -> Any:
        """The answer of a worker, or the :class:`Failure` of its process; None where the server is stopping."""
        context = {"work": str(self.folder.work)}
        task = Task(f"doichieu.office.work:{function}", (item,), (label,), context, limit)
        answers: list[Any] = []
        failures: list[Failure] = []
        for result, failed in pool.run([task]):
            answers += result or []
            failures += failed
        if self._stopping.is_set() and not answers:
            return None
        if failures:
            return failures[0]
        return answers[0]

    def _lost(self, job: dict[str, Any], failure: Failure) -> bool:
        """Whether a job whose process was lost is tried again; it waits anew then."""
        if failure.code == "worker_died" and job["attempts"] + 1 < jobs.MAX_DEATHS:
            with self.database.write() as connection:
                jobs.requeue(connection, job["id"], died=True)
            return True
        return False

    def _failed(self, job: dict[str, Any], reason: str) -> None:
        with self.database.write() as connection:
            jobs.finish(connection, job["id"], error=reason)
            if job["kind"] == "read":
                self.documents.fail(connection, job["payload"], reason)

    def _read(self, pool: Pool, job: dict[str, Any], progress: Path) -> bool:
        payload = job["payload"]
        with self.database.read() as connection:
            sha256 = self.documents.bytes_of(connection, payload["document"])
        item = {
            "path": str(self.folder.original(sha256)),
            "file_name": payload["file_name"],
            "document_id": payload["document_id"],
            "progress": str(progress),
        }
        answer = self._run(pool, "read", item, payload["file_name"], READ_LIMIT)
        if answer is None:
            return True
        if isinstance(answer, Failure):
            if not self._lost(job, answer):
                self._failed(job, f"Không đọc được tệp {payload['file_name']}: {answer.reason}")
            return True
        if "error" in answer:
            self._failed(job, answer["error"])
            return True
        with self.database.write() as connection:
            self.database.lock(connection)
            kept = self.documents.store_read(connection, job, answer, version())
            result = {"document_id": payload["document_id"], "document_ids": self.documents.names(connection, kept)}
            jobs.finish(connection, job["id"], result=result)
            self._compare_anew(connection, job, kept)
        return True

    def _compare_anew(self, connection: Any, job: dict[str, Any], kept: list[int]) -> None:
        """Queue again the comparisons of the documents just read: of earlier versions, of earlier rules."""
        pairs = self.comparisons.of_earlier_versions(connection, kept)
        if job["payload"].get("again"):
            pairs += self.comparisons.pairs_of(connection, kept)
        for child, parent in dict.fromkeys(pairs):
            jobs.put(connection, job["unit"], "compare", {"child": child, "parent": parent}, job["created_by"])

    def _compare(self, pool: Pool, job: dict[str, Any], progress: Path) -> bool:
        material = self.comparisons.material(job)
        if not material:
            with self.database.write() as connection:
                jobs.requeue(connection, job["id"])
            return False
        if isinstance(material, str):
            self._failed(job, material)
            return True
        answer = self._run(pool, "compare", {**material, "progress": str(progress)}, job["id"], COMPARE_LIMIT)
        if answer is None:
            return True
        if isinstance(answer, Failure):
            if not self._lost(job, answer):
                self._failed(job, f"Không đối chiếu được: {answer.reason}")
            return True
        if "error" in answer:
            self._failed(job, answer["error"])
            return True
        if not answer["comparisons"]:
            sought = ", ".join(answer["sought"])
            reason = f"Không tìm thấy văn bản cấp trên nào trong kho; văn bản này thực hiện: {sought or 'không nêu'}."
            self._failed(job, reason)
            return True
        with self.database.write() as connection:
            self.database.lock(connection)
            made = self.comparisons.store(connection, job, answer, version())
            jobs.finish(connection, job["id"], result={"comparison_id": made[0], "comparison_ids": made})
        return True

    # -- reports, while somebody waits

    def report(self, function: str, item: dict[str, Any], label: str) -> dict[str, Any]:
        """Let the process for reports write files; raises :class:`Unprocessable` where it cannot."""
        with self._report_lock:
            answer = self._run(self._report_pool, function, item, label, REPORT_LIMIT)
            if isinstance(answer, Failure) and answer.code == "worker_died":
                answer = self._run(self._report_pool, function, item, label, REPORT_LIMIT)
        if answer is None:
            raise Away("Máy chủ đang dừng.")
        if isinstance(answer, Failure):
            raise Unprocessable(f"Không lập được báo cáo: {answer.reason}")
        if "error" in answer:
            raise Unprocessable(answer["error"])
        found: dict[str, Any] = answer
        return found
