"""The bars above the preview of an import: what was dropped, the mapping, the question of units."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.catalog.length_unit import LengthUnit
from app.ui.catalog.import_outlook import Outlook, states_no_unit
from app.ui.catalog.import_preview import Preview, SheetView
from app.ui.theme import current_theme, set_property
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.labels import ElidedLabel, RoleLabel, StatusLabel
from app.ui.widgets.panels import Panel, bar, row
from app.ui.widgets.segments import Segments
from app.ui.widgets.small_marks import IconPicture

UNITS = (
    (LengthUnit.MM.value, lambda: "mm"),
    (LengthUnit.INCH.value, lambda: _("inch")),
    (LengthUnit.CM.value, lambda: "cm"),
    (LengthUnit.M.value, lambda: "m"),
)
HEADING_ROWS = 30  # how far down a row of headings may be looked for


class _Chip(Panel):
    """A source in a frame: its picture, its name, how much it holds."""

    def __init__(self, picture: str) -> None:
        super().__init__("panel", card=True)
        self.setFixedHeight(current_theme().size("height", "chip"))
        self.label = ElidedLabel()
        self.label.setMaximumWidth(320)
        self.setLayout(row(IconPicture(picture, 16), self.label, margins=(8, 0, 8, 0), spacing=6))

    def say(self, text: str) -> None:
        self.label.setText(text)
        self.label.setMinimumWidth(min(self.label.sizeHint().width() + 2, 320))
        self.setVisible(bool(text))


class ImportHead(HeadBar):
    """Title, sources and the named mapping.

    Signals:
        mapping_chosen: (name: str) "" for the program's own proposal.
        save_requested: the mapping is to be saved by name.
    """

    mapping_chosen = Signal(str)
    save_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self.heading = RoleLabel(font="title")
        self.files, self.table = _Chip("folder"), _Chip("table")
        self.names = ElidedLabel(color="muted")
        self.mapping = ChoiceBox()
        self.mapping.setAccessibleName(_("Mapping"))
        self.mapping.setMinimumWidth(132)
        self.mapping.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.mapping.activated.connect(self._tell)
        self.save = QPushButton(_("Save mapping as…"))
        self.save.clicked.connect(self.save_requested)
        self._label = RoleLabel(_("Mapping"), color="muted")
        self._label.setBuddy(self.mapping)
        line = QHBoxLayout(self)
        margin = theme.size("space", "l")
        line.setContentsMargins(margin, 0, margin, 1)
        line.setSpacing(theme.size("space", "m"))
        for widget in (self.heading, self.files, self.table):
            line.addWidget(widget)
        line.addWidget(self.names, 1)
        for shown in (self._label, self.mapping, self.save):
            line.addWidget(shown)

    def show_sources(self, preview: Preview) -> None:
        """Name what was dropped."""
        read = preview.draft.read
        files = len(read.files)
        self.names.setText("")
        text = ngettext("{count} file", "{count} files", files).format(count=figure(files))
        self.files.say(text if files else "")
        table = ""
        if read.table_path is not None:
            rows = sum(1 for found in preview.rows() if found.row)
            text = ngettext("{name}, {count} row", "{name}, {count} rows", rows)
            table = text.format(name=read.table_path.name, count=figure(rows))
        self.table.say(table)

    def show_names(self, text: str) -> None:
        """Say in words what the import is about, without chips."""
        self.names.setText(text)
        self.files.say("")
        self.table.say("")

    def show_mapping(self, names: Sequence[str], chosen: str, *, changed: bool) -> None:
        """Offer the saved mappings; `chosen` holds, perhaps with changes."""
        self.mapping.clear()
        self.mapping.addItem(_("As proposed"), "")
        for name in names:
            marked = changed and name == chosen
            text = _("{name}, changed").format(name=name) if marked else name
            self.mapping.addItem(text, name)
        if changed and not chosen:
            self.mapping.setItemText(0, _("Your choice"))
        self.mapping.setCurrentIndex(max(self.mapping.findData(chosen), 0))

    def show_controls(self, shown: bool) -> None:
        """Show the mapping, or leave it out where there is no list."""
        for widget in (self._label, self.mapping, self.save):
            widget.setVisible(shown)

    def _tell(self, index: int) -> None:
        self.mapping_chosen.emit(self.mapping.itemData(index))


class QuestionBar(Panel):
    """Sheet and row of headings at the left, the one question of units at the right.

    Signals:
        sheet_chosen: (name: str).
        heading_chosen: (row: int) as the spreadsheet shows it.
        unit_chosen: (unit: LengthUnit) of all files that state none.
        conversion_requested: take the doubtful files as what they look like.
    """

    sheet_chosen = Signal(str)
    heading_chosen = Signal(int)
    unit_chosen = Signal(object)
    conversion_requested = Signal()

    def __init__(self) -> None:
        super().__init__("window", lines="b")
        theme = current_theme()
        self.setFixedHeight(theme.size("height", "filterBar"))
        self.sheet = ChoiceBox()
        self.sheet.setAccessibleName(_("Sheet"))
        self.sheet.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.sheet.activated.connect(lambda n: self.sheet_chosen.emit(self.sheet.itemData(n)))
        self.heading = ChoiceBox()
        self.heading.setAccessibleName(_("Row of the headings"))
        self.heading.setFixedWidth(64)
        self.heading.activated.connect(lambda n: self.heading_chosen.emit(self.heading.itemData(n)))
        self._sheet_label = RoleLabel(_("Sheet"))
        self._heading_label = RoleLabel(_("Headings in row"))
        self.matching = ElidedLabel(color="muted")
        self.unit = Segments(UNITS)
        self.unit.chosen.connect(lambda key: self.unit_chosen.emit(LengthUnit(key)))
        self._unit_label = RoleLabel(_("Unit of files that state none"))
        self.doubt = StatusLabel("warning", "")
        self.convert = QPushButton()
        set_property(self.convert, "link", True)
        self.convert.clicked.connect(self.conversion_requested)
        line = QHBoxLayout(self)
        margin = theme.size("space", "l")
        line.setContentsMargins(margin, 0, margin, 1)
        line.setSpacing(theme.size("space", "m"))
        for widget in (self._sheet_label, self.sheet, self._heading_label, self.heading):
            line.addWidget(widget)
        line.addWidget(self.matching, 1)
        for shown in (self._unit_label, self.unit, self.doubt, self.convert):
            line.addWidget(shown)

    def show_preview(self, preview: Preview, view: SheetView) -> None:
        """Show the choices for one sheet."""
        names = [sheet.name for sheet in preview.sheets]
        self.sheet.clear()
        for sheet in preview.sheets:
            text = sheet.name if sheet.understood else _("{sheet}, left out")
            self.sheet.addItem(text.format(sheet=sheet.name), sheet.name)
        self.sheet.setCurrentIndex(names.index(view.name))
        several, listed = len(names) > 1, bool(view.name)
        self._sheet_label.setVisible(several)
        self.sheet.setVisible(several)
        self._heading_label.setVisible(listed)
        self.heading.setVisible(listed)
        self.heading.clear()
        last = max(view.first_row + HEADING_ROWS, view.heading_row + 1)
        for number in range(view.first_row, last):
            self.heading.addItem(str(number), number)
        self.heading.setCurrentIndex(self.heading.findData(view.heading_row))
        asked = any(states_no_unit(file.name) for file in preview.draft.read.files)
        self._unit_label.setVisible(asked)
        self.unit.setVisible(asked)
        found = bool(preview.draft.read.files) and listed
        self.matching.setText(_("Files match by file, number or name.") if found else "")

    def show_outlook(self, outlook: Outlook) -> None:
        """Tell which files look like another unit."""
        count = len(outlook.doubtful)
        units = set(outlook.doubtful.values())
        if units == {LengthUnit.INCH}:
            text = ngettext(
                "{count} file looks like inches", "{count} files look like inches", count
            )
        else:
            text = ngettext("{count} file is hardly in mm", "{count} files are hardly in mm", count)
        self.doubt.set_status("warning", text.format(count=figure(count)))
        convert = _("Convert {count}")
        self.convert.setText(convert.format(count=figure(count)))
        self.doubt.setVisible(count > 0)
        self.convert.setVisible(count > 0)


def bar_of(*widgets: QWidget) -> Panel:
    """Return the bar at the foot of the page."""
    theme = current_theme()
    foot = bar("footerBar", ground="panel", lines="t")
    margin = theme.size("space", "l")
    line = row(*widgets, margins=(margin, 1, margin, 0), spacing=theme.size("space", "s"))
    line.setStretch(0, 1)
    foot.setLayout(line)
    return foot
