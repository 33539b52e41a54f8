"""A part in the list of a product: what the parts table shows, with its verdict."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.inventory.part_list import PartListRow
from app.domain.lifecycle.flag import Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductPart:
    """One part that a product uses.

    Attributes:
        flag: the verdict; None before the first assessment. In a preview: as it would be.
        before: in a preview the verdict as it is; else None.
    """

    row: PartListRow
    flag: Flag | None = None
    before: Flag | None = None

    @property
    def id(self) -> int:
        return self.row.id
