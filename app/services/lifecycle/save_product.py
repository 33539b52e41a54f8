"""Use case: add a product or change what is known about it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.lifecycle.product import Product

if TYPE_CHECKING:
    from app.storage.library import Library


def save_product(library: Library, product: Product, *, who: str, why: str = "") -> Changes:
    """Store a product: `id` 0 adds it, any other changes the one read before.

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
        if product.id:
            write.update(product)
        else:
            write.insert([product])
        return write.changes


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
