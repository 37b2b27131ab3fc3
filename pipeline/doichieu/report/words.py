"""The words of the reports in both languages; they live in ``lexicon/report_vi.toml`` and ``report_en.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace

from doichieu.lexicon import load

LANGUAGES = ("vi", "en")
#: A shape for each severity, so that a page printed in grey or seen without colours still tells them apart.
SIGNS = {"high": "▲", "medium": "◆", "low": "●", "info": "○"}


@cache
def words(lang: str) -> Mapping[str, Mapping[str, str]]:
    """The words of a language by group: ``words("vi")["kinds"]["omitted"]`` is ``Chưa cụ thể hóa``."""
    return load(f"report_{lang}")


@cache
def page_words(lang: str) -> SimpleNamespace:
    """Everything that a page, a workbook or a calendar prints, as attributes: "copy" and "clear" are words here, not
    methods."""
    return SimpleNamespace(**words(lang)["text"])


def name(lang: str, group: str, key: str) -> str:
    """The name of a value of a table; the value itself where it has none.

    >>> name("vi", "roles", "chu_tri"), name("en", "roles", "khac")
    ('Chủ trì', 'khac')
    """
    return words(lang)[group].get(key, key)
