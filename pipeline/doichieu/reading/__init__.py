"""Files to sources: which documents a call names, and the text of each with what its format knows of the layout.

What a file is its content decides, not its ending.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from doichieu.errors import NoDocuments, UnreadableFile
from doichieu.model import Problem, Source, problem_code
from doichieu.reading.files import document_id, is_regular
from doichieu.reading.formats import TEXT_ENDINGS, kind_of, readable_endings, sniff


def discover(paths: list[Path]) -> list[Path]:
    """The files that ``paths`` name; see :func:`discover_names`."""
    return [Path(name) for name in discover_names(paths)]


def discover_names(paths: list[Path]) -> list[str]:
    """The names of the files that ``paths`` name; folders are searched, hidden files left out, the order is that of the
    names.

    Links to folders are not followed, pipes and devices in a folder are no files; what a person names is passed on
    whatever it is, and its reader says why it cannot be read.  Raises :class:`doichieu.errors.NoDocuments` for a folder
    in which nothing can be read.
    """
    found: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            inside = _files_in(path)
            if not inside:
                raise NoDocuments(str(path))
            found += inside
        else:
            found.append(str(path))
    found = list({os.path.realpath(name): name for name in reversed(found)}.values())[::-1]  # named twice, read once
    return sorted(found, key=lambda name: (document_id(Path(name)), name))


def _files_in(top: Path) -> list[str]:
    """The readable files below a folder; a folder whose files may be one document stands for them."""
    endings = readable_endings()
    found: list[str] = []
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "~$")))
        wanted = [n for n in names if n.lower().endswith(endings) and not n.startswith((".", "~$"))]
        files = [name for n in wanted if is_regular(name := str(Path(folder, n)))]
        found += [str(Path(folder))] if may_be_one(Path(folder), files) else files
    return sorted(found, key=lambda name: name.split(os.sep))


def may_be_one(folder: Path, files: list[str]) -> bool:
    """Whether the files of a folder may be parts of one document, by their names alone; what they say decides later.

    They may where there are few and their names begin alike up to a mark (``qd877-quyet-dinh``, ``qd877-phu-luc``).
    """
    if not 2 <= len(files) <= 20 or any(p.is_dir() for p in folder.iterdir()):
        return False
    stems = [Path(name).stem for name in files]
    openings = {re.split(r"[\s_.\-]", stem, maxsplit=1)[0] for stem in stems}
    return len(openings) == 1 and len(openings.pop()) >= 2 and all(re.search(r"[\s_.\-]", stem) for stem in stems)


def read(path: Path) -> list[Source]:
    """The documents of one file, usually one, or of a folder whose files may be one document.

    Every file is parsed in a process of its own, under limits; see :mod:`doichieu.reading.guard`.
    Raises :class:`doichieu.errors.UnreadableFile`.
    """
    from doichieu.reading.guard import guarded

    return _read_folder(path) if os.path.isdir(path) else guarded(path)


def read_here(path: Path, kind: str = "") -> list[Source]:
    """The documents of one file, read in this process; ``kind`` tells what it is where that is known."""
    from doichieu.reading import dispatch

    return dispatch.read_here(path, kind)


def _read_folder(folder: Path) -> list[Source]:
    """The files of a folder as one document where they say so, else as several; a bad one is a problem row."""
    from doichieu.reading.archive import natural
    from doichieu.reading.bundle import bundled

    sources: list[Source] = []
    failures: list[UnreadableFile] = []
    for path in sorted(
        (p for p in folder.iterdir() if p.suffix.lower() in readable_endings() and not p.name.startswith((".", "~$"))),
        key=lambda p: natural(p.name),
    ):
        try:
            sources += read(path)
        except UnreadableFile as error:
            failures.append(error)
    if not sources:
        reason = failures[0].reason if failures else "thư mục không có văn bản nào"
        raise UnreadableFile(str(folder), reason, code=failures[0].code if failures else "no_documents")
    first, *rest = bundled(sources, document_id(folder))
    problems = tuple(Problem(first.document_id, problem_code(error.code), "high", str(error)) for error in failures)
    return [msgspec.structs.replace(first, problems=(*first.problems, *problems)), *rest]


__all__ = [
    "TEXT_ENDINGS",
    "discover",
    "discover_names",
    "document_id",
    "kind_of",
    "may_be_one",
    "read",
    "read_here",
    "readable_endings",
    "sniff",
]
