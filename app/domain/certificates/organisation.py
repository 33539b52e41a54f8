"""The organisation that owns the library and issues its documents."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One row: the owner of the library. `name` is what certificates name as issuer."""

    id: int = 0
    version: int = 1
    name: str
    address: str = ""
    country: str = ""
    contact: str = ""
