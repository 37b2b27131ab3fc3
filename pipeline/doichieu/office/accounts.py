"""Who is who: units, users, tokens, sessions, one-time links, attempts to sign in.

Of secrets only digests are kept; passwords as argon2id.  Names are compared in NFC.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
import threading
import unicodedata
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, select, update

from doichieu.errors import UsageError
from doichieu.office import tables
from doichieu.office.database import Database
from doichieu.office.faults import TooMany, Unauthorised
from doichieu.office.kinds import ROLES
from doichieu.office.ledger import now

#: The unit of those who are given none.
COMMON_UNIT = "chung"
MIN_PASSWORD = 12
_MAX_PASSWORD = 1000
_SESSION_HOURS = 12
_LINK_HOURS = 72
_ATTEMPTS, _ATTEMPT_MINUTES = 10, 15  # failures for one name, and how long they count
_MAX_NAME = 200


class Principal(Struct, frozen=True, kw_only=True):
    """Who makes a call.  ``session`` is empty for tokens; ``alone`` tells that this machine has one person only."""

    name: str
    role: str
    unit: int
    unit_name: str
    user: int = 0
    session: str = ""
    csrf: str = ""
    lang: str = "vi"
    alone: bool = False


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def clean_name(name: str, what: str = "Tên") -> str:
    """A name as it is kept; raises :class:`doichieu.errors.UsageError` for one that cannot be."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy or len(tidy) > _MAX_NAME or any(unicodedata.category(c) in ("Cc", "Cs", "Cf") for c in tidy):
        raise UsageError(f"{what} cần từ 1 đến {_MAX_NAME} ký tự, không có ký tự điều khiển.")
    return tidy


def _later(**span: int) -> str:
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(**span)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@lru_cache(maxsize=1)
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher()


_hashing = threading.Semaphore(2)  # each takes 64 MB for a moment


def hash_password(password: str) -> str:
    """argon2id of a password; raises :class:`doichieu.errors.UsageError` for one that is too short."""
    if not MIN_PASSWORD <= len(password) <= _MAX_PASSWORD:
        raise UsageError(f"Mật khẩu cần ít nhất {MIN_PASSWORD} ký tự.")
    with _hashing:
        return str(_hasher().hash(password))


def _matches(kept: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        with _hashing:
            return bool(_hasher().verify(kept or _nobody(), password[:_MAX_PASSWORD])) and bool(kept)
    except (Argon2Error, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The hash that a name without a password is tried against, so that both take the same time."""
    return str(_hasher().hash(secrets.token_hex(16)))


class Accounts:
    """The accounts of a store."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # -- units

    def unit(self, connection: Connection, name: str = "") -> int:
        """The number of a unit; it is made where it is new."""
        tidy = clean_name(name or COMMON_UNIT, "Tên đơn vị")
        found = connection.execute(select(tables.units.c.id).where(tables.units.c.name == tidy)).scalar()
        if found is not None:
            return int(found)
        key = connection.execute(tables.units.insert().values(name=tidy)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def units(self) -> list[dict[str, Any]]:
        """All units by name."""
        with self.database.read() as connection:
            rows = connection.execute(select(tables.units.c.id, tables.units.c.name).order_by(tables.units.c.name))
            return [dict(row._mapping) for row in rows]

    # -- users

    def add_user(
        self, name: str, role: str, unit: str = "", *, password: str = "", subject: str = ""
    ) -> tuple[int, str]:
        """Add a user; returns their number and the one-time secret with which they choose a password.

        Raises :class:`doichieu.errors.UsageError` where the name is taken or the role is none.
        """
        tidy = clean_name(name)
        _checked_role(role)
        kept = hash_password(password) if password else ""
        with self.database.write() as connection:
            taken = select(tables.users.c.id).where(tables.users.c.name == tidy)
            if connection.execute(taken).first() is not None:
                raise UsageError(f"Đã có người dùng “{tidy}”.")
            values = {
                "name": tidy,
                "role": role,
                "unit": self.unit(connection, unit),
                "password": kept,
                "subject": subject,
                "created_at": now(),
            }
            key = connection.execute(tables.users.insert().values(**values)).inserted_primary_key
            assert key is not None
            return int(key[0]), "" if password or subject else self._invite(connection, "password", int(key[0]))

    def users(self) -> list[dict[str, Any]]:
        """All users by name, without what is secret."""
        u = tables.users.c
        wanted = select(u.id, u.name, u.role, u.active, u.created_at, tables.units.c.name.label("unit"))
        with self.database.read() as connection:
            rows = connection.execute(wanted.join(tables.units, tables.units.c.id == u.unit).order_by(u.name))
            return [{**row._mapping, "active": bool(row.active)} for row in rows]

    def change_user(self, number: int, *, active: bool | None = None, role: str = "", unit: str = "") -> bool:
        """Change a user; sessions of one who is no longer active end.  False where there is none."""
        with self.database.write() as connection:
            values: dict[str, Any] = {}
            if active is not None:
                values["active"] = int(active)
            if role:
                values["role"] = _checked_role(role)
            if unit:
                values["unit"] = self.unit(connection, unit)
            if not values:
                return (
                    connection.execute(select(tables.users.c.id).where(tables.users.c.id == number)).first() is not None
                )
            done = connection.execute(update(tables.users).where(tables.users.c.id == number).values(**values))
            connection.execute(tables.sessions.delete().where(tables.sessions.c.user == number))
            return done.rowcount > 0

    def invite(self, number: int) -> str:
        """A new one-time secret with which a user chooses a password."""
        with self.database.write() as connection:
            return self._invite(connection, "password", number)

    def _invite(self, connection: Connection, purpose: str, user: int | None) -> str:
        secret = secrets.token_urlsafe(24)
        values = {
            "digest": digest_of(secret),
            "purpose": purpose,
            "user": user,
            "expires_at": _later(hours=_LINK_HOURS),
        }
        connection.execute(tables.invitations.insert().values(**values))
        return secret

    def first_link(self) -> str:
        """The one-time secret to make the first administrator; empty where there are users or a token of one."""
        with self.database.write() as connection:
            if connection.execute(select(func.count()).select_from(tables.users)).scalar_one():
                return ""
            connection.execute(tables.invitations.delete().where(tables.invitations.c.purpose == "first"))
            return self._invite(connection, "first", None)

    def invited(self, secret: str, purpose: str) -> dict[str, Any] | None:
        """What a one-time link is for, as long as it works."""
        i = tables.invitations.c
        with self.database.read() as connection:
            row = connection.execute(
                select(tables.invitations).where(
                    i.digest == digest_of(secret), i.purpose == purpose, i.expires_at > now()
                )
            ).first()
            return dict(row._mapping) if row is not None else None

    def use_link(self, secret: str, purpose: str, password: str, name: str = "") -> int:
        """Choose a password (or make the first administrator) with a one-time link; returns the user's number."""
        kept = hash_password(password)
        i = tables.invitations.c
        with self.database.write() as connection:
            row = connection.execute(
                select(tables.invitations).where(
                    i.digest == digest_of(secret), i.purpose == purpose, i.expires_at > now()
                )
            ).first()
            if row is None:
                raise Unauthorised("Liên kết này đã dùng hoặc đã hết hạn.")
            if purpose == "first":
                if connection.execute(select(func.count()).select_from(tables.users)).scalar_one():
                    raise Unauthorised("Đã có người dùng; hãy đăng nhập.")
                values = {
                    "name": clean_name(name),
                    "role": "quan_tri",
                    "unit": self.unit(connection),
                    "password": kept,
                    "created_at": now(),
                }
                key = connection.execute(tables.users.insert().values(**values)).inserted_primary_key
                assert key is not None
                number = int(key[0])
            else:
                number = int(row.user)
                connection.execute(update(tables.users).where(tables.users.c.id == number).values(password=kept))
            connection.execute(tables.invitations.delete().where(i.digest == row.digest))
            return number

    # -- tokens

    def add_token(self, name: str, role: str, unit: str = "") -> str:
        """A new token, told once."""
        tidy = clean_name(name)
        _checked_role(role)
        secret = f"dc_{secrets.token_urlsafe(32)}"
        with self.database.write() as connection:
            values = {
                "name": tidy,
                "role": role,
                "unit": self.unit(connection, unit),
                "digest": digest_of(secret),
                "created_at": now(),
            }
            connection.execute(tables.tokens.insert().values(**values))
        return secret

    def tokens(self) -> list[dict[str, Any]]:
        """All tokens, without their secrets."""
        t = tables.tokens.c
        wanted = select(t.id, t.name, t.role, t.created_at, t.revoked_at, tables.units.c.name.label("unit"))
        with self.database.read() as connection:
            rows = connection.execute(wanted.join(tables.units, tables.units.c.id == t.unit).order_by(t.id))
            return [dict(row._mapping) for row in rows]

    def revoke_token(self, number: int) -> bool:
        """End a token; false where there is none."""
        t = tables.tokens
        with self.database.write() as connection:
            done = connection.execute(update(t).where(t.c.id == number, t.c.revoked_at == "").values(revoked_at=now()))
            return done.rowcount > 0

    def by_token(self, secret: str) -> Principal:
        """Who calls with a token; raises :class:`doichieu.office.faults.Unauthorised` where it is none."""
        t = tables.tokens.c
        wanted = select(t.name, t.role, t.unit, tables.units.c.name.label("unit_name")).join(
            tables.units, tables.units.c.id == t.unit
        )
        with self.database.read() as connection:
            row = connection.execute(wanted.where(t.digest == digest_of(secret), t.revoked_at == "")).first()
        if row is None:
            raise Unauthorised("Mã truy cập không đúng hoặc đã thu hồi.")
        return Principal(name=row.name, role=row.role, unit=row.unit, unit_name=row.unit_name)

    # -- sessions

    def sign_in(self, name: str, password: str) -> str:
        """The secret of a new session; raises :class:`Unauthorised`, or :class:`TooMany` after too many failures."""
        key = f"name:{' '.join(unicodedata.normalize('NFC', name).split()).lower()[:_MAX_NAME]}"
        u = tables.users.c
        with self.database.write() as connection:
            self._count(connection, key)
            row = connection.execute(
                select(u.id, u.password).where(u.name == unicodedata.normalize("NFC", name).strip(), u.active == 1)
            ).first()
        if not _matches(row.password if row is not None else "", password) or row is None:
            raise Unauthorised("Tên hoặc mật khẩu không đúng.")
        with self.database.write() as connection:
            connection.execute(tables.attempts.delete().where(tables.attempts.c.key == key))
        return self.start_session(int(row.id))

    def _count(self, connection: Connection, key: str) -> None:
        """Count an attempt before it is looked at, so that many at once are counted too."""
        a = tables.attempts
        floor = _later(minutes=-_ATTEMPT_MINUTES)
        connection.execute(a.delete().where(a.c.since < floor))
        row = connection.execute(select(a.c.count).where(a.c.key == key)).first()
        if row is None:
            connection.execute(a.insert().values(key=key, count=1, since=now()))
        elif int(row[0]) >= _ATTEMPTS:
            raise TooMany(f"Đăng nhập sai quá nhiều lần; thử lại sau {_ATTEMPT_MINUTES} phút.")
        else:
            connection.execute(update(a).where(a.c.key == key).values(count=a.c.count + 1))

    def start_session(self, user: int) -> str:
        """The secret of a new session of a user."""
        secret = secrets.token_urlsafe(32)
        with self.database.write() as connection:
            connection.execute(tables.sessions.delete().where(tables.sessions.c.expires_at < now()))
            values = {
                "digest": digest_of(secret),
                "user": user,
                "csrf": secrets.token_urlsafe(24),
                "expires_at": _later(hours=_SESSION_HOURS),
            }
            connection.execute(tables.sessions.insert().values(**values))
        return secret

    def by_session(self, secret: str) -> Principal | None:
        """Who is signed in with a session; None where it ended."""
        u, s = tables.users.c, tables.sessions.c
        wanted = (
            select(u.id, u.name, u.role, u.unit, u.lang, s.csrf, tables.units.c.name.label("unit_name"))
            .join(tables.sessions, s.user == u.id)
            .join(tables.units, tables.units.c.id == u.unit)
        )
        digest = digest_of(secret)
        with self.database.read() as connection:
            row = connection.execute(wanted.where(s.digest == digest, s.expires_at > now(), u.active == 1)).first()
        if row is None:
            return None
        return Principal(
            name=row.name,
            role=row.role,
            unit=row.unit,
            unit_name=row.unit_name,
            user=row.id,
            session=digest,
            csrf=row.csrf,
            lang=row.lang,
        )

    def end_session(self, digest: str) -> None:
        """End a session."""
        with self.database.write() as connection:
            connection.execute(tables.sessions.delete().where(tables.sessions.c.digest == digest))

    def by_subject(self, subject: str) -> int | None:
        """The user of a subject of the sign-in service."""
        u = tables.users.c
        with self.database.read() as connection:
            found = connection.execute(select(u.id).where(u.subject == subject, u.active == 1)).scalar()
        return int(found) if found is not None else None

    def bind_subject(self, name: str, subject: str) -> int | None:
        """Bind a subject to the active user of a name who has none yet; their number, None where there is none."""
        u = tables.users
        with self.database.write() as connection:
            row = connection.execute(
                select(u.c.id).where(u.c.name == unicodedata.normalize("NFC", name).strip(), u.c.active == 1)
            ).first()
            if row is None:
                return None
            free = update(u).where(u.c.id == row.id, u.c.subject == "").values(subject=subject)
            return int(row.id) if connection.execute(free).rowcount else None

    def set_language(self, user: int, lang: str) -> None:
        """The language in which a user sees the screens."""
        with self.database.write() as connection:
            connection.execute(update(tables.users).where(tables.users.c.id == user).values(lang=lang))

    # -- the address of a calendar

    def calendar_key(self, user: int) -> str:
        """A new secret for the address of a user's calendar; the one before stops working."""
        secret = secrets.token_urlsafe(24)
        with self.database.write() as connection:
            values = {"calendar": digest_of(secret)}
            connection.execute(update(tables.users).where(tables.users.c.id == user).values(**values))
        return secret

    def by_calendar(self, secret: str) -> Principal | None:
        """Whose calendar an address is."""
        u = tables.users.c
        wanted = select(u.id, u.name, u.role, u.unit, tables.units.c.name.label("unit_name"))
        with self.database.read() as connection:
            row = connection.execute(
                wanted.join(tables.units, tables.units.c.id == u.unit).where(
                    u.calendar == digest_of(secret), u.active == 1
                )
            ).first()
        if row is None:
            return None
        return Principal(name=row.name, role=row.role, unit=row.unit, unit_name=row.unit_name, user=row.id)


def _checked_role(role: str) -> str:
    if role not in ROLES:
        raise UsageError(f"Không có vai trò “{role}”; các vai trò: {', '.join(ROLES)}.")
    return role
