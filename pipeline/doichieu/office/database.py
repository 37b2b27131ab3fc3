"""One store on two databases: SQLite in the folder by default, PostgreSQL by one setting.

What holds of every write: it happens in one transaction; on SQLite writers queue from its first statement, on
PostgreSQL those that number things (events, changes) queue on one lock; an answer is given after the commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from doichieu.errors import UsageError
from doichieu.office.faults import Away

#: The schema of the office's tables on PostgreSQL; tables for other systems live in others.
SCHEMA = "doichieu_office"
_LOCK = 0x0D0C  # the lock on which writers that number things wait
_WAIT = 15  # seconds that a writer waits for others


def engine_of(url: str) -> Engine:
    """The engine of a database; raises :class:`doichieu.errors.UsageError` for an address that is none."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engine = create_engine(parsed, connect_args={"timeout": _WAIT}, pool_size=20, max_overflow=20)
            _prepare_sqlite(engine)
            return engine
        if parsed.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
            raise UsageError(f"Không dùng được cơ sở dữ liệu {parsed.drivername}; các loại: sqlite, postgresql.")
        parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(
            parsed,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            pool_timeout=_WAIT,
            connect_args={"options": f"-csearch_path={SCHEMA}", "connect_timeout": 5},
        )
    except ModuleNotFoundError as error:
        raise UsageError(
            f"Chưa có gói {error.name} để dùng PostgreSQL; cài bằng: pip install 'doichieu[postgres]'"
        ) from error
    except ArgumentError as error:
        raise UsageError(f"Địa chỉ cơ sở dữ liệu không hợp lệ: {url}") from error
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the statements below begin and end transactions, not the driver
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={_WAIT * 1000}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-4000")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


class Database:
    """The store: :meth:`read` for looking, :meth:`snapshot` for one state of it all, :meth:`write` for one transaction
    that changes something."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = engine_of(url)
        self._writer = self.engine.execution_options(writing=True)
        self.sqlite = self.engine.dialect.name == "sqlite"
        # PostgreSQL: each statement by itself, without a call to begin and one to end.
        self._reader = self.engine if self.sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._still = self.engine if self.sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for looking; on PostgreSQL each of its statements sees what is kept by then."""
        with _told(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection all of whose statements see one state of the store."""
        with _told(), self._still.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction; all of it is kept, or nothing where an exception leaves the block."""
        with _told(), self._writer.begin() as connection:
            yield connection

    def lock(self, connection: Connection) -> None:
        """Wait until no other writer numbers events or changes; the lock goes with the transaction."""
        if not self.sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


#: What the two drivers say where the database or its disk is the trouble, not the statement.
_TROUBLE = ("disk is full", "disk i/o", "locked", "readonly", "unable to open", "no space", "could not extend")


@contextmanager
def _told() -> Iterator[None]:
    """Faults of the database become :class:`doichieu.office.faults.Away`; mistakes of ours stay what they are."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise Away(f"Kho dữ liệu tạm thời không dùng được: {_reason(error)}") from error
    except DBAPIError as error:
        if error.connection_invalidated or any(sign in str(error.orig).lower() for sign in _TROUBLE):
            raise Away(f"Kho dữ liệu tạm thời không dùng được: {_reason(error)}") from error
        raise


def _reason(error: Exception) -> str:
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    words = (said[0] if said else type(error).__name__).lower()
    for sign, reason in (
        ("full", "hết chỗ trên đĩa"),
        ("no space", "hết chỗ trên đĩa"),
        ("locked", "đang bận"),
        ("readonly", "chỉ cho đọc"),
        ("refused", "máy chủ không trả lời"),
        ("no such table", "kho chưa được chuẩn bị"),
    ):
        if sign in words:
            return reason
    return "không kết nối được"
