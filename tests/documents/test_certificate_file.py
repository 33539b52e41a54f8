"""Certificates, read back with another PDF library than the one that wrote them."""

from __future__ import annotations

import hashlib
import json
import random
import re
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.errors import DocumentError, RuleViolation
from app.documents.certificates.certificate_file import draw_draft, issue_document
from app.documents.certificates.certificate_sheets import qr_text
from app.documents.certificates.certificate_words import serial_runs, serial_words
from app.documents.certificates.fonts import check_text
from app.documents.certificates.pdf_file import qr_modules
from app.documents.certificates.seal import open_certificate
from app.documents.certificates.sheet import width_mm, wrap
from app.documents.verification import verify_bytes
from app.domain.certificates.certificate import CertificateType
from app.domain.certificates.certificate_content import CertificateContent, Party
from app.domain.packages.verification import SignedKind, Verdict
from helpers.signed_samples import (
    TODAY,
    certificate_content,
    picture_png,
    signing_key,
    trusted,
)

KEY = signing_key()
OURS = (trusted(KEY),)


def issue(content: CertificateContent, picture: bytes = b"") -> bytes:
    return issue_document(content, KEY, "a3f1", picture).pdf


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", " ", " ".join(pages))


def test_the_page_says_everything_the_standard_asks_for() -> None:
    content = certificate_content()
    text = text_of(issue(content))
    for words in (
        "C-2026-0142",
        "Norvik & Sohn Gerätebau GmbH",
        "Uferstraße 18, 57072 Siegen, Germany",
        "EN 10204:2004",
        "A06.1 Purchaser",
        "Aqualis Pumpenservice GmbH",
        "4500187332, item 20",
        "Bearing bracket",
        "A001940, revision D",
        "5512, 5512-001 to 5512-024",
        "24 pieces",
        "HS-M-022 issue 2",
        "in compliance with the requirements of the order",
        "contains no test results",
        "Dr. Ines Kolb",
        "Head of quality",
        "2026-11-23 10:42:17 +01:00 (CET)",
        "Place and date: Siegen, 2026-11-23",
        "Meaning: the lot conforms to the order and is released",
        "Page 1 of 1",
    ):
        assert words in text, words


def test_a_declaration_follows_iso_17050_and_may_name_another_manufacturer() -> None:
    content = certificate_content(
        type=CertificateType.DECLARATION,
        manufacturer=Party(name="North Print Oy"),
        limitations="indoor use only",
        supporting_documents=("Test report 7, SHA-256 abcd",),
    )
    text = text_of(issue(content))
    assert "ISO/IEC 17050-1" in text
    assert "under our sole responsibility" in text
    assert "North Print Oy" in text
    assert "Limits of validity: indoor use only" in text
    assert "Test report 7" in text
    assert "A06.1" not in text


def test_the_record_is_attached_and_its_hash_is_printed() -> None:
    issued = issue_document(certificate_content(), KEY, "a3f1")
    document = pypdfium2.PdfDocument(issued.pdf)
    assert document.count_attachments() == 1
    attachment = document.get_attachment(0)
    assert attachment.get_name() == "record.json"
    record = bytes(attachment.get_data())
    document.close()
    digest = hashlib.sha256(record).hexdigest()
    assert (record, digest) == (issued.record, issued.record_sha256)
    assert digest[:32] in text_of(issued.pdf)
    assert digest[32:] in text_of(issued.pdf)
    fields = json.loads(record)
    assert (fields["number"], fields["quantity"]) == ("C-2026-0142", 24)
    assert fields["issued_at"] == "2026-11-23T10:42:17+01:00"


def test_the_file_says_who_made_it_and_when() -> None:
    document = pypdfium2.PdfDocument(issue(certificate_content()))
    facts = document.get_metadata_dict()
    document.close()
    assert facts["Title"] == "C-2026-0142 Declaration of compliance 2.1"
    assert facts["Author"] == "Norvik & Sohn Gerätebau GmbH"
    assert facts["Subject"].startswith("EN 10204:2004")
    assert facts["CreationDate"].startswith("D:20261123104217+01")


def test_every_font_is_embedded() -> None:
    pdf = issue(certificate_content())
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") == 2


def test_the_same_content_gives_the_same_bytes() -> None:
    picture = picture_png()
    assert issue(certificate_content(), picture) == issue(certificate_content(), picture)


def test_the_picture_is_on_the_page() -> None:
    document = pypdfium2.PdfDocument(issue(certificate_content(), picture_png()))
    image = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    x, y = round(168 * 72 / 25.4), round(64 * 72 / 25.4)
    assert image.getpixel((x, y)) == (120, 130, 140)


def test_a_broken_picture_is_refused_with_a_sentence() -> None:
    for broken in (b"no png", picture_png()[:60]):
        with pytest.raises(DocumentError, match="picture"):
            issue(certificate_content(), broken)


def test_a_missing_field_refuses_by_name() -> None:
    content = certificate_content(purchaser=" ", signatory="")
    with pytest.raises(RuleViolation, match="signatory's name, purchaser"):
        issue(content)


def test_a_provider_cannot_be_spoken_for() -> None:
    content = certificate_content(manufacturer=Party(name="North Print Oy"))
    with pytest.raises(RuleViolation, match="North Print Oy made this lot"):
        issue(content)


def test_a_draft_has_a_watermark_and_neither_code_nor_hash() -> None:
    content = certificate_content(purchaser="", requirements=(), signatory="")
    pdf = draw_draft(content, picture_png())
    text = text_of(pdf)
    assert "DRAFT" in text
    assert text.count("missing") == 3
    assert "C-2026-0142" not in text
    assert "SHA-256 " not in text.replace("geometry SHA-256", "")
    assert "Signed electronically" not in text
    assert verify_bytes("d.pdf", pdf, OURS, TODAY).verdict is Verdict.NOT_GENUINE


def test_many_requirements_and_serials_run_over_several_pages() -> None:
    serials = tuple(f"S{n * 7}" for n in range(300))
    content = certificate_content(
        requirements=tuple(f"Requirement number {n}" for n in range(60)),
        serials=serials,
        quantity=300,
    )
    pdf = issue(content)
    text = text_of(pdf)
    assert "Page 3 of 3" in text
    assert all(f"Requirement number {n}" in text for n in range(60))
    assert all(f"{serial}," in text for serial in serials[:-1])
    assert len(pypdfium2.PdfDocument(pdf)) == 3


def test_a_sealed_file_is_genuine_offline() -> None:
    answer = verify_bytes("c.pdf", issue(certificate_content()), OURS, TODAY)
    assert answer.verdict is Verdict.GENUINE
    assert (answer.kind, answer.number) == (SignedKind.CERTIFICATE, "C-2026-0142")
    assert answer.statements["Issuer"] == "Norvik & Sohn Gerätebau GmbH"
    assert verify_bytes("c.pdf", issue(certificate_content()), (), TODAY).verdict is (
        Verdict.UNKNOWN_SIGNER
    )


def test_each_of_a_thousand_random_changes_is_noticed() -> None:
    data = issue(certificate_content())
    chance = random.Random(1)
    start = len(data) - 1400
    for round_ in range(1000):
        position = chance.randrange(start if round_ % 2 else 0, len(data))
        changed = bytearray(data)
        changed[position] ^= chance.randrange(1, 256)
        answer = verify_bytes("c.pdf", bytes(changed), OURS, TODAY)
        assert answer.verdict is Verdict.NOT_GENUINE, position


def test_added_and_cut_off_bytes_are_noticed() -> None:
    data = issue(certificate_content())
    opened = open_certificate(data)
    for changed in (
        data + b"\n",
        data[:-1],
        opened.pdf,
        opened.pdf + b"%more\n" + data[len(opened.pdf) :],
        data + data[len(opened.pdf) :],
    ):
        assert verify_bytes("c.pdf", changed, OURS, TODAY).verdict is Verdict.NOT_GENUINE


def test_a_seal_cannot_move_to_another_document() -> None:
    one, other = issue(certificate_content()), issue(certificate_content(number="C-2026-0143"))
    seal = one[len(open_certificate(one).pdf) :]
    moved = open_certificate(other).pdf + seal
    assert verify_bytes("c.pdf", moved, OURS, TODAY).verdict is Verdict.NOT_GENUINE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("日本", "CJK UNIFIED IDEOGRAPH"),
        ("a\u202eb", "RIGHT-TO-LEFT OVERRIDE"),
        ("a\x00b", "no such character"),
        ("\U0001f600", "GRINNING FACE"),
        ("x\u0336", "COMBINING LONG STROKE OVERLAY"),
    ],
)
def test_a_letter_that_cannot_be_printed_is_named(text: str, name: str) -> None:
    with pytest.raises(DocumentError, match=f"{name}|U\\+"):
        issue(certificate_content(purchaser=text))


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> & <para>",
        '<a href="http://x">y</a>',
        '<font color="[].append(1)">x</font>',
        "Łódź, Ελλάδα, Київ, Çeşme, Ørsted",
        "e\u0301tude",
        "(\\) Tj ET % [",
    ],
)
def test_text_is_printed_as_it_was_given(text: str) -> None:
    import unicodedata

    pdf = issue(certificate_content(purchaser=text))
    shown = unicodedata.normalize("NFC", text)
    assert shown.replace(" ", "") in text_of(pdf).replace(" ", "")
    assert b"/URI" not in pdf


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_shown_or_refused_and_never_breaks_the_page(text: str) -> None:
    content = certificate_content(additional_information=text, meaning=text)
    try:
        data = issue(content)
    except DocumentError as error:
        assert "cannot be printed" in str(error)
        return
    document = pypdfium2.PdfDocument(data)
    assert len(document) >= 1
    document.close()


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200))
def test_wrapped_lines_fit_and_lose_no_letter(text: str) -> None:
    lines = wrap(text, 30.0)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_mm(line) <= 30.0 for line in lines)


def test_line_breaks_are_kept_and_other_control_characters_are_not_text() -> None:
    assert wrap("one\ntwo", 50.0) == ["one", "two"]
    with pytest.raises(DocumentError):
        check_text("bell\a")


def test_the_code_holds_number_and_hash() -> None:
    content = certificate_content()
    assert "C-2026-0142 SHA256:ABCD" in qr_text(content, "abcd")
    modules = qr_modules(qr_text(content, "0f" * 32))
    assert len(modules) == len(modules[0]) == 41
    finder = [[True] * 7, [True, *[False] * 5, True]]
    assert [row[:7] for row in modules[:2]] == finder


def test_serial_numbers_are_told_in_runs() -> None:
    assert serial_runs(("A-09", "A-10", "A-11", "B7")) == [("A-09", "A-11"), ("B7", "B7")]
    assert serial_words(("A-09", "A-10", "x")) == "A-09 to A-10, x"
    assert serial_runs(("9", "10")) == [("9", "10")]
    assert replace(certificate_content(), serials=()).serials == ()
