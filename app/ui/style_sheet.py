"""The one style sheet, and only for what a palette cannot say.

Buttons, input borders, tool buttons, tabs, menus, splitter handles, scroll bars. Never the items
of a view: a rule for them would switch off the delegates' native paths.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Any

from PySide6.QtGui import QColor

_SHEET = Template("""
QPushButton {
  background: $window; color: $text; border: 1px solid $controlBorder; border-radius: ${radius}px;
  padding: 0 ${m}px; min-height: ${button_inner}px; outline: none; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:focus { border: 2px solid $focusRing; padding: 0 ${m_focus}px;
  min-height: ${button_focus}px; }
QPushButton:disabled { color: $disabled; border-color: $divider; }
QPushButton[primary="true"] {
  background: $accent; color: $onAccent; border-color: $accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accentHover; border-color: $accentHover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled {
  background: $panel; color: $disabled; border-color: $divider; }
QPushButton[link="true"] {
  background: transparent; border: none; color: $accent; padding: 0 2px; text-align: left; }
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border: 2px solid $focusRing; padding: 0; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QPlainTextEdit {
  background: $window; color: $text; border: 1px solid $controlBorder; border-radius: ${radius}px;
  padding: 0 ${s}px; min-height: ${button_inner}px;
  selection-background-color: $accent; selection-color: $onAccent; }
QPlainTextEdit { padding: ${xs}px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QDateEdit:focus,
QPlainTextEdit:focus { border: 2px solid $focusRing; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QDateEdit:focus {
  padding: 0 ${s_focus}px; min-height: ${button_focus}px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit, QAbstractSpinBox QLineEdit:focus,
QComboBox QLineEdit:focus { border: none; background: transparent; padding: 0; min-height: 0; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { padding: 0 ${s}px; }
QSpinBox, QDoubleSpinBox { max-height: ${button_inner}px; }
QSpinBox:focus, QDoubleSpinBox:focus { max-height: ${button_focus}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: $disabled; }
QLineEdit[missing="true"], QComboBox[missing="true"], QSpinBox[missing="true"] {
  background: $tintWarning; border-color: $warning; }
QPushButton[small="true"], QLineEdit[small="true"], QComboBox[small="true"] {
  min-height: ${small_inner}px; max-height: ${small_inner}px; padding: 0 ${s}px; }
QPushButton[small="true"]:focus, QLineEdit[small="true"]:focus, QComboBox[small="true"]:focus {
  min-height: ${small_focus}px; max-height: ${small_focus}px; padding: 0 ${s_focus}px; }
QLineEdit:read-only { background: $panel; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox QAbstractItemView { border: 1px solid $divider; background: $window; outline: none; }
QToolButton {
  outline: none; border: none; border-radius: ${radius}px; padding: ${xs}px;
  background: transparent; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border: 2px solid $focusRing; padding: 2px; }
QToolButton::menu-indicator { image: none; width: 0; }
QTabBar { qproperty-drawBase: 0; background: $panel; }
QTabBar::tab {
  color: $muted; background: transparent; padding: 0 ${tab_gap}px; border: none;
  border-bottom: 2px solid transparent; min-height: ${tab_inner}px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { border-bottom: 2px solid $focusRing; color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QMenuBar { background: $panel; border-bottom: 1px solid $hairline; padding-left: ${s}px; }
QMenuBar::item { padding: ${xs}px ${s}px; background: transparent; }
QMenuBar::item:selected { background: $selected; border-radius: ${radius}px; }
QMenu { background: $window; border: 1px solid $divider; padding: ${xs}px 0; }
QMenu::item { padding: ${xs}px ${xl}px ${xs}px ${xl}px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: ${s}px; }
QMenu::separator { height: 1px; background: $hairline; margin: ${xs}px 0; }
QSplitter::handle { background: transparent; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $scrollThumb; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: none; width: 0; height: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QToolTip { background: $window; color: $text; border: 1px solid $divider; padding: ${xs}px; }
QStatusBar { background: $panel; border-top: 1px solid $hairline; }
QStatusBar::item { border: none; }
QProgressBar { background: $barTrack; border: none; border-radius: 2px; max-height: 4px;
  min-height: 4px; }
QProgressBar::chunk { background: $barFill; border-radius: 2px; }
""")


def style_sheet(colors: Mapping[str, QColor], tokens: Mapping[str, Any]) -> str:
    """Return the sheet for these colours and sizes."""
    space, height = tokens["space"], tokens["height"]
    values: dict[str, object] = {
        name: color.name() for name, color in colors.items() if "." not in name
    }
    values["warning"] = colors["status.expiring"].name()
    accent = colors["accent"]
    values["accentHover"] = (
        accent.lighter(112) if accent.lightnessF() < 0.5 else accent.lighter(108)
    ).name()
    values |= {
        "xs": space["xs"],
        "s": space["s"],
        "s_focus": space["s"] - 1,
        "m": space["m"],
        "m_focus": space["m"] - 1,
        "xl": space["xl"],
        "radius": tokens["radius"]["control"],
        "button_inner": height["button"] - 2,
        "button_focus": height["button"] - 4,
        "small_inner": height["buttonSmall"] - 2,
        "small_focus": height["buttonSmall"] - 4,
        "tab_inner": height["tabBar"] - 2,
        "tab_gap": 10,
        "bar": tokens["width"]["scrollThumb"] + 4,
    }
    return _SHEET.substitute(values)
