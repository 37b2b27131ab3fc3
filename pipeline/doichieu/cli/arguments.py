"""An argument parser that speaks Vietnamese: headings, help and every message of a wrong call."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NoReturn

# What argparse says of a wrong call, and what the person reads.  Tried in order; the whole message must match.
_MESSAGES = (
    (r"the following arguments are required: (.+)", r"còn thiếu: \1"),
    (r"unrecognized arguments: (.+)", r"không có tùy chọn hoặc tham số: \1"),
    (r"argument (\S+): invalid choice: (.+) \(choose from (.+)\)", r"\1: không có \2; chọn một trong: \3"),
    (r"argument (\S+): expected one argument", r"\1 cần một giá trị"),
    (r"argument (\S+): expected at least one argument", r"\1 cần ít nhất một giá trị"),
    (r"argument (\S+): invalid (\w+) value: (.+)", r"\1: giá trị \3 không hợp lệ"),
    (r"argument (\S+): ignored explicit argument (.+)", r"\1 không nhận giá trị \2"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 không dùng cùng \2"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 có thể là \2; hãy viết đủ"),
    (r"argument (\S+): (.+)", r"\1: \2"),
)


def translated(message: str) -> str:
    """What argparse says of a wrong call, in Vietnamese; a message that is not known stays as it is.

    >>> translated("unrecognized arguments: --outt")
    'không có tùy chọn hoặc tham số: --outt'
    """
    for pattern, vietnamese in _MESSAGES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return found.expand(vietnamese)
    return message


@cache
def _columns() -> int:
    """The width of the terminal, as :func:`shutil.get_terminal_size` tells it: argparse makes a formatter for every
    option, and to load that module takes longer than all of them."""
    with contextlib.suppress(ValueError):
        if told := int(os.environ.get("COLUMNS", "0")):
            return told
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # no terminal
        return _USUAL


_USUAL = 80  # columns of a terminal that does not tell


class _Formatter(argparse.HelpFormatter):
    """Help with a Vietnamese word before the usage line."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """:class:`argparse.ArgumentParser` in Vietnamese; a wrong call ends with exit status 2 and a hint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("formatter_class", _Formatter)
        self.typed: list[str] = []
        kwargs["add_help"] = False
        kwargs["allow_abbrev"] = False
        super().__init__(*args, **kwargs)
        self._positionals.title = "Tham số"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in hướng dẫn này")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As :mod:`argparse` does it; what was typed is kept for :meth:`error`."""
        self.typed = list(sys.argv[1:] if args is None else args)
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """Say what was wrong with the call and where the help is; exit status 2.

        An option that does not exist is told before what is missing: it is often what was meant.
        """
        known = self._known()
        words = [word for word in self.typed if word.startswith("--") and word != "--"]
        wrong = [word for word in words if word.split("=")[0] not in known]
        if wrong and message.startswith("the following arguments are required"):
            message = f"unrecognized arguments: {' '.join(wrong)}"
        told = translated(message) + _meant(message, wrong, known)
        sys.stderr.write(f"{self.prog}: {told}\nXem cách dùng: {self.prog} --help\n")
        raise SystemExit(2)

    def _known(self) -> set[str]:
        """The options of this parser, and of the command that was typed."""
        known = set(self._option_string_actions)
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                chosen = next((action.choices[word] for word in self.typed if word in action.choices), None)
                known |= chosen._known() if isinstance(chosen, Parser) else set()
        return known


_CHOICE = r"argument \S+: invalid choice: '(.+)' \(choose from (.+)\)"


def _meant(message: str, wrong: Sequence[str], known: Iterable[str]) -> str:
    """What was probably meant, as a question; empty where nothing is near.

    >>> _meant("argument LỆNH: invalid choice: 'dif' (choose from 'extract', 'diff', 'report')", [], [])
    '; ý là diff?'
    >>> _meant("unrecognized arguments: --outt x", ["--outt"], ["--out", "--lang"])
    '; ý là --out?'
    """
    from difflib import get_close_matches

    choice = re.fullmatch(_CHOICE, message, re.DOTALL)
    if choice:
        near = get_close_matches(choice[1], [word.strip(" '") for word in choice[2].split(",")], 1)
    elif message.startswith("unrecognized") and wrong:
        near = get_close_matches(wrong[0].split("=")[0], sorted(known), 1)
    else:
        near = []
    return f"; ý là {near[0]}?" if near else ""


def positive(text: str) -> int:
    """A whole number of at least one, for options that count."""
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"cần một số nguyên từ 1, không phải “{text}”")
    return value
