"""The sheet of all keys: those of the page shown first, then what holds everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.base.i18n import _
from app.ui.actions import ACTIONS, MENUS, Actions, shortcut_text
from app.ui.theme import current_theme
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import scrolled
from app.ui.widgets.small_marks import KeyHint

Keys = Sequence[tuple[str, str]]


def list_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys of every list: what each does, and the key."""
    return (
        (_("Open the row"), _("Enter")),
        (_("Choose one row more or less"), _("Ctrl+Space")),
        (_("Search"), "/"),
        (_("From the search field into the list"), "↓"),
        (_("Clear the search"), _("Esc")),
    )


class KeySheet(QDialog):
    """All shortcuts: of the page, by menu, of lists.

    Args:
        page: what the page shown is called.
        page_keys: what its keys do, each as (what it does, the key).
    """

    def __init__(
        self, actions: Actions, page: str, page_keys: Keys, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setWindowTitle(_("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 680)
        here = _("On this page: {page}").format(page=page)
        self.groups: list[tuple[str, Keys]] = [
            group
            for group in (
                (here, page_keys),
                *_menu_groups(actions),
                (_("In lists"), list_keys()),
            )
            if group[1]
        ]
        columns = QHBoxLayout()
        columns.setSpacing(theme.size("space", "xxl"))
        columns.setContentsMargins(*[theme.size("space", "pageMargin")] * 4)
        half = _even_split(self.groups)
        for groups in (self.groups[:half], self.groups[half:]):
            side = QVBoxLayout()
            side.setSpacing(theme.size("space", "l"))
            for title, keys in groups:
                side.addWidget(_group(title, keys))
            side.addStretch(1)
            columns.addLayout(side, 1)
        content = QWidget()
        content.setLayout(columns)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))
        content.setMinimumHeight(content.sizeHint().height())


def _even_split(groups: Sequence[tuple[str, Keys]]) -> int:
    """Return how many groups stand at the left, so that both sides are about as high."""
    heights = [len(keys) + 2 for _title, keys in groups]
    return min(
        range(len(heights) + 1), key=lambda half: max(sum(heights[:half]), sum(heights[half:]))
    )


def _menu_groups(actions: Actions) -> list[tuple[str, Keys]]:
    return [
        (
            title().replace("&", ""),
            [
                (actions[spec.key].text().replace("&", ""), _shown_key(actions, spec.key))
                for spec in ACTIONS
                if spec.menu == menu and (spec.keys or spec.letters)
            ],
        )
        for menu, title in MENUS
    ]


def _shown_key(actions: Actions, key: str) -> str:
    """Return the shortcut of an action, also of a letter that does not act just now."""
    letters = next(spec.letters for spec in ACTIONS if spec.key == key)
    return shortcut_text(actions[key]) or QKeySequence(letters[0]).toString(
        QKeySequence.SequenceFormat.NativeText
    )


def _group(title: str, keys: Keys) -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(current_theme().size("space", "xs"))
    grid.setColumnStretch(0, 1)
    grid.addWidget(RoleLabel(title, font="section"), 0, 0, 1, 2)
    for number, (text, key) in enumerate(keys, start=1):
        grid.addWidget(RoleLabel(text), number, 0)
        grid.addWidget(KeyHint(key), number, 1, Qt.AlignmentFlag.AlignRight)
    return group
