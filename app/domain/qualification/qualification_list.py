"""What a list of qualifications shows, and how it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from app.domain.catalog.length_unit import LengthUnit
from app.domain.qualification.validity import QualificationStatus

# What ends by then is named early enough to be renewed: a test campaign takes months.
ENDING_SOON = timedelta(days=182)


class QualificationSort(StrEnum):
    PART = "part"
    DEFINITION = "definition"
    MACHINE = "machine"
    MATERIAL = "material"
    PROVIDER = "provider"
    STATUS = "status"
    STARTED = "started"
    EVIDENCE = "evidence"
    VALID_UNTIL = "valid_until"
    PEOPLE = "people"


class QualificationScope(StrEnum):
    """Which qualifications are looked at."""

    ALL = "all"
    IN_REVIEW = "in_review"
    MINE = "mine"  # in review, and the person who asks may approve
    ENDING = "ending"  # ended or ending soon, and not replaced by a later one


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationFilter:
    """Which qualifications.

    Attributes:
        text: every word must occur in part, machine, feedstock, provider or author; "" for all.
        status: those alone that stand so today; None for all.
    """

    text: str = ""
    scope: QualificationScope = QualificationScope.ALL
    status: QualificationStatus | None = None

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and self.scope is QualificationScope.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationLine:
    """One qualification, ready to show but for words of the language.

    Attributes:
        status: as it stands on the day that was asked for.
        sha256, unit: of the file of the revision it was begun on; "" and None without a file.
        proofs: how many proofs it has; `sound` of them were passed and are still valid.
        mine: it is in review, and the person who asks may approve it.
    """

    id: int
    part_id: int
    number: str
    name: str
    revision: str
    sha256: str
    unit: LengthUnit | None
    major: int
    minor: int
    machine: str
    material: str
    provider: str
    status: QualificationStatus
    started_on: date
    valid_until: date | None
    author: str
    approver: str
    blocked_reason: str
    proofs: int
    sound: int
    mine: bool

    @property
    def wanted(self) -> int:
        """How many sound proofs a review asks for: all there are, and one at least."""
        return max(self.proofs, 1)


@dataclass(frozen=True, slots=True)
class QualificationCounts:
    """How many qualifications there are.

    Attributes:
        scopes: in the whole library, whatever is searched for.
        found: of those that pass the filter, by status; its own status does not count.
    """

    scopes: Mapping[QualificationScope, int] = field(default_factory=dict)
    found: Mapping[QualificationStatus, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.scopes.get(QualificationScope.ALL, 0)
