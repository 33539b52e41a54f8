"""The tools over the 3D view: what its keys do, to be seen and clicked."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QToolButton

from app.base.i18n import _
from app.preview.camera import StandardView
from app.ui.theme import current_theme
from app.ui.viewer.part_view import PartView
from app.ui.viewer.view_cube import view_name
from app.ui.widgets.keyed_buttons import KeyedTool
from app.ui.widgets.panels import Panel, row


class ViewTools(Panel):
    """Standard views, fit, projection, edges; they work while the view is live."""

    def __init__(self, view: PartView) -> None:
        super().__init__("panel", lines="b")
        theme = current_theme()
        self.setFixedHeight(theme.size("height", "toolBar"))
        self.views = KeyedTool("cube", _("Views"), "0–6")
        self.views.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.views)
        for standard in StandardView:
            action = menu.addAction(f"{view_name(standard)}\t{standard.value}")
            action.triggered.connect(lambda _checked=False, to=standard: view.look_from(to))
        self.views.setMenu(menu)
        self.fit = KeyedTool("arrows-maximize", _("Fit"), "F")
        self.fit.clicked.connect(view.fit)
        self.projection = KeyedTool("perspective", _("Projection"), "P")
        self.projection.clicked.connect(view.toggle_projection)
        self.edges = KeyedTool("border-outer", _("Edges"), "E")
        self.edges.clicked.connect(view.toggle_edges)
        margin = theme.size("space", "s")
        self.setLayout(
            row(
                self.views,
                self.fit,
                self.projection,
                self.edges,
                None,
                margins=(margin, 0, margin, 0),
                spacing=theme.size("space", "xs"),
            )
        )
        self.set_live(False)

    def set_live(self, live: bool) -> None:
        """Let the tools work, or grey them while there is only a picture or a sentence."""
        for tool in (self.views, self.fit, self.projection, self.edges):
            tool.setEnabled(live)
