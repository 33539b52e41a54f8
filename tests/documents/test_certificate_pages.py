"""What stands on the pages of certificates, measured in the PDF with another library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pypdfium2
import pytest
from pypdfium2 import raw as pdfium

from app.base.errors import AppError, DocumentError
from app.documents.certificates.certificate_file import draw_draft, issue_document
from app.domain.certificates.certificate import CertificateType
from app.domain.certificates.certificate_content import CertificateContent, Party
from helpers.signed_samples import certificate_content, picture_png, signing_key

KEY = signing_key()
PT_PER_MM = 72 / 25.4
LEFT_PT, RIGHT_PT = 22.0 * PT_PER_MM, 198.0 * PT_PER_MM
TOP_PT, BOTTOM_PT = (297 - 10.0) * PT_PER_MM, (297 - 287.0) * PT_PER_MM

PLAIN_FIELDS = (
    *("purchaser", "order_reference", "part_number", "part_name", "revision", "lot_number"),
    *("material", "material_specification", "process", "definition", "machine"),
    *("package_number", "limitations", "additional_information", "place", "signatory"),
    *("function", "meaning", "supersedes"),
)
LISTED_FIELDS = ("requirements", "deviations", "supporting_documents", "serials")
PARTIES = ("issuer", "manufacturer")

MARKUP = (
    "<b>bold</b>",
    "<para>x</para>",
    "a & b &amp; &lt;i&gt;",
    "<!-- x -->",
    "<![CDATA[x]]>",
    '<a href="http://x">y</a>',
    '<img src="file:///etc/passwd"/>',
    "<?xml version='1.0'?>",
    '<font color="[].append(1)">x</font>',
    "%PDF-1.7",
    "%%EOF",
    "(\\) Tj ET % [",
    "endstream endobj",
    "\\n\\r\\t\\060",
    "{0} {name} %s %(x)s",
    "$(id) `id` ; rm -rf",
    "'; DROP TABLE lot; --",
    "=1+1",
    "../../etc/passwd",
    "C:\\temp\\x",
)
LETTERS = (
    "Łódź Żółć ąęńśź",
    "Ελλάδα",
    "Київ Щука",
    "Çeşme İzmir ığ",
    "Ørsted Åland Æsir",
    "ÄÖÜ äöü ß ẞ",
    "Þór Ðað",
    "Ōsaka Tōkyō",
    "e\u0301tude n\u0303",
    "½ ¼ ² ³ µ Ω °",
    "→ ± ≤ ≥ ≈ × ÷",
    "“q” „q“ ‘q’ «q» ‹q›",
    "– — … · • §",
    "€ £ ¥ $ ¢",
    "a\u00a0b",
    "№ ™ © ®",
)
NOT_PRINTABLE = (
    *("日本", "한국", "ไทย", "हिन्दी", "עברית", "العربية", "ქართული", "አማርኛ", "தமிழ்", "中文"),
    *("\U0001f600", "\U0001f1e9\U0001f1ea", "👩\u200d🔧", "☺\ufe0f", "𝔘", "🜁"),
    *("a\u202eb", "a\u202ab", "a\u2066b\u2069", "a\u200bb", "a\u200db", "a\ufeffb", "a\u00adb"),
    *("a\x00b", "a\x07b", "a\x1bb", "a\x7fb", "a\x85b", "a\rb", "\ud800", "\ue000", "\uffff"),
    *("x\u0336", "x\u0361y", "q\u0301", "a\u0488", "Z\u0351\u036b", "\U000e0041", "\u2028"),
)
LENGTHS = (
    "W" * 300,
    "i" * 300,
    "Leg cap " * 38,
    "a" * 60 + " " + "b" * 240,
    "x-" * 150,
    "9" * 300,
    "\u00dc" * 300,
    " ".join(["word"] * 60),
    "line\n" * 12,
    "spaces      " * 25,
)


def pages_of(pdf: bytes) -> Iterator[pypdfium2.PdfPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield from document
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """Return the text without white space: lines break where they must."""
    return re.sub(r"\s+", "", "".join(p.get_textpage().get_text_range() for p in pages_of(pdf)))


def check_margins(pdf: bytes) -> int:
    """Check that every letter lies inside the margins; return how many pages there are."""
    count = 0
    for page in pages_of(pdf):
        count += 1
        assert page.get_size() == pytest.approx((210 * PT_PER_MM, 297 * PT_PER_MM))
        page_text = page.get_textpage()
        for index in range(page_text.count_rects()):
            left, bottom, right, top = page_text.get_rect(index)
            inside = left >= LEFT_PT and right <= RIGHT_PT
            assert inside and bottom >= BOTTOM_PT and top <= TOP_PT, page_text.get_text_bounded(
                left, bottom, right, top
            )
    return count


def filled(text: str, fields: tuple[str, ...]) -> CertificateContent:
    changes: dict[str, object] = {}
    for name in fields:
        if name in PARTIES:
            changes[name] = Party(name=text, address=text, country=text)
        elif name in LISTED_FIELDS:
            changes[name] = (text, text)
        else:
            changes[name] = text
    if "serials" in fields:
        changes["quantity"] = 2
    if not set(PARTIES).isdisjoint(fields):
        changes["type"] = CertificateType.DECLARATION
    return certificate_content(**changes)


def issue(content: CertificateContent) -> bytes:
    return issue_document(content, KEY, "a3f1", picture_png()).pdf


REFUSAL = r"cannot be printed: the fonts have no .+ \(U\+[0-9A-F]{4,6}\)"
ALL = (*PLAIN_FIELDS[:-1], *LISTED_FIELDS, *PARTIES)


@pytest.mark.parametrize("text", [*MARKUP, *LETTERS])
def test_awkward_text_stands_in_every_field_as_it_was_given(text: str) -> None:
    pdf = issue(filled(text, ALL))
    check_margins(pdf)
    shown = re.sub(r"\s+", "", unicodedata.normalize("NFC", text))
    assert text_of(pdf).count(shown) >= len(ALL)
    assert b"/URI" not in pdf
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize("name", [*PLAIN_FIELDS, *LISTED_FIELDS, *PARTIES])
def test_a_letter_without_a_glyph_is_refused_in_words_in_every_field(name: str) -> None:
    for text in NOT_PRINTABLE:
        with pytest.raises(
            AppError, match=r"cannot be printed: the fonts have no .+ \(U\+[0-9A-F]{4,6}\)"
        ):
            issue(filled(f"a {text} b", (name,)))


@pytest.mark.parametrize("text", LENGTHS)
def test_long_text_in_every_field_wraps_and_stays_inside_the_margins(text: str) -> None:
    pdf = issue(filled(text, ALL))
    pages = check_margins(pdf)
    shown = re.sub(r"\s+", "", text)
    found = text_of(pdf)
    assert all(f"Page{page}of{pages}" in found for page in range(1, pages + 1))
    # White space decides where a page breaks, so only what is short enough is found in one piece.
    assert found.count(shown[:20]) >= len(ALL)


@pytest.mark.parametrize("name", ALL)
def test_each_field_alone_may_hold_a_long_name(name: str) -> None:
    text = "Verschleißschutzabdeckung " * 12
    pdf = issue(filled(text, (name,)))
    check_margins(pdf)
    assert text_of(pdf).count("Verschleißschutzabdeckung") >= 12


@pytest.mark.parametrize("name", ["purchaser", "part_name", "signatory", "meaning", "issuer"])
def test_what_no_page_can_hold_is_refused_and_not_cut(name: str) -> None:
    with pytest.raises(DocumentError, match=r"too long for the certificate \([\d,]+ letters\)"):
        issue(filled("WW " * 4000, (name,)))


def test_long_lists_may_run_over_any_number_of_pages() -> None:
    content = certificate_content(
        requirements=tuple(f"Requirement {n:03d} of the customer" for n in range(200)),
        supporting_documents=tuple(f"Document {n:03d}" for n in range(100)),
        additional_information="word " * 3000,
    )
    pdf = issue(content)
    pages = check_margins(pdf)
    assert pages >= 8
    found = text_of(pdf)
    assert all(f"Page{page}of{pages}" in found for page in range(1, pages + 1))
    assert all(f"Requirement{n:03d}" in found for n in range(200))
    assert all(f"Document{n:03d}" in found for n in range(100))
    assert found.count("word") == 3000


def test_every_font_of_every_page_is_embedded() -> None:
    content = certificate_content(requirements=tuple(f"Ελ Ки {n}" for n in range(80)))
    names = set()
    for page in pages_of(issue(content)):
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            assert pdfium.FPDFFont_GetIsEmbedded(font) == 1
            buffer = pdfium.ctypes.create_string_buffer(100)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 100)
            names.add(buffer.value.decode())
    assert names
    assert all("Inter" in name for name in names)


def squares_of(pdf: bytes) -> int:
    """Return how many paths a page has; a code is one of hundreds of squares."""
    return sum(
        max((pdfium.FPDFPath_CountSegments(item.raw) for item in found), default=0)
        for page in pages_of(pdf)
        for found in [list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]))]
    )


@pytest.mark.parametrize("type_", list(CertificateType))
def test_a_draft_is_watermarked_on_every_page_without_code_hash_or_signature(
    type_: CertificateType,
) -> None:
    content = certificate_content(type=type_, requirements=tuple(f"R{n}" for n in range(80)))
    pdf = draw_draft(content, picture_png())
    pages = check_pages_for_the_word(pdf, "DRAFT")
    assert pages >= 2
    assert squares_of(pdf) < 200 < squares_of(issue(content))
    assert not re.search(r"[0-9a-f]{32}", text_of(pdf))
    assert "SHA256:" not in text_of(pdf)
    assert "C-2026-0142" not in text_of(pdf)
    document = pypdfium2.PdfDocument(pdf)
    assert document.count_attachments() == 0
    document.close()
    assert b"everspare-seal" not in pdf


def check_pages_for_the_word(pdf: bytes, word: str) -> int:
    count = 0
    for page in pages_of(pdf):
        count += 1
        assert word in page.get_textpage().get_text_range()
    return count


def test_an_empty_draft_marks_what_is_missing() -> None:
    empty = Party(name="")
    content = certificate_content(
        **dict.fromkeys(PLAIN_FIELDS, ""),
        **dict.fromkeys(LISTED_FIELDS, ()),
        issuer=empty,
        manufacturer=empty,
    )
    pdf = draw_draft(content)
    assert text_of(pdf).count("missing") >= 5


def test_windows_line_breaks_are_line_breaks() -> None:
    pdf = issue(certificate_content(additional_information="one\r\ntwo"))
    assert "onetwo" in text_of(pdf)
