"""What the worklist shows: ranked parts with their verdicts."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.catalog.part import ConsequenceClass
from app.domain.lifecycle.flag import Answer, Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistRow:
    """One part of the worklist.

    Attributes:
        products: names of the products that use the part, alphabetically.
    """

    number: str
    name: str
    consequence_class: ConsequenceClass
    products: tuple[str, ...]
    flag: Flag


@dataclass(frozen=True, slots=True)
class Worklist:
    """Rows by rank, and how many parts have which answer.

    Attributes:
        unassessed: parts that no assessment has judged yet.
    """

    rows: tuple[WorklistRow, ...]
    counts: Mapping[Answer, int]
    unassessed: int
