"""Parts and their revisions."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.catalog.revision_state import RevisionState as RevisionState


class ConsequenceClass(StrEnum):
    """What a failure of the part does; sets the depth of qualification."""

    UNKNOWN = "unknown"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class SupplyCriticality(StrEnum):
    """What a stock-out of the part does (vital, essential, desirable); sets the service level."""

    UNKNOWN = "unknown"
    VITAL = "vital"
    ESSENTIAL = "essential"
    DESIRABLE = "desirable"


class RightToMake(StrEnum):
    """On what ground the part may be made."""

    UNKNOWN = "unknown"
    OWN = "own"
    LICENSED = "licensed"
    REPAIR_CLAUSE = "repair_clause"
    SUPPLIER = "supplier"


def number_key(number: str) -> str:
    """Return the form of a part number used for matching.

    An ERP pads numbers of digits with leading zeros, so 000004711000 and 4711000 are one part, but
    0A1 and A1 are two. Case, width of spaces and the way of writing an umlaut do not matter. A
    number of zeros only stays "0".
    """
    folded = " ".join(number.split()).casefold()
    if not folded.isascii():
        # Taken apart first: folding case can undo what was put together.
        folded = unicodedata.normalize("NFD", number).casefold()
        folded = " ".join(unicodedata.normalize("NFC", folded).split())
    if not (folded.isascii() and folded.isdigit()):
        return folded
    return folded.lstrip("0") or "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A spare part number. A part without any geometry is normal.

    Attributes:
        id: row number in the library; 0 until stored.
        version: counts changes, so that two editors notice each other.
        number: as the owner writes it, leading zeros kept.
        number_key: `number_key(number)`.
        export_control: export list number, "none" if assessed and not listed, "" if not assessed.
    """

    id: int = 0
    version: int = 1
    number: str
    number_key: str
    name: str = ""
    material: str = ""
    consequence_class: ConsequenceClass = ConsequenceClass.UNKNOWN
    supply_criticality: SupplyCriticality = SupplyCriticality.UNKNOWN
    design_owner: str = ""
    right_to_make: RightToMake = RightToMake.UNKNOWN
    export_control: str = ""
    source: str = ""
    successor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRevision:
    """A drawing or model state of a part. Released means locked; a change makes a new revision."""

    id: int = 0
    version: int = 1
    part_id: int
    label: str
    state: RevisionState = RevisionState.DRAFT
    reason: str = ""
    released_by: str = ""
    released_at: datetime | None = None
