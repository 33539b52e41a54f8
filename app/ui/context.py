"""What every page is made with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSettings

from app.bootstrap import Services
from app.ui.change_bus import ChangeBus
from app.ui.jobs import JobRunner
from app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class UiContext:
    """The open library and what connects a page with the rest of the window.

    Attributes:
        state: where splitters, columns and the like are kept between sessions.
    """

    services: Services
    jobs: JobRunner
    bus: ChangeBus
    theme: Theme
    state: QSettings

    @property
    def user(self) -> str:
        """Who acts."""
        return self.services.user

    def today(self) -> date:
        """Return the calendar day of the library's clock."""
        return self.services.library.clock.now().date()
