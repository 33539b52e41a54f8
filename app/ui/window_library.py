"""Opens libraries for the window off the GUI thread, and notices what others write to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.base.i18n import _
from app.base.progress import Progress
from app.domain.changes import Changes
from app.ui.jobs import JobRunner
from app.ui.page_registry import LOADERS

if TYPE_CHECKING:
    from app.base.settings import Settings
    from app.bootstrap import Services

POLL_MS = 2000
EVERYTHING = (
    "part",
    "part_revision",
    "geometry",
    "geometry_facts",
    "product",
    "milestone",
    "where_used",
    "supply_position",
    "supply_source",
    "demand_history",
    "flag",
    "provider",
    "machine",
    "material",
    "print_definition",
    "definition_field",
    "qualification",
    "evidence",
    "print_package",
    "lot",
    "certificate",
    "change_set",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A library that is open, and whether it was made just now."""

    services: Services
    is_new: bool
    data_version: int


class WindowLibrary(QObject):
    """The library that the window works on.

    Signals:
        opened: (found: Opened).
        refused: (path: Path, error: AppError) it cannot be opened; the one before stays open.
        changed_elsewhere: (changes: Changes) another window or command wrote to it.
    """

    opened = Signal(object)
    refused = Signal(object, object)
    changed_elsewhere = Signal(object)

    def __init__(self, jobs: JobRunner, user: str | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs, self._user = jobs, user
        self.services: Services | None = None
        self._data_version = -1
        self._asking = False
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._ask_version)

    @property
    def named(self) -> str:
        """Who acts in this session by the command line; "" for the name in the settings."""
        return self._user or ""

    def open(self, path: Path, *, create: bool = False) -> None:
        """Open the library in a folder; `create` makes an empty one where there is none."""
        user = self._user

        def work(progress: Progress) -> Opened:
            return _open(path, user, create)

        self.jobs.start(
            work,
            owner=self,
            done=self._take,
            failed=lambda error: self.refused.emit(path, error),
            lane="write",
            title=_("Open {name}").format(name=path.name),
        )

    def take_settings(self, settings: Settings) -> bool:
        """Act by other settings from now on, in the same open library; False if none is open."""
        from app.bootstrap import user_name

        if self.services is None:
            return False
        user = user_name(settings, self._user)
        self.services = replace(self.services, settings=settings, user=user)
        self.opened.emit(Opened(self.services, False, self._data_version))
        return True

    def close(self) -> None:
        """Let go of the library."""
        self._poll.stop()
        if self.services is not None:
            self.services.close()
            self.services = None

    def _take(self, found: Opened) -> None:
        before = self.services
        self.services, self._data_version = found.services, found.data_version
        self.opened.emit(found)
        if before is not None:
            before.close()
        self._poll.start()

    def _ask_version(self) -> None:
        services = self.services
        if services is None or self._asking:
            return
        self._asking = True
        job = self.jobs.start(
            lambda progress: services.library.data_version(),
            owner=self,
            done=self._compare,
            failed=lambda error: None,  # a locked library answers at the next poll
        )
        job.finished.connect(self._answered)

    def _answered(self) -> None:
        self._asking = False

    def _compare(self, version: int) -> None:
        if version != self._data_version:
            self._data_version = version
            self.changed_elsewhere.emit(Changes.everything_of(*EVERYTHING))


def import_pages() -> None:
    """Load what the other pages need, so that making them does not hold up the window."""
    import app.ui.catalog.import_page
    import app.ui.catalog.part_page  # noqa: F401  # loaded, not used

    for load in LOADERS.values():
        load()


def _open(path: Path, user: str | None, create: bool) -> Opened:
    """In the write lane: here the database layer is loaded for the first time."""
    from app.bootstrap import is_library, open_services

    import_pages()
    is_new = not is_library(path)
    services = open_services(path=path, user=user, create_if_missing=create)
    return Opened(services, is_new, services.library.data_version())
