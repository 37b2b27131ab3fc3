"""No false all-clear: two words of a target replaced by two others are never told as equal."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from doichieu import diff, extract_text
from doichieu.analyse import analyse
from doichieu.comparison.meaning.terms import idle
from doichieu.model import Source
from tests.comparison.test_metamorphic import ARCHIVE, REAL, ROOT
from tests.comparison.test_sentences import CHILD, PARENT

#: Words of a subject that no text at hand speaks of.
_OTHER = ["sả", "chanh"]
_FORMAL = frozenset(
    re.findall(
        r"\w+", "phấn đấu đến năm trở lên tối thiểu ít nhất khoảng không dưới quá mức nhằm hết cuối mỗi thành phố xã"
    )
)


def quotes(folder: Path, pattern: str) -> list[str]:
    """Single sentences with one target each, as the texts print them."""
    found: set[str] = set()
    for path in sorted(folder.rglob(pattern)):
        document = analyse(Source(path.stem, path.name, "", "txt", path.read_text(encoding="utf-8-sig")))
        for target in document.targets:
            quote = " ".join(target.quote.replace("*", "").split())
            if (
                7 <= len(quote.split()) <= 32
                and target.rule.startswith("clause")
                and not target.level
                and not re.search(r"[;:|()]", quote)
            ):
                found.add(quote)
    return sorted(found)


def replaced(quote: str, rng: random.Random) -> str:
    """The quote with two neighbouring words that say something replaced; empty where it has none."""
    words = quote.split()
    places = [
        i
        for i in range(len(words) - 1)
        if all(
            re.fullmatch(r"[^\W\d]+", w) and w.lower() not in idle() and w.lower() not in _FORMAL
            for w in words[i : i + 2]
        )
    ]
    if not places:
        return ""
    place = rng.choice(places)
    return " ".join([*words[:place], *_OTHER, *words[place + 2 :]])


def told_equal(found: list[str]) -> tuple[int, list[str]]:
    """How many quotes could be tried, and the changed ones that were told as equal."""
    rng, tried, wrong = random.Random(5), 0, []
    for quote in found:
        other = replaced(quote, rng)
        parent = extract_text(PARENT.format(body=f"- {quote}."), document_id="cha")
        child = extract_text(CHILD.format(body=f"- {other}."), document_id="con")
        if (
            other
            and len(parent.targets) == len(child.targets) == 1
            and " ".join(_OTHER) in " ".join(child.targets[0].quote.split())
        ):
            tried += 1
            if {kind for d in diff(child, parent).deviations for kind in d.kinds} == {"equal"}:
                wrong.append(other)
    return tried, wrong


def test_replaced_words_of_the_corpus_are_never_equal() -> None:
    tried, wrong = told_equal(quotes(ROOT / "corpus", "*.txt"))
    assert tried >= 15
    assert not wrong


@pytest.mark.long
@pytest.mark.skipif(not REAL.is_dir(), reason="the texts of other authors are not at hand")
def test_replaced_words_of_other_texts_are_never_equal() -> None:
    tried, wrong = told_equal([*quotes(REAL, "*.txt"), *quotes(ARCHIVE, "*.md")])
    assert tried >= 150
    # words before the verb are not always read ("Tập trung số hóa …")
    assert len(wrong) <= 0.01 * tried, wrong
