"""What the design says of roles, states and events, sentence by sentence, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from doichieu.office import documents, tables
from doichieu.office.kinds import ROLES
from tests.extraction.test_nature import ARTICLE
from tests.office.running import CHILD, PARENT, PEOPLE, Running

COUNT = iter(range(100, 10_000))


@pytest.fixture(scope="module")
def parent(office: Running) -> str:
    """A document that the comparisons of this module share."""
    return office.upload(("cha.txt", PARENT))[0]


def begun(office: Running, parent: str) -> str:
    """A fresh comparison."""
    number = next(COUNT)
    (child,) = office.upload((f"con-{number}.txt", CHILD.replace("33/KH", f"{number}/KH")))
    return office.compared(child, parent)


def go(office: Running, comparison: str, *steps: str) -> list[int]:
    """Take steps, each ``role:what`` (a mark of the first finding where ``what`` is one); their status codes."""
    codes = []
    for step in steps:
        role, _, what = step.partition(":")
        if what in ("fix", "accept", "ask", "wrong"):
            answer = office.mark(comparison, office.findings(comparison)[0]["id"], what, role)
        elif what in ("comment", "note"):
            path = f"/api/v1/comparisons/{comparison}/findings/{office.findings(comparison)[0]['id']}/events"
            answer = office.call("POST", path, role, json={"kind": what, "note": "Xem lại"})
        elif what == "reason":
            answer = office.call("POST", f"/api/v1/comparisons/{comparison}/return", role, json={"note": "Thiếu"})
        else:
            answer = office.call("POST", f"/api/v1/comparisons/{comparison}/{what}", role, json={})
        codes.append(answer.status_code)
    return codes


#: Steps and their answers: (what the design says, steps, status codes).
STORIES: list[tuple[str, list[str], list[int]]] = [
    ("a viewer reads only", ["xem:fix", "xem:submit", "xem:reason", "xem:approve", "xem:reopen"], [403] * 5),
    ("an administrator has no say", ["quan_tri:fix", "quan_tri:comment", "quan_tri:approve"], [403] * 3),
    ("a drafter marks, writes notes, hands over", ["soan:fix", "soan:note", "soan:submit"], [201, 201, 200]),
    ("a drafter neither returns nor approves", ["soan:submit", "soan:reason", "soan:approve"], [200, 403, 403]),
    ("a reviewer marks and hands over for approval", ["ra_soat:accept", "ra_soat:submit"], [201, 200]),
    ("a reviewer does not approve", ["soan:submit", "ra_soat:submit", "ra_soat:approve"], [200, 200, 403]),
    ("a return has a reason", ["soan:submit", "ra_soat:return", "ra_soat:reason"], [200, 422, 200]),
    ("only what was handed over is returned", ["ra_soat:reason", "soan:submit", "ra_soat:reason"], [409, 200, 200]),
    ("403 before 409 and 422", ["soan:return", "xem:return", "soan:reopen"], [403] * 3),
    ("two people suffice: the drafter's is approved", ["soan:fix", "soan:submit", "duyet:approve"], [201, 200, 200]),
    ("also after the reviewer", ["soan:submit", "ra_soat:submit", "duyet:approve"], [200] * 3),
    ("only what was handed over is approved", ["duyet:approve"], [409]),
    ("an approver may mark, and then not approve", ["duyet:fix", "soan:submit", "duyet:approve"], [201, 200, 403]),
    ("nor who only commented", ["duyet:comment", "soan:submit", "duyet:approve"], [201, 200, 403]),
    ("nor who handed over", ["duyet:submit", "duyet:approve"], [200, 403]),
    (
        "a return is no part in it",
        ["soan:submit", "duyet:reason", "soan:submit", "duyet:approve"],
        [200, 200, 200, 200],
    ),
    (
        "what is signed is closed until it is opened again",
        ["soan:submit", "duyet:approve", "soan:fix", "soan:submit", "ra_soat:reopen", "duyet:reopen", "soan:fix"],
        [200, 200, 409, 409, 403, 200, 201],
    ),
    (
        "who signed once has an event there",
        ["soan:submit", "duyet:approve", "duyet:reopen", "soan:submit", "duyet:approve"],
        [200, 200, 200, 200, 403],
    ),
    ("handed over once", ["soan:submit", "soan:submit", "ra_soat:submit", "ra_soat:submit"], [200, 409, 200, 409]),
]


@pytest.mark.parametrize(("steps", "codes"), [s[1:] for s in STORIES], ids=[s[0] for s in STORIES])
def test_what_people_may_do(office: Running, parent: str, steps: list[str], codes: list[int]) -> None:
    comparison = begun(office, parent)
    assert go(office, comparison, *steps) == codes
    told = [e["kind"] for e in office.get(f"/comparisons/{comparison}/events")["items"]]
    assert len(told) == sum(code < 300 for code in codes)  # what is refused leaves no event


@pytest.mark.parametrize("role", ROLES)
def test_everybody_reads_what_the_unit_has(office: Running, parent: str, role: str) -> None:
    assert office.get(f"/documents/{parent}", role)["id"] == parent
    assert office.get("/targets", role, q="nuoc sach")["items"]
    uploaded = office.call("POST", "/api/v1/documents", role, files=[("file", (f"cua-{role}.txt", CHILD.encode()))])
    assert uploaded.status_code == (202 if role in ("soan", "ra_soat", "duyet") else 403)


def test_a_mark_names_its_author_and_its_wording(office: Running, parent: str) -> None:
    comparison = begun(office, parent)
    finding = office.findings(comparison)[0]
    event = office.mark(comparison, finding["id"], "fix").json()
    assert event["author"] == PEOPLE["soan"] and event["role"] == "soan" and event["at"] and event["prev"]
    assert event["wording"]["child_quote"] == finding["child_quote"]
    # Old files said “reject”; without If-Match a mark is taken, with an old one it is not.
    assert office.mark(comparison, finding["id"], "reject").json()["value"] == "wrong"
    stale = office.mark(comparison, finding["id"], "ask", headers={"If-Match": f'"{finding["etag"]}"'})
    assert stale.status_code == 409 and stale.json()["etag"] != finding["etag"]
    viewer = office.mark(comparison, finding["id"], "ask", "xem", headers={"If-Match": '"x"'})
    assert viewer.status_code == 403


def test_the_same_bytes_under_newer_rules_are_read_anew(
    office: Running, parent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparison = begun(office, parent)
    child = office.get(f"/comparisons/{comparison}")["child"]
    finding = office.findings(comparison)[0]["id"]
    assert office.mark(comparison, finding, "fix").status_code == 201
    d = tables.documents
    with office.office.database.write() as connection:
        connection.execute(d.update().where(d.c.document_id == child).values(rules="cu", record="{}", counts="{}"))
        connection.execute(
            tables.stock.update().where(tables.stock.c.document.in_(_numbers(child))).values(record="{}")
        )
    original = office.call("GET", f"/api/v1/documents/{child}/original").content
    path = office.get(f"/documents/{child}")["path"]
    assert not any(office.get(f"/documents/{child}/targets")["items"])
    assert office.upload((path, original)) == [child]
    again = office.get(f"/documents/{child}")
    assert again["rules_version"] == documents.version() and again["number"] and again["status"] == "ready"
    assert again["versions"] == [] and all(office.get(f"/documents/{child}/targets")["items"])
    for job in office.get("/jobs")["items"]:
        office.job(job["id"])  # its comparison is made anew by itself
    newer = office.get(f"/comparisons/{comparison}")["newer"] or comparison
    assert next(f for f in office.findings(newer) if f["id"] == finding)["mark"] == "fix"
    # Under the same rules nothing is read again.
    made = office.call("POST", "/api/v1/documents", files=[("file", (path, original))]).json()["jobs"][0]
    assert made["status"] == "done" and made["document_id"] == child
    # What the new rules cannot read stays as the old ones read it.
    monkeypatch.setattr(documents, "version", lambda: "moi")
    monkeypatch.setattr(office.office.dispatcher, "_run", lambda *_: {"error": "Không đọc được", "code": "x"})
    made = office.call("POST", "/api/v1/documents", files=[("file", (path, original))]).json()["jobs"][0]
    assert office.job(made["id"])["status"] == "failed"
    assert office.get(f"/documents/{child}")["status"] == "ready" and office.get(f"/documents/{child}/targets")["items"]


def _numbers(name: str) -> Any:
    from sqlalchemy import select

    return select(tables.documents.c.id).where(tables.documents.c.document_id == name)


def test_an_article_is_kept_but_its_figures_are_not_found(office: Running, parent: str) -> None:
    (article,) = office.upload(("bai-viet.txt", ARTICLE))
    assert office.get(f"/documents/{article}")["nature"] == "other"
    assert office.get(f"/documents/{article}/targets")["items"]
    assert article in {d["id"] for d in office.get("/documents", q="vuon dua")["items"]}
    assert not office.get("/targets", q="dien tich dua")["items"]
    path = f"/api/v1/documents/{article}/correct"
    assert office.call("POST", path, json={"nature": "khac"}).status_code == 422
    assert office.call("POST", path, json={"nature": "administrative"}).json()["nature"] == "administrative"
    assert [t["document_id"] for t in office.get("/targets", q="dien tich dua")["items"]] == [article]
    assert office.call("POST", path, json={"nature": "other"}).status_code == 200
    assert not office.get("/targets", q="dien tich dua")["items"]


def test_an_upload_is_never_whole_in_memory(small: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are copied piece by piece, and nothing of them is left behind."""
    from doichieu.office import folder

    pieces: list[int] = []
    take_in = folder.Folder.take_in

    def watched(self: folder.Folder, file_name: str, stream: Any) -> folder.Upload:
        class Stream:
            def read(self, size: int = -1) -> bytes:
                piece: bytes = stream.read(size)
                pieces.append(len(piece) if size > 0 else 1 << 40)
                return piece

        return take_in(self, file_name, Stream())  # type: ignore[arg-type]

    monkeypatch.setattr(folder.Folder, "take_in", watched)
    big = PARENT + "\n" * 3_000_000
    small.upload(("to.txt", big), ("nho.txt", CHILD))
    assert max(pieces) <= 1 << 20 and sum(pieces) == len(big.encode()) + len(CHILD.encode())
    small.call("POST", "/api/v1/documents", files=[("file", ("a.exe", b"MZ\0")), ("file", ("rong.txt", b""))])
    small.call("POST", "/api/v1/documents", files=[("file", ("nho.txt", CHILD.encode()))])
    assert not list(Path(small.office.folder.work).glob("upload-*"))


def test_the_first_start_prints_one_link(small: Running) -> None:
    first = small.office.accounts.first_link()
    assert first and small.office.accounts.first_link() != first  # the link before it no longer works
    assert small.office.accounts.invited(first, "first") is None
    small.office.accounts.add_user("An", "duyet")
    assert small.office.accounts.first_link() == ""
