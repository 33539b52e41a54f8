"""What a list of parts shows, and how it is asked for."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.catalog.length_unit import LengthUnit
from app.domain.catalog.revision_state import RevisionState
from app.domain.inventory.supply_standing import SupplyStanding, assess_supply, production_end
from app.domain.lifecycle.product_dates import ProductDates
from app.domain.lifecycle.product_stage import LifeCycleStage
from app.domain.lifecycle.verdict import Answer, Readiness
from app.domain.qualification.qualification_state import QualificationState
from app.domain.qualification.qualification_status import (
    QualificationStatus,
    best_status,
    status_on,
)

# A last safe start within half a year is near.
SOON = timedelta(days=183)


class PartSort(StrEnum):
    NUMBER = "number"
    NAME = "name"
    MATERIAL = "material"
    LAST_SAFE_START = "last_safe_start"
    RANK = "rank"
    PRODUCTION_END = "production_end"
    SUPPLY = "supply"
    QUALIFICATION = "qualification"
    ANSWER = "answer"
    NEED_UNTIL = "need_until"


@dataclass(frozen=True, slots=True)
class PartOrder:
    """One key of an order. What has no value to be ordered by comes last in both directions."""

    sort: PartSort
    descending: bool = False


BY_NUMBER = (PartOrder(PartSort.NUMBER),)


class QualificationFilter(StrEnum):
    """How parts stand in their qualification: a status, none at all, or none that holds today."""

    NOT_QUALIFIED = "not_qualified"
    NONE = "none"
    DRAFT = "draft"
    UNDER_TEST = "under_test"
    IN_REVIEW = "in_review"
    QUALIFIED = "qualified"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    BLOCKED = "blocked"

    @property
    def status(self) -> QualificationStatus | None:
        """The status asked for; None for the two that are not one."""
        if self in (QualificationFilter.NOT_QUALIFIED, QualificationFilter.NONE):
            return None
        return QualificationStatus(self.value)


class StartFilter(StrEnum):
    """When the qualification of a part must have begun."""

    PAST = "past"
    SOON = "soon"  # today or within half a year


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFilter:
    """Which parts; every criterion that is set must hold.

    Attributes:
        text: every word must occur somewhere in number, name or material; "" for all.
        numbers: pasted part numbers, matched by key; empty for all.
        stage: of the product that lives longest.
        product: its name, matched without regard to case; "" for all.
        without_geometry: only parts whose newest revision has no master file.
    """

    text: str = ""
    answer: Answer | None = None
    numbers: tuple[str, ...] = ()
    qualification: QualificationFilter | None = None
    stage: LifeCycleStage | None = None
    product: str = ""
    without_geometry: bool = False
    start: StartFilter | None = None

    @property
    def is_empty(self) -> bool:
        return self == PartFilter(text=self.text) and not self.text.strip()


@dataclass(frozen=True, slots=True)
class RecordedProof:
    """A qualification that counts for a part: its recorded state and its last day."""

    state: QualificationState
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartListRow:
    """One line of the parts table, ready to show but for words of the language.

    Attributes:
        products: names of the products that use the part, alphabetically.
        dates: of those products, in the same order.
        sha256, unit, file_name: of the newest revision's geometry; "" and None where there is none.
        proofs: the qualifications that count for the newest revision.
    """

    id: int
    number: str
    name: str
    material: str
    revision: str = ""
    revision_state: RevisionState | None = None
    products: tuple[str, ...] = ()
    dates: tuple[ProductDates, ...] = ()
    sha256: str = ""
    unit: LengthUnit | None = None
    file_name: str = ""
    answer: Answer | None = None
    need_until: date | None = None
    supply_until: date | None = None
    last_safe_start: date | None = None
    rank: float = 0.0
    readiness: Readiness | None = None
    proofs: tuple[RecordedProof, ...] = ()

    def qualification(self, today: date) -> QualificationStatus | None:
        """Return how the part is qualified today; None where nothing was begun."""
        return best_status(status_on(item.state, item.valid_until, today) for item in self.proofs)

    def supply(self, today: date) -> SupplyStanding:
        """Return how the products that use the part stand today."""
        return assess_supply(self.dates, today)

    @property
    def production_end(self) -> date | None:
        """The day the last product with the part leaves production, where that is known."""
        return production_end(self.dates)
