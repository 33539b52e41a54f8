"""What a list of parts shows, and how it is asked for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.catalog.length_unit import LengthUnit
from app.domain.catalog.revision_state import RevisionState
from app.domain.lifecycle.verdict import Answer, Readiness
from app.domain.qualification.qualification_state import QualificationState


class PartSort(StrEnum):
    NUMBER = "number"
    NAME = "name"
    MATERIAL = "material"
    LAST_SAFE_START = "last_safe_start"
    RANK = "rank"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFilter:
    """Which parts: words in number, name or material, and a verdict.

    Attributes:
        text: every word must occur somewhere; "" for all.
        numbers: pasted part numbers, matched by key; empty for all.
    """

    text: str = ""
    answer: Answer | None = None
    numbers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.answer or self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartListRow:
    """One line of the parts table, ready to show but for words of the language.

    Attributes:
        products: names of the products that use the part, alphabetically.
        sha256, unit, file_name: of the newest revision's geometry; "" and None where there is none.
    """

    id: int
    number: str
    name: str
    material: str
    revision: str = ""
    revision_state: RevisionState | None = None
    products: tuple[str, ...] = ()
    sha256: str = ""
    unit: LengthUnit | None = None
    file_name: str = ""
    answer: Answer | None = None
    need_until: date | None = None
    supply_until: date | None = None
    last_safe_start: date | None = None
    rank: float = 0.0
    readiness: Readiness | None = None
    qualification: QualificationState | None = None
