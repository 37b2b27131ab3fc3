"""The work of a comparison that workers do: documents from the cache in, tables and reports of a pair out.

The process that runs the comparison holds no whole document: it knows who cites whom (:func:`linked`), hands each child
with its parents to a worker, and gets back what the portfolio needs.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from doichieu.errors import DoichieuError, UnwritableOutput, system_reason
from doichieu.model import Agency, Comparison, Deviation, Document, DocumentInfo, Problem, Source, Target
from doichieu.reading.files import cut_name, is_regular
from doichieu.reading.guard import blame
from doichieu.resolve import Patch
from doichieu.running import parts
from doichieu.running.store import Files, Place, Store, final
from doichieu.running.writing import Live, learned

if TYPE_CHECKING:
    from doichieu.report import Signing
    from doichieu.report.decisions import Decision
    from doichieu.report.mends import Done

#: The folder of a child's comparison with parents that it only quotes.
QUOTED = "van-ban-duoc-dan"
#: Tables of a pair that are written without rows too.
_ALWAYS = ("documents", "clauses", "targets", "assignments", "agencies", "deviations", "duties", "problems")
_LONGEST = 255  # bytes that the name of a folder may have
_HELD = 8  # documents that a worker keeps from pair to pair


class Slim(Struct, frozen=True, array_like=True):
    """What the portfolio needs of a document."""

    info: DocumentInfo
    targets: tuple[Target, ...] = ()
    agencies: tuple[Agency, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Slim:
        """A document without its text."""
        return cls(document.info, document.targets, document.agencies)


class Made(Struct, frozen=True, array_like=True):
    """What a worker made of one child and one parent."""

    folder: str
    child: str
    parent: Slim | None
    deviations: tuple[Deviation, ...]
    kinds: tuple[str, ...]
    carried: dict[str, int]
    duties: int = 0
    odd: int = 0
    otherwise: bool = False  # a side was compared otherwise than the cache has it: as amended, mended, or unasked


class Answer(Struct, frozen=True, array_like=True):
    """What a worker answers for one child: itself, its pairs, and what went wrong: ``(folder, code, message)``."""

    child: Slim
    made: tuple[Made, ...] = ()
    problems: tuple[tuple[str, str, str], ...] = ()
    wrong_call: str = ""
    unwritable: str = ""


def pair_folder(child_id: str, parent_id: str) -> str:
    """The name of a pair's folder, ``<child>__<parent>``; of two long names, each is cut and told apart by a digest."""
    if len(f"{child_id}__{parent_id}".encode()) <= _LONGEST:
        return f"{child_id}__{parent_id}"
    half = (_LONGEST - 2) // 2
    return f"{cut_name(child_id, half)}__{cut_name(parent_id, half)}"


def empty(info: DocumentInfo, **records: Any) -> Document:
    """A document of which only some records are at hand."""
    source = Source(info.document_id, info.path, info.sha256, "", "", verbatim=False)
    return Document(info=info, source=source, **records)


def linked(store: Store, live: Live) -> Document:
    """A document with what it says of others and without its text."""
    info, citations = learned(parts.read_rows(store.blob(live.place, "rows")), live.patch)
    return empty(msgspec.structs.replace(info, path=live.path), citations=tuple(citations))


def reference(live: Live) -> list[Any]:
    """How a document is named to a worker."""
    return [live.place.part, live.place.base, live.place.entry, live.path, live.patch]


def _loaded(store: Store, held: dict[str, Document], given: Sequence[Any]) -> Document:
    part, base, entry, path, patch = given
    place = Place(part, base, msgspec.convert(entry, parts.Entry))
    name = f"{part} {place.entry.document_id} {path}"
    if name not in held:
        while len(held) >= _HELD:
            held.pop(next(iter(held)))
        held[name] = final(store, place, path, msgspec.convert(patch, Patch) if patch is not None else None)
    return held[name]


_held: dict[str, Document] = {}


def compare_child(item: Any, context: dict[str, Any], kept: list[Any]) -> Any:
    """Compare one child ``(child, parents)`` and write its reports; at the end (None) answer all of the batch.

    The answer is ``[[Answer], the part of the cache that was found damaged]``.
    """
    if item is None:
        return [kept, context.get("damaged", "")]
    from doichieu.comparison.several import stage as several

    store = Store(Files(context["store"]))
    try:
        child, *answers = [_loaded(store, _held, given) for given in (item[0], *item[1])]
        changes = [[_loaded(store, _held, given) for given in group] for group in item[2]]
    except parts.Damaged as damaged:
        context["damaged"] = damaged.part
        return None
    finally:
        store.close()
    made: list[Made] = []
    problems: list[tuple[str, str, str]] = []
    wrong_call, unwritable = "", ""
    kept_as = [document for document in (child, *answers) if document.info.nature == "administrative"]
    try:
        answers, told = _as_of(child, answers, changes)
        comparisons = [
            msgspec.structs.replace(c, problems=(*c.problems, *told.get(c.parent.document_id, ()))) if c.parent else c
            for c in several.compare_many(child, answers)
        ]
        quoted = several.compare_quoted(child, answers)
        if quoted.deviations:
            comparisons.append(quoted)
        for comparison in comparisons:
            made.append(_write(comparison, context, problems, kept_as))
    except UnwritableOutput as error:
        unwritable = error.reason
    except DoichieuError as error:
        wrong_call = str(error)
    except OSError as error:
        unwritable = system_reason(error)
    except Exception as error:  # one pair must not cost the others their reports
        reason, code = blame(error)
        problems.append((child.document_id, code, f"Không đối chiếu được: {reason}"))
    kept.append(Answer(Slim.of(child), tuple(made), tuple(problems), wrong_call, unwritable))
    return None


def _as_of(
    child: Document, parents: list[Document], changes: list[list[Document]]
) -> tuple[list[Document], dict[str, list[Problem]]]:
    """The parents as they held on the child's day, and what is to be said of their amendments."""
    day = child.info.issued_on
    if not day or not any(changes):
        return parents, {}
    from doichieu.amending.held import changed_since, document_of, hold

    out: list[Document] = []
    told: dict[str, list[Problem]] = {}
    for parent, amenders in zip(parents, changes, strict=True):
        amending = [a for a in amenders if a.document_id != child.document_id]
        out.append(document_of(hold(parent, amending, day)) if amending else parent)
        if amending:
            told[parent.document_id] = changed_since(parent, amending, day)
    return out, told


def _write(
    comparison: Comparison, context: dict[str, Any], problems: list[tuple[str, str, str]], kept_as: Sequence[Document]
) -> Made:
    from doichieu.report.decision_files import FILE_NAME, load, load_mends
    from doichieu.report.decisions import Decision
    from doichieu.report.mends import Mended, made_anew

    name = pair_folder(
        comparison.child.document_id, comparison.parent.document_id if comparison.parent is not None else QUOTED
    )
    folder = Path(os.fsdecode(context["out"])) / name
    given = context["decisions"]
    decisions = msgspec.convert(given, dict[str, Decision]) if given is not None else None
    mends = msgspec.convert(context.get("mends") or [], tuple[Mended, ...])
    if decisions is None and is_regular(folder / FILE_NAME):
        try:
            decisions, mends = load(folder / FILE_NAME), load_mends(folder / FILE_NAME)
        except DoichieuError as error:  # this pair is shown without decisions; the others keep theirs
            problems.append((name, "unreadable_decisions", str(error)))
    template = Path(os.fsdecode(context["template"])) if context["template"] else None
    comparison, done = made_anew(comparison, [one for one in mends if one.pair in ("", _pair(comparison))])
    carried = write_comparison(
        comparison,
        folder,
        decisions,
        context["lang"],
        context["formats"],
        template,
        _signing(context),
        done,
        comments=bool(context.get("comments")),
        pages=bool(context.get("pages")),
    )
    slim = tuple(
        Deviation(
            d.child_document,
            d.parent_document,
            d.deviation_id,
            d.child_target_id,
            d.parent_target_id,
            d.kinds,
            d.severity,
        )
        for d in comparison.deviations
    )
    return Made(
        name,
        comparison.child.document_id,
        Slim.of(comparison.parent) if comparison.parent is not None else None,
        slim,
        tuple(sorted({kind for d in comparison.deviations for kind in d.kinds})),
        dict(carried),
        len(comparison.duties),
        len(comparison.problems),
        _otherwise(comparison, kept_as),
    )


def _otherwise(comparison: Comparison, kept_as: Sequence[Document]) -> bool:
    """Whether a side of the comparison is not one of the documents as the cache has them."""
    sides = [comparison.child, *([comparison.parent] if comparison.parent is not None else [])]
    return any(all(side is not one for one in kept_as) for side in sides)


def _pair(comparison: Comparison) -> str:
    """What the files of marks call the pair."""
    parent = comparison.parent
    return f"{comparison.child.document_id}__{parent.document_id if parent is not None else 'quoted'}"


def _signing(context: dict[str, Any]) -> Signing:
    from doichieu.report import Signing

    return Signing(context.get("reviewer", ""), context.get("authority", "state"))


def write_comparison(
    comparison: Comparison,
    folder: Path,
    decisions: Mapping[str, Decision] | None,
    lang: str,
    formats: Sequence[str] = (),
    template: Path | None = None,
    signing: Signing | None = None,
    mends: Sequence[Done] = (),
    *,
    comments: bool = False,
    pages: bool = False,
) -> Counter[str]:
    """Write tables and reports of one comparison, the tables in further ``formats`` too.

    Returns how many earlier decisions still apply (``current``), have a finding that changed, or are gone.
    """
    from doichieu.report import Signing
    from doichieu.report import write_comparison as write_report
    from doichieu.running import findings
    from doichieu.schema import DIFF_TABLES, SIDES
    from doichieu.schema import table as table_of
    from doichieu.tables.files import csv_bytes, package, write

    records = findings.tables(comparison)
    known = (*SIDES, *DIFF_TABLES, table_of("problems"))
    tables = [findings.alone(t) for t in known if records.get(t.name) or t.name in _ALWAYS]
    for table in tables:
        write(folder / f"{table.name}.csv", csv_bytes(table, records[table.name]))
    for name in {t.name for t in DIFF_TABLES} - {t.name for t in tables}:
        (folder / f"{name}.csv").unlink(missing_ok=True)  # of an earlier run
    write(folder / "datapackage.json", package(tables, "doichieu-diff", folder))
    if formats:
        from doichieu import export

        export.write(formats, folder, tables)
    view = write_report(
        comparison,
        folder,
        decisions=decisions,
        lang=lang,
        template=template,
        signing=signing or Signing(),
        mends=mends,
        comments=comments,
        pages=pages,
    )
    states = Counter(f.review.state for f in view.findings if f.review.state)
    return states + Counter({"gone": len(view.gone)})


def report_document(item: Any, context: dict[str, Any], kept: list[Any]) -> Any:
    """Write the reports of one document; at the end (None) answer the files of the batch and a damaged part."""
    if item is None:
        return [kept, context.get("damaged", "")]
    from doichieu.report import write_document

    store = Store(Files(context["store"]))
    try:
        document = _loaded(store, _held, item)
    except parts.Damaged as damaged:
        context["damaged"] = damaged.part
        return None
    finally:
        store.close()
    written = write_document(document, Path(os.fsdecode(context["out"])), lang=context["lang"])
    kept.append([os.fsencode(path) for path in written])
    return None


def follow_chain(item: Any, context: dict[str, Any], kept: list[Any]) -> Any:
    """The rows of ``chain.csv`` of one chain: its documents from the top, and what amends each but the last; at the end
    (None) those of the batch."""
    if item is None:
        return [kept, context.get("damaged", "")]
    from doichieu.comparison.several import chain

    store = Store(Files(context["store"]))
    try:
        levels = [_loaded(store, _held, given) for given in item[0]]
        changes = [[_loaded(store, _held, given) for given in group] for group in item[1]]
        held = [
            _as_of(lower, [upper], [amenders])[0][0]
            for upper, lower, amenders in zip(levels, levels[1:], changes, strict=False)
        ]
        kept += chain.table_rows(levels, held)
    except parts.Damaged as damaged:
        context["damaged"] = damaged.part
    finally:
        store.close()
    return None
