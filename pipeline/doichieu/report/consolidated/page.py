"""The page of a consolidated text: every change in its place, with where it comes from, and the list of all."""

from __future__ import annotations

from markupsafe import Markup, escape

from doichieu.amending.stretches import stretches
from doichieu.lexicon import load
from doichieu.model import Change, Consolidation
from doichieu.naming import described
from doichieu.report.html import render

_NAMES = {
    "kem_theo": "văn bản kèm theo",
    "phu_luc": "Phụ lục",
    "phan": "Phần",
    "chuong": "Chương",
    "muc": "Mục",
    "tieu_muc": "tiểu mục",
    "dieu": "Điều",
    "khoan": "khoản",
    "diem": "điểm",
    "tiet": "tiết",
    "gach": "gạch đầu dòng",
    "doan": "đoạn",
    "cau": "câu",
    "ten": "tên",
    "mau": "Mẫu số",
    "bieu": "Biểu",
    "stt": "số thứ tự",
    "dong": "dòng",
    "cot": "cột",
    "chu_thich": "Ghi chú",
    "can_cu": "căn cứ",
}


def provision_name(provision: str, lang: str = "vi") -> str:
    """A provision as people read it, from the inside out.

    >>> provision_name("dieu:5/khoan:2/diem:a"), provision_name("phu_luc/stt:4"), provision_name("van_ban")
    ('điểm a khoản 2 Điều 5', 'số thứ tự 4 Phụ lục', 'toàn văn bản')
    """
    names = {**_NAMES, "van_ban": str(load(f"amending_{lang}")["text"]["whole"])}
    parts = [part.partition(":") for part in provision.split("/") if part]
    return " ".join(f"{names[kind]} {label}".strip() for kind, _, label in reversed(parts))


def page(consolidation: Consolidation, lang: str = "vi") -> str:
    """The consolidated text as one self-contained page."""
    words = load(f"amending_{lang}")
    base = consolidation.base
    changes = [_shown(change, words, lang) for change in consolidation.changes]
    return render(
        "consolidated.html.j2",
        lang,
        f"{words['text']['title']}: {described(base)}",
        w=words["text"],
        on=words["text"]["on"].format(on=day(consolidation.on)),
        title=base.info.title,
        counts=words["text"]["counts"].format(**counts(consolidation)),
        unchanged=consolidation.text == base.source.text,
        notes=validity(consolidation, lang),
        body=_body(consolidation),
        changes=changes,
    )


def counts(consolidation: Consolidation) -> dict[str, int]:
    """How many changes were applied, are not yet in force, and were left out."""
    states = [change.status for change in consolidation.changes]
    return {state: states.count(state) for state in ("applied", "not_yet", "left_out")}


def validity(consolidation: Consolidation, lang: str) -> list[str]:
    """What is to be said of the document's own term."""
    info, text = consolidation.base.info, load(f"amending_{lang}")["text"]
    if info.replaced_by:
        return [text["expired"].format(day=day(info.effective_until), number=info.replaced_by)]
    return [text["term"].format(day=day(info.effective_until))] if info.effective_until else []


def day(iso: str) -> str:
    """A date as Vietnamese documents print it."""
    return "/".join(reversed(iso.split("-")))


def _shown(change: Change, words: dict[str, dict[str, str]], lang: str) -> dict[str, str]:
    return {
        "id": change.change_id,
        "provision": provision_name(change.provision, lang),
        "document": change.amending_document,
        "effective": day(change.effective_on),
        "action": words["actions"][change.action],
        "status": words["statuses"][change.status],
        "reason": words["reasons"].get(change.reason, ""),
        "state": change.status,
        "old": change.base_text,
        "new": change.new_text if change.status != "not_yet" else "",
        "here": "1" if change.status == "applied" and change.char_start is not None else "",
    }


def _body(consolidation: Consolidation) -> Markup:
    out: list[str] = []
    for part in stretches(consolidation):
        if part.change is None:
            out.append(str(escape(part.text)))
            continue
        note = escape(f"{part.change.amending_document}, {day(part.change.effective_on)}")
        anchor = escape(part.change.change_id)
        if part.old.strip():
            out.append(f'<del title="{note}">{escape(part.old)}</del>')
        if part.text.strip():
            out.append(f'<ins id="t-{anchor}" title="{note}"><a href="#{anchor}">{escape(part.text)}</a></ins>')
        else:
            out.append(f'<a class="mark" id="t-{anchor}" href="#{anchor}" title="{note}">✂</a>{escape(part.text)}')
    return Markup("".join(out))
