"""Web pages: the document in them as a browser shows it; menus, scripts and hidden parts left out.

Nothing outside the file is opened.  Lists are counted, tables keep their cells, a layout table is read as paragraphs.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path
from typing import Any

from doichieu.errors import UnreadableFile
from doichieu.model import Source
from doichieu.reading.builder import CellText, SourceBuilder, collapse, superscript
from doichieu.reading.docx_numbering import formatted
from doichieu.reading.files import document_id, file_bytes

MAX_BYTES = 64 * 1024 * 1024
_MAX_DEPTH = 120
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "button",
        "input",
        "select",
        "textarea",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "img",
        "head",
        "link",
        "meta",
        "title",
        "dialog",
        "area",
        "map",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "center",
        "address",
        "fieldset",
        "form",
        "details",
        "summary",
        "hr",
        "body",
        "html",
        "hgroup",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "em", "i"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FURNITURE = re.compile(
    (
        r"(?:^|[\s_-])(?:nav|menu|breadcrumb|sidebar|footer|header|banner|comment|share|social|related"
        r"|advert|cookie|login)(?:$|[\s_-])"
    ),
    re.IGNORECASE,
)
_WORDING = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tbody", "tr", "td", "th"])
_SHORT = 600  # characters outside of links; furniture and search forms have fewer
_LIST_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"<!doctype[^\[>]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_LETTERHEAD = re.compile(r"cộng h(?:òa|oà) xã hội|đảng cộng sản việt nam|nơi nhận\s*:", re.IGNORECASE)


def read_html(path: Path) -> Source:
    """The source of a saved web page.  Raises :class:`doichieu.errors.UnreadableFile`."""
    from lxml import etree, html

    name = str(path)
    data = file_bytes(path, MAX_BYTES)
    text = _text(data, name)
    text = _DECLARATION.sub("", text, count=1)  # its entities are never expanded
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableFile(name, "trang web bị hỏng hoặc rỗng", code="broken_file") from error
    reader = _Reader(SourceBuilder(document_id(path), name))
    reader.read(_main(root))
    if any("depth" in error.message.lower() for error in parser.error_log):
        reader.builder.problem(
            "cut_short", "high", "Trang web lồng quá sâu: phần nằm trong và sau chỗ đó không đọc được"
        )
    return reader.builder.build(hashlib.sha256(data).hexdigest(), "html")


#: Encodings that a declaration in plain letters cannot mean, and those that only Python has.
_NOT_DECLARED = (
    "utf-16",
    "utf_16",
    "utf16",
    "utf-32",
    "utf_32",
    "utf32",
    "utf-7",
    "utf_7",
    "utf7",
    "unicode",
    "raw",
    "idna",
    "punycode",
    "undefined",
    "mbcs",
    "oem",
)


def _is_unicode(data: bytes) -> bool:
    """Whether bytes are UTF-8 or bear the mark of UTF-16, whatever the page declares."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _text(data: bytes, name: str) -> str:
    """The page as text: by its own declaration where that holds, else as any text file."""
    from doichieu.reading.text import decoded

    declared = _CHARSET.search(data[:2048])
    charset = declared.group(1).decode("ascii").lower() if declared else ""
    if charset and not charset.startswith(_NOT_DECLARED) and not _is_unicode(data):
        try:
            if codecs.lookup(charset)._is_text_encoding and "\x00" not in (text := data.decode(charset))[:4096]:
                return text
        except (LookupError, ValueError):  # a charset that there is not, or that the bytes are not in
            return decoded(data, name)[0]
    return decoded(data, name)[0]


def _weights(root: Any) -> dict[Any, int]:
    """How much running text each element holds (characters outside of links and of what is never shown)."""
    weights: dict[Any, int] = {}
    for element in reversed(list(root.iter())):  # children before their parents
        shown = isinstance(element.tag, str) and element.tag not in _DROPPED and element.tag != "a"
        inside = sum(weights[child] + len((child.tail or "").strip()) for child in element) if shown else 0
        weights[element] = inside + len((element.text or "").strip()) if shown else 0
    return weights


def _main(root: Any) -> Any:
    """The element that holds the document: what says so, else the innermost that holds nearly all of the text."""
    weights = _weights(root)
    most = weights[root]
    for element in list(root.iter()):
        if (
            isinstance(element.tag, str)
            and element.getparent() is not None
            and _left_out(element, weights[element], most)
        ):
            element.drop_tree()
    body = root.find("body")
    place = body if body is not None else root
    weights = _weights(place)
    for found in place.iter("article", "main"):
        if weights[found] > 0.5 * weights[place]:
            place = found
            break
    for _ in range(_MAX_DEPTH):
        children = [c for c in place if c.tag in ("div", "section", "article", "main", "body", "center", "form")]
        heavy = next((c for c in children if weights[c] > 0.9 * weights[place]), None)
        if heavy is None:
            return place
        place = heavy
    return place


def _left_out(element: Any, weight: int, most: int) -> bool:
    """Whether an element is no part of the document; ``weight`` is its running text, ``most`` that of the whole
    page."""
    if element.tag in _DROPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(element.get("style") or ""):
        return True
    if (
        element.tag in ("body", "html", "article", "main")
        or element.tag in _WORDING
        or weight >= _SHORT
        or 2 * weight >= most > 0
    ):
        return False
    named = element.tag in ("header", "footer", "form", "menu") or _FURNITURE.search(
        f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    )
    return bool(named) and not _LETTERHEAD.search(element.text_content()[:2_000])


class _Reader:
    def __init__(self, builder: SourceBuilder) -> None:
        self.builder = builder
        self.parts: list[str] = []
        self.emphasised = self.letters = 0
        self.tables = 0
        self.preformatted = 0

    def read(self, element: Any) -> None:
        """The blocks of an element in order."""
        self._walk(element, 0, False)
        self._flush()

    def _flush(self) -> None:
        text = "".join(self.parts)
        self.parts.clear()
        self.builder.add(text, emphasis=0 < self.letters == self.emphasised)
        self.letters = self.emphasised = 0

    def _put(self, text: str | None, emphasis: bool) -> None:
        if not text:
            return
        lines = text.splitlines() if self.preformatted else [text]
        for index, line in enumerate(lines):
            if index:
                self._flush()
            self.parts.append(line)
            count = sum(c.isalpha() for c in line)
            self.letters += count
            self.emphasised += count if emphasis else 0
        if self.preformatted and text.endswith("\n"):
            self._flush()

    def _walk(self, element: Any, depth: int, emphasis: bool) -> None:
        tag = element.tag
        if depth > _MAX_DEPTH:
            self._put(element.text_content(), emphasis)
            return
        block = tag in _BLOCKS
        emphasis = emphasis or tag in _HEADINGS
        if block:
            self._flush()
        self.preformatted += tag == "pre"
        if tag in ("ol", "ul"):
            self._list(element, depth)
        elif tag == "table":
            self._table(element, depth)
        elif tag == "sup":
            text = collapse(element.text_content())
            mark = text.strip("[]() ")
            self._put(superscript(mark) if mark.isdigit() else text, emphasis)
        else:
            self._put(element.text, emphasis)
            for child in element:
                if not isinstance(child.tag, str):
                    self._put(child.tail, emphasis)
                    continue
                if child.tag in ("br", "hr"):
                    self._flush()
                else:
                    self._walk(child, depth + 1, emphasis)
                self._put(child.tail, emphasis)
        self.preformatted -= tag == "pre"
        if block:
            self._flush()

    def _list(self, element: Any, depth: int) -> None:
        items = [child for child in element if child.tag == "li"]
        step = -1 if element.get("reversed") is not None else 1
        number = _whole(element.get("start"), len(items) if step < 0 else 1)
        format_ = _LIST_FORMATS.get(element.get("type") or "1", "decimal")
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag != "li":
                self._walk(child, depth + 1, False)
                continue
            self._flush()
            if element.tag == "ul":
                self.parts.append("- ")
            else:
                number = _whole(child.get("value"), number)
                kind = _LIST_FORMATS.get(child.get("type") or "", format_)
                self.parts.append(f"{formatted(number, kind)}. ")
                number += step
            label = len(self.parts)
            self._put(child.text, False)
            for inner in child:
                if isinstance(inner.tag, str):
                    if (
                        inner.tag in ("p", "div")
                        and len(self.parts) == label
                        and not "".join(self.parts[label:]).strip()
                    ):
                        self._inside(inner, depth + 1)  # the item's own first paragraph stands beside its number
                    elif inner.tag == "br":
                        self._flush()
                    else:
                        self._walk(inner, depth + 1, False)
                self._put(inner.tail, False)
            self._flush()

    def _inside(self, element: Any, depth: int) -> None:
        self._put(element.text, False)
        for child in element:
            if isinstance(child.tag, str):
                if child.tag == "br":
                    self._flush()
                else:
                    self._walk(child, depth + 1, False)
            self._put(child.tail, False)

    def _table(self, table: Any, depth: int) -> None:
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table][:20_000]
        widths = [sum(_span(cell, "colspan") for cell in row if cell.tag in ("td", "th")) for row in rows]
        words = collapse(table.text_content()[:5_000])
        bordered = (
            (table.get("border") or "0") != "0"
            or "border" in (table.get("style") or "")
            or any(True for _ in table.iter("th"))
        )
        if max(widths, default=0) <= 1 or (
            max(widths) <= 3 and len(rows) <= 6 and (not bordered or _LETTERHEAD.search(words))
        ):
            columns: dict[int, list[Any]] = {}
            for row in rows:
                for index, cell in enumerate(c for c in row if c.tag in ("td", "th")):
                    columns.setdefault(index, []).append(cell)
            for index in sorted(columns):
                for cell in columns[index]:
                    self._inside(cell, depth + 1)
                    self._flush()
            return
        number = self.tables
        self.tables += 1
        taken: dict[int, int] = {}  # column → rows still covered from above
        for index, row in enumerate(rows):
            cells: list[CellText] = []
            column = 0
            head = row.getparent() is not None and row.getparent().tag == "thead"
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while taken.get(column, 0) > 0:
                    column += 1
                down, across = _span(cell, "rowspan"), _span(cell, "colspan")
                text = collapse(" ".join(cell.itertext()))
                cells.append(CellText(text, index, column, down, across, head or (cell.tag == "th" and index == 0)))
                for place in range(column, column + across):
                    taken[place] = down
                column += across
            taken = {place: left - 1 for place, left in taken.items() if left > 1}
            self.builder.row(cells, number)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise


def _span(cell: Any, name: str) -> int:
    return min(max(_whole(cell.get(name), 1), 1), 64)
