"""How a part stands over all products that use it."""

from datetime import date

import pytest

from app.domain.inventory.part_details import PartDetails, ProductUse
from app.domain.inventory.part_standing import SupplyStanding, assess_standing
from app.domain.lifecycle.product import (
    LifeCycleStage,
    Milestone,
    MilestoneKind,
    Product,
    WhereUsed,
    name_key,
)
from helpers.builders import part

TODAY = date(2026, 11, 23)


def _use(name: str, **days: date) -> ProductUse:
    milestones = tuple(Milestone(kind=MilestoneKind(kind), on=on) for kind, on in days.items())
    return ProductUse(
        product=Product(name=name, name_key=name_key(name)),
        where_used=WhereUsed(part_id=1, product_id=1),
        milestones=milestones,
    )


GONE = _use("Mk1", last_placed=date(2024, 12, 31))
GOING = _use("Mk2", last_placed=date(2028, 10, 1))
LATER = _use("Mk3", last_produced=date(2029, 3, 1))
SERIES = _use("Mk4", introduction=date(2020, 1, 1))
DATELESS = _use("Mk5")


def _standing(*uses: ProductUse) -> SupplyStanding:
    return assess_standing(PartDetails(part=part("A1"), flag=None, products=uses), TODAY)


@pytest.mark.parametrize(
    ("uses", "stage"),
    [
        ((), None),
        ((GONE,), LifeCycleStage.DISCONTINUED),
        ((GONE, SERIES), LifeCycleStage.SERIES),
        ((DATELESS,), LifeCycleStage.UNKNOWN),
        ((GONE, DATELESS), LifeCycleStage.UNKNOWN),
        ((DATELESS, SERIES), LifeCycleStage.SERIES),
    ],
)
def test_the_product_that_lives_longest_speaks_for_the_part(
    uses: tuple[ProductUse, ...], stage: LifeCycleStage | None
) -> None:
    assert _standing(*uses).stage is stage


def test_a_phase_out_names_the_last_end() -> None:
    assert _standing(GONE, GOING, LATER) == SupplyStanding(
        LifeCycleStage.PHASE_OUT, date(2029, 3, 1)
    )
