"""The left side of the import page: groups to choose from, and below what the import would do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.base.figures import figure
from app.base.i18n import _
from app.ui.catalog.group_list import GroupList
from app.ui.catalog.import_desk import ImportDesk, Phase
from app.ui.theme import current_theme
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import Panel, column
from app.ui.widgets.property_list import PropertyList


class ImportSide(Panel):
    """Groups and figures."""

    def __init__(self) -> None:
        super().__init__("window", lines="r")
        theme = current_theme()
        self.groups = GroupList()
        self.happening = PropertyList(140)
        self._happens = QWidget()
        caption = RoleLabel(_("What happens"), font="tableHeader", color="muted")
        space, gap = theme.size("space", "l"), theme.size("space", "s")
        margins = (space + 4, gap, gap, space)
        self._happens.setLayout(column(caption, self.happening, margins=margins, spacing=4))
        side = column(self.groups, self._happens, None, margins=(0, gap, 1, 0), spacing=0)
        side.setStretch(0, 1000)  # up to the height of its rows
        self.setLayout(side)

    def show_happening(self, desk: ImportDesk) -> None:
        """Show what the import would do, as far as it is known."""
        foreseen, (read, files) = desk.outlook.foreseen, desk.measured
        self.happening.clear()
        if foreseen is not None:
            self.happening.add(_("New parts"), figure(len(foreseen.created)))
            self.happening.add(_("Updated parts"), figure(len(foreseen.updated)))
            self.happening.add(_("Unchanged"), figure(len(foreseen.unchanged)))
        if files:
            text = _("{read} of {all}").format(read=figure(read), all=figure(files))
            self.happening.add(_("Files read"), figure(files) if read == files else text)
        self.show_phase(desk)

    def show_phase(self, desk: ImportDesk) -> None:
        """Show figures while there is a preview."""
        shown = desk.phase is Phase.PREVIEW and bool(self.happening.texts)
        self._happens.setVisible(shown)
