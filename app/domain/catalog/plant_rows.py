"""Join the rows of one part that stand for several plants.

Stock, price and suppliers are kept plant by plant. What describes the part itself can only be one:
the first row that says something is believed, and every other word is told, not lost in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from app.base.figures import figure
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.part import ConsequenceClass, SupplyCriticality
from app.domain.catalog.part_table import PartRow

_F = ColumnField
C = TypeVar("C", ConsequenceClass, SupplyCriticality)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a later plant's row says something else.

    Attributes:
        kept: what the first row says, and what is stored.
        other: what the later row says.
    """

    field: ColumnField
    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class JoinedRows:
    """The first row with another plant's row in it.

    Attributes:
        differences: what the later row says otherwise; of it the first row's word was kept.
        demand_added: the plants' demands differ, so they were added up month by month.
        demand_repeated: they are the same figures, which were counted once.
    """

    row: PartRow
    differences: tuple[Difference, ...] = ()
    demand_added: bool = False
    demand_repeated: bool = False


_DESCRIPTION: tuple[tuple[ColumnField, Callable[[PartRow], object]], ...] = (
    (_F.FILE, lambda row: row.file),
    (_F.NAME, lambda row: row.name),
    (_F.QUANTITY, lambda row: row.quantity),
    (_F.MATERIAL, lambda row: row.material),
    (_F.CONSEQUENCE_CLASS, lambda row: row.consequence_class),
    (_F.SUPPLY_CRITICALITY, lambda row: row.supply_criticality),
    (_F.PRODUCTION_END, lambda row: row.production_end_on),
    (_F.SUCCESSOR, lambda row: row.successor),
    (_F.NOTE, lambda row: row.note),
)
_TERMS: tuple[tuple[ColumnField, Callable[[PartRow], object]], ...] = (
    (_F.LEAD_TIME, lambda row: row.lead_time_days),
    (_F.MINIMUM_ORDER, lambda row: row.minimum_order),
    (_F.LAST_ORDER, lambda row: row.last_order_on),
)
_NOTHING = (None, "", ConsequenceClass.UNKNOWN, SupplyCriticality.UNKNOWN)


def is_other_plant(row: PartRow, first: PartRow) -> bool:
    """Say whether a row is the same part at a plant that no earlier row speaks of.

    Args:
        first: the part's first row, with its `other_plants`.
    """
    plants = {first.plant, *(other.plant for other in first.other_plants)}
    return bool(row.plant) and row.plant not in plants


def join_plants(first: PartRow, other: PartRow) -> JoinedRows:
    """Take another plant's row into the part's first one.

    Args:
        other: `is_other_plant` of `first`.
    """
    same_terms = [
        known
        for known in (first, *first.other_plants)
        if set(known.suppliers) & set(other.suppliers) or not (known.suppliers or other.suppliers)
    ]
    pairs = [(first, field, value) for field, value in _DESCRIPTION]
    pairs += [(same_terms[0], field, value) for field, value in _TERMS if same_terms]
    differences = tuple(
        Difference(field, _shown(value(known)), _shown(value(other)))
        for known, field, value in pairs
        if value(other) not in _NOTHING
        and value(known) not in _NOTHING
        and value(other) != value(known)
    )
    demand_from, demand = _add_demand(first, other)
    joined = replace(
        first,
        file=first.file or other.file,
        name=first.name or other.name,
        used_in=tuple(dict.fromkeys((*first.used_in, *other.used_in))),
        quantity=other.quantity if first.quantity is None else first.quantity,
        material=first.material or other.material,
        consequence_class=_known(first.consequence_class, other.consequence_class),
        supply_criticality=_known(first.supply_criticality, other.supply_criticality),
        production_end_on=first.production_end_on or other.production_end_on,
        last_order_on=first.last_order_on
        or (None if first.suppliers or other.suppliers else other.last_order_on),
        successor=first.successor or other.successor,
        note=first.note or other.note,
        demand_from=demand_from,
        demand=demand,
        other_plants=(*first.other_plants, other),
    )
    return JoinedRows(
        joined,
        differences,
        demand_added=demand != first.demand and any(other.demand) and any(first.demand),
        demand_repeated=any(other.demand) and _repeats_demand(first, other),
    )


def _known(one: C, other: C) -> C:
    return other if one in _NOTHING else one


def _shown(value: object) -> str:
    if isinstance(value, float):
        return figure(value, 6)
    return value.isoformat() if isinstance(value, date) else str(value)


def _add_demand(first: PartRow, other: PartRow) -> tuple[date | None, tuple[float, ...]]:
    """Return the demand of both; equal figures are one total that was written twice."""
    if other.demand_from is None or _repeats_demand(first, other):
        return first.demand_from, first.demand
    months: dict[int, float] = {}
    for row in (first, other):
        if row.demand_from is not None:
            start = row.demand_from.year * 12 + row.demand_from.month - 1
            for place, quantity in enumerate(row.demand, start):
                months[place] = months.get(place, 0.0) + quantity
    begin, end = min(months), max(months)
    quantities = tuple(months.get(place, 0.0) for place in range(begin, end + 1))
    return date(begin // 12, begin % 12 + 1, 1), quantities


def _repeats_demand(first: PartRow, other: PartRow) -> bool:
    return (first.demand_from, first.demand) == (other.demand_from, other.demand)
