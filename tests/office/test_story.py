"""The way of a document from upload to a signed opinion, by calls, on both databases.

The story is told in order: each test goes on where the one before it stopped.
"""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from typing import Any

import pytest

from doichieu.office.verify import verify
from tests.office.running import CHILD, PARENT, Running


@pytest.fixture(scope="module")
def pair(office: Running) -> str:
    """A comparison that is being worked on."""
    parent, child = office.upload(("nghi-quyet-15.txt", PARENT), ("ke-hoach-33.txt", CHILD))
    assert (parent, child) == ("nghi-quyet-15", "ke-hoach-33")
    return office.compared(child)


def test_documents_are_the_records_of_the_contract(office: Running, pair: str) -> None:
    found = office.get("/documents/nghi-quyet-15")
    assert (found["kind"], found["number"], found["issued_on"]) == ("nghi_quyet", "15-NQ/TU", "2025-05-12")
    assert found["sha256"] == hashlib.sha256(PARENT.encode()).hexdigest()
    assert found["children"] == ["ke-hoach-33"] and office.get("/documents/ke-hoach-33")["parents"] == ["nghi-quyet-15"]
    targets = office.get("/documents/nghi-quyet-15/targets")["items"]
    assert [t["value"] for t in targets] == [90.0, 70.0, 12000.0]
    assert all(PARENT[t["char_start"] : t["char_end"]] == t["quote"] for t in targets)
    assert office.get("/documents/nghi-quyet-15/clauses")["items"][0]["document_id"] == "nghi-quyet-15"
    assert office.call("GET", "/api/v1/documents/nghi-quyet-15/original").content == PARENT.encode()


def test_the_same_bytes_are_the_document_that_is_there(office: Running, pair: str) -> None:
    answer = office.call("POST", "/api/v1/documents", files=[("file", ("khac.txt", PARENT.encode()))])
    assert answer.status_code == 202
    (job,) = answer.json()["jobs"]
    assert (job["document_id"], job["status"]) == ("nghi-quyet-15", "done")
    assert office.job(job["id"])["result"] == {"document_id": "nghi-quyet-15"}


def test_findings_have_their_state(office: Running, pair: str) -> None:
    found = office.findings(pair)
    by_kind = {f["kinds"]: f for f in found}
    assert {"looser", "stricter", "omitted", "added"} <= set(by_kind)
    assert all(f["state"] == "open" and f["mark"] is None for f in found)
    assert by_kind["looser"]["child_quote"] in CHILD and by_kind["looser"]["parent_quote"] in PARENT
    comparison = office.get(f"/comparisons/{pair}")
    assert comparison["state"] == "open" and comparison["open"] == len(found) == comparison["counts"]["findings"]
    assert office.get(f"/comparisons/{pair}/duties")["items"]


def test_lists_are_pages(office: Running, pair: str) -> None:
    whole = office.findings(pair)
    seen: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = office.get(f"/comparisons/{pair}/findings", limit=2, cursor=cursor)
        seen += page["items"]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert seen == whole
    for bad in ("0", "1001", "x", "-1"):
        answer = office.call("GET", f"/api/v1/comparisons/{pair}/findings", params={"limit": bad})
        assert answer.status_code == 400 and answer.headers["content-type"] == "application/problem+json"


def test_reports_come_in_three_forms(office: Running, pair: str) -> None:
    page = office.call("GET", f"/api/v1/comparisons/{pair}/report.html")
    assert page.status_code == 200 and "nước sạch" in page.text and "sandbox" in page.headers["content-security-policy"]
    for ending in ("docx", "xlsx"):
        answer = office.call("GET", f"/api/v1/comparisons/{pair}/report.{ending}")
        assert answer.status_code == 200 and zipfile.ZipFile(BytesIO(answer.content)).testzip() is None
    assert office.call("GET", f"/api/v1/comparisons/{pair}/report.pdf").status_code == 404
    assert office.call("GET", "/api/v1/documents/ke-hoach-33/report/report.ics").text.startswith("BEGIN:VCALENDAR")


def test_marks_notes_comments(office: Running, pair: str) -> None:
    first, second = office.findings(pair)[:2]
    made = office.mark(pair, first["id"], "fix")
    assert made.status_code == 201 and made.json()["author"] == "Trần Soạn" and made.json()["meanwhile"] == []
    assert made.json()["wording"]["fingerprint"] == first["fingerprint"]
    # Two people: both events are kept, the second is told.
    again = office.mark(pair, first["id"], "accept", "ra_soat")
    assert again.status_code == 201 and again.json()["meanwhile"][0]["by"] == "Trần Soạn"
    now = office.findings(pair)[0]
    assert (now["mark"], now["mark_by"], now["differs"]) == ("accept", "Phạm Rà", True)
    events = office.get(f"/comparisons/{pair}/findings/{first['id']}/events")["items"]
    assert [(e["author"], e["value"]) for e in events] == [("Trần Soạn", "fix"), ("Phạm Rà", "accept")]
    assert events[1]["prev"] == events[0]["hash"]
    path = f"/api/v1/comparisons/{pair}/findings/{second['id']}/events"
    for body in ({"kind": "note", "note": "Xem lại số liệu"}, {"kind": "comment", "note": "Đã hỏi Sở"}):
        assert office.call("POST", path, json=body).status_code == 201
    assert office.mark(pair, second["id"], "reject").json()["value"] == "wrong"  # the word of older files
    now = office.findings(pair)[1]
    assert (now["mark"], now["note"], now["comments"]) == ("wrong", "Xem lại số liệu", 1)
    assert office.get(f"/comparisons/{pair}")["open"] == len(office.findings(pair)) - 2


def test_a_stale_mark_is_refused(office: Running, pair: str) -> None:
    finding = office.findings(pair)[2]
    etag = finding["etag"]
    assert office.mark(pair, finding["id"], "fix", headers={"If-Match": f'"{etag}"'}).status_code == 201
    stale = office.mark(pair, finding["id"], "ask", "ra_soat", headers={"If-Match": f'"{etag}"'})
    assert stale.status_code == 409 and stale.headers["content-type"] == "application/problem+json"
    assert stale.json()["finding"]["mark"] == "fix"
    assert office.mark(pair, finding["id"], "ask", "xem", headers={"If-Match": '"cu"'}).status_code == 403
    fresh = office.findings(pair)[2]["etag"]
    assert office.mark(pair, finding["id"], "ask", "ra_soat", headers={"If-Match": fresh}).status_code == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "mark", "value": "maybe"}, 422),
        ({"kind": "approve"}, 422),
        ({"value": "fix"}, 422),
        ({"kind": "comment"}, 422),
        ({"kind": "note", "note": "x" * 5000}, 422),
        ({"kind": "correct", "value": {"child": {"quote": "x"}}}, 422),
        ({"kind": "correct", "value": "khong_co"}, 422),
    ],
)
def test_events_that_make_no_sense(office: Running, pair: str, body: dict[str, Any], status: int) -> None:
    finding = office.findings(pair)[0]["id"]
    answer = office.call("POST", f"/api/v1/comparisons/{pair}/findings/{finding}/events", json=body)
    assert answer.status_code == status and answer.json()["status"] == status


def test_bodies_that_are_no_json(office: Running, pair: str) -> None:
    finding = office.findings(pair)[0]["id"]
    path = f"/api/v1/comparisons/{pair}/findings/{finding}/events"
    for data in (b"{", b"\xff\xfe", b"[" * 5000, b"[]"):
        assert office.call("POST", path, content=data).status_code in (400, 422)


def test_pair_and_unpair_make_the_verdict_anew(office: Running, pair: str) -> None:
    before = office.findings(pair)
    omitted = next(f for f in before if f["kinds"] == "omitted")
    added = next(f for f in before if f["kinds"] == "added")
    path = f"/api/v1/comparisons/{pair}/findings"
    made = office.call("POST", f"{path}/{omitted['id']}/events", json={"kind": "pair", "value": added["id"]})
    assert made.status_code == 201, made.text
    after = office.findings(pair)
    assert len(after) == len(before) - 1
    (joined,) = [f for f in after if f["mended"] == "pair"]
    assert (joined["parent_target_id"], joined["child_target_id"]) == (
        omitted["parent_target_id"],
        added["child_target_id"],
    )
    assert office.get(f"/comparisons/{pair}")["counts"]["findings"] == len(after)
    marks = {f["id"]: f["mark"] for f in before if f not in (omitted, added)}
    assert {f["id"]: f["mark"] for f in after if f is not joined} == marks  # the marks of the others stay
    assert (joined["state"], joined["mark_before"]) == ("changed" if omitted["mark"] else "open", omitted["mark"])
    assert office.call("POST", f"{path}/{joined['id']}/events", json={"kind": "unpair"}).status_code == 201
    kinds = [f["kinds"] for f in office.findings(pair)]
    assert sorted(kinds) == sorted(f["kinds"] for f in before)
    cases = office.get(f"/comparisons/{pair}/cases")["cases"]
    assert [c["kind"] for c in cases] == ["pair", "unpair"]


def test_correct_makes_the_verdict_anew(office: Running, pair: str) -> None:
    looser = next(f for f in office.findings(pair) if f["kinds"] == "looser")
    path = f"/api/v1/comparisons/{pair}/findings/{looser['id']}/events"
    made = office.call("POST", path, json={"kind": "correct", "value": {"child": {"value": "95"}}})
    assert made.status_code == 201, made.text
    now = next(f for f in office.findings(pair) if f["child_target_id"] == looser["child_target_id"])
    assert now["kinds"] == "stricter" and now["mended"] == "correct"
    assert now["state"] == "changed" if looser["mark"] else now["state"] == "open"


def test_handing_over_and_signing(office: Running, pair: str) -> None:
    way = f"/api/v1/comparisons/{pair}"
    assert office.call("POST", f"{way}/approve", "duyet").status_code == 409
    assert office.call("POST", f"{way}/submit", "soan").json()["state"] == "submitted"
    assert office.call("POST", f"{way}/submit", "soan").status_code == 409
    sent_back = office.call("POST", f"{way}/return", "duyet", json={"note": "Thiếu căn cứ"})
    assert sent_back.json()["state"] == "returned"
    assert office.call("POST", f"{way}/submit", "soan").json()["waiting_for"] == "ra_soat"
    assert office.call("POST", f"{way}/submit", "ra_soat").json()["waiting_for"] == "duyet"
    # Four eyes, whatever token the same person uses.
    own = office.office.accounts.add_token("Trần Soạn", "duyet")
    refused = office.call("POST", f"{way}/approve", own)
    assert refused.status_code == 403 and refused.json()["code"] == "forbidden"
    signed = office.call("POST", f"{way}/approve", "duyet")
    assert signed.status_code == 200, signed.text
    assert signed.json()["state"] == "approved"
    opinion = office.call("GET", f"{way}/report.docx").content
    assert hashlib.sha256(opinion).hexdigest() == signed.json()["opinion_sha256"]
    finding = office.findings(pair)[0]["id"]
    assert office.mark(pair, finding, "ask").status_code == 409
    assert office.call("POST", f"{way}/approve", "duyet").status_code == 403  # an event of theirs is there now
    assert office.call("POST", f"{way}/reopen", "duyet").json()["state"] == "reopened"
    assert office.mark(pair, finding, "ask").status_code == 201
    assert office.call("GET", f"{way}/report.docx").content != opinion
    kinds = [e["kind"] for e in office.get(f"/comparisons/{pair}/events")["items"] if not e["finding_id"]]
    assert kinds == ["submit", "return", "submit", "submit", "approve", "reopen"]


def test_a_new_version_carries_marks_and_reopens_what_changed(office: Running, pair: str) -> None:
    before = office.findings(pair)
    for finding in before:
        assert office.mark(pair, finding["id"], "fix").status_code == 201
    changed = CHILD.replace("75% cán bộ", "80% cán bộ")
    (newer,) = office.upload(("ke-hoach-33.txt", changed))
    assert newer == "ke-hoach-33~2"
    assert office.get(f"/documents/{newer}")["versions"] == ["ke-hoach-33", "ke-hoach-33~2"]
    for job in office.get("/jobs")["items"]:
        office.job(job["id"])  # the comparison of the new version is queued by itself
    follower = office.get(f"/comparisons/{pair}")["newer"]
    after = office.findings(follower)
    states = {f["child_quote"] or f["parent_quote"]: (f["state"], f["mark"] or f["mark_before"]) for f in after}
    assert states["Phấn đấu 80% cán bộ cấp xã được bồi dưỡng kỹ năng số"] == ("changed", "fix")
    assert states["50% trạm bơm được thay mới"] == ("current", "fix")
    assert office.get(f"/comparisons/{follower}")["open"] == sum(f["state"] != "current" for f in after)
    assert office.findings(pair)[0]["state"] == "current"


def test_search_without_diacritics(office: Running, pair: str) -> None:
    found = office.get("/targets", q="nuoc sach")["items"]
    assert {t["document_id"] for t in found} == {"nghi-quyet-15", "ke-hoach-33~2"}
    assert office.get("/targets", q="nước sạch", document="nghi-quyet-15")["items"][0]["value"] == 90.0
    assert office.get("/targets", q="nuoc", kind="ke_hoach")["items"][0]["document_id"] == "ke-hoach-33~2"
    assert not office.get("/targets", q="khong-co-chu-nay")["items"]
    assert office.get("/assignments", agency="so tai chinh")["items"][0]["agency"] == "Sở Tài chính"
    assert office.get("/deadlines", due_before="2026-12-31")["items"]
    assert not office.get("/deadlines", due_before="2020-01-01")["items"]
    assert office.call("GET", "/api/v1/deadlines", params={"due_before": "hom-nay"}).status_code == 400
    for odd in ('"', "*", "a OR b", "NEAR(", "' --", ":", "^x", "đ" * 300):
        assert office.call("GET", "/api/v1/targets", params={"q": odd}).status_code == 200


def test_changes_have_no_gaps(office: Running, pair: str) -> None:
    seen = []
    since = "0"
    while True:
        page = office.get("/changes", since=since, limit=7)
        seen += page["items"]
        if page["next"] is None:
            break
        since = page["next"]
    assert [c["cursor"] for c in seen] == list(range(1, len(seen) + 1))
    assert {"documents", "comparisons", "events", "deviations"} == {c["table"] for c in seen}
    assert office.get("/changes", since=seen[-1]["cursor"])["items"] == []
    assert office.get("/changes", "khac")["items"] == []


def test_everything_kept_is_what_was_kept(office: Running, pair: str) -> None:
    assert verify(office.office.database, office.office.folder) == []
