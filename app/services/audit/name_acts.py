"""Use case: name the acts that undo and redo would revert."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.storage.library import Library


def name_acts(library: Library) -> tuple[str, str]:
    """Return the act that undo would revert and the one that redo would bring back, or ""."""
    with library.reading() as read:
        last = read.audit.last_undoable()
        undo = read.audit.last_redoable()
        redone = read.audit.group(undo.undoes) if undo is not None and undo.undoes else []
    return (last.act if last is not None else "", redone[0].act if redone else "")
