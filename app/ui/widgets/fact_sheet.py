"""A scrolling sheet of sections with labelled facts, as the tabs of a page show them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.base.figures import NO_BREAK_SPACE
from app.base.i18n import _
from app.ui.icons import icon
from app.ui.theme import current_theme
from app.ui.widgets.labels import ElidedLabel, RoleLabel, StatusLabel, glyph_alone

_ROW_PADDING = 4
_COPY_SIDE = 14


class FactSheet(QScrollArea):
    """Sections one below the other; filled anew with `begin`, calls that add, and `finish`.

    The place it is scrolled to survives being filled anew.

    Args:
        name: for screen readers.
        label_width: of the column of labels; 0 takes the design's.
    """

    def __init__(self, name: str, *, label_width: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label_width = label_width or current_theme().size("width", "propertyLabel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self._scrolled = 0
        # The range of the scroll bar follows the layout of new content, a moment later.
        self._scrolling = QTimer(self, singleShot=True, interval=0)
        self._scrolling.timeout.connect(self._scroll_back)
        self.begin()
        self.finish()

    def begin(self) -> None:
        """Start an empty sheet; what is shown stays until `finish`."""
        theme = current_theme()
        self._content = _Ground()
        self._marks: dict[str, QWidget] = {}
        layout = QVBoxLayout(self._content)
        margin = theme.size("space", "panelMargin")
        layout.setContentsMargins(margin, theme.size("space", "m"), margin, margin)
        layout.setSpacing(0)

    def finish(self) -> None:
        """Show what was added since `begin`."""
        self._layout.addStretch(1)
        if not self._scrolling.isActive():
            self._scrolled = self.verticalScrollBar().value()
        self.setWidget(self._content)
        self._scrolling.start()

    def section(self, title: str, note: str = "", *, name: str = "") -> None:
        """Begin a section.

        Args:
            note: caption at the right end of the heading.
            name: for `reveal`.
        """
        theme = current_theme()
        if self._layout.count():
            self._layout.addSpacing(theme.size("space", "m"))
        heading = QWidget()
        line = QHBoxLayout(heading)
        line.setContentsMargins(0, _ROW_PADDING, 0, _ROW_PADDING)
        line.addWidget(RoleLabel(title, font="bodyStrong"))
        line.addStretch(1)
        if note:
            line.addWidget(RoleLabel(note, font="caption", color="muted"))
        self.add(heading)
        if name:
            self._marks[name] = heading

    def fact(
        self, label: str, value: str, *, mark: str = "", note: str = "", below: str = ""
    ) -> None:
        """Add a labelled value; "—" where there is none.

        Args:
            mark: glyph before the value.
            note: muted text after it.
            below: muted text under it.
        """
        fact = _FactRow(label, self._label_width)
        fact.add_value(value, mark, note)
        if below:
            fact.add_paragraph(below, "muted")
        self.add(fact)

    def facts(self, label: str, values: Sequence[str]) -> None:
        """Add a label with several sentences under each other."""
        fact = _FactRow(label, self._label_width)
        for value in values:
            fact.add_paragraph(value, "text")
        self.add(fact)

    def code(self, label: str, value: str) -> None:
        """Add a long identifier on one line, shortened in its middle, with a button to copy it."""
        fact = _FactRow(label, self._label_width)
        fact.add_code(value)
        self.add(fact)

    def sentence(self, text: str, *, mark: str = "", color: str = "text") -> None:
        """Add a sentence over the whole width, with a glyph before it if one is named."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, _ROW_PADDING, 0, _ROW_PADDING)
        line.setSpacing(current_theme().size("icon", "iconGap"))
        if mark:
            line.addWidget(glyph_alone(mark), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(_wrapped(text, color), 1)
        self.add(row)

    def add(self, widget: QWidget) -> None:
        """Add any widget over the whole width."""
        self._layout.addWidget(widget)

    def gap(self) -> None:
        """Leave some room."""
        self._layout.addSpacing(current_theme().size("space", "s"))

    def reveal(self, name: str) -> None:
        """Scroll to the section of that name; nothing happens if there is none."""
        heading = self._marks.get(name)
        if heading is not None:
            self._scrolled = heading.y() - current_theme().size("space", "s")
            self._scrolling.start()

    @property
    def text(self) -> str:
        """Everything that stands on the sheet, in reading order, with plain spaces."""
        lines = []
        for index in range(self._layout.count()):
            item = self._layout.itemAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None:
                lines.append(_text_of(widget))
        return "\n".join(line for line in lines if line).replace(NO_BREAK_SPACE, " ")

    @property
    def _layout(self) -> QVBoxLayout:
        layout = self._content.layout()
        assert isinstance(layout, QVBoxLayout)
        return layout

    def _scroll_back(self) -> None:
        self._layout.activate()
        self.verticalScrollBar().setValue(max(self._scrolled, 0))


class _Ground(QWidget):
    """Paints the ground of the sheet, so that it follows the theme."""

    def __init__(self) -> None:
        super().__init__()
        current_theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), current_theme().color("window"))


class _FactRow(QWidget):
    """Label, what stands beside it and a hairline below them."""

    def __init__(self, label: str, label_width: int) -> None:
        super().__init__()
        theme = current_theme()
        self.setAccessibleName(f"{label}:")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, _ROW_PADDING, 0, _ROW_PADDING + 1)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(2)
        caption = RoleLabel(label, color="muted", wrap=True)
        caption.setFixedWidth(label_width)
        caption.setContentsMargins(0, 0, theme.size("space", "s"), 0)
        self._grid.addWidget(caption, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(1, 1)
        self._lines = 0
        theme.changed.connect(self.update)

    def add_value(self, value: str, mark: str, note: str) -> None:
        line = QHBoxLayout()
        line.setSpacing(current_theme().size("icon", "glyphGap"))
        if mark:
            line.addWidget(glyph_alone(mark), 0, Qt.AlignmentFlag.AlignTop)
        shown = _wrapped(value or "—", "text" if value else "muted")
        line.addWidget(shown, 0 if note else 1)
        if note:
            shown.setWordWrap(False)
            shown.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            line.addWidget(_wrapped(note, "muted"), 1)
        self._grid.addLayout(line, self._lines, 1)
        self._count(value or "—", note)

    def add_paragraph(self, text: str, color: str) -> None:
        if self._lines and color == "text":
            self._grid.setVerticalSpacing(_ROW_PADDING)
        self._grid.addWidget(_wrapped(text, color), self._lines, 1)
        self._count(text)

    def add_code(self, value: str) -> None:
        shown = ElidedLabel(value, elide=Qt.TextElideMode.ElideMiddle)
        copy = QToolButton()
        copy.setIcon(icon("copy"))
        copy.setIconSize(QSize(_COPY_SIDE, _COPY_SIDE))
        copy.setFixedHeight(QFontMetrics(current_theme().font("body")).height())
        copy.setToolTip(_("Copy"))
        copy.setAccessibleName(_("Copy {value}").format(value=value))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(value))
        line = QHBoxLayout()
        line.setSpacing(current_theme().size("icon", "glyphGap"))
        line.addWidget(shown, 1)
        line.addWidget(copy)
        self._grid.addLayout(line, self._lines, 1)
        self._count(value)

    def _count(self, *texts: str) -> None:
        """Tell screen readers what was added, and go on below it."""
        self._lines += 1
        self.setAccessibleName(" ".join(filter(None, (self.accessibleName(), *texts))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(current_theme().color("hairline"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _wrapped(text: str, color: str) -> RoleLabel:
    label = RoleLabel(text, color=color, wrap=True).selectable()
    policy = label.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
    label.setSizePolicy(policy)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return label


def _text_of(widget: QWidget) -> str:
    labels = [widget, *widget.findChildren(QWidget)]
    texts = [label.text() for label in labels if isinstance(label, RoleLabel)]
    texts += [label.text for label in labels if isinstance(label, StatusLabel)]
    return " ".join(text.strip() for text in texts if text.strip())
