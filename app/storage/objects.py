"""Files by hash: every original byte for byte, named by its SHA-256.

A file is staged (copied, hashed, flushed to disk) before the write lock is taken, linked into place
while the transaction that mentions it is open, and its staged copy is removed after the commit. A
crash in between leaves the staged copy as a witness, so `sweep` can tell a leftover of ours from a
file that somebody else put into the folder. An act that fails takes its files out again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import StorageError
from app.base.i18n import _
from app.storage.translation import translated

CHUNK_BYTES = 1 << 20
INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class Staged:
    """A copy waiting to be taken into the store."""

    sha256: str
    size_bytes: int
    path: Path


class ObjectStore:
    """The folder `objects/` of one library.

    Raises (all methods):
        StorageError: the folder cannot be read or written; DiskFull where that is the reason.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._incoming = root / INCOMING

    def create(self) -> None:
        with translated(self.root):
            self._incoming.mkdir(parents=True, exist_ok=True)

    def path_of(self, sha256: str) -> Path:
        """Return where the file with this hash is or would be."""
        return self.root / sha256[:2] / sha256[2:]

    def stage(self, source: Path) -> Staged:
        """Copy a file into the waiting room while hashing it, and flush it to disk."""
        with translated(source), source.open("rb") as stream:
            return self._stage(iter(lambda: stream.read(CHUNK_BYTES), b""))

    def stage_bytes(self, content: bytes) -> Staged:
        return self._stage(iter([content]))

    def _stage(self, chunks: Iterator[bytes]) -> Staged:
        digest, size = hashlib.sha256(), 0
        target = self._incoming / f"{os.getpid()}-{uuid.uuid4().hex}"
        with translated(self.root):
            self._incoming.mkdir(parents=True, exist_ok=True)
            try:
                with target.open("xb") as copy:
                    for chunk in chunks:
                        digest.update(chunk)
                        size += len(chunk)
                        copy.write(chunk)
                    copy.flush()
                    os.fsync(copy.fileno())
            except BaseException:
                target.unlink(missing_ok=True)
                raise
        # The name carries the hash so that `sweep` finds the placed twin without reading bytes.
        named = target.with_name(f"{target.name}-{digest.hexdigest()}")
        with translated(self.root):
            target.rename(named)
        return Staged(digest.hexdigest(), size, named)

    def place(self, staged: Staged) -> None:
        """Put a staged file under its hash; call only while holding the library's write lock."""
        final = self.path_of(staged.sha256)
        with translated(self.root):
            if self._holds(final, staged):
                return
            if final.is_dir() and not final.is_symlink():
                raise changed_file(staged.sha256)
            # A link, a torn or a changed file here is none of ours: the true content replaces it.
            final.unlink(missing_ok=True)
            final.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(staged.path, final)
            except OSError:
                self._copy_into_place(staged.path, final)
            flush_folder(final.parent)
            flush_folder(self.root)

    def _holds(self, path: Path, staged: Staged) -> bool:
        """Say whether a plain file with the content of the staged one is there; a link is none."""
        if path.is_symlink() or not path.is_file():
            return False
        # The size tells most damage without reading what may be large.
        return path.stat().st_size == staged.size_bytes and self.hash_of(path) == staged.sha256

    def _copy_into_place(self, source: Path, final: Path) -> None:
        """Copy, then rename, so that the name appears at once: for file systems without links."""
        # In the waiting room under the name of an unfinished copy, so that `sweep` knows it.
        partial = self._incoming / f"{os.getpid()}-{uuid.uuid4().hex}"
        try:
            shutil.copyfile(source, partial)
            with partial.open("r+b") as stream:
                os.fsync(stream.fileno())
            partial.rename(final)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise

    def take_out(self, sha256: str) -> None:
        """Remove a placed file that no row mentions; call only while holding the write lock."""
        with translated(self.root):
            self.path_of(sha256).unlink(missing_ok=True)

    def discard(self, staged: Staged) -> None:
        """Remove the staged copy, after the commit or when it is not wanted after all."""
        with translated(self.root):
            staged.path.unlink(missing_ok=True)

    def read_bytes(self, sha256: str) -> bytes:
        """Return the content of a stored file, checked against its hash."""
        with translated(self.path_of(sha256)):
            content = self.path_of(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise changed_file(sha256)
        return content

    def verified_path(self, sha256: str) -> Path:
        """Return the path of a stored file after checking all its bytes against the hash."""
        path = self.path_of(sha256)
        if self.hash_of(path) != sha256:
            raise changed_file(sha256)
        return path

    def hash_of(self, path: Path) -> str:
        with translated(path), path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def stored_hashes(self) -> Iterator[str]:
        """Yield the name of every file in the store, the waiting room left out."""
        with translated(self.root):
            for folder in sorted(self.root.iterdir()):
                if folder.name == INCOMING or not folder.is_dir():
                    if folder.name != INCOMING:
                        yield folder.name
                    continue
                for path in sorted(folder.iterdir()):
                    yield folder.name + path.name

    def leftovers(self) -> list[tuple[Path, int, str]]:
        """Return staged files as (path, process id of their maker, hash or "" if unfinished)."""
        found = []
        with translated(self.root):
            for path in self._incoming.iterdir() if self._incoming.is_dir() else ():
                maker, _random, digest = [*path.name.split("-"), "", ""][:3]
                if maker.isdigit():
                    found.append((path, int(maker), digest))
        return found


def changed_file(sha256: str) -> StorageError:
    return StorageError(
        _(
            "The stored file {hash} is not what was put in: its content has changed. "
            "Restore it from a backup."
        ).format(hash=sha256[:12])
    )


def flush_folder(folder: Path) -> None:
    """Let the names in a folder survive a power cut."""
    if os.name == "nt":  # Windows cannot open a folder for flushing; the rename is journalled there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
