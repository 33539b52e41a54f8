"""Use case: issue certificates for several lots, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import AppError, Cancelled
from app.base.i18n import _
from app.base.progress import Progress
from app.documents.signing.signature import SigningKey
from app.domain.certificates.certificate import Certificate, CertificateType
from app.domain.certificates.certificate_batch import BatchCase, BatchOutcome
from app.domain.changes import Changes
from app.services.certificates.certificate_draft import CertificateOrder
from app.services.certificates.check_batch import check_batch
from app.services.certificates.issue_certificate import issue_certificate
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library


def issue_batch(
    library: Library,
    lots: Sequence[str],
    type_: CertificateType,
    *,
    name_file: Callable[[CertificateOrder], Path],
    key: SigningKey,
    workers: WorkerPool,
    who: str,
    progress: Progress,
) -> BatchOutcome:
    """Issue for each lot that nothing stands against; one that fails keeps none back.

    Args:
        name_file: returns the PDF to write for an order; asked just before it is written.
        progress: asked between two lots whether to stop; what was issued by then stays issued.
    """
    cases = check_batch(library, lots, type_, who=who)
    ready = [case for case in cases if not case.refusal]
    refused = [case for case in cases if case.refusal]
    issued: list[Certificate] = []
    without_picture: list[str] = []
    changes = Changes()
    for number, case in enumerate(ready):
        order = CertificateOrder(lot=case.lot, type=type_)
        try:
            progress.report(number / len(ready), case.lot)
            done = issue_certificate(
                library,
                order,
                out=name_file(order),
                key=key,
                workers=workers,
                who=who,
                progress=progress.part(number / len(ready), (number + 1) / len(ready)),
            )
        except Cancelled:
            if not issued:
                raise
            refused += [
                BatchCase(left.lot, _("Stopped before its turn.")) for left in ready[number:]
            ]
            break
        except AppError as error:
            refused.append(BatchCase(case.lot, str(error)))
            continue
        issued.append(done.certificate)
        changes |= done.changes
        if not done.has_picture:
            without_picture.append(done.certificate.number)
    return BatchOutcome(tuple(issued), tuple(refused), tuple(without_picture), changes)
