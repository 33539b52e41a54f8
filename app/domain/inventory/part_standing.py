"""How a part stands today, over all products that use it and all proofs of a revision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.inventory.part_details import PartDetails, RevisionDetails
from app.domain.inventory.part_step import counting_qualifications, current_definition
from app.domain.inventory.supply_standing import SupplyStanding as SupplyStanding
from app.domain.inventory.supply_standing import assess_supply
from app.domain.lifecycle.product import Milestone, MilestoneKind
from app.domain.lifecycle.product_dates import ProductDates
from app.domain.qualification.qualification import Qualification
from app.domain.qualification.validity import BEST_LAST, QualificationStatus, assess_status


def assess_standing(details: PartDetails, today: date) -> SupplyStanding:
    """Return how the products that use the part stand."""
    return assess_supply([_dates(use.milestones) for use in details.products], today)


def qualification_standing(revision: RevisionDetails, today: date) -> QualificationStatus | None:
    """Return the best state among the proofs of the current print definition; None without any."""
    found = speaking_qualification(revision, today)
    return None if found is None else found[0]


def speaking_qualification(
    revision: RevisionDetails, today: date
) -> tuple[QualificationStatus, Qualification] | None:
    """Return the best state among the qualifications that count, and the one that has it.

    Of several in the same state the newest speaks.
    """
    definition = current_definition(revision)
    if definition is None:
        return None
    found = [
        (assess_status(item.qualification, today), item.qualification)
        for item in counting_qualifications(revision, definition)
    ]
    return max(found, key=lambda pair: BEST_LAST.index(pair[0]), default=None)


def _dates(milestones: Iterable[Milestone]) -> ProductDates:
    days: dict[MilestoneKind, list[date]] = {}
    for milestone in milestones:
        days.setdefault(milestone.kind, []).append(milestone.on)
    # Over several markets the product starts with the first and ends with the last.
    latest = {kind: max(found) for kind, found in days.items()}
    return ProductDates(
        introduced=min(days.get(MilestoneKind.INTRODUCTION, ()), default=None),
        last_produced=latest.get(MilestoneKind.LAST_PRODUCED),
        last_placed=latest.get(MilestoneKind.LAST_PLACED),
        end_of_service=latest.get(MilestoneKind.END_OF_SERVICE),
    )
