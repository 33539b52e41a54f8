"""The composition root: builds what the use cases need from settings and command line."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.clock import Clock
from app.base.i18n import use_language
from app.base.paths import default_library_path
from app.base.settings import Settings, load_settings

if TYPE_CHECKING:
    from app.storage.first_page import FirstPage
    from app.storage.library import Library
    from app.workers.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class Services:
    """An open library with everything around it.

    Attributes:
        user: the person who acts; stands in every change set.
    """

    settings: Settings
    library: Library
    workers: WorkerPool
    user: str

    def close(self) -> None:
        """Stop the workers and let go of the library."""
        self.workers.close()
        self.library.close()


def library_path(settings: Settings, named: Path | None = None) -> Path:
    """Return the library's folder: the one named, else the one opened last, else the default."""
    if named is not None:
        return named
    return Path(settings.library_path) if settings.library_path else default_library_path()


def user_name(settings: Settings, named: str | None = None) -> str:
    """Return who acts: the name given, else the one in the settings, else the account's."""
    return (named or "").strip() or settings.user_name.strip() or getpass.getuser()


def is_library(path: Path) -> bool:
    """Say whether a folder holds a library, without judging its health."""
    from app.storage.opening import is_library as holds_library

    return holds_library(path)


def first_page(path: Path) -> FirstPage:
    """Return the first parts of a library with the standard library alone, before anything heavy.

    Raises:
        StorageError: the library is missing, damaged, locked or too new.
    """
    from app.storage.first_page import read_first_page

    return read_first_page(path)


def make_workers(settings: Settings) -> WorkerPool:
    """Return the pool of processes that read foreign files; they start on first use."""
    from app.workers.limits import Limits
    from app.workers.pool import WorkerPool

    return WorkerPool(
        limits=Limits(
            memory_mb=settings.worker_memory_mb,
            deadline_s=float(settings.worker_deadline_s),
        )
    )


def open_services(
    *,
    path: Path | None = None,
    user: str | None = None,
    create_if_missing: bool = False,
    clock: Clock | None = None,
) -> Services:
    """Open the library and return the services around it.

    Args:
        path: folder of the library; None for the one opened last or the default.
        user: who acts; None for the name in the settings or of the account.
        create_if_missing: make an empty library where there is none.

    Raises:
        StorageError: the library is missing, damaged, locked or too new.
    """
    from app.storage.opening import create_library, is_library, open_library

    settings = load_settings()
    use_language(settings.language)
    where = library_path(settings, path)
    if create_if_missing and not is_library(where):
        library = create_library(where, clock=clock)
    else:
        library = open_library(where, clock=clock)
    return Services(settings, library, make_workers(settings), user_name(settings, user))
