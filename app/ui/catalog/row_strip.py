"""What there is to decide about the rows chosen in the preview of an import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.catalog.length_unit import LengthUnit
from app.ui.catalog.import_head import UNITS
from app.ui.catalog.import_outlook import Outlook, states_no_unit
from app.ui.catalog.import_preview import PreviewRow, RowState
from app.ui.theme import current_theme
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.panels import Panel, row
from app.ui.widgets.segments import Segments

_AS_BATCH = "batch"
_WIDE = 900  # from here on there is room for the words before the units


class RowStrip(Panel):
    """Files and size of a row, their unit, and whether the row is taken.

    Signals:
        unit_chosen: (unit: LengthUnit | None) of the files of the rows shown.
        skip_toggled: () leave the rows out, or take them in again.
        restore_requested: () read the rows as they stand in the list.
    """

    unit_chosen = Signal(object)
    skip_toggled = Signal()
    restore_requested = Signal()

    def __init__(self) -> None:
        super().__init__("tintInfo", lines="t")
        theme = current_theme()
        self.setFixedHeight(theme.size("height", "messageStrip"))
        self.rows: tuple[PreviewRow, ...] = ()
        self.text = ElidedLabel()
        self.unit_label = RoleLabel(color="muted")
        self.unit = Segments(((_AS_BATCH, lambda: _("as all")), *UNITS))
        self.unit.chosen.connect(self._tell_unit)
        self.restore = QPushButton(_("Read as in the list"))
        self.restore.clicked.connect(self.restore_requested)
        self.skip = QPushButton()
        self.skip.clicked.connect(self.skip_toggled)
        for button in (self.restore, self.skip):
            button.setAutoDefault(False)
        margin = theme.size("space", "l")
        self.setLayout(
            row(
                self.text, self.unit_label, self.unit, self.restore, self.skip,
                margins=(margin, 1, theme.size("space", "s"), 0),
            )
        )  # fmt: skip
        self.text.setSizePolicy(
            self.text.sizePolicy().Policy.Expanding, self.text.sizePolicy().Policy.Fixed
        )
        self.hide()

    @property
    def files(self) -> list[str]:
        """Files of the rows that state no unit."""
        return [name for shown in self.rows for name in shown.files if states_no_unit(name)]

    def show_rows(self, rows: Sequence[PreviewRow], outlook: Outlook) -> None:
        """Show what there is to decide about these rows; nothing hides the strip."""
        self.rows = tuple(shown for shown in rows if shown.problem is None)
        self.setVisible(bool(self.rows))
        if not self.rows:
            return
        listed = [shown for shown in self.rows if shown.row]
        self.text.setText(self._text(outlook))
        files = self.files
        self.unit_label.setVisible(bool(files) and self.width() > _WIDE)
        self.unit.setVisible(bool(files))
        said = {outlook.units.by_file.get(name) for name in files}
        one = said.pop() if len(said) == 1 else None
        self.unit.choose(one.value if one is not None else _AS_BATCH)
        label = ngettext("Unit of this file", "Unit of these files", len(files))
        self.unit_label.setText(label)
        skipped = all(shown.state is RowState.SKIPPED for shown in listed)
        self.skip.setVisible(bool(listed))
        take, leave = (
            ngettext("Take row in again", "Take rows in again", len(listed)),
            ngettext("Skip row", "Skip rows", len(listed)),
        )
        self.skip.setText(take if skipped else leave)
        self.restore.setVisible(any(shown.corrected for shown in listed))

    def _text(self, outlook: Outlook) -> str:
        if len(self.rows) > 1:
            count = len(self.rows)
            text = ngettext("{count} row chosen", "{count} rows chosen", count)
            return text.format(count=figure(count))
        shown = self.rows[0]
        parts = [_("Row {row}").format(row=shown.row)] if shown.row else []
        parts += [shown.number] if not shown.row else []
        for name in shown.files:
            size = outlook.size_text(name)
            file = PurePosixPath(name).name
            parts.append(_("{file}: {size}").format(file=file, size=size) if size else file)
        return " · ".join(parts)

    def _tell_unit(self, key: str) -> None:
        self.unit_chosen.emit(None if key == _AS_BATCH else LengthUnit(key))
