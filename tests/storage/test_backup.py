"""Backups come back whole; a made-up one writes nothing and is refused in words."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import Cancelled, DiskFull, StorageError
from app.base.progress import Progress
from app.domain.catalog.part import Part
from app.storage.backup import restore_backup
from app.storage.library import Library
from app.storage.opening import open_library
from helpers.builders import part, parts

Entries = dict[str, bytes]


@pytest.fixture
def backup(library: Library, tmp_path: Path) -> Path:
    with library.writing(who="Anna", act="add parts") as write:
        write.insert(parts(3))
        write.keep_bytes(b"solid one")
        write.keep_bytes(b"solid two")
    library.back_up(tmp_path / "all.zip", Progress())
    return tmp_path / "all.zip"


def restore(source: Path, folder: Path) -> int:
    return restore_backup(source, folder, Progress())


def rewrite(backup: Path, change: Callable[[Entries], object]) -> Path:
    """Return a copy of the backup with its entries changed; the manifest is one of them."""
    with zipfile.ZipFile(backup) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    forged = backup.with_name("forged.zip")
    with zipfile.ZipFile(forged, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return forged


def add_entry(name: str, content: bytes = b"evil", *, listed: bool = True) -> Callable[..., None]:
    def change(entries: Entries) -> None:
        entries[name] = content
        if listed:
            set_manifest(entries, name, hashlib.sha256(content).hexdigest())

    return change


def set_manifest(entries: Entries, name: str, sha256: object) -> None:
    manifest = json.loads(entries["manifest.json"])
    manifest["sha256"][name] = sha256
    entries["manifest.json"] = json.dumps(manifest).encode()


def first_object(entries: Entries) -> str:
    return min(name for name in entries if name.startswith("objects/"))


def drop_object(entries: Entries) -> None:
    """Leave a file out of the archive and of its list: only the database still knows of it."""
    name = first_object(entries)
    del entries[name]
    manifest = json.loads(entries["manifest.json"])
    del manifest["sha256"][name]
    entries["manifest.json"] = json.dumps(manifest).encode()


def swap_object(entries: Entries) -> None:
    """Put other content under a file's name, and say so in the list."""
    name = first_object(entries)
    entries[name] = b"other content"
    set_manifest(entries, name, hashlib.sha256(b"other content").hexdigest())


def foreign_database(entries: Entries) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE stored_file (sha256 TEXT)")
        entries["library.sqlite"] = connection.serialize()
    digest = hashlib.sha256(entries["library.sqlite"]).hexdigest()
    set_manifest(entries, "library.sqlite", digest)


def no_database(entries: Entries) -> None:
    entries["library.sqlite"] = b"no database at all" * 100
    digest = hashlib.sha256(entries["library.sqlite"]).hexdigest()
    set_manifest(entries, "library.sqlite", digest)


def manifest(content: bytes) -> Callable[[Entries], None]:
    return lambda entries: entries.update({"manifest.json": content})


HOSTILE: dict[str, Callable[[Entries], object]] = {
    "goes up": add_entry("../outside"),
    "goes up below objects": add_entry("objects/../../outside"),
    "goes up in three parts": add_entry("objects/ab/.."),
    "absolute": add_entry("/tmp/everspare-outside"),
    "backslashes": add_entry("objects/ab/..\\..\\outside"),
    "drive": add_entry("C:/outside"),
    "not a hash": add_entry("objects/ab/cd"),
    "a program beside": add_entry("autorun.exe", listed=False),
    "list says another hash": lambda e: set_manifest(e, first_object(e), "0" * 64),
    "list says a number": lambda e: set_manifest(e, first_object(e), 7),
    "list names what is not there": lambda e: set_manifest(e, f"objects/ab/{'c' * 62}", "x"),
    "content under a false name": swap_object,
    "a file the database needs is left out": drop_object,
    "another program's database": foreign_database,
    "no database": no_database,
    "database left out": lambda e: e.pop("library.sqlite"),
    "no list": lambda e: e.pop("manifest.json"),
    "list is no JSON": manifest(b"{"),
    "list is no text": manifest(b"\xff\xfe"),
    "list is a list": manifest(b"[]"),
    "list of a list": manifest(b'{"format": "everspare-backup-1", "sha256": []}'),
    "list without entries": manifest(b'{"format": "everspare-backup-1"}'),
    "other format": manifest(b'{"format": "other", "sha256": {}}'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_backup_is_refused_and_writes_nothing(
    backup: Path, tmp_path: Path, name: str
) -> None:
    forged = rewrite(backup, HOSTILE[name])
    place = tmp_path / "deep" / "place"
    with pytest.raises(StorageError, match="damaged or no backup"):
        restore(forged, place / "again")
    assert list(place.rglob("*")) == []
    assert not Path("/tmp/everspare-outside").exists()
    assert not list(tmp_path.rglob("outside"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_doubled_entry_is_refused(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("library.sqlite", b"the second one")
    with pytest.raises(StorageError, match="not those of its list"):
        restore(backup, tmp_path / "again")


def test_a_claim_of_more_than_the_disk_holds_is_refused(backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    with zipfile.ZipFile(backup) as archive:
        sizes = [archive.getinfo("library.sqlite").file_size]
    start = content.rindex(b"PK\x01\x02" + b"", 0, content.index(b"PK\x01\x02") + 4)
    # The first entry of the directory is the database; its size stands in a 64-bit extra or here.
    at = content.index(struct.pack("<I", sizes[0]), start)
    content[at : at + 4] = struct.pack("<I", 0xFFFFFFFE)
    backup.write_bytes(content)
    tight = shutil.disk_usage(tmp_path)._replace(free=1 << 30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: tight)
        with pytest.raises(DiskFull):
            restore(backup, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_swollen_list_is_refused_unread(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content + b" " * (5 << 20) * (name == "manifest.json"))
    with pytest.raises(StorageError, match="damaged or no backup"):
        restore(tmp_path / "bomb.zip", tmp_path / "again")


def test_any_changed_byte_is_refused_or_harmless(backup: Path, tmp_path: Path) -> None:
    honest = backup.read_bytes()
    refused = 0
    for offset in range(7, len(honest), max(1, len(honest) // 120)):
        spoiled = bytearray(honest)
        spoiled[offset] ^= 0x41
        backup.write_bytes(spoiled)
        again = tmp_path / "again"
        try:
            restore(backup, again)
        except StorageError:
            refused += 1
            assert not again.exists()
        else:  # a byte that says nothing, as a time stamp of the archive
            opened = open_library(again)
            assert opened.check(Progress()).clean
            opened.close()
            shutil.rmtree(again)
    assert refused > 60


def test_an_existing_backup_is_renewed_but_nothing_else_is_overwritten(
    library: Library, backup: Path
) -> None:
    assert library.back_up(backup, Progress()) == 2
    letter = backup.with_name("letter.odt")
    with zipfile.ZipFile(letter, "w") as archive:
        archive.writestr("content.xml", "mine")
    before = letter.read_bytes()
    for target in (letter, library.path / "library.sqlite", library.path):
        with pytest.raises(StorageError, match="left as it is"):
            library.back_up(target, Progress())
    assert letter.read_bytes() == before
    assert library.check(Progress()).clean


def test_a_damaged_file_stops_the_backup_and_keeps_the_old_one(
    library: Library, backup: Path
) -> None:
    before = backup.read_bytes()
    path = library.objects.path_of(next(iter(library.objects.stored_hashes())))
    path.write_bytes(b"changed")
    with pytest.raises(StorageError, match="its content has changed"):
        library.back_up(backup, Progress())
    path.unlink()
    with pytest.raises(StorageError, match="cannot be read"):
        library.back_up(backup, Progress())
    assert backup.read_bytes() == before
    assert sorted(p.name for p in backup.parent.iterdir()) == ["all.zip", "library"]


def test_a_damaged_database_stops_the_backup_in_words(library: Library, backup: Path) -> None:
    library.close()
    (library.path / "library.sqlite").write_bytes(b"SQLite format 3\x00" + b"\xff" * 8000)
    with pytest.raises(StorageError, match="damaged"):
        library.back_up(backup.with_name("new.zip"), Progress())
    assert not backup.with_name("new.zip").exists()


def test_stopping_leaves_neither_backup_nor_library(
    library: Library, backup: Path, tmp_path: Path
) -> None:
    progress = Progress(lambda fraction, _text: progress.cancel() if fraction > 0.4 else None)
    with pytest.raises(Cancelled):
        library.back_up(tmp_path / "new.zip", progress)
    progress = Progress(lambda fraction, _text: progress.cancel() if fraction > 0.4 else None)
    with pytest.raises(Cancelled):
        restore_backup(backup, tmp_path / "again", progress)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.zip", "library"]


def test_restoring_into_a_file_is_a_sentence(backup: Path, tmp_path: Path) -> None:
    from app.storage.translation import translated

    (tmp_path / "again").write_text("a letter")
    with pytest.raises(StorageError), translated(tmp_path / "again"):
        restore(backup, tmp_path / "again")
    assert (tmp_path / "again").read_text() == "a letter"


WRITE_ON = """
import sys
from pathlib import Path
from app.storage.opening import open_library
from app.domain.catalog.part import Part

library = open_library(Path(sys.argv[1]))
print("ready", flush=True)
n = 0
while not (library.path / "cache" / "stop").exists():
    with library.writing(who="Ben", act="add part") as write:
        write.insert([Part(number=f"W{n}", number_key=f"w{n}")])
        write.keep_bytes(f"file {n}".encode())
    n += 1
library.close()
print(n)
"""


def test_backups_beside_a_writing_process_are_whole(library: Library, tmp_path: Path) -> None:
    with library.writing(who="Anna", act="add part") as write:
        write.insert([part("first")])
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITE_ON, str(library.path)], stdout=subprocess.PIPE, text=True
    )
    guard = threading.Timer(60, writer.kill)
    guard.start()
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    try:
        for n in range(4):
            library.back_up(tmp_path / f"{n}.zip", Progress())
    finally:
        (library.path / "cache" / "stop").touch()
        written = int(writer.stdout.read())
        writer.wait(timeout=30)
        writer.stdout.close()
        guard.cancel()
    counts = []
    for n in range(4):
        restore(tmp_path / f"{n}.zip", tmp_path / f"again{n}")
        opened = open_library(tmp_path / f"again{n}")
        assert opened.check(Progress()).clean
        with opened.reading() as read:
            counts.append(read.count(Part))
        opened.close()
    assert counts == sorted(counts)
    assert 1 <= counts[0] <= counts[-1] <= written + 1


def test_a_restored_library_goes_on_beside_the_first(
    library: Library, backup: Path, tmp_path: Path
) -> None:
    restore(backup, tmp_path / "again")
    second = open_library(tmp_path / "again")
    assert second.library_id == library.library_id
    with second.writing(who="Ben", act="add part") as write:
        write.insert([part("only here")])
    assert second.check(Progress()).clean
    assert library.check(Progress()).clean
    with library.reading() as read:
        assert read.count(Part) == 3
    second.close()
