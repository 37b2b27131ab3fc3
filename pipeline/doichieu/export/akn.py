"""Akoma Ntoso 3.0 (OASIS LegalDocumentML): the segmented document with its numbering as printed and our clause ids.

Every clause becomes an element; its ``wId`` is the ``clause_id`` of the tables, its ``eId`` follows the naming
convention
(``art_3__point_a``).  Citations become ``ref``, footnotes ``authorialNote``, tables tables; nothing of the text is left
out.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from doichieu.model import Citation, Clause, Document
from doichieu.model.tree import Tree

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_UNKNOWN_DATE = "0001-01-01"
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PREFACE = ("header", "title", "stamp")
_CLOSING = ("recipients", "recipient", "signature", "stamp")
#: How a mark begins → the element, and its short name in ids.
_ELEMENTS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"phần\b", re.IGNORECASE), "part", "part"),
    (re.compile(r"chương\b", re.IGNORECASE), "chapter", "chp"),
    (re.compile(r"tiểu mục\b", re.IGNORECASE), "subsection", "subsec"),
    (re.compile(r"mục\b|[IVXLC]+\b|[A-ZĐ]\b", re.IGNORECASE), "section", "sec"),
    (re.compile(r"điều\b", re.IGNORECASE), "article", "art"),
    (re.compile(r"\d"), "paragraph", "para"),
    (re.compile(r"\(?[a-zđ]\b"), "point", "point"),
    (re.compile(r"[-+*•▪◦]"), "indent", "indent"),
)
_ROMAN = re.compile(r"[IVXLC]+\b|[A-ZĐ]\b")


def akoma_ntoso(document: Document, *, beside: bool = False) -> bytes:
    """The document as Akoma Ntoso; the same document gives the same bytes.

    ``beside``: the documents at hand that it cites lie beside it in the same form, and references lead there.
    """
    from lxml import etree

    names: Any = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap=names)
    writer = _Writer(document, root, beside)
    writer.write()
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


class _Writer:
    def __init__(self, document: Document, root: Any, beside: bool) -> None:
        self.document = document
        self.beside = beside
        self.tree = Tree(list(document.clauses))
        self.root = root
        self.used: set[str] = set()
        self.citations: dict[str, list[Citation]] = {}
        for citation in document.citations:
            self.citations.setdefault(citation.clause_id, []).append(citation)

    def _add(self, parent: Any, tag: str, text: str = "", /, **attributes: str) -> Any:
        from lxml import etree

        element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", {k: _clean(v) for k, v in attributes.items()})
        if text:
            element.text = _clean(text)
        return element

    def write(self) -> None:
        """The whole document."""
        info = self.document.info
        doc = self._add(self.root, "doc", name=info.kind or "doc")
        self._meta(doc)
        top = [clause for clause in self.document.clauses if not clause.parent_id]
        start = next((i for i, c in enumerate(top) if c.kind not in (*_PREFACE, "preamble")), len(top))
        end = len(top)
        while end > start and top[end - 1].kind in _CLOSING:
            end -= 1
        head, body, closing = top[:start], top[start:end], top[end:]
        preface = [c for c in head if c.kind != "preamble"]
        if preface:
            self._blocks(self._add(doc, "preface"), preface)
        if preamble := [c for c in head if c.kind == "preamble"]:
            self._blocks(self._add(doc, "preamble"), preamble)
        main = self._add(doc, "mainBody")
        for clause in body:
            self._clause(main, clause, "")
        if not body:
            self._add(main, "p")
        if closing:
            self._blocks(self._add(doc, "conclusions"), closing)

    # -- meta ----------------------------------------------------------------------------------------------

    def _meta(self, doc: Any) -> None:
        info = self.document.info
        date = info.issued_on or _UNKNOWN_DATE
        name = re.sub(r"[^\w.-]+", "-", info.number or self.document.document_id)
        work = f"/akn/vn/doc/{info.kind or 'doc'}/{date}/{name}"
        meta = self._add(doc, "meta")
        identification = self._add(meta, "identification", source="#doichieu")
        issuer = "#issuer" if info.issuer else "#doichieu"
        for level, uri, author in (
            ("FRBRWork", work, issuer),
            ("FRBRExpression", f"{work}/vie@{date}", issuer),
            ("FRBRManifestation", f"{work}/vie@{date}.xml", "#doichieu"),
        ):
            part = self._add(identification, level)
            self._add(part, "FRBRthis", value=f"{uri}/!main" if level != "FRBRManifestation" else uri)
            self._add(part, "FRBRuri", value=uri)
            self._add(part, "FRBRdate", date=date, name="issued" if info.issued_on else "unknown")
            self._add(part, "FRBRauthor", href=author)
            if level == "FRBRWork":
                self._add(part, "FRBRcountry", value="vn")
                if info.number:
                    self._add(part, "FRBRnumber", value=info.number)
                if info.title:
                    self._add(part, "FRBRname", value=info.title)
            elif level == "FRBRExpression":
                self._add(part, "FRBRlanguage", language="vie")
        references = self._add(meta, "references", source="#doichieu")
        self._add(
            references, "TLCOrganization", eId="doichieu", href="/ontology/organization/doichieu", showAs="Đối Chiếu"
        )
        if info.issuer:
            self._add(
                references, "TLCOrganization", eId="issuer", href="/ontology/organization/issuer", showAs=info.issuer
            )
        for agency in self.document.agencies:
            slug = re.sub(r"[^\w.-]+", "-", agency.agency_id)
            self._add(
                references,
                "TLCOrganization",
                eId=f"org_{slug}",
                href=f"/ontology/organization/{slug}",
                showAs=agency.name,
            )

    # -- text ----------------------------------------------------------------------------------------------

    def _blocks(self, parent: Any, clauses: list[Clause]) -> None:
        """Clauses as plain paragraphs, one leaf each."""
        for clause in clauses:
            if clause.leaf:
                paragraph = self._add(
                    parent,
                    "p",
                    **{"class": clause.kind},
                    eId=self._id("", f"p_{clause.clause_id}"),
                    wId=clause.clause_id,
                )
                inner = self._add(paragraph, "docTitle") if clause.kind == "title" else paragraph
                self._text(inner, clause)
            else:
                self._blocks(parent, self.tree.children(clause))

    def _clause(self, parent: Any, clause: Clause, above: str) -> None:
        """A clause of the body as a hierarchical element."""
        name, short = _element(clause)
        number = clause.path[-1] if clause.path and clause.marker else ""
        slug = re.sub(r"[^\w.]+", "-", number).strip("-").replace(" ", "-") or clause.clause_id
        identity = self._id(above, f"{short}_{slug}")
        attributes = {"eId": identity, "wId": clause.clause_id}
        if name == "hcontainer":
            attributes["name"] = clause.kind
        element = self._add(parent, name, **attributes)
        if clause.marker and clause.kind != "table_row":
            self._add(element, "num", clause.marker)
        if clause.leaf:
            content = self._add(element, "content")
            if clause.kind == "footnote":
                note = self._add(
                    self._add(content, "p"),
                    "authorialNote",
                    marker=clause.marker or "*",
                    placement="bottom",
                    eId=self._id(identity, "note"),
                )
                self._text(self._add(note, "p"), clause)
            elif clause.cells:
                self._rows(content, [clause], identity)
            else:
                self._text(self._add(content, "p"), clause)
            return
        children = self.tree.children(clause)
        if (
            children
            and children[0].leaf
            and children[0].char_start == clause.char_start
            and children[0].kind == "paragraph"
        ):
            own, children = children[0], children[1:]
            intro = self._add(element, "intro" if children else "content")
            self._text(self._add(intro, "p", eId=self._id(identity, "p_1"), wId=own.clause_id), own)
        rows: list[Clause] = []
        for child in children:
            if child.kind == "table_row" and child.leaf:
                rows.append(child)
                continue
            self._table(element, rows, identity)
            rows = []
            self._clause(element, child, identity)
        self._table(element, rows, identity)

    def _table(self, parent: Any, rows: list[Clause], above: str) -> None:
        if rows:
            holder = self._add(
                parent, "hcontainer", name="table", eId=self._id(above, f"hcontainer_{rows[0].clause_id}")
            )
            self._rows(self._add(holder, "content"), rows, above)

    def _rows(self, parent: Any, rows: list[Clause], above: str) -> None:
        table = self._add(parent, "table", eId=self._id(above, f"table_{rows[0].clause_id}"))
        for row in rows:
            line = self._add(table, "tr", eId=self._id(above, f"tr_{row.clause_id}"), wId=row.clause_id)
            for cell in row.cells:
                spans = {"rowspan": str(cell.row_span), "colspan": str(cell.column_span)}
                place = self._add(line, "th" if cell.header else "td", **{k: v for k, v in spans.items() if v != "1"})
                self._add(place, "p", self.document.source.text[cell.start : cell.end])
            if not row.cells:
                self._add(self._add(line, "td"), "p", row.text)

    def _text(self, element: Any, clause: Clause) -> None:
        """The wording of a leaf without its mark, as the source prints it, pieces joined with a blank, citations as
        references."""
        source = self.document.source.text
        pieces = [(piece.start, piece.end) for piece in clause.pieces]
        if not pieces:
            element.text = _clean(_without(clause.marker, clause.text))
            return
        start, end = pieces[0]
        if (
            clause.marker
            and source.startswith(clause.marker, start)
            and element.getparent().tag.rpartition("}")[2] in ("content", "intro", "authorialNote")
        ):
            start += len(clause.marker)
            while start < end and source[start].isspace():
                start += 1
            pieces[0] = (start, end)
        last: Any = None

        def put(text: str) -> None:
            text = _clean(text)
            if last is None:
                element.text = (element.text or "") + text
            else:
                last.tail = (last.tail or "") + text

        cited = sorted((c for c in self.citations.get(clause.clause_id, []) if c.number), key=lambda c: c.char_start)
        for index, (position, end) in enumerate(pieces):
            if index:
                put(" ")
            for citation in cited:
                if citation.char_start < position or citation.char_end > end:
                    continue
                put(source[position : citation.char_start])
                last = self._add(
                    element,
                    "ref",
                    citation.quote,
                    href=_href(citation, self.beside),
                    eId=self._id("", f"ref_{citation.citation_id}"),
                )
                position = citation.char_end
            put(source[position:end])

    def _id(self, above: str, own: str) -> str:
        identity = f"{above}__{own}" if above else own
        number, base = 2, identity
        while identity in self.used:
            identity, number = f"{base}-{number}", number + 1
        self.used.add(identity)
        return identity


def _href(citation: Citation, beside: bool) -> str:
    """Where a citation leads: the file of the document where that is at hand and lies beside; else its name.

    >>> where = ("d", "c", "", 0, 9, "09-NQ/TU")
    >>> cited = Citation(*where, "nghi_quyet", "09-NQ/TU", "2022-06-01", cited_document_id="nq 09")
    >>> _href(cited, True), _href(cited, False)
    ('nq%2009.xml', '/akn/vn/doc/nghi_quyet/2022-06-01/09-NQ-TU')
    """
    if beside and citation.cited_document_id:
        return f"{quote(citation.cited_document_id)}.xml"
    name = re.sub(r"[^\w.-]+", "-", citation.number)
    return f"/akn/vn/doc/{citation.kind or 'doc'}/{citation.issued_on or _UNKNOWN_DATE}/{name}"


def _clean(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _without(marker: str, text: str) -> str:
    return text[len(marker) :].lstrip() if marker and text.startswith(marker) else text


def _element(clause: Clause) -> tuple[str, str]:
    if clause.kind in ("section", "item", "bullet") and clause.marker:
        if _ROMAN.match(clause.marker):
            return "section", "sec"
        for pattern, name, short in _ELEMENTS:
            if pattern.match(clause.marker):
                return name, short
    return "hcontainer", "hcontainer"
