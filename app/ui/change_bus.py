"""Tells the pages what changed, once per act."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.base.logs import debug_log
from app.domain.changes import Changes

_log = debug_log("signals")


class ChangeBus(QObject):
    """The one way a page learns of a change it did not make itself.

    Signals:
        changed: (changes: Changes, initiator: QObject | None); the initiator may know already.
    """

    changed = Signal(object, object)

    def publish(self, changes: Changes, initiator: QObject | None = None) -> None:
        """Tell everybody; silent if nothing changed."""
        if not changes:
            return
        _log.debug("changed %s by %s", dict(changes.ids), initiator)
        self.changed.emit(changes, initiator)
