"""Old Word, OpenDocument and RTF files: LibreOffice turns them into ``.docx``, and the Word reader reads that.

LibreOffice runs without a window, with a profile of its own that forbids macros and links, within limits of time,
memory and output.  Several files go through one call, as starting the program costs more than a conversion.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from doichieu.errors import UnreadableFile
from doichieu.model import Source
from doichieu.processes import programs
from doichieu.reading.files import document_id, file_bytes
from doichieu.reading.formats import OFFICE, kind_of

MAX_BYTES = 100 * 1024 * 1024
#: Seconds for a call: for the start, and for each file.
_START, _EACH = 60, 30
_MEMORY_KB = 4 * 1024 * 1024
_OUTPUT_BLOCKS = 1024 * 1024  # of 512 bytes
INSTALL = "sudo apt-get install libreoffice-writer-nogui"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return programs.find("soffice") or programs.find("libreoffice")


@lru_cache(maxsize=1)
def _profile() -> tempfile.TemporaryDirectory[str]:
    """The profile of this process; made once, removed with the process."""
    folder = tempfile.TemporaryDirectory(prefix="doichieu-office-", ignore_cleanup_errors=True)
    user = Path(folder.name) / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return folder


def convert(files: Sequence[tuple[str, bytes]], target: str = "docx:MS Word 2007 XML") -> list[bytes | None]:
    """Convert files, given as ``(ending, content)``, in one call; None for each that could not be converted.

    Raises :class:`doichieu.processes.programs.ProgramMissing` where LibreOffice is missing and
    :class:`doichieu.processes.programs.ProgramFailed` where it hangs or fails.
    """
    soffice = program()
    if soffice is None:
        raise programs.ProgramMissing("LibreOffice")
    base = Path(_profile().name)
    with tempfile.TemporaryDirectory(dir=base) as work:
        incoming, outgoing = Path(work) / "in", Path(work) / "out"
        incoming.mkdir()
        names = []
        for index, (ending, content) in enumerate(files):
            names.append(incoming / f"{index}.{ending}")
            names[-1].write_bytes(content)
        limits = f'ulimit -v {_MEMORY_KB}; ulimit -f {_OUTPUT_BLOCKS}; exec "$@"'
        command = [
            "/bin/sh",
            "-c",
            limits,
            "sh",
            soffice,
            f"-env:UserInstallation={(base / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--convert-to",
            target,
            "--outdir",
            str(outgoing),
            *map(str, names),
        ]
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(base),
            "LANG": "C.UTF-8",
            "TMPDIR": work,
            "http_proxy": "http://127.0.0.1:9",
            "https_proxy": "http://127.0.0.1:9",
        }
        programs.run(
            "LibreOffice", command, seconds=_START + _EACH * len(files), folder=Path(work), environment=environment
        )
        ending = target.partition(":")[0]
        found = [outgoing / f"{name.stem}.{ending}" for name in names]
        return [path.read_bytes() if path.is_file() and path.stat().st_size else None for path in found]


_ready: dict[str, bytes | None] = {}


def prepare(paths: Sequence[Path]) -> None:
    """Convert a batch ahead in one call, so that :func:`read_office` finds each file done.

    >>> prepare([])
    """
    found = [path for path in paths if kind_of(path) in OFFICE]
    if len(found) < 2 or program() is None:
        return
    contents: list[tuple[str, bytes]] = []
    for path in found:
        try:
            contents.append((kind_of(path), file_bytes(path, MAX_BYTES)))
        except UnreadableFile:
            continue  # read_office says so in its turn
    _ready.clear()
    try:
        converted = convert(contents)
    except programs.ProgramFailed:
        return  # each file is tried by itself, and says in its turn what went wrong
    for (_, content), made in zip(contents, converted, strict=True):
        _ready[hashlib.sha256(content).hexdigest()] = made


def read_office(path: Path) -> Source:
    """The source of a ``.doc``, ``.odt`` or ``.rtf`` file; which of them its content says."""
    ending = kind_of(path)
    from doichieu.reading.docx import docx_source

    data = file_bytes(path, MAX_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    made = _ready.pop(digest, None)
    if made is None:
        try:
            (made,) = convert([(ending, data)])
        except programs.ProgramFailed as error:
            raise UnreadableFile(str(path), str(error), code="program_failed") from error
        except programs.ProgramMissing as error:
            reason = f"cần LibreOffice để đọc tệp .{ending}; cài bằng: {INSTALL}"
            raise UnreadableFile(str(path), reason, code="missing_program") from error
    if made is None:
        reason = "LibreOffice không chuyển được (tệp hỏng, có mật khẩu hoặc quá lớn)"
        raise UnreadableFile(str(path), reason, code="broken_file")
    return docx_source(made, str(path), document_id(path), ending, digest)
