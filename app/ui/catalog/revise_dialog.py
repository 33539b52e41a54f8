"""Begins a new draft revision of a part."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.services.catalog.revise_part import revise_part
from app.ui.context import UiContext
from app.ui.widgets.act_dialog import ActDialog, Work, text_area, text_field


class ReviseDialog(ActDialog):
    """Reason and, if wished, label of the new revision."""

    def __init__(self, context: UiContext, number: str, parent: QWidget | None = None) -> None:
        title = _("New revision of {number}").format(number=number)
        super().__init__(context.jobs, context.bus, title, _("Make revision"), parent)
        self._context, self._number = context, number
        self.add_intro(
            _("The new revision is a draft with the files of the newest one; nothing is locked.")
        )
        self.label = text_field(placeholder=_("the next one"))
        self.add_row(_("Label"), self.label)
        self.why = text_area(placeholder=_("What changes, and why"))
        self.add_row(_("Why"), self.why)

    def prepare(self) -> Work:
        """Read the fields."""
        why, label = self.why.toPlainText(), self.label.text()
        context, number = self._context, self._number

        def work(progress: Progress) -> Changes:
            _revision, changes = revise_part(
                context.services.library, number, who=context.user, why=why, label=label
            )
            return changes

        return work
