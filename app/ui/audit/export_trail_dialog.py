"""Writes the listed acts to a signed file or a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.base.errors import AppError, RuleViolation
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.audit.trail import TrailFilter
from app.domain.changes import Changes
from app.services.audit.export_trail import ExportedTrail, export_trail
from app.ui.audit.audit_words import entries_text
from app.ui.context import UiContext
from app.ui.packages.key_fields import KeyFields
from app.ui.widgets.act_dialog import ActDialog, Work, choice
from app.ui.widgets.folder_field import SaveField

FOLDER = "audit/folder"
_SIGNED, _TABLE = ".jsonl", ".csv"


class ExportTrailDialog(ActDialog):
    """Form of the file, where it goes, and the key that signs it."""

    def __init__(
        self, context: UiContext, wanted: TrailFilter, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            context.jobs, context.bus, _("Export the audit trail"), _("Export"), parent
        )
        self._context, self._wanted = context, wanted
        self.add_intro(
            _("Every act of the library is written, oldest first.")
            if wanted.lets_all_pass
            else _("The acts that are listed now are written, oldest first.")
        )
        self.form = choice(
            [
                (_("Signed file: proves that nothing was changed"), _SIGNED),
                (_("Table for a spreadsheet, without signature"), _TABLE),
            ],
            _SIGNED,
        )
        self.add_row(
            _("Form"),
            self.form,
            _("A signed file is verified with: everspare verify FILE"),
        )
        self.file = SaveField(str(self._folder() / self._name()))
        self.add_row(_("File"), self.file)
        self.key = KeyFields(context, self)
        self.form.currentIndexChanged.connect(lambda _index: self._show_form())
        self._show_form()

    @property
    def signed(self) -> bool:
        """Whether the file is to be signed."""
        return bool(self.form.currentData() == _SIGNED)

    def prepare(self) -> Work:
        """Read the fields and return what writes the file."""
        named = self.file.text().strip()
        if not named:
            raise RuleViolation(_("Name the file that is to be written."))
        out = Path(named).expanduser()
        open_key = self.key.opener() if self.signed else None
        library, wanted = self._context.services.library, self._wanted
        self._context.state.setValue(FOLDER, str(out.parent))

        def work(progress: Progress) -> ExportedTrail:
            return export_trail(library, wanted, out, open_key=open_key, progress=progress)

        return work

    def changes_of(self, outcome: Any) -> Changes:
        """Return that nothing in the library changed."""
        return Changes()

    def succeed(self, outcome: Any) -> None:
        """Say where the file is and offer its folder."""
        exported: ExportedTrail = outcome
        self.show_result(
            _("{file} holds {entries}.").format(
                file=exported.file.name, entries=entries_text(exported.entries)
            ),
            _("Open folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(exported.file.parent))),
        )

    def _fail(self, error: AppError) -> None:
        super()._fail(error)
        self.key.look_again()

    def _folder(self) -> Path:
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        return Path(str(self._context.state.value(FOLDER, documents)))

    def _name(self) -> str:
        day = self._context.today().isoformat()
        return _("audit-trail-{day}").format(day=day) + str(self.form.currentData())

    def _show_form(self) -> None:
        self.key.want(self.signed)
        ending = str(self.form.currentData())
        self.file.kinds = f"*{ending}"
        path = Path(self.file.text())
        if path.suffix in (_SIGNED, _TABLE):
            self.file.editor.setText(str(path.with_suffix(ending)))
