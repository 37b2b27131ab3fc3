"""One run over many files: read, analyse, resolve across the run, write every table; one bad file costs one row."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from pipeline.errors import DuplicateDocument, UnreadableFile, UnwritableOutput, system_reason
from pipeline.model import Document, Problem

Log = Callable[[str], None]


def to_stderr(message: str) -> None:
    """Print one line for the person at the command line."""
    print(message, file=sys.stderr, flush=True)


def analyse_paths(paths: list[Path], log: Log = to_stderr) -> tuple[list[Document], list[Problem]]:
    """The documents of all files, resolved across the run, and a problem row for each file that could not be read."""
    from pipeline import resolve
    from pipeline.nlp import analyse
    from pipeline.reading import discover, read

    documents: list[Document] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in discover(paths):
        try:
            for source in read(path):
                if source.document_id in seen:
                    raise DuplicateDocument(source.document_id, seen[source.document_id], str(path))
                seen[source.document_id] = str(path)
                documents.append(analyse(source))
        except UnreadableFile as error:
            log(str(error))
            problems.append(Problem("", error.code, "high", str(error)))
        except (DuplicateDocument, MemoryError):
            raise
        except Exception as error:  # one file must not cost the others their rows
            message = f"Không xử lý được tệp {path}: lỗi bên trong ({type(error).__name__}: {error})"
            log(message)
            problems.append(Problem("", "internal_error", "high", message))
    return resolve.resolve(documents), problems


def prepare_output(out: Path) -> None:
    """Make the output folder; raises :class:`pipeline.errors.UnwritableOutput` where that is not possible."""
    import os

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableOutput(str(out), system_reason(error)) from error
    if not os.access(out, os.W_OK):
        raise UnwritableOutput(str(out), "không có quyền ghi")


def write_tables(documents: list[Document], problems: list[Problem], out: Path) -> None:
    """Write all tables, the data package, one JSON per document and the texts that offsets index."""
    from pipeline.schema import TABLES
    from pipeline.tables import records
    from pipeline.tables.files import csv_bytes, document_json, package, write

    try:
        for table in TABLES:
            items = list(records(documents, table.name))
            if table.name == "problems":
                items += [("", problem) for problem in problems]
            write(out / f"{table.name}.csv", csv_bytes(table, items))
        write(out / "datapackage.json", package(TABLES, "doichieu"))
        kept: set[Path] = set()
        for document in documents:
            record = out / "documents" / f"{document.document_id}.json"
            write(record, document_json(document))
            kept.add(record)
            if not document.source.verbatim:
                text = out / "text" / f"{document.document_id}.txt"
                write(text, document.source.text.encode("utf-8", "surrogatepass"))
                kept.add(text)
        for path in (*out.glob("documents/*.json"), *out.glob("text/*.txt")):
            if path not in kept:
                path.unlink()  # a document that is no longer in the run leaves no rows and no file
    except OSError as error:
        raise UnwritableOutput(str(out), system_reason(error)) from error


def extract(paths: list[Path], out: Path, log: Log = to_stderr) -> int:
    """Run the whole extraction; returns the exit status (0 all done, 1 some input could not be read)."""
    prepare_output(out)
    documents, problems = analyse_paths(paths, log)
    write_tables(documents, problems, out)
    return 1 if problems else 0


def relative(document: Document, path: str) -> Document:
    """The document under another path, as the user gave it."""
    return msgspec.structs.replace(document, info=msgspec.structs.replace(document.info, path=path))
