"""Lets a print package leave the house: preflight, manifest, signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.base.errors import AppError, RuleViolation
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.domain.packages.preflight import Blocker
from app.domain.qualification.network import Provider
from app.services.packages.check_package import ExportOrder, check_package
from app.services.packages.export_package import ExportedPackage, export_package
from app.services.packages.prepare_package import PreparedPackage, prepare_package
from app.ui.context import UiContext
from app.ui.jobs import Job
from app.ui.packages.key_fields import KeyFields
from app.ui.packages.manifest_table import ManifestTable
from app.ui.widgets.act_dialog import ActDialog, Work, choice, count_field, read_day, text_field
from app.ui.widgets.check_field import CheckField
from app.ui.widgets.folder_field import FolderField
from app.ui.widgets.stated_list import StatedList

FOLDER = "packages/folder"
WAIT_MS = 350
_WIDTH = 860
_MOST_PIECES = 1_000_000


@dataclass(frozen=True, slots=True)
class _Checked:
    """What the preflight found for an order; `prepared` where nothing stands against it."""

    order: ExportOrder
    blockers: tuple[Blocker, ...]
    prepared: PreparedPackage | None


class ExportDialog(ActDialog):
    """Provider, pieces and folder; below them what stands against it, or what would leave."""

    def __init__(
        self,
        context: UiContext,
        part_number: str,
        *,
        provider: str = "",
        parent: QWidget | None = None,
    ) -> None:
        title = _("Export print package of {number}").format(number=part_number)
        super().__init__(context.jobs, context.bus, title, _("Export package"), parent)
        self._context, self._part_number, self._preferred = context, part_number, provider
        self._checked: _Checked | None = None
        self._check: Job | None = None
        self.setMinimumWidth(_WIDTH)
        self.provider = choice([])
        self.add_row(_("Provider"), self.provider)
        self.quantity = count_field(_MOST_PIECES)
        self.add_row(_("Licensed pieces"), self.quantity)
        self.expires = text_field(placeholder=_("YYYY-MM-DD; empty: no end"))
        self.add_row(_("Licence ends"), self.expires)
        self.trial = CheckField(_("Trial: watermarked, needs no qualification, is never delivered"))
        self.add_row("", self.trial)
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.folder = FolderField(str(context.state.value(FOLDER, documents)))
        self.add_row(_("Folder"), self.folder)
        self.preflight = StatedList(_("Preflight"))
        self.preflight.say("none", _("Checking…"))
        self.add_row(_("Preflight"), self.preflight)
        self.manifest = ManifestTable(context.jobs)
        self.add_wide(self.manifest)
        self.key = KeyFields(context, self)
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self._check_now)
        self.provider.currentIndexChanged.connect(self._ask_again)
        self.quantity.valueChanged.connect(self._ask_again)
        self.expires.textChanged.connect(self._ask_again)
        self.trial.toggled.connect(self._ask_again)
        self._show_checked(None)
        self._fetch_providers()

    @property
    def exported(self) -> ExportedPackage | None:
        """What left, once it has."""
        return self.outcome if isinstance(self.outcome, ExportedPackage) else None

    def prepare(self) -> Work:
        """Read the fields; what leaves is what the manifest shows."""
        checked, folder, context = self._checked, self.folder.text().strip(), self._context
        if checked is None or checked.prepared is None:
            raise RuleViolation(_("The package has not passed its preflight yet."))
        if not folder:
            raise RuleViolation(_("Name the folder that gets the package."))
        open_key, out = self.key.opener(), Path(folder).expanduser()
        today, user, services = context.today(), context.user, context.services
        context.state.setValue(FOLDER, folder)

        def work(progress: Progress) -> ExportedPackage:
            progress.report(0.05, _("Opening the key"))
            key = open_key()
            return export_package(
                services.library,
                checked.order,
                out=out,
                key=key,
                workers=services.workers,
                who=user,
                today=today,
                progress=progress.part(0.2, 1.0),
                prepared=checked.prepared,
            )

        return work

    def succeed(self, outcome: Any) -> None:
        """Say where the package is and offer its folder."""
        exported: ExportedPackage = outcome
        self.show_result(
            _("{file} is in {folder}.").format(
                file=exported.file.name, folder=exported.file.parent
            ),
            _("Open folder"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(exported.file.parent))),
        )

    def _fail(self, error: AppError) -> None:
        super()._fail(error)
        self.key.look_again()
        if isinstance(error, RuleViolation):
            self._ask_again()  # what was prepared can leave no more

    def done(self, arg__1: int) -> None:
        self._wait.stop()
        self._stop_check()
        super().done(arg__1)

    def _fetch_providers(self) -> None:
        library = self._context.services.library

        def fetch(progress: Progress) -> list[Provider]:
            with library.reading() as read:
                return read.fetch(Provider)

        self.read(fetch, self._take_providers)

    def _take_providers(self, providers: list[Provider]) -> None:
        self.provider.blockSignals(True)
        for provider in providers:
            self.provider.addItem(f"{provider.name} ({provider.code})", provider.code)
        place = self.provider.findData(self._preferred)
        self.provider.setCurrentIndex(max(place, 0) if providers else -1)
        self.provider.blockSignals(False)
        self._check_now()

    def _ask_again(self) -> None:
        self._show_checked(None)
        self._wait.start()

    def _order(self) -> ExportOrder:
        if self.provider.currentIndex() < 0:
            raise RuleViolation(
                _("No provider is registered. Enter one from the further acts of the part.")
            )
        return ExportOrder(
            part_number=self._part_number,
            provider=str(self.provider.currentData()),
            quantity=self.quantity.value(),
            trial=self.trial.isChecked(),
            expires_on=self._last_day(),
        )

    def _last_day(self) -> date | None:
        return read_day(self.expires.text(), _("Licence ends"))

    def _check_now(self) -> None:
        """Check and, if nothing stands against it, make the package that would leave."""
        self._stop_check()
        try:
            order = self._order()
        except RuleViolation as error:
            self.preflight.say("danger", str(error))
            return
        self.preflight.say("none", _("Checking…"))
        services, today = self._context.services, self._context.today()

        def check(progress: Progress) -> _Checked:
            blockers = check_package(services.library, order, today=today)
            prepared = None
            if not blockers:
                prepared = prepare_package(
                    services.library,
                    order,
                    workers=services.workers,
                    today=today,
                    progress=progress,
                )
            return _Checked(order, blockers, prepared)

        self._check = self._context.jobs.start(
            check, owner=self, done=self._take_checked, failed=self._fail_check
        )

    def _stop_check(self) -> None:
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def _take_checked(self, checked: _Checked) -> None:
        if self._wait.isActive():
            return
        self._check = None
        self.preflight.show_lines(_preflight_lines(checked))
        self._show_checked(checked)

    def _fail_check(self, error: AppError) -> None:
        self._check = None
        self.preflight.say("danger", str(error))

    def _show_checked(self, checked: _Checked | None) -> None:
        self._checked = checked
        prepared = checked.prepared if checked is not None else None
        self.verb_button.setEnabled(prepared is not None)
        self.manifest.setVisible(prepared is not None)
        if prepared is None:
            return
        self.manifest.show_files(prepared.files)


def _preflight_lines(checked: _Checked) -> list[tuple[str, str]]:
    """Return what stands against the package, all of it, or that nothing does."""
    count = len(checked.blockers)
    if count:
        head = ngettext(
            "{count} reason stands against it:", "{count} reasons stand against it:", count
        ).format(count=count)
        return [("", head), *(("danger", blocker.text) for blocker in checked.blockers)]
    lines = [("good", _("Nothing stands against it."))]
    dropped = checked.prepared.dropped_triangles if checked.prepared is not None else 0
    if dropped:
        text = ngettext(
            "{count} collapsed triangle is left out of the 3MF.",
            "{count} collapsed triangles are left out of the 3MF.",
            dropped,
        ).format(count=dropped)
        lines.append(("note", text))
    return lines
