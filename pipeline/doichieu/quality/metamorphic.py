"""Edits with a known verdict: a generator that changes a document in one place and says what must be found.

Each edit works on the plain text, as a drafter would: another value, another comparator, a dropped sentence.  The
edited text is then extracted and compared with the original; the finding that the edit caused must be there, and
nothing else may be flagged.  Used by the tests and by ``make bench``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from doichieu.model import Comparison, Document, Target

#: The kinds of which one must be found; "" in place of a kind means that nothing may be flagged.
Edit = Callable[[Document, random.Random], Iterator["Case"]]


class Case(NamedTuple):
    """An edited text: its class, the kinds one of which must be found, and the target of the original it concerns."""

    name: str
    text: str
    kinds: frozenset[str]
    target_id: str


def _apply(document: Document, start: int, end: int, after: str) -> str:
    text = document.source.text
    return text[:start] + after + text[end:]


def _figures(document: Document) -> Iterator[tuple[Target, re.Match[str]]]:
    """Targets with one percentage whose figure stands once in the quote."""
    for target in document.targets:
        if target.unit != "%" or target.value is None or target.value_max is not None or target.same_as:
            continue
        printed = f"{target.value:g}".replace(".", ",")
        found = list(re.finditer(rf"(?<![\d,.]){re.escape(printed)}\s?%", target.quote))
        if len(found) == 1 and sum(1 for t in document.targets if t.char_start <= target.char_start < t.char_end) == 1:
            yield target, found[0]


#: Words right before a figure that make it a ceiling; "giảm 5%" is an amount of reduction and a floor.
_CEILING = re.compile(
    r"(?:còn|xuống|dưới|không quá|tối đa|nhỏ hơn|thấp hơn|không vượt quá|≤|<)\s*(?:mức\s+|khoảng\s+|từ\s+)?\Z",
    re.IGNORECASE,
)


def _is_ceiling(target: Target, match: re.Match[str]) -> bool:
    """Whether the words before the figure say that less is better; read here by itself, not by the algebra it tests."""
    rest = target.quote[match.end() :].lower()
    return _CEILING.search(target.quote[: match.start()]) is not None or rest.startswith(" trở xuống")


def _moved(document: Document, target: Target, match: re.Match[str], step: float) -> str:
    value = (target.value or 0.0) + step
    start = target.char_start + match.start()
    return _apply(document, start, start + match.end() - match.start(), f"{value:g}".replace(".", ",") + "%")


def value_lowered(document: Document, rng: random.Random) -> Iterator[Case]:
    """A smaller share: looser, and stricter only where a word makes it a ceiling."""
    for target, match in _figures(document):
        if target.value is not None and target.value >= 12:
            kind = "stricter" if _is_ceiling(target, match) else "looser"
            text = _moved(document, target, match, -rng.choice([5, 7, 10]))
            yield Case("value_lowered", text, frozenset({kind}), target.target_id)


def value_raised(document: Document, rng: random.Random) -> Iterator[Case]:
    """A greater share: stricter, and looser only where a word makes it a ceiling."""
    for target, match in _figures(document):
        if target.value is not None and target.value <= 90:
            kind = "looser" if _is_ceiling(target, match) else "stricter"
            text = _moved(document, target, match, rng.choice([3, 5, 7]))
            yield Case("value_raised", text, frozenset({kind}), target.target_id)


def comparator_strengthened(document: Document, rng: random.Random) -> Iterator[Case]:
    """A bare figure becomes ``trên``: stricter."""
    for target, match in _figures(document):
        if target.operator != "=" or target.value == 100:
            continue
        start = target.char_start + match.start()
        yield Case(
            "comparator_strengthened",
            _apply(document, start, start, "trên "),
            frozenset({"stricter"}),
            target.target_id,
        )


def comparator_weakened(document: Document, rng: random.Random) -> Iterator[Case]:
    """``trên`` becomes ``từ … trở lên``: looser."""
    for target, match in _figures(document):
        if target.operator != ">":
            continue
        before = re.search(r"(?:trên|hơn)\s+\Z", target.quote[: match.start()], re.IGNORECASE)
        if before:
            start = target.char_start + before.start()
            end = target.char_start + match.end()
            yield Case(
                "comparator_weakened",
                _apply(document, start, end, f"từ {match.group()} trở lên"),
                frozenset({"looser"}),
                target.target_id,
            )


_GRADES = {
    "trình độ chuyên môn": ["trung cấp", "cao đẳng", "đại học", "thạc sĩ"],
    "lý luận chính trị": ["sơ cấp", "trung cấp", "cao cấp"],
}


def grade_changed(document: Document, rng: random.Random) -> Iterator[Case]:
    """The next grade of the scale: stricter or looser."""
    scales = {"trinh_do_chuyen_mon": _GRADES["trình độ chuyên môn"], "ly_luan_chinh_tri": _GRADES["lý luận chính trị"]}
    for target in document.targets:
        steps = scales.get(target.level_scale, [])
        if target.level not in steps or target.same_as or target.level_operator != ">=":
            continue
        place = steps.index(target.level)
        for step, kind in ((1, "stricter"), (-1, "looser")):
            if not 0 <= place + step < len(steps) or target.quote.count(target.level) != 1:
                continue
            if any(
                t is not target and t.char_start <= target.char_start and target.char_end <= t.char_end
                for t in document.targets
            ):
                continue
            start = target.char_start + target.quote.index(target.level)
            yield Case(
                "grade_changed",
                _apply(document, start, start + len(target.level), steps[place + step]),
                frozenset({kind}),
                target.target_id,
            )


def age_changed(document: Document, rng: random.Random) -> Iterator[Case]:
    """Another age limit: a scope finding, never a number finding."""
    for target in document.targets:
        match = re.search(r"dưới (\d\d) tuổi", target.quote)
        if match is None or target.value is None or target.same_as:
            continue
        age = int(match.group(1))
        start = target.char_start + match.start(1)
        yield Case(
            "age_changed",
            _apply(document, start, start + 2, str(age - 5)),
            frozenset({"scope_narrower"}),
            target.target_id,
        )
        yield Case(
            "age_changed",
            _apply(document, start, start + 2, str(age + 5)),
            frozenset({"scope_broader"}),
            target.target_id,
        )


def date_in_heading(document: Document, rng: random.Random) -> Iterator[Case]:
    """A heading moves its year: every target below moves with it."""
    for clause in document.clauses:
        if clause.leaf or len(clause.heading) > 120:
            continue
        match = re.search(r"(?:đến|Đến)(?: hết)? năm (20\d\d)", clause.heading)
        below = [
            t
            for t in document.targets
            if match
            and clause.char_start <= t.char_start < clause.char_end
            and t.deadline == f"{match.group(1)}-12-31"
            and t.deadline_text.lower() in clause.heading.lower()
            and match.group(1) not in t.quote
            and not t.same_as
            and (t.value is not None or t.level)
        ]
        if match is None or not below:
            continue
        window = document.source.text[clause.char_start : clause.char_start + len(clause.heading) + 40]
        place = window.find(match.group(1))
        year = int(match.group(1))
        for step, kind in ((1, "deadline_later"), (-1, "deadline_earlier")):
            start = clause.char_start + place
            yield Case(
                "date_in_heading",
                _apply(document, start, start + 4, str(year + step)),
                frozenset({kind}),
                below[0].target_id,
            )


def _says_the_same(one: Target, other: Target) -> bool:
    """Whether another place of the document states the commitment too: dropping one is then no omission."""
    from rapidfuzz import fuzz

    if one.deadline != other.deadline and one.clause_path.split("/")[0] == other.clause_path.split("/")[0]:
        return False
    return (
        fuzz.token_set_ratio(f"{one.subject} {one.indicator}".lower(), f"{other.subject} {other.indicator}".lower())
        >= 80
        and one.unit == other.unit
        and (one.clause_path.split("/")[0] != other.clause_path.split("/")[0])
    )


def target_dropped(document: Document, rng: random.Random) -> Iterator[Case]:
    """A clause that holds one target only is left out: omitted."""
    for target in document.targets:
        same = [t for t in document.targets if t.clause_id == target.clause_id]
        clause = next(c for c in document.clauses if c.clause_id == target.clause_id)
        if (
            len(same) != 1
            or target.same_as
            or not (target.value is not None or target.level)
            or len(clause.pieces) != 1
            or clause.kind != "bullet"
        ):
            continue
        if any(t is not target and _says_the_same(t, target) for t in document.targets):
            continue
        end = clause.char_end
        while end < len(document.source.text) and document.source.text[end] in " \n":
            end += 1
        yield Case(
            "target_dropped", _apply(document, clause.char_start, end, ""), frozenset({"omitted"}), target.target_id
        )


def target_added(document: Document, rng: random.Random) -> Iterator[Case]:
    """A bullet of another subject comes after a target's bullet: added."""
    line = "- 35% hộ chăn nuôi gia súc sử dụng hầm khí sinh học.\n\n"
    for target in document.targets:
        clause = next(c for c in document.clauses if c.clause_id == target.clause_id)
        if clause.kind != "bullet" or len(clause.pieces) != 1 or not clause.marker.startswith("-"):
            continue
        yield Case(
            "target_added", _apply(document, clause.char_start, clause.char_start, line), frozenset({"added"}), ""
        )


def modality_weakened(document: Document, rng: random.Random) -> Iterator[Case]:
    """``phấn đấu`` becomes ``khuyến khích``: a weaker commitment."""
    for target in document.targets:
        # The last one is the target's own; one before it may open a sentence about something else.
        match = next(reversed(list(re.finditer(r"[Pp]hấn đấu", target.quote))), None)
        if match is None or target.modality != "phấn đấu" or target.value is None or target.same_as:
            continue
        start = target.char_start + match.start()
        word = "Khuyến khích" if match.group()[0] == "P" else "khuyến khích"
        yield Case(
            "modality_weakened",
            _apply(document, start, start + len(match.group()), word),
            frozenset({"modality_weaker"}),
            target.target_id,
        )


def unedited(document: Document, rng: random.Random) -> Iterator[Case]:
    """The same text: not one flag."""
    yield Case("unedited", document.source.text, frozenset({""}), "")


_REWORDED = [
    ("Đảm bảo", "Bảo đảm"),
    ("đảm bảo", "bảo đảm"),
    ("Tỉ lệ", "Tỷ lệ"),
    ("tỉ lệ", "tỷ lệ"),
    ("hằng năm", "hàng năm"),
    ("hoá", "hóa"),
    ("không phải là người", "không là người"),
    ("Ủy ban nhân dân", "UBND"),
    ("thạc sĩ", "thạc sỹ"),
    ("lý luận chính trị", "lí luận chính trị"),
]


def reworded(document: Document, rng: random.Random) -> Iterator[Case]:
    """Equivalent wordings throughout: not one flag."""
    text = document.source.text
    for before, after in _REWORDED:
        text = text.replace(before, after)
    yield Case("reworded", text, frozenset({""}), "")


def scanning_noise(document: Document, rng: random.Random) -> Iterator[Case]:
    """Known scanning errors and broken lines: not one flag."""
    text = (
        document.source.text.replace("Phấn đấu", "Phần đầu")
        .replace("phấn đấu", "phân đấu")
        .replace("thẩm quyền", "thẩm quyển")
    )
    yield Case("scanning_noise", text, frozenset({""}), "")


def renumbered(document: Document, rng: random.Random) -> Iterator[Case]:
    """Points with letters become points with numbers in brackets: not one flag."""
    letters = "abcdđeghiklmnopqrstuvxy"

    def number(match: re.Match[str]) -> str:
        return f"{match.group(1)}({letters.index(match.group(2)) + 1}) "

    text = re.sub(rf"(?m)^(\**)([{letters}])\)\s", number, document.source.text)
    if text != document.source.text:
        yield Case("renumbered", text, frozenset({""}), "")


def reordered(document: Document, rng: random.Random) -> Iterator[Case]:
    """Two neighbouring bullets of one list change places: not one flag."""
    by_parent: dict[str, list[int]] = {}
    for index, clause in enumerate(document.clauses):
        if clause.leaf and clause.kind == "bullet" and len(clause.pieces) == 1 and clause.marker == "-":
            by_parent.setdefault(clause.parent_id, []).append(index)
    for indices in by_parent.values():
        for i, j in pairwise(indices):
            a, b = document.clauses[i], document.clauses[j]
            between = document.source.text[a.char_end : b.char_start]
            if between.strip() or not any(t.clause_id in (a.clause_id, b.clause_id) for t in document.targets):
                continue
            text = document.source.text
            swapped = text[b.char_start : b.char_end] + between + text[a.char_start : a.char_end]
            yield Case("reordered", _apply(document, a.char_start, b.char_end, swapped), frozenset({""}), "")


def scope_changed(document: Document, rng: random.Random) -> Iterator[Case]:
    """One place of a list of places goes: a scope finding, never a number finding."""
    for target in document.targets:
        if target.same_as or not (target.value is not None or target.level):
            continue
        match = re.search(r"(phường|xã), (thị trấn|phường)(?=\)| và|,)", target.quote)
        if (
            match is None
            or len(target.quote) != target.char_end - target.char_start
            or not any(match.group(1) in s for s in target.scope)
        ):
            continue
        start = target.char_start + match.start()
        yield Case(
            "scope_changed",
            _apply(document, start, start + len(match.group()), match.group(1)),
            frozenset({"scope_narrower"}),
            target.target_id,
        )


def _lone_bullets(document: Document) -> Iterator[tuple[Target, int, int]]:
    """Bullets that hold one target which names its own population: (target, start, end) of the bullet."""
    clauses = {c.clause_id: c for c in document.clauses}
    for target in document.targets:
        clause = clauses[target.clause_id]
        same = [t for t in document.targets if t.clause_id == target.clause_id]
        if (
            len(same) != 1
            or target.same_as
            or clause.kind != "bullet"
            or len(clause.pieces) != 1
            or clause.marker != "-"
            or target.footnote
        ):
            continue
        if target.value is None or target.subject[:12].lower() not in target.quote.lower():
            continue
        if any(t is not target and _says_the_same(t, target) for t in document.targets):
            continue
        yield target, clause.char_start, clause.char_end


def moved(document: Document, rng: random.Random) -> Iterator[Case]:
    """A bullet goes to another list of the same milestone: not one flag."""
    clauses = {c.clause_id: c for c in document.clauses}
    text = document.source.text
    for target, start, end in _lone_bullets(document):
        for other in document.targets:
            place = clauses[other.clause_id]
            if (
                place.parent_id == clauses[target.clause_id].parent_id
                or other.deadline != target.deadline
                or place.char_start <= start
            ):
                continue
            if (
                place.kind not in ("bullet", "item")
                or len(place.pieces) != 1
                or place.clause_path.split("/")[0] != target.clause_path.split("/")[0]
            ):
                continue
            b = place.char_end
            yield Case("moved", text[:start] + text[end:b] + "\n\n" + text[start:end] + text[b:], frozenset({""}), "")
            break


def moved_into_footnote(document: Document, rng: random.Random) -> Iterator[Case]:
    """A commitment goes from the text into a footnote: the text no longer makes it."""
    text = document.source.text
    for target, start, end in _lone_bullets(document):
        body = text[start:end].lstrip("-").strip()
        after = f"- Thực hiện theo chú thích kèm theo⁹.\n\n⁹ {body}"
        yield Case("moved_into_footnote", text[:start] + after + text[end:], frozenset({"omitted"}), target.target_id)


EDITS: list[Edit] = [
    value_lowered,
    value_raised,
    comparator_strengthened,
    comparator_weakened,
    grade_changed,
    age_changed,
    date_in_heading,
    target_dropped,
    target_added,
    modality_weakened,
    unedited,
    reworded,
    scanning_noise,
    renumbered,
    reordered,
    scope_changed,
    moved,
    moved_into_footnote,
]


def flags(comparison: Comparison) -> list[tuple[str, frozenset[str]]]:
    """The findings that are not ``equal``: (parent target or child target, kinds)."""
    return [
        (d.parent_target_id or d.child_target_id, frozenset(d.kinds))
        for d in comparison.deviations
        if d.kinds != ("equal",) and not (d.covered_by and not d.parent_target_id)
    ]


class Outcome(NamedTuple):
    """What one case gave: whether the edit's own finding was there, and how many others were flagged."""

    case: Case
    found: bool
    others: int


def judge(case: Case, comparison: Comparison) -> Outcome:
    """Whether a comparison of the edited text with the original says what the edit did, and nothing else."""
    flagged = flags(comparison)
    if "" in case.kinds:
        return Outcome(case, not flagged, len(flagged))
    hits = [
        f for f in flagged if f[1] & case.kinds and (not case.target_id or f[0] == case.target_id or "added" in f[1])
    ]
    if case.name in ("date_in_heading", "modality_weakened"):  # one word stands for several targets
        others = [f for f in flagged if not f[1] & case.kinds]
    else:
        others = [f for f in flagged if f not in hits]
    return Outcome(case, bool(hits), len(others))


def run(document: Document, *, seed: int = 0, limit: int = 6) -> list[Outcome]:
    """All edits of one document, at most ``limit`` per class, each compared with the original."""
    import msgspec

    from doichieu.analyse import analyse
    from doichieu.comparison.compare import compare_all_targets

    rng = random.Random(seed)
    out = []
    for edit in EDITS:
        cases = list(edit(document, rng))
        if len(cases) > limit:
            cases = [cases[i] for i in sorted(rng.sample(range(len(cases)), limit))]
        for case in cases:
            source = msgspec.structs.replace(
                document.source, text=case.text, document_id="edited", blocks=(), pages=(), lines=()
            )
            edited = analyse(source)
            out.append(judge(case, Comparison(edited, document, compare_all_targets(edited, document))))
    return out
