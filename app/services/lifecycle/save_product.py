"""Use case: add a product or change what is known about it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.lifecycle.product import Milestone, MilestoneKind, Product
from app.services.lifecycle.milestone_writing import refuse_misplaced, write_milestones

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.writer import Writer

Dates = Mapping[MilestoneKind, date | None]


def save_product(
    library: Library, product: Product, *, who: str, why: str = "", dates: Dates | None = None
) -> Changes:
    """Store a product: `id` 0 adds it, any other changes the one read before.

    Args:
        dates: milestones that hold in every market, stored in the same act; None takes one back. A
            kind that is not named stays as it is.

    Raises:
        RuleViolation: a value is impossible, or another product has the name.
        ChangedMeanwhile: somebody changed the product since it was read.
    """
    _refuse_impossible(product)
    act = tell("change product") if product.id else tell("add product")
    with library.writing(who=who, act=act, why=why) as write:
        namesake = write.find(Product, name_key=product.name_key)
        if namesake is not None and namesake.id != product.id:
            raise RuleViolation(_("There is a product {name} already.").format(name=namesake.name))
        product_id = product.id
        if product_id:
            write.update(product)
        else:
            [product_id] = write.insert([product])
        _save_dates(write, product_id, dates or {})
        return write.changes


def _save_dates(write: Writer, product_id: int, dates: Dates) -> None:
    stored = {m.kind: m for m in write.fetch(Milestone, product_id=product_id, market="")}
    gone = [stored[kind].id for kind, on in dates.items() if on is None and kind in stored]
    if gone:
        write.delete(Milestone, gone)
    changed = [
        replace(stored[kind], on=on)
        if kind in stored
        else Milestone(product_id=product_id, kind=kind, on=on)
        for kind, on in dates.items()
        if on is not None and (kind not in stored or stored[kind].on != on)
    ]
    for milestone in changed:
        refuse_misplaced(milestone)
    write_milestones(write, changed)


def _refuse_impossible(product: Product) -> None:
    if not product.name_key:
        raise RuleViolation(_("A product needs a name."))
    base, rate = product.installed_base, product.annual_failure_rate
    if base is not None and base < 0:
        raise RuleViolation(
            _("The installed base of {product} cannot be {value}; expected 0 or more.").format(
                product=product.name, value=base
            )
        )
    if rate is not None and not (math.isfinite(rate) and 0 <= rate <= 1):
        raise RuleViolation(
            _(
                "The annual failure rate of {product} cannot be {value}; expected a share of the "
                "units from 0 to 1, such as 0.03."
            ).format(product=product.name, value=rate)
        )
