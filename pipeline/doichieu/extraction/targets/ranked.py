"""Whom a grade or a rank is about, where no share or count is said.

Each rule is one of the table of :mod:`doichieu.extraction.targets.subjects`.
"""

from __future__ import annotations

import re

from doichieu.extraction.targets.kinds import of_kinds
from doichieu.extraction.targets.measures import mark_length
from doichieu.extraction.targets.parts import clean, strip_modal
from doichieu.extraction.targets.phrases import narrowings
from doichieu.extraction.targets.predicates import predicate_start
from doichieu.extraction.targets.sides import Said, Sides
from doichieu.lexicon.families import LEVEL, REGION, SETTLEMENT
from doichieu.text.asides import without_asides

_PLACE = re.compile(rf"(?:các )?(?:{LEVEL}|{SETTLEMENT}|{REGION}|thành|bản|vùng|miền|khu|núi|địa bàn|cấp)(?!\w)")
_RANK_ABOUT = re.compile(r"\svề\s+(?P<about>[^;.]{3,160})")
_RANK_PLACE = re.compile(
    r"\s*(?:dẫn đầu|đứng đầu)?\s*(?!về\s)((?:khu vực |vùng |của |toàn )?[A-ZĐ\w][^,;.]{1,30}?)(?=\s+về|,|;|\.|$)"
)
_REGION = re.compile(
    r"(?<!\w)((?:khu vực |các (?:nước|quốc gia) )?(?:Đông Nam Á|ASEAN|châu Á|Châu Á|thế giới|cả nước|toàn quốc))(?!\w)"
)
_RANK_VERB = re.compile(r"\s*(?:trở thành|là|thuộc|nằm(?: trong)?|đứng|xếp|lọt|vươn lên|vào(?= (?:nhóm|top|tốp))).*$")
_BROUGHT = re.compile(r"^(?:.*[\s,])?đưa\s+(?=[A-ZĐ])|\s+vào\Z")
_KEEP = re.compile(r"^(?:đưa|nâng|duy trì|giữ)\s+", re.IGNORECASE)


_PLACE_OPENS = re.compile(r"\s*(?:ở|tại|trên)\s")
_AS_FOR = re.compile(r"\s*(?:đối với|với)\s+")
_GRADED = re.compile(r"(?:^|\s)(?:có )?trình độ")


def _place_first(text: str) -> tuple[str, str]:
    """``Ở phường, thị trấn và xã đồng bằng, cán bộ …`` as place and people; no place where it opens with none."""
    if not _PLACE_OPENS.match(text.lower()):
        return "", text
    for comma in reversed([m.start() for m in re.finditer(", ", text)]):
        people = text[comma + 2 :]
        if people and not _PLACE.match(people.lower()):
            return text[:comma], people
    return "", text


def _places(text: str) -> list[str]:
    bare = re.sub(r"^\s*(?:ở|tại)\s+", "", text, flags=re.IGNORECASE)
    return [clean(text), *(clean(p) for p in re.split(r",| và ", bare) if clean(p) != clean(bare))]


@of_kinds("grade")
def grade_alone(c: Sides) -> Said | None:
    """``Ở xã đồng bằng, cán bộ có trình độ từ đại học trở lên``: no figure, only a grade."""
    bare = " ".join(without_asides(c.left, " ").split())
    about = _AS_FOR.match(bare.lower())
    bare = bare[about.end() :] if about else strip_modal(bare)
    place, bare = _place_first(bare)
    position = predicate_start(bare.lower(), from_start=True)
    cut = _GRADED.search(bare.lower())
    if cut and (position is None or cut.start() < position):
        position = cut.start()
    phrase = bare[:position] if position else ""
    scope = _places(place) if place else []
    if _PLACE_OPENS.match(phrase.lower()):
        scope, phrase = [*scope, *_places(phrase)], ""
    subject, narrow = narrowings(phrase)
    return Said(clean(subject), clean(strip_modal(c.text[c.start : c.group.end])), (*scope, *narrow))


def told_of_index(about: str) -> bool:
    """Whether what a rank is about is an index, which is what is ranked where nobody is named.

    >>> told_of_index("chỉ số cải cách hành chính"), told_of_index("chuyển đổi số")
    (True, False)
    """
    return about.lower().startswith(("chỉ số ", "bộ chỉ số ", "xếp hạng ", "mức độ "))


@of_kinds("rank")
def rank(c: Sides) -> Said | None:
    """``Việt Nam thuộc nhóm 3 nước dẫn đầu Đông Nam Á về chuyển đổi số``."""
    quantity = c.group.figure
    about = _RANK_ABOUT.search(c.text, quantity.end)
    indicator = f"thứ hạng {about.group('about')}" if about else clean(f"thứ hạng {c.right}")
    place = _REGION.search(c.right) or _RANK_PLACE.match(c.right)
    subject = _RANK_VERB.sub("", c.reached)
    subject = subject.rpartition(": ")[2]  # "Về xếp hạng: Chỉ số A thuộc nhóm"
    comma = subject.rfind(", ")
    told = comma >= 0 and predicate_start(subject[:comma].lower()) is not None
    if told:
        subject = subject[comma + 2 :]  # "… có sự thay đổi đột phá, Việt Nam thuộc nhóm"
    for stop in (r"[.;]\s", r"\.\s"):  # what its clause speaks of, else its sentence
        if not clean(subject):
            opening = re.split(stop, c.text[mark_length(c.text) : c.start])[-1]
            position = predicate_start(opening.lower())
            subject = narrowings(opening[:position])[0] if position and position < 60 else ""
    if not clean(subject) and about is not None and told_of_index(about.group("about")):
        return Said(clean(about.group("about")), clean(indicator), (place.group(1),) if place else ())
    if not clean(subject) and c.near is not None:
        subject = c.near.subject
    subject = _BROUGHT.sub("", clean(subject))
    scope = (place.group(1),) if place else (f"về {clean(about.group('about'))}",) if about else ()
    return Said(clean(_KEEP.sub("", clean(subject))), clean(indicator), scope)
