"""The lower document as Word with comments and tracked changes: nothing of the original lost, every finding told."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document as Word

from doichieu.cli import main
from doichieu.report.clean import wording
from doichieu.report.commented import commented
from doichieu.report.records import ComparisonView
from doichieu.report.view import comparison_view
from tests.report.pairs import CHILD, PARENT, comparison, flagship, hostile
from tests.report.test_office_formats import NEEDED, SOFFICE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts(document: Any, without: str) -> list[str]:
    """The paragraphs with the changes taken back (``without="ins"``) or made (``without="del"``)."""
    out = []
    for paragraph in document.element.body.iter(f"{W}p"):
        if without == "ins" and paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is not None:
            continue
        parts = []
        for element in paragraph.iter(f"{W}t", f"{W}delText"):
            if not any(above.tag == f"{W}{without}" for above in element.iterancestors()):
                parts.append(element.text or "")
        out.append("".join(parts))
    return out


def word_of(text: str) -> bytes:
    """A Word file of a text, its runs cut in odd places and of several forms."""
    document = Word()
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        for i in range(0, len(line), 7):
            paragraph.add_run(line[i : i + 7]).bold = bool(i % 2)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def asked(view: ComparisonView) -> list[str]:
    return [f"{f.number}. " for f in view.findings if f.group != "rest"]


@pytest.mark.parametrize("make", [comparison, flagship, hostile])
@pytest.mark.parametrize("original", [True, False])
def test_no_word_is_lost_and_every_finding_has_one_comment(make: Any, original: bool) -> None:
    pair = make()
    view = comparison_view(pair)
    lines = [wording(pair.child, clause) for clause in pair.child.clauses if clause.leaf]
    given = word_of("\n".join(lines)) if original else b""
    data = commented(view, lines, given)
    assert data == commented(view, lines, given)
    made = Word(io.BytesIO(data))
    assert texts(made, "ins") == [line.strip() for line in lines]
    said = [c.text for c in made.comments]
    assert len(said) == len(asked(view))
    assert all(sum(text.startswith(number) for text in said) == 1 for number in asked(view))
    body = made.element.body
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        found = [e.get(f"{W}id") for e in body.iter(f"{W}{tag}")]
        assert sorted(found) == sorted(str(c.comment_id) for c in made.comments)
    ids = [e.get(f"{W}id") for e in body.iter(f"{W}ins", f"{W}del")]
    assert len(ids) == len(set(ids))


def test_the_upper_wording_is_proposed_where_the_lower_asks_less() -> None:
    pair = comparison()
    view = comparison_view(pair)
    made = Word(io.BytesIO(commented(view, [], word_of(CHILD), "Nguyễn Thị An")))
    after = texts(made, "del")
    assert any("60% cán bộ cấp xã" in line for line in after) and not any("50% cán bộ" in line for line in after)
    assert any(line.startswith("80% hộ dân dùng nước sạch") for line in after)
    assert {c.author for c in made.comments} == {"Nguyễn Thị An"}
    assert any("30% trường học" in line for line in after)  # what it adds stays, with a comment


def test_what_is_not_taken_up_is_proposed_among_the_targets_and_as_a_sentence() -> None:
    import msgspec

    view = comparison_view(comparison())
    unlooked = tuple(msgspec.structs.replace(f, looked=()) for f in view.findings)
    for found in (view.findings, unlooked, tuple(f for f in unlooked if not (f.child.quote and f.parent.quote))):
        made = Word(io.BytesIO(commented(msgspec.structs.replace(view, findings=found), [], word_of(CHILD))))
        after = [line for line in texts(made, "del") if line.strip()]
        [at] = [i for i, line in enumerate(after) if line.startswith("80% hộ dân dùng nước sạch")]
        assert after[at - 1].startswith("- ") and after[at].endswith("sạch.")


@NEEDED
def test_it_opens_in_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "con.docx").write_bytes(word_of(CHILD))
    (tmp_path / "cha.txt").write_text(PARENT, encoding="utf-8")
    call = ["diff", str(tmp_path / "con.docx"), "--parent", str(tmp_path / "cha.txt"), "--out", str(tmp_path / "ra")]
    assert main([*call, "--format", "docx-comments"]) == 0
    made = tmp_path / "ra" / "con__cha" / "comments.docx"
    subprocess.run(
        [str(SOFFICE), "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(made)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    import zipfile

    with zipfile.ZipFile(tmp_path / "comments.odt") as archive:
        content = archive.read("content.xml").decode()
    assert "office:annotation" in content and "text:tracked-changes" in content and "60%" in content
