"""The words of a task that say what is to be done: without who does it in which role, without numbers of documents, and
with verbs that answer each other made one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from doichieu.comparison.duties.links import opens_with_verb
from doichieu.comparison.duties.role_lines import does_something
from doichieu.comparison.duties.task_kin import Forms, Kin, families_of, kin_data, kin_of
from doichieu.comparison.pairing.likeness import content_words, plain, single_words
from doichieu.lexicon import load
from doichieu.lexicon.families import EVERY
from doichieu.text import any_word, fold
from doichieu.text.memory import remembered


@lru_cache(maxsize=1)
def _frame() -> re.Pattern[str]:
    """Words that say who has which role in a task, not what is to be done."""
    return re.compile(any_word(load("counterparts")["frame"]))


@lru_cache(maxsize=1)
def _receivers() -> re.Pattern[str]:
    """Who is reported to: each level reports to the next one above, which is the same task."""
    words = sorted(load("counterparts")["receivers"], key=len, reverse=True)
    return re.compile(
        r"(?<!\w)báo cáo((?:\s+(?:kết quả|tình hình|định kỳ|với|về|cho|lên))*)\s+(?:"
        + "|".join(map(re.escape, words))
        + r")(?!\w)"
    )


@lru_cache(maxsize=1)
def _verb_classes() -> tuple[re.Pattern[str], dict[str, str]]:
    """Verbs that answer each other, each class by its first."""
    names = {verb: verbs[0] for verbs in load("counterparts")["verbs"] for verb in verbs}
    return re.compile(any_word(names)), names


_KIND = (
    r"(?:nghị quyết|kế hoạch|chương trình hành động|chương trình|đề án|chỉ thị|kết luận|quyết định|nghị định|thông tư"
    r"|luật|dự án|công văn|hướng dẫn|quy định)"
)
#: A document by its number or as "this": whichever it is, the task is the same one.
_SLOT = re.compile(
    rf"(?<!\w){_KIND}\s+(?:(?:số\s+)?\d[\w/.-]*(?:\s+ngày\s+[\d/.-]+(?:\s+tháng\s+\d+\s+năm\s+\d+)?)?|này|trên)"
    rf"|(?<!\w)(?:nghị quyết|kế hoạch|chương trình hành động|đề án|chỉ thị|kết luận)(?=\s*(?:của|và|,|\.|\Z))"
    r"|(?:(?<=thực hiện )|(?<=triển khai ))(?:chương trình|chiến lược)(?=\s*(?:của|và|theo|tại|trên|,|\.|\Z))"
)


#: A field named before a task: "Chính quyền số: nâng cấp …".
_LABEL = re.compile(r"\A[^:.;|]{3,70}:\s+(?=\w)")


def unlabelled(text: str) -> str:
    """A task without the name of its field before a colon, where what follows it opens with a verb of doing.

    >>> unlabelled("Chính quyền số: nâng cấp mạng truyền số liệu")
    'nâng cấp mạng truyền số liệu'
    >>> unlabelled("Thực hiện các nội dung: tổ dân phố văn hóa")
    'Thực hiện các nội dung: tổ dân phố văn hóa'
    """
    label = _LABEL.match(text)
    if label is None or opens_with_verb(text) or not opens_with_verb(text[label.end() :]):
        return text
    return text[label.end() :]


#: Where, when or by whom something is done, told before its verb; a share is no deed.
_SETTING = re.compile(
    rf"(?:{EVERY}|tại|ở|trong|vào|trước|sau|khi|đến|từ|các|định kỳ|chậm nhất|ngay|sáng|chiều|tối|ngày|đồng chí|căn cứ"
    r"|trên|với|cùng)(?!\w)[^;:%]{0,90}?[\s,]"
)
_AT_MOST = 12


def has_a_deed(text: str, *, charged: bool) -> bool:
    """Whether a stretch does something: it opens with a verb, with a body that is charged, or with where and when.

    >>> has_a_deed("Tại mỗi bến, trồng một hàng cây", charged=False), has_a_deed("Mỗi bến 02 phao", charged=False)
    (True, False)
    """
    return charged or does_something(text) or _verb_behind(fold(text))


def _verb_behind(text: str) -> bool:
    """Whether a verb stands behind the words that tell where and when."""
    if _SETTING.match(text) is None:
        return False
    words = text.split()[1 : _AT_MOST + 1]
    return any(does_something(" ".join(words[i : i + 3])) for i in range(len(words)))


_RULES = r"(?:nghị quyết|chính sách|cơ chế|nghị định|thông tư|luật|quy định|quy chuẩn)"
_MAKES_RULES = re.compile(
    r"(?<!\w)(?:ban hành|sửa đổi|bổ sung|hoàn thiện|xây dựng|soạn thảo)(?:,\s*\w+ \w+)? "
    rf"(?:(?:các|một số|hệ thống|khung|những) )*{_RULES}(?!\w| này)"
)
_TELLS_OF_RULES = re.compile(rf"(?<!\w)(?:{_RULES}|ban hành|quy chế|đề án|trình|hđnd|hội đồng nhân dân)(?!\w)")


def makes_rules(text: str) -> bool:
    """Whether a task has rules made: an act, a policy, not a plan that carries one out.

    >>> makes_rules("HĐND ban hành chính sách trợ giá nước"), makes_rules("Lập kế hoạch thực hiện Nghị quyết")
    (True, False)
    """
    return _MAKES_RULES.search(fold(text)) is not None


def tells_of_rules(text: str) -> bool:
    """Whether a link tells of rules, or of who makes them.

    >>> tells_of_rules("Đề xuất HĐND xã mức trợ giá nước"), tells_of_rules("Hỗ trợ hộ nghèo mua bồn nước")
    (True, False)
    """
    return _TELLS_OF_RULES.search(fold(text)) is not None


#: A figure with what is measured in it, no number of a document, no date.
_FIGURE = re.compile(r"(?<![\w/.,-])(\d+(?:[.,]\d+)*)\s*(%|[^\W\d_]+)(?!\s*\d)")
_NO_FIGURE = frozenset({"tháng", "năm", "ngày", "giờ", "tuổi", "của", "và"})


def figures_of(text: str) -> frozenset[str]:
    """The figures of a task, each with its unit.

    >>> sorted(figures_of("Hỗ trợ 50% chi phí, tối đa 30 triệu đồng/ha, từ ngày 01/7/2026, theo Nghị quyết 12"))
    ['30 triệu', '50 %']
    """
    return frozenset(
        f"{number.lstrip('0')} {unit}" for number, unit in _FIGURE.findall(fold(text)) if unit not in _NO_FIGURE
    )


class Words(NamedTuple):
    """The words of a task: themselves with their pairs, by classes, each wording as the one word of its class, and by
    the families that may answer it."""

    told: Counter[str]
    classes: frozenset[str]
    kin: Kin


def words_of(text: str, bodies: Sequence[str] = ()) -> Words:
    """The words of a task that say what is to be done: without roles, bodies, numbers of documents; by classes without
    words of manner too.

    >>> sorted(words_of("Kịp thời thu gom rác thải sinh hoạt").classes)
    ['rác', 'thu_gom']
    """
    return _words_of(text, tuple(bodies))


def task_words(text: str, bodies: Sequence[str] = ()) -> Counter[str]:
    """The words of a task that say what is to be done, and their pairs: without roles, bodies, numbers of documents.

    >>> task_words("Đôn đốc thực hiện Nghị quyết số 21-NQ/TU") == task_words("theo dõi thực hiện Kế hoạch này")
    True
    """
    return _words_of(text, tuple(bodies)).told


def in_classes(text: str, bodies: Sequence[str]) -> str:
    """The wording of a task, folded, with verbs of one class made one, without roles, bodies, numbers of documents."""
    text = _SLOT.sub(" văn bản ", fold(text.replace("*", "").replace("_", "")))
    for name in sorted({fold(body) for body in bodies}, key=lambda n: (-len(n), n)):
        text = text.replace(name, " ")
    text = text.replace("chịu trách nhiệm trước", "gắn trách nhiệm với")  # no role, but what is to be done
    if "báo cáo" in text:
        text = _receivers().sub(r"báo cáo\1 cấp trên", text)
    pattern, names = _verb_classes()
    return pattern.sub(lambda found: names[found.group()], _frame().sub(" ", text))


@lru_cache(maxsize=1)
def _alike() -> tuple[re.Pattern[str], dict[str, str]]:
    """Wordings that answer each other, each by the one word that names its class, and wordings of manner by nothing."""
    words = load("task_words")
    names = {plain(form): f" {re.sub(r'[, ]+', '_', forms[0])} " for forms in words["alike"] for form in forms}
    names |= dict.fromkeys(map(plain, words["manner"]), " ")
    names |= {plain(form): f" {plain(form).replace(' ', '_')} " for form in words["compounds"]}
    names.pop("", None)
    return re.compile(any_word(names)), names


def _read_words(text: str, bodies: tuple[str, ...]) -> Words:
    wording = plain(in_classes(text, bodies))
    classes = _by_classes(wording)
    return Words(content_words(wording), frozenset(single_words(classes)), kin_of(classes, _kin_forms()))


def _by_classes(wording: str) -> str:
    """A plain wording with each part that has a class as the one word that names it, without words of manner."""
    pattern, names = _alike()
    return pattern.sub(lambda found: names[found.group()], wording)


@lru_cache(maxsize=1)
def _kin_forms() -> Forms:
    """The families of the lexicon, their wordings written as those of tasks are."""
    data = kin_data()
    forms = {form for families in data.values() for family in families for form in family}
    return families_of(data, {form: _by_classes(plain(in_classes(form, ()))) for form in forms})


#: The words of the parent's tasks are asked for again with each child.
_words_of = remembered(_read_words)


__all__ = [
    "Words",
    "does_something",
    "figures_of",
    "in_classes",
    "makes_rules",
    "task_words",
    "tells_of_rules",
    "unlabelled",
    "words_of",
]
