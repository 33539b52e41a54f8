"""The archive with exactly one form."""

from __future__ import annotations

import io
import itertools
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import DocumentError
from app.documents.packages import plain_zip
from app.documents.packages.plain_zip import read_zip, write_zip

NAMES = st.from_regex(
    r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}(/[A-Za-z0-9][A-Za-z0-9._-]{0,20})?", fullmatch=True
)
ENTRIES = st.dictionaries(NAMES, st.binary(max_size=200), min_size=1, max_size=8)
SAMPLE = {"manifest.json": b"{}", "source/cap.stl": b"solid", "empty": b""}


@given(ENTRIES)
def test_what_is_written_is_read_back(entries: dict[str, bytes]) -> None:
    assert read_zip(write_zip(entries)) == entries


@given(ENTRIES)
def test_other_programs_read_it_and_find_no_fault(entries: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(write_zip(entries))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == entries


def test_every_single_changed_bit_is_refused() -> None:
    data = write_zip(SAMPLE)
    unseen = []
    for position, bit in itertools.product(range(len(data)), range(8)):
        changed = bytearray(data)
        changed[position] ^= 1 << bit
        try:
            unseen.append((position, bit, read_zip(bytes(changed))))
        except DocumentError:
            continue
    assert unseen == []


@pytest.mark.parametrize("cut", [1, 21, 22, 50])
def test_a_truncated_archive_is_refused(cut: int) -> None:
    with pytest.raises(DocumentError):
        read_zip(write_zip(SAMPLE)[:-cut])


def test_an_archive_with_something_before_or_after_is_refused() -> None:
    data = write_zip(SAMPLE)
    for changed in (data + b"\0", b"\0" + data, data + data, b""):
        with pytest.raises(DocumentError):
            read_zip(changed)


def test_an_ordinary_zip_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("manifest.json", b"{}")
    with pytest.raises(DocumentError):
        read_zip(target.getvalue())


def test_a_doubled_entry_is_refused() -> None:
    first, second = write_zip({"a": b"1"}), write_zip({"b": b"2"})
    size = 30 + 1 + 1
    doubled = first[:size] + second[:size].replace(b"b", b"a") + second[size:]
    with pytest.raises(DocumentError, match="twice"):
        read_zip(doubled)


@pytest.mark.parametrize("name", ["../x", "/x", "a/b/c", "x y", "ü", "", ".x"])
def test_names_that_could_leave_the_folder_are_never_written(name: str) -> None:
    with pytest.raises((ValueError, UnicodeEncodeError)):
        write_zip({name: b""})


def test_an_archive_larger_than_the_format_allows_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plain_zip, "MAX_BYTES", 100)
    with pytest.raises(DocumentError, match="larger than 4 GB"):
        write_zip({"a": b"x" * 100})
