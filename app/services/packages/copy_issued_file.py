"""Use case: hand out again, byte for byte, a package or certificate that was issued before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.base.atomic_file import write_atomically
from app.base.errors import NotFound
from app.base.i18n import _
from app.domain.certificates.certificate import Certificate
from app.domain.packages.print_package import PrintPackage

if TYPE_CHECKING:
    from app.storage.library import Library


def copy_issued_file(library: Library, number: str, out: Path) -> Path:
    """Write the file that left under this number.

    Args:
        number: of a package or a certificate.
        out: a folder, or the file to write; an existing file is not replaced.

    Raises:
        NotFound: nothing was issued under this number.
        StorageError: the stored file has changed, or the copy cannot be written.
    """
    with library.reading() as read:
        issued = read.find(PrintPackage, number=number) or read.find(Certificate, number=number)
    if issued is None:
        raise NotFound(_("Nothing was issued under the number {number}.").format(number=number))
    target = out / issued.file_name if out.is_dir() else out
    write_atomically(target, library.objects.read_bytes(issued.sha256), overwrite=False)
    return target
