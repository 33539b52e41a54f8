"""Use case: undo the latest act, or one that is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.domain.changes import Changes

if TYPE_CHECKING:
    from app.storage.library import Library


@dataclass(frozen=True, slots=True)
class Undone:
    """Which act was reverted and what changed by it."""

    act: str
    changes: Changes


def undo_change(library: Library, *, who: str, group_id: int | None = None) -> Undone:
    """Revert the latest act that can be undone, or the group `group_id`.

    Raises:
        RuleViolation: there is nothing to undo, or records have changed since.
    """
    with library.reading() as read:
        last = read.audit.last_undoable() if group_id is None else None
        if group_id is None and last is None:
            raise RuleViolation(_("There is nothing to undo."))
        wanted = group_id if group_id is not None else last.id if last is not None else 0
        group = read.audit.group(wanted)
    changes = library.undo(wanted, who=who)
    return Undone(group[0].act, changes)
