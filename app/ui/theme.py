"""Colours, sizes and fonts: the design tokens turned into a palette, fonts and one style sheet.

There is one theme for the application, as there is one palette. Whatever paints by itself reads
its colours here while painting and repaints on `Theme.changed`; no widget holds a hex value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from app.base.paths import resource_path
from app.ui.style import TokenStyle
from app.ui.style_sheet import style_sheet

MODES = ("system", "light", "dark")
# Names beside a bold number: the size of the role, without its weight.
_PLAIN = {"sectionPlain": "section", "titlePlain": "title"}

_ROLES: Mapping[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "window",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "window",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.ToolTipBase: "window",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "window",
    QPalette.ColorRole.Midlight: "hairline",
    QPalette.ColorRole.Mid: "divider",
    QPalette.ColorRole.Dark: "controlBorder",
    QPalette.ColorRole.Shadow: "divider",
}
_FADED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.HighlightedText,
)


class Theme(QObject):
    """Light or dark, by choice or by following the system, live.

    Signals:
        changed: colours are different from now on.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens: dict[str, Any] = json.loads(
            resource_path("tokens.json").read_text(encoding="utf-8")
        )
        self._mode = "system"
        self._system_palette = QGuiApplication.palette()
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._name = ""
        self.high_contrast = False
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self._read()

    @property
    def mode(self) -> str:
        """What was chosen: "system", "light" or "dark"."""
        return self._mode

    @property
    def name(self) -> str:
        """What is shown: "light" or "dark"."""
        return self._name

    @property
    def dark(self) -> bool:
        return self._name == "dark"

    def set_mode(self, mode: str) -> None:
        """Choose "system", "light" or "dark"."""
        if mode not in MODES:
            raise ValueError(f"no theme called {mode!r}")
        self._mode = mode
        self._follow_system()

    def color(self, role: str) -> QColor:
        """Return a colour by its token name, such as "hairline" or "status.draft"."""
        return self._colors[role]

    def size(self, group: str, name: str) -> int:
        """Return a length in logical pixels, such as ("height", "tableHeader")."""
        return int(self._tokens[group][name])

    def font(self, role: str) -> QFont:
        """Return the system's font in the size and weight of a role, such as "caption".

        Figures are tabular, so that columns of numbers stand straight.
        """
        if role not in self._fonts:
            token = self._tokens["type"][_PLAIN.get(role, role)]
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
            font.setPixelSize(int(token["size"]))
            font.setWeight(QFont.Weight(400 if role in _PLAIN else int(token["weight"])))
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[role] = font
        return self._fonts[role]

    def apply(self, app: QApplication) -> None:
        """Dress the whole application."""
        style = QStyleFactory.create("Fusion")
        app.setStyle(TokenStyle(style, self.color))
        app.setFont(self.font("body"))
        self.changed.connect(lambda: self._dress(app))
        self._dress(app)

    def _dress(self, app: QApplication) -> None:
        app.setPalette(self.palette())
        app.setStyleSheet(style_sheet(self._colors, self._tokens))

    def palette(self) -> QPalette:
        """Return the palette of the colours in use."""
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self._colors[token])
        for role in _FADED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self._colors["disabled"])
        return palette

    def _follow_system(self) -> None:
        before = (self._name, self.high_contrast)
        self._read()
        if (self._name, self.high_contrast) != before:
            self.changed.emit()

    def _read(self) -> None:
        hints = QGuiApplication.styleHints()
        system_dark = hints.colorScheme() is Qt.ColorScheme.Dark
        dark = system_dark if self._mode == "system" else self._mode == "dark"
        self._name = "dark" if dark else "light"
        contrast = hints.accessibility().contrastPreference()
        self.high_contrast = contrast is Qt.ContrastPreference.HighContrast
        self._colors = self._named_colors()

    def _named_colors(self) -> dict[str, QColor]:
        tokens = self._tokens["color"]
        colors = {name: QColor(value) for name, value in tokens[self._name].items()}
        for name, status in tokens["status"].items():
            colors[f"status.{name}"] = QColor(status[self._name])
        if self.high_contrast:
            colors.update(self._contrast_colors())
        for name, supply in tokens["supply"].items():
            colors[f"supply.{name}"] = colors[supply["colorRole"]]
        colors["disabled"] = _between(colors["muted"], colors["panel"], 0.35)
        return colors

    def _contrast_colors(self) -> dict[str, QColor]:
        """The system's own palette, with every border in the colour of text."""
        system = self._system_palette
        text = system.color(QPalette.ColorRole.WindowText)
        window = system.color(QPalette.ColorRole.Base)
        selected = system.color(QPalette.ColorRole.Highlight)
        borders = ("controlBorder", "hairline", "divider", "scrollThumb", "muted", "focusRing")
        colors = dict.fromkeys(borders, text)
        colors |= {"text": text, "window": window, "panel": window, "hover": window}
        colors["selected"] = _between(selected, window, 0.7)
        return colors


def _between(first: QColor, second: QColor, share: float) -> QColor:
    """Mix `share` of the second colour into the first."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )


_current: Theme | None = None


def current_theme() -> Theme:
    """Return the application's theme, made at the first call."""
    global _current  # noqa: PLW0603  # one theme for the application, like its palette
    if _current is None:
        _current = Theme()
    return _current


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by; restyle a widget that is styled already."""
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
