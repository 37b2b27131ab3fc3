"""A consolidated text as Akoma Ntoso, each change of it a ``textualMod`` of ``passiveModifications``."""

from __future__ import annotations

import re
from typing import Any

from doichieu.amending.stretches import applied
from doichieu.export.akn import NAMESPACE, akoma_ntoso
from doichieu.model import Change, Consolidation, Document

_TYPES = {
    "replace": "substitution",
    "replace_words": "substitution",
    "rename": "substitution",
    "insert": "insertion",
    "insert_words": "insertion",
    "delete": "repeal",
    "delete_words": "repeal",
    "end": "repeal",
}
_UNDATED = "0001-01-01"


def document(consolidation: Consolidation, held: Document) -> bytes:
    """The consolidated text as Akoma Ntoso; ``held`` is the document read from it."""
    from lxml import etree

    root = etree.fromstring(akoma_ntoso(held))
    meta = root.find(f".//{{{NAMESPACE}}}meta")
    changes = applied(consolidation)
    if not changes:
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    places = {e.get("wId"): e.get("eId") for e in root.iter() if e.get("wId")}
    amenders = sorted({(c.amending_document, c.effective_on) for c in changes})

    def add(parent: Any, tag: str, **attributes: str) -> Any:
        return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)

    lifecycle = etree.Element(f"{{{NAMESPACE}}}lifecycle", {"source": "#doichieu"})
    day = consolidation.base.info.effective_on or consolidation.base.info.issued_on or _UNDATED
    add(lifecycle, "eventRef", eId="e_0", date=day, source="#doichieu", type="generation")
    for n, (_, effective) in enumerate(amenders, 1):
        add(lifecycle, "eventRef", eId=f"e_{n}", date=effective or _UNDATED, source=f"#amd_{n}", type="amendment")
    analysis = etree.Element(f"{{{NAMESPACE}}}analysis", {"source": "#doichieu"})
    passive = add(analysis, "passiveModifications")
    for n, change in enumerate(changes, 1):
        amender = amenders.index((change.amending_document, change.effective_on)) + 1
        mod = add(passive, "textualMod", type=_TYPES.get(change.action, "substitution"), eId=f"pmod_{n}")
        add(mod, "source", href=f"#amd_{amender}", eId=f"pmod_{n}__source")
        add(mod, "destination", href=f"#{_place(change, held, places)}", eId=f"pmod_{n}__destination")
        if change.base_text:
            add(mod, "old", href=f"#{_place(change, held, places)}", eId=f"pmod_{n}__old")
        if change.new_text:
            add(mod, "new", href=f"#{_place(change, held, places)}", eId=f"pmod_{n}__new")
    references = meta.find(f"{{{NAMESPACE}}}references")
    references.addprevious(lifecycle)
    references.addprevious(analysis)
    for n, (number, _) in enumerate(amenders, 1):
        name = re.sub(r"[^\w.-]+", "-", number)
        references.insert(
            0,
            etree.Element(
                f"{{{NAMESPACE}}}passiveRef",
                {"eId": f"amd_{n}", "href": f"/akn/vn/doc/{name}", "showAs": number},
            ),
        )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _place(change: Change, held: Document, places: dict[str, str]) -> str:
    """The element in which a change stands; the one before it where wording was only taken away."""
    start = change.char_start or 0
    chosen = ""
    for clause in held.clauses:
        if clause.clause_id in places and clause.char_start <= max(start, 0):
            if clause.leaf or not chosen:
                chosen = places[clause.clause_id]
        elif clause.char_start > start:
            break
    return chosen or next(iter(places.values()), "doc")
