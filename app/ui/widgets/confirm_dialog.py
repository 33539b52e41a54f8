"""A dialog for an act that needs nothing but a person who has read what it means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.change_bus import ChangeBus
from app.ui.jobs import JobRunner
from app.ui.widgets.act_dialog import ActDialog, Work


class ConfirmDialog(ActDialog):
    """Says what the act does and does it.

    Args:
        sentences: what a person should know before.
        work: returns the changes, or a report that has them.
    """

    def __init__(
        self,
        jobs: JobRunner,
        bus: ChangeBus,
        *,
        title: str,
        verb: str,
        sentences: Sequence[str],
        work: Work,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(jobs, bus, title, verb, parent)
        self._work = work
        for sentence in sentences:
            self.add_intro(sentence)

    def prepare(self) -> Work:
        return self._work
