"""Which file belongs to which row of a parts list: by the row's file, else by number or name.

Matching is about names only. Where two files answer to one row equally well, neither is taken: a
wrong geometry under a right number is worse than none. Several formats of one name in one folder
are one part, also where a row names only one of them.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from app.domain.catalog.part import number_key
from app.domain.catalog.part_table import PartRow, PartTable, RefusedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFiles:
    """The files of one row; several where one part has several formats."""

    row: PartRow
    files: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBackFile:
    """A file that is not catalogued because its row was refused."""

    file: str
    row: RefusedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMatch:
    """How files and rows fit together.

    Attributes:
        rows: every good row, in order, with its files.
        files_without_row: become draft parts named by the file.
        held_back: files of refused rows.
    """

    rows: tuple[RowFiles, ...] = ()
    files_without_row: tuple[str, ...] = ()
    held_back: tuple[HeldBackFile, ...] = ()

    @property
    def rows_without_file(self) -> tuple[RowFiles, ...]:
        return tuple(row for row in self.rows if not row.files)


def match_files(table: PartTable, files: Iterable[str]) -> FileMatch:
    """Match files to the rows of a table.

    Args:
        files: paths with "/" between folders, relative to what was imported; each once.
    """
    index = _FileIndex(files)
    rows = _with_other_formats(index, [_files_of(index, row) for row in table.parts], table)
    used = {file for row in rows for file in (*row.files, *row.undecided)}
    held: dict[str, HeldBackFile] = {}
    for refused in table.refused:
        found = index.named(refused.file) if refused.file else index.by_identity(refused.number, "")
        for file in found:
            if file not in used:
                held.setdefault(file, HeldBackFile(file=file, row=refused))
    return FileMatch(
        rows=tuple(rows),
        files_without_row=tuple(
            file for file in index.files if file not in used and file not in held
        ),
        held_back=tuple(held.values()),
    )


def _files_of(index: _FileIndex, row: PartRow) -> RowFiles:
    found = index.named(row.file) if row.file else index.by_identity(row.number, row.name)
    by_format: dict[str, list[str]] = defaultdict(list)
    for file in found:
        by_format[PurePosixPath(file).suffix.casefold()].append(file)
    if any(len(alike) > 1 for alike in by_format.values()):
        return RowFiles(row=row, undecided=tuple(found))
    return RowFiles(row=row, files=tuple(found))


def _with_other_formats(
    index: _FileIndex, rows: Sequence[RowFiles], table: PartTable
) -> list[RowFiles]:
    """Give a row that names one file of several formats the others, unless a row names them."""
    named = {file for row in rows for file in (*row.files, *row.undecided)}
    named.update(file for refused in table.refused for file in index.named(refused.file))
    whole = []
    for row in rows:
        others: list[str] = []
        if row.row.file and len(row.files) == 1:
            others = [file for file in index.formats_of(row.files[0]) if file not in named]
        whole.append(replace(row, files=(*row.files, *others)))
    return whole


class _FileIndex:
    """Files by the names under which a row may ask for them."""

    def __init__(self, files: Iterable[str]) -> None:
        self.files = tuple(files)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        self._by_number: dict[str, list[str]] = defaultdict(list)
        self._by_letters: dict[str, list[str]] = defaultdict(list)
        for file in self.files:
            name = fold_file_name(PurePosixPath(file).name)
            stem = fold_file_name(PurePosixPath(file).stem)
            self._by_name[name].append(file)
            self._by_stem[stem].append(file)
            self._by_number[number_key(stem)].append(file)
            if letters := _letters(stem):
                self._by_letters[letters].append(file)

    def named(self, wanted: str) -> list[str]:
        """Return the files that a cell names, with or without suffix and folders."""
        parts = [part for part in fold_file_name(wanted).replace("\\", "/").split("/") if part]
        if not parts:
            return []
        found = self._by_name.get(parts[-1]) or self._by_stem.get(parts[-1], [])
        if len(found) > 1 and len(parts) > 1:
            return _longest_tail(found, parts[:-1])
        return list(found)

    def formats_of(self, file: str) -> list[str]:
        """Return the other files of that folder and name; none where a format stands twice."""
        place = PurePosixPath(file)
        alike = [
            PurePosixPath(other)
            for other in self._by_stem[fold_file_name(place.stem)]
            if PurePosixPath(other).parent == place.parent
        ]
        formats = {other.suffix.casefold() for other in alike}
        return (
            [str(other) for other in alike if other != place] if len(formats) == len(alike) else []
        )

    def by_identity(self, number: str, name: str) -> list[str]:
        """Return the files whose stem is the part number, or else the name."""
        found = self._by_number.get(number_key(fold_file_name(number))) if number else None
        if not found and _letters(name):
            found = self._by_letters.get(_letters(name))
        return list(found or ())


def _longest_tail(files: Sequence[str], folders: Sequence[str]) -> list[str]:
    """Return the files whose folders agree with the wanted ones over the longest way."""
    agreed = []
    for file in files:
        own = [fold_file_name(part) for part in PurePosixPath(file).parts[:-1]]
        pairs = zip(reversed(own), reversed(folders), strict=False)
        length = 0
        for mine, wanted in pairs:
            if mine != wanted:
                break
            length += 1
        agreed.append(length)
    best = max(agreed)
    return [file for file, length in zip(files, agreed, strict=True) if length == best]


def fold_file_name(name: str) -> str:
    """Return the form of a file name used for matching.

    Case does not matter, nor whether an umlaut is one character or two, as on macOS.
    """
    return unicodedata.normalize("NFC", name.strip()).casefold()


def _letters(text: str) -> str:
    return "".join(letter for letter in fold_file_name(text) if letter.isalnum())
