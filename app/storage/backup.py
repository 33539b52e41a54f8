"""A whole library in one file, and back.

The file is an ordinary zip: `library.sqlite`, `objects/…` and `manifest.json` with the SHA-256 of
each, so that it can be read without Everspare in ten years.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tempfile
import uuid
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

from app.base.errors import StorageError
from app.base.i18n import _
from app.base.progress import Progress
from app.storage.objects import ObjectStore, changed_file, flush_folder
from app.storage.schema import APPLICATION_ID, DATABASE
from app.storage.translation import disk_full

MANIFEST = "manifest.json"
FORMAT = "everspare-backup-1"
CHUNK_BYTES = 1 << 20
_ENTRY = re.compile(r"objects/([0-9a-f]{2})/([0-9a-f]{62})")
# What a damaged or made-up archive makes the standard library raise.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    sqlite3.Error,
    EOFError,
    KeyError,
    NotImplementedError,  # a compression we do not know
    RuntimeError,  # an encrypted entry
    ValueError,  # no JSON, no UTF-8
)


def write_backup(database: Path, objects: ObjectStore, target: Path, progress: Progress) -> int:
    """Write a consistent copy while others go on working; returns the number of stored files.

    The target appears complete or not at all.

    Raises:
        StorageError: a stored file is damaged, or the target cannot be written.
        Cancelled: the user asked to stop.
    """
    if target.exists() and not _is_backup(target):
        raise StorageError(
            _(
                "{path} exists and is no backup, so it is left as it is. Choose another name."
            ).format(path=target)
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}-{uuid.uuid4().hex[:8]}.partial")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".everspare-") as scratch:
            snapshot = Path(scratch) / DATABASE
            _copy_database(database, snapshot)
            hashes = _hashes_in(snapshot)
            with zipfile.ZipFile(partial, "x", zipfile.ZIP_STORED, allowZip64=True) as archive:
                entries = {DATABASE: _add(archive, snapshot, DATABASE, zipfile.ZIP_DEFLATED)}
                for sha256 in progress.track(hashes, _("Copying files")):
                    name = f"objects/{sha256[:2]}/{sha256[2:]}"
                    if _add(archive, objects.path_of(sha256), name) != sha256:
                        raise changed_file(sha256)
                    entries[name] = sha256
                manifest = json.dumps({"format": FORMAT, "sha256": entries}, indent=1)
                archive.writestr(MANIFEST, manifest)
        with partial.open("r+b") as stream:
            os.fsync(stream.fileno())
        progress.finish()  # the last moment to stop
        partial.replace(target)
        flush_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)
    return len(hashes)


def restore_backup(source: Path, folder: Path, progress: Progress) -> int:
    """Unpack a backup into a folder that does not exist or is empty; returns its file count.

    Raises:
        StorageError: the backup is damaged, no backup of ours, or the folder is in use.
        Cancelled: the user asked to stop.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StorageError(
            _("{path} is not empty. Choose an empty folder to restore into.").format(path=folder)
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = folder.with_name(f".{folder.name}-{uuid.uuid4().hex[:8]}")
    try:
        with zipfile.ZipFile(source) as archive:
            entries = _entries_of(archive, source)
            _must_fit(archive, folder.parent)
            for name, sha256 in progress.track(sorted(entries.items()), _("Restoring files")):
                _unpack(archive, name, sha256, building, source)
        _must_be_complete(building / DATABASE, entries, source)
        (building / "objects" / "incoming").mkdir(parents=True, exist_ok=True)
        (building / "cache").mkdir(exist_ok=True)
        for place, _folders, _files in os.walk(building):
            flush_folder(Path(place))
        progress.finish()  # the last moment to stop
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
        flush_folder(folder.parent)
    except _DAMAGE as error:
        raise _damaged(source, str(error)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return len(entries) - 1


def _copy_database(database: Path, snapshot: Path) -> None:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(snapshot)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _hashes_in(snapshot: Path) -> list[str]:
    with closing(sqlite3.connect(snapshot)) as connection:
        rows = connection.execute("SELECT sha256 FROM stored_file ORDER BY sha256").fetchall()
    return [row[0] for row in rows]


def _add(archive: zipfile.ZipFile, path: Path, name: str, method: int = zipfile.ZIP_STORED) -> str:
    """Copy a file into the archive in pieces and return the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo(name)
    entry.compress_type = method
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _is_backup(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return {MANIFEST, DATABASE} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def _entries_of(archive: zipfile.ZipFile, source: Path) -> dict[str, str]:
    """Return name -> SHA-256 of what the backup holds; nothing in it may be a surprise."""
    listed = archive.getinfo(MANIFEST)
    if listed.compress_type != zipfile.ZIP_STORED:  # as we write it: so it cannot swell
        raise _damaged(source, MANIFEST)
    manifest = json.loads(archive.read(listed))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _damaged(source, _("unknown format"))
    entries = manifest["sha256"]
    if not isinstance(entries, dict) or DATABASE not in entries:
        raise _damaged(source, DATABASE)
    for name, sha256 in entries.items():
        found = _ENTRY.fullmatch(name)
        if name != DATABASE and (found is None or "".join(found.groups()) != sha256):
            raise _damaged(source, name)
    if sorted(archive.namelist()) != sorted([*entries, MANIFEST]):
        raise _damaged(source, _("its entries are not those of its list"))
    return entries


def _must_fit(archive: zipfile.ZipFile, folder: Path) -> None:
    """Refuse what claims more than the disk has, before it fills the disk."""
    if sum(entry.file_size for entry in archive.infolist()) > shutil.disk_usage(folder).free:
        raise disk_full(folder)


def _must_be_complete(database: Path, entries: dict[str, str], source: Path) -> None:
    """Refuse a backup whose database is none of ours or names files that are not in it."""
    with closing(sqlite3.connect(database)) as connection:
        [application] = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise _damaged(source, DATABASE)
    missing = set(_hashes_in(database)) - set(entries.values())
    if missing:
        raise _damaged(source, _("{name} is missing").format(name=min(missing)[:12]))


def _unpack(archive: zipfile.ZipFile, name: str, sha256: str, building: Path, source: Path) -> None:
    target = building / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with archive.open(name) as stream, target.open("xb") as copy:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    if digest.hexdigest() != sha256:
        raise _damaged(source, name)


def _damaged(source: Path, detail: str) -> StorageError:
    return StorageError(
        _("{path} is damaged or no backup of Everspare ({detail}). Use another backup.").format(
            path=source, detail=detail
        )
    )
