"""What others offer for parts of the work, on the same texts; each is asked only where it is installed."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec

#: The slow ones are measured on a part of the text (characters).
_PART = {
    "word_tokenize": 120_000,
    "pos_tag": 20_000,
    "ner": 6_000,
    "dateparser": 6_000,
    "quantulum3": 20_000,
    "recognizers": 20_000,
}


def word_tokenizer() -> Callable[[str], object]:
    """The word splitter of underthesea."""
    from underthesea import word_tokenize

    return lambda text: word_tokenize(text, use_token_normalize=False)


def _pos_tag() -> Callable[[str], object]:
    from underthesea import pos_tag

    return lambda text: [pos_tag(line) for line in text.split("\n") if line.strip()]


def _ner() -> Callable[[str], object]:
    from underthesea import ner

    return lambda text: [ner(line) for line in text.split("\n") if line.strip()]


def _dateparser() -> Callable[[str], object]:
    from dateparser.search import search_dates

    return lambda text: [search_dates(line, languages=["vi"]) for line in text.split("\n") if line.strip()]


def _quantulum3() -> Callable[[str], object]:
    from quantulum3 import parser

    return lambda text: [parser.parse(line) for line in text.split("\n") if line.strip()]


def _recognizers() -> Callable[[str], object]:
    from recognizers_number import recognize_percentage

    return lambda text: [recognize_percentage(line, "es-es") for line in text.split("\n") if line.strip()]


_PEERS: tuple[tuple[str, str, str, Callable[[], Callable[[str], object]]], ...] = (
    ("underthesea word_tokenize", "underthesea", "word_tokenize", word_tokenizer),
    ("underthesea pos_tag", "underthesea", "pos_tag", _pos_tag),
    ("underthesea ner", "underthesea", "ner", _ner),
    ("dateparser search_dates", "dateparser", "dateparser", _dateparser),
    ("quantulum3 parse", "quantulum3", "quantulum3", _quantulum3),
    ("recognizers-text percentages", "recognizers_number", "recognizers", _recognizers),
)


def speeds(texts: list[str]) -> Iterator[tuple[str, float]]:
    """``(name, characters a second)`` of each peer; 0 where it is not installed."""
    whole = "\n".join(texts)
    for name, module, key, load in _PEERS:
        if find_spec(module) is None:
            yield name, 0.0
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                work = load()
            except ImportError:
                yield name, 0.0  # its own requirements are not met here
                continue
            part = whole[: _PART[key]]
            work(part[:300])
            times = []
            for _ in range(3 if key == "word_tokenize" else 1):
                start = time.perf_counter()
                work(part)
                times.append(time.perf_counter() - start)
        yield name, len(part) / min(times)
