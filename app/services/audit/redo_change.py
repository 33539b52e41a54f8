"""Use case: bring back what the latest undo reverted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.services.audit.undo_change import Undone

if TYPE_CHECKING:
    from app.storage.library import Library


def redo_change(library: Library, *, who: str) -> Undone:
    """Redo the act that was undone last.

    Raises:
        RuleViolation: nothing was undone, something was done since, or records have changed.
    """
    with library.reading() as read:
        undo = read.audit.last_redoable()
        acts = read.audit.group(undo.undoes) if undo is not None and undo.undoes else []
    if undo is None or not acts:
        raise RuleViolation(_("There is nothing to redo."))
    return Undone(acts[0].act, library.redo(undo.id, who=who))
