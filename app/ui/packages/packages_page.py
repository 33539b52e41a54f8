"""What left the house: packages with their recipients, licences, lots and manifests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import AppError, NotFound
from app.base.i18n import _
from app.domain.inventory.package_details import PackageDetails
from app.domain.packages.package_list import PackageFilter, PackageRow, package_standing
from app.domain.packages.print_package import PrintPackage
from app.domain.packages.verification import SignedKind, Verification
from app.services.packages.count_packages import count_packages
from app.services.packages.fetch_package import fetch_package
from app.services.packages.page_packages import page_packages
from app.ui.context import UiContext
from app.ui.jobs import Job
from app.ui.packages.issued_acts import IssuedActs, IssuedFile
from app.ui.packages.package_columns import SHOWN_FROM, package_columns
from app.ui.packages.package_sheet import booking_refusal, fill_package_sheet
from app.ui.packages.package_words import packages_text, standing_mark, standing_word
from app.ui.packages.packages_head import PackagesHead
from app.ui.page import Page
from app.ui.record_acts import RecordAct
from app.ui.theme import current_theme
from app.ui.widgets.listing import Listing
from app.ui.widgets.message_strip import MessageStrip
from app.ui.widgets.panels import HairlineSplitter
from app.ui.widgets.record_inspector import RecordInspector

LAYOUT, SPLIT = "packages/columns", "packages/splitter"


class PackagesPage(Page):
    """All packages that were exported, the newest first.

    Keys: Enter opens the part, Ctrl+C copies the chosen rows, Ctrl+Shift+V verifies any file.
    """

    SHOWS = (
        "print_package",
        "lot",
        "provider",
        "part",
        "part_revision",
        "print_definition",
        "qualification",
    )
    searchable = True

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._details: PackageDetails | None = None
        self._verified: Verification | None = None
        self._asking: Job | None = None
        self._asked = ""
        self.head = PackagesHead()
        self.strip = MessageStrip()
        self.listing = Listing(
            context.jobs,
            package_columns(),
            _("Packages"),
            self.head.busy,
            self.head.nothing,
            SHOWN_FROM,
        )
        self.inspector = RecordInspector(_("Package"))
        self.acts = IssuedActs(context, self.strip, self)
        self._lay_out()
        self._connect()

    @property
    def title(self) -> str:
        return _("Packages")

    @property
    def selected(self) -> int:
        """How many packages are chosen."""
        return self.listing.selected

    @property
    def listed(self) -> bool:
        """Whether there are rows to act on."""
        return self.listing.listed

    @property
    def current_number(self) -> str:
        """Number of the part whose package has the focus; "" for none."""
        row = self._row()
        return row.part_number if row is not None else ""

    @property
    def status_text(self) -> str:
        """What the status bar says of this page."""
        return self.listing.count_text(packages_text)

    def refresh(self) -> None:
        """Ask the library again."""
        self._count()
        if self.listing.model.ids:
            self.listing.reload()
        else:
            self._list()
        self._asked = ""
        self._show_choice()

    def show_subject(self, subject: str) -> None:
        """Choose the package of this number, or list one kind of them, named as `only:recall`."""
        kind, _colon, which = subject.partition(":")
        if kind == "only" and which in tuple(PackageFilter):
            self.head.show_all()
            self.head.segments.choose(which)
            self._list()
            return
        library, today = self.context.services.library, self.context.today()

        def take(details: PackageDetails) -> None:
            if self.head.text or self.head.which is not PackageFilter.ALL:
                self.head.show_all()
                self._list()
            self.listing.want(details.package.id)

        self.context.jobs.start(
            lambda progress: fetch_package(library, subject, today=today),
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

    def save_state(self) -> None:
        """Keep widths, columns and the splitter for the next session."""
        self.context.state.setValue(LAYOUT, self.listing.table.layout_state())
        self.context.state.setValue(SPLIT, self._splitter.saveState())

    def keys(self) -> tuple[tuple[str, str], ...]:
        return ((_("Open the part"), _("Enter")), (_("Copy the chosen rows"), _("Ctrl+C")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        else:
            super().keyPressEvent(event)

    # acts

    def record_acts(self) -> Sequence[RecordAct]:
        """What can be done with the package that has the focus."""
        row, details = self._row(), self._details
        if row is None or details is None or self.selected != 1:
            return ()
        package = details.package
        issued = IssuedFile(package.number, package.sha256, package.file_name, SignedKind.PACKAGE)
        return (
            RecordAct("verify_record", _("Verify"), lambda: self.acts.verify(issued)),
            RecordAct("copy_record", _("Copy file…"), lambda: self.acts.copy_out(issued)),
            RecordAct(
                "book_lot", _("Book lot…"), lambda: self._book(package), booking_refusal(details)
            ),
        )

    def _book(self, package: PrintPackage) -> None:
        from app.ui.packages.lot_dialog import LotDialog

        dialog = LotDialog(self.context, (package,), package_id=package.id, parent=self)
        self.acts.open_dialog(dialog)

    def _take_verification(self, number: str, answer: Verification) -> None:
        if self._details is not None and self._details.package.number == number:
            self._verified = answer
            self._show_details(self._details)

    # listing

    def _row(self) -> PackageRow | None:
        row: PackageRow | None = self.listing.current
        return row

    def _list(self) -> None:
        context = self.context
        self.listing.show_source(
            page_packages(
                context.services.library,
                today=context.today(),
                which=self.head.which,
                text=self.head.text,
            )
        )

    def _count(self) -> None:
        library, today = self.context.services.library, self.context.today()
        self.context.jobs.start(
            lambda progress: count_packages(library, today=today),
            owner=self,
            done=self.head.show_counts,
            failed=self._show_error,
        )

    # showing

    def _show_choice(self) -> None:
        row, chosen = self._row(), self.selected
        if chosen > 1:
            self._forget()
            self.inspector.show_note(
                _("{packages} selected. Ctrl+C copies their rows for a spreadsheet.").format(
                    packages=packages_text(chosen)
                )
            )
        elif row is None:
            self._forget()
            self.inspector.show_note(_("Choose a package to see its manifest and its lots."))
        elif row.number != self._asked:
            self._ask(row)
        self.inspector.setVisible(self.listing.listed)
        self.state_changed.emit()

    def _forget(self) -> None:
        self._asked, self._details = "", None
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _ask(self, row: PackageRow) -> None:
        """Show at once what the list knows; the rest follows."""
        if self._details is not None and self._details.package.number != row.number:
            self._verified = self._details = None
        if self._asking is not None:
            self._asking.cancel()
        self._asked = row.number
        self.inspector.number.setText(row.number)
        self.inspector.name.setText(row.part_name)
        self.inspector.standing.set_status(standing_mark(row.standing), standing_word(row.standing))
        library, today = self.context.services.library, self.context.today()

        def take(details: PackageDetails) -> None:
            if self._asked == details.package.number:
                self._show_details(details)

        def fail(error: AppError) -> None:
            if not isinstance(error, NotFound):
                self._show_error(error)

        self._asking = self.context.jobs.start(
            lambda progress: fetch_package(library, row.number, today=today),
            owner=self,
            done=take,
            failed=fail,
        )

    def _show_details(self, details: PackageDetails) -> None:
        self._details = details
        standing = package_standing(trial=details.package.trial, ended=bool(details.ended))
        self.inspector.standing.set_status(standing_mark(standing), standing_word(standing))
        trial = details.package.trial and bool(details.ended)
        self.inspector.second.set_status("under_test" if trial else "", _("Trial") if trial else "")
        fill_package_sheet(self.inspector.sheet, details, self._verified)
        acts = self.record_acts()
        usable = [act for act in acts if not act.refusal]
        waits = not details.package.trial and not details.lots and not details.ended
        primary = next((act for act in usable if act.key == "book_lot" and waits), None)
        primary = primary or next(iter(usable), None)
        self.inspector.show_acts(primary, [act for act in acts if act is not primary])
        self.inspector.show_record()
        self.state_changed.emit()

    def _show_error(self, error: AppError, again: Callable[[], None] | None = None) -> None:
        self.strip.say(
            str(error),
            kind="danger",
            details=f"{type(error).__name__}: {error}",
            action=_("Try again") if again is not None else "",
            act=again,
        )

    # making

    def _lay_out(self) -> None:
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.strip)
        rows.addWidget(self.listing, 1)
        width = current_theme().size("width", "inspector")
        self._splitter = HairlineSplitter()
        for widget in (left, self.inspector):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setSizes([3 * width, width])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._splitter, 1)
        self.setFocusProxy(self.listing.table)
        for key, restore in (
            (LAYOUT, self.listing.table.restore_layout),
            (SPLIT, self._splitter.restoreState),
        ):
            stored = self.context.state.value(key)
            if isinstance(stored, QByteArray):
                restore(stored)

    def _connect(self) -> None:
        self.head.filter_changed.connect(self._list)
        self.head.search.left_downwards.connect(self.listing.enter)
        self.head.verify_requested.connect(lambda: self.act_requested.emit("verify_file"))
        self.listing.choice_changed.connect(self._show_choice)
        self.listing.row_activated.connect(lambda _id: self.open_current())
        self.listing.menu_requested.connect(self.inspector.pop_up)
        self.acts.verified.connect(self._take_verification)
        self.acts.failed.connect(self._show_error)
        self.listing.load_failed.connect(lambda error: self._show_error(error, self.refresh))
        self.inspector.open_requested.connect(self.open_current)
