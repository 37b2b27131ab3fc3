"""The picture of the house, drawn from the imports of the code: ``make house`` writes ``docs/house.svg``.

A room is a folder of the package, or a module at its root; an arrow says that one room takes something from another;
arrows to the ground, which all take from, are left out.  Rooms stand on floors: each one floor above the highest room
that it takes from.
"""

from __future__ import annotations

import ast
import sys
from html import escape
from pathlib import Path

#: What every room takes from: drawn without the arrows to it.
_GROUND = frozenset({"alphabet", "errors", "lexicon", "model", "naming", "numerals", "schema", "text"})
#: Folders whose inside is drawn as rooms of their own.
_OPENED = ("extraction",)
_WIDE, _HIGH, _GAP, _RISE = 132, 34, 18, 74


def rooms(package: Path) -> dict[str, set[str]]:
    """Each room with the rooms that it imports from, counted over all its modules, local imports included."""
    names = {
        ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(package.rglob("*.py"))
    }
    out: dict[str, set[str]] = {}
    for name, path in names.items():
        own = room_of(name)
        if not own or own in _OPENED:
            continue
        taken = out.setdefault(own, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found: list[str] = []
            if isinstance(node, ast.ImportFrom) and node.module:
                found = [f"{node.module}.{alias.name}" for alias in node.names]
                found = [one if one in names else node.module for one in found]
            elif isinstance(node, ast.Import):
                found = [alias.name for alias in node.names]
            taken |= {room for one in found if one in names and (room := room_of(one)) and room != own}
    return out


def room_of(name: str) -> str:
    """The room of a module; empty for the package itself.

    >>> room_of("doichieu.extraction.tasks.roles"), room_of("doichieu.report.html"), room_of("doichieu.model")
    ('extraction.tasks', 'report', 'model')
    """
    parts = name.split(".")[1:]
    return ".".join(parts[: 2 if parts[:1] and parts[0] in _OPENED else 1])


def floors(arrows: dict[str, set[str]]) -> list[list[str]]:
    """The rooms by floor, from the ground up."""
    height: dict[str, int] = {}

    def of(room: str) -> int:
        if room not in height:
            height[room] = 0  # a circle would end here; the test of the architecture allows none
            height[room] = max((of(other) + 1 for other in arrows[room]), default=0)
        return height[room]

    for room in arrows:
        of(room)
    return [sorted(r for r in height if height[r] == level) for level in range(max(height.values()) + 1)]


def picture(arrows: dict[str, set[str]]) -> str:
    """The rooms and arrows as SVG, the ground at the bottom."""
    levels = floors(arrows)
    widest = max(len(level) for level in levels)
    width, height = widest * (_WIDE + _GAP) + _GAP, len(levels) * _RISE + _GAP
    at: dict[str, tuple[float, float]] = {}
    for level, names in enumerate(levels):
        left = (width - len(names) * (_WIDE + _GAP) + _GAP) / 2
        for number, name in enumerate(names):
            at[name] = (left + number * (_WIDE + _GAP), height - (level + 1) * _RISE + _RISE - _HIGH - _GAP)
    lines = [
        f'<path d="M{at[a][0] + _WIDE / 2:g} {at[a][1] + _HIGH:g}L{at[b][0] + _WIDE / 2:g} {at[b][1]:g}"/>'
        for a in sorted(arrows)
        for b in sorted(arrows[a])
        if b not in _GROUND
    ]
    boxes = [
        f'<rect x="{x:g}" y="{y:g}" width="{_WIDE}" height="{_HIGH}" rx="4"/>'
        f'<text x="{x + _WIDE / 2:g}" y="{y + _HIGH / 2 + 5:g}">{escape(name)}</text>'
        for name, (x, y) in sorted(at.items())
    ]
    style = (
        "rect{fill:#f4f1ea;stroke:#6b5d46}path{stroke:#9a8f7d;stroke-width:.7;fill:none}"
        "text{font:13px sans-serif;text-anchor:middle;fill:#222}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}">'
        f"<style>{style}</style>{''.join(lines)}{''.join(boxes)}</svg>\n"
    )


def main() -> int:
    """Write the picture and print the figures of the house."""
    package = Path(__file__).resolve().parents[1]
    arrows = rooms(package)
    (package.parents[1] / "docs" / "house.svg").write_text(picture(arrows), encoding="utf-8")
    print(f"{len(arrows)} rooms, {len(floors(arrows))} floors, {sum(map(len, arrows.values()))} arrows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
