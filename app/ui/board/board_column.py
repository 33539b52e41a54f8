"""One column of the board: a state with its count, and the cards that stand there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.qualification.validity import QualificationStatus
from app.ui.board.card_face import CardModel
from app.ui.board.card_list import CardList
from app.ui.board.status_words import status_mark, status_word
from app.ui.jobs import JobRunner
from app.ui.theme import current_theme
from app.ui.widgets.labels import RoleLabel, StatusLabel
from app.ui.widgets.panels import Panel, bar, row
from app.ui.widgets.row_delegate import Pictures


class BoardColumn(Panel):
    """Glyph, word and count over a list of cards."""

    def __init__(
        self,
        jobs: JobRunner,
        status: QualificationStatus,
        today: Callable[[], date],
        pictures: Pictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("panel", lines="r", parent=parent)
        theme = current_theme()
        self.status, self._count = status, 0
        self.model = CardModel(jobs, today, self)
        self.cards = CardList(self.model, pictures)
        self._word = StatusLabel(status_mark(status), status_word(status), font="bodyStrong")
        self._number = RoleLabel("0", color="muted")
        gap, edge = theme.size("space", "s"), theme.size("space", "panelMargin")
        head = bar("toolBar", ground="panel", lines="br")
        self._title = row(self._word, None, self._number, margins=(edge, 0, edge, 0), spacing=gap)
        head.setLayout(self._title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)  # the hairline at the right
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addSpacing(gap // 2)
        layout.addWidget(self.cards, 1)
        self.show_count(0)

    @property
    def count(self) -> int:
        """How many cards there are, as far as it was told."""
        return self._count

    @property
    def least_width(self) -> int:
        """How wide the heading alone is."""
        return self._title.sizeHint().width() + 1

    def show_count(self, count: int) -> None:
        """Show how many cards there are."""
        self._count = count
        self._number.setText(figure(count))
        cards = ngettext("{count} card", "{count} cards", count).format(count=figure(count))
        self.cards.setAccessibleName(
            _("{status}, {cards}").format(status=status_word(self.status), cards=cards)
        )
