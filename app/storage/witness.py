"""The newest link of the audit trail, noted beside the database.

The database alone cannot tell that an older copy of it was put back, or that its write-ahead log
was lost: both are consistent in themselves. The note outside names a link that must still be there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

FILE_NAME = "head.json"


@dataclass(frozen=True, slots=True)
class Witness:
    """A link that was committed: number and hash of a change set."""

    change_set: int
    hash: str


def read_witness(library: Path) -> Witness | None:
    """Return what was noted last; None if nothing readable was, as after a power cut."""
    try:
        noted = json.loads((library / FILE_NAME).read_text(encoding="utf-8"))
        return Witness(int(noted["change_set"]), str(noted["hash"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_witness(library: Path, witness: Witness) -> None:
    """Note a committed link. The commit stands even where the note cannot be written."""
    noted = {"change_set": witness.change_set, "hash": witness.hash}
    with suppress(OSError):
        (library / FILE_NAME).write_text(json.dumps(noted) + "\n", encoding="utf-8")


def still_holds(connection: Connection, witness: Witness | None) -> bool:
    """Say whether the trail still has the link that was noted."""
    if witness is None:
        return True
    query = text("SELECT hash FROM change_set WHERE id = :id")
    found = connection.execute(query, {"id": witness.change_set}).scalar()
    return bool(found == witness.hash)
