"""Use case: say that a product uses a part, how often, and how often that part fails."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.lifecycle.product import WhereUsed

if TYPE_CHECKING:
    from app.storage.library import Library


def set_where_used(library: Library, use: WhereUsed, *, who: str, why: str = "") -> Changes:
    """Store the use of a part in a product; an earlier one is replaced.

    Args:
        use: its `id` and `version` are ignored.
        who: the person who acts.
        why: the reason, where an imported value is overridden.

    Raises:
        RuleViolation: quantity or share is impossible.
    """
    if not (math.isfinite(use.quantity) and use.quantity > 0):
        raise RuleViolation(
            _("{value} pieces in one product cannot be right; expected more than 0.").format(
                value=use.quantity
            )
        )
    share = use.failure_share
    if share is not None and not (math.isfinite(share) and 0 <= share <= 1):
        raise RuleViolation(
            _(
                "The part's share of the failures cannot be {value}; expected a number from 0 to "
                "1, such as 0.2."
            ).format(value=share)
        )
    with library.writing(who=who, act=tell("set use of part"), why=why) as write:
        stored = write.find(WhereUsed, part_id=use.part_id, product_id=use.product_id)
        if stored is None:
            write.insert([use])
        else:
            write.update(replace(use, id=stored.id, version=stored.version))
        return write.changes
