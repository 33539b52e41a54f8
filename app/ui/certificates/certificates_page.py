"""What was certified: delivered lots, those without a certificate first, and the certificates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.base.errors import AppError, NotFound
from app.base.i18n import _
from app.domain.certificates.certificate import Certificate
from app.domain.certificates.certificate_list import CertificateRow, LotRow
from app.domain.inventory.certified_lot import CertifiedLot
from app.domain.packages.verification import Verification
from app.services.certificates.count_certificates import count_certificates
from app.services.certificates.fetch_lot import fetch_lot
from app.services.certificates.page_certificates import page_certificates
from app.services.certificates.page_lots import page_lots
from app.ui.certificates.certificate_acts import CertificateActs
from app.ui.certificates.certificate_columns import (
    CERTIFICATES_SHOWN_FROM,
    LOTS_SHOWN_FROM,
    certificate_columns,
    lot_columns,
)
from app.ui.certificates.certificate_words import (
    certificate_state_mark,
    certificate_state_word,
    certificates_text,
    lot_standing_mark,
    lot_standing_word,
    lots_text,
)
from app.ui.certificates.certificates_head import CertificatesHead, CertificateView
from app.ui.certificates.lot_sheet import fill_lot_sheet
from app.ui.certificates.page_panel import PagePanel
from app.ui.context import UiContext
from app.ui.jobs import Job
from app.ui.page import Page
from app.ui.record_acts import RecordAct
from app.ui.widgets.listing import Listing
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import HairlineSplitter
from app.ui.widgets.record_inspector import RecordInspector

LAYOUTS = {
    CertificateView.LOTS: "certificates/lot_columns",
    CertificateView.CERTIFICATES: "certificates/columns",
}
SPLIT = "certificates/splitter"
_INSPECTOR_WIDTH = 480


class CertificatesPage(Page):
    """Lots and certificates, with the page of the chosen certificate beside them.

    Keys: Enter opens the part, Ctrl+C copies the chosen rows, Ctrl+Shift+C issues a certificate.
    """

    SHOWS = ("lot", "certificate", "part", "part_revision", "print_definition", "provider")
    searchable = True

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._lot: CertifiedLot | None = None
        self._certificate: Certificate | None = None
        self._verified: Verification | None = None
        self._asking: Job | None = None
        self._asked = ""
        self.head = CertificatesHead()
        self.strip = MessageStrip()
        self.listings = self._make_listings()
        self.page = PagePanel(context.jobs, context.services)
        self.inspector = RecordInspector(_("Lot and certificate"), self.page)
        self.acts = CertificateActs(context, self.strip, self)
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        return _("Certificates")

    @property
    def listing(self) -> Listing:
        """The list that is shown."""
        return self.listings[self.head.view]

    @property
    def selected(self) -> int:
        """How many rows are chosen."""
        return self.listing.selected

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return self.listing.listed

    @property
    def current_number(self) -> str:
        """Number of the part of the row that has the focus; "" for none."""
        row = self._row()
        return row.part_number if row is not None else ""

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        lots = self.head.view is CertificateView.LOTS
        return self.listing.count_text(lots_text if lots else certificates_text)

    def refresh(self) -> None:
        """Ask the library again."""
        self._count()
        for view, listing in self.listings.items():
            if listing.model.ids:
                listing.reload()
            elif view is self.head.view:
                self._list()
        self._asked = ""
        self._show_choice()

    def show_subject(self, subject: str) -> None:
        """Choose the lot or the certificate of this number, or list `view:certificates`."""
        kind, _colon, view = subject.partition(":")
        if kind == "view" and view in tuple(CertificateView):
            self.head.segments.choose(view)
            self._show_view()
            return
        library = self.context.services.library

        def take(lot: CertifiedLot) -> None:
            certificate = lot.certificate(subject)
            lots = certificate is None or subject == lot.details.lot.number
            view = CertificateView.LOTS if lots else CertificateView.CERTIFICATES
            self.head.segments.choose(view)
            self.head.clear_search()
            self._show_view()
            chosen = lot.details.lot.id if lots or certificate is None else certificate.id
            self.listing.want(chosen)

        self.context.jobs.start(
            lambda progress: fetch_lot(library, subject),
            owner=self,
            done=take,
            failed=lambda error: self.strip.say(str(error), kind="warning"),
        )

    def focus_search(self) -> None:
        self.head.focus_search()

    def step(self, by: int) -> None:
        """Move the focus along the list."""
        self.listing.table.step(by)

    def copy_rows(self) -> None:
        """Put the chosen rows on the clipboard, as cells for a spreadsheet."""
        self.listing.table.copy_rows()

    def select_all(self) -> None:
        self.listing.table.selectAll()

    def record_acts(self) -> Sequence[RecordAct]:
        """What can be done with the chosen lots, or with the lot or certificate in focus."""
        if self.selected > 1:
            lots = [row.number for row in self.listing.chosen if isinstance(row, LotRow)]
            return self.acts.of_lots(lots) if lots else ()
        if self._lot is None or self.selected != 1:
            return ()
        return self.acts.of_certificate(self._lot, self._certificate)

    def save_state(self) -> None:
        """Keep widths, columns and the splitter for the next session."""
        for view, listing in self.listings.items():
            self.context.state.setValue(LAYOUTS[view], listing.table.layout_state())
        self.context.state.setValue(SPLIT, self._splitter.saveState())

    def keys(self) -> tuple[tuple[str, str], ...]:
        return ((_("Open the part"), _("Enter")), (_("Copy the chosen rows"), _("Ctrl+C")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    # listing

    def _row(self) -> LotRow | CertificateRow | None:
        row: LotRow | CertificateRow | None = self.listing.current
        return row

    def _show_view(self) -> None:
        self._stack.setCurrentWidget(self.listing)
        self.setFocusProxy(self.listing.table)
        self._list()

    def _enter_list(self) -> None:
        self.listing.enter()

    def _list(self) -> None:
        library, text = self.context.services.library, self.head.text
        if self.head.view is CertificateView.LOTS:
            self.listing.show_source(page_lots(library, text=text))
        else:
            self.listing.show_source(page_certificates(library, text=text))

    def _count(self) -> None:
        library = self.context.services.library
        self.context.jobs.start(
            lambda progress: count_certificates(library),
            owner=self,
            done=self.head.show_counts,
            failed=self._show_error,
        )

    # showing

    def _show_choice(self) -> None:
        row, chosen = self._row(), self.selected
        if chosen > 1:
            self._forget()
            words = lots_text if self.head.view is CertificateView.LOTS else certificates_text
            self.inspector.show_note(
                _("{records} selected. Ctrl+C copies their rows for a spreadsheet.").format(
                    records=words(chosen)
                ),
                next(iter(self.record_acts()), None),
            )
        elif row is None:
            self._forget()
            self.inspector.show_note(_("Choose a lot or a certificate to see its page."))
        elif row.number != self._asked:
            self._ask(row)
        self.inspector.setVisible(self.listed)
        self.state_changed.emit()

    def _forget(self) -> None:
        self._asked, self._lot, self._certificate, self._verified = "", None, None, None
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _ask(self, row: LotRow | CertificateRow) -> None:
        """Show at once what the list knows; the rest follows."""
        if self._asking is not None:
            self._asking.cancel()
        self._asked = row.number
        self.inspector.number.setText(row.number)
        self.inspector.name.setText(row.part_name)
        self.inspector.standing.set_status(*_status_of(row))
        library = self.context.services.library

        def take(lot: CertifiedLot) -> None:
            if self._asked == row.number:
                shown = lot.certificate(row.number) if isinstance(row, CertificateRow) else None
                newest = next(iter(lot.details.certificates), None)
                self._show(lot, shown or lot.in_force or newest)

        def fail(error: AppError) -> None:
            if not isinstance(error, NotFound):
                self._show_error(error)

        self._asking = self.context.jobs.start(
            lambda progress: fetch_lot(library, row.number), owner=self, done=take, failed=fail
        )

    def _show(self, lot: CertifiedLot, certificate: Certificate | None) -> None:
        before = self._certificate
        if certificate is None or before is None or before.number != certificate.number:
            self._verified = None
        self._lot, self._certificate = lot, certificate
        self.page.show_certificate(certificate)
        fill_lot_sheet(self.inspector.sheet, lot, certificate, self._verified)
        acts = self.record_acts()
        needed = "certify" if lot.in_force is None else "verify_record"
        primary = next((act for act in acts if act.key == needed), None)
        self.inspector.show_acts(primary, [act for act in acts if act is not primary])
        self.inspector.show_record()
        self.state_changed.emit()

    def _take_verification(self, number: str, answer: Verification) -> None:
        lot, certificate = self._lot, self._certificate
        if lot is not None and certificate is not None and certificate.number == number:
            self._verified = answer
            self._show(lot, certificate)

    def _show_error(self, error: AppError, again: Callable[[], None] | None = None) -> None:
        self.strip.say(
            str(error),
            kind="danger",
            details=f"{type(error).__name__}: {error}",
            action=_("Try again") if again is not None else "",
            act=again,
        )

    # making

    def _make_listings(self) -> dict[CertificateView, Listing]:
        jobs, head = self.context.jobs, self.head
        return {
            CertificateView.LOTS: Listing(
                jobs, lot_columns(), _("Lots"), head.busy, head.nothing, LOTS_SHOWN_FROM
            ),
            CertificateView.CERTIFICATES: Listing(
                jobs,
                certificate_columns(),
                _("Certificates"),
                head.busy,
                head.nothing,
                CERTIFICATES_SHOWN_FROM,
            ),
        }

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for listing in self.listings.values():
            self._stack.addWidget(listing)
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.strip)
        rows.addWidget(self._stack, 1)
        self._splitter = HairlineSplitter()
        for widget in (left, self.inspector):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setSizes([2 * _INSPECTOR_WIDTH, _INSPECTOR_WIDTH])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._splitter, 1)
        self.setFocusProxy(self.listing.table)
        state = self.context.state
        for view, listing in self.listings.items():
            if isinstance(columns := state.value(LAYOUTS[view]), QByteArray):
                listing.table.restore_layout(columns)
        if isinstance(sizes := state.value(SPLIT), QByteArray):
            self._splitter.restoreState(sizes)

    def _connect(self) -> None:
        self.head.view_chosen.connect(self._show_view)
        self.head.search_changed.connect(self._list)
        self.head.search.left_downwards.connect(self._enter_list)
        self.head.verify_requested.connect(lambda: self.act_requested.emit("verify_file"))
        for listing in self.listings.values():
            listing.choice_changed.connect(self._show_choice)
            listing.row_activated.connect(lambda _id: self.open_current())
            listing.menu_requested.connect(self.inspector.pop_up)
            listing.load_failed.connect(lambda error: self._show_error(error, self.refresh))
        self.acts.verified.connect(self._take_verification)
        self.acts.failed.connect(self._show_error)
        self.inspector.open_requested.connect(self.open_current)


def _status_of(row: LotRow | CertificateRow) -> tuple[str, str]:
    if isinstance(row, LotRow):
        return lot_standing_mark(row.standing), lot_standing_word(row.standing)
    return certificate_state_mark(row.state), certificate_state_word(row.state)
