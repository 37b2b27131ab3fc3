"""Signing in by OpenID Connect, against a small provider that the test starts."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from doichieu.office.app import Application
from doichieu.office.http import Settings
from doichieu.office.oidc import Provider
from tests.office.running import Running

joserfc = pytest.importorskip("joserfc")


class Service:
    """A provider: it hands out a code for whoever asks, and an identity token for the code."""

    def __init__(self) -> None:
        from joserfc.jwk import RSAKey

        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
        self.other = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
        self.claims: dict[str, Any] = {"sub": "u-1", "preferred_username": "Nguyễn An"}
        self.wrong: dict[str, Any] = {}
        self.forged = False
        self.codes: dict[str, dict[str, str]] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urllib.parse.urlsplit(self.path).path
                if path == "/.well-known/openid-configuration":
                    names = {"authorization_endpoint": "a", "token_endpoint": "t", "jwks_uri": "k"}
                    self.tell({"issuer": outer.url} | {key: f"{outer.url}/{end}" for key, end in names.items()})
                else:
                    self.tell({"keys": [outer.key.as_dict(private=False)]})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = dict(urllib.parse.parse_qsl(body))
                asked = outer.codes.pop(form["code"], None)
                digest = hashlib.sha256(form["code_verifier"].encode()).digest()
                challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
                if asked is None or asked["code_challenge"] != challenge or form["client_secret"] != "bi-mat":
                    self.send_response(400)
                    self.end_headers()
                    return
                self.tell({"id_token": outer.token(asked["nonce"]), "token_type": "Bearer"})

            def tell(self, value: Any) -> None:
                data = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self, nonce: str) -> str:
        from joserfc import jwt

        claims = {"iss": self.url, "aud": "van-phong", "exp": int(time.time()) + 300, "nonce": nonce}
        key = self.other if self.forged else self.key
        return jwt.encode({"alg": "RS256", "kid": "k1"}, {**claims, **self.claims, **self.wrong}, key)

    def sign_in(self, address: str) -> tuple[str, str]:
        """What a person does at the provider: (code, state)."""
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))
        assert query["client_id"] == "van-phong" and query["redirect_uri"].endswith("/dang-nhap/oidc/ve")
        code = secrets.token_hex(8)
        self.codes[code] = query
        return code, query["state"]


@pytest.fixture
def service() -> Iterator[Service]:
    one = Service()
    yield one
    one.server.shutdown()


@pytest.fixture
def place(service: Service, tmp_path: Path) -> Iterator[tuple[Running, TestClient]]:
    with Running(tmp_path, "") as office:
        office.office.accounts.add_user("Nguyễn An", "soan")
        provider = Provider(issuer=service.url, client="van-phong", secret="bi-mat", url="https://van-phong.example")
        application = Application(office.office, Settings(oidc=provider))
        yield office, TestClient(application.asgi, base_url="https://van-phong.example", follow_redirects=False)


def came_back(service: Service, client: TestClient, **changes: str) -> Any:
    begun = client.get("/dang-nhap/oidc", params={"tiep": "/kho"})
    assert begun.status_code == 303
    code, state = service.sign_in(begun.headers["location"])
    return client.get("/dang-nhap/oidc/ve", params={"code": code, "state": state, **changes})


def test_a_known_person_comes_in(service: Service, place: tuple[Running, TestClient]) -> None:
    office, client = place
    assert "tài khoản cơ quan" in client.get("/dang-nhap").text
    answer = came_back(service, client)
    assert answer.status_code == 303 and answer.headers["location"] == "/kho"
    assert "Nguyễn An" in client.get("/kho").text
    # From now on the subject counts, not the name.
    service.claims["preferred_username"] = "Tên khác"
    client.cookies.clear()
    assert came_back(service, client).status_code == 303
    service.claims = {"sub": "u-2", "preferred_username": "Nguyễn An"}
    client.cookies.clear()
    refused = came_back(service, client)
    assert refused.status_code in (303, 401) and "doichieu_session" not in client.cookies
    assert [u["name"] for u in office.office.accounts.users()] == ["Nguyễn An"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://khac.example"},
        {"aud": "may-khac"},
        {"exp": 1},
        {"nonce": "khac"},
        {"sub": None},
        {"preferred_username": "Người lạ"},
    ],
)
def test_a_wrong_identity_is_refused(
    service: Service, place: tuple[Running, TestClient], wrong: dict[str, Any]
) -> None:
    service.wrong = wrong
    came_back(service, place[1])
    assert "doichieu_session" not in place[1].cookies


def test_a_forged_token_is_refused(service: Service, place: tuple[Running, TestClient]) -> None:
    service.forged = True
    came_back(service, place[1])
    assert "doichieu_session" not in place[1].cookies


def test_a_foreign_return_is_refused(service: Service, place: tuple[Running, TestClient]) -> None:
    _, client = place
    assert came_back(service, client, state="khac").status_code == 403
    assert came_back(service, client, code="khong-co").status_code in (303, 401)
    client.cookies.clear()
    assert client.get("/dang-nhap/oidc/ve", params={"code": "a", "state": "b"}).status_code == 403
    assert "doichieu_session" not in client.cookies


def test_without_a_provider_there_is_none(small: Running) -> None:
    assert small.client.get("/dang-nhap/oidc").status_code == 404
