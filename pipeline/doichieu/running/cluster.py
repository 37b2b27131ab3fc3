"""The same batches on many machines: a running dask.distributed cluster, files and results in a shared folder or under
a URL.

The result is a Parquet dataset, one folder a table, one file a batch, which DuckDB, Spark and pandas read as one table.
What each file gave is kept under ``.doichieu`` beside it, so that the next run reads only what changed.
"""

from __future__ import annotations

import atexit
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from doichieu import resolve
from doichieu.errors import (
    MissingPackage,
    UnwritableOutput,
    UsageError,
    readable_name,
    system_reason,
)
from doichieu.model import Problem
from doichieu.processes.limits import time_limit
from doichieu.processes.workers import Failure, Pool, Task
from doichieu.running import parts
from doichieu.running.progress import Progress
from doichieu.running.run import ANALYSE, batches, problem_of
from doichieu.running.store import FOLDER, Files, Place, Store
from doichieu.running.twins import apart, key_with
from doichieu.running.writing import Agencies, Live, write_tables

_KEPT = ".doichieu"
#: What systems of files say of one version of a file.
_VERSION = (
    "mtime",
    "LastModified",
    "last_modified",
    "updated",
    "ETag",
    "etag",
    "md5",
    "md5Hash",
    "checksum",
    "version_id",
)
#: Names that runs give their files; whatever else stands in a folder of the dataset is left alone.
_OURS = re.compile(r"part-[0-9A-Za-z_-]+\.parquet|run\.parquet")


def extract(
    paths: Sequence[str],
    out: str,
    address: str,
    *,
    progress: Progress | None = None,
    analyse: str = ANALYSE,
    limit: float | None = None,
    formats: Sequence[str] = (),
) -> int:
    """Read ``paths`` (files, folders or URLs) on the cluster at ``address`` into the dataset ``out``; returns the exit
    status.

    With ``formats`` the tables are written as CSV and in those formats beside the dataset, too.
    """
    progress = progress or Progress()
    distributed = _distributed()
    files = list(_files(paths))
    root = Files(out)
    store = Store(Files(root.path(_KEPT) if root.remote is None else f"{out.rstrip('/')}/{_KEPT}"))
    keys = {path: _url_key(path, analyse) if "://" in path else parts.key_of(Path(path), analyse) for path in files}
    store.scan(keys.values())
    todo = [path for path in files if not keys[path] or not store.holds(keys[path], whole=False)]
    progress.start(len(todo), len(files) - len(todo))
    try:
        client = distributed.Client(address, timeout="20s")
    except OSError as error:
        raise UsageError(f"Không kết nối được cụm máy {address}.") from error
    with client:
        seconds = limit or time_limit()
        problems = _collect(client, todo, keys, store, progress, analyse, seconds)
        found = apart([path for path in files if keys[path]], keys, store.places)
        for path, names in found.names.items():
            keys[path] = key_with(keys[path], names)
        store.scan(keys[path] for path in found.names)
        again = [path for path in found.names if not store.holds(keys[path], whole=False)]
        problems |= found.problems | _collect(client, again, keys, store, progress, analyse, seconds, found.names)
        places = _live(found.files, keys, store)
        patches = resolve.solve(parts.read_index(store.blob(place, "index")).record for place, _ in places)
        pending = [
            client.submit(write_part_tables, store.files.root, out, part, items, pure=False)
            for part, items in sorted(_by_part(places, patches).items())
        ]
        written = {name for names in client.gather(pending) for name in names}
    written |= _run_tables(root, store, places, problems)
    if formats:
        _further(
            root, store, [Live(p, path, patches.get(p.entry.document_id)) for p, path in places], problems, formats
        )
    _clear(root, written)
    store.keep(keys.values())
    store.close()
    progress.finish(len(places), len(problems))
    return 1 if any(problem.severity == "high" for problem in problems.values()) else 0


def _distributed() -> Any:
    """The library of the cluster; :class:`doichieu.errors.MissingPackage` where it is not installed."""
    try:
        return import_module("distributed")
    except ModuleNotFoundError as error:
        raise MissingPackage("Chạy trên nhiều máy", "cluster") from error


def _by_part(places: Sequence[tuple[Place, str]], patches: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What each part is written from: where its documents lie in it, under which paths, and what resolution found."""
    found: dict[str, list[Any]] = {}
    for place, path in places:
        patch = patches.get(place.entry.document_id)
        found.setdefault(place.part, []).append(
            [place.base, msgspec.to_builtins(place.entry), path, msgspec.to_builtins(patch)]
        )
    return found


def _clear(root: Files, written: set[str]) -> None:
    """Remove the tables of an earlier run that this one has not written."""
    for table in (t.name for t in _tables()):
        for name in root.names(table):
            if _OURS.fullmatch(name) and f"{table}/{name}" not in written:
                root.remove(f"{table}/{name}")


def _url_key(url: str, analyse: str) -> str:
    """The key of a file under a URL, by what its system says of this version of it; empty where it says too little to
    tell that the file has not changed: then it is fetched again."""
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
        said = system.info(path)
    except (OSError, ValueError):
        return ""
    facts = [str(said[name]) for name in _VERSION if said.get(name)]
    if not facts or said.get("size") is None:
        return ""
    told = "\n".join([parts.version(), analyse, url, str(said["size"]), *facts])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _further(root: Files, store: Store, live: list[Live], problems: dict[str, Problem], formats: Sequence[str]) -> None:
    """The tables of the run as CSV and in further formats, beside the dataset."""
    from doichieu import export
    from doichieu.tables.files import dtypes, package, write

    gathered = Agencies()
    for document in live:
        gathered.add(parts.read_index(store.blob(document.place, "index")))
    with tempfile.TemporaryDirectory(prefix="doichieu-") as name:
        folder = Path(name)
        write_tables(store, live, gathered.rows(), [problems[path] for path in sorted(problems)], folder)
        write(folder / "datapackage.json", package(_tables(), "doichieu", folder))
        write(folder / "dtypes.json", dtypes(_tables()))
        export.write(formats, folder)
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            root.write(path.relative_to(folder).as_posix(), path.read_bytes())


def _files(paths: Sequence[str]) -> Iterator[str]:
    """The files that the call names, on this machine or under URLs, in order."""
    from doichieu.reading import discover, readable_endings

    local = [Path(path) for path in paths if "://" not in path]
    if local:
        yield from (str(path.resolve()) for path in discover(local))
    for path in paths:
        if "://" in path:
            import fsspec

            system, base = fsspec.core.url_to_fs(path)
            found = sorted(system.find(base)) if system.isdir(base) else [base]
            yield from (system.unstrip_protocol(name) for name in found if name.lower().endswith(readable_endings()))


def _collect(
    client: Any,
    todo: Sequence[str],
    keys: dict[str, str],
    store: Store,
    progress: Progress,
    analyse: str,
    limit: float,
    renamed: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Problem]:
    """Let the cluster read the files; a batch that costs its machine is tried file by file.

    ``renamed`` are the ids of documents whose names other files have too: path → id by its name → id in this run.
    """
    distributed: Any = import_module("distributed")
    problems: dict[str, Problem] = {}

    def submit(batch: Sequence[str]) -> Any:
        names = {readable_name(path): dict(renamed[path]) for path in batch} if renamed else {}
        context = {"store": store.files.root, "analyse": analyse, "whole": False, "office": [], "names": names}
        task = Task(
            "doichieu.running.store:collect",
            tuple((os.fsencode(path), keys[path]) for path in batch),
            tuple(map(readable_name, batch)),
            context,
            limit,
        )
        future = client.submit(run_task, _plain(task), pure=False, retries=1)
        waiting[future.key] = batch
        return future

    waiting: dict[str, Sequence[str]] = {}
    queue = distributed.as_completed([submit(batch) for batch in batches(todo, 64)], raise_errors=False)
    for future in queue:
        batch = waiting.pop(future.key)
        if future.status != "finished":
            if len(batch) > 1:
                for path in batch:
                    queue.add(submit([path]))
                continue
            reason = "tiến trình đọc tệp bị dừng đột ngột"
            problems[batch[0]] = Problem("", "worker_died", "high", f"Không đọc được tệp {batch[0]}: {reason}")
        else:
            result, failures = future.result()
            for part in result.get("parts", []):
                store.add(part)
            if result["error"]:
                raise UnwritableOutput(store.files.root, result["error"])
            keys.update({os.fsdecode(path): key for path, key, _ in result["files"]})
            for path, problem in result["problems"]:
                problems[os.fsdecode(path)] = msgspec.convert(problem, Problem)
            for given in failures:
                failure = msgspec.convert(given, Failure)
                problems[os.fsdecode(failure.item[0])] = problem_of(failure)
        progress.advance(len(batch))
    for path in todo:
        if path in problems:
            progress.say(problems[path].message, event="problem", code=problems[path].code, path=path)
    return problems


def run_task(given: dict[str, Any]) -> tuple[Any, list[Any]]:
    """A batch, done on a machine of the cluster: files under URLs are fetched here, once; a worker of ours, without
    network and within its limits, reads them."""
    task = msgspec.convert(given, Task)
    with tempfile.TemporaryDirectory(prefix="doichieu-") as folder:
        store, kept = task.context["store"], Path(folder) / "parts"
        local, unreachable = _fetched(task, Path(folder))
        answer: dict[str, Any] = {"part": "", "files": [], "problems": unreachable, "error": ""}
        failures: list[Any] = []
        context = {**task.context, "local": local, "store": str(kept)}
        left = [i for i, item in enumerate(task.items) if item[0] not in {path for path, _ in unreachable}]
        items, labels = tuple(task.items[i] for i in left), tuple(task.labels[i] for i in left)
        asked = msgspec.structs.replace(task, items=items, labels=labels, context=context)
        with _turn:
            done = list(_pool().run([asked]))
        for result, failed in done:
            failures += [_plain(failure) for failure in failed]
            if result is None:
                continue
            answer["files"] += result["files"]
            answer["problems"] += result["problems"]
            answer["error"] = answer["error"] or result["error"]
            if result["part"]:
                answer.setdefault("parts", []).append(result["part"])
        for part in answer.get("parts", []):
            name = f"{FOLDER}/parts/{part}"
            Files(store).write(name, Files(str(kept)).read(name))
        return answer, failures


def _plain(record: Any) -> Any:
    return msgspec.to_builtins(record, builtin_types=(bytes,))


def _fetched(task: Task, folder: Path) -> tuple[dict[str, str], list[Any]]:
    """The files of a batch that lie under URLs, fetched into ``folder``: label → local name, and those that cannot be
    reached."""
    local: dict[str, str] = {}
    unreachable: list[Any] = []
    for number, ((path, _), label) in enumerate(zip(task.items, task.labels, strict=True)):
        if "://" not in label:
            continue
        import fsspec

        target = folder / str(number) / label.rpartition("/")[2]
        target.parent.mkdir()
        try:
            with fsspec.open(label, "rb") as handle:
                target.write_bytes(handle.read())
            local[label] = str(target)
        except OSError as error:
            problem = Problem("", "cannot_open", "high", f"Không đọc được tệp {label}: {system_reason(error)}")
            unreachable.append((path, msgspec.to_builtins(problem)))
    return local, unreachable


_turn = Lock()  # one batch at a time, whatever the number of threads


@lru_cache(maxsize=1)
def _pool() -> Pool:
    """The worker of this machine; it outlives a batch."""
    pool = Pool(1)
    atexit.register(pool.__exit__, None, None, None)
    return pool


def _live(files: Sequence[str], keys: dict[str, str], store: Store) -> list[tuple[Place, str]]:
    return [(place, path) for path in files for place in store.places(keys[path])]


def _tables() -> list[Any]:
    from doichieu.schema import TABLES

    return list(TABLES)


def write_part_tables(store_root: str, out: str, part: str, items: list[Any]) -> list[str]:
    """The rows of the documents of one part as Parquet, one file a table; returns the names of the files."""
    from doichieu.running.writing import rows_of

    store, target = Store(Files(store_root)), Files(out)
    rows: dict[str, list[bytes]] = {}
    by_name = {table.name: table for table in _tables()}
    for base, entry, path, patch in items:
        place = Place(part, base, msgspec.convert(entry, parts.Entry))
        live = Live(place, path, msgspec.convert(patch, resolve.Patch) if patch is not None else None)
        for name, data in rows_of(store, live, by_name):
            rows.setdefault(name, []).append(data)
    store.close()
    written = []
    for name, pieces in sorted(rows.items()):
        file = f"{name}/part-{part.removesuffix('.part')}.parquet"
        target.write(file, _parquet(by_name[name], b"".join(pieces)))
        written.append(file)
    return written


def _run_tables(root: Files, store: Store, places: list[tuple[Place, str]], problems: dict[str, Problem]) -> set[str]:
    """The tables that belong to the whole run: the agencies, and the files that could not be read."""
    from doichieu.tables.files import csv_rows

    by_name = {table.name: table for table in _tables()}
    gathered = Agencies()
    for place, _ in places:
        gathered.add(parts.read_index(store.blob(place, "index")))
    agencies = gathered.rows()
    written = set()
    for name, records in (("agencies", agencies), ("problems", [problems[path] for path in sorted(problems)])):
        table = by_name[name]
        root.write(f"{name}/run.parquet", _parquet(table, csv_rows(table, [("", record) for record in records])))
        written.add(f"{name}/run.parquet")
    return written


def _parquet(table: Any, rows: bytes) -> bytes:
    from doichieu.export.parquet import record_batches, schema

    from pyarrow import parquet  # isort: skip

    stream = io.BytesIO()
    with parquet.ParquetWriter(stream, schema(table), compression="zstd") as writer:
        for batch in record_batches(table, io.StringIO(rows.decode("utf-8", "surrogatepass"), newline="")):
            writer.write_batch(batch)
    return stream.getvalue()
