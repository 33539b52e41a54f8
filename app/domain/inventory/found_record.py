"""A record that a search over several kinds has found."""

from dataclasses import dataclass
from enum import StrEnum


class RecordKind(StrEnum):
    PART = "part"
    PRODUCT = "product"
    LOT = "lot"
    PACKAGE = "package"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """One hit.

    Attributes:
        name: what identifies it: number of a part, lot, package or certificate, name of a product.
        detail: what else helps to recognise it, as it is stored; "" for nothing.
    """

    kind: RecordKind
    name: str
    detail: str = ""
