"""Change sets: who changed what, when and why, chained by hash."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """One act of one person. `id` is its place in the chain.

    Attributes:
        group_id: the first change set of a group that is undone together (an import in batches).
        undoes: id of the change set this one reverts; None for ordinary acts.
        previous_hash, hash: link of the chain, hex SHA-256.
        undoable: False for signatures, issues and exports, which are superseded instead.
    """

    id: int = 0
    group_id: int
    who: str
    at: datetime
    act: str
    why: str = ""
    undoable: bool = True
    undoes: int | None = None
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDetail:
    """One changed field of one row, or a whole row that came or went (field "").

    Attributes:
        old, new: canonical JSON; "" where there was or is nothing.
        row_digest: digest of the row after the change; "" if the row went.
    """

    id: int = 0
    change_set_id: int
    table: str
    row_id: int
    field: str
    old: str
    new: str
    row_digest: str

    @property
    def linked(self) -> tuple[object, ...]:
        """What of this change enters the link of the chain."""
        return (self.table, self.row_id, self.field, self.old, self.new, self.row_digest)
