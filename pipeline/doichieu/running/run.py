"""One run over many files: read what changed, resolve across the run, write every table; one bad file costs one row.

:func:`extract` keeps what each file gave in parts (:mod:`doichieu.running.parts`), so that the next run reads only what
changed, an interrupted one goes on, and no more than a batch is in memory.  :func:`analyse_paths` is the plain form for
a
few documents that a comparison or a report holds together.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from doichieu import resolve
from doichieu.errors import DuplicateDocument, UnreadableFile, UnwritableOutput, system_reason
from doichieu.model import Document, Problem
from doichieu.processes.workers import Pool, Task, here
from doichieu.reading import discover
from doichieu.running import parts
from doichieu.running.progress import Progress
from doichieu.running.state import State, documents_in
from doichieu.running.store import PER_DOCUMENT, TEXT, Files, Place, Store, cache_folder
from doichieu.running.writing import Live, merged_agencies, write_tables

Log = Callable[[str], None]


def to_stderr(message: str) -> None:
    """Print one line for the person at the command line."""
    print(message, file=sys.stderr, flush=True)


def analyse_paths(paths: list[Path], log: Log = to_stderr) -> tuple[list[Document], list[Problem]]:
    """The documents of all files, resolved across the run, and a problem row for each file that could not be read."""
    from doichieu.analyse import analyse
    from doichieu.reading import read

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
    """Make the output folder; raises :class:`doichieu.errors.UnwritableOutput` where that is not possible."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableOutput(str(out), system_reason(error)) from error
    if not os.access(out, os.W_OK):
        raise UnwritableOutput(str(out), "không có quyền ghi")


def _apart(files: Sequence[str], out: Path) -> None:
    """Raise :class:`doichieu.errors.UnwritableOutput` where a file of the input stands in the place of a result."""
    places = {(out / folder).resolve(): ending for folder, ending in (*PER_DOCUMENT.values(), TEXT)}
    for path in files:
        place = Path(path).resolve()
        if places.get(place.parent) == place.suffix.lower():
            raise UnwritableOutput(str(out), f"tệp {path} sẽ bị kết quả ghi đè; hãy chọn thư mục kết quả khác")


#: The function that reads a file; a worker imports it by this name.
ANALYSE = "doichieu.running.parts:analyse_file"
#: The same for any text whatever, an article or a page of a book too.
ANALYSE_ANY_TEXT = "doichieu.running.parts:analyse_any_text"
#: Files a batch holds at most, and how large it may grow (bytes).
_FILES, _BYTES = 64, 4 * 1024 * 1024
#: Seconds that one file may take.
LIMIT = 1800.0


def extract(
    paths: list[Path],
    out: Path,
    *,
    jobs: int = 1,
    kinds: Sequence[str] = (),
    formats: Sequence[str] = (),
    progress: Progress | None = None,
    analyse: str = ANALYSE,
    limit: float = LIMIT,
) -> int:
    """Read what changed since the last run into ``out``, write every table; returns the exit status.

    ``jobs`` processes read; the tables are the same for any number.  ``kinds`` are files per document beside the JSON
    (``akn``, ``ics``, ``prov``), ``formats`` the further formats of the tables.  0: all done; 1: some input could not
    be read.
    """
    progress = progress or Progress()
    prepare_output(out)
    files = [str(path) for path in discover(paths)]
    _apart(files, out)
    store = Store(Files(str(cache_folder(out))))
    try:
        store.scan()
        keys = {path: parts.key_of(Path(path), analyse) or "" for path in files}
        todo = [path for path in files if not keys[path] or keys[path] not in store.known]
        progress.start(len(todo), len(files) - len(todo))
        problems = _collect(todo, keys, store, jobs, progress, analyse, limit)
        live = _live(files, keys, store)
        _write(store, live, [problems[path] for path in files if path in problems], out, jobs, ("json", *kinds), limit)
        if formats:
            from doichieu.export import write

            write(formats, out)
        store.compact(keys.values())
    except OSError as error:
        raise UnwritableOutput(str(out), system_reason(error)) from error
    finally:
        store.close()
    progress.finish(len(live), len(problems))
    return 1 if problems else 0


def batches(todo: Sequence[str], jobs: int) -> Iterator[list[str]]:
    """Files in batches: so many that each process gets several, so few that starting them costs nothing."""
    most = max(1, min(_FILES, -(-len(todo) // (4 * jobs)))) if jobs > 1 else _FILES
    batch: list[str] = []
    size = 0
    for path in todo:
        batch.append(path)
        with contextlib.suppress(OSError):
            size += os.path.getsize(path)
        if len(batch) >= most or size >= _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _collect(
    todo: Sequence[str], keys: dict[str, str], store: Store, jobs: int, progress: Progress, analyse: str, limit: float
) -> dict[str, Problem]:
    """Read the files of ``todo`` into parts; the problem of each that gave nothing, by its path."""
    from doichieu.reading.formats import OFFICE

    problems: dict[str, Problem] = {}

    def tasks() -> Iterator[Task]:
        for batch in batches(todo, jobs):
            office = [path for path in batch if Path(path).suffix.lower().lstrip(".") in OFFICE]
            context = {"store": store.files.root, "analyse": analyse, "office": office if len(office) > 1 else []}
            yield Task(
                "doichieu.running.store:collect",
                tuple((path, keys[path]) for path in batch),
                tuple(batch),
                context,
                limit,
            )

    with contextlib.ExitStack() as stack:
        if jobs > 1 and len(todo) > 1:
            results = stack.enter_context(Pool(jobs)).run(tasks())
        else:
            results = (here(task) for task in tasks())
        for result, failures in results:
            failed = [
                (
                    failure.label,
                    Problem("", failure.code, "high", f"Không đọc được tệp {failure.label}: {failure.reason}"),
                )
                for failure in failures
            ]
            if result is not None:
                if result["part"]:
                    store.add(result["part"])
                for path, key, _ in result["files"]:
                    keys[path] = key
                failed += [(path, msgspec.convert(problem, Problem)) for path, problem in result["problems"]]
                progress.advance(len(result["files"]))
            for path, problem in failed:
                problems[path] = problem
                progress.say(problem.message, event="problem", code=problem.code, path=path)
            progress.advance(len(failed))
    return problems


def _live(files: Sequence[str], keys: dict[str, str], store: Store) -> list[Live]:
    """The documents of the run in the order of their files, resolved against each other."""
    found: list[tuple[Place, str]] = []
    seen: dict[str, str] = {}
    for path in files:
        for place in store.known.get(keys[path], ()):
            identity = place.entry.document_id
            if identity in seen:
                raise DuplicateDocument(identity, seen[identity], path)
            seen[identity] = path
            found.append((place, path))
    patches = resolve.solve(parts.read_index(store.blob(place, "index")).record for place, _ in found)
    return [Live(place, path, patches.get(place.entry.document_id)) for place, path in found]


def _write(
    store: Store, live: list[Live], problems: list[Problem], out: Path, jobs: int, kinds: tuple[str, ...], limit: float
) -> None:
    """Every table, the data package, and the files of single documents where they are missing or no longer right."""
    from doichieu.schema import TABLES
    from doichieu.tables.files import package, write

    earlier = documents_in(out)
    agencies = merged_agencies([parts.read_index(store.blob(document.place, "index")) for document in live])
    write_tables(store, live, agencies, problems, out)
    write(out / "datapackage.json", package(TABLES, "doichieu"))
    state = State.load(Path(store.files.root))
    wanted = {document.place.entry.document_id: state.name_of(document, kinds) for document in live}
    stale = [document for document in live if not state.holds(document.place.entry.document_id, wanted, out)]
    context = {"store": store.files.root, "out": str(out), "kinds": list(kinds)}

    def tasks() -> Iterator[Task]:
        for start in range(0, len(stale), _FILES):
            batch = stale[start : start + _FILES]
            items = tuple(
                (d.place.part, d.place.base, msgspec.to_builtins(d.place.entry), d.path, msgspec.to_builtins(d.patch))
                for d in batch
            )
            yield Task("doichieu.running.store:render", items, tuple(d.path for d in batch), context, limit)

    with contextlib.ExitStack() as stack:
        results = (
            stack.enter_context(Pool(jobs)).run(tasks())
            if jobs > 1 and len(stale) > _FILES
            else (here(task) for task in tasks())
        )
        for result, _ in results:
            for identity, written in result or []:
                state.note(identity, wanted[identity], written)
    state.save(Path(store.files.root), out, set(wanted), earlier)
