"""Words and glyphs for how a qualification stands today."""

from __future__ import annotations

from app.base.i18n import _
from app.domain.qualification.qualification_state import QualificationState
from app.domain.qualification.validity import QualificationStatus
from app.ui.words import qualification_word

HELD = (
    QualificationStatus.QUALIFIED,
    QualificationStatus.EXPIRING,
    QualificationStatus.EXPIRED,
)


def status_word(status: QualificationStatus) -> str:
    """Return the word for a status."""
    if status is QualificationStatus.EXPIRING:
        return _("Expiring")
    if status is QualificationStatus.EXPIRED:
        return _("Expired")
    return qualification_word(QualificationState(status.value))


def status_mark(status: QualificationStatus) -> str:
    """Return the name of the glyph beside that word."""
    return status.value
