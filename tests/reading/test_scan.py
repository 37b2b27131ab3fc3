"""Scans: clean, skewed, noisy and stamped pages read nearly as the text they were made from."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter
from rapidfuzz.distance import Levenshtein

from doichieu.analyse import analyse
from doichieu.errors import UnreadableFile
from doichieu.model import Source
from doichieu.processes import programs
from doichieu.reading import read, scan, scan_image, tesseract
from doichieu.reading.builder import SourceBuilder
from doichieu.reading.layout import PageContent
from doichieu.reading.office import convert, program
from doichieu.reading.scan import read_image
from doichieu.reading.scan_image import prepare, ruling, skew, without_colours
from doichieu.reading.tesseract import Picture, Readings, available, words_of
from tests.reading.test_same_everywhere import CORPUS, office_file, running_text

needs = pytest.mark.skipif(
    not available() or program() is None, reason="Tesseract with Vietnamese, or LibreOffice, is not installed"
)
PAGES = 2


@lru_cache(maxsize=1)
def printed(folder: Path) -> tuple[Source, list[Any]]:
    """Two pages of the corpus: their own text, and their pictures at 300 dots an inch."""
    import pypdfium2 as pdfium

    (data,) = convert([("docx", office_file(CORPUS[1].read_text(encoding="utf-8")))], "pdf")
    assert data is not None
    whole = pdfium.PdfDocument(data)
    part = pdfium.PdfDocument.new()
    part.import_pages(whole, [2, 3])
    part.save(str(folder / "trang.pdf"))
    return read(folder / "trang.pdf")[0], [page.render(scale=300 / 72).to_pil().convert("RGB") for page in part]


def skewed(image: Any) -> Any:
    return image.rotate(1.7, resample=Image.Resampling.BICUBIC, fillcolor="white")


def noisy(image: Any) -> Any:
    random = np.random.default_rng(7)
    grey = np.asarray(image.filter(ImageFilter.GaussianBlur(1.0))).astype(int)
    grey = np.clip(grey + random.normal(0, 25, grey.shape), 0, 255).astype("uint8")
    grey[random.random(grey.shape[:2]) < 0.002] = 0
    return Image.fromarray(grey)


def stamped(image: Any) -> Any:
    stamp = image.copy()
    draw = ImageDraw.Draw(stamp)
    x, y = image.width * 0.55, image.height * 0.3
    for radius in (*range(295, 300), *range(217, 220)):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(220, 30, 40))
    return stamp


@needs
@pytest.mark.parametrize(
    "spoil",
    [None, *(pytest.param(spoil, marks=pytest.mark.long) for spoil in (skewed, noisy, stamped))],
    ids=["clean", "skewed", "noisy", "stamped"],
)
def test_scans_read_as_the_page_they_show(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, spoil: Any) -> None:
    expected, images = printed(tmp_path_factory.getbasetemp())
    pages = [spoil(image) if spoil else image for image in images]
    path = tmp_path / "quet.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_lzw")
    (found,) = read(path)
    wanted, got = running_text(expected), running_text(found)
    assert Levenshtein.distance(wanted, got) <= 0.015 * len(wanted)
    assert [page.number for page in found.pages] == [1, 2] and all(page.confidence > 0.8 for page in found.pages)
    theirs, ours = (
        {(t.operator, t.value, t.unit, t.level, t.deadline) for t in analyse(s).targets} for s in (expected, found)
    )
    hits = len(theirs & ours)
    assert theirs and 2 * hits / (len(theirs) + len(ours)) >= 0.93


@needs
def test_a_picture_in_a_pdf_is_recognised_with_boxes_on_its_page(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    expected, images = printed(tmp_path_factory.getbasetemp())
    images[0].save(tmp_path / "anh.pdf", resolution=300)
    (found,) = read(tmp_path / "anh.pdf")
    assert (
        Levenshtein.normalized_similarity(running_text(found), running_text(expected)[: len(running_text(found))])
        > 0.97
    )
    assert all(
        0 <= line.x0 < line.x1 <= found.pages[0].width + 1 and line.y1 <= found.pages[0].height + 1
        for line in found.lines
    )


@needs
@pytest.mark.parametrize("degrees", [90, *(pytest.param(turn, marks=pytest.mark.long) for turn in (180, 270))])
def test_a_page_that_lies_is_turned(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, degrees: int) -> None:
    expected, images = printed(tmp_path_factory.getbasetemp())
    images[0].rotate(degrees, expand=True).save(tmp_path / "nguoc.png")
    found = read_image(tmp_path / "nguoc.png")
    assert Levenshtein.normalized_similarity(running_text(found), running_text(expected)[:2500]) > 0.5
    page = found.pages[0]
    assert page.height > page.width and all(
        line.x1 <= page.width + 1 and line.y1 <= page.height + 1 for line in found.lines
    )


def test_the_angle_of_a_page_is_found() -> None:
    page = Image.new("L", (1000, 1400), 255)
    draw = ImageDraw.Draw(page)
    for y in range(100, 1300, 30):
        draw.rectangle((100, y, 900, y + 8), fill=0)
    assert skew(np.asarray(page)) == 0.0
    assert abs(skew(np.asarray(page.rotate(-2.0, fillcolor=255))) - 2.0) <= 0.2


def test_red_and_blue_ink_is_wiped_and_black_print_kept() -> None:
    page = np.full((10, 10, 3), 255, dtype=np.uint8)
    page[2], page[4], page[6] = (215, 40, 50), (40, 60, 190), (20, 20, 25)
    grey = without_colours(page)
    assert (grey[2] == 255).all() and (grey[4] == 255).all() and (grey[6] < 50).all()


def test_ruling_lines_are_found_and_text_is_none() -> None:
    page = np.zeros((600, 1000), dtype=bool)
    page[100:103, 100:900] = True
    page[100:500, 400:403] = True
    for x in range(100, 380, 20):
        page[200:220, x : x + 9] = True
    across, upright = ruling(page)
    assert across == [(100, 103, 100, 900)] and [box[2:] for box in upright] == [(400, 403)]


def test_pictures_that_are_none_say_so(tmp_path: Path) -> None:
    path = tmp_path / "hong.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    with pytest.raises(UnreadableFile, match=r"hong\.png"):
        read(path)


@needs
@pytest.mark.long
@pytest.mark.parametrize("ending", ["tif", "pdf"])
def test_an_empty_page_costs_no_other_page(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, ending: str
) -> None:
    _, images = printed(tmp_path_factory.getbasetemp())
    path = tmp_path / f"hai-mat.{ending}"
    images[0].save(path, save_all=True, append_images=[Image.new("RGB", images[0].size, "white")], resolution=300)
    (found,) = read(path)
    assert len(found.text) > 1000
    assert [page.number for page in found.pages] == [1, 2]


def recognised(builder: SourceBuilder, *numbers: int) -> list[PageContent]:
    blank = Image.new("RGB", (1700, 2400), "white")
    return scan.recognise([scan.sheet(blank, number, 595.0, 842.0) for number in numbers], builder)


@needs
def test_pages_that_take_too_long_are_problem_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    builder = SourceBuilder("lau", "lau.png")
    monkeypatch.setattr(programs, "failures", {})
    sheets = [scan.sheet(Image.new("RGB", (1700, 2400), "white"), number, 595.0, 842.0) for number in (1, 2)]
    monkeypatch.setattr(tesseract, "_SECONDS", 0.001)
    assert [page.pieces for page in scan.recognise(sheets, builder)] == [(), ()]
    assert [(p.code, p.severity) for p in builder.problems] == [("unreadable_page", "high")] * 2
    assert all("không trả lời" in p.message for p in builder.problems) and programs.failures == {"Tesseract": 2}


def word(text: str, page: int) -> dict[str, str]:
    places = {"page_num": str(page), "block_num": "1", "par_num": "1", "line_num": "1", "left": "100", "top": "100"}
    return {"level": "5", **places, "width": "300", "height": "40", "conf": "95", "text": text}


def test_pictures_are_read_at_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [Picture(Image.new("L", (1700, 2400)), 595.0, 842.0) for _ in range(3)]
    monkeypatch.setattr(programs, "failures", {})
    monkeypatch.setattr(tesseract, "_takes_tiff", lambda: True)
    calls: list[int] = []

    def rows(file: bytes) -> list[dict[str, str]]:
        frames = Image.open(io.BytesIO(file)).n_frames  # type: ignore[attr-defined]
        calls.append(frames)
        return [word(f"trang{page}", page) for page in range(1, frames + 1)]

    monkeypatch.setattr(tesseract, "_rows", rows)
    read = Readings(pictures)
    assert [[w.text for w in read.words(n)] for n in range(3)] == [["trang1"], ["trang2"], ["trang3"]]
    assert calls == [3]
    assert [w.text for w in Readings(pictures[:1]).words(0)] == ["trang1"] and calls == [3, 1]


@pytest.mark.parametrize("lost", [True, False], ids=["a page is missing", "the program fails"])
def test_pictures_that_fail_together_are_read_one_by_one(lost: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [Picture(Image.new("L", (1700, 2400)), 595.0, 842.0) for _ in range(2)]
    monkeypatch.setattr(programs, "failures", {})
    monkeypatch.setattr(tesseract, "_takes_tiff", lambda: True)

    def rows(file: bytes) -> list[dict[str, str]]:
        if Image.open(io.BytesIO(file)).n_frames > 1 and not lost:  # type: ignore[attr-defined]
            programs.failures["Tesseract"] = 1
            raise programs.ProgramFailed("Tesseract")
        return [word("một", 1)]

    monkeypatch.setattr(tesseract, "_rows", rows)
    read = Readings(pictures)
    assert [[w.text for w in read.words(n)] for n in range(2)] == [["một"], ["một"]]
    assert programs.failures == {}


def test_where_no_tiff_can_be_given_pictures_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [Picture(Image.new("L", (1700, 2400)), 595.0, 842.0) for _ in range(2)]
    monkeypatch.setattr(tesseract, "_takes_tiff", lambda: False)
    monkeypatch.setattr(tesseract, "_rows", lambda file: [word(Image.open(io.BytesIO(file)).format or "", 1)])
    read = Readings(pictures)
    assert [[w.text for w in read.words(n)] for n in range(2)] == [["PNG"], ["PNG"]]


@needs
@pytest.mark.long
def test_pages_read_together_read_as_each_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    _, images = printed(tmp_path_factory.getbasetemp())
    pages = [images[0], Image.new("RGB", images[0].size, "white"), noisy(images[1]), skewed(images[1])]
    pictures = [Picture(prepare(page, 595.0, 842.0)[0], 595.0, 842.0) for page in pages]
    read = Readings(pictures)
    assert [read.words(n) for n in range(4)] == [words_of(picture) for picture in pictures]
    assert read.words(1) == [] and all(len(read.words(n)) > 100 for n in (0, 2, 3))


@pytest.mark.parametrize("width", [1200, 1700], ids=["enlarged", "as it is"])
def test_a_page_in_one_band_is_made_ready_as_in_three(width: int) -> None:
    noise = Image.effect_noise((width, 400), 90)
    bands = [prepare(page, 842.0, 595.0)[0].tobytes() for page in (noise, noise.convert("RGB"))]
    bilevel = noise.convert("1")
    bands += [prepare(page, 842.0, 595.0)[0].tobytes() for page in (bilevel, bilevel.convert("RGB"))]
    assert bands[0] == bands[1] and bands[2] == bands[3] and bands[0] != bands[2]
    assert (without_colours(np.asarray(noise.convert("RGB"))) == scan_image._plain(noise)).all()


def test_a_program_that_fails_is_a_problem_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\nif [ "$1" = --list-langs ]; then echo vie; exit 0; fi\n/bin/cat >/dev/null\nexit 1\n'
    )
    program.chmod(0o755)
    builder = SourceBuilder("loi", "loi.png")
    monkeypatch.setenv("PATH", str(tmp_path))
    available.cache_clear()
    try:
        recognised(builder, 1)
    finally:
        available.cache_clear()
    assert [(p.code, p.severity) for p in builder.problems] == [("unreadable_page", "high")]


def test_without_the_program_its_command_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "anh.png"
    Image.new("RGB", (200, 200), "white").save(path)
    monkeypatch.setenv("PATH", str(tmp_path))
    available.cache_clear()
    try:
        with pytest.raises(UnreadableFile, match="apt-get install tesseract-ocr") as caught:
            read_image(path)
    finally:
        available.cache_clear()
    assert caught.value.code == "missing_program"


@pytest.mark.parametrize("mode", ["L", "1"])
def test_a_picture_is_given_to_the_recognition_with_every_pixel(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:

    picture = Image.effect_noise((61, 47), 80).convert(mode)
    formats = set()
    for tiff in (True, False):
        monkeypatch.setattr(tesseract, "_takes_tiff", lambda tiff=tiff: tiff)
        again = Image.open(io.BytesIO(tesseract._as_file(picture)))
        formats.add(again.format)
        assert (again.mode, again.size, again.tobytes()) == (picture.mode, picture.size, picture.tobytes())
    assert formats == {"TIFF", "PNG"}
