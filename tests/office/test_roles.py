"""Every call with every role: who may, who may not, who is nobody, and what another unit sees."""

from __future__ import annotations

from typing import Any

import pytest

from doichieu.office.kinds import ADMINISTRATORS, APPROVERS, READERS, RETURNERS, ROLES, WORKERS
from tests.office.running import CHILD, PARENT, Running

#: What each call needs, written down once more, apart from the code: (method, path, body, roles).
FINDING = "/api/v1/comparisons/{c}/findings/{f}"
TABLE: list[tuple[str, str, Any, frozenset[str]]] = [
    ("GET", "/api/v1/me", None, READERS),
    ("GET", "/api/v1/documents", None, READERS),
    ("POST", "/api/v1/documents", "file", WORKERS),
    ("GET", "/api/v1/documents/{d}", None, READERS),
    ("GET", "/api/v1/documents/{d}/original", None, READERS),
    ("GET", "/api/v1/documents/{d}/targets", None, READERS),
    ("GET", "/api/v1/documents/{d}/report/report.html", None, READERS),
    ("POST", "/api/v1/documents/{d}/correct", {"title": "Về việc khác"}, WORKERS),
    ("GET", "/api/v1/jobs", None, READERS),
    ("GET", "/api/v1/jobs/{j}", None, READERS),
    ("GET", "/api/v1/jobs/{j}/progress", None, READERS),
    ("POST", "/api/v1/comparisons", {"child": "{d}", "parent": "{p}"}, WORKERS),
    ("GET", "/api/v1/comparisons", None, READERS),
    ("GET", "/api/v1/comparisons/{c}", None, READERS),
    ("GET", "/api/v1/comparisons/{c}/findings", None, READERS),
    ("GET", "/api/v1/comparisons/{c}/duties", None, READERS),
    ("GET", "/api/v1/comparisons/{c}/events", None, READERS),
    ("GET", "/api/v1/comparisons/{c}/cases", None, READERS),
    ("GET", "/api/v1/comparisons/{c}/report.html", None, READERS),
    ("GET", FINDING, None, READERS),
    ("GET", f"{FINDING}/events", None, READERS),
    ("POST", f"{FINDING}/events", {"kind": "comment", "note": "Xem"}, WORKERS),
    ("POST", "/api/v1/comparisons/{c}/submit", {}, WORKERS),
    ("POST", "/api/v1/comparisons/{c}/return", {"note": "Sửa"}, RETURNERS),
    ("POST", "/api/v1/comparisons/{c}/approve", {}, APPROVERS),
    ("POST", "/api/v1/comparisons/{c}/reopen", {}, APPROVERS),
    ("GET", "/api/v1/targets", None, READERS),
    ("GET", "/api/v1/assignments", None, READERS),
    ("GET", "/api/v1/deadlines", None, READERS),
    ("GET", "/api/v1/changes", None, READERS),
    ("GET", "/api/v1/reconcile", None, READERS),
    ("POST", "/api/v1/reconcile", "form", READERS),
    ("GET", "/api/v1/searches", None, READERS),
    ("POST", "/api/v1/searches", {"name": "a", "query": "q=b"}, READERS),
    ("DELETE", "/api/v1/searches/999", None, READERS),
    ("GET", "/api/v1/webhooks", None, ADMINISTRATORS),
    ("POST", "/api/v1/webhooks", {"url": "http://127.0.0.1:9/x"}, ADMINISTRATORS),
    ("DELETE", "/api/v1/webhooks/w0", None, ADMINISTRATORS),
    ("GET", "/api/v1/users", None, ADMINISTRATORS),
    ("POST", "/api/v1/users", {"name": "{n}", "role": "xem"}, ADMINISTRATORS),
    ("PATCH", "/api/v1/users/999", {"role": "xem"}, ADMINISTRATORS),
    ("GET", "/api/v1/tokens", None, ADMINISTRATORS),
    ("POST", "/api/v1/tokens", {"name": "a", "role": "xem"}, ADMINISTRATORS),
    ("DELETE", "/api/v1/tokens/999", None, ADMINISTRATORS),
    ("GET", "/api/v1/units", None, ADMINISTRATORS),
]


@pytest.fixture(scope="module")
def names(office: Running) -> dict[str, str]:
    """The things that the calls are about."""
    parent, child = office.upload(("cha.txt", PARENT), ("con.txt", CHILD))
    comparison = office.compared(child, parent)
    job = office.get("/jobs")["items"][0]["id"]
    return {"d": child, "p": parent, "c": comparison, "f": office.findings(comparison)[0]["id"], "j": job, "n": ""}


def ask(office: Running, names: dict[str, str], role: str, method: str, path: str, body: Any) -> Any:
    filled = {**names, "n": f"Người {role}"}
    more: dict[str, Any] = {}
    if body == "file":
        more["files"] = [("file", (f"cua-{role}.txt", CHILD.encode()))]
    elif body == "form":
        more["data"] = {"queries": '{"q0": {"query": "Sở Y tế"}}'}
    elif body is not None:
        more["json"] = {k: v.format(**filled) if isinstance(v, str) else v for k, v in body.items()}
    return office.call(method, path.format(**filled), role, **more)


@pytest.mark.parametrize("role", [*ROLES, "", "khac", "sai"])
@pytest.mark.parametrize(("method", "path", "body", "roles"), TABLE, ids=[f"{m} {p}" for m, p, _, _ in TABLE])
def test_every_call_with_every_role(
    office: Running, names: dict[str, str], method: str, path: str, body: Any, roles: frozenset[str], role: str
) -> None:
    answer = ask(office, names, "dc_sai" if role == "sai" else role, method, path, body)
    status = answer.status_code
    if role in ("", "sai"):
        assert status == 401
    elif role == "khac":  # a drafter of another unit
        if "soan" not in roles:
            assert status == 403
        elif any(f"{{{name}}}" in path + str(body) for name in "dcfjp"):
            assert status == 404, answer.text
        else:
            assert status < 300 or status == 404
            for name in ("con", "cha", names["c"]):
                assert f'"{name}"' not in answer.text or method == "POST"
    elif role not in roles:
        assert status == 403
    else:
        # The approver commented above: four eyes; run apart from the calls above, nothing has been submitted yet.
        refused = (status == 403 and "bốn mắt" in answer.text) or status == 409
        assert refused if path.endswith("approve") else status not in (401, 403, 500), answer.text
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status and answer.json()["title"]


def test_the_table_names_every_call(office: Running) -> None:
    described = office.client.get("/api/openapi.json").json()["paths"]
    told = {(method.upper(), path) for path, entry in described.items() for method in entry if path.startswith("/api")}
    written = set()
    for method, path, _, _ in TABLE:
        plain = path.replace("{d}/targets", "{id}/{table}").replace("report/report.html", "report/{file}")
        plain = plain.replace("{c}/report.html", "{id}/{file}").replace("{f}", "{finding}").replace("999", "{id}")
        for name in ("{d}", "{c}", "{j}", "w0"):
            plain = plain.replace(name, "{id}")
        written.add((method, plain))
    assert told <= written
    assert written - told == {("GET", "/api/v1/jobs/{id}/progress")}


def test_what_is_not_there(office: Running, names: dict[str, str]) -> None:
    for path in (
        "/api/v1/documents/khong-co",
        "/api/v1/documents/con/khong-co",
        "/api/v1/jobs/j0",
        "/api/v1/comparisons/c0/findings",
        f"/api/v1/comparisons/{names['c']}/findings/d0",
        "/api/v1/nothing",
        "/nothing",
    ):
        answer = office.call("GET", path)
        assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json", path
    assert office.call("PUT", "/api/v1/documents").status_code == 405


def test_a_revoked_token_ends(office: Running) -> None:
    secret = office.call("POST", "/api/v1/tokens", "quan_tri", json={"name": "Tạm", "role": "xem"}).json()["token"]
    assert office.call("GET", "/api/v1/me", secret).json() == {"name": "Tạm", "role": "xem", "unit": "chung"}
    number = next(t["id"] for t in office.get("/tokens", "quan_tri")["items"] if t["name"] == "Tạm")
    assert office.call("DELETE", f"/api/v1/tokens/{number}", "quan_tri").status_code == 204
    assert office.call("GET", "/api/v1/me", secret).status_code == 401
