"""Verifies files for the window: against the keys trusted here and the log of the open library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import AppError
from app.base.progress import Progress
from app.documents.signing.key_file import load_key_file
from app.domain.packages.verification import SignedKind, TrustedKey, Verdict, Verification
from app.services.packages.trusted_keys import fetch_trusted_keys
from app.services.packages.verify_file import verify_file
from app.services.sample.demonstration_key import demonstration_key_path

if TYPE_CHECKING:
    from app.storage.library import Library


def verify_files(
    paths: Sequence[Path], library: Library | None, today: date, progress: Progress
) -> list[Verification]:
    """Judge files one after the other; one that cannot be read is told as not genuine."""
    trusted = keys_trusted_here(library)
    answers = []
    for number, path in enumerate(paths):
        progress.report(number / len(paths), path.name)
        try:
            answers.append(verify_file(path, trusted, today=today, library=library))
        except AppError as error:
            answers.append(_unread(path, error))
    return answers


def verify_kept_copy(
    library: Library, sha256: str, file_name: str, kind: SignedKind, today: date
) -> Verification:
    """Judge the copy of an issued file that the library keeps.

    Args:
        file_name: under which it left.
    """
    path = library.objects.path_of(sha256)
    try:
        answer = verify_file(path, keys_trusted_here(library), today=today, library=library)
    except AppError as error:
        return replace(_unread(path, error), file_name=file_name, kind=kind)
    return replace(answer, file_name=file_name)


def keys_trusted_here(library: Library | None) -> tuple[TrustedKey, ...]:
    """Return this person's trusted keys, and the demonstration key of a sample library.

    Raises:
        DocumentError, StorageError: the trust store or a key file cannot be read.
    """
    keys = fetch_trusted_keys()
    path = demonstration_key_path(library) if library is not None else None
    if path is None or not path.exists():
        return keys
    return (*keys, load_key_file(path).trusted_key)


def _unread(path: Path, error: AppError) -> Verification:
    return Verification(
        file_name=path.name,
        kind=SignedKind.OTHER,
        verdict=Verdict.NOT_GENUINE,
        reason=str(error),
    )
