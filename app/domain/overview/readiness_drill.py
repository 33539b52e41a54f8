"""The readiness drill: could ten eternal spares, chosen by lot each month, be printed today?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.inventory.part_list import PartListRow

DRAWN = 10


class DrillOutcome(StrEnum):
    """What a drill finds, the first that applies."""

    NO_GEOMETRY = "no_geometry"
    FILE_LOST = "file_lost"  # it is gone or cannot be read
    FILE_DIFFERS = "file_differs"  # its bytes are not those that were put in
    NOT_QUALIFIED = "not_qualified"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrilledPart:
    part: PartListRow
    outcome: DrillOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessDrill:
    """The drill of one month.

    Attributes:
        parts: those drawn, in the order of their numbers.
    """

    month: date
    parts: tuple[DrilledPart, ...]

    @property
    def ready(self) -> int:
        """How many could be printed today."""
        return sum(drilled.outcome is DrillOutcome.READY for drilled in self.parts)


def draw_parts(part_ids: Iterable[int], month: date) -> list[int]:
    """Draw up to ten parts: the same ones all month whoever asks, others the next month.

    A part is drawn by a hash of month and id, so that no one chooses and the library need not
    remember the draw.
    """

    def lot(part_id: int) -> bytes:
        return hashlib.sha256(f"{month:%Y-%m}:{part_id}".encode()).digest()

    return sorted(part_ids, key=lot)[:DRAWN]
