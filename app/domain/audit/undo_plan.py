"""What undoing an act would do, and what stands against it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UndoConflict:
    """A record that has changed since the act; `text` says who changed it and when."""

    table: str
    row_id: int
    text: str
