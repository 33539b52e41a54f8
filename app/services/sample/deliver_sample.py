"""The part of the sample that left the house: packages, delivered lots, certificates."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.base.i18n import _
from app.base.progress import Progress
from app.documents.signing.signature import SigningKey
from app.domain.certificates.certificate import Certificate, CertificateType, Lot
from app.domain.certificates.lot_rules import expand_serials
from app.services.certificates.book_lot import Delivery, book_lot
from app.services.certificates.certificate_draft import CertificateOrder
from app.services.certificates.issue_certificate import issue_certificate
from app.services.certificates.withdraw_certificate import withdraw_certificate
from app.services.packages.check_package import ExportOrder
from app.services.packages.export_package import export_package
from app.services.sample.demonstration_key import open_demonstration_key
from app.services.sample.sample_story import SampleStory, move_date
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library

PLACE = "Siegen"


def deliver_sample(
    library: Library, story: SampleStory, *, workers: WorkerPool, progress: Progress
) -> None:
    """Export packages, book what was made under them, and certify it, with the demonstration key.

    The files themselves stay in the library; nothing is left in a folder of the user's.

    Raises:
        StorageError: the library cannot be written.
        Cancelled: stopped; what was made so far stays.
    """
    key = open_demonstration_key(library)
    if key is None:
        raise ValueError("the sample's key is made before anything is delivered")
    with tempfile.TemporaryDirectory(prefix="everspare-sample-") as folder:
        sending = _Sending(library, story, workers, key, Path(folder))
        packing, certifying = progress.part(0.0, 0.6), progress.part(0.6, 1.0)
        for entry in packing.track(story.records["package"], _("Packing sample parts")):
            sending.pack(entry)
        for entry in story.records["lot"]:
            sending.book(entry, part_number=entry["part"], provider=entry["provider"])
        for entry in certifying.track(story.records["certificate"], _("Certifying sample lots")):
            sending.certify(entry)
    progress.finish()


class _Sending:
    """What every delivery needs: library, people, key and a folder for files."""

    def __init__(
        self,
        library: Library,
        story: SampleStory,
        workers: WorkerPool,
        key: SigningKey,
        folder: Path,
    ) -> None:
        self._library, self._story, self._workers = library, story, workers
        self._key, self._folder = key, folder
        self._who = story.person("quality")

    def pack(self, entry: dict[str, Any]) -> None:
        """Export one package and book the lots made under it."""
        order = ExportOrder(
            part_number=entry["part"],
            provider=entry["provider"],
            quantity=entry["quantity"],
            trial=entry.get("trial", False),
            expires_on=self._licence_end(entry),
        )
        exported = export_package(
            self._library,
            order,
            out=self._folder,
            key=self._key,
            workers=self._workers,
            who=self._who,
            today=self._story.today,
            progress=Progress(),
        )
        for lot in entry["lots"]:
            self.book(lot, package=exported.record.number)

    def _licence_end(self, entry: dict[str, Any]) -> date | None:
        months: int | None = entry.get("licence_months")
        return move_date(self._story.today, months) if months else None

    def book(
        self, entry: dict[str, Any], *, part_number: str = "", provider: str = "", package: str = ""
    ) -> None:
        delivery = Delivery(
            number=entry["number"],
            part_number=part_number,
            provider=provider,
            package=package,
            quantity=entry["quantity"],
            serials=expand_serials(entry.get("serials", "")),
            order_reference=entry["order_reference"],
            purchaser=entry["purchaser"],
            delivered_on=self._story.today,
        )
        book_lot(self._library, delivery, who=self._who)

    def certify(self, entry: dict[str, Any]) -> None:
        """Issue one certificate; it supersedes the one before, or is withdrawn, if told so."""
        order = CertificateOrder(
            lot=entry["lot"],
            type=CertificateType(entry["type"]),
            place=PLACE,
            function=_("Quality"),
            requirements=tuple(entry.get("requirements", ())),
            supersedes=self._earlier(entry) if entry.get("supersedes_previous") else "",
        )
        issued = issue_certificate(
            self._library,
            order,
            out=self._folder / f"{len(list(self._folder.iterdir()))}.pdf",
            key=self._key,
            workers=self._workers,
            who=self._who,
            progress=Progress(),
        )
        if "withdrawn" in entry:
            number = issued.certificate.number
            withdraw_certificate(self._library, number, who=self._who, why=entry["withdrawn"])

    def _earlier(self, entry: dict[str, Any]) -> str:
        with self._library.reading() as read:
            lot = read.one(Lot, number=entry["lot"])
            return read.fetch(Certificate, lot_id=lot.id)[-1].number
