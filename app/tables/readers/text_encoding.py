"""Tell the encoding of a text table and decode it without ever failing on a single byte.

A byte that fits no encoding becomes U+FFFD; the row that holds it is refused later by name, the
others stay.
"""

from __future__ import annotations

import codecs

from app.base.errors import TableError
from app.base.i18n import _

_REPLACEMENT = "\ufffd"
_SAMPLE_BYTES = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the shorter one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers and Windows do with the five bytes that Windows-1252 leaves undefined.
_UNDEFINED_1252 = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
_CP1252_TABLE = "".join(
    _UNDEFINED_1252.get(byte) or bytes([byte]).decode("cp1252") for byte in range(256)
)


def decode_text(content: bytes, file_name: str) -> str:
    """Decode UTF-8, UTF-16 or UTF-32 (by mark or pattern), else Windows-1252.

    Raises:
        TableError: the content is no text at all.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    wide = _unmarked_utf16(content[:_SAMPLE_BYTES])
    if wide:
        return content.decode(wide, errors="replace")
    if _looks_binary(content[:_SAMPLE_BYTES]):
        raise TableError(
            _("{file} is no text table: it holds binary data.").format(file=file_name),
            hint=_("Expected an Excel workbook (.xlsx) or a text table (.csv)."),
        )
    return _decode_narrow(content)


def _decode_narrow(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
    # German or French text in Windows-1252 hardly ever forms a valid UTF-8 sequence, and a UTF-8
    # file with one damaged byte still holds many: the majority tells.
    bad = text.count(_REPLACEMENT)
    good = sum(character > "\x7f" for character in text) - bad
    return text if good > bad else codecs.charmap_decode(content, "strict", _CP1252_TABLE)[0]


def _unmarked_utf16(sample: bytes) -> str:
    even, odd = sample[0::2], sample[1::2]
    if len(odd) < 2:  # two characters are the least that show a pattern
        return ""
    even_zeros, odd_zeros = even.count(0) / len(even), odd.count(0) / len(odd)
    if odd_zeros > 0.5 and even_zeros < 0.05:  # mostly Latin letters
        return "utf-16-le"
    if even_zeros > 0.5 and odd_zeros < 0.05:
        return "utf-16-be"
    return ""


def _looks_binary(sample: bytes) -> bool:
    controls = sum(byte < 0x20 and byte not in b"\t\n\r\x0b\x0c" for byte in sample)
    return controls > max(8, len(sample) // 50)
