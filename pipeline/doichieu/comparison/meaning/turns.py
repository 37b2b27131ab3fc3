"""Turns of phrase that say one thing: a patient is who has the disease, who gives up a habit does not do it."""

from __future__ import annotations

import re

from doichieu.lexicon.named_words import words_of

#: "Người mắc bệnh lao", "người tăng huyết áp".
_PATIENT = re.compile(
    r"(?<!\w)(?:(?:người|trẻ|trẻ em) bệnh|bệnh nhân(?: (?:bị|mắc))?|người(?: dân)?(?: (?:bị|mắc))?)(?: bệnh)?"
    rf" (?P<disease>(?:{words_of('diseases')})(?!\w))"
)


def as_patients(text: str) -> str:
    """A folded wording in which whoever has a disease is said to have it.

    >>> as_patients("90% người tăng huyết áp"), as_patients("người mắc bệnh lao được điều trị")
    ('90% người mắc tăng huyết áp', 'người mắc lao được điều trị')
    >>> as_patients("90% người lao động")
    '90% người lao động'
    """
    return _PATIENT.sub(r"người mắc \g<disease>", text)


#: "Bỏ tục đốt đồng", "từ bỏ thói quen hút thuốc", "chấm dứt việc xả rác".
_GIVEN_UP = re.compile(
    r"(?<!\w)(?:(?:từ )?bỏ (?:hẳn )?(?:tục|thói quen|lệ|nếp|thói)"
    r"|(?:chấm dứt|thôi|không còn)(?: hẳn)? (?:việc|hành vi|tình trạng|nạn|cảnh|tục|thói quen|hiện tượng))"
    r" (?=[^\W\d]+)"
)


def as_not_done(text: str) -> str:
    """A folded wording in which a habit that is given up is not done.

    >>> as_not_done("hộ bỏ tục đốt đồng"), as_not_done("chấm dứt việc xả rác"), as_not_done("học sinh bỏ học")
    ('hộ không đốt đồng', 'không xả rác', 'học sinh bỏ học')
    """
    return _GIVEN_UP.sub("không ", text)


__all__ = ["as_not_done", "as_patients"]
