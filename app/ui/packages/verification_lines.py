"""How a verification is shown on a sheet: the verdict, every check, what the file says."""

from __future__ import annotations

from app.base.i18n import _
from app.domain.packages.verification import Verification
from app.domain.packages.verification_checks import explain_verification
from app.ui.packages.package_words import check_mark, verdict_mark, verdict_word
from app.ui.widgets.fact_sheet import FactSheet


def add_checks(sheet: FactSheet, answer: Verification) -> None:
    """Add each check as glyph and sentence."""
    for check in explain_verification(answer):
        sheet.sentence(check.text, mark=check_mark(check.result))


def add_verification(sheet: FactSheet, answer: Verification) -> None:
    """Add a whole section: name of the file, verdict, checks and statements."""
    sheet.section(answer.file_name, answer.number)
    sheet.fact(_("Verdict"), verdict_word(answer.verdict), mark=verdict_mark(answer.verdict))
    add_checks(sheet, answer)
    for label, text in answer.statements.items():
        sheet.fact(label, text)
    if answer.fingerprint:
        sheet.code(_("Signed with"), answer.fingerprint)
