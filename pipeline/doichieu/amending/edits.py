"""What one amendment does to a text: the stretches it changes, or why it cannot be applied."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from doichieu.amending.places import Missing, Places, Spot
from doichieu.model import Amendment
from doichieu.segmentation.markers import parse
from doichieu.segmentation.provisions import parsed
from doichieu.text import fold

#: What a row may leave open and still be applied: how the wording was printed does not matter where it was read.
_HARMLESS = frozenset({"no_quotation"})
_WORDS = frozenset({"replace_words", "insert_words", "delete_words"})
_PAIR = re.compile(r"(?:\d+[.)]|-)?\s*(?P<name>[^:]{2,40}):\s*(?P<value>.+)\Z")


class Edit(Struct, frozen=True, order=True):
    """Replace ``text[start:end]`` by ``new``; an insertion has ``start == end``."""

    start: int
    end: int
    new: str = ""


class Refusal(Struct, frozen=True):
    """Why an amendment is left out, and the place that is nearest to what it asks for."""

    reason: str
    start: int = 0
    end: int = 0


def edits_of(row: Amendment, places: Places, *, lenient: bool = False) -> list[Edit] | Refusal:
    """The edits of one amendment; empty where it changes no wording (a term, a suspension)."""
    open_points = [reason for reason in row.unresolved if reason not in _HARMLESS]
    if open_points or (row.action in ("replace", "insert", "rename") and not row.new_text):
        return Refusal("unresolved")
    if row.action in ("set_date", "none"):
        return []
    if row.action == "end" and row.provision == "van_ban":
        return []
    if row.action == "insert":
        return _inserted(row, places)
    spot = places.find(parsed(row.provision))
    if isinstance(spot, Missing):
        return Refusal("provision_missing" if spot.reason == "provision_missing" else "unresolved")
    if row.action == "suspend":
        return []
    if row.action in _WORDS:
        return _words(row, places, spot, lenient=lenient)
    if row.action in ("delete", "end"):
        return [_removal(places.text, spot)]
    if row.action == "rename" or row.provision.endswith("/ten"):
        return _renamed(row, places, spot)
    return _replaced(row, places, spot)


# ---------------------------------------------------------------- whole provisions


def _paragraphs(places: Places, new: str) -> str:
    """New wording with the distance between paragraphs that the document keeps."""
    gap = "\n\n" if places.text.count("\n\n") * 3 >= places.text.count("\n") - places.text.count("\n\n") else "\n"
    lines = new.split("\n")
    out = lines[0]
    for before, line in pairwise(lines):
        table = " | " in before and " | " in line
        out += ("\n" if table else gap) + line
    return out


def _bars(places: Places, new: str) -> str:
    """The rows of new wording in the form in which the document prints its tables."""
    barred = any(line.startswith("|") for line in places.text.splitlines())
    if not barred:
        return new
    return "\n".join(f"| {line} |" if " | " in line else line for line in new.split("\n"))


def _replaced(row: Amendment, places: Places, spot: Spot) -> list[Edit] | Refusal:
    if spot.row and spot.clause is not None and " | " not in row.new_text:
        return _cells(row, places, spot)
    new = row.new_text
    start = spot.start
    parent = places.tree.parent(spot.clause) if spot.clause is not None else None
    first, _, rest = new.partition("\n")
    mark = parse(first)
    if rest and parent is not None and mark is not None and parsed(row.provision)[-1].kind == "gach":
        lead = places.lead(parent)
        if parent.path and mark.label == parent.path[-1]:  # the quotation prints the head of the point again
            if fold(places.text[lead.char_start : lead.char_end]) == fold(first):
                new = rest
            elif not places.text[lead.char_end : spot.start].strip():
                start = lead.char_start
            else:
                return Refusal("unresolved", spot.start, spot.end)
    return [Edit(start, spot.end, _bars(places, _paragraphs(places, new)))]


def _cells(row: Amendment, places: Places, spot: Spot) -> list[Edit] | Refusal:
    """``Tên nhiệm vụ: …; Thời gian hoàn thành: …``: each value into the cell below its heading."""
    assert spot.clause is not None
    edits = []
    for line in row.new_text.split("\n"):
        pair = _PAIR.match(line)
        cell = places.cell_under(spot.clause, pair.group("name")) if pair else None
        if pair is None or cell is None:
            return Refusal("unresolved", spot.start, spot.end)
        edits.append(Edit(cell.start, cell.end, pair.group("value").rstrip(".")))
    return edits


def _renamed(row: Amendment, places: Places, spot: Spot) -> list[Edit] | Refusal:
    if row.action == "rename" and not row.provision.endswith("/ten"):
        return _renumbered(row, places, spot)
    name = spot
    if not row.provision.endswith("/ten") and spot.clause is not None:
        lead = places.lead(spot.clause)
        name = Spot(lead.char_start, lead.char_end, lead, mark_end=spot.mark_end)
    mark, printed = parse(row.new_text), parse(places.text[name.start : name.end])
    whole = mark is not None and printed is not None and mark.label == printed.label
    return [Edit(name.start if whole else max(name.start, name.mark_end), name.end, row.new_text)]


def _renumbered(row: Amendment, places: Places, spot: Spot) -> list[Edit] | Refusal:
    """The mark of a provision with its new number."""
    label = parsed(row.provision)[-1].label
    found = re.search(rf"(?<!\w){re.escape(label)}(?!\w)", places.text[spot.start : spot.mark_end])
    if found is None:
        return Refusal("unresolved", spot.start, spot.end)
    return [Edit(spot.start + found.start(), spot.start + found.end(), row.new_text)]


def _removal(text: str, spot: Spot) -> Edit:
    """A provision with the blank lines behind it; at the end of the text, with the line break before it."""
    start, end = spot.start, spot.end
    if spot.cell:
        return Edit(start, end)
    line = text.rfind("\n", 0, start) + 1
    if not text[line:start].strip():
        start = line
        stop = end
        while stop < len(text) and text[stop] in " \t":
            stop += 1
        if stop < len(text) and text[stop] == "\n":
            while stop < len(text) and text[stop].isspace():
                stop += 1
            stop = text.rfind("\n", 0, stop) + 1 if stop < len(text) else stop
            end = max(end, stop)
        if end >= len(text):
            trailing = text[spot.end : end]
            end = spot.end
            while start > 0 and text[start - 1] == "\n":
                start -= 1
            if trailing.startswith("\n") and start == 0:
                end = spot.end + 1
    return Edit(start, end)


def _inserted(row: Amendment, places: Places) -> list[Edit] | Refusal:
    side, _, beside = row.position.partition(":")
    if side not in ("after", "before", "end") or not beside:
        return Refusal("unresolved")
    own = parsed(row.provision)
    exists = places.find(own)
    if side != "end" or row.provision != beside:
        if isinstance(exists, Spot):
            return Refusal("two_amendments_of_one_place", exists.start, exists.end)
    spot = places.find(parsed(beside))
    if isinstance(spot, Missing):
        return Refusal("provision_missing" if spot.reason == "provision_missing" else "unresolved")
    new = _bars(places, _paragraphs(places, row.new_text))
    gap = "\n" if spot.row or (own[-1].kind == "stt") else _gap(places.text, spot)
    if side == "before":
        return [Edit(spot.start, spot.start, new + gap)]
    return [Edit(spot.end, spot.end, gap + new)]


def _gap(text: str, spot: Spot) -> str:
    """The line breaks between a provision and what follows it, or stands before it."""
    after = re.match(r"[ \t]*(\n\s*)", text[spot.end :])
    before = re.search(r"(\n\s*)\Z", text[: spot.start])
    found = after or before
    return "\n\n" if found is None or found.group(1).count("\n") > 1 else "\n"


# ---------------------------------------------------------------- words


@lru_cache(maxsize=512)
def _exact(words: str) -> re.Pattern[str]:
    """The words as a text may break them: any white space for a blank, a hyphen at a line end."""
    parts = [r"(?:-\s*\n\s*)?".join(map(re.escape, re.split(r"(?<=-)", token))) for token in words.split()]
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(left + r"\s+".join(parts) + right)


@lru_cache(maxsize=512)
def _near(words: str) -> re.Pattern[str]:
    """The words with one full stop or comma more or less."""
    tokens = [token.strip(".,;:") for token in words.split()]
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    return re.compile(left + r"[.,;:]?\s+".join(re.escape(token) for token in tokens if token) + r"(?!\w)[.,]?")


@lru_cache(maxsize=512)
def _with_of(words: str) -> re.Pattern[str]:
    """The words with or without ``của`` between any two: offered, never applied."""
    tokens = [token for token in words.split() if token.lower() != "của"]
    left = r"(?<!\w)" if words[:1].isalnum() else ""
    right = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(left + r"\s+(?:của\s+)?".join(map(re.escape, tokens)) + right)


def _found(text: str, words: str, start: int, end: int) -> list[tuple[int, int]]:
    return [m.span() for m in _exact(words).finditer(text, start, end)]


def _one_mark_off(words: str, printed: str) -> bool:
    """Whether two wordings differ by one full stop or comma at most."""
    plain, other = " ".join(words.split()), " ".join(printed.split())
    return abs(len(plain) - len(other)) <= 1 and sum(c in ".,;:" for c in plain) - sum(c in ".,;:" for c in other) in (
        -1,
        0,
        1,
    )


def _words(row: Amendment, places: Places, spot: Spot, *, lenient: bool) -> list[Edit] | Refusal:
    text = places.text
    words = row.position.partition(":")[2] if row.action == "insert_words" else row.old_text
    if not words:
        return Refusal("unresolved")
    found = _found(text, words, spot.start, spot.end)
    if not found:
        near = [m.span() for m in _near(words).finditer(text, spot.start, spot.end)]
        near = [(a, b) for a, b in near if _one_mark_off(words, text[a:b])] or [
            (a, b - 1) for a, b in near if text[b - 1] in ".," and _one_mark_off(words, text[a : b - 1])
        ]
        if not near:
            other = _with_of(words).search(text, spot.start, spot.end)
            return Refusal("near_match", *other.span()) if other else Refusal("wording_not_found")
        if not lenient:
            return Refusal("near_match", *near[0])
        found = near
    spared = [place for exception in row.exceptions for place in _spared(exception, places)]
    found = [(a, b) for a, b in found if not any(x <= a < y for x, y in spared)]
    if row.action == "insert_words":
        if len(found) > 1:
            return Refusal("wording_found_more_than_once", *found[0])
        return [_beside(row, text, *found[0])] if found else Refusal("wording_not_found")
    if row.kind == "dieu_chinh" and len(found) > 1:
        return Refusal("wording_found_more_than_once", *found[0])
    if row.action == "delete_words":
        return [_cut(text, a, b) for a, b in found]
    return [Edit(a, b, row.new_text) for a, b in found]


def _spared(exception: str, places: Places) -> list[tuple[int, int]]:
    words, _, provision = exception.rpartition("@")
    spot = places.find(parsed(provision))
    if isinstance(spot, Missing):
        return []
    return _found(places.text, words, spot.start, spot.end) if words else [(spot.start, spot.end)]


def _beside(row: Amendment, text: str, start: int, end: int) -> Edit:
    new = row.new_text
    if row.position.startswith("before:"):
        return Edit(start, start, new if new.endswith(" ") else new + " ")
    joined = new if new[:1] in ",.;:)" else " " + new
    return Edit(end, end, joined)


def _cut(text: str, start: int, end: int) -> Edit:
    """Words with one of the blanks around them."""
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    if before == " " and (after.isspace() or after in ".,;:)"):
        start -= 1
    elif after == " " and before.isspace():
        end += 1
    return Edit(start, end)
