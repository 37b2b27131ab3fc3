"""An office in this process, called as over the network."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from doichieu.office.app import Application
from doichieu.office.http import Settings
from doichieu.office.kinds import ROLES
from doichieu.office.store import Office

PARENT = """TỈNH ỦY QUẢNG HÀ
Số 15-NQ/TU
Quảng Hà, ngày 12 tháng 5 năm 2025

NGHỊ QUYẾT
về phát triển nông thôn mới giai đoạn 2025 - 2030

II. MỤC TIÊU

1. Đến năm 2030

- 90% hộ dân nông thôn được dùng nước sạch.

- Phấn đấu 70% cán bộ cấp xã được bồi dưỡng kỹ năng số.

- Giải quyết việc làm mới cho 12.000 lao động.

III. TỔ CHỨC THỰC HIỆN

1. Sở Tài chính chủ trì bố trí kinh phí trước ngày 31/12/2026.

2. Sở Nội vụ phối hợp với Sở Tư pháp tổ chức bồi dưỡng cán bộ cấp xã.
"""
CHILD = """ỦY BAN NHÂN DÂN HUYỆN ĐÔNG SƠN
Số: 33/KH-UBND
Đông Sơn, ngày 20 tháng 7 năm 2025

KẾ HOẠCH
Thực hiện Nghị quyết số 15-NQ/TU ngày 12/5/2025 của Tỉnh ủy Quảng Hà về phát triển nông thôn mới giai đoạn 2025 - 2030

II. MỤC TIÊU

1. Đến năm 2030

- 85% hộ dân nông thôn được dùng nước sạch.

- Phấn đấu 75% cán bộ cấp xã được bồi dưỡng kỹ năng số.

- 50% trạm bơm được thay mới.

III. TỔ CHỨC THỰC HIỆN

1. Phòng Tài chính - Kế hoạch chủ trì bố trí kinh phí trước ngày 31/12/2026.
"""
#: Who calls with which role: names are authors.
PEOPLE = {"xem": "Lê Xem", "soan": "Trần Soạn", "ra_soat": "Phạm Rà", "duyet": "Vũ Duyệt", "quan_tri": "Ngô Trị"}


class Running:
    """An office that works, with a token of each role in the unit ``chung`` and one in another."""

    def __init__(self, data: Path, address: str, *, workers: int = 1, alone: str = "") -> None:
        self.data = data
        self.address = address
        self.office = Office(data, address, workers=workers)
        self.office.prepare()
        self.application = Application(self.office, Settings(alone=alone))
        self.client = TestClient(self.application.asgi, raise_server_exceptions=False)
        self.tokens = {role: self.office.accounts.add_token(PEOPLE[role], role) for role in ROLES}
        self.tokens["khac"] = self.office.accounts.add_token("Người khác", "soan", "Đơn vị khác")

    def __enter__(self) -> Running:
        self.office.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.office.stop()

    def call(self, method: str, path: str, role: str = "soan", **more: Any) -> Any:
        """One call with the token of a role; without one where ``role`` is empty."""
        headers = dict(more.pop("headers", {}))
        if role:
            headers["Authorization"] = f"Bearer {self.tokens.get(role, role)}"
        return self.client.request(method, path, headers=headers, **more)

    def get(self, path: str, role: str = "soan", **query: Any) -> Any:
        """The JSON of a call that must succeed."""
        answer = self.call("GET", f"/api/v1{path}", role, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def job(self, identity: str, role: str = "soan") -> dict[str, Any]:
        """A job once it is at its end."""
        for _ in range(600):
            found: dict[str, Any] = self.get(f"/jobs/{identity}", role)
            if found["status"] in ("done", "failed"):
                return found
            time.sleep(0.05)
        raise AssertionError("the job does not end")

    def upload(self, *files: tuple[str, str | bytes], role: str = "soan") -> list[str]:
        """Upload files, wait until they are read; returns the ids of their documents."""
        sent = [("file", (name, data if isinstance(data, bytes) else data.encode())) for name, data in files]
        answer = self.call("POST", "/api/v1/documents", role, files=sent)
        assert answer.status_code == 202, answer.text
        found = []
        for made in answer.json()["jobs"]:
            job = self.job(made["id"], role)
            assert job["status"] == "done", job
            found.append(job["result"]["document_id"])
        return found

    def compared(self, child: str, parent: str | None = None, role: str = "soan") -> str:
        """Compare two documents; returns the id of the comparison."""
        answer = self.call("POST", "/api/v1/comparisons", role, json={"child": child, "parent": parent})
        assert answer.status_code == 202, answer.text
        job = self.job(answer.json()["id"], role)
        assert job["status"] == "done", job
        return str(job["result"]["comparison_id"])

    def findings(self, comparison: str, role: str = "soan") -> list[dict[str, Any]]:
        """The findings of a comparison."""
        items: list[dict[str, Any]] = self.get(f"/comparisons/{comparison}/findings", role)["items"]
        return items

    def mark(self, comparison: str, finding: str, value: str, role: str = "soan", **more: Any) -> Any:
        """Mark a finding."""
        body = {"kind": "mark", "value": value}
        return self.call("POST", f"/api/v1/comparisons/{comparison}/findings/{finding}/events", role, json=body, **more)


class Live(Running):
    """A running office that listens on a port of this machine; ``url`` is its address."""

    url = ""

    def __enter__(self) -> Live:
        import socket
        import threading

        import uvicorn

        super().__enter__()
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(self.application.asgi, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=lambda: self.server.run(sockets=[listener]), daemon=True)
        self.thread.start()
        for _ in range(200):
            if self.server.started:
                break
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)
        super().__exit__()

    def people(self) -> None:
        """Users who sign in with :data:`PASSWORD`."""
        for role, name in PEOPLE.items():
            self.office.accounts.add_user(name, role, password=PASSWORD)


PASSWORD = "mat-khau-du-dai"
