"""Packages that left the house, as a list shows them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PackageFilter(StrEnum):
    """Which packages are listed."""

    ALL = "all"
    AWAITING = "awaiting"  # no lot has been booked under it yet; a trial awaits none
    TRIAL = "trial"
    RECALL = "recall"  # what left is no longer current


class PackageStanding(StrEnum):
    QUALIFIED = "qualified"
    TRIAL = "trial"
    RECALL = "recall"


def package_standing(*, trial: bool, ended: bool) -> PackageStanding:
    """Return as what a package counts."""
    if ended:
        return PackageStanding.RECALL
    return PackageStanding.TRIAL if trial else PackageStanding.QUALIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRow:
    """A line of the list.

    Attributes:
        revision: label of the revision that left.
        definition: version of the print definition, such as "2.1".
        quantity: pieces the licence allows.
        ended: no longer current on the day asked for; computed, never typed.
        lots, booked: lots delivered under it, and the pieces in them.
    """

    id: int
    number: str
    part_number: str
    part_name: str
    revision: str
    definition: str
    provider: str
    quantity: int
    trial: bool
    ended: bool
    exported_by: str
    exported_at: datetime
    lots: int = 0
    booked: int = 0

    @property
    def standing(self) -> PackageStanding:
        """As what the package counts: whatever is no longer current is to be called back."""
        return package_standing(trial=self.trial, ended=self.ended)
