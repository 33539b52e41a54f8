"""A file kept byte for byte in the library, named by its hash."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """The record that a file belongs to the library. Never changes, never goes."""

    id: int = 0
    version: int = 1
    sha256: str
    size_bytes: int
    added_at: datetime
