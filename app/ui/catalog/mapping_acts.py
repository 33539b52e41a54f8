"""Chooses, shows and saves the named mapping of a list that is about to be imported."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.base.errors import AppError
from app.services.catalog.stored_mappings import load_mapping, mapping_names
from app.ui.catalog.import_decisions import ImportDecisions
from app.ui.catalog.import_head import ImportHead
from app.ui.catalog.mapping_dialog import MappingDialog
from app.ui.context import UiContext


class MappingActs(QObject):
    """What the bar above the preview does with mappings.

    Signals:
        failed: (error: AppError) a saved mapping cannot be read.
    """

    failed = Signal(object)

    def __init__(
        self, context: UiContext, decisions: ImportDecisions, head: ImportHead, page: QWidget
    ) -> None:
        super().__init__(page)
        self._context, self._decisions, self._head, self._page = context, decisions, head, page
        self._name = ""
        head.mapping_chosen.connect(self.choose)
        head.save_requested.connect(self.save)

    def forget(self) -> None:
        """Begin with another list."""
        self._name = ""

    def choose(self, name: str) -> None:
        """Take a saved mapping, or with "" the program's own proposal."""
        try:
            self._decisions.choose_mapping(name)
            self._name = name
        except AppError as error:
            self.failed.emit(error)

    def show(self) -> None:
        """Show which mapping holds, and whether it was changed."""
        preview = self._decisions.desk.preview
        if preview is None:
            return
        mapping = preview.draft.mapping
        if mapping is not None and mapping.name:
            self._name = mapping.name
        names = mapping_names()
        try:
            stored = load_mapping(self._name) if self._name in names else None
        except AppError as error:
            stored = None
            self.failed.emit(error)
        changed = mapping is not None and mapping != stored
        self._head.show_mapping(names, self._name, changed=changed)

    def save(self) -> None:
        """Ask for a name and save what the columns mean."""
        preview = self._decisions.desk.preview
        if preview is None:
            return
        dialog = MappingDialog(self._context, preview, self._name, mapping_names(), self._page)
        dialog.accepted.connect(lambda: self.choose(dialog.name.text().strip()))
        dialog.open()
