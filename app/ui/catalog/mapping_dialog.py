"""Saves the meaning of a list's columns under a name, for the list that comes next time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.base.errors import TableError
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.ui.catalog.import_preview import Preview, mapping_in_use
from app.ui.context import UiContext
from app.ui.widgets.act_dialog import ActDialog, Work, required_field


class MappingDialog(ActDialog):
    """Asks for the name."""

    def __init__(
        self,
        context: UiContext,
        preview: Preview,
        name: str,
        known: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        title = _("Save the mapping")
        super().__init__(context.jobs, context.bus, title, _("Save mapping"), parent)
        self._preview = preview
        self.add_intro(
            _("A list with these headings will be recognised and read the same way again.")
        )
        self.name = required_field(name, placeholder=_("such as SAP weekly"))
        hint = _("Saved already: {names}").format(names=", ".join(known)) if known else ""
        self.add_row(_("Name"), self.name, hint)

    def prepare(self) -> Work:
        """Read the name."""
        name = self.name.text().strip()
        if not name:
            raise TableError(_("The mapping needs a name."))
        mapping = mapping_in_use(self._preview, name)

        def work(progress: Progress) -> Changes:
            from app.services.catalog.stored_mappings import save_mapping

            save_mapping(mapping)
            return Changes()

        return work
