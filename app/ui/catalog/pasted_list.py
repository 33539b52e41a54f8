"""Ctrl+V on the parts: lists those with the pasted numbers and says which are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.ui.catalog.part_filters import PartFilters
from app.ui.widgets.message_strip import MessageStrip

if TYPE_CHECKING:
    from app.domain.inventory.pasted_numbers import PastedNumbers
    from app.ui.context import UiContext
    from app.ui.jobs import Job


class PastedList(QObject):
    """The filter by pasted numbers, and the strip that counts them.

    Signals:
        failed: (error: AppError) the library could not be asked.
    """

    failed = Signal(object)

    def __init__(self, filters: PartFilters, parent: QObject) -> None:
        super().__init__(parent)
        self.strip = MessageStrip()
        self._filters = filters
        self._context: UiContext | None = None
        self._job: Job | None = None
        self._text = ""
        self.strip.dismissed.connect(self.drop)
        filters.filter_changed.connect(self._follow_filter)

    @property
    def active(self) -> bool:
        """Whether the list is narrowed down to pasted numbers."""
        return bool(self._filters.part_filter.numbers)

    def attach(self, context: UiContext | None) -> None:
        """Ask this library from now on."""
        self._context = context
        self.drop()

    def take_clipboard(self) -> None:
        """List the parts whose numbers are on the clipboard."""
        self._text = QGuiApplication.clipboard().text()
        self._ask()

    def refresh(self) -> None:
        """Count again: parts may have come or gone."""
        if self.active:
            self._ask()

    def drop(self) -> None:
        """List all parts again."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._filters.take_numbers(())

    def _ask(self) -> None:
        context, text = self._context, self._text
        if context is None:
            return
        library = context.services.library

        def find(progress: object) -> PastedNumbers:
            from app.services.catalog.find_numbers import find_numbers

            return find_numbers(library, text)

        self._job = context.jobs.start(find, owner=self, done=self._take, failed=self.failed.emit)

    def _take(self, numbers: PastedNumbers) -> None:
        self._filters.take_numbers(numbers.all)
        if not numbers.all:
            self.strip.say(
                _("The clipboard holds no text. Copy part numbers first, one a line."),
                kind="warning",
            )
            return
        missing = len(numbers.missing)
        self.strip.say(
            _count_words(len(numbers.found), len(numbers.all), missing),
            kind="warning" if missing else "good",
            details="\n".join(numbers.missing),
            copy=ngettext("Copy the missing one", "Copy the missing ones", missing),
        )

    def _follow_filter(self) -> None:
        if not self.active:
            self.strip.clear()


def _count_words(found: int, asked: int, missing: int) -> str:
    counts = {"found": figure(found), "total": figure(asked)}
    if not missing:
        return ngettext(
            "The pasted number was found. Esc lists all parts.",
            "All {total} pasted numbers were found. Esc lists all parts.",
            asked,
        ).format(**counts)
    return _(
        "{found} of {total} pasted numbers found · {missing} not found. Esc lists all parts."
    ).format(missing=figure(missing), **counts)
