"""A zip archive with exactly one form: same entries, same bytes, and no byte without a meaning.

Entries are stored, not compressed (a compressor's output depends on its version; the 3MF inside is
compressed already). Dates are fixed, names are plain ASCII, there are no extra fields, comments,
flags or gaps. Reading rebuilds the archive from what it found and compares every byte, so whatever
`write_zip` would not have written is refused.

Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; the tests open it with zipfile.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.base.errors import DocumentError
from app.base.i18n import _

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 20
_DATE_1980_01_01 = 0x0021
_NAME = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?")
_MAX_NAME = 120
MAX_BYTES = 2**32 - 2**20
MAX_ENTRIES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive as it lies in it.

    Attributes:
        method: 0 stored, 8 deflated.
        crc: of the plain content.
        packed: the bytes in the archive.
        size: of the plain content.
    """

    name: bytes
    method: int = 0
    crc: int
    packed: bytes
    size: int


def write_zip(entries: Mapping[str, bytes]) -> bytes:
    """Return the archive of `entries` in the order given.

    Raises:
        DocumentError: more than 4 GB.
        ValueError: a name that the format does not allow (our bug).
    """
    return pack_members(
        [_stored(_encoded_name(name), content) for name, content in entries.items()]
    )


def pack_members(members: Iterable[Member]) -> bytes:
    """Return the archive of members whose content may be compressed already.

    Raises:
        DocumentError: more than 4 GB.
    """
    chunks: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for member in members:
        local = _local_header(member)
        chunks += [local, member.name, member.packed]
        central += [_central_header(member, offset), member.name]
        offset += len(local) + len(member.name) + len(member.packed)
        if offset > MAX_BYTES:
            raise DocumentError(_("The package would be larger than 4 GB."))
    return b"".join([*chunks, *central, _end(central, len(central) // 2, offset)])


def read_zip(data: bytes) -> dict[str, bytes]:
    """Return the entries of an archive that `write_zip` made.

    Raises:
        DocumentError: any byte differs from what `write_zip` writes for these entries.
    """
    entries: dict[str, bytes] = {}
    offset = 0
    while data[offset : offset + 4] == _LOCAL_MARK:
        name, content, offset = _read_entry(data, offset)
        if name in entries or len(entries) >= MAX_ENTRIES:
            raise DocumentError(_("The archive holds {name} twice.").format(name=name))
        entries[name] = content
    if not entries:
        raise DocumentError(_("This is no print package: it does not begin like one."))
    if write_zip(entries) != data:
        raise DocumentError(_("The archive's directory does not fit its entries."))
    return entries


def read_first_entry(data: bytes) -> tuple[str, bytes]:
    """Return name and content of the first entry alone; what follows it may be cut off.

    Raises:
        DocumentError: the bytes do not begin with a whole entry that `write_zip` made.
    """
    if data[: len(_LOCAL_MARK)] != _LOCAL_MARK:
        raise DocumentError(_("This is no print package: it does not begin like one."))
    name, content, _end_of_entry = _read_entry(data, 0)
    return name, content


def _read_entry(data: bytes, offset: int) -> tuple[str, bytes, int]:
    fields = data[offset : offset + _LOCAL.size]
    if len(fields) < _LOCAL.size:
        raise DocumentError(_("The archive ends in the middle of an entry."))
    size, name_size = _LOCAL.unpack(fields)[8:10]
    start = offset + _LOCAL.size + name_size
    encoded = data[offset + _LOCAL.size : start]
    if len(encoded) > _MAX_NAME or not _NAME.fullmatch(encoded):
        raise DocumentError(_("The archive holds a file with a name that packages do not use."))
    content = data[start : start + size]
    if len(content) != size:
        raise DocumentError(_("The archive ends in the middle of an entry."))
    name = encoded.decode("ascii")
    if _local_header(_stored(encoded, content)) != fields:
        raise DocumentError(_("{name} was changed.").format(name=name))
    return name, content, start + size


def _encoded_name(name: str) -> bytes:
    encoded = name.encode("ascii")
    if len(encoded) > _MAX_NAME or not _NAME.fullmatch(encoded):
        raise ValueError(f"{name!r} cannot name an entry")
    return encoded


def _stored(name: bytes, content: bytes) -> Member:
    return Member(name=name, crc=zlib.crc32(content), packed=content, size=len(content))


def _shared_fields(member: Member) -> tuple[int, ...]:
    return (
        _VERSION,
        0,  # no flags
        member.method,
        0,  # 00:00:00
        _DATE_1980_01_01,
        member.crc,
        len(member.packed),
        member.size,
        len(member.name),
        0,  # no extra field
    )


def _local_header(member: Member) -> bytes:
    return _LOCAL.pack(_LOCAL_MARK, *_shared_fields(member))


def _central_header(member: Member, offset: int) -> bytes:
    # No comment, first disk, no attributes.
    return _CENTRAL.pack(_CENTRAL_MARK, _VERSION, *_shared_fields(member), 0, 0, 0, 0, offset)


def _end(central: Iterable[bytes], count: int, offset: int) -> bytes:
    size = sum(map(len, central))
    return _END.pack(_END_MARK, 0, 0, count, count, size, offset, 0)
