"""Searching the whole stock: the same lines on both databases, in order and page by page, whatever the words."""

from __future__ import annotations

import random
from typing import Any

import pytest

from doichieu.office import search, tables, wordindex
from doichieu.office.accounts import Principal
from doichieu.office.ledger import now
from tests.office.running import CHILD, PARENT, Running

WORDS = ("nuoc", "sach", "bao", "hiem", "rung", "truong", "chuan", "viec", "lam", "moi")
DOCUMENTS, LINES = 60, 30


@pytest.fixture(scope="module")
def stock(office: Running) -> tuple[Principal, list[dict[str, Any]]]:
    """A unit of its own with many lines; each line has some words, the later half one that no other has."""
    rng = random.Random(5)
    found: list[dict[str, Any]] = []
    store = office.office
    with store.database.write() as connection:
        units = {name: store.accounts.unit(connection, name) for name in ("Phòng lớn", "Phòng bên")}
        for unit in units.values():
            for number in range(DOCUMENTS):
                values = {"unit": unit, "document_id": f"v{number}", "sha256": f"{unit}-{number}", "file_name": "a.txt"}
                values |= {"status": "ready", "created_at": now(), "created_by": "t", "kind": "ke_hoach"}
                key = connection.execute(tables.documents.insert().values(**values)).inserted_primary_key
                assert key is not None
                for line in range(LINES):
                    kind = "documents" if line == 0 else "targets"
                    text = [word for word in WORDS if rng.random() < 0.4] + (["sau", "cung"] if number > 30 else [])
                    row = {"unit": unit, "document": key[0], "kind": kind, "record_id": f"t{line}", "record": "{}"}
                    row |= {"agency": "so y te" if line % 7 == 0 else "", "due": "", "current": int(number % 5 > 0)}
                    made = connection.execute(tables.stock.insert().values(**row)).inserted_primary_key
                    assert made is not None
                    wordindex.add(connection, [(made[0], " ".join(text))])
                    if unit == units["Phòng lớn"]:
                        found.append({**row, "id": made[0], "words": text, "name": f"v{number}"})
    return Principal(name="t", role="xem", unit=units["Phòng lớn"], unit_name="Phòng lớn"), found


def has(row: dict[str, Any], query: str) -> bool:
    *whole, begun = query.split()
    return set(whole) <= set(row["words"]) and any(word.startswith(begun) for word in row["words"])


QUERIES = (
    "nuoc",
    "nuoc sach",
    "sau cung",
    "sau rung ba",
    "truong chuan viec lam moi",
    "khong",
    "t",
    "nuoc sach bao hiem",
)


@pytest.mark.parametrize("limit", [1, 7, 100, 1000])
@pytest.mark.parametrize("query", QUERIES)
def test_every_line_once_and_in_order(
    office: Running,
    stock: tuple[Principal, list[dict[str, Any]]],
    query: str,
    limit: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    principal, lines = stock
    monkeypatch.setattr(search, "_WALK", 50)  # so that both ways of looking have something to do
    for agency in ("", "Sở Y tế"):
        wanted = [
            row["id"]
            for row in lines
            if row["kind"] == "targets" and row["current"] and has(row, query) and (not agency or row["agency"])
        ]
        got: list[int] = []
        after: int | None = 0
        while after is not None and len(got) < 20 * limit:
            rows, after = office.office.search.stock(
                principal, "targets", query=query, agency=agency, after=after, limit=limit
            )
            assert len(rows) <= limit
            got += [row.id for row in rows]
        assert got == wanted[: len(got)] and (after is not None or got == wanted)


@pytest.mark.parametrize("query", QUERIES)
def test_documents_by_their_words(
    office: Running, stock: tuple[Principal, list[dict[str, Any]]], query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    principal, lines = stock
    monkeypatch.setattr(search, "_WALK", 10)
    wanted = [row["name"] for row in lines if row["kind"] == "documents" and has(row, query)]
    got: list[str] = []
    after: int | None = 0
    while after is not None:
        rows, after = office.office.search.documents(principal, query=query, after=after, limit=4)
        got += [row.document_id for row in rows]
    assert got == wanted


def test_words_are_cut_alike(office: Running) -> None:
    """What PostgreSQL would take for a path or a number with a sign are words like others."""
    office.upload(("cha.txt", PARENT), ("con.txt", CHILD))
    for query in ("15-NQ/TU", "33/KH-UBND", "nq tu", "NƯỚC sạch", "nông  thôn", "kh ubn"):
        assert "con" in {d["id"] for d in office.get("/documents", q=query)["items"]}, query
    for query in ("'", "a & b | !c", '"', "\\", "nước:*", "%", "_", "=1/targets", "(", ":*"):
        assert office.call("GET", "/api/v1/targets", params={"q": query}).status_code == 200, query


def test_a_line_of_very_many_words(office: Running, stock: tuple[Principal, list[dict[str, Any]]]) -> None:
    principal, lines = stock
    number = max(row["id"] for row in lines if row["kind"] == "targets" and row["current"])
    with office.office.database.write() as connection:
        wordindex.drop(connection, [number])
        wordindex.add(connection, [(number, " ".join(f"tu{n}" for n in range(150_000)))])
    for query, found in (("tu9999", [number]), ("tu99999", [number]), ("khong", [])):
        assert [row.id for row in office.office.search.stock(principal, "targets", query=query)[0]] == found


def test_facets_and_saved_searches_on_the_page(small: Running) -> None:
    small.upload(("cha.txt", PARENT), ("con.txt", CHILD.replace("năm 2025\n", "năm 2024\n")))
    number, _ = small.office.accounts.add_user("Lê An", "xem", password="mat-khau-du-dai")
    small.client.cookies.set("doichieu_session", small.office.accounts.start_session(number))
    page = small.client.get("/kho", params={"bang": "targets", "q": "nuoc sach"}).text
    for shown in ("Kế hoạch", "2024", "2025", "Đơn vị", "chung"):
        assert shown in page
    assert "90% hộ dân" in page and "85% hộ dân" in page
    for narrowed in ({"year": "2024"}, {"kind": "ke_hoach"}, {"issuer": small.get("/documents/con")["issuer"]}):
        page = small.client.get("/kho", params={"bang": "targets", "q": "nuoc sach", **narrowed}).text
        assert "85% hộ dân" in page and "90% hộ dân" not in page, narrowed
        assert [t["document_id"] for t in small.get("/targets", q="nuoc sach", **narrowed)["items"]] == ["con"]
    csrf = small.office.accounts.by_session(small.client.cookies["doichieu_session"]).csrf  # type: ignore[union-attr]
    form = {"csrf": csrf, "name": "Nước sạch", "query": "bang=targets&q=nuoc+sach"}
    assert small.client.post("/kho/phep-tim", data=form, follow_redirects=False).status_code == 303
    assert 'href="/kho?bang=targets&amp;q=nuoc+sach">Nước sạch' in small.client.get("/kho").text
    assert "Nước sạch" not in str(small.get("/searches")["items"])  # another's
    key = small.office.search.saved(small.office.accounts.by_session(small.client.cookies["doichieu_session"]))[0]["id"]  # type: ignore[arg-type]
    assert small.client.post(f"/kho/phep-tim/{key}/bo", data={"csrf": csrf}, follow_redirects=False).status_code == 303
    assert "bang=targets&amp;q=nuoc" not in small.client.get("/kho").text


def test_a_corrected_head_is_what_is_searched(office: Running) -> None:
    (name,) = office.upload(("sai-so.txt", CHILD.replace("33/KH", "77/KH")))
    path = f"/api/v1/documents/{name}/correct"
    corrected = {"number": "7788/QĐ-UBND", "kind": "quyet_dinh", "title": "Về đê điều"}
    assert office.call("POST", path, json=corrected).status_code == 200
    assert [d["id"] for d in office.get("/documents", q="7788/QĐ-UBND")["items"]] == [name]
    assert [d["id"] for d in office.get("/documents", q="đê điều")["items"]] == [name]
    assert name in {t["document_id"] for t in office.get("/targets", q="tram bom", kind="quyet_dinh")["items"]}
    assert name not in {t["document_id"] for t in office.get("/targets", q="tram bom", kind="ke_hoach")["items"]}
