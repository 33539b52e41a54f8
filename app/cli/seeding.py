"""Made-up parts in any number, always the same: for trying the program at scale."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

from app.base.i18n import _
from app.base.progress import Progress
from app.base.told import tell
from app.domain.catalog.part import Part, PartRevision, number_key
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product, WhereUsed, name_key
from app.domain.lifecycle.supply import DemandHistory, SupplyPosition, SupplySource

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.writer import Writer

BATCH = 2000
MONTHS = 36
_NOUNS = ("Leg cap", "Hinge", "Knob", "Spray arm", "Impeller", "Bracket", "Clip", "Valve body")
_KINDS = ("left", "right", "upper", "lower", "short", "long", "front", "rear")
_MATERIALS = ("PA12", "ABS", "PLA", "PETG", "316L", "AlSi10Mg", "POM", "TPU")
_SUPPLIERS = ("Moldex", "Weiß & Söhne KG", "Shenzhen Precision", "SpringCo")
_SOURCE = "everspare dev seed"


def seed_parts(library: Library, count: int, *, who: str, progress: Progress) -> None:
    """Add `count` parts over as many products as fit, in one act that can be undone."""
    chance = random.Random(count)  # repeatable, not secret
    group: int | None = None
    with library.reading() as read:
        offset = read.count(Part)
    for start in progress.track(range(0, count, BATCH), _("Adding parts")):
        numbers = range(offset + start, offset + min(start + BATCH, count))
        with library.writing(who=who, act=tell("add made-up parts"), group=group) as write:
            _add_batch(write, numbers, chance)
            group = write.group_id
    progress.finish()


def _add_batch(write: Writer, numbers: range, chance: random.Random) -> None:
    [product_id] = write.insert([_product(numbers.start)])
    end = date(chance.randint(2020, 2029), chance.randint(1, 12), 28)
    write.insert(
        [
            Milestone(
                product_id=product_id, kind=MilestoneKind.LAST_PLACED, on=end, source=_SOURCE
            ),
            Milestone(
                product_id=product_id,
                kind=MilestoneKind.END_OF_SERVICE,
                on=end.replace(year=end.year + 10),
                source=_SOURCE,
            ),
        ]
    )
    ids = write.insert([_part(n, chance) for n in numbers])
    write.insert([PartRevision(part_id=i, label="A") for i in ids])
    write.insert([WhereUsed(part_id=i, product_id=product_id, source=_SOURCE) for i in ids])
    write.insert(
        [SupplyPosition(part_id=i, stock=chance.randint(0, 400), source=_SOURCE) for i in ids]
    )
    write.insert(
        [
            SupplySource(
                part_id=i,
                supplier=chance.choice(_SUPPLIERS),
                lead_time_days=chance.choice((21, 45, 90, 140)),
                last_order_on=end if chance.random() < 0.7 else None,
                source=_SOURCE,
            )
            for i in ids
        ]
    )
    write.insert([_demand(i, chance) for i in ids])


def _product(first: int) -> Product:
    name = f"Series {first:07}"
    return Product(
        name=name,
        name_key=name_key(name),
        installed_base=5000,
        annual_failure_rate=0.02,
        source=_SOURCE,
    )


def _part(n: int, chance: random.Random) -> Part:
    number = f"A{n:07}"
    return Part(
        number=number,
        number_key=number_key(number),
        name=f"{chance.choice(_NOUNS)}, {chance.choice(_KINDS)}",
        material=chance.choice(_MATERIALS),
        source=_SOURCE,
    )


def _demand(part_id: int, chance: random.Random) -> DemandHistory:
    share = chance.random()
    sizes = tuple(
        float(chance.randint(1, 5)) if chance.random() < share else 0.0 for _n in range(MONTHS)
    )
    return DemandHistory(
        part_id=part_id, first_month=date(2023, 11, 1), quantities=sizes, source=_SOURCE
    )
