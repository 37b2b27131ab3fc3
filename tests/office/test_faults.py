"""What goes wrong around an office, and what of it people see: wrong input, lost workers, a full disk, no database."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from doichieu.office.verify import verify
from doichieu.processes.workers import Pool
from tests.office import postgres
from tests.office.running import CHILD, PARENT, PASSWORD, PEOPLE, Running


def test_unreadable_files(small: Running) -> None:
    for name, data, said in (
        ("trong.txt", b"", "tệp rỗng"),
        ("chuong-trinh.exe", b"MZ\x90\x00\x00", "chưa được hỗ trợ"),
        ("hong.docx", b"khong phai word", "chưa được hỗ trợ"),
    ):
        answer = small.call("POST", "/api/v1/documents", files=[("file", (name, data))])
        assert answer.status_code == 422 and answer.headers["content-type"] == "application/problem+json"
        assert said in answer.json()["detail"] and name in answer.json()["detail"]
    # What only the reader can see fails in its job, with the reader's sentence.
    answer = small.call("POST", "/api/v1/documents", files=[("file", ("hong.docx", b"PK\x03\x04 hong"))])
    job = small.job(answer.json()["jobs"][0]["id"])
    assert job["status"] == "failed" and job["error"].startswith("Không đọc được tệp hong.docx")
    broken = answer.json()["jobs"][0]["document_id"]
    assert small.get(f"/documents/{broken}")["status"] == "failed"
    refused = small.call("POST", "/api/v1/comparisons", json={"child": broken})
    assert refused.status_code == 422 and refused.json()["detail"] == job["error"]
    assert small.call("GET", f"/api/v1/documents/{broken}/targets").json()["detail"] == job["error"]
    mixed = [("file", ("a.exe", b"MZ\0")), ("file", ("cha.txt", PARENT.encode()))]
    made = small.call("POST", "/api/v1/documents", files=mixed)
    assert made.status_code == 202 and [j["status"] for j in made.json()["jobs"]] == ["failed", "queued"]
    assert small.call("POST", "/api/v1/documents", json={}).status_code == 422
    assert small.call("POST", "/api/v1/documents", files=[("other", "")]).status_code == 422


def test_too_large(tmp_path: Path) -> None:
    from doichieu.office.app import Application
    from doichieu.office.http import Settings

    with Running(tmp_path, "") as office:
        from starlette.testclient import TestClient

        office.client = TestClient(Application(office.office, Settings(max_upload=50_000)).asgi)
        answer = office.call("POST", "/api/v1/documents", files=[("file", ("to.txt", b"a" * 60_000))])
        assert answer.status_code == 413 and answer.headers["content-type"] == "application/problem+json"

        def pieces() -> Any:
            yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
            for _ in range(100):
                yield b"a" * 1000
            yield b"\r\n--x--\r\n"

        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        assert office.call("POST", "/api/v1/documents", content=pieces(), headers=headers).status_code == 413
        assert office.get("/documents")["items"] == []


def test_no_parent_at_hand(small: Running) -> None:
    small.upload(("con.txt", CHILD))
    job = small.job(small.call("POST", "/api/v1/comparisons", json={"child": "con"}).json()["id"])
    assert job["status"] == "failed" and "15-NQ/TU" in job["error"]
    for body, status in (({}, 422), ({"child": "con", "parent": "con"}, 422), ({"child": "khong"}, 404)):
        assert small.call("POST", "/api/v1/comparisons", json=body).status_code == status


def killing(small: Running, times: int) -> threading.Thread:
    """Kill the worker of the office as soon as it is busy, so many times."""

    def kill() -> None:
        left, before = times, set[int]()
        while left:
            for pool in small.office.dispatcher._pools:
                for worker in list(pool.workers):
                    if worker.task is not None and worker.process.pid not in before:
                        before.add(worker.process.pid)
                        os.kill(worker.process.pid, signal.SIGKILL)
                        left -= 1
            time.sleep(0.005)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def test_a_killed_worker_is_tried_again_once(small: Running) -> None:
    thread = killing(small, 2)  # the pool itself gives a batch that was not begun to another worker
    first = small.call("POST", "/api/v1/documents", files=[("file", ("cha.txt", PARENT.encode()))])
    job = small.job(first.json()["jobs"][0]["id"])
    assert job["status"] in ("done", "failed")
    thread.join(timeout=30)
    small.upload(("con.txt", CHILD))  # the next job is done as ever


def test_a_job_that_always_kills_its_worker_fails(small: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    from doichieu.processes.workers import Failure

    tried: list[str] = []

    def run(self: Pool, tasks: Any, begun: Any = None) -> Any:
        (task,) = tasks
        tried.append(task.labels[0])
        yield None, [Failure(None, task.labels[0], "worker_died", "tiến trình đọc tệp bị dừng đột ngột")]

    monkeypatch.setattr(Pool, "run", run)
    answer = small.call("POST", "/api/v1/documents", files=[("file", ("cha.txt", PARENT.encode()))])
    job = small.job(answer.json()["jobs"][0]["id"])
    assert job["status"] == "failed" and "dừng đột ngột" in job["error"]
    assert tried == ["cha.txt", "cha.txt"]


def test_a_job_survives_a_restart(tmp_path: Path) -> None:
    with Running(tmp_path, "") as office:
        office.office.dispatcher.stop()
        answer = office.call("POST", "/api/v1/documents", files=[("file", ("cha.txt", PARENT.encode()))])
        waiting = answer.json()["jobs"][0]["id"]
        with office.office.database.write() as connection:  # as if the server had ended in the middle of it
            connection.exec_driver_sql("UPDATE jobs SET status = 'running'")
    with Running(tmp_path, "") as office:
        assert office.job(waiting)["status"] == "done"


def test_a_full_disk_is_said_and_passes(small: Running) -> None:
    small.upload(("cha.txt", PARENT), ("con.txt", CHILD))
    comparison = small.compared("con", "cha")
    finding = small.findings(comparison)[0]["id"]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        big = "\n".join(f"- {n}% hộ dân dùng nước sạch." for n in range(400))
        answer = small.call("POST", "/api/v1/documents", files=[("file", ("to.txt", big.encode()))])
        assert answer.status_code == 503 and answer.headers["content-type"] == "application/problem+json"
        refused = small.mark(comparison, finding, "fix")
        assert refused.status_code in (201, 503)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, old)
    if refused.status_code == 503:
        assert small.findings(comparison)[0]["mark"] is None
    assert small.mark(comparison, finding, "accept").status_code == 201
    small.upload(("to.txt", PARENT + " "))
    assert verify(small.office.database, small.office.folder) == []


@pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or "-")
def test_the_database_away_and_back(tmp_path: Path) -> None:
    server = postgres.Server()
    with Running(tmp_path, server.database()) as office:
        office.upload(("cha.txt", PARENT), ("con.txt", CHILD))
        comparison = office.compared("con", "cha")
        finding = office.findings(comparison)[0]["id"]
        server.stop()
        answer = office.mark(comparison, finding, "fix")
        assert answer.status_code == 503 and answer.headers["retry-after"]
        assert answer.headers["content-type"] == "application/problem+json"
        assert office.client.get("/healthz").status_code == 503
        server.start()
        for _ in range(100):
            if office.client.get("/healthz").status_code == 200:
                break
            time.sleep(0.1)
        assert office.mark(comparison, finding, "fix").status_code == 201
        office.upload(("moi.txt", CHILD + " "))
        assert verify(office.office.database, office.office.folder) == []
    server.end()


def test_many_marks_at_once_leave_one_chain(office: Running) -> None:
    parent, child = office.upload(("cung-luc-cha.txt", PARENT), ("cung-luc-con.txt", CHILD))
    comparison = office.compared(child, parent)
    finding = office.findings(comparison)[0]["id"]
    answers: list[int] = []

    def work(role: str) -> None:
        for value in ("fix", "accept", "wrong", "ask", "fix"):
            answers.append(office.mark(comparison, finding, value, role).status_code)

    threads = [threading.Thread(target=work, args=(role,)) for role in ("soan", "ra_soat", "soan", "ra_soat")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [201] * 20
    events = office.get(f"/comparisons/{comparison}/findings/{finding}/events")["items"]
    assert len(events) == 20 and all(a["seq"] < b["seq"] for a, b in pairwise(events))
    assert verify(office.office.database, office.office.folder) == []


# ---------------------------------------------------------------- people with bad intent


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onload=alert(3) {{7*7}} javascript:alert(4)"


def sign_in(office: Running, role: str) -> str:
    if PEOPLE[role] not in {user["name"] for user in office.office.accounts.users()}:
        office.office.accounts.add_user(PEOPLE[role], role, password=PASSWORD)
    return office.office.accounts.sign_in(PEOPLE[role], PASSWORD)


def test_no_text_reaches_a_page_as_markup(small: Running) -> None:
    parent = PARENT.replace("về phát triển nông thôn mới", HOSTILE).replace("nước sạch", f"nước {HOSTILE}")
    child = CHILD.replace("nước sạch", f"nước {HOSTILE}").replace("ĐÔNG SƠN", HOSTILE)
    plain = HOSTILE.replace('"', "")  # the client of the tests decodes a path twice
    small.upload((f"cha {plain}.txt", parent), (f"con{plain}.txt", child))
    names = [d["id"] for d in small.get("/documents")["items"]]
    comparison = small.compared(names[1], names[0])
    for finding in small.findings(comparison):
        body = {"kind": "comment", "note": HOSTILE}
        small.call("POST", f"/api/v1/comparisons/{comparison}/findings/{finding['id']}/events", json=body)
    cookies = {"doichieu_session": sign_in(small, "duyet")}
    from urllib.parse import quote

    paths = ["/kho", f"/kho?q={quote(HOSTILE)}", "/nap", "/nhat-ky", f"/doi-chieu/{comparison}", "/ma-tran", "/lich"]
    paths += [f"/kho/{quote(name, safe='')}" for name in names] + [f"/ma-tran/{quote(names[0], safe='')}"]
    for path in paths:
        answer = small.client.get(path, cookies=cookies)
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text, path
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_other_sites_cannot_act_for_a_person(small: Running) -> None:
    small.upload(("cha.txt", PARENT), ("con.txt", CHILD))
    comparison = small.compared("con", "cha")
    finding = small.findings(comparison)[0]["id"]
    cookies = {"doichieu_session": sign_in(small, "soan")}
    path = f"/api/v1/comparisons/{comparison}/findings/{finding}/events"
    body = {"kind": "mark", "value": "fix"}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {},
    ):
        assert small.client.post(path, json=body, cookies=cookies, headers=headers).status_code == 403, headers
    form = f"/doi-chieu/{comparison}/phat-hien/{finding}"
    for fields in ({"kind": "mark", "value": "fix"}, {"kind": "mark", "value": "fix", "csrf": "sai"}):
        assert small.client.post(form, data=fields, cookies=cookies).status_code == 403
    own = small.office.accounts.by_session(cookies["doichieu_session"])
    assert own is not None
    good = {"kind": "mark", "value": "fix", "csrf": own.csrf}
    foreign = small.client.post(form, data=good, cookies=cookies, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert small.findings(comparison)[0]["mark"] is None
    assert small.client.post(form, data=good, cookies=cookies, follow_redirects=False).status_code == 303
    assert small.client.post(path, json=body, cookies=cookies, headers={"X-CSRF-Token": own.csrf}).status_code == 201


def test_signing_in_is_bounded(small: Running) -> None:
    small.office.accounts.add_user("An", "soan", password=PASSWORD)
    page = small.client.get("/dang-nhap")
    cookie = page.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=lax" in cookie.lower()
    import re

    (pre,) = re.findall(r'name="pre" value="([^"]+)"', page.text)
    seen = []
    for _ in range(12):
        answer = small.client.post("/dang-nhap", data={"name": "An", "password": "sai sai sai sai", "pre": pre})
        seen.append(answer.status_code)
    assert seen[:10] == [401] * 10 and seen[10:] == [429] * 2
    right = small.client.post("/dang-nhap", data={"name": "An", "password": PASSWORD, "pre": pre})
    assert right.status_code == 429
    without = small.client.post("/dang-nhap", data={"name": "An", "password": PASSWORD})
    assert without.status_code == 403


def test_a_session_cookie_is_kept_from_scripts_and_other_sites(small: Running) -> None:
    small.office.accounts.add_user("An", "soan", password=PASSWORD)
    from starlette.testclient import TestClient

    client = TestClient(small.application.asgi, base_url="https://van-phong.example")
    page = client.get("/dang-nhap")
    import re

    (pre,) = re.findall(r'name="pre" value="([^"]+)"', page.text)
    fields = {"name": "An", "password": PASSWORD, "pre": pre, "tiep": "https://evil.example/"}
    answer = client.post("/dang-nhap", data=fields, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/"
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("doichieu_session="))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Secure" in cookie
    client.post("/dang-xuat", data={"csrf": "sai"})
    assert client.get("/viec", follow_redirects=False).status_code == 200
    number = small.office.accounts.users()[0]["id"]
    small.office.accounts.change_user(number, active=False)
    assert client.get("/viec", follow_redirects=False).status_code == 303


def test_links_work_once(small: Running) -> None:
    secret = small.office.accounts.first_link()
    assert small.client.get(f"/bat-dau?ma={secret}").status_code == 200
    with pytest.raises(Exception, match="ít nhất 12"):
        small.office.accounts.use_link(secret, "first", "ngan", "Ngô Trị")
    small.office.accounts.use_link(secret, "first", PASSWORD, "Ngô Trị")
    assert small.client.get(f"/bat-dau?ma={secret}").status_code == 404
    with pytest.raises(Exception, match="đã dùng"):
        small.office.accounts.use_link(secret, "first", PASSWORD, "Người khác")
    assert small.office.accounts.first_link() == ""
    assert [u["role"] for u in small.office.accounts.users()] == ["quan_tri"]


def test_no_call_changes_events(small: Running) -> None:
    """No route takes events away or changes them: none but POST, and POST only adds."""
    described = small.client.get("/api/openapi.json").json()["paths"]
    for path, methods in described.items():
        if "events" in path:
            assert set(methods) <= {"get", "post"}
    for method in ("PUT", "PATCH", "DELETE"):
        answer = small.call(method, "/api/v1/comparisons/c0/findings/d0/events", "quan_tri", json={})
        assert answer.status_code == 405


def test_pages_need_a_role(small: Running) -> None:
    small.upload(("cha.txt", PARENT), ("con.txt", CHILD))
    comparison = small.compared("con", "cha")
    small.office.accounts.add_user("Kẻ lạ", "duyet", "Đơn vị khác", password=PASSWORD)
    strange = {"doichieu_session": small.office.accounts.sign_in("Kẻ lạ", PASSWORD)}
    for path in ("/kho/con", f"/doi-chieu/{comparison}", f"/duyet/{comparison}", "/ma-tran/cha", "/trang/con/1.png"):
        assert small.client.get(path, cookies=strange).status_code == 404, path
        small.client.cookies.clear()
        assert small.client.get(path, follow_redirects=False).status_code == 303, path
    assert "con" not in small.client.get("/nhat-ky", cookies=strange).text.split("<main")[1]
    viewer = {"doichieu_session": sign_in(small, "xem")}
    small.client.cookies.clear()
    assert small.client.get("/quan-tri", cookies=viewer).status_code == 403
    assert small.client.get(f"/doi-chieu/{comparison}", cookies=viewer).text.count('<button name="value"') == 0


def test_a_bundle_of_several_documents(small: Running) -> None:
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("cha.txt", PARENT)
        archive.writestr("con.txt", CHILD)
    (first,) = small.upload(("goi.zip", stream.getvalue()))
    assert first == "goi"
    found = {d["id"]: d["number"] for d in small.get("/documents")["items"]}
    assert found == {"goi": "15-NQ/TU", "goi.2": "33/KH-UBND"}
    assert small.findings(small.compared("goi.2"))
    assert small.get("/documents/goi.2/targets")["items"][0]["document_id"] == "goi.2"


def test_a_backup_while_people_work(small: Running, tmp_path: Path) -> None:
    from doichieu.office.backup import backup, restore
    from doichieu.office.store import Office

    small.upload(("cha.txt", PARENT), ("con.txt", CHILD))
    comparison = small.compared("con", "cha")
    finding = small.findings(comparison)[0]["id"]
    stop = threading.Event()
    answers: list[int] = []

    def work() -> None:
        while not stop.is_set():
            answers.append(small.mark(comparison, finding, "fix").status_code)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for number in range(3):
            backup(small.office.database, small.office.folder, tmp_path / f"{number}.zip")
    finally:
        stop.set()
        thread.join()
    assert answers and set(answers) == {201}
    for number in range(3):
        again = Office(tmp_path / f"lai-{number}")
        restore(again.database, again.folder, tmp_path / f"{number}.zip")
        assert verify(again.database, again.folder) == []
        again.database.close()


def test_what_is_odd_about_a_comparison_is_said(small: Running) -> None:
    small.upload(("cha.txt", PARENT), ("con.txt", CHILD))
    swapped = small.get(f"/comparisons/{small.compared('cha', 'con')}")
    assert swapped["problems"] and all(p["message"] for p in swapped["problems"])
    assert small.get(f"/comparisons/{small.compared('con', 'cha')}")["problems"] == []


def test_one_target_through_three_levels(small: Running) -> None:
    middle = CHILD.replace("33/KH-UBND", "34/CTr-TU")
    low = CHILD.replace("33/KH-UBND", "35/KH-UBND").replace("15-NQ/TU", "34/CTr-TU").replace("85%", "80%")
    other = CHILD.replace("33/KH-UBND", "36/KH-UBND").replace("15-NQ/TU", "34/CTr-TU").replace("85%", "84%")
    small.upload(("tren.txt", PARENT), ("giua.txt", middle), ("duoi.txt", low), ("duoi-2.txt", other))
    small.compared("giua", "tren")
    small.compared("duoi", "giua")
    small.compared("duoi-2", "giua")
    target = small.get("/documents/duoi/targets")["items"][0]["target_id"]
    small.client.cookies.set("doichieu_session", sign_in(small, "xem"))
    page = small.client.get(f"/kho/duoi/chuoi/{target}").text
    levels = [(int(page.split(f">{name}<")[0].rsplit("Cấp ", 1)[1][0]), name) for name in ("tren", "giua", "duoi")]
    assert levels == [(1, "tren"), (2, "giua"), (3, "duoi")]
    assert page.count("Cấp 3") == 2
    for quote in ("90% hộ dân", "85% hộ dân", "80% hộ dân", "84% hộ dân"):
        assert quote in page
