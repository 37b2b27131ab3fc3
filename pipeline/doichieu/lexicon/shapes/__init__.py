"""What may stand in each lexicon: the keys of its tables and the types of their values.

:func:`doichieu.lexicon.load` checks every file against its shape, an office's own file too, so that a misspelt key is
named with its file and entry before any document is read.
"""

from __future__ import annotations

from doichieu.lexicon.shapes.comparing import (
    AnsweringFile,
    ApplicabilityFile,
    CounterpartsFile,
    DeedsFile,
    EquivalentsFile,
    PartsFile,
    ResidueFile,
    ScalesFile,
    SeverityFile,
    SeverityRule,
    StandardsFile,
    SynonymsFile,
    TaskKinFile,
    TaskWordsFile,
    TermsFile,
)
from doichieu.lexicon.shapes.documents import (
    AmendmentsFile,
    HeadingsFile,
    IssuersFile,
    KindsFile,
    LayoutFile,
    NatureFile,
    OpinionHeadsFile,
    PortalsFile,
    ProblemsFile,
    ProvincesFile,
    RepairsFile,
    SuccessorsFile,
)
from doichieu.lexicon.shapes.entry import Entry
from doichieu.lexicon.shapes.reading import (
    AgenciesFile,
    ComparatorsFile,
    DatesFile,
    FamiliesFile,
    ModalityFile,
    NamedWordsFile,
    PopulationsFile,
    PredicatesFile,
    RelationsFile,
    RolesFile,
    TablesFile,
    TaskVerbsFile,
    UnitsFile,
)
from doichieu.lexicon.shapes.wording import AmendingWordsFile, OfficeFile, OpinionEnFile, ReportViFile

__all__ = ["SHAPES", "SeverityFile", "SeverityRule"]

#: The shape of each lexicon, by its name.
SHAPES: dict[str, type[Entry]] = {
    "amendments": AmendmentsFile,
    "successors": SuccessorsFile,
    "amending_vi": AmendingWordsFile,
    "amending_en": AmendingWordsFile,
    "applicability": ApplicabilityFile,
    "agencies": AgenciesFile,
    "answering": AnsweringFile,
    "comparators": ComparatorsFile,
    "counterparts": CounterpartsFile,
    "dates": DatesFile,
    "deeds": DeedsFile,
    "equivalents": EquivalentsFile,
    "families": FamiliesFile,
    "headings": HeadingsFile,
    "issuers": IssuersFile,
    "kinds": KindsFile,
    "layout": LayoutFile,
    "problems": ProblemsFile,
    "modality": ModalityFile,
    "named_words": NamedWordsFile,
    "nature": NatureFile,
    "opinion_en": OpinionEnFile,
    "opinion_heads": OpinionHeadsFile,
    "populations": PopulationsFile,
    "portals": PortalsFile,
    "predicates": PredicatesFile,
    "provinces": ProvincesFile,
    "relations": RelationsFile,
    "repairs": RepairsFile,
    "report_vi": ReportViFile,
    "residue": ResidueFile,
    "roles": RolesFile,
    "scales": ScalesFile,
    "standards": StandardsFile,
    "synonyms": SynonymsFile,
    "parts": PartsFile,
    "terms": TermsFile,
    "severity": SeverityFile,
    "tables": TablesFile,
    "task_verbs": TaskVerbsFile,
    "task_kin": TaskKinFile,
    "task_words": TaskWordsFile,
    "units": UnitsFile,
    "report_en": ReportViFile,
    "office_vi": OfficeFile,
    "office_en": OfficeFile,
}
