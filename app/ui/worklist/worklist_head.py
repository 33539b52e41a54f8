"""The head of the worklist: how many parts, which answers, how far ahead."""

from __future__ import annotations

from collections.abc import Mapping

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.lifecycle.flag import Answer
from app.ui.theme import current_theme
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.labels import RoleLabel
from app.ui.widgets.panels import row
from app.ui.widgets.segments import Segments
from app.ui.worklist.horizon_control import HorizonControl


class WorklistHead(HeadBar):
    """Title, count, the choice between eternal and unknown, and the horizon."""

    def __init__(self, months: int) -> None:
        super().__init__()
        theme = current_theme()
        self.count = RoleLabel(color="muted")
        self.answers = Segments(
            (
                (Answer.YES.value, lambda: _("Eternal")),
                (Answer.UNKNOWN.value, lambda: _("Unknown")),
            )
        )
        self.horizon = HorizonControl(months)
        margin = theme.size("space", "l")
        self.setLayout(
            row(
                RoleLabel(_("Worklist"), font="title"),
                self.count,
                None,
                self.answers,
                self.horizon,
                margins=(margin, 0, margin, 0),
                spacing=theme.size("space", "m"),
            )
        )

    @property
    def answer(self) -> Answer:
        """Which answers are listed."""
        return Answer(self.answers.current)

    def show_counts(self, counts: Mapping[Answer, int]) -> None:
        """Show how many parts have which answer."""
        self.answers.show_counts(
            {answer.value: counts[answer] for answer in (Answer.YES, Answer.UNKNOWN)}
        )
        needed = counts[Answer.YES]
        self.count.setText(
            ngettext(
                "{count} part needs an eternal spare",
                "{count} parts need an eternal spare",
                needed,
            ).format(count=figure(needed))
        )
