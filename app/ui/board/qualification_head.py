"""The head of the qualification page, and the bar that says what is looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.qualification.qualification_list import (
    QualificationCounts,
    QualificationFilter,
    QualificationScope,
)
from app.ui.board.qualification_views import BOARD, TABLE
from app.ui.theme import current_theme
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.panels import Panel, row
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segments import Segments


class QualificationHead(HeadBar):
    """Title, counts, and the choice between board and table."""

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self.summary = ElidedLabel(color="muted")
        self.views = Segments(((BOARD, lambda: _("Board")), (TABLE, lambda: _("Table"))))
        margin = theme.size("space", "l")
        line = row(
            RoleLabel(_("Qualification"), font="title"),
            self.summary,
            self.views,
            margins=(margin, 0, margin, 0),
            spacing=theme.size("space", "m"),
        )
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_counts(self, counts: QualificationCounts) -> None:
        """Say how many there are, and what of them cannot wait."""
        total, scopes = counts.total, counts.scopes
        told = [
            ngettext("{count} qualification", "{count} qualifications", total).format(
                count=figure(total)
            )
        ]
        reviews = scopes.get(QualificationScope.IN_REVIEW, 0)
        if reviews:
            told.append(
                ngettext("{count} waits for review", "{count} wait for review", reviews).format(
                    count=figure(reviews)
                )
            )
        ending = scopes.get(QualificationScope.ENDING, 0)
        if ending:
            told.append(
                ngettext(
                    "{count} has ended or ends within 6 months",
                    "{count} have ended or end within 6 months",
                    ending,
                ).format(count=figure(ending))
            )
        self.summary.setText(" · ".join(told))


class QualificationFilters(Panel):
    """Search, and what is to be done by whom.

    Signals:
        filter_changed: `wanted` differs.
    """

    filter_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", lines="b", parent=parent)
        theme = current_theme()
        self.setFixedHeight(theme.size("height", "filterBar"))
        self.wanted = QualificationFilter()
        self.search = SearchField(_("Search part, machine, material, provider, author"))
        self.search.setMaximumWidth(theme.size("width", "commandField"))
        self.search.setMinimumWidth(200)
        self.scopes = Segments(tuple((scope.value, _titles(scope)) for scope in QualificationScope))
        hint = ElidedLabel(_("Shift+→ takes the next step"), color="muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout(self)
        margin = theme.size("space", "l")
        line.setContentsMargins(margin, 0, margin, 1)
        line.setSpacing(theme.size("space", "m"))
        line.addWidget(self.search, 3)
        line.addWidget(self.scopes)
        line.addWidget(hint, 2)
        self.search.text_settled.connect(self._take_text)
        self.scopes.chosen.connect(self._take_scope)

    @property
    def sentence(self) -> str:
        """Which filter it is that nothing passes."""
        text, scope = self.wanted.text, self.wanted.scope
        title = _titles(scope)()
        if not text:
            return _("No qualification is listed under “{scope}”.").format(scope=title)
        if scope is QualificationScope.ALL:
            return _("No part, machine, material, provider or author holds “{text}”.").format(
                text=text
            )
        return _("Under “{scope}”, nothing holds “{text}”.").format(scope=title, text=text)

    @property
    def action(self) -> str:
        """The verb that takes away the filter that is most to blame for an empty list."""
        return _("Clear the search") if self.wanted.text else _("Show all")

    def take(self, scope: QualificationScope) -> None:
        """Look at one scope, whatever was searched for."""
        self.search.setText("")
        self.scopes.choose(scope.value)
        self._change(QualificationFilter(scope=scope))

    def clear_one(self) -> None:
        """Take one filter away: the search first, then the scope."""
        if self.wanted.text:
            self.search.clear()
        else:
            self.take(QualificationScope.ALL)

    def focus(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_counts(self, counts: QualificationCounts) -> None:
        """Show how many qualifications each scope holds."""
        self.scopes.show_counts({scope.value: count for scope, count in counts.scopes.items()})

    def _take_text(self, text: str) -> None:
        self._change(QualificationFilter(text=text.strip(), scope=self.wanted.scope))

    def _take_scope(self, key: str) -> None:
        wanted = QualificationFilter(text=self.wanted.text, scope=QualificationScope(key))
        self._change(wanted)

    def _change(self, wanted: QualificationFilter) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.filter_changed.emit()


def _titles(scope: QualificationScope) -> Callable[[], str]:
    titles: dict[QualificationScope, Callable[[], str]] = {
        QualificationScope.ALL: lambda: _("All"),
        QualificationScope.IN_REVIEW: lambda: _("In review"),
        QualificationScope.MINE: lambda: _("Mine to review"),
        QualificationScope.ENDING: lambda: _("Ends within 6 months"),
    }
    return titles[scope]
