"""Units of administration in populations: kinds of communes, settlements, levels, and each place by its kind."""

from __future__ import annotations

from doichieu.comparison.authorities.levels import compare_levels
from doichieu.comparison.meaning.statements import Statement
from doichieu.comparison.meaning.terms import higher_rank, idle
from doichieu.comparison.relations.parts import Part, Relation, as_set
from doichieu.comparison.relations.terms_beside import weighty
from doichieu.lexicon import load


def places(child: Statement, parent: Statement) -> list[Part]:
    """Lists of kinds of places: ``phường`` against ``phường, thị trấn``."""
    c, p = child.places, parent.places
    own = frozenset(i for i in c if i in p or not set(i.split()) <= parent.known | set(" ".join(parent.terms).split()))
    theirs = frozenset(i for i in p if i in c or not set(i.split()) <= child.known | set(" ".join(child.terms).split()))
    if own == theirs:
        return []
    left, right = as_set(sorted(own)), as_set(sorted(theirs))
    if not theirs or (own and own < theirs) or _all_within(own, theirs):
        everywhere = right if theirs else "{mọi địa bàn}"
        return [Part("narrower", f"{left} ⊂ {everywhere}", f"chỉ còn {', '.join(sorted(own))}")]
    if not own or theirs < own or _all_within(theirs, own):
        everywhere = left if own else "{mọi địa bàn}"
        return [Part("broader", f"{everywhere} ⊃ {right}", f"không giới hạn ở {', '.join(sorted(theirs))}")]
    return [
        Part("overlap", f"{left} ≠ {right}", f"địa bàn {', '.join(sorted(own))} thay cho {', '.join(sorted(theirs))}")
    ]


def _all_within(narrow: frozenset[str], wide: frozenset[str]) -> bool:
    """Whether each kind of place is one of the others, named more closely: ``xã vùng cao`` of ``xã``."""
    return bool(narrow) and all(any(i == j or i.startswith(f"{j} ") for j in wide) for i in narrow)


#: The kinds of communes that a population of communes is made of; towns and special zones go with either.
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_TOLD = frozenset({"xã", "phường"})


def _kinds_of_communes(statement: Statement) -> frozenset[str]:
    """The kinds of communes of a population that begins with a list of them: ``100% xã, phường có …``."""
    found: set[str] = set()
    for term in statement.terms[: statement.border]:
        if term in _COMMUNES:
            found.add(term)
        elif term not in idle():
            break
    # "xã, thị trấn" are all that a rural district has
    return _TOLD if {"xã", "thị trấn"} <= found else frozenset(found) & _TOLD


#: Units of administration by their level; "thành phố" is of two.
_UNIT_LEVELS = (
    frozenset(_COMMUNES),
    frozenset({"thôn", "bản", "ấp", "buôn", "làng", "khóm", "sóc", "phum", "khu dân cư", "khu phố", "tổ dân phố"}),
    frozenset({"huyện", "thị xã", "quận"}),
    frozenset({"tỉnh"}),
)


def _levels_of_units(statement: Statement) -> frozenset[int]:
    """The levels of the units that a population begins with: ``100% thôn, bản có …``."""
    found: set[int] = set()
    for term in statement.terms[: statement.border]:
        levels = {number for number, units in enumerate(_UNIT_LEVELS) if term in units}
        if not levels and term not in idle():
            break
        found |= levels
    return frozenset(found)


def units(child: Statement, parent: Statement) -> list[Part]:
    """A population of units of another level: each ``thôn`` against each ``xã``."""
    c, p = _levels_of_units(child), _levels_of_units(parent)
    if bool(c) != bool(p):
        return _units_of_others(*((child, parent) if c else (parent, child)))
    if not c or not p or c & p:
        return []
    own, theirs = (
        next(term for term in side.terms if any(term in units for units in _UNIT_LEVELS)) for side in (child, parent)
    )
    return [Part("overlap", f"{{{own}}} ≠ {{{theirs}}}", f"tính theo {own} thay cho {theirs}")]


def _units_of_others(units: Statement, others: Statement) -> list[Part]:
    """A share of nothing but units against one of people: of each ``tổ dân phố`` against of each ``hộ``."""
    if units.counted or others.counted:  # "mỗi tỉnh có 50 doanh nghiệp" counts them
        return []
    noun = weighty(others.terms[: others.border])[:1]
    if weighty(units.terms[: units.border]) or units.places or not noun or noun[0] not in load("populations")["whom"]:
        return []
    unit = next(term for term in units.terms if any(term in level for level in _UNIT_LEVELS))
    return [Part("overlap", f"{{{noun[0]}}} ≠ {{{unit}}}", f"một bên tính theo {unit}, bên kia tính theo {noun[0]}")]


def _levels_told(statement: Statement) -> frozenset[str]:
    """The levels whose units a population without a named level speaks of: ``UBND các xã, phường``."""
    said = {word for place in statement.places for word in place.split()} | set(statement.terms[: statement.border])
    names = ("xã", "", "huyện", "tỉnh")
    return frozenset(name for name, units in zip(names, _UNIT_LEVELS, strict=True) if name and units & said)


def levels(child: Statement, parent: Statement) -> list[Part]:
    """A level of administration that one side singles out and neither document is of: ``công chức cấp xã``."""
    here = frozenset({child.own_level, parent.own_level})
    if not child.levels | parent.levels or "" in here:
        return []
    own, theirs = child.levels or _levels_told(child), parent.levels or _levels_told(parent)
    if (not own and theirs <= child.above) or (not theirs and own <= parent.above):
        return []
    relation = compare_levels(own, theirs, here)
    if relation == "same":
        return []
    left, right = (as_set(sorted(f"cấp {level}" for level in side.levels)) for side in (child, parent))
    sign = {"narrower": "⊂", "broader": "⊃", "apart": "≠"}[relation]
    kind: Relation = "overlap" if relation == "apart" else relation
    return [Part(kind, f"{left} {sign} {right}".replace("{}", "{mọi cấp}"), f"{left} thay cho {right}")]


def ranks(child: Statement, parent: Statement) -> list[Part]:
    """A rank above those of a province on one side where the other names a lower one: ``trọng tài cấp quốc gia``
    against ``cấp tỉnh``, which is here only where a body of the own level is meant."""
    own, theirs = (frozenset(t for t in side.terms[: side.border] if higher_rank(t)) for side in (child, parent))
    if bool(own) == bool(theirs):
        return []
    lower = (parent if own else child).low_ranks
    if not lower:
        return []
    rank, low = min(own or theirs), min(lower)
    return [Part("apart", f"{{{rank}}} ∩ {{{low}}} = ∅", f"“{low}” và “{rank}” là hai cấp khác nhau")]


def communes(child: Statement, parent: Statement) -> list[Part]:
    """A population of communes without one kind of them: ``xã`` against ``xã, phường``."""
    c, p = _kinds_of_communes(child), _kinds_of_communes(parent)
    if c == p or not c or not p:
        return []
    left, right = as_set(sorted(c)), as_set(sorted(p))
    reason = f"{', '.join(sorted(c))} thay cho {', '.join(sorted(p))}"
    if c < p:
        return [Part("narrower", f"{left} ⊂ {right}", reason)]
    return [Part("broader" if p < c else "apart", f"{left} {'⊃' if p < c else '≠'} {right}", reason)]


def localities(child: Statement, parent: Statement) -> list[Part]:
    """Offices of a province with its communes against the offices alone: ``sở, ban, ngành và các xã, phường``."""
    sides = [frozenset(side.terms[: side.border]) for side in (child, parent)]
    if child.own_level == "xã" or not all({"sở", "ngành"} <= side for side in sides):
        return []
    own, theirs = (bool(side & _LOCAL_BODIES) for side in sides)
    if own == theirs:
        return []
    if own:
        return [Part("broader", "{sở, ngành, địa phương} ⊃ {sở, ngành}", "thêm các địa phương")]
    return [Part("narrower", "{sở, ngành} ⊂ {sở, ngành, địa phương}", "không còn các địa phương")]


_LOCAL_BODIES = frozenset({"địa phương", "ủy ban nhân dân", "ubnd"}).union(*_UNIT_LEVELS)


#: Settlements of the country and of towns; a population that names the one kind says nothing of the other.
_SETTLEMENTS = (
    frozenset({"thôn", "bản", "ấp", "buôn", "làng", "xóm", "sóc", "phum"}),
    frozenset({"tổ dân phố", "khu phố", "khóm", "khối phố"}),
)


def _kinds_of_settlements(statement: Statement) -> frozenset[int]:
    """Of which kinds of settlements a population speaks, wherever it names them: ``chi bộ thôn, tổ dân phố``."""
    said = set(statement.terms[: statement.border])
    return frozenset(kind for kind, names in enumerate(_SETTLEMENTS) if names & said)


def settlements(child: Statement, parent: Statement) -> list[Part]:
    """A population of the settlements of one kind against those of both; who is a commune names those that it has."""
    c, p = _kinds_of_settlements(child), _kinds_of_settlements(parent)
    if c == p or not c or not p or (child.own_level == "xã" and not p < c):
        return []
    left, right = (
        as_set(sorted(frozenset().union(*(_SETTLEMENTS[n] & set(s.terms) for n in k))))
        for s, k in ((child, c), (parent, p))
    )
    reason = f"{left.strip('{}')} thay cho {right.strip('{}')}"
    if c < p:
        return [Part("narrower", f"{left} ⊂ {right}", reason)]
    return [Part("broader" if p < c else "apart", f"{left} {'⊃' if p < c else '≠'} {right}", reason)]
