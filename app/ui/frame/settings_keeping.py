"""Stores single settings without touching those that others stored since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from app.base.errors import AppError
from app.base.progress import Progress
from app.base.settings import load_settings, save_settings
from app.ui.jobs import JobRunner


def keep_settings(
    jobs: JobRunner, owner: QObject, failed: Callable[[AppError], None], **changed: str
) -> None:
    """Store these settings on the write lane, one after the other."""

    def store(progress: Progress) -> None:
        before = load_settings()
        after = replace(before, **changed)  # type: ignore[arg-type]  # names of text settings
        if after != before:
            save_settings(after)

    jobs.start(store, owner=owner, failed=failed, lane="write")
