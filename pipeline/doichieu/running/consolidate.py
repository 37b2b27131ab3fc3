"""``doichieu consolidate``: the text of a document that holds on a day, its amendments sought in a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from doichieu.amending.held import document_of, hold
from doichieu.errors import UsageError
from doichieu.lexicon import load
from doichieu.model import Amendment, Consolidation, Document
from doichieu.running.run import Log, analyse_paths, prepare_output, to_stderr

#: Format → ending of the file; ``json`` are the records of the document that holds.
ENDINGS = {"html": ".html", "docx": ".docx", "akn": ".akn.xml", "txt": ".txt", "json": ".json"}


def run(
    wanted: str,
    corpus: Path,
    on: str,
    out: Path,
    *,
    formats: Sequence[str] = ("html", "docx", "akn"),
    lang: str = "vi",
    with_errors: bool = False,
    say: Callable[[str], None] = print,
    log: Log = to_stderr,
) -> int:
    """Write the consolidated text of ``wanted`` (a path, an id or a number) as it holds on ``on``.

    Returns 0, or 1 where an order was left out or a file could not be read.
    """
    from doichieu.report.consolidated.page import counts, provision_name, validity

    prepare_output(out)
    given = Path(wanted)
    documents, problems = analyse_paths([*([given] if given.is_file() else []), corpus], log)
    base = chosen(wanted, documents)
    done = hold(base, documents, on, lenient=with_errors)
    write(done, out, formats, lang)
    text = load(f"amending_{lang}")["text"]
    reasons = load(f"amending_{lang}")["reasons"]
    say(text["counts"].format(**counts(done)))
    orders = {row.amendment_id: row for document in documents for row in document.amendments}
    figures = sum(1 for c in done.changes if c.status == "left_out" and _bare_figure(orders.get(c.amendment_id)))
    if figures:
        say(text["figures"].format(n=figures))
    for note in validity(done, lang):
        say(note)
    left = [change for change in done.changes if change.status == "left_out"]
    for change in left:
        near = f" “{' '.join(change.base_text.split())}”" if change.reason == "near_match" else ""
        say(
            text["left_out"].format(
                provision=provision_name(change.provision, lang) or "?",
                number=change.amending_document,
                reason=reasons[change.reason],
            )
            + near
        )
    return 1 if left or problems else 0


def _bare_figure(row: Amendment | None) -> bool:
    """Whether an amendment changes a figure and names no provision: counted apart."""
    return row is not None and row.kind == "dieu_chinh" and "provision_not_named" in row.unresolved


def chosen(wanted: str, documents: Sequence[Document]) -> Document:
    """The document of a path, an id or a number; :class:`doichieu.errors.UsageError` where there is none or several."""
    path = Path(wanted)
    if path.is_file():
        here = path.resolve()
        found = [d for d in documents if d.info.path and Path(d.info.path).resolve() == here]
    else:
        found = [d for d in documents if d.document_id == wanted] or [
            d for d in documents if d.info.number and d.info.number == "".join(wanted.split())
        ]
    if not found:
        raise UsageError(f"Không tìm thấy văn bản “{wanted}” trong tập văn bản (đường dẫn, mã hoặc số, ký hiệu).")
    if len(found) > 1:
        names = "; ".join(f"{d.document_id} ({d.info.path})" for d in found)
        raise UsageError(f"Có {len(found)} văn bản mang số “{wanted}”: {names}. Hãy nêu đường dẫn hoặc mã.")
    return found[0]


def write(done: Consolidation, out: Path, formats: Sequence[str], lang: str) -> None:
    """The text, ``changes.csv`` and the formats asked for."""
    from doichieu.report.consolidated import akn, page, word
    from doichieu.schema import table
    from doichieu.tables.files import csv_bytes, document_json, put

    stem = f"{done.base.document_id}.{done.on}"
    put(out / f"{stem}.txt", done.text.encode("utf-8", "surrogatepass"))
    put(out / "changes.csv", csv_bytes(table("changes"), [("", change) for change in done.changes]))
    makers: dict[str, Callable[[], bytes]] = {
        "html": lambda: page.page(done, lang).encode(),
        "docx": lambda: word.document(done),
        "akn": lambda: akn.document(done, document_of(done)),
        "json": lambda: document_json(document_of(done)),
    }
    for name in formats:
        if name in makers:
            put(out / f"{stem}{ENDINGS[name]}", makers[name]())


__all__ = ["ENDINGS", "chosen", "run", "write"]
