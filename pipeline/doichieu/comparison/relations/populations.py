"""Populations: whom a target is about, and whose population is the wider one.

A population is a structure: the noun and what narrows it, ages as an interval, kinds of places and exceptions as
sets, limits in a unit as half lines.  One population lies in another when each of these does; where neither lies in
the other the two overlap, and where a term of one excludes a term of the other they have nothing in common.  The own
territory and the own bodies of a document narrow nothing (:mod:`doichieu.comparison.meaning.statements`).
"""

from __future__ import annotations

import itertools
import math
import re
from functools import lru_cache
from typing import NamedTuple

from doichieu.comparison.meaning.deeds import is_deed
from doichieu.comparison.meaning.standards import Standard
from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.meaning.terms import (
    SEPARATORS,
    are_apart,
    cover_whole,
    excludes_others,
    idle,
    is_part,
    is_urging,
    is_worker_of,
    provides,
    shifters,
    verbs,
    words_of,
)
from doichieu.comparison.relations import administration
from doichieu.comparison.relations.differences import Differences, Piece
from doichieu.comparison.relations.lists import cross, share_a_member
from doichieu.comparison.relations.parts import Part, Relation, as_set
from doichieu.comparison.relations.terms_beside import weighty
from doichieu.lexicon import load
from doichieu.lexicon.named_words import words_of as words_of_list


def age_words(age: tuple[float, float]) -> str:
    """An age interval ``[from, to)`` in words.

    >>> age_words((15, 61)), age_words((0, 40)), age_words((65, math.inf)), age_words((6, 7))
    ('từ 15 đến 60 tuổi', 'dưới 40 tuổi', 'từ 65 tuổi trở lên', '6 tuổi')
    """
    if age[1] < 3 and any(not edge.is_integer() for edge in (float(age[0]), float(age[1]))):
        low, high = round(age[0] * 12), round(age[1] * 12)
        return f"từ {low} đến {high - 1} tháng tuổi" if low else f"dưới {high} tháng tuổi"
    if math.isinf(age[1]):
        return f"từ {age[0]:g} tuổi trở lên"
    if age[1] - age[0] == 1 and age[0]:
        return f"{age[0]:g} tuổi"
    return f"từ {age[0]:g} đến {age[1] - 1:g} tuổi" if age[0] else f"dưới {age[1]:g} tuổi"


class Finding(NamedTuple):
    """What comparing two populations gave; ``kind`` is empty where nothing tells them apart."""

    relation: Relation
    kind: str
    proof: str
    reason: str


SAME = Finding("same", "", "", "")
_KINDS = {"narrower": "scope_narrower", "broader": "scope_broader", "overlap": "changed", "apart": "changed"}


def compare_populations(child: Statement, parent: Statement, found: Differences) -> Finding:
    """How the child's population lies to the parent's."""
    return _compared(child, parent, found)


def _overlapping(child: Statement, parent: Statement, parts: list[Part]) -> list[Part]:
    """Parts of which none is apart where two lists share a member: ``hộ nghèo, hộ cận nghèo`` and ``hộ cận nghèo, hộ
    mới thoát nghèo``."""
    if not parts or not share_a_member(child, parent):
        return parts
    crossing = cross(child, parent)
    return [
        part._replace(relation="overlap")
        if part.relation == "apart" or (crossing and part.relation != "same")
        else part
        for part in parts
    ]


def _read_populations(child: Statement, parent: Statement, found: Differences) -> Finding:
    parts = [
        *_ages(found.age_child, found.age_parent),
        *_numbered(child, parent),
        *(_left_out(child, parent) or _exceptions(_excepted(child), _excepted(parent))),
        *administration.places(child, parent),
        *administration.communes(child, parent),
        *administration.localities(child, parent),
        *administration.settlements(child, parent),
        *administration.units(child, parent),
        *_labels(child, parent),
        *administration.levels(child, parent),
        *administration.ranks(child, parent),
        *_each(child, parent),
        *_addressed(child, parent),
        *_fields(child, parent),
        *_denied(child, parent, found),
        *(_step(own, other) for own, other in found.population_steps),
        *_overlapping(
            child,
            parent,
            _pieces(
                [piece for piece in _that_narrow(found.population_child, child) if not _sited(piece, child)],
                _that_narrow(found.population_parent, parent),
            ),
        ),
    ]
    told = {part.relation for part in parts}
    parts += [part for part in _sites(child, parent) if part.relation not in told]
    if not parts:
        return SAME
    relation = together([part.relation for part in parts])
    return Finding(
        relation, _KINDS[relation], "; ".join(p.proof for p in parts), "; ".join(p.reason for p in parts if p.reason)
    )


#: The same two are asked for when they are aligned, bound, judged and told of.
_compared = lru_cache(maxsize=8192)(_read_populations)


def together(relations: list[Relation]) -> Relation:
    """The relation of two populations that stand so in several respects.

    >>> together(["narrower", "same"]), together(["narrower", "broader"]), together(["apart", "narrower"])
    ('narrower', 'overlap', 'apart')
    """
    told = set(relations) - {"same"}
    if "apart" in told:
        return "apart"
    if len(told) > 1:
        return "overlap"
    return told.pop() if told else "same"


def _words(terms: tuple[str, ...], standards: tuple[Standard, ...] = ()) -> str:
    printed = {f"<{s.key}>": s.words for s in standards}
    text = " ".join(printed.get(t, t) for t in terms)
    return _EDGES.sub("", text).replace(" ,", ",")


#: What joins a stretch to what stands beside it.
_EDGES = re.compile(r"\A[,\s]+|[,\s]+\Z|\A(?:và|hoặc) | (?:và|hoặc)\Z")


def _that_narrow(pieces: tuple[Piece, ...], said: Statement) -> list[Piece]:
    """The pieces without those by which a target that only urges says so, for who urges nobody means a kind of its
    population (``người khuyết tật vận động``), and without deeds that only say that somebody has a thing."""
    return [
        piece
        for piece in pieces
        if not (said.urges and is_urging(piece.terms)) and (piece.listed or not provides(piece.terms))
    ]


def _sited(piece: Piece, said: Statement) -> bool:
    """Whether a stretch only says where so many things are put: ``01 đường dây nóng [đặt tại bệnh viện]``."""
    return bool(said.counted) and piece.terms[:1] == ("đặt",) and piece.terms[1:2] in (("tại",), ("ở",))


def _pieces(own: list[Piece], theirs: list[Piece]) -> list[Part]:
    """What the two nouns and their qualifiers say more than each other."""
    out: list[Part] = []
    mine, other = list(own), list(theirs)
    for piece in own:
        for answer in theirs:
            relation = _related(piece, answer)
            if relation == "same" and piece in mine and answer in other:
                mine.remove(piece)
                other.remove(answer)
            elif relation and piece in mine and answer in other:
                mine.remove(piece)
                other.remove(answer)
                left, right = _words(piece.terms), _words(answer.terms)
                sign = {"narrower": "⊂", "broader": "⊃", "apart": "∩ … = ∅ với"}[relation]
                out.append(Part(relation, f"{{{left}}} {sign} {{{right}}}", f"“{left}” thay cho “{right}”"))
    out += _left_over([p for p in mine if weighty(p.terms)], [p for p in other if weighty(p.terms)])
    return out


def _related(own: Piece, answer: Piece) -> Relation | None:
    """How two stretches stand to each other by the lexicon's terms; None where it does not tell."""
    a, b = weighty(own.terms), weighty(answer.terms)
    told = [term for term in answer.terms if excludes_others(term)]
    if any(are_apart(x, y) for x in own.terms for y in told):
        return "apart"
    if len(b) == 1 and is_worker_of(" ".join(a), b[0]):
        return None if _on_contract(answer, a) else "narrower"
    if len(a) == 1 and is_worker_of(" ".join(b), a[0]):
        return None if _on_contract(own, b) else "broader"
    if len(b) == 1 and a and _within(own, a, b[0]):
        return "same" if cover_whole(frozenset(a), b[0]) else "narrower"
    if len(a) == 1 and b and _within(answer, b, a[0]):
        return "same" if cover_whole(frozenset(b), a[0]) else "broader"
    return None


#: A comma may go on with what narrows the one part: "nuôi tôm siêu thâm canh, thâm canh".
_JOINS = SEPARATORS - {","}


def _within(piece: Piece, terms: list[str], wide: str) -> bool:
    """Whether a stretch names parts of a wider term: one by one, or one narrowed (``phòng khám đa khoa``)."""
    if all(is_part(term, wide) for term in terms):
        return True
    return is_part(terms[0], wide) and _JOINS.isdisjoint(piece.terms)


def _on_contract(workers: Piece, others: list[str]) -> bool:
    """Whether workers of a list stand in the place of officials: ``công chức, người lao động`` are no ``cán bộ``."""
    return workers.listed and bool(others) and set(others).issubset(load("terms")["officials"])


def _left_over(own: list[Piece], theirs: list[Piece]) -> list[Part]:
    out: list[Part] = []
    for pieces, alone, narrows in ((own, not theirs, True), (theirs, not own, False)):
        for piece in pieces:
            words = _words(piece.terms)
            if piece.opens and alone and set(piece.terms) & shifters() and piece.terms[-1] not in SEPARATORS:
                out.append(Part("apart", f"{{{words} …}} ∥ {{…}}", f"“{words}” đứng trước làm khác đối tượng"))
            elif not alone:
                continue
            elif piece.listed == narrows:
                relation: Relation = "broader"
                word = f"thêm “{words}”" if piece.listed else f"bỏ điều kiện “{words}”"
                out.append(Part(relation, f"D ⊃ D ∩ {{{words}}}" if not piece.listed else f"D ∪ {{{words}}} ⊃ D", word))
            else:
                word = f"không còn “{words}”" if piece.listed else f"thêm điều kiện “{words}”"
                out.append(Part("narrower", f"D ⊂ D ∪ {{{words}}}" if piece.listed else f"D ∩ {{{words}}} ⊂ D", word))
    if own and theirs:
        out.append(_beside(own, theirs))
    return out


def _beside(own: list[Piece], theirs: list[Piece]) -> Part:
    """How two populations stand of which each says something alone: one that narrows while the other names more
    members lies in it."""
    left, right = ("; ".join(_words(p.terms) for p in side) for side in (own, theirs))
    added, dropped = (all(map(_is_member, side)) for side in (own, theirs))
    narrows, narrowed = (not _is_member(side[0]) and not side[0].opens for side in (own, theirs))
    added = (added and not own[0].opens) or _told_too(own[0])
    if any(_is_done(term) for piece in (*own, *theirs) for term in piece.terms):
        narrows = narrowed = False  # what one of them does or gets is no part of whom it is about
    if narrows and dropped:
        return Part("narrower", f"D ∩ {{{left}}} ⊂ D ∪ {{{right}}}", f"“{left}”, không còn “{right}”")
    if added and narrowed:
        return Part("broader", f"D ∪ {{{left}}} ⊃ D ∩ {{{right}}}", f"thêm “{left}”, bỏ “{right}”")
    return Part("overlap", f"{{{left}}} ≠ {{{right}}}", f"“{left}” thay cho “{right}”")


def _is_done(term: str) -> bool:
    return (term in verbs() and term != "có") or is_deed(term)


#: Words that open another member, who is told to be meant too.
_AND_THEM = ("kể cả", "gồm cả", "bao gồm cả", "tính cả")


def _is_member(piece: Piece) -> bool:
    """Whether a stretch is another member of a list of whom it is about: ``, trang trại``, ``kể cả quy mô nhỏ``."""
    return piece.listed or _told_too(piece)


def _told_too(piece: Piece) -> bool:
    return " ".join(piece.terms).startswith(_AND_THEM)


def _step(own: Standard, other: Standard) -> Part:
    """Two limits or steps in the noun: ``trên 30 MW`` against ``trên 10 MW``; two bare steps exclude each other."""
    left, right = own.words, other.words
    if not own.limit and not other.limit and min(own.high, other.high) < math.inf:  # a list of steps
        own, other = (s if s.high < math.inf else s._replace(high=s.low) for s in (own, other))
    if own.limit != other.limit:  # "hạng II" of "hạng II trở lên"
        own, other = (s if s.limit else s._replace(high=s.low) for s in (own, other))
    upwards = own.limit or re.search(r"trở lên|trở xuống", f"{left} {right}") is not None
    if not upwards and (own.high == math.inf == other.high):
        return Part("apart", f"{{{left}}} ∩ {{{right}}} = ∅", f"“{left}” thay cho “{right}”")
    inside = own.low >= other.low and own.high <= other.high
    outside = own.low <= other.low and own.high >= other.high
    relation: Relation = "narrower" if inside else "broader" if outside else "overlap"
    sign = "⊂" if inside else "⊃" if outside else "≠"
    return Part(relation, f"{{{left}}} {sign} {{{right}}}", f"“{left}” thay cho “{right}”")


def _ages(c: tuple[float, float] | None, p: tuple[float, float] | None) -> list[Part]:
    if c == p:
        return []
    everyone = (0.0, math.inf)
    a, b = c or everyone, p or everyone
    left, right = f"độ tuổi {_span(a)}", f"độ tuổi {_span(b)}"
    if c is None:
        reason = f"bỏ giới hạn độ tuổi {age_words(b)}"
    elif p is None:
        reason = f"chỉ tính người {age_words(a)}"
    else:
        reason = f"độ tuổi {age_words(a)} thay cho {age_words(b)}"
    if a[0] >= b[0] and a[1] <= b[1]:
        return [Part("narrower", f"{left} ⊂ {right}", reason)]
    if a[0] <= b[0] and a[1] >= b[1]:
        return [Part("broader", f"{left} ⊃ {right}", reason)]
    apart = a[1] <= b[0] or b[1] <= a[0]
    return [Part("apart" if apart else "overlap", f"{left} ≠ {right}", reason)]


def _span(age: tuple[float, float]) -> str:
    return f"[{age[0]:.3g}, {'∞' if math.isinf(age[1]) else f'{age[1]:.3g}'})"


def _excepted(statement: Statement) -> dict[str, str]:
    """What a population leaves out, by its words without the noun that it shares: ``trừ xe buýt cỡ nhỏ`` is ``trừ loại
    cỡ nhỏ``."""
    noun = {word for term in statement.terms[: statement.border] for word in term.split()}
    return {" ".join(w for w in item.split() if w not in noun) or item: item for item in statement.exceptions}


def _exceptions(c: dict[str, str], p: dict[str, str]) -> list[Part]:
    out: list[Part] = []
    if more := sorted(c[item] for item in c.keys() - p.keys()):
        out.append(Part("narrower", f"D ∖ {as_set(more)} ⊂ D", f"trừ “{', '.join(more)}”"))
    if less := sorted(p[item] for item in p.keys() - c.keys()):
        out.append(Part("broader", f"D ⊃ D ∖ {as_set(less)}", f"không còn trừ “{', '.join(less)}”"))
    return out


def _denied(child: Statement, parent: Statement, found: Differences) -> list[Part]:
    """Who has not yet had what the others have had already: ``thửa đất chưa cấp giấy`` against ``đã cấp giấy``."""
    for own, other, pieces in ((child, parent, found.population_child), (parent, child, found.population_parent)):
        denies = [term for piece in pieces for term in piece.terms if term.startswith(_NOT_YET)]
        done = "đã" in other.terms[: other.border] and "đã" not in own.terms[: own.border]
        if denies and done:
            return [Part("apart", f"{{{denies[0]}}} ∩ {{đã …}} = ∅", f"một bên “{denies[0]}”, bên kia đã có")]
    return []


_NOT_YET = ("chưa", "không")


def _left_out(child: Statement, parent: Statement) -> list[Part]:
    """What one side leaves out is whom the other is about: ``ngoài khu du lịch`` against ``trong khu du lịch``."""
    for own, other in ((child, parent), (parent, child)):
        whom = f" {' '.join(other.terms[: other.border])} "
        mine = f" {' '.join(own.terms[: own.border])} "
        for item in sorted(own.exceptions):
            if not other.exceptions and f" trong {item} " in whom and f" {item} " not in mine:
                return [Part("apart", f"{{ngoài {item}}} ∩ {{trong {item}}} = ∅", f"một bên không tính “{item}”")]
    return []


def _numbered(child: Statement, parent: Statement) -> list[Part]:
    """Members of a row called by a number: ``lớp 4, lớp 5`` against ``từ lớp 3 đến lớp 9``."""
    out: list[Part] = []
    for noun in sorted({noun for noun, _ in child.numbered | parent.numbered}):
        c, p = ({n for one, n in side.numbered if one == noun} for side in (child, parent))
        if c == p or (not c and _said_around(noun, p, child)) or (not p and _said_around(noun, c, parent)):
            continue
        left, right = (f"{noun} {as_set([str(n) for n in sorted(x)])}" if x else f"mọi {noun}" for x in (c, p))
        reason = f"{_row(noun, c)} thay cho {_row(noun, p)}"
        if not p or (c and c < p):
            out.append(Part("narrower", f"{left} ⊂ {right}", reason))
        elif not c or p < c:
            out.append(Part("broader", f"{left} ⊃ {right}", reason))
        else:
            out.append(Part("overlap" if c & p else "apart", f"{left} ≠ {right}", reason))
    return out


def _said_around(noun: str, numbers: set[int], other: Statement) -> bool:
    return {*noun.split(), *map(str, numbers)} <= other.known


def _row(noun: str, numbers: set[int]) -> str:
    return f"{noun} {', '.join(map(str, sorted(numbers)))}" if numbers else f"mọi {noun}"


def _each(child: Statement, parent: Statement) -> list[Part]:
    """A share of each of several against a share of all of them together."""
    one, other = "từng" in child.terms, "từng" in parent.terms
    if one == other:
        return []
    return [Part("apart", "từng phần ≠ toàn bộ", "một bên tính cho từng đơn vị, bên kia tính chung")]


def _listed(own: frozenset[str], theirs: frozenset[str]) -> list[Part]:
    """Labels of which one lists some of what the other does: ``Các trại giam, trại tạm giam: …`` against ``Các trại
    tạm giam: …``."""
    if own < theirs:
        return [Part("narrower", "nơi thực hiện ⊂ nơi thực hiện", f"không còn “{', '.join(sorted(theirs - own))}”")]
    if theirs < own:
        return [Part("broader", "nơi thực hiện ⊃ nơi thực hiện", f"thêm “{', '.join(sorted(own - theirs))}”")]
    return []


def _sites(child: Statement, parent: Statement) -> list[Part]:
    """Narrowings that list places of which one lists some of what the other does (``tại các trại giam, trại tạm giam``
    against ``tại các trại tạm giam``), or lists of places that have none in common."""
    own, theirs = child.sites, parent.sites
    if not own or not theirs or own == theirs:
        return []
    if own & theirs:
        return _listed(own, theirs)
    lists = min(len(own), len(theirs)) > 1
    words = [[frozenset(site.split()) for site in sites] for sites in (own, theirs)]
    if not lists or any(one <= other or other <= one for one in words[0] for other in words[1]):
        return []
    if any(is_part(one, other) or is_part(other, one) for one in own for other in theirs):
        return []
    return [Part("apart", "nơi thực hiện ∩ nơi thực hiện = ∅", "tính ở những nơi khác")]


def _addressed(child: Statement, parent: Statement) -> list[Part]:
    """Labels that address bodies of other kinds: ``Các sở, ban, ngành: …`` against ``Doanh nghiệp nhà nước: …``."""
    if (some := _listed(child.listed, parent.listed)) and child.listed and parent.listed:
        return some
    named = child.organisations, parent.organisations
    apart = (all(named) and named[0].isdisjoint(named[1])) or _other_bodies(child.bodies, parent.bodies)
    if not apart and (not child.addressed or not parent.addressed or child.addressed & parent.addressed):
        return []
    return [Part("apart", "nơi thực hiện ∩ nơi thực hiện = ∅", "giao cho loại cơ quan, đơn vị khác")]


def _other_bodies(own: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two offices, told by what each is at any level, have neither a task nor a word of their names in common.

    >>> _other_bodies(frozenset({"kiểm lâm"}), frozenset({"thủy lợi"}))
    True
    >>> _other_bodies(frozenset({"y tế"}), frozenset({"kinh tế"})), _other_bodies(frozenset({"y tế"}), frozenset())
    (True, False)
    >>> _other_bodies(frozenset({"y tế"}), frozenset({"trung tâm y tế"}))
    False
    """
    return bool(own and theirs) and _words_of_names(own).isdisjoint(_words_of_names(theirs))


_OFFICE_WORD = re.compile(rf"(?:{words_of_list('single_bodies')})\s+")


def _words_of_names(stems: frozenset[str]) -> set[tuple[str, ...]]:
    """The words of two syllables that names can have, without the noun that opens them."""
    spelled = [re.findall(r"\w+", _OFFICE_WORD.sub("", stem, count=1).replace(" và ", " ")) for stem in stems]
    return {pair for name in spelled for pair in (itertools.pairwise(name) if name[1:] else [(*name,)])}


def _field_of(statement: Statement) -> tuple[str, ...]:
    """The terms of the one field that a target names in its sentence: ``thủ tục lĩnh vực hộ tịch``."""
    terms = statement.terms
    if terms.count("lĩnh vực") != 1:
        return ()
    start = terms.index("lĩnh vực") + 1
    stop = next(
        (n for n in range(start + 1, len(terms)) if terms[n] in verbs() or terms[n] in idle() or terms[n][0] in "<,"),
        len(terms),
    )
    return terms[start:stop] if start < len(terms) and terms[start] not in _NO_FIELD else ()


#: What stands behind "lĩnh vực" and names none.
_NO_FIELD = frozenset({"được", "có", "đạt", "khác", "này", "thuộc", "của", ","})


def _fields(child: Statement, parent: Statement) -> list[Part]:
    """Two fields that share no word: ``thủ tục lĩnh vực hộ tịch`` against ``thủ tục lĩnh vực xây dựng``."""
    named = _field_of(child), _field_of(parent)
    own, theirs = (frozenset(word for term in field for word in term.split()) for field in named)
    if own & theirs or own <= parent.known or theirs <= child.known:
        return []
    if any(is_part(x, y) or is_part(y, x) for x in named[0] for y in named[1]):
        return []
    return [Part("apart", "lĩnh vực ∩ lĩnh vực = ∅", "hai lĩnh vực khác nhau")]


def _labels(child: Statement, parent: Statement) -> list[Part]:
    """What the labels above the two say, where the other side says it nowhere."""
    own, theirs = _unsaid(child.label, child, parent), _unsaid(parent.label, parent, child)
    if own or theirs:
        return _pieces([Piece(own)] if own else [], [Piece(theirs)] if theirs else [])
    own, theirs = _unsaid(child.field, child, parent), _unsaid(parent.field, parent, child)
    if own and theirs and not set(own) & set(theirs):
        return _pieces([Piece(own)], [Piece(theirs)])
    return []


def _unsaid(label: tuple[str, ...], own: Statement, other: Statement) -> tuple[str, ...]:
    if set(label) <= set(own.terms):
        return ()
    said = set(" ".join((*other.terms, *other.label, *other.field)).split()) | other.known
    left = tuple(t for t in label if not words_of(t) <= said)
    return left if weighty(left) else ()
