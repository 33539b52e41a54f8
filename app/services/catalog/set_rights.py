"""Use case: say on what ground a part may be made, and whether its export is controlled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.catalog.part import RightToMake
from app.domain.changes import Changes
from app.services.catalog.find_part import find_part

if TYPE_CHECKING:
    from app.storage.library import Library


def set_rights(
    library: Library,
    number: str,
    *,
    who: str,
    why: str = "",
    right_to_make: RightToMake | None = None,
    export_control: str | None = None,
    design_owner: str | None = None,
) -> Changes:
    """Store what is given and leave the rest as it is.

    Args:
        why: the ground of the judgement (contract, licence, assessment); asked for with each right
            and each assessment.
        export_control: list number, or "none" if assessed and not listed.

    Raises:
        RuleViolation: a judgement without a ground.
        NotFound: no such part.
    """
    judged = right_to_make not in (None, RightToMake.UNKNOWN) or bool(export_control)
    if judged and not why.strip():
        raise RuleViolation(
            _(
                "Say why: a right to make and an export assessment need their ground (contract, "
                "licence, assessment of which day)."
            )
        )
    with library.writing(who=who, act=tell("set rights"), why=why) as write:
        part = find_part(write, number)
        if right_to_make is not None:
            part = replace(part, right_to_make=right_to_make)
        if export_control is not None:
            part = replace(part, export_control=export_control.strip())
        if design_owner is not None:
            part = replace(part, design_owner=design_owner.strip())
        write.update(part)
        return write.changes
