"""Issues certificates for several lots; what stands against one is told before anybody signs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QWidget

from app.base.errors import AppError, RuleViolation
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.base.progress import Progress
from app.domain.certificates.certificate import CertificateType
from app.domain.certificates.certificate_batch import BatchCase, BatchOutcome
from app.services.certificates.check_batch import check_batch
from app.services.certificates.issue_batch import issue_batch
from app.ui.certificates.certificate_words import (
    certificate_type_word,
    certificates_text,
    lots_text,
)
from app.ui.certificates.certify_dialog import FOLDER, free_name
from app.ui.context import UiContext
from app.ui.packages.issued_acts import show_in_system
from app.ui.packages.key_fields import KeyFields
from app.ui.widgets.act_dialog import ActDialog, Work, choice
from app.ui.widgets.folder_field import FolderField
from app.ui.widgets.panels import column, row, scrolled
from app.ui.widgets.stated_list import StatedList

_WIDTH, _LIST_HEIGHT = 680, 220


class BatchDialog(ActDialog):
    """Type, folder and key for all; exceptions first."""

    def __init__(
        self, context: UiContext, lots: Sequence[str], parent: QWidget | None = None
    ) -> None:
        title = _("Issue certificates for {lots}").format(lots=lots_text(len(lots)))
        super().__init__(context.jobs, context.bus, title, _("Issue certificates"), parent)
        self._context, self._lots = context, tuple(lots)
        self._asked: CertificateType | None = None
        self.setMinimumWidth(_WIDTH)
        self.type = choice([(certificate_type_word(kind), kind) for kind in CertificateType])
        self.add_row(_("Type"), self.type)
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.folder = FolderField(str(context.state.value(FOLDER, documents)))
        self.add_row(_("Folder"), self.folder)
        self.stated = StatedList(_("Preflight"))
        lines = QWidget()
        lines.setLayout(column(self.stated, None))
        area = scrolled(lines)
        area.setFixedHeight(_LIST_HEIGHT)
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setAccessibleName(_("Preflight"))
        listed = QWidget()
        listed.setLayout(row(area))
        self.add_row(_("Preflight"), listed)
        self.key = KeyFields(context, self)
        self.type.currentIndexChanged.connect(self._check)
        self._check()

    def prepare(self) -> Work:
        """Read the fields."""
        folder = self.folder.text().strip()
        if not folder:
            raise RuleViolation(_("Name the folder that gets the certificates."))
        context, lots, kind = self._context, self._lots, self._kind()
        services, user, open_key = context.services, context.user, self.key.opener()
        context.state.setValue(FOLDER, folder)
        name_file = partial(free_name, Path(folder).expanduser())

        def work(progress: Progress) -> BatchOutcome:
            progress.report(0.02, _("Opening the key"))
            return issue_batch(
                services.library,
                lots,
                kind,
                name_file=name_file,
                key=open_key(),
                workers=services.workers,
                who=user,
                progress=progress.part(0.1, 1.0),
            )

        return work

    def succeed(self, outcome: Any) -> None:
        """Say how many are issued, and which are not."""
        done: BatchOutcome = outcome
        self.stated.show_lines([*_refusals(done.refused), *_issued(done)])
        folder = Path(self.folder.text().strip()).expanduser()
        if not done.issued:
            self.refuse(RuleViolation(_("No certificate was issued; each lot says why.")))
            return
        text = _("{certificates} issued in {folder}.").format(
            certificates=certificates_text(len(done.issued)), folder=folder
        )
        if done.refused:
            text = " ".join((text, _left(len(done.refused))))
        self.show_result(text, _("Open folder"), partial(show_in_system, folder))

    def _fail(self, error: AppError) -> None:
        super()._fail(error)
        self.key.look_again()

    def _kind(self) -> CertificateType:
        return CertificateType(self.type.currentData())

    def _check(self) -> None:
        """Say of each lot what stands against it."""
        kind, lots = self._kind(), self._lots
        library, user = self._context.services.library, self._context.user
        self._asked = kind

        def take(cases: Sequence[BatchCase]) -> None:
            if kind is not self._asked:
                return
            ready = sum(not case.refusal for case in cases)
            lines = _refusals([case for case in cases if case.refusal])
            if ready:
                text = ngettext(
                    "Nothing stands against {count} lot.",
                    "Nothing stands against {count} lots.",
                    ready,
                ).format(count=figure(ready))
                lines.append(("good", text))
            self.stated.show_lines(lines)
            self.verb_button.setEnabled(bool(ready))

        self.read(lambda progress: check_batch(library, lots, kind, who=user), take)


def _refusals(cases: Sequence[BatchCase]) -> list[tuple[str, str]]:
    return [
        ("danger", _("Lot {number}: {reason}").format(number=case.lot, reason=case.refusal))
        for case in cases
    ]


def _issued(done: BatchOutcome) -> list[tuple[str, str]]:
    lines = []
    for item in done.issued:
        text = _("Certificate {number}: {file}").format(number=item.number, file=item.file_name)
        plain = item.number in done.without_picture
        mark = "warning" if plain else "good"
        note = _("The part's picture could not be drawn and is left out.")
        lines.append((mark, f"{text}. {note}" if plain else text))
    return lines


def _left(count: int) -> str:
    text = ngettext("{count} lot is left out.", "{count} lots are left out.", count)
    return text.format(count=figure(count))
