"""Lists of places: where one that a comma parts goes on, so that ``tại các tỉnh, thành phố vùng …`` stays whole."""

from __future__ import annotations

from doichieu.alphabet import UPPER
from doichieu.lexicon.families import LEVEL, REGION, SETTLEMENT

#: What a place is called by its kind; "bản" is a paper too, and no member of the family by itself.
KIND_OF_PLACE = rf"(?:{LEVEL}|{SETTLEMENT}|bản)"
#: A kind of place with what tells it apart: "phường khu vực phía Đông", "vùng biên giới", "các huyện Bến Lức".
_TOLD_APART = rf"(?:khu vực|vùng|miền|{REGION}|còn lại|trung tâm|thuộc|ven|nội|ngoại|biên giới|(?-i:[{UPPER}]))"
_PLACE = rf"(?:(?:các |những )?{KIND_OF_PLACE}\s{_TOLD_APART}|(?:vùng|khu vực|miền)\s|(?:{LEVEL})(?=,))"
PLACE_NAME = rf"(?-i:[{UPPER}]\w*(?: [{UPPER}]\w*){{0,3}})"
#: What goes on a list of places behind its first member, each behind a comma; to be read without regard to case.
MORE_PLACES = rf"(?:, (?:{_PLACE}[^,;:%\d]{{0,60}}?|{PLACE_NAME})(?: và {PLACE_NAME})?(?=,))*"
_REGION_NEXT = rf"(?:vùng|khu vực)\s(?:{REGION}|đồng bào|dân tộc)"
#: Behind a comma no further place stands that is told apart.
NO_PLACE_NEXT = rf"(?!(?:(?:các |những )?{KIND_OF_PLACE}\s{_TOLD_APART}|{_REGION_NEXT}(?!\w))[^,;:%]*\Z)"
#: The same list where nothing need follow: "tại các xã, phường khu vực phía Tây".
PLACE_LIST = rf"(?:, (?:{_PLACE}[^,;:%\d]{{0,60}}|{PLACE_NAME}))*"
