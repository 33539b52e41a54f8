"""A line for a folder or a file, with a button that lets choose one."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from app.base.i18n import _
from app.ui.widgets.panels import row


class FolderField(QWidget):
    """The path may be typed, pasted or chosen."""

    def __init__(self, path: str = "") -> None:
        super().__init__()
        self.editor = QLineEdit(path)
        self.editor.setAccessibleName(_("Folder"))
        self.button = QPushButton(_("Choose…"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._choose)
        self.setLayout(row(self.editor, self.button))
        self.setFocusProxy(self.editor)

    def text(self) -> str:
        """Return the path as it stands."""
        return self.editor.text()

    def _choose(self) -> None:
        chosen = self._ask()
        if chosen:
            self.editor.setText(chosen)

    def _ask(self) -> str:
        return QFileDialog.getExistingDirectory(self, _("Choose a folder"), self.text())


class FileField(FolderField):
    """The same for one file that is there."""

    def __init__(self, path: str = "") -> None:
        super().__init__(path)
        self.editor.setAccessibleName(_("File"))

    def _ask(self) -> str:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), self.text())
        return chosen


class SaveField(FolderField):
    """The same for a file that is to be written.

    Args:
        kinds: what the file dialog lists, as Qt writes it; may be set later.
    """

    def __init__(self, path: str = "", kinds: str = "") -> None:
        super().__init__(path)
        self.kinds = kinds
        self.editor.setAccessibleName(_("File"))

    def _ask(self) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Choose a file"), self.text(), self.kinds
        )
        return chosen
