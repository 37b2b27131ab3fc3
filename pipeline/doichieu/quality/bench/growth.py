"""Whether time grows with the number of documents and no faster: documents made by varying the corpus."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator

import msgspec

from doichieu.analyse import analyse
from doichieu.model import Source

_FIGURE = re.compile(r"\d{2}(?=%)")


def varied(sources: list[Source], count: int, characters: int = 4_000) -> Iterator[Source]:
    """``count`` documents: stretches of the sources with other percentages; the same every time."""
    chance = random.Random(20)
    for number in range(count):
        source = sources[number % len(sources)]
        start = source.text.find("\n", chance.randrange(max(1, len(source.text) - characters)))
        text = _FIGURE.sub(lambda _: str(chance.randrange(10, 99)), source.text[start + 1 : start + 1 + characters])
        yield msgspec.structs.replace(source, document_id=f"v{number:05d}", text=text, blocks=(), lines=(), pages=())


def report(sources: list[Source], counts: tuple[int, ...]) -> None:
    """Print the time for each document as their number grows."""
    print("growth: documents of about 4,000 characters, milliseconds for each")
    first = 0.0
    for count in counts:
        start = time.perf_counter()
        for source in varied(sources, count):
            analyse(source)
        each = (time.perf_counter() - start) / count * 1000
        first = first or each
        print(f"  {count:7,} {each:9.2f} ms ({each / first:.2f} times the first)")
