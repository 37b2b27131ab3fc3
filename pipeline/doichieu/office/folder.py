"""The folder of an office: original bytes and signed opinions by their hash, the secret, the database of SQLite.

Files are written whole or not at all and never changed; a file whose bytes are there already is not written again.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import IO, Any

from msgspec import Struct

from doichieu.errors import UsageError, system_reason
from doichieu.office.faults import Away

_PIECE = 1 << 20
_OPENING = 4096


class Upload(Struct, frozen=True):
    """One file as it came in: its bytes lie at ``path`` until they are kept or dropped; ``opening`` are the first."""

    file_name: str
    path: Path
    sha256: str
    size: int
    opening: bytes

    def drop(self) -> None:
        """Remove the bytes, where they were not kept."""
        self.path.unlink(missing_ok=True)


class Folder:
    """One office's folder; made where it is missing, readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in ("originals", "opinions", "work"):
                (path / name).mkdir(exist_ok=True)
            self.secret = self._secret()
        except OSError as error:
            raise UsageError(f"Không dùng được thư mục dữ liệu {path}: {system_reason(error)}.") from error

    def _secret(self) -> bytes:
        place = self.path / "secret"
        if not place.exists():
            temporary = self.path / f".secret-{os.getpid()}"
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as handle:
                handle.write(secrets.token_hex(32))
                handle.flush()
                os.fsync(handle.fileno())
            try:
                os.link(temporary, place)  # the first of two that start at once wins
            except FileExistsError:
                pass  # another start made it a moment ago: its secret stands
            finally:
                temporary.unlink()
        return bytes.fromhex(place.read_text(encoding="ascii").strip())

    def take_secret(self, secret: str) -> None:
        """Take over the secret of the office whose backup fills this folder."""
        self.secret = bytes.fromhex(secret)
        place = self.path / "secret"
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(secret)

    @property
    def default_database(self) -> str:
        """The address of the SQLite database of the folder."""
        return f"sqlite:///{self.path / 'office.sqlite'}"

    def original(self, sha256: str) -> Path:
        """Where the bytes of an uploaded file are."""
        return self.path / "originals" / sha256[:2] / sha256

    def opinion(self, sha256: str) -> Path:
        """Where a signed opinion is."""
        return self.path / "opinions" / sha256[:2] / sha256

    @property
    def work(self) -> Path:
        """Where jobs keep files for a while."""
        return self.path / "work"

    def take_in(self, file_name: str, stream: IO[bytes]) -> Upload:
        """Put a stream on the disk piece by piece; raises :class:`doichieu.office.faults.Away` where it has no room."""
        path = self.work / f"upload-{secrets.token_hex(8)}"
        digest = hashlib.sha256()
        opening, size = b"", 0
        try:
            with path.open("xb") as handle:
                while piece := stream.read(_PIECE):
                    opening = opening or piece[:_OPENING]
                    size += len(piece)
                    digest.update(piece)
                    handle.write(piece)
                handle.flush()
                os.fsync(handle.fileno())
        except OSError as error:
            path.unlink(missing_ok=True)
            raise Away(f"Không ghi được vào thư mục dữ liệu: {system_reason(error)}") from error
        return Upload(file_name, path, digest.hexdigest(), size, opening)

    def keep_upload(self, upload: Upload) -> None:
        """Keep an uploaded file for good; raises :class:`doichieu.office.faults.Away` where that cannot be."""
        place = self.original(upload.sha256)
        if place.is_file():
            return
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(upload.path, place)
        except OSError as error:
            raise Away(f"Không ghi được vào thư mục dữ liệu: {system_reason(error)}") from error

    def keep(self, place: Path, data: bytes) -> None:
        """Keep bytes for good; raises :class:`doichieu.office.faults.Away` where the disk does not take them."""
        if place.is_file():
            return
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary = place.with_name(f".{place.name}-{secrets.token_hex(4)}")
            try:
                with temporary.open("xb") as handle:
                    handle.write(data)
                    handle.flush()
                    os.fsync(handle.fileno())
                temporary.replace(place)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            raise Away(f"Không ghi được vào thư mục dữ liệu: {system_reason(error)}") from error

    def keep_opinion(self, data: bytes) -> str:
        """Keep a signed opinion; returns its hash."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.keep(self.opinion(sha256), data)
        return sha256

    def lock(self) -> Any:
        """Hold the folder for one server; raises :class:`doichieu.errors.UsageError` where another holds it."""
        handle = (self.path / "server.lock").open("a+")
        try:
            import fcntl
        except ModuleNotFoundError:  # not on this system: two servers on one folder are the person's to avoid
            return handle
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            handle.close()
            raise UsageError(f"Thư mục {self.path} đang được một máy chủ khác dùng.") from error
        return handle
