"""Asks for files and folders with the system's own dialogs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.base.i18n import _

SUFFIXES = ("stl", "3mf", "obj", "ply", "step", "stp", "xlsx", "xlsm", "csv", "tsv")


def ask_for_files(parent: QWidget) -> list[Path]:
    """Return the files to import; empty if the user thought better of it."""
    from PySide6.QtWidgets import QFileDialog  # not needed at start-up

    patterns = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
    kinds = f"{_('Parts and lists')} ({patterns});;{_('All files')} (*)"
    chosen, _kind = QFileDialog.getOpenFileNames(parent, _("Import files"), "", kinds)
    return [Path(name) for name in chosen]


def ask_for_folder(parent: QWidget, title: str) -> list[Path]:
    """Return the folder in a list; empty if the user thought better of it."""
    from PySide6.QtWidgets import QFileDialog

    chosen = QFileDialog.getExistingDirectory(parent, title)
    return [Path(chosen)] if chosen else []


def ask_where_to_copy(parent: QWidget, file_name: str) -> Path | None:
    """Return where a copy goes; None if the user thought better of it.

    Whether a file is there already is for the service to say: it never replaces one.
    """
    from PySide6.QtWidgets import QFileDialog

    no_question = QFileDialog.Option.DontConfirmOverwrite
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("Copy to"), file_name, options=no_question
    )
    return Path(chosen) if chosen else None


def ask_where_to_back_up(parent: QWidget, today: date) -> Path | None:
    """Return the file that becomes the backup; None if the user thought better of it."""
    from PySide6.QtCore import QStandardPaths
    from PySide6.QtWidgets import QFileDialog

    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    suggested = Path(documents) / f"everspare-{today.isoformat()}.zip"
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, _("Back up the library"), str(suggested), "*.zip"
    )
    return Path(chosen) if chosen else None


def ask_for_signed_files(parent: QWidget) -> list[Path]:
    """Return packages and certificates to verify; empty if the user thought better of it."""
    from PySide6.QtWidgets import QFileDialog

    kinds = f"{_('Packages and certificates')} (*.everspare *.pdf *.jsonl);;{_('All files')} (*)"
    chosen, _kind = QFileDialog.getOpenFileNames(parent, _("Verify files"), "", kinds)
    return [Path(name) for name in chosen]
