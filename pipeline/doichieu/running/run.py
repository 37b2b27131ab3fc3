"""One run over many files: read what changed, resolve across the run, write every table; one bad file costs one row.

:func:`extract` keeps what each file gave in parts (:mod:`doichieu.running.parts`), so that the next run reads only what
changed, an interrupted one goes on, and no more than a batch is in memory.  :func:`analyse_paths` gives the documents
themselves, for a comparison or a report that holds a few of them together, and reads no file that a run has read.
Files are parsed in workers only, with one process too.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from doichieu.errors import BadLexicon, UnwritableOutput, UsageError, readable_name, system_reason
from doichieu.model import Document, Problem, problem_code
from doichieu.processes.limits import time_limit
from doichieu.reading import discover_names
from doichieu.running import parts
from doichieu.running.progress import EVERY, Progress, page_words
from doichieu.running.state import State
from doichieu.running.store import PER_DOCUMENT, TEXT, Files, Store, cache_folder, final
from doichieu.running.twins import apart, key_with

if TYPE_CHECKING:
    from doichieu import resolve
    from doichieu.processes.workers import Failure, Pool, Task
    from doichieu.running.writing import Agencies, Documents, Live

Log = Callable[[str], None]


def to_stderr(message: str) -> None:
    """Print one line for the person at the command line; a console that takes nothing costs nothing."""
    with contextlib.suppress(OSError, ValueError):
        print(message, file=sys.stderr, flush=True)


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
    folders: dict[str, Path] = {}
    for path in files:
        name = os.path.realpath(path) if os.path.islink(path) else path
        folder = os.path.dirname(name)
        if folder not in folders:
            folders[folder] = Path(os.path.realpath(folder))
        if places.get(folders[folder]) == os.path.splitext(name)[1].lower():
            raise UnwritableOutput(
                str(out), f"tệp {readable_name(path)} sẽ bị kết quả ghi đè; hãy chọn thư mục kết quả khác"
            )


#: The function that reads a file; a worker imports it by this name.
ANALYSE = "doichieu.running.parts:analyse_file"
#: The same for any text whatever, an article or a page of a book too.
ANALYSE_ANY_TEXT = "doichieu.running.parts:analyse_any_text"
#: Files a batch holds at most, and how large it may grow (bytes).
_FILES, _BYTES = 64, 4 * 1024 * 1024
#: The last batches of a run are so many times as small as the first.
_SHRINKS = 4

#: How often a run begins anew because a part of the cache turned out to be damaged.
_ATTEMPTS = 50


class Options(msgspec.Struct, frozen=True):
    """How a run reads and what it writes."""

    jobs: int = 1
    kinds: tuple[str, ...] = ()  # files per document beside the JSON: akn, ics, prov
    formats: tuple[str, ...] = ()  # further formats of the tables
    pretty: bool = False  # JSON for people
    verify: bool = False  # look at the content of every file, whatever its time
    lines: bool = False  # JSON Lines and nothing else
    analyse: str = ANALYSE
    limit: float = msgspec.field(default_factory=time_limit)

    @property
    def whole(self) -> bool:
        """Whether anything is made of the documents themselves: what is compared is, tables and JSON have theirs."""
        return self.analyse == ANALYSE_ANY_TEXT or self.pretty or any(kind != "json" for kind in self.kinds)

    @property
    def wanted(self) -> dict[str, bool]:
        """What is to be kept of each document."""
        return {"whole": self.whole, "lines": self.lines and not self.whole}


class Workers:
    """A pool that is made when the first work is given out: a run in which nothing changed needs none."""

    def __init__(self, jobs: int, *, quiet: bool = False) -> None:
        self.jobs = max(1, jobs)
        self._quiet = quiet
        self._pool: Pool | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *what: object) -> None:
        if self._pool is not None:
            self._pool.__exit__(*what)

    def run(
        self, tasks: Iterator[Task], paged: Callable[[str, int, int], None] | None = None
    ) -> Iterator[tuple[Any, list[Failure]]]:
        """:meth:`doichieu.processes.workers.Pool.run`."""
        if self._pool is None:
            from doichieu.processes.workers import Pool

            self._pool = Pool(self.jobs, quiet=self._quiet)
        return self._pool.run(tasks, paged)


def extract(
    paths: list[Path],
    out: Path,
    *,
    jobs: int = 1,
    kinds: Sequence[str] = (),
    formats: Sequence[str] = (),
    progress: Progress | None = None,
    analyse: str = ANALYSE,
    limit: float | None = None,
    pretty: bool = False,
    verify: bool = False,
    lines: bool = False,
) -> int:
    """Read what changed since the last run into ``out``, write every table; returns the exit status.

    ``jobs`` processes read; the tables are the same for any number.  0: all done; 1: some input could not be read.
    ``lines``: the tables as JSON Lines and nothing beside them, neither CSV nor the JSON of each document.
    """
    kinds, formats = ((), ()) if lines else (("json", *kinds), tuple(formats))
    options = Options(jobs, kinds, formats, pretty and not lines, verify, lines, analyse, limit or time_limit())
    progress = progress or Progress()
    prepare_output(out)
    files = discover_names(paths)
    _apart(files, out)
    store = Store(Files(str(cache_folder())))
    try:
        with Workers(jobs, quiet=progress.mode == "quiet") as pool:
            count, problems = undamaged(store, lambda: _run(store, files, out, options, pool, progress))
    except OSError as error:
        raise UnwritableOutput(str(out), system_reason(error)) from error
    finally:
        store.close()
    progress.finish(count, problems)
    return 1 if problems else 0


def undamaged(store: Store, work: Callable[[], Any]) -> Any:
    """Do ``work``; where a part of the cache is not what was written, take it out and do it again."""
    for _ in range(_ATTEMPTS):
        try:
            return work()
        except parts.Damaged as damaged:
            store.drop(damaged.part)
    raise UnwritableOutput(store.files.root, "bộ nhớ đệm hỏng liên tục, hãy xóa thư mục này")


def _run(
    store: Store, files: list[str], out: Path, options: Options, pool: Workers, progress: Progress
) -> tuple[int, int]:
    state = State.load(Path(store.files.root), out)
    keys, problems = _read(store, files, options, pool, progress, state)
    left = _told_apart(store, files, keys, problems, options, pool, progress)
    unread = [problems[path] for path in files if path in problems]
    how = [options.kinds, options.formats, options.pretty, options.lines, unread]
    made = hashlib.sha256(msgspec.json.encode(how))
    for path in left:
        made.update(f"{readable_name(path)}\0{keys[path]}\0".encode())
    if state.unchanged(made.digest(), out):
        count = state.renew()
    else:
        live, agencies = _live(left, keys, store)
        results = _write(store, live, agencies, unread, out, options, pool, state, progress)
        count = state.save({keys[path]: store.packed(keys[path]) for path in left}, out, results, made.digest())
    store.keep(keys.values())
    return count, sum(problem.severity == "high" for problem in unread)


def _read(
    store: Store,
    files: list[str],
    options: Options,
    pool: Workers,
    progress: Progress,
    state: State | None = None,
) -> tuple[dict[str, str], dict[str, Problem]]:
    """The keys of all files, each known to the store, and the problem of each that gave nothing."""
    if state is None:
        keys = {path: parts.key_of(Path(path), options.analyse) for path in files}
    else:
        keys = {path: state.key_of(path, options.analyse, verify=options.verify) for path in files}
        for key in keys.values():
            store.remember(key, state.kept.places.get(key, b""))
    if any(key and not store.holds(key, **options.wanted) for key in keys.values()):
        store.scan(keys.values())
    todo = [path for path in files if not keys[path] or not store.holds(keys[path], **options.wanted)]
    progress.start(len(todo), len(files) - len(todo))
    return keys, _collect(todo, keys, store, options, pool, progress)


def _told_apart(
    store: Store,
    files: list[str],
    keys: dict[str, str],
    problems: dict[str, Problem],
    options: Options,
    pool: Workers,
    progress: Progress,
) -> list[str]:
    """The files that stay where several have one name, those that need another id read under it."""
    found = apart([path for path in files if keys[path]], keys, store.places)
    for path, names in found.names.items():
        keys[path] = key_with(keys[path], names)
    if any(not store.holds(keys[path], **options.wanted) for path in found.names):
        store.scan(keys[path] for path in found.names)
    todo = [path for path in found.names if not store.holds(keys[path], **options.wanted)]
    problems |= found.problems | _collect(todo, keys, store, options, pool, progress, found.names)
    return found.files


@contextlib.contextmanager
def reading(jobs: int) -> Iterator[tuple[Store, Workers]]:
    """The cache and the workers of a comparison or a report."""
    store = Store(Files(str(cache_folder())))
    try:
        with Workers(jobs) as pool:
            yield store, pool
    finally:
        store.close()


def read_all(paths: Sequence[Path], store: Store, pool: Workers, log: Log) -> tuple[list[Live], list[Problem]]:
    """The documents of all files, whatever their nature, resolved across the run and kept in the cache, and a problem
    row for each file that could not be read."""
    files = discover_names(list(paths))
    options, told = Options(pool.jobs, analyse=ANALYSE_ANY_TEXT), _Told(log)
    keys, problems = _read(store, files, options, pool, told)
    live, _ = _live(_told_apart(store, files, keys, problems, options, pool, told), keys, store)
    store.keep(keys.values())
    return list(live), [problems[path] for path in files if path in problems]


def analyse_paths(paths: list[Path], log: Log = to_stderr, *, jobs: int = 1) -> tuple[list[Document], list[Problem]]:
    """The documents of all files, resolved across the run, and a problem row for each file that could not be read."""
    with reading(jobs) as (store, pool):

        def gathered() -> tuple[list[Document], list[Problem]]:
            live, problems = read_all(paths, store, pool, log)
            return [final(store, d.place, d.path, d.patch) for d in live], problems

        made: tuple[list[Document], list[Problem]] = undamaged(store, gathered)
    return made


class _Told(Progress):
    """Tells problems, and at which page of a long scan the reading is."""

    def __init__(self, log: Log) -> None:
        super().__init__("quiet")
        self.log = log

    def say(self, message: str, **facts: Any) -> None:
        self.log(message)

    def page(self, name: str, number: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last >= EVERY:
            self.last = now
            self.log(page_words(name, number, total))


def batches(todo: Sequence[str], jobs: int) -> Iterator[list[str]]:
    """Files in batches: so many that each process gets several, so few that starting them costs nothing; smaller
    towards the end, so that all processes are done at about the same time.

    >>> [len(batch) for batch in batches(["?"] * 100, 2)]
    [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 5, 4, 3, 2, 2, 2, 2, 2, 1]
    >>> [len(batch) for batch in batches(["?"] * 100, 1)]
    [64, 36]
    """
    whole = max(1, min(_FILES, -(-len(todo) // (8 * jobs)))) if jobs > 1 else _FILES
    most = whole
    batch: list[str] = []
    size = 0
    for done, path in enumerate(todo):
        if jobs > 1 and not batch:
            most = min(whole, max(-(-whole // _SHRINKS), (len(todo) - done) // (2 * jobs)))
        batch.append(path)
        with contextlib.suppress(OSError):
            size += os.path.getsize(path)
        if len(batch) >= most or size >= _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _collect(
    todo: Sequence[str],
    keys: dict[str, str],
    store: Store,
    options: Options,
    pool: Workers,
    progress: Progress,
    names: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Problem]:
    """Read the files of ``todo`` into parts; the problem of each that gave nothing, by its path."""
    if not todo:
        return {}
    from doichieu.processes.workers import Task
    from doichieu.reading.formats import OFFICE

    problems: dict[str, Problem] = {}

    def tasks() -> Iterator[Task]:
        for batch in batches(todo, options.jobs):
            office = [os.fsencode(path) for path in batch if Path(path).suffix.lower().lstrip(".") in OFFICE]
            context = {
                "store": store.files.root,
                "analyse": options.analyse,
                **options.wanted,
                "office": office if len(office) > 1 else [],
                "names": {readable_name(path): names[path] for path in batch} if names else {},
            }
            items = tuple((os.fsencode(path), keys[path]) for path in batch)
            yield Task(
                "doichieu.running.store:collect", items, tuple(map(readable_name, batch)), context, options.limit
            )

    for result, failures in pool.run(tasks(), paged=progress.page):
        _ready_to_write()
        for failure in failures:
            if failure.code == BadLexicon.code:
                raise UsageError(failure.reason)
        failed = [(os.fsdecode(failure.item[0]), problem_of(failure)) for failure in failures]
        if result is not None:
            if result["error"]:
                raise UnwritableOutput(store.files.root, result["error"])
            if result["part"]:
                store.add(result["part"])
            for path, key, _ in result["files"]:
                if not keys[os.fsdecode(path)]:
                    keys[os.fsdecode(path)] = key
            failed += [(os.fsdecode(path), msgspec.convert(problem, Problem)) for path, problem in result["problems"]]
            progress.advance(len(result["files"]))
        for path, problem in failed:
            problems[path] = problem
            progress.say(problem.message, event="problem", code=problem.code, path=readable_name(path))
        progress.advance(len(failed))
    return problems


@cache
def _ready_to_write() -> None:
    """Load what writes the tables while the workers are at work: after them nobody else would."""
    import doichieu.resolve
    import doichieu.running.stored
    import doichieu.running.writing  # noqa: F401


def problem_of(failure: Failure) -> Problem:
    """The problem row of a file that cost its worker."""
    return Problem("", problem_code(failure.code), "high", f"Không đọc được tệp {failure.label}: {failure.reason}")


def _live(files: Sequence[str], keys: dict[str, str], store: Store) -> tuple[Documents, Agencies]:
    """The documents of the run in the order of their files, resolved against each other, and the bodies they name."""
    from doichieu import resolve
    from doichieu.running.writing import Agencies, Documents

    agencies, interned = Agencies(), resolve.Interned()

    def records() -> Iterator[resolve.IndexRecord]:
        for document in Documents(store, files, keys):
            index = parts.read_index(store.blob(document.place, "index"))
            agencies.add(index)
            yield interned(index.record)

    return Documents(store, files, keys, resolve.solve(records())), agencies


def _write(
    store: Store,
    live: Documents,
    agencies: Agencies,
    problems: list[Problem],
    out: Path,
    options: Options,
    pool: Workers,
    state: State,
    progress: Progress,
) -> list[str]:
    """Every table, the data package, and the files of single documents where they are missing or no longer right.

    Returns the names of the results of the run as a whole.
    """
    from doichieu.running.record import run_record
    from doichieu.running.stored import documents_in, other_tables
    from doichieu.running.writing import CSV, LINES, write_tables
    from doichieu.schema import TABLES
    from doichieu.tables.files import dtypes, package, write

    earlier, printer = documents_in(out), LINES if options.lines else CSV
    made = (options.kinds, options.pretty, parts.version())
    wanted = {document.place.entry.document_id: state.name_of(document, made) for document in live}
    stale = {identity for identity, name in wanted.items() if not state.holds(identity, name, out)}
    progress.phase("Ghi kết quả", len(wanted) + len(stale))
    _render(store, live, stale, wanted, out, options, pool, state, progress)
    written = write_tables(store, live, agencies.rows(), problems, out, progress.advance, printer)
    for path in other_tables(out, printer.ending):
        path.unlink(missing_ok=True)
    write(out / "datapackage.json", package(TABLES, "doichieu", out, printer.ending))
    if printer is CSV:
        write(out / "dtypes.json", dtypes(TABLES))
    else:
        (out / "dtypes.json").unlink(missing_ok=True)
    write(
        out / "run.json", run_record(written.documents, written.counts, [p for p in problems if p.severity == "high"])
    )
    results = [f"{table.name}{printer.ending}" for table in TABLES] + ["datapackage.json", "run.json"]
    if printer is CSV:
        results.append("dtypes.json")
    if options.formats:
        from doichieu.export import write as export

        results += [path.relative_to(out).as_posix() for path in export(options.formats, out) if path.is_file()]
    state.tidy(out, wanted.keys(), earlier)
    return results


def _render(
    store: Store,
    live: Documents,
    stale: set[str],
    wanted: dict[str, bytes],
    out: Path,
    options: Options,
    pool: Workers,
    state: State,
    progress: Progress,
) -> None:
    """Write the files of the ``stale`` documents among those of the run."""
    from doichieu.processes.workers import Task

    context = {
        "store": store.files.root,
        "out": os.fsencode(out),
        "kinds": list(options.kinds),
        "pretty": options.pretty,
    }

    def made() -> Iterator[Live]:
        for document in live:
            entry = document.place.entry
            if entry.document_id not in stale:
                continue
            if options.lines and not entry.whole:
                state.note(entry.document_id, wanted[entry.document_id], {})  # its text is the file itself
                progress.advance(1)
            else:
                yield document

    def tasks() -> Iterator[Task]:
        size = max(1, min(_FILES, -(-len(stale) // (2 * options.jobs))))
        found = made()
        while batch := list(islice(found, size)):
            items = tuple((d.place.part, d.place.base, d.place.entry, d.path, d.patch) for d in batch)
            yield Task("doichieu.running.store:render", items, tuple(d.path for d in batch), context, options.limit)

    for result, failures in pool.run(tasks()):
        if failures:
            raise UnwritableOutput(str(out), failures[0].reason)
        written, damaged, reason = result
        if damaged:
            raise parts.Damaged(damaged)
        if reason:
            raise UnwritableOutput(str(out), reason)
        for identity, names in written:
            state.note(identity, wanted[identity], names)
        progress.advance(len(written))
