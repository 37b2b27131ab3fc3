"""Signing in by OpenID Connect: the code flow with PKCE, state and nonce; identity tokens are checked by joserfc.

What holds: nobody becomes a user by signing in elsewhere.  A user has to be there; the first sign-in binds the subject
of the service to the user of that name who has none yet, and from then on the subject alone counts.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from msgspec import Struct

from doichieu.errors import UsageError
from doichieu.office.accounts import Accounts
from doichieu.office.faults import Away, Forbidden, Unauthorised

_TIMEOUT = 10.0
_LASTS = 600  # seconds that a sign-in may take
_NAMES = ("preferred_username", "email", "name")
_ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA"]


class Provider(Struct, frozen=True, kw_only=True):
    """The sign-in service and this office's place there; ``url`` is how browsers call this server."""

    issuer: str
    client: str
    secret: str
    url: str = ""


class SignIn:
    """The code flow of one provider."""

    def __init__(self, provider: Provider, accounts: Accounts, key: bytes) -> None:
        try:
            from joserfc import jwt
            from joserfc.jwk import KeySet
        except ModuleNotFoundError as error:
            raise UsageError("Chưa có gói joserfc; cài bằng: pip install 'doichieu[oidc]'") from error
        self._jwt, self._keys_of = jwt, KeySet
        self.provider = provider
        self.accounts = accounts
        self.key = key
        self._lock = threading.Lock()
        self._known: dict[str, Any] = {}

    def _metadata(self) -> dict[str, Any]:
        with self._lock:
            if not self._known:
                base = self.provider.issuer.rstrip("/")
                found = _json(f"{base}/.well-known/openid-configuration")
                if found.get("issuer", "").rstrip("/") != base:
                    raise Away("Dịch vụ đăng nhập tự xưng bằng địa chỉ khác.")
                self._known = found
            return self._known

    def _back(self, host: str) -> str:
        return f"{(self.provider.url or host).rstrip('/')}/dang-nhap/oidc/ve"

    def begin(self, host: str, following: str) -> tuple[str, str]:
        """The address to which a browser is sent, and what it must bring back in a cookie."""
        state, nonce, verifier = (secrets.token_urlsafe(24) for _ in range(3))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "response_type": "code",
            "scope": "openid profile email",
            "client_id": self.provider.client,
            "redirect_uri": self._back(host),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        kept = json.dumps([state, nonce, verifier, following, int(time.time()) + _LASTS])
        cookie = base64.urlsafe_b64encode(kept.encode()).decode()
        address = f"{self._metadata()['authorization_endpoint']}?{urllib.parse.urlencode(query)}"
        return address, f"{cookie}.{self._signed(cookie)}"

    def _signed(self, text: str) -> str:
        return hmac.new(self.key, f"oidc|{text}".encode(), hashlib.sha256).hexdigest()

    def end(self, host: str, cookie: str, state: str, code: str) -> tuple[str, str]:
        """A new session for whoever comes back with ``code``, and where they wanted to go."""
        kept, _, signature = cookie.partition(".")
        if not hmac.compare_digest(self._signed(kept).encode(), signature.encode()):
            raise Forbidden("Lần đăng nhập này không bắt đầu từ đây; hãy đăng nhập lại.")
        expected, nonce, verifier, following, until = json.loads(base64.urlsafe_b64decode(kept))
        if not hmac.compare_digest(expected.encode(), state.encode()) or until < time.time() or not code:
            raise Forbidden("Lần đăng nhập này đã hết hạn; hãy đăng nhập lại.")
        metadata = self._metadata()
        answer = _json(
            metadata["token_endpoint"],
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._back(host),
                "client_id": self.provider.client,
                "client_secret": self.provider.secret,
                "code_verifier": verifier,
            },
        )
        claims = self._claims(str(answer.get("id_token", "")), metadata, nonce)
        return self.accounts.start_session(self._user(claims)), following

    def _claims(self, token: str, metadata: dict[str, Any], nonce: str) -> dict[str, Any]:
        from joserfc.errors import JoseError

        keys = self._keys_of.import_key_set(_json(metadata["jwks_uri"]))  # type: ignore[arg-type]
        try:
            decoded = self._jwt.decode(token, keys, algorithms=_ALGORITHMS)
            self._jwt.JWTClaimsRegistry(
                iss={"essential": True, "value": metadata["issuer"]},
                aud={"essential": True, "value": self.provider.client},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
                leeway=60,
            ).validate(decoded.claims)
        except (JoseError, ValueError) as error:
            raise Unauthorised("Dịch vụ đăng nhập trả về một danh tính không hợp lệ.") from error
        return dict(decoded.claims)

    def _user(self, claims: dict[str, Any]) -> int:
        subject = f"{self.provider.issuer.rstrip('/')}|{claims['sub']}"
        found = self.accounts.by_subject(subject)
        if found is not None:
            return found
        for name in _NAMES:
            said = claims.get(name)
            if name == "email" and claims.get("email_verified") is False:
                continue
            if isinstance(said, str) and said.strip():
                bound = self.accounts.bind_subject(said, subject)
                if bound is not None:
                    return bound
        raise Unauthorised("Tài khoản này chưa được thêm vào văn phòng; hãy hỏi người quản trị.")


def _json(address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(address, data=data, headers={"Accept": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            found = json.loads(answer.read(1 << 20))
    except urllib.error.HTTPError as error:
        if form is not None and error.code in (400, 401, 403):
            raise Unauthorised("Dịch vụ đăng nhập từ chối mã này.") from error
        raise Away(f"Dịch vụ đăng nhập trả lời {error.code}.") from error
    except (OSError, ValueError) as error:
        raise Away("Dịch vụ đăng nhập không trả lời.") from error
    if not isinstance(found, dict):
        raise Away("Dịch vụ đăng nhập trả lời không đúng mẫu.")
    return found
