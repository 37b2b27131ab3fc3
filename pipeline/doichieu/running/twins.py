"""Files of one name in one run: each gets an id of its own, identical files are one document.

What holds of :func:`apart`: ids are ``name``, ``name~2``, … in the order of the paths (folder and archive member
included); what is left has no id twice; a file whose bytes another one of its name has is named and left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import msgspec

from doichieu.errors import readable_name
from doichieu.model import Problem
from doichieu.running.store import Place


class Apart(msgspec.Struct, frozen=True):
    """``files`` that stay, the new ids of some (path → id by its name → id in this run), and what to tell."""

    files: list[str]
    names: dict[str, dict[str, str]]
    problems: dict[str, Problem]


def apart(files: Sequence[str], keys: Mapping[str, str], places: Callable[[str], Sequence[Place]]) -> Apart:
    """Ids for the documents of ``files`` where several have one name; ``places`` of a key tell its documents."""
    taken: dict[str, str] = {}
    stay: list[str] = []
    names: dict[str, dict[str, str]] = {}
    problems: dict[str, Problem] = {}
    for path in sorted(files):
        own = [place.entry.document_id for place in places(keys[path])]
        twin = next((taken[identity] for identity in own if identity in taken), "")
        if twin and keys[twin] == keys[path]:
            message = f"Tệp {readable_name(path)} giống hệt tệp {readable_name(twin)}: chỉ đọc một lần"
            problems[path] = Problem(own[0], "same_name", "info", message)
            continue
        stay.append(path)
        for identity in own:
            name, number = identity, 1
            while name in taken:
                number += 1
                name = f"{identity}~{number}"
            if name != identity:
                names.setdefault(path, {})[identity] = name
                message = (
                    f"Tệp {readable_name(path)} cùng tên với {readable_name(taken[identity])}: "
                    f"tài liệu này có mã “{name}”"
                )
                problems[path] = Problem(name, "same_name", "info", message)
            taken[name] = path
    order = {path: index for index, path in enumerate(files)}
    return Apart(sorted(stay, key=order.__getitem__), names, problems)


def key_with(key: str, names: Mapping[str, str]) -> str:
    """The key of a file whose documents have other ids than their names."""
    return hashlib.sha256("\n".join([key, *(f"{a}\0{b}" for a, b in sorted(names.items()))]).encode()).hexdigest()
