"""Store records by key: insert what is new, update what differs, leave the rest alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.lifecycle.product import Milestone, MilestoneKind
from app.services.catalog.import_values import Origin, same_content

if TYPE_CHECKING:
    from app.storage.writer import Writer

K = TypeVar("K", bound=Hashable)


@dataclass(slots=True)
class Touched:
    """Ids of parts and products that an import changed, as opposed to merely confirmed."""

    parts: set[int] = field(default_factory=set)
    products: set[int] = field(default_factory=set)


def store(
    write: Writer,
    wanted: Iterable[tuple[Any, Any]],
    *,
    confirm: bool,
    changed: Callable[[Any], None],
) -> None:
    """Store pairs of (record as stored or None, record as wanted) of one kind.

    Args:
        confirm: also store records that differ in source and date only, because a new list has
            confirmed them.
        changed: told of each record that is new or differs in more than that.
    """
    fresh, updates = [], []
    for stored, record in wanted:
        if stored is None:
            fresh.append(record)
            changed(record)
        elif not same_content(stored, record):
            updates.append(record)
            changed(record)
        elif confirm and stored != record:
            updates.append(record)
    write.insert(fresh)
    write.update_all(updates)


def store_milestones(
    write: Writer,
    wanted: Mapping[int, Mapping[MilestoneKind, date | None]],
    origin: Origin,
    touched: set[int],
    *,
    of_product: bool,
) -> None:
    """Bring milestones of parts or products to the dates that a list states.

    Args:
        wanted: for each id, date by kind; None removes a date that came from the same list before.
        touched: ids whose milestones changed are added.
    """
    column = "product_id" if of_product else "part_id"
    found = write.fetch(Milestone, **{column: list(wanted)}) if wanted else []
    stored = {(getattr(m, column), m.kind): m for m in found if not m.market}
    pairs: list[tuple[Milestone | None, Milestone]] = []
    gone: list[int] = []
    for owner, dates in wanted.items():
        for kind, on in dates.items():
            known = stored.get((owner, kind))
            if on is None:
                if known is not None and known.source == origin.source:
                    gone.append(known.id)
                    touched.add(owner)
            else:
                pairs.append((known, _milestone(known, column, owner, kind, on, origin)))
    store(write, pairs, confirm=False, changed=lambda m: touched.add(getattr(m, column)))
    if gone:
        write.delete(Milestone, gone)


def _milestone(
    known: Milestone | None, column: str, owner: int, kind: MilestoneKind, on: date, origin: Origin
) -> Milestone:
    ids: dict[str, Any] = {column: owner}
    base = known or Milestone(**ids, kind=kind, on=on)
    return replace(base, on=on, source=origin.source)
