"""Numbers for whoever watches a server, in the text form of Prometheus; nothing in them names a person or a text."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

from doichieu.office import jobs
from doichieu.processes.workers import resident

if TYPE_CHECKING:
    from doichieu.office.store import Office

_BOUNDS = (0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)


class Metrics:
    """Counts requests; asks the store for the rest when somebody looks."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.started = time.time()
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0

    def count(self, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        with self._lock:
            self._requests[method, status] += 1
            self._seconds += seconds
            for bound in _BOUNDS:
                if seconds <= bound:
                    self._within[bound] += 1

    def text(self) -> str:
        """Everything as Prometheus reads it."""
        with self._lock:
            requests, within, seconds = dict(self._requests), dict(self._within), self._seconds
        total = sum(requests.values())
        lines = ["# TYPE doichieu_requests_total counter"]
        lines += [
            f'doichieu_requests_total{{method="{method}",status="{status}"}} {count}'
            for (method, status), count in sorted(requests.items())
        ]
        lines.append("# TYPE doichieu_request_seconds histogram")
        lines += [f'doichieu_request_seconds_bucket{{le="{b:g}"}} {within.get(b, 0)}' for b in _BOUNDS]
        lines.append(f'doichieu_request_seconds_bucket{{le="+Inf"}} {total}')
        lines.append(f"doichieu_request_seconds_sum {seconds:.6f}")
        lines.append(f"doichieu_request_seconds_count {total}")
        lines.append("# TYPE doichieu_jobs gauge")
        lines += [f'doichieu_jobs{{status="{s}"}} {n}' for s, n in sorted(jobs.counts(self.office.database).items())]
        lines.append("# TYPE doichieu_rows gauge")
        lines += [f'doichieu_rows{{table="{t}"}} {n}' for t, n in sorted(self.office.search.sizes().items())]
        lines += ["# TYPE doichieu_resident_bytes gauge", f"doichieu_resident_bytes {resident()}"]
        lines += ["# TYPE doichieu_start_time_seconds gauge", f"doichieu_start_time_seconds {self.started:.3f}"]
        return "\n".join(lines) + "\n"
