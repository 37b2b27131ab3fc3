"""What the worker processes of the office do: read a file, compare documents, write reports.

Each function has the form of :class:`doichieu.processes.workers.Task`: called with an item, then with None for the
answer.  Answers are plain data, ready to be stored: the server decodes no document.  Problems of the input are
answers, never exceptions.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from doichieu.errors import DoichieuError, UnreadableFile
from doichieu.model import Comparison, Document, DocumentInfo, Mend

#: How large pages are drawn: points to dots, and the longest side of a picture.
_SCALE, _WIDEST = 1.6, 1600
#: Fields of a document's head that a person may correct.
HEAD_FIELDS = ("kind", "number", "issued_on", "issuer", "title", "implements", "nature")


def pack(value: Any) -> bytes:
    """A record as the store keeps it."""
    return zlib.compress(msgspec.msgpack.encode(value), 1)


def unpack_document(data: bytes) -> Document:
    """The document of :func:`pack`."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=Document)


def unpack_comparison(data: bytes) -> Comparison:
    """The comparison of :func:`pack`."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=Comparison)


def rows_of(table_name: str, items: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Records as CONTRACT prints them, typed as in JSON Lines: null for an empty cell, lists joined with ``; ``."""
    from doichieu.export.values import value
    from doichieu.schema import cell, table
    from doichieu.tables import rows

    wanted = table(table_name)
    return [
        {column.name: value(column, cell(v)) for column, v in zip(wanted.columns, row, strict=True)}
        for row in rows(wanted, items)
    ]


def folded(*texts: str | None) -> str:
    """Texts as a search without diacritics sees them."""
    from doichieu.text import fold, strip_accents

    return strip_accents(fold(" ".join(text for text in texts if text)))


# ---------------------------------------------------------------- reading


def _lend(kept: Path, path: Path) -> None:
    """Let the bytes at ``kept`` be read at ``path`` too: by another name, or as a copy where the disk knows none."""
    try:
        os.link(kept, path)
    except OSError:
        shutil.copyfile(kept, path)


def read(item: dict[str, Any] | None, context: dict[str, Any], kept: list[Any]) -> Any:
    """Read one uploaded file: ``path`` of its bytes, ``file_name``, ``document_id``, ``progress`` (a file to tell in).

    The answer is ``{"documents": […]}`` or ``{"error", "code"}``.
    """
    from doichieu.analyse import analyse

    if item is None:
        return kept
    tell = _teller(item.get("progress", ""))
    ending = Path(item["file_name"]).suffix
    try:
        with tempfile.TemporaryDirectory(dir=context["work"]) as folder, _watched(tell):
            path = Path(folder) / f"document{ending}"
            _lend(Path(item["path"]), path)
            tell("read")
            from doichieu.reading import read as read_file

            sources = read_file(path)
            tell("analyse", documents=len(sources))
        answers = []
        for number, source in enumerate(sources):
            name = item["document_id"] if number == 0 else f"{item['document_id']}.{number + 1}"
            problems = tuple(replace(p, document_id=name if p.document_id else "") for p in source.problems)
            source = replace(source, document_id=name, path=item["file_name"], problems=problems)
            answers.append(_document_answer(analyse(source)))
        kept.append({"documents": answers})
    except UnreadableFile as error:
        kept.append({"error": f"Không đọc được tệp {item['file_name']}: {error.reason}", "code": error.code})
    except MemoryError:
        kept.append({"error": f"Không đọc được tệp {item['file_name']}: cần quá nhiều bộ nhớ", "code": "memory_limit"})
    except Exception as error:  # said to the person who uploaded; the file stays for another try
        message = f"Không xử lý được tệp {item['file_name']}: lỗi bên trong ({type(error).__name__}: {error})"
        kept.append({"error": message, "code": "internal_error"})
    return None


@contextlib.contextmanager
def _watched(tell: Any) -> Any:
    """Pages as they are read, told to whoever waits."""
    from doichieu.reading import pages

    with pages.watched(lambda number, total: tell("read", page=number, pages=total)):
        yield


def _teller(path: str) -> Any:
    def tell(stage: str, **more: int) -> None:
        if not path:
            return
        with contextlib.suppress(OSError):  # progress is a courtesy: a full disk is told by what must be written
            temporary = f"{path}.new"
            Path(temporary).write_bytes(msgspec.json.encode({"stage": stage, **more}))
            os.replace(temporary, path)

    return tell


def _document_answer(document: Document) -> dict[str, Any]:
    from doichieu.report.bodies import body_key, body_names

    info = document.info
    bodies = body_names(document.assignments)
    lines: list[dict[str, Any]] = []
    name = document.document_id

    def line(kind: str, record_id: str, record: dict[str, Any], agency: str, due: str, *texts: str | None) -> None:
        lines.append(
            {
                "kind": kind,
                "record_id": record_id,
                "record": msgspec.json.encode(record).decode(),
                "agency": folded(agency),
                "due": due,
                "folded": folded(*texts),
            }
        )

    targets = rows_of("targets", ((name, t) for t in document.targets))
    leads: dict[str, list[str]] = {}
    for a in document.assignments:
        leads.setdefault(a.clause_path, []).append(bodies[body_key(a)])
    for target, row in zip(document.targets, targets, strict=True):
        agencies = " ; ".join(dict.fromkeys([target.lead_agency, *leads.get(target.clause_path, [])]))
        texts = (row["quote"], row["subject"], row["indicator"], row.get("scope"))
        line("targets", target.target_id, row, agencies, target.deadline, *texts)
    for a, row in zip(
        document.assignments, rows_of("assignments", ((name, a) for a in document.assignments)), strict=True
    ):
        line("assignments", a.assignment_id, row, a.agency, a.deadline, row["quote"], row["task"], row["agency"])
    clauses = {c.clause_id: c for c in document.clauses}
    for d, row in zip(document.deadlines, rows_of("deadlines", ((name, d) for d in document.deadlines)), strict=True):
        clause = clauses.get(d.clause_id)
        line("deadlines", d.deadline_id, row, "", d.date, row["quote"], clause.text if clause else "")
    whole = rows_of("documents", [(name, info)])[0]
    line("documents", name, whole, info.issuer, "", name, info.number, info.title, info.issuer, document.source.text)
    doubts = Counter(p.severity for p in document.problems)
    return {
        "document_id": name,
        "packed": pack(document),
        "record": msgspec.json.encode(whole).decode(),
        "head": head_of(info),
        "counts": {
            "targets": len(document.targets),
            "assignments": len(document.assignments),
            "deadlines": len(document.deadlines),
            "clauses": len(document.clauses),
            "problems": len(document.problems),
            "pages": len(document.source.pages),
            "characters": len(document.source.text),
        },
        "doubts": doubts["high"] + doubts["medium"],
        "lines": lines,
    }


def head_of(info: DocumentInfo) -> dict[str, Any]:
    """What a document is taken for."""
    return {
        "kind": info.kind,
        "number": info.number,
        "issued_on": info.issued_on,
        "issuer": info.issuer,
        "title": info.title,
        "implements": list(info.implements),
        "nature": info.nature,
    }


def corrected_head(document: Document, changes: dict[str, Any]) -> Document:
    """The document with the head that a person says is right."""
    values = {name: changes[name] for name in HEAD_FIELDS if name in changes}
    if "implements" in values:
        values["implements"] = tuple(values["implements"])
    return replace(document, info=replace(document.info, **values)) if values else document


# ---------------------------------------------------------------- comparing


def compare(item: dict[str, Any] | None, context: dict[str, Any], kept: list[Any]) -> Any:
    """Compare ``child`` with ``parents`` (packed documents).

    ``find``: the parents are candidates, of which those are taken that the child says it carries out;
    ``corrections`` by document id; ``mends`` by parent id.
    The answer is ``{"comparisons", "sought"}`` or ``{"error"}``.
    """
    if item is None:
        return kept
    from doichieu.comparison.mending import mend
    from doichieu.comparison.several.stage import compare_many, compare_quoted
    from doichieu.resolve import resolve

    try:
        corrections = item["corrections"]
        documents = [
            corrected_head(d, corrections.get(d.document_id, {}))
            for d in (unpack_document(data) for data in (item["child"], *item["parents"]))
        ]
        child, *others = resolve(documents)
        answers = _parents(child, others, corrections) if item["find"] else others
        comparisons = compare_many(child, answers)
        if item["find"]:
            quoted = compare_quoted(child, answers)
            if quoted.deviations:
                comparisons.append(quoted)
        out = []
        for comparison in comparisons:
            key = comparison.parent.document_id if comparison.parent else ""
            mends = [msgspec.convert(m, Mend) for m in item["mends"].get(key, [])]
            mended, left = mend(comparison, mends)
            out.append(_comparison_answer(mended, mends, left))
        kept.append({"comparisons": out, "sought": list(child.info.implements)})
    except (DoichieuError, ValueError) as error:
        kept.append({"error": str(error), "code": "unprocessable"})
    except MemoryError:
        kept.append({"error": "Đối chiếu cần quá nhiều bộ nhớ", "code": "memory_limit"})
    except Exception as error:  # said to the person who asked
        kept.append(
            {"error": f"Lỗi bên trong khi đối chiếu ({type(error).__name__}: {error})", "code": "internal_error"}
        )
    return None


def _parents(child: Document, others: list[Document], corrections: dict[str, Any]) -> list[Document]:
    """The documents that the child carries out; by number alone where a person named them."""
    from doichieu.resolve import parents_of

    said = corrections.get(child.document_id, {}).get("implements")
    if said is not None:
        return [d for d in others if d.info.number and d.info.number in said]
    wanted = parents_of(child, [child, *others])
    return [d for d in others if d.document_id in wanted]


def _comparison_answer(comparison: Comparison, mends: list[Mend], left: list[Mend]) -> dict[str, Any]:
    from doichieu.report.view import comparison_view

    view = comparison_view(comparison)
    deviations = {d.deviation_id: d for d in comparison.deviations}
    rows = dict(
        zip(
            (d.deviation_id for d in comparison.deviations),
            rows_of("deviations", (("", d) for d in comparison.deviations)),
            strict=True,
        )
    )
    mended: dict[tuple[str, str], str] = {}
    for one in mends:
        if one in left:
            continue
        mended[one.child_target_id, one.parent_target_id] = one.kind
        if one.kind == "unpair":
            mended[one.child_target_id, ""] = mended["", one.parent_target_id] = "unpair"
    findings = []
    for f in view.findings:
        d = deviations[f.id]
        findings.append(
            {
                "id": f.id,
                "number": f.number,
                "position": f.position,
                "severity": f.severity,
                "kinds": "; ".join(f.kinds),
                "child_target": d.child_target_id,
                "parent_target": d.parent_target_id,
                "fingerprint": f.fingerprint,
                "child_key": f.child_key,
                "parent_key": f.parent_key,
                "mended": mended.get((d.child_target_id, d.parent_target_id), ""),
                "record": msgspec.json.encode(rows[f.id]).decode(),
                "view": msgspec.json.encode(f).decode(),
            }
        )
    duties = [
        {
            "id": d.duty_id,
            "verdict": d.verdict,
            "severity": d.severity,
            "record": msgspec.json.encode(row).decode(),
            "view": msgspec.json.encode(line).decode(),
        }
        for d, row, line in zip(
            comparison.duties, rows_of("duties", (("", d) for d in comparison.duties)), view.duties, strict=True
        )
    ]
    return {
        "parent": comparison.parent.document_id if comparison.parent else "",
        "packed": pack(comparison),
        "sentence": view.sentence,
        "counts": {
            "findings": len(findings),
            "severities": dict(Counter(f.severity for f in view.findings)),
            "kinds": dict(Counter(kind for f in view.findings for kind in f.kinds)),
            "duties": dict(Counter(d.verdict for d in comparison.duties)),
            "left": len(left),
        },
        "problems": [{"code": p.code, "severity": p.severity, "message": p.message} for p in comparison.problems],
        "findings": findings,
        "duties": duties,
    }


# ---------------------------------------------------------------- reports


def report(item: dict[str, Any] | None, context: dict[str, Any], kept: list[Any]) -> Any:
    """Write the reports of a packed ``comparison`` with ``decisions`` into ``folder``; the answer names an error."""
    if item is None:
        return kept
    from doichieu.report import write_comparison
    from doichieu.report.decisions import decision_of

    try:
        comparison = unpack_comparison(item["comparison"])
        decisions = {key: decision_of(value) for key, value in item["decisions"].items()}
        write_comparison(comparison, Path(item["folder"]), decisions=decisions, lang=item["lang"])
        kept.append({})
    except DoichieuError as error:
        kept.append({"error": str(error), "code": "unprocessable"})
    return None


def document_report(item: dict[str, Any] | None, context: dict[str, Any], kept: list[Any]) -> Any:
    """Write the reports of a packed ``document`` into ``folder``."""
    if item is None:
        return kept
    from doichieu.report import write_document

    document = corrected_head(unpack_document(item["document"]), item["corrections"])
    kept.append({"files": [path.name for path in write_document(document, Path(item["folder"]), lang=item["lang"])]})
    return None


def picture(item: dict[str, Any] | None, context: dict[str, Any], kept: list[Any]) -> Any:
    """Draw page ``number`` of the file at ``path`` into ``target``; the answer tells whether there is such a page."""
    if item is None:
        return kept
    from doichieu.reading import sniff

    with open(item["path"], "rb") as handle:
        kind = sniff(handle.read(4096), Path(item["file_name"]).suffix)
    image = None
    if kind == "pdf":
        import pypdfium2 as pdfium

        document = pdfium.PdfDocument(item["path"])
        try:
            if 1 <= item["number"] <= len(document):
                image = document[item["number"] - 1].render(scale=_SCALE).to_pil()
        finally:
            document.close()
    elif kind in ("png", "jpg", "tif", "bmp", "webp"):
        from PIL import Image

        with Image.open(item["path"]) as opened:
            if 1 <= item["number"] <= int(getattr(opened, "n_frames", 1)):
                opened.seek(item["number"] - 1)
                image = opened.convert("RGB")
                image.thumbnail((_WIDEST, _WIDEST))
    if image is not None:
        image.save(f"{item['target']}.new", "PNG")
        os.replace(f"{item['target']}.new", item["target"])
    kept.append({"made": image is not None})
    return None
