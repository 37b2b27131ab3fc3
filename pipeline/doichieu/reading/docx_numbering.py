"""Automatic numbers as Word prints them (ECMA-376, part 1, section 17.9).

A paragraph names a list (``numId``) and a level; the list names an abstract definition and may override levels.  All
lists of one definition count together, but a list that overrides a start begins anew at its first use.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from doichieu.numerals import to_roman, to_words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
#: Bullets of the picture fonts (Symbol, Wingdings), whose code points are private, as the signs that they show.
PICTURE_SIGNS = {
    0xB7: "•",
    0xA7: "▪",
    0x6F: "◦",
    0x6E: "■",
    0x6C: "●",
    0x71: "□",
    0x75: "◆",
    0x76: "❖",
    0xD8: "➢",
    0xFC: "✓",
    0xE0: "→",
    0x2D: "-",
    0x2B: "+",
    0x2A: "*",
    0x3E: ">",
}
#: The Symbol font's signs that stand in running text.
SYMBOL_SIGNS = {
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xB4: "×",
    0xB0: "°",
    0xB9: "≠",
    0xBB: "≈",
    0xAE: "→",
    0xDE: "⇒",
    0x25: "%",
    0xB8: "÷",
    0x3C: "<",
    0x3E: ">",
    0x3D: "=",
    0xA5: "∞",
    0xD7: "·",
    0x2D: "−",
    0x2B: "+",
}


def picture_sign(code: int, font: str) -> str:
    """What a character of a picture font shows; a plain bullet for signs of which only the shape is decoration."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if font.lower() == "symbol" and low in SYMBOL_SIGNS:
        return SYMBOL_SIGNS[low]
    if low in PICTURE_SIGNS and (code >= 0xF000 or "wingdings" in font.lower() or font.lower() == "symbol"):
        return PICTURE_SIGNS[low]
    return "•" if 0xE000 <= code <= 0xF8FF else chr(code)


class Level(NamedTuple):
    """One level of a list.  ``restart`` is the 1-based level after which it begins anew (0 never, -1 after any
    above)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = " "
    legal: bool = False
    restart: int = -1
    style: str = ""
    hidden: bool = False


def letters(number: int, first: str) -> str:
    """A, B … Z, AA, BB …, as Word counts.

    >>> letters(2, "a"), letters(28, "A")
    ('b', 'BB')
    """
    turns, index = divmod(number - 1, 26)
    return chr(ord(first) + index) * (turns + 1)


def formatted(number: int, format: str) -> str:
    """One number in a format of ``ST_NumberFormat``; formats that no Vietnamese document uses count in digits.

    >>> [formatted(4, f) for f in ("decimal", "upperRoman", "lowerLetter", "decimalZero", "vietnameseCounting")]
    ['4', 'IV', 'd', '04', 'bốn']
    """
    if number < 1 and format not in ("decimal", "decimalZero", "numberInDash"):
        return str(number)
    match format:
        case "upperRoman":
            return to_roman(number) or str(number)
        case "lowerRoman":
            return (to_roman(number) or str(number)).lower()
        case "upperLetter":
            return letters(number, "A") if number <= 780 else str(number)
        case "lowerLetter":
            return letters(number, "a") if number <= 780 else str(number)
        case "decimalZero":
            return f"{number:02d}"
        case "numberInDash":
            return f"- {number} -"
        case "decimalEnclosedCircle":
            return chr(0x2460 + number - 1) if number <= 20 else str(number)
        case "decimalEnclosedParen":
            return f"({number})"
        case "vietnameseCounting":
            return to_words(number)
        case "none":
            return ""
        case _:
            return str(number)


def _value(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}") if element is not None else None
    return str(child.get(f"{W}val") or "") if child is not None else ""


def _integer(text: str, otherwise: int) -> int:
    """A number of the file, within bounds; files are untrusted."""
    try:
        return max(-1, min(int(text), 32_767))
    except ValueError:
        return otherwise


def on(element: Any) -> bool:
    """Whether a property that is on by its presence is on."""
    return element is not None and element.get(f"{W}val", "true") not in ("0", "false", "off", "none")


def _level(element: Any) -> Level:
    restart = _value(element, "lvlRestart")
    suffix = _value(element, "suff")
    format_ = _value(element, "numFmt")
    if not format_:  # newer formats stand in a choice, the older one beside them
        found = element.find(f".//{W}numFmt")
        format_ = str(found.get(f"{W}val") or "decimal") if found is not None else "decimal"
    text = _value(element, "lvlText")[:200]
    properties = element.find(f"{W}rPr")
    if format_ == "bullet":
        fonts = properties.find(f"{W}rFonts") if properties is not None else None
        font = str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""
        text = "".join(picture_sign(ord(c), font) for c in text)
        if font.lower().startswith("courier") and text == "o":
            text = "◦"  # a hollow ring, typed as the letter o
    return Level(
        _integer(_value(element, "start") or "0", 1),
        format_,
        text,
        {"nothing": "", "space": " "}.get(suffix, " "),
        on(element.find(f"{W}isLgl")),
        _integer(restart, -1) if restart else -1,
        _value(element, "pStyle"),
        on(properties.find(f"{W}vanish")) if properties is not None else False,
    )


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, root: Any | None, list_styles: dict[str, str] | None = None) -> None:
        """``root`` is the numbering part; ``list_styles`` maps a numbering style to the list that it uses."""
        self._definitions: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._restarts: dict[str, set[int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._used: set[str] = set()
        links: dict[str, str] = {}
        if root is None:
            return
        for element in root.iterfind(f"{W}abstractNum"):
            identity = element.get(f"{W}abstractNumId") or ""
            self._definitions[identity] = {
                _integer(level.get(f"{W}ilvl") or "0", 0): _level(level) for level in element.iterfind(f"{W}lvl")
            }
            if link := _value(element, "numStyleLink"):
                links[identity] = link
        for element in root.iterfind(f"{W}num"):
            identity = element.get(f"{W}numId") or ""
            self._lists[identity] = _value(element, "abstractNumId")
            starts: dict[int, int] = {}
            changed: dict[int, Level] = {}
            for change in element.iterfind(f"{W}lvlOverride"):
                at = _integer(change.get(f"{W}ilvl") or "0", 0)
                level = change.find(f"{W}lvl")
                start = _value(change, "startOverride")
                if level is not None:
                    changed[at] = _level(level)
                if start:
                    starts[at] = _integer(start, 1)
            self._restarts[identity] = set(starts)
            defined = self._definitions.get(self._lists[identity], {})
            self._overrides[identity] = {}
            for at in sorted({*changed, *starts}):
                level_ = changed.get(at) or defined.get(at, Level())
                self._overrides[identity][at] = level_._replace(start=starts.get(at, level_.start))
        for identity, style in links.items():  # a definition that only points to a numbering style
            target = self._lists.get((list_styles or {}).get(style, ""), "")
            if target in self._definitions and target != identity:
                self._definitions[identity] = self._definitions[target]
                self._lists.update({n: target for n, a in self._lists.items() if a == identity})

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of a list that a paragraph style is tied to, None where none is."""
        for index, level in self._definitions.get(self._lists.get(number, ""), {}).items():
            if level.style == style:
                return index
        return None

    def _levels(self, number: str) -> dict[int, Level]:
        return {**self._definitions.get(self._lists.get(number, ""), {}), **self._overrides.get(number, {})}

    def next(self, number: str, level: int) -> str:
        """The label of the next paragraph of a list at a level, with the blank behind it; empty where it shows none."""
        definition = self._lists.get(number)
        if definition is None or not 0 <= level < LEVELS:
            return ""
        levels = self._levels(number)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(definition, [None] * LEVELS)
        if number not in self._used:
            self._used.add(number)
            restarts = [index for index in self._restarts.get(number, ()) if 0 <= index < LEVELS]
            if restarts:
                counts[min(restarts) :] = [None] * (LEVELS - min(restarts))
        before = counts[level]
        own = levels[level]
        counts[level] = own.start if before is None else before + 1
        for above in range(level):
            if counts[above] is None:
                counts[above] = levels[above].start if above in levels else 1
        for below in range(level + 1, LEVELS):
            restart = levels[below].restart if below in levels else -1
            if restart == -1 or (restart > 0 and level < restart):
                counts[below] = None
        if own.hidden or (own.format == "none" and not own.text):
            return ""
        if own.format == "bullet":
            return own.text + own.suffix if own.text else ""

        def printed(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            if at > level:
                return ""
            format_ = levels[at].format if at in levels else "decimal"
            return formatted(counts[at] or 0, "decimal" if own.legal and format_ != "decimalZero" else format_)

        label = _PLACEHOLDER.sub(printed, own.text)
        return label + own.suffix if label else ""
