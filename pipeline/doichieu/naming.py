"""What things are called: a document, a place in it, a figure, a measure, a date, as Vietnamese documents print them.

One place for each: tables, sentences and reports of every format ask here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from doichieu.lexicon import load
from doichieu.model import Document, Target
from doichieu.text import fold, short
from doichieu.text.memory import remembered

SIGNS = {"=": "", ">=": "từ", ">": "trên", "<=": "tối đa", "<": "dưới", "~": "khoảng", "between": "từ", "majority": ""}
_CONNECTIVE = re.compile(
    r"\A(?:trong đó(?: có)?|và|gồm)[:,]?\s+|[,;:]?\s+(?:trong đó(?: có)?|và|gồm|riêng)\Z", re.IGNORECASE
)


@cache
def kind_names(lang: str = "vi") -> dict[str, str]:
    """The printed name of every kind of document, by its id, from the lexicon of kinds.

    >>> kind_names()["nghi_quyet"], kind_names()["quy_che"], kind_names("en")["quy_che"]
    ('Nghị quyết', 'Quy chế', 'Statute')
    """
    label = "label" if lang == "vi" else f"label_{lang}"
    return {entry["id"]: entry[label] for entry in load("kinds")["kind"]}


@lru_cache(maxsize=4096)
def legal_path(path: str) -> str:
    """A clause path in legal citation form, innermost first.

    >>> legal_path("II/2/2.1/d"), legal_path("Điều 5/2/a"), legal_path("II/2/2.1/a/-2")
    ('điểm d, khoản 2.1, mục II', 'điểm a, khoản 2, Điều 5', 'gạch đầu dòng thứ 2, điểm a, khoản 2.1, mục II')
    >>> legal_path("II/1/a/1"), legal_path("II/1/a/(1)"), legal_path("Chương II/Mục 1/Điều 5/2/đ")
    ('điểm (1), điểm a, khoản 1, mục II', 'điểm (1), điểm a, khoản 1, mục II', 'điểm đ, khoản 2, Điều 5')
    """
    parts = [p for p in path.split("/") if p]
    out: list[str] = []
    kept: list[str] = []
    for part in parts:
        # "2" above "2.1" says nothing that "2.1" does not.
        if kept and part.startswith(kept[-1] + ".") and _NUMBERED.fullmatch(part) and _FIGURES.fullmatch(kept[-1]):
            kept[-1] = part
        else:
            kept.append(part)
    articles = [i for i, part in enumerate(kept) if part.startswith("Điều ")]
    kept = kept[articles[-1] :] if articles else kept  # an article's number is unique: no chapter is named above it
    for index in range(len(kept) - 1, -1, -1):
        out.append(_step(kept[index], kept[index - 1] if index else ""))
    return ", ".join(out)


_LETTER = re.compile(r"[a-zđ]\d*")
_ROMAN = re.compile(r"[IVXLC]+")
_SMALL_ROMAN = re.compile(r"[ivx]+")
_NUMBERED = re.compile(r"\d+(?:\.\d+)*")
_FIGURES = re.compile(r"[\d.]+")
_CAPITAL = re.compile(r"[A-ZĐ]")


def _step(part: str, above: str) -> str:
    """One mark of a path as lawyers say it; a figure under a letter is a point, never a khoản."""
    bare = part.strip("()")
    figure_below = _FIGURES.fullmatch(bare) and _LETTER.fullmatch(above.strip("()"))
    if part.startswith("-"):
        return f"gạch đầu dòng thứ {part[1:]}"
    if part.startswith("+"):
        return f"dấu cộng thứ {part[1:]}"
    if figure_below:
        return f"điểm ({bare})"
    if _SMALL_ROMAN.fullmatch(bare) and _LETTER.fullmatch(above.strip("()")):
        return f"tiết {bare}"
    if part != bare:
        return f"điểm ({bare})"
    for pattern, word in ((_ROMAN, "mục"), (_LETTER, "điểm"), (_FIGURES, "khoản")):
        if pattern.fullmatch(part):
            return f"{word} {part}"
    return f"phần {part}" if _CAPITAL.fullmatch(part) else part


def where(target: Target) -> str:
    """Where a target stands, in legal citation form; the page where the source has pages."""
    place = legal_path(target.clause_path) or "phần mở đầu"
    if target.rule.startswith("table"):
        above, _, row = target.clause_path.rpartition("/")
        number = f"dòng {row} của bảng" if row[:1].isdigit() else "bảng"
        place = f"{number}, {legal_path(above)}" if legal_path(above) else number
    return f"{place}, trang {target.page}" if target.page else place


def document_name(document: Document) -> str:
    """How a document is named in a sentence: kind and number, else kind and issuer or title, else its id."""
    info = document.info
    kind = kind_names().get(info.kind, "")
    if kind and info.number:
        return f"{kind} số {info.number}"
    if kind and info.issuer:
        return f"{kind} của {info.issuer.strip()} (chưa rõ số)"
    if kind and info.title:
        return f"{kind} “{short(info.title.strip(), 61)}”"
    return kind or document.document_id


def figure(value: float) -> str:
    """A number as Vietnamese print has it.

    >>> figure(1200.5), figure(15.0), figure(85341.25)
    ('1.200,5', '15', '85.341,25')
    """
    text = f"{value:,.12g}" if value < 1_000_000_000_000 else f"{value:,.0f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def quantity_words(target: Target) -> str:
    """The measure of a target in words: ``từ 15% trở lên``, ``trình độ từ đại học trở lên``."""
    parts: list[str] = []
    if target.operator == "majority":
        parts.append("đa số")
    elif target.value is not None:
        unit = target.unit if target.unit.startswith(("%", "‰", "/")) else f" {target.unit}" if target.unit else ""
        if target.operator == "between" and target.value_max is not None:
            parts.append(f"từ {figure(target.value)} đến {figure(target.value_max)}{unit}")
        elif is_rank(target):
            parts.append(rank_words(target))
        elif target.operator == ">=":
            parts.append(f"từ {figure(target.value)}{unit} trở lên")
        else:
            parts.append(f"{SIGNS.get(target.operator, '')} {figure(target.value)}{unit}".strip())
    if target.level:
        parts.append(
            f"trình độ từ {target.level} trở lên" if target.level_operator == ">=" else f"trình độ {target.level}"
        )
    return ", ".join(parts) or "không nêu mức"


_RANKED = re.compile(r"\s+(nước|quốc gia|tỉnh, thành phố|tỉnh|thành phố|địa phương|bộ, ngành)(?!\w)")


def is_rank(target: Target) -> bool:
    """Whether a target is a place in an order, whatever its unit counts: nations, provinces, places."""
    named = f"{target.subject} {target.indicator}".lower()
    return target.operator == "<=" and (target.unit == "hạng" or "thứ hạng" in named)


def rank_words(target: Target) -> str:
    """A rank as documents print it.

    >>> rank_words(Target("d", "t", "c", "", 0, 1, "thuộc nhóm 3 nước dẫn đầu Đông Nam Á", value=3.0))
    'thuộc nhóm 3 nước dẫn đầu'
    """
    number = figure(target.value or 0)
    ranked = _RANKED.search(target.quote, target.quote.find(number) + len(number)) if number in target.quote else None
    return f"thuộc nhóm {number} {ranked[1]} dẫn đầu" if ranked else f"xếp hạng {number} trở lên"


def day_words(iso: str) -> str:
    """A day as Vietnamese offices write it: a zero before single days and before January and February only.

    >>> day_words("2025-12-31"), day_words("2024-06-05"), day_words("2026-02-09"), day_words("")
    ('31/12/2025', '05/6/2024', '09/02/2026', '')
    """
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}/{month if month < '03' else month.lstrip('0')}/{year}" if day else iso


def date_words(deadline: str, operator: str) -> str:
    """A last day in words.

    >>> date_words("2025-12-31", "<="), date_words("2024-12-25", "<"), date_words("2024-06-05", "<=")
    ('đến hết năm 2025', 'trước ngày 25/12/2024', 'đến ngày 05/6/2024')
    """
    if not deadline:
        return "không nêu thời hạn"
    year, month, day = deadline.split("-")
    if (month, day) == ("12", "31") and operator != "<":
        return f"đến hết năm {year}"
    if (month, day) == ("01", "01") and operator == "<":
        return f"trước năm {year}"
    return f"{'trước' if operator == '<' else 'đến'} ngày {day_words(deadline)}"


#: A cut goes back to the end of a phrase that lies beyond this share of what fits.
_PHRASE = 0.5


def shown(text: str, longest: int = 220) -> str:
    """A wording for a sentence: without emphasis, footnote marks and line breaks, cut at a word."""
    return _shown(text, longest)


def _read_shown(text: str, longest: int) -> str:
    text = " ".join(text.replace("*", "").split()).strip(" ,;:.–-").rstrip("⁰¹²³⁴⁵⁶⁷⁸⁹")
    text = _CONNECTIVE.sub("", text)
    if len(text) <= longest:
        return text
    cut = text[:longest].rsplit(" ", 1)[0]
    whole = max((m.start() for m in re.finditer(r"[,;:](?=\s)|\s[-–](?=\s)|\.(?=\s)", cut)), default=0)
    return (cut[:whole] if whole >= _PHRASE * longest else cut).rstrip(" ,;:–-.") + "…"


#: A parent's wordings are told again of each of its children.
_shown = remembered(_read_shown)


def lower_first(text: str) -> str:
    """A phrase as it stands inside a sentence; names of bodies keep their capital.

    >>> lower_first("Cán bộ chủ chốt cấp xã"), lower_first("Ban Chấp hành Đảng bộ")
    ('cán bộ chủ chốt cấp xã', 'Ban Chấp hành Đảng bộ')
    """
    words = text.split()
    if not words or words[0].isupper() or (len(words) > 1 and words[1][:1].isupper()):
        return text
    return text[:1].lower() + text[1:]


_ABBREVIATIONS = [("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("ubtvqh", "ủy ban thường vụ quốc hội")]


@lru_cache(maxsize=4096)
def _plain_issuer(issuer: str) -> str:
    text = fold(issuer)
    for letters, full in _ABBREVIATIONS:
        text = re.sub(rf"(?<!\w){letters}(?!\w)", full, text)
    return text


@lru_cache(maxsize=1 << 16)
def same_issuer(one: str, other: str) -> bool:
    """Whether two wordings can name one issuer; an unnamed issuer contradicts none.

    >>> same_issuer("Thị ủy", "Ban Thường vụ Thị ủy"), same_issuer("Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Thị ủy")
    (True, False)
    >>> same_issuer("UBND tỉnh", "Ủy ban nhân dân tỉnh Bắc Ninh"), same_issuer("", "Chính phủ")
    (True, True)
    """
    a, b = _plain_issuer(one), _plain_issuer(other)
    if not a or not b:
        return True
    if "," in one or "," in other:  # "Thị ủy, Ban Thường vụ Thị ủy": any of them
        return any(same_issuer(x, y) for x in one.split(",") for y in other.split(",") if x.strip() and y.strip())
    padded_a, padded_b = f" {a} ", f" {b} "
    return padded_a in padded_b or padded_b in padded_a


def described(document: Document) -> str:
    """How a person names a document: ``Nghị quyết số 09-NQ/TU ngày 01/6/2022``; its id where it has no number."""
    info = document.info
    label = kind_names().get(info.kind, "Văn bản")
    if not info.number:
        return document.document_id
    if not info.issued_on:
        return f"{label} số {info.number}"
    return f"{label} số {info.number} ngày {day_words(info.issued_on)}"
