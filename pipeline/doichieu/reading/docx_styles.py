"""What the styles of a Word file decide for reading: lists, emphasis, hidden text, headings, borders of tables."""

from __future__ import annotations

from typing import Any

from doichieu.reading.docx_numbering import W, on

_BORDERS = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")


def child_value(element: Any, name: str) -> str:
    """The ``w:val`` of a child element, empty where there is none."""
    child = element.find(f"{W}{name}") if element is not None else None
    return str(child.get(f"{W}val") or "") if child is not None else ""


def draws(borders: Any) -> bool:
    """Whether a group of borders (``tblBorders``, ``tcBorders``) has a visible line."""
    if borders is None:
        return False
    for side in _BORDERS:
        line = borders.find(f"{W}{side}")
        if line is not None and line.get(f"{W}val") not in (None, "nil", "none"):
            return True
    return False


class Styles:
    """The styles of one document; what a style does not say its base says."""

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._base: dict[str, str] = {}
        self.default_paragraph = ""
        self.list_styles: dict[str, str] = {}
        self._cache: dict[tuple[str, str], bool | None] = {}
        if root is None:
            return
        for style in root.iterfind(f"{W}style"):
            identity = style.get(f"{W}styleId") or ""
            self._styles[identity] = style
            self._base[identity] = child_value(style, "basedOn")
            kind = style.get(f"{W}type")
            if kind == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self.default_paragraph = identity
            if kind == "numbering" and (found := style.find(f"{W}pPr/{W}numPr/{W}numId")) is not None:
                self.list_styles[identity] = found.get(f"{W}val") or ""

    def chain(self, identity: str) -> list[tuple[str, Any]]:
        """A style and its bases, nearest first; a circle ends where it closes."""
        out: list[tuple[str, Any]] = []
        seen: set[str] = set()
        while identity in self._styles and identity not in seen:
            seen.add(identity)
            out.append((identity, self._styles[identity]))
            identity = self._base[identity]
        return out

    def name(self, identity: str) -> str:
        """The built-in name of a style in lower case (``heading 1``, ``toc 2``), whatever its id."""
        style = self._styles.get(identity)
        return child_value(style, "name").lower() if style is not None else ""

    def list_of(self, identity: str) -> tuple[str, str, str]:
        """The list of a paragraph style: its number, its level as written, and the style that says so."""
        number = level = ""
        for name, style in self.chain(identity):
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            level = level or child_value(properties, "ilvl")
            number = child_value(properties, "numId")
            if number:
                return number, level, name
        return "", level, ""

    def toggles(self, identity: str, name: str) -> bool | None:
        """Whether a style switches a run property (``b``, ``i``, ``vanish``, ``caps``) on, off, or says nothing."""
        key = (identity, name)
        if key not in self._cache:
            self._cache[key] = next(
                (
                    on(found)
                    for _, style in self.chain(identity)
                    if (found := style.find(f"{W}rPr/{W}{name}")) is not None
                ),
                None,
            )
        return self._cache[key]

    def centred(self, identity: str) -> bool:
        """Whether a paragraph style centres."""
        for _, style in self.chain(identity):
            if value := child_value(style.find(f"{W}pPr"), "jc"):
                return value == "center"
        return False

    def draws_table(self, identity: str) -> bool:
        """Whether a table style draws lines."""
        for _, style in self.chain(identity):
            borders = style.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                return draws(borders)
        return False
