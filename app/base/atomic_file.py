"""Write a file whole or not at all, and so that it survives a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.base.errors import DiskFull, StorageError
from app.base.i18n import _

_NO_SPACE = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file written and flushed beside its place, not yet in it."""

    path: Path
    scratch: Path
    overwrite: bool

    def put_in_place(self) -> None:
        """Give the file its name.

        Raises:
            StorageError: the name is taken and must not be, or the folder has gone.
        """
        with _translated(self.path):
            if self.overwrite:
                self.scratch.replace(self.path)
            else:
                _put_in_place_once(self.scratch, self.path)
            _sync_folder(self.path.parent)


@contextmanager
def staged_file(
    path: Path, data: bytes, *, private: bool = False, overwrite: bool = True
) -> Iterator[StagedFile]:
    """Write a file in two steps, so that what may fail has failed before something else commits.

    Args:
        path: where the file goes; its folder is made if missing.
        data: everything the file shall hold.
        private: readable by its owner only (0600).
        overwrite: replace an existing file; otherwise refuse, also when two write at once.

    Raises:
        DiskFull: no space is left.
        StorageError: the folder cannot be written, or the file exists and must not be replaced.
    """
    scratch = path.parent / f".{path.name[:100]}.{secrets.token_hex(6)}.part"
    try:
        with _translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir() or (path.exists() and not overwrite):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
            _write_synced(scratch, data, 0o600 if private else 0o666)
        yield StagedFile(path, scratch, overwrite)
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


def write_atomically(
    path: Path, data: bytes, *, private: bool = False, overwrite: bool = True
) -> None:
    """Write `data` to `path` whole or not at all; arguments and errors as `staged_file`."""
    with staged_file(path, data, private=private, overwrite=overwrite) as staged:
        staged.put_in_place()


@contextmanager
def streamed_file(path: Path) -> Iterator[BinaryIO]:
    """Give a stream; what was written takes the place of `path` whole at the end, or not at all.

    Raises:
        DiskFull: no space is left.
        StorageError: the folder cannot be written.
    """
    scratch = path.parent / f".{path.name[:100]}.{secrets.token_hex(6)}.part"
    try:
        with _translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
            with scratch.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            scratch.replace(path)
            _sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # A file where a folder should be "exists" as well.
        if isinstance(error, FileExistsError) and path.exists():
            raise StorageError(
                _("{path} exists already and is left as it is.").format(path=path)
            ) from error
        if error.errno in _NO_SPACE:
            raise DiskFull(
                _("No space is left to write {path}.").format(path=path),
                hint=_("Free some space, then repeat."),
            ) from error
        raise StorageError(
            _("{path} cannot be written: {reason}.").format(
                path=path, reason=error.strerror or str(error)
            ),
            hint=_("Name a folder that exists and that you may write to."),
        ) from error


def _write_synced(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode
    )
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _put_in_place_once(scratch: Path, path: Path) -> None:
    # A hard link fails when the name is taken, even if another process took it this instant. Some
    # file systems have none; there the exclusive creation of an empty file reserves the name.
    try:
        os.link(scratch, path)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        scratch.replace(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened for syncing there; the rename is journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
