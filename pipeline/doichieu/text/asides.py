"""Brackets and what stands in them, taken out or blanked; most wordings have none and are not looked through."""

from __future__ import annotations

import re

_ASIDE = re.compile(r"\([^()]*\)")


def without_asides(text: str, instead: str = "") -> str:
    """A text without its brackets.

    >>> without_asides("hộ nghèo (chuẩn mới) ở xã"), without_asides("hộ (cũ)", " "), without_asides("hộ nghèo")
    ('hộ nghèo  ở xã', 'hộ  ', 'hộ nghèo')
    """
    return _ASIDE.sub(instead, text) if "(" in text else text


def masked_asides(text: str, sign: str = " ") -> str:
    """A text of the same length whose brackets hold nothing but a sign.

    >>> masked_asides("hộ (cũ) ở xã", "x")
    'hộ xxxx ở xã'
    """
    return _ASIDE.sub(lambda aside: sign * len(aside.group()), text) if "(" in text else text
