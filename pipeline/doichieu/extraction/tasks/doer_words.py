"""Common nouns and heads of those who act though no lexicon knows their names, compiled once."""

from __future__ import annotations

import re
from functools import lru_cache

from doichieu.lexicon import load
from doichieu.text import any_word, one_of


@lru_cache(maxsize=1)
def doer_kinds() -> re.Pattern[str]:
    """Common nouns of those who may have a duty: ``cơ quan``, ``chủ đầu tư``, ``các hộ``."""
    return re.compile(rf"(?:các |những |mỗi |từng )?(?:{one_of(load('roles')['doer']['kinds'])})(?!\w)")


@lru_cache(maxsize=1)
def doer_heads() -> re.Pattern[str]:
    """What begins the name of people or bodies that no lexicon knows: ``giáo viên``, ``bí thư``, ``khoa``."""
    heads = one_of(load("roles")["doer"]["heads"])
    return re.compile(rf"(?:các |những |mỗi |từng )?(?!{no_heads().pattern})(?:{heads})(?!\w)")


@lru_cache(maxsize=1)
def no_heads() -> re.Pattern[str]:
    """Wordings that begin as a name of people or bodies and are none: ``tổ quốc``, ``hội nghị``."""
    return re.compile(rf"(?:các |những )?{any_word(load('roles')['doer']['no_heads'])}")


@lru_cache(maxsize=1)
def kind_of_office() -> re.Pattern[str]:
    """A common noun of an office with the verb that tells its kind: ``cơ quan phụ trách``, ``bộ phận tiếp nhận``."""
    kinds = one_of(load("roles")["partner"]["kinds"])
    # "Cơ quan chủ trì soạn thảo| lấy ý kiến"
    no_kind = "thực hiện|triển khai|tham mưu|phối hợp"
    lead = rf"chủ trì(?! (?:{no_kind}))(?: (?:{kinds}|xây dựng|lập|nhiệm vụ))?"
    return re.compile(rf"(?:các )?(?:cơ quan|đơn vị|bộ phận|bộ máy) (?:{kinds}|{lead})(?= (?!các |việc )\w)")


@lru_cache(maxsize=1)
def bare_office() -> re.Pattern[str]:
    """An office named by its verb alone: ``cơ quan tiếp nhận| kiểm tra hồ sơ``."""
    kinds = one_of(load("roles")["partner"]["kinds"])
    return re.compile(rf"(?:cơ quan|đơn vị|bộ phận) (?:{kinds})(?= )")


@lru_cache(maxsize=1)
def people() -> re.Pattern[str]:
    """Nouns of people that lists hold: ``công chức, viên chức,| nhân viên|``."""
    return re.compile(one_of(load("roles")["cell"]["persons"]))


@lru_cache(maxsize=1)
def in_names() -> frozenset[str]:
    """Verbs that stand in names too: ``tổ hỗ trợ kỹ thuật``, ``khoa điều trị``."""
    return frozenset((*load("roles")["heading"]["in_names"], *load("task_verbs")["name_words"]))


@lru_cache(maxsize=1)
def any_kinds() -> re.Pattern[str]:
    """Nothing but common nouns of bodies: ``cơ quan, đơn vị``."""
    kind = doer_kinds().pattern
    return re.compile(rf"{kind}(?:(?:, | và |, và ){kind})*")
