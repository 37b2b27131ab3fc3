"""Several files that are one document: a decision, the plan that it promulgates, the appendix, each in a file of its
own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import msgspec

from doichieu.model import Block, Line, Page, Problem, Source

_APPENDIX_NAME = re.compile(
    (
        r"(?:^|[\s_.\-])(?:phu[\s_\-]*luc|phụ[\s_\-]*lục|pl\s*\d*|kem[\s_\-]*theo|kèm[\s_\-]*theo|bieu|biểu"
        r"|danh[\s_\-]*muc|danh[\s_\-]*mục)(?:$|[\s_.\-\d])"
    ),
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    (
        r"\(\s*(?:ban hành\s+)?kèm theo\s+(?:nghị quyết|quyết định|kế hoạch|chỉ thị|công văn|thông báo"
        r"|tờ trình|chương trình)\s+số\s*(?P<number>[\w/\-–]*\d[\w/\-–]*)"
    ),
    re.IGNORECASE,
)
_APPENDIX_HEAD = re.compile(r"\s*PHỤ LỤC\b")
_OWN_NUMBER = re.compile(r"(?:^|\n)\s*Số\s*:?\s*(?P<number>\d[\w]*\s*[/\-–]\s*[\w/\-–]+)")


def bundled(sources: Sequence[Source], name: str) -> list[Source]:
    """One source where the files say that they are one document, else the sources as they are.

    They say so where exactly one is no attachment, and every other names its number (``Kèm theo Quyết định số …``) or
    is an appendix by its name or its first line.  The main document comes first, then the attachments in order.
    """
    if len(sources) < 2:
        return list(sources)
    attached = [source for source in sources if attaches(source)]
    mains = [source for source in sources if not attaches(source)]
    if len(mains) != 1 or not attached:
        return list(sources)
    main = mains[0]
    own = _number(_OWN_NUMBER.search(main.text[:3000]))
    for source in attached:
        named = _number(_ATTACHED.search(source.text[:3000]))
        if named and own and named != own:
            return list(sources)
    return [joined([main, *sorted(attached, key=_is_appendix)], name)]


def attaches(source: Source) -> bool:
    """Whether a file is no document of its own: it says to what it is attached, or it is an appendix."""
    head = source.text[:3000]
    has_number = _number(_OWN_NUMBER.search(head[:600])) != ""
    return not has_number and (bool(_ATTACHED.search(head)) or _is_appendix(source))


def _is_appendix(source: Source) -> bool:
    lines = [line for line in source.text[:1500].split("\n") if line.strip()][:6]
    return bool(_APPENDIX_NAME.search(source.document_id)) or any(_APPENDIX_HEAD.match(line) for line in lines)


def _number(match: re.Match[str] | None) -> str:
    return re.sub(r"\s", "", match.group("number")).replace("–", "-").upper() if match else ""


def joined(sources: Sequence[Source], document_id: str) -> Source:
    """One source of several: their texts one after the other, all places moved along."""
    replace = msgspec.structs.replace
    text = ""
    pages: list[Page] = []
    blocks: list[Block] = []
    lines: list[Line] = []
    problems: list[Problem] = []
    tables = page_count = 0
    for source in sources:
        if text:
            text += "\n\n"
        shift = len(text)
        text += source.text
        last = page_count
        for page in source.pages:
            pages.append(replace(page, number=page.number + page_count, start=page.start + shift, end=page.end + shift))
            last = page.number + page_count
        for block in source.blocks or _whole(source):
            cells = tuple(replace(c, start=c.start + shift, end=c.end + shift) for c in block.cells)
            table = block.table + tables if block.table >= 0 else -1
            blocks.append(replace(block, start=block.start + shift, end=block.end + shift, cells=cells, table=table))
        for line in source.lines:
            lines.append(replace(line, start=line.start + shift, end=line.end + shift, page=line.page + page_count))
        for problem in source.problems:
            problem = replace(problem, document_id=document_id)
            if problem.char_start is not None and problem.char_end is not None:
                problem = replace(problem, char_start=problem.char_start + shift, char_end=problem.char_end + shift)
            problems.append(problem)
        tables = max([tables, *(block.table + 1 for block in blocks)])
        page_count = last
    digest = hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest()
    main = sources[0]
    path = main.path.rpartition("/")[0] or main.path
    return Source(
        document_id,
        path,
        digest,
        main.format,
        text,
        verbatim=False,
        pages=tuple(pages),
        blocks=tuple(blocks),
        lines=tuple(lines),
        problems=tuple(problems),
    )


def _whole(source: Source) -> list[Block]:
    """Lines of a plain text as blocks, where it is joined with files that have some."""
    out: list[Block] = []
    at = 0
    for line in source.text.split("\n"):
        if line.strip():
            out.append(Block("text", at, at + len(line)))
        at += len(line) + 1
    return out
