"""Lay a certificate out on A4 sheets. Measures are those of the reference page, in millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.base.figures import fixed_figure
from app.base.i18n import _
from app.documents.certificates.certificate_words import (
    FieldWords,
    grid_fields,
    needs_serial_list,
    statement_words,
    title_words,
)
from app.documents.certificates.sheet import (
    BODY_PT,
    BOTTOM_MM,
    CAPTION_PT,
    HAIRLINE,
    LEADING_MM,
    LEFT_MM,
    MISSING_BORDER,
    MISSING_FILL,
    RIGHT_MM,
    TITLE_PT,
    TOP_MM,
    Box,
    Code,
    Picture,
    Rule,
    Sheet,
    check_height,
    width_mm,
    wrap,
)
from app.domain.certificates.certificate_content import CertificateContent
from app.domain.certificates.issue_rules import is_manufacturers_document

_COLUMN_MM, _SECOND_MM, _SIDE_MM = 52.8, 81.0, 140.0
_QR_MM = 22.0
_GRID_TOP_MM = 40.9
_FOOTER_MM = 276.3
_LIST_START_MM = 14.0  # a heading is not left alone at the end of a page
_HEAD_END_MM = 150.0  # how far names and addresses may push the grid down
_CONTINUED_MM = 29.0  # where the body begins on a page that continues another
_STRONG_RULE_PT, _RULE_PT, _HAIR_PT = 1.2, 0.9, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What stands on the page besides the content itself.

    Attributes:
        record_sha256: of the machine-readable record; "" on a draft.
        key_fingerprint: of the key that signs the file; "" on a draft.
        has_picture: whether a part picture is shown.
        draft: watermark instead of code and hash.
    """

    record_sha256: str = ""
    key_fingerprint: str = ""
    has_picture: bool = False
    draft: bool = False


def lay_out(content: CertificateContent, printed: Printed) -> list[Sheet]:
    """Return the filled sheets, with footers.

    Raises:
        DocumentError: a text has letters that cannot be printed faithfully.
    """
    first = Sheet()
    sheets = [first]
    first.y = _head(first, content, printed)
    side = _picture(first, content, printed)
    _grid(sheets, content, printed)
    sheets[-1].y = max(sheets[-1].y, side if sheets[-1] is first else 0.0) + 8.4
    _sections(sheets, content, printed)
    _signature(sheets, content, printed)
    for index, sheet in enumerate(sheets):
        _footer(sheet, content, printed, index + 1, len(sheets))
    return sheets


def qr_text(content: CertificateContent, record_sha256: str) -> str:
    """Return what the code holds: capitals only, which keeps the squares large."""
    hint = "VERIFY: EVERSPARE VERIFY FILE"
    return f"EVERSPARE {content.number} SHA256:{record_sha256} {hint}".upper()


def _head(sheet: Sheet, content: CertificateContent, printed: Printed) -> float:
    """Set issuer, title, code and number; return where the grid begins."""
    available = _SIDE_MM - LEFT_MM - 6
    title, subtitle = title_words(content.type)
    y = 15.9
    name, address = content.issuer.name or _("missing"), content.issuer.full_address
    for line in wrap(name, available, 9.8, strong=True):
        sheet.text(LEFT_MM, y, line, size_pt=9.8, strong=True)
        y += 4.0
    y -= 0.4
    check_height(name, y, _HEAD_END_MM)
    for line in wrap(address, available, CAPTION_PT):
        sheet.caption(LEFT_MM, y, line)
        y += 3.0
    check_height(address, y, _HEAD_END_MM)
    y = max(y + 5.9, 28.6)
    below = y + 12.3
    sheet.text(LEFT_MM, y, title, size_pt=TITLE_PT, strong=True)
    sheet.text(LEFT_MM, y + 5.0, subtitle)
    number_x = _SIDE_MM + _QR_MM + 3.4
    if not printed.draft:
        text = qr_text(content, printed.record_sha256)
        sheet.add(Code(_SIDE_MM, TOP_MM, _QR_MM, text))
    day = content.issued_at.date().isoformat()
    number = _("not issued") if printed.draft else content.number
    cells: tuple[tuple[str, str, float, bool], ...] = (
        (_code(content, "A03", _("Number")), number, 11.4, True),
        (_("Issue"), f"{content.issue}, {day}", BODY_PT, False),
        (_("Supersedes"), content.supersedes or _("none"), BODY_PT, False),
    )
    y = 14.9
    for caption, value, size, strong in cells:
        lines = wrap(value, RIGHT_MM - number_x, size, strong=strong)
        check_height(value, len(lines), 2)
        sheet.caption(number_x, y, caption)
        for index, line in enumerate(lines):
            sheet.text(number_x, y + 4.3 + index * 3.6, line, size_pt=size, strong=strong)
        y += 8.8
    return max(below, _GRID_TOP_MM)


def _grid(sheets: list[Sheet], content: CertificateContent, printed: Printed) -> None:
    fields = grid_fields(content)
    top = sheets[0].y
    sheets[0].add(Rule(LEFT_MM, top, _SECOND_MM + _COLUMN_MM, top, _STRONG_RULE_PT))
    for row in zip(fields[::2], fields[1::2], strict=True):
        height = max(_cell_height(field) for field in row)
        sheet = _room(sheets, content, height)
        for x, field in zip((LEFT_MM, _SECOND_MM), row, strict=True):
            _cell(sheet, x, sheet.y, field, printed)
        sheet.y += height
        for x in (LEFT_MM, _SECOND_MM):
            sheet.add(Rule(x, sheet.y, x + _COLUMN_MM, sheet.y, _HAIR_PT, HAIRLINE))


def _cell_height(field: FieldWords) -> float:
    height = 9.4 + (len(wrap(field.value, _COLUMN_MM)) - 1) * LEADING_MM
    check_height(field.value, height, BOTTOM_MM - _CONTINUED_MM)
    return height


def _cell(sheet: Sheet, x: float, top: float, field: FieldWords, printed: Printed) -> None:
    missing = printed.draft and field.mandatory and not field.value.strip()
    if missing:
        _mark_missing(sheet, x - 1, top + 0.5, _COLUMN_MM + 1, 8.4)
    sheet.caption(x, top + 3.4, field.caption)
    for index, line in enumerate(wrap(_("missing") if missing else field.value, _COLUMN_MM)):
        sheet.text(x, top + 7.3 + index * LEADING_MM, line)


def _picture(sheet: Sheet, content: CertificateContent, printed: Printed) -> float:
    """Set the picture beside the grid; return where it ends."""
    top = sheet.y
    if not printed.has_picture:
        return top
    width, height = RIGHT_MM - _SIDE_MM, 57.6
    sheet.add(
        Box(_SIDE_MM, top, width, height, _HAIR_PT, HAIRLINE),
        Picture(_SIDE_MM + 2, top + 2, width - 4, height - 14),
    )
    size = content.size_mm
    measures = f", {' × '.join(fixed_figure(side, 1) for side in size)} mm" if size else ""
    captions = [f"{content.part_number} {_('rev')} {content.revision}{measures}"]
    if content.geometry_sha256:
        digest = content.geometry_sha256
        short = f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"
        captions.append(_("geometry SHA-256 {hash}").format(hash=short))
    for index, caption in enumerate(captions):
        fitted = wrap(caption, width - 4, CAPTION_PT)[0]
        x = _SIDE_MM + (width - width_mm(fitted, CAPTION_PT)) / 2
        sheet.caption(x, top + height - 5.6 + index * 3.2, fitted)
    return top + height


def _sections(sheets: list[Sheet], content: CertificateContent, printed: Printed) -> None:
    title = _("Requirements met (standards, specifications)")
    if printed.draft and not content.requirements:
        sheet = _room(sheets, content, _LIST_START_MM)
        _mark_missing(sheet, LEFT_MM - 1, sheet.y + 2.9, RIGHT_MM - LEFT_MM + 2, 5.4)
    _list(sheets, content, title, content.requirements or (_("missing"),))
    _paragraph(sheets, content, "", statement_words(content))
    deviations = "; ".join(content.deviations) or _("none")
    _paragraph(sheets, content, _("Deviations"), deviations)
    _paragraph(sheets, content, _("Limits of validity"), content.limitations)
    _paragraph(sheets, content, _("Additional information"), content.additional_information)
    sheets[-1].y += 2.5
    _list(sheets, content, _("Supporting documents"), content.supporting_documents)
    if needs_serial_list(content.serials):
        _paragraph(sheets, content, _("Serial numbers"), ", ".join(content.serials))


def _list(
    sheets: list[Sheet], content: CertificateContent, title: str, items: Sequence[str]
) -> None:
    if not items:
        return
    sheet = _room(sheets, content, _LIST_START_MM)
    sheet.text(LEFT_MM, sheet.y, title, strong=True)
    sheet.add(Rule(LEFT_MM, sheet.y + 2.4, RIGHT_MM, sheet.y + 2.4, _RULE_PT))
    sheet.y += 2.4
    for item in items:
        for line in wrap(item, RIGHT_MM - LEFT_MM):
            sheet = _room(sheets, content, 6.4)
            sheet.y += LEADING_MM
            sheet.text(LEFT_MM, sheet.y, line)
        sheet.y += 2.05
        sheet.add(Rule(LEFT_MM, sheet.y, RIGHT_MM, sheet.y, _HAIR_PT, HAIRLINE))
    sheet.y += 7.4


def _paragraph(sheets: list[Sheet], content: CertificateContent, title: str, text: str) -> None:
    if not text.strip():
        return
    words = f"{title}: {text}" if title else text
    for line in wrap(words, RIGHT_MM - LEFT_MM):
        sheet = _room(sheets, content, LEADING_MM)
        sheet.text(LEFT_MM, sheet.y, line)
        sheet.y += LEADING_MM
    sheets[-1].y += 1.9


def _signature(sheets: list[Sheet], content: CertificateContent, printed: Printed) -> None:
    zone = content.issued_at.strftime("%Z")
    offset = content.issued_at.isoformat()[-6:]
    stamp = f"{content.issued_at:%Y-%m-%d %H:%M:%S} {offset}"
    if zone and not zone.startswith("UTC"):
        stamp += f" ({zone})"
    left, left_width = LEFT_MM, 112.6
    right_width = RIGHT_MM - _SIDE_MM
    meaning = _("Meaning: {meaning}").format(meaning=content.meaning) if content.meaning else ""
    signed = _("not signed") if printed.draft else _("Signed electronically {time}")
    facts = [content.function, signed.format(time=stamp), _place(content), meaning]
    lines = [line for fact in facts if fact for line in wrap(fact, left_width - 7)]
    others = wrap(content.issuer.name, right_width - 7)
    if printed.key_fingerprint:
        others += wrap(
            _("Key {fingerprint}").format(fingerprint=printed.key_fingerprint), right_width - 7
        )
    name = content.signatory.strip() or _("missing")
    names = wrap(name, left_width - 7, 9.8, strong=True)
    first = 13.6 + 4.35 * (len(names) - 1)
    height = max(first - 1.2 + LEADING_MM * len(lines), 12.4 + LEADING_MM * len(others), 27.2)
    longest = max((name, *facts, content.issuer.name), key=len)
    check_height(longest, height + 3, BOTTOM_MM - _CONTINUED_MM)
    sheet = _room(sheets, content, height + 3)
    top = sheet.y
    sheet.add(
        Box(left, top, left_width, height),
        Box(_SIDE_MM, top, right_width, height),
    )
    sheet.caption(left + 3.5, top + 4.3, _code(content, "Z01 / Z02", _("Signed by")))
    if not content.signatory.strip():
        _mark_missing(sheet, left + 2.5, top + 5.3, left_width - 5, 5.0)
    for index, line in enumerate(names):
        sheet.text(left + 3.5, top + 9.0 + index * LEADING_MM, line, size_pt=9.8, strong=True)
    for index, line in enumerate(lines):
        sheet.text(left + 3.5, top + first + index * LEADING_MM, line)
    sheet.caption(_SIDE_MM + 3.5, top + 4.3, _("For and on behalf of"))
    for index, line in enumerate(others):
        sheet.text(_SIDE_MM + 3.5, top + 9.0 + index * LEADING_MM, line)
    sheet.y += height + 3


def _mark_missing(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    sheet.add(Box(x, y, width, height, 0.7, MISSING_BORDER, MISSING_FILL))


def _code(content: CertificateContent, code: str, label: str) -> str:
    """Return a label with its EN 10168 code where the document follows EN 10204."""
    return f"{code} {label}" if is_manufacturers_document(content.type) else label


def _place(content: CertificateContent) -> str:
    if not content.place:
        return ""
    day = content.issued_at.date().isoformat()
    return _("Place and date: {place}, {day}").format(place=content.place, day=day)


def _room(sheets: list[Sheet], content: CertificateContent, needed: float) -> Sheet:
    """Return the sheet with that much room below, beginning a new one if need be."""
    if sheets[-1].y + needed <= BOTTOM_MM:
        return sheets[-1]
    sheet = Sheet()
    sheet.text(LEFT_MM, 15.9, title_words(content.type)[0], strong=True)
    issuer = wrap(content.issuer.name, RIGHT_MM - LEFT_MM - width_mm(" …", CAPTION_PT), CAPTION_PT)
    sheet.caption(LEFT_MM, 19.3, f"{issuer[0]} …" if issuer[1:] else issuer[0])
    sheet.add(Rule(LEFT_MM, 22.0, RIGHT_MM, 22.0, _RULE_PT))
    sheet.y = _CONTINUED_MM
    sheets.append(sheet)
    return sheet


def _footer(
    sheet: Sheet, content: CertificateContent, printed: Printed, page: int, pages: int
) -> None:
    sheet.add(Rule(LEFT_MM, _FOOTER_MM, RIGHT_MM, _FOOTER_MM, _RULE_PT))
    y = _FOOTER_MM + 4.0
    if printed.draft:
        sheet.caption(LEFT_MM, y, _("Draft: not issued, not signed, no code and no hash."))
    else:
        digest = printed.record_sha256
        label = _("Record SHA-256")
        sheet.caption(LEFT_MM, y, f"{label} {digest[:32]}")
        indent = width_mm(f"{label} ", CAPTION_PT)
        sheet.caption(LEFT_MM + indent, y + 3.2, digest[32:])
        hint = _(
            "The machine-readable record is attached to this file. To verify: everspare verify "
            "FILE, or compare number and hash with the code."
        )
        for index, line in enumerate(wrap(hint, 64, CAPTION_PT)):
            sheet.caption(110.0, y + index * 3.2, line)
    count = _("Page {page} of {pages}").format(page=page, pages=pages)
    number = "" if printed.draft else content.number
    for index, line in enumerate((count, number)):
        sheet.caption(RIGHT_MM - width_mm(line, CAPTION_PT), y + index * 3.2, line)
