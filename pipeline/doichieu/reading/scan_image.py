"""Making a scanned page readable: coloured stamps out, lines of tables found and wiped, the page turned straight."""

from __future__ import annotations

from typing import Any

import numpy as np

from doichieu.reading.pdf_tables import Line

_DARK = 150  # grey values below are ink
_LEAST_WIDTH = 1700  # pixels; smaller pictures are enlarged
_LINE = 0.045  # a ruling line is at least this share of the page's width (horizontal) or of 0.6 of its height
Array = Any


def prepare(picture: Any, width: float, height: float) -> tuple[Any, list[Line], list[Line]]:
    """The cleaned grey picture, and the horizontal and upright lines on it in points of a ``width`` × ``height``
    page."""
    from PIL import Image

    if picture.mode not in ("L", "RGB"):
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    if picture.width < _LEAST_WIDTH:
        scale = _LEAST_WIDTH / picture.width
        picture = picture.resize((_LEAST_WIDTH, round(picture.height * scale)), Image.Resampling.LANCZOS)
    grey = _plain(picture)
    if lies_sideways(grey):
        grey = np.rot90(grey, 3)
        width, height = height, width
    angle = skew(grey)
    image = Image.fromarray(grey)
    if abs(angle) > 0.1:
        image = image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.array(image)
    across, upright = ruling(grey < _DARK)
    wiped = grey.copy()
    for top, bottom, left, right in [*across, *upright]:
        wiped[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1] = 255
    x, y = width / grey.shape[1], height / grey.shape[0]
    flat = [Line((a + b) / 2 * y, c * x, d * x) for a, b, c, d in across]
    posts = [Line((c + d) / 2 * x, a * y, b * y) for a, b, c, d in upright]
    return Image.fromarray(wiped), flat, posts


def rotated(image: Any, degrees: int) -> Any:
    """The picture turned by a right angle or two."""
    return image.rotate(degrees, expand=True)


def _plain(picture: Any) -> Array:
    """Grey values of a picture without its colours; most have none, and their three bands are one."""
    from PIL import ImageChops

    bands = picture.split()
    if all(ImageChops.difference(bands[0], band).getbbox() is None for band in bands[1:]):
        return np.asarray(bands[0].point(_GREYS.tolist()))
    return without_colours(np.asarray(picture))


def without_colours(rgb: Array) -> Array:
    """Grey values with red stamps and blue ink gone: what is strongly coloured is not print."""
    grey = np.empty(rgb.shape[:2], dtype=np.uint8)
    # In bands that the processor keeps at hand; most bands of most pages have no colour at all.
    for top in range(0, rgb.shape[0], _BAND):
        band = rgb[top : top + _BAND]
        red, green, blue = band[..., 0], band[..., 1], band[..., 2]
        if np.array_equal(red, green) and np.array_equal(green, blue):
            grey[top : top + _BAND] = _GREYS[red]
        else:
            grey[top : top + _BAND] = _uncoloured(red.astype(np.int16), green.astype(np.int16), blue.astype(np.int16))
    return grey


_BAND = 64  # rows of pixels


def _uncoloured(red: Array, green: Array, blue: Array) -> Array:
    grey = (0.299 * red + 0.587 * green + 0.114 * blue).astype(np.uint8)
    stamped = (red - np.maximum(green, blue) > 45) | ((blue - red > 60) & (blue - green > 25))
    grey[stamped] = 255
    return grey


#: What each grey becomes.
_GREYS = _uncoloured(*(np.arange(256, dtype=np.int16),) * 3)


def lies_sideways(grey: Array) -> bool:
    """Whether the lines of text run from top to bottom: then the columns of the picture differ more than its rows."""
    small = (grey[::4, ::4] < _DARK).astype(np.float32)
    if small.sum() < 200:
        return False
    rows = small.mean(axis=1)
    columns = small.mean(axis=0)
    return bool(np.abs(np.diff(columns)).mean() > 1.6 * np.abs(np.diff(rows)).mean())


def skew(grey: Array) -> float:
    """By how many degrees to turn the page so that its lines are level (between -6 and 6)."""
    small = grey[::3, ::3] < _DARK
    ys, xs = np.nonzero(small)
    if len(ys) < 500:
        return 0.0
    if len(ys) > 60_000:
        step = len(ys) // 60_000 + 1
        ys, xs = ys[::step], xs[::step]

    def sharpness(degrees: float) -> float:
        shifted = ys - xs * np.tan(np.radians(degrees))
        counts = np.bincount((shifted - shifted.min()).astype(np.int64))
        return float((np.diff(counts.astype(np.float64)) ** 2).sum())

    best = max(np.arange(-6.0, 6.01, 0.5), key=sharpness)
    best = max(np.arange(best - 0.5, best + 0.51, 0.1), key=sharpness)
    return round(float(best), 2) if sharpness(float(best)) > 1.05 * sharpness(0.0) else 0.0


def ruling(ink: Array) -> tuple[list[tuple[int, int, int, int]], list[tuple[int, int, int, int]]]:
    """Straight lines of ink as boxes ``(top, bottom, left, right)`` in pixels: horizontal ones, upright ones."""
    least = max(60, int(_LINE * ink.shape[1]))
    across = _runs(ink, least)
    upright = [(left, right, top, bottom) for top, bottom, left, right in _runs(ink.T, max(50, int(0.6 * least)))]
    return across, upright


def _runs(ink: Array, least: int) -> list[tuple[int, int, int, int]]:
    """Runs of ink of at least ``least`` pixels in the rows, adjacent rows as one line of at most twelve rows."""
    # A run of that length fills one of the blocks of half of it: rows in which none is full need no closer look.
    half = (least + 1) // 2
    blocks = ink.shape[1] // half
    whole = ink[:, : blocks * half].reshape(ink.shape[0], blocks, half).all(axis=2)
    chosen = np.nonzero(whole.any(axis=1))[0]
    padded = np.zeros((len(chosen), ink.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = ink[chosen]
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    long = ends - starts >= least
    lines: list[list[int]] = []
    for row, start, end in zip(chosen[rows[long]].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True):
        for line in reversed(lines[-40:]):
            if row - line[1] <= 2 and start < line[3] and end > line[2] and row - line[0] < 12:
                line[1], line[2], line[3] = row, min(line[2], start), max(line[3], end)
                break
        else:
            lines.append([row, row, start, end])
    return [(top, bottom + 1, left, right) for top, bottom, left, right in lines if bottom - top < 12]
