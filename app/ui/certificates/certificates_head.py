"""The head of the page of certificates: lots or certificates, how many, and the search."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.domain.certificates.certificate_list import CertificateCounts
from app.ui.certificates.certificate_words import lots_text
from app.ui.icons import icon
from app.ui.theme import current_theme
from app.ui.widgets.head_bar import HeadBar
from app.ui.widgets.labels import ElidedLabel, RoleLabel
from app.ui.widgets.listing import Nothing
from app.ui.widgets.panels import row
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segments import Segments

_SEARCH_WIDTH = 260


class CertificateView(StrEnum):
    LOTS = "lots"
    CERTIFICATES = "certificates"


class CertificatesHead(HeadBar):
    """Title, count, which of the two lists, search and the way to verify a file.

    Signals:
        view_chosen: the other list is to be shown.
        search_changed: another text is searched for.
        verify_requested: any file is to be verified.
    """

    view_chosen = Signal()
    search_changed = Signal()
    verify_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self.summary = ElidedLabel(color="muted")
        self.segments = Segments(
            (
                (CertificateView.LOTS.value, lambda: _("Lots")),
                (CertificateView.CERTIFICATES.value, lambda: _("Certificates")),
            )
        )
        self.search = SearchField(_("Search number, part or purchaser"))
        self.search.setFixedWidth(_SEARCH_WIDTH)
        self.verify = QPushButton(icon("shield-check"), _("Verify a file…"))
        self.verify.setToolTip(_("Ctrl+Shift+V"))
        margin = theme.size("space", "l")
        line = row(
            RoleLabel(_("Certificates"), font="title"),
            self.summary,
            self.search,
            self.segments,
            self.verify,
            margins=(margin, 0, margin, 0),
            spacing=theme.size("space", "m"),
        )
        line.setStretch(1, 1)
        self.setLayout(line)
        self.segments.chosen.connect(lambda _key: self.view_chosen.emit())
        self.search.text_settled.connect(lambda _text: self.search_changed.emit())
        self.verify.clicked.connect(self.verify_requested)

    @property
    def view(self) -> CertificateView:
        """Which list is shown."""
        return CertificateView(self.segments.current)

    @property
    def text(self) -> str:
        """What is searched for; "" for nothing."""
        return self.search.text().strip()

    def show_counts(self, counts: CertificateCounts) -> None:
        """Show how many lots and certificates there are, and how many lots wait."""
        self.segments.show_counts(
            {
                CertificateView.LOTS.value: counts.lots,
                CertificateView.CERTIFICATES.value: counts.certificates,
            }
        )
        waiting = ngettext(
            "{count} of {lots} has no certificate in force",
            "{count} of {lots} have no certificate in force",
            counts.uncertified,
        ).format(count=figure(counts.uncertified), lots=lots_text(counts.lots))
        none = _("Every lot has a certificate in force") if counts.lots else ""
        self.summary.setText(waiting if counts.uncertified else none)

    def clear_search(self) -> None:
        """Search for nothing, without telling."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def nothing(self) -> Nothing:
        """Return why the list is empty, and how to get out of it."""
        if self.text:
            lots = self.view is CertificateView.LOTS
            return Nothing(
                "lens",
                _("No lot matches") if lots else _("No certificate matches"),
                _("No number, part, purchaser, order or maker holds “{text}”.").format(
                    text=self.text
                ),
                _("Clear the search"),
                self.search.clear,
            )
        if self.view is CertificateView.LOTS:
            return Nothing(
                "shelf",
                _("No lot has been delivered yet"),
                _("Book a delivered lot under its package; its certificate is then issued here."),
            )
        return Nothing(
            "shelf",
            _("No certificate has been issued yet"),
            _("Choose a lot and issue its certificate; it is then listed here."),
        )

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
