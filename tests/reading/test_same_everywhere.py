"""One document in every format gives the same targets, assignments and citations."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from doichieu.analyse import analyse
from doichieu.model import Document, Source
from doichieu.reading import read
from doichieu.reading.office import convert, program
from doichieu.tables.files import document_json
from tests.reading.wordfile import cell, paragraph, run, table, word

ROOT = Path(__file__).resolve().parents[2]
CORPUS = sorted((ROOT / "corpus").glob("*.txt"))
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,2}|(?<=\w)_{1,2}(?!\w))")


def office_file(text: str, font: str = "", shift: int = 0) -> bytes:
    """A text as a typist sets it in Word: one paragraph a line, tables as tables, emphasis as emphasis; ``shift`` empty
    lines before it move every page end."""
    face = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else ""
    body: list[str] = [paragraph()] * shift
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        plain = re.sub(r"\\(?=\W)", "", _EMPHASIS.sub("", re.sub(r"^#+ ", "", line))).strip()
        if " | " in line:
            rows.append("".join(cell(part.strip()) for part in plain.strip("|").split("|")))
            continue
        if rows:
            body.append(table(*rows))
            rows = []
        if plain:
            bold = "<w:b/>" if re.fullmatch(r"[*_#].*[*_]|#.*", line.strip()) else ""
            body.append(
                paragraph(
                    properties='<w:spacing w:after="120"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>',
                    inner=run(plain, face + bold),
                )
            )
    return word("".join(body))


def facts(document: Document) -> dict[str, list[tuple[object, ...]]]:
    """What other systems would load, without places and spelling of blanks."""
    return {
        "targets": sorted(
            (t.subject, t.operator, t.value, t.value_max, t.unit, t.deadline, t.level) for t in document.targets
        ),
        "assignments": sorted((a.role, a.agency, a.deadline) for a in document.assignments),
        "citations": sorted((c.kind, c.number, c.issued_on, c.relation) for c in document.citations),
        "document": [
            (
                document.info.kind,
                document.info.number,
                document.info.issued_on,
                document.info.issuer,
                document.info.signer,
            )
        ],
    }


@cache
def from_text(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return facts(analyse(read(path)[0]))


#: Fonts and empty lines before the text: other fonts and other openings are other page ends.
LAYOUTS = [("", 0), ("Liberation Serif", 3), ("DejaVu Serif", 7)]


@lru_cache(maxsize=4)
def converted(ending: str, target: str, font: str = "", shift: int = 0) -> list[bytes | None]:
    return convert([("docx", office_file(p.read_text(encoding="utf-8"), font, shift)) for p in CORPUS], target)


def check(tmp_path: Path, path: Path, data: bytes | None, ending: str) -> None:
    assert data is not None
    file = tmp_path / f"{path.stem}.{ending}"
    file.write_bytes(data)
    (source,) = read(file)
    found, expected = facts(analyse(source)), from_text(path)
    for name in expected:
        assert found[name] == expected[name]


def running_text(source: Source) -> str:
    return " ".join(" ".join(source.text[b.start : b.end] for b in source.blocks if b.kind != "furniture").split())


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("font", "shift"), [LAYOUTS[0], *(pytest.param(*x, marks=pytest.mark.long) for x in LAYOUTS[1:])]
)
@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_text_of_a_born_digital_pdf(tmp_path: Path, path: Path, font: str, shift: int) -> None:
    """Within half a percent of the characters, every line with its box on the page, wherever the pages end."""
    word_file, pdf_file = tmp_path / "a.docx", tmp_path / "b.pdf"
    word_file.write_bytes(office_file(path.read_text(encoding="utf-8")))
    data = converted("pdf", "pdf", font, shift)[CORPUS.index(path)]
    assert data is not None
    pdf_file.write_bytes(data)
    (expected,), (found,) = read(word_file), read(pdf_file)
    wanted, got = running_text(expected), running_text(found)
    assert Levenshtein.distance(wanted, got) <= 0.005 * len(wanted)
    assert len(found.pages) > 1
    document = analyse(found)
    boxes = json.loads(document_json(document))["boxes"]
    assert document.targets and all(
        boxes[t.target_id] and boxes[t.target_id][0]["page"] == t.page for t in document.targets
    )
    for line in found.lines:
        page = found.pages[line.page - 1]
        assert page.start <= line.start < line.end <= page.end
        assert 0 <= line.x0 < line.x1 <= page.width and 0 <= line.y0 < line.y1 <= page.height


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_word_as_text(tmp_path: Path, path: Path) -> None:
    check(tmp_path, path, office_file(path.read_text(encoding="utf-8")), "docx")


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("ending", "target"),
    [
        ("doc", "doc:MS Word 97"),
        pytest.param("odt", "odt", marks=pytest.mark.long),
        pytest.param("rtf", "rtf", marks=pytest.mark.long),
        ("pdf", "pdf"),
    ],
)
def test_other_office_formats_as_text(tmp_path: Path, ending: str, target: str) -> None:
    for path, data in zip(CORPUS, converted(ending, target), strict=True):
        check(tmp_path, path, data, ending)
