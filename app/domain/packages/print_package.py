"""The record of a print package that left the house."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPackage:
    """What was exported, for whom and how many may be made. Never changed afterwards.

    Attributes:
        number: our own, such as P-2026-0001; never reused.
        licence_id: unique identifier of the licence inside the package.
        sha256: of the package file as it left the house.
        trial: left without a qualification, watermarked.
    """

    id: int = 0
    version: int = 1
    number: str
    definition_id: int
    qualification_id: int | None = None
    provider_id: int
    quantity: int
    licence_id: str
    sha256: str
    file_name: str
    key_fingerprint: str
    trial: bool = False
    exported_by: str
    exported_at: datetime
