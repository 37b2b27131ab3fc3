"""The adapter to spaCy and underthesea, the only module that imports either.

spaCy carries nothing here: :mod:`doichieu.analyse` runs the stages on plain text, and the command line never loads
spaCy.  What stands here lets users of spaCy put the same stages into their own pipelines (entry points
``spacy_factories``): ``doichieu_segment`` cuts the text into clauses, ``doichieu_extract`` runs the extraction stages
and leaves a :class:`~doichieu.model.Document` in ``doc._.doichieu``, ``doichieu_spans`` writes span groups.

underthesea segments words where that decides something: the word differences that reports mark.  It alters its input,
so every result is aligned back by character.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from doichieu.analyse import begin, finish, stages
from doichieu.model import Document, Source
from doichieu.segmentation.passages import Analysis

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A number with its marks, a word with inner dots or slashes kept apart, or one other character; white space runs.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\s+|.", re.DOTALL)


# ---------------------------------------------------------------- spaCy


class OffsetTokenizer:
    """A tokenizer that loses nothing: ``Doc.text == text`` for every text, and every token has its true offsets.

    >>> nlp = language()
    >>> [token.text for token in nlp.make_doc("từ 15% trở lên¹; đến 2030.")]
    ['từ', '15', '%', 'trở', 'lên', '¹', ';', 'đến', '2030', '.']
    """

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of ``text``; a single blank belongs to the token before it, as spaCy has it."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        for token in _TOKEN.findall(text):
            if token == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing to store: the tokenizer has no state."""

    def from_disk(self, path: Any, **_: Any) -> OffsetTokenizer:
        """Nothing to load."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to store."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> OffsetTokenizer:
        """Nothing to load."""
        return self


def _extension() -> None:
    from spacy.tokens import Doc

    if not Doc.has_extension("doichieu"):
        Doc.set_extension("doichieu", default=None)
        Doc.set_extension("doichieu_source", default=None)


def segment_component(doc: Doc) -> Doc:
    """spaCy component: normalise and segment; leaves the clauses as span group ``doichieu_clauses``."""
    _extension()
    source = doc._.doichieu_source or Source("document", "", "", "txt", doc.text)
    analysis = begin(source)
    doc._.doichieu = analysis
    return doc


def extract_component(doc: Doc) -> Doc:
    """spaCy component: run the extraction stages; needs ``doichieu_segment`` before it.

    Leaves a :class:`~doichieu.model.Document` in ``doc._.doichieu`` and span groups ``doichieu_clauses``,
    ``doichieu_targets``, ``doichieu_agencies``, ``doichieu_deadlines``, ``doichieu_citations``.
    """
    analysis = doc._.doichieu
    if not isinstance(analysis, Analysis):
        raise ValueError("doichieu_extract needs doichieu_segment before it in the pipeline")
    for _, stage in stages():
        stage(analysis)
    doc._.doichieu = finish(analysis)
    return doc


def attach_spans(doc: Doc) -> Doc:
    """spaCy component: write the records of ``doc._.doichieu`` as span groups; for users of spaCy.

    A record whose ends fall inside a token of a foreign tokenizer is widened to whole tokens.
    """
    document = doc._.doichieu
    if not isinstance(document, Document):
        raise ValueError("doichieu_spans needs doichieu_extract before it in the pipeline")
    groups: dict[str, list[tuple[int, int, str]]] = {
        "doichieu_clauses": [(c.char_start, c.char_end, c.kind) for c in document.clauses if c.leaf],
        "doichieu_targets": [(t.char_start, t.char_end, "target") for t in document.targets],
        "doichieu_agencies": [(m.char_start, m.char_end, m.agency_id) for m in document.mentions],
        "doichieu_deadlines": [(d.char_start, d.char_end, d.kind) for d in document.deadlines],
        "doichieu_citations": [(c.char_start, c.char_end, c.kind or "citation") for c in document.citations],
    }
    for name, found in groups.items():
        spans = [doc.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in found]
        doc.spans[name] = [span for span in spans if span is not None]
    return doc


def _segment_factory(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return segment_component


def _extract_factory(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return extract_component


def _spans_factory(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return attach_spans


_FACTORIES = {
    "doichieu_segment": _segment_factory,
    "doichieu_extract": _extract_factory,
    "doichieu_spans": _spans_factory,
}


def register() -> None:
    """Register the factories with spaCy where the entry points have not done so."""
    from spacy.language import Language

    _extension()
    for name, factory in _FACTORIES.items():
        if not Language.has_factory(name):
            Language.factory(name, func=factory)


_ENTRY_POINTS = {
    "segment_factory": "doichieu_segment",
    "extract_factory": "doichieu_extract",
    "spans_factory": "doichieu_spans",
}


def __getattr__(name: str) -> Any:
    """The targets of the ``spacy_factories`` entry points: asking for one registers all three with spaCy."""
    if name not in _ENTRY_POINTS:
        raise AttributeError(name)
    register()
    return _FACTORIES[_ENTRY_POINTS[name]]


@lru_cache(maxsize=1)
def language() -> Language:
    """The blank Vietnamese pipeline with our tokenizer and the two working components."""
    from spacy.language import Language

    register()

    # The plain Language, not spacy.blank("vi"): that one's own tokenizer would want another package.
    nlp = Language()
    nlp.lang = "vi"
    nlp.tokenizer = OffsetTokenizer(nlp.vocab)
    nlp.max_length = 50_000_000
    nlp.add_pipe("doichieu_segment")
    nlp.add_pipe("doichieu_extract")
    return nlp


# ---------------------------------------------------------------- underthesea


def words(text: str) -> list[tuple[int, int]]:
    """The words of ``text`` (compounds such as ``cán bộ`` as one) as offset pairs; blanks belong to none.

    >>> text = "cán bộ cấp xã đạt 15%"
    >>> [text[a:b] for a, b in words(text)][:2]
    ['cán bộ', 'cấp']
    """
    from underthesea import word_tokenize

    return _align(text, word_tokenize(text, use_token_normalize=False))


def _align(text: str, parts: list[str]) -> list[tuple[int, int]]:
    """Offsets of ``parts`` in ``text``: characters are matched in order, blanks are free on both sides."""
    out: list[tuple[int, int]] = []
    position = 0
    size = len(text)
    for part in parts:
        start = None
        end = position
        for char in part:
            if char.isspace() or char == "_":
                continue
            probe = position
            while probe < size and text[probe] != char:
                probe += 1
            if probe >= size:
                continue
            if start is None:
                start = probe
            position = end = probe + 1
        if start is not None:
            out.append((start, end))
    return out
