"""The adapter to spaCy and underthesea, the only module that imports either.

spaCy carries nothing here: :mod:`doichieu.analyse` runs the stages on plain text, and the command line never loads
spaCy.  What stands here lets users of spaCy put the same stages into their own pipelines (entry points
``spacy_factories``): ``doichieu_segment`` cuts the text into clauses, ``doichieu_extract`` runs the extraction stages
and leaves a :class:`~doichieu.model.Document` in ``doc._.doichieu``, ``doichieu_spans`` writes span groups.

underthesea segments words where that decides something: the word differences that reports mark.  It alters its input,
so every result is aligned back by character.
"""

from __future__ import annotations

import pickle
import re
import sys
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

import msgspec

from doichieu.alphabet import SUPERSCRIPTS
from doichieu.analyse import begin, finish, stages
from doichieu.model import Document, Source
from doichieu.segmentation.passages import Analysis

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# A number with its marks, a word with inner dots or slashes kept apart, or one other character; white space runs.
_TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_{SUPERSCRIPTS}]+|\s+|.", re.DOTALL)


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


#: Keys of ``Doc.user_data``: bytes and text alone, so that a document is saved, sent and read back as spaCy does it.
_DOCUMENT, _SOURCE, _TOKENIZER = "doichieu", "doichieu_source", "doichieu_tokenizer"


@lru_cache(maxsize=8)
def _document(data: bytes) -> Document:
    return msgspec.msgpack.decode(data, type=Document)


def _extension() -> None:
    """``doc._.doichieu`` (the Document), ``doc._.doichieu_source`` (the Source to read instead of the bare text) and
    ``doc._.doichieu_tokenizer`` (whose tokens the document had)."""
    from spacy.tokens import Doc

    if Doc.has_extension("doichieu"):
        return

    Doc.set_extension("doichieu", getter=_document_of)
    Doc.set_extension("doichieu_source", getter=_source_of, setter=_keep_source)
    Doc.set_extension("doichieu_tokenizer", getter=_tokenizer_of)


# At the module's own level: a process that is started anew, not copied, gets them by their names.
def _document_of(doc: Doc) -> Document | None:
    data = doc.user_data.get(_DOCUMENT)
    return None if data is None else _document(data)


def _source_of(doc: Doc) -> Source | None:
    data = doc.user_data.get(_SOURCE)
    return None if data is None else msgspec.msgpack.decode(data, type=Source)


def _keep_source(doc: Doc, value: Source) -> None:
    doc.user_data[_SOURCE] = msgspec.msgpack.encode(value)


def _tokenizer_of(doc: Doc) -> str:
    return str(doc.user_data.get(_TOKENIZER, ""))


class Segment:
    """spaCy component: normalise and segment; leaves the clauses in ``doc._.doichieu`` and as span group
    ``doichieu_clauses``."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        source = doc._.doichieu_source or Source("document", "", "", "txt", doc.text)
        analysis = begin(source)
        _kept[:] = [(source, analysis)]
        doc.user_data[_TOKENIZER] = tokenizer_name(self.nlp)
        _store(doc, finish(analysis))
        return doc


#: What was segmented last: the next component goes on with it instead of beginning anew.
_kept: list[tuple[Source, Analysis]] = []


def tokenizer_name(nlp: Language) -> str:
    """The tokenizer of a pipeline by its class, and for spaCy's Vietnamese one whether pyvi cuts the words.

    >>> tokenizer_name(language())
    'doichieu.nlp.OffsetTokenizer'
    """
    kind = type(nlp.tokenizer)
    pyvi = getattr(nlp.tokenizer, "use_pyvi", None)
    return f"{kind.__module__}.{kind.__qualname__}" + ("" if pyvi is None else " (pyvi)" if pyvi else " (no pyvi)")


def _store(doc: Doc, document: Document) -> None:
    doc.user_data[_DOCUMENT] = msgspec.msgpack.encode(document)
    _group(doc, "doichieu_clauses", [(c.char_start, c.char_end, c.kind) for c in document.clauses if c.leaf])


def extract_component(doc: Doc) -> Doc:
    """spaCy component: run the extraction stages; needs ``doichieu_segment`` before it.

    Leaves a :class:`~doichieu.model.Document` in ``doc._.doichieu``.
    """
    segmented = doc._.doichieu
    if segmented is None:
        raise ValueError("doichieu_extract needs doichieu_segment before it in the pipeline")
    source, analysis = _kept.pop() if _kept else (None, None)
    if analysis is None or source != segmented.source:
        analysis = begin(segmented.source)
    for _, stage in stages():
        stage(analysis)
    _store(doc, finish(analysis))
    return doc


class AttachSpans:
    """spaCy component: write the records of ``doc._.doichieu`` as span groups, and with ``ents`` as ``doc.ents``.

    A record whose ends fall inside a token of a foreign tokenizer is widened to whole tokens.  Entities are bodies
    (``ORG``), deadlines (``DATE``) and cited documents (``LAW``); of two that overlap the longer stays.
    """

    def __init__(self, ents: bool = False) -> None:
        self.ents = ents

    def __call__(self, doc: Doc) -> Doc:
        document = doc._.doichieu
        if document is None:
            raise ValueError("doichieu_spans needs doichieu_extract before it in the pipeline")
        _group(doc, "doichieu_targets", [(t.char_start, t.char_end, "target") for t in document.targets])
        _group(doc, "doichieu_agencies", [(m.char_start, m.char_end, m.agency_id) for m in document.mentions])
        _group(doc, "doichieu_deadlines", [(d.char_start, d.char_end, d.kind) for d in document.deadlines])
        _group(
            doc, "doichieu_citations", [(c.char_start, c.char_end, c.kind or "citation") for c in document.citations]
        )
        if self.ents:
            from spacy.tokens import Span
            from spacy.util import filter_spans

            found = [
                Span(doc, span.start, span.end, label=label)
                for group, label in (("agencies", "ORG"), ("deadlines", "DATE"), ("citations", "LAW"))
                for span in doc.spans[f"doichieu_{group}"]
            ]
            doc.set_ents(filter_spans(found))
        return doc


def _group(doc: Doc, name: str, found: list[tuple[int, int, str]]) -> None:
    spans = [doc.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in found]
    doc.spans[name] = [span for span in spans if span is not None]


def _segment_factory(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return Segment(nlp)


def _extract_factory(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    return extract_component


def _spans_factory(nlp: Language, name: str, ents: bool) -> Callable[[Doc], Doc]:
    return AttachSpans(ents)


#: What each component takes and leaves, as ``nlp.analyze_pipes`` checks it, and its settings.
_FACTORIES: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "doichieu_segment": (_segment_factory, {"assigns": ["doc._.doichieu", "doc.spans"]}),
    "doichieu_extract": (_extract_factory, {"requires": ["doc._.doichieu"], "assigns": ["doc._.doichieu"]}),
    "doichieu_spans": (
        _spans_factory,
        {
            "requires": ["doc._.doichieu"],
            "assigns": ["doc.spans", "doc.ents"],
            "default_config": {"ents": False},
        },
    ),
}


def register() -> None:
    """Register the factories with spaCy where the entry points have not done so."""
    from spacy.language import Language

    _extension()
    for name, (factory, settings) in _FACTORIES.items():
        if not Language.has_factory(name):
            Language.factory(name, func=factory, **settings)


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
    return _FACTORIES[_ENTRY_POINTS[name]][0]


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
    return list(_words(text))


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_align(text, _splitter()(text, use_token_normalize=False)))


@lru_cache(maxsize=1)
def _splitter() -> Callable[..., list[str]]:
    """underthesea's splitter of words, without the classifiers, address tables and web client that come with the front
    of the package: they take longer to load than a comparison of two short documents takes.

    What is loaded here is not left where another module would find half a package, and nor is what stands for joblib.
    """
    name = "underthesea"
    whole = find_spec(name) if name not in sys.modules else None
    if whole is None or whole.submodule_search_locations is None:
        return _front()
    held = {known for known in sys.modules if known.startswith(f"{name}.")}
    package = ModuleType(name)
    package.__path__ = list(whole.submodule_search_locations)
    sys.modules[name] = package
    reader = sys.modules.setdefault("joblib", _plain_pickles())
    split: Callable[..., list[str]] | None = None
    try:
        import_module(f"{name}.pipeline.text_normalize")  # the two import each other, this one first
        split = import_module(f"{name}.pipeline.word_tokenize").word_tokenize
        split("cán bộ")  # its model is loaded with the first words
    except (ImportError, AttributeError, EOFError, pickle.UnpicklingError):  # a version that is built otherwise
        split = None
    finally:
        if reader.__spec__ is None:  # the stand-in
            del sys.modules["joblib"]
        for known in [known for known in sys.modules if known.startswith(f"{name}.") and known not in held]:
            del sys.modules[known]
        del sys.modules[name]
    return split or _front()


def _plain_pickles() -> ModuleType:
    """What the splitter needs of joblib: the words that it knows lie in plain pickles of its own package, and joblib,
    made to read other things, takes longer over them than all the rest of the model takes."""
    reader = ModuleType("joblib")

    def load(path: str) -> Any:
        with open(path, "rb") as file:
            return pickle.load(file)

    reader.load = load  # type: ignore[attr-defined]
    return reader


def _front() -> Callable[..., list[str]]:
    """The splitter as the package offers it."""
    from underthesea import word_tokenize

    found: Callable[..., list[str]] = word_tokenize
    return found


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
