"""Export and certify in processes that die at their n-th step, for every n until none is left.

Run as a program: `python dying_issues.py ACT TEMPLATE PLACE`. For n = 1, 2, 3 … the library in
TEMPLATE is copied to PLACE/n and the act is done there by a process that ends itself, without any
clean-up, just before its n-th write: a file opened for writing, linked, renamed or removed, or a
transaction that ends. (Inside a transaction SQLite's own rollback makes all moments one.) The last
folder is the one in which the act came through.
"""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from pathlib import Path

DIED, DONE = 77, 0
_FILE_EVENTS = {"os.link", "os.rename", "os.remove", "os.mkdir"}


class _Fuse:
    """Counts writes and ends the process at the last one allowed."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def count(self) -> None:
        self.left -= 1
        if self.left == 0:
            os._exit(DIED)

    def on_event(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in _FILE_EVENTS or (event == "open" and _writes(arguments)):
            self.count()

    def on_commit(self, _connection: object) -> None:
        self.count()


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _act(name: str, folder: Path, template: Path, fuse: _Fuse | None) -> None:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    from app.base.clock import FixedClock
    from app.base.progress import Progress
    from app.domain.certificates.certificate import CertificateType
    from app.services.certificates.certificate_draft import CertificateOrder
    from app.services.certificates.issue_certificate import issue_certificate
    from app.services.packages.export_package import export_package
    from app.storage.opening import open_library
    from helpers.chain import APPROVER, AUTHOR, KEY
    from helpers.signed_samples import NOW, TODAY

    library = open_library(folder / "library", clock=FixedClock(NOW))
    if fuse is not None:
        event.listen(Engine, "commit", fuse.on_commit)
        sys.addaudithook(fuse.on_event)
    if name == "export":
        prepared = pickle.loads((template / "prepared.pickle").read_bytes())
        export_package(
            library,
            prepared.order,
            out=folder / "out",
            key=KEY,
            workers=None,  # type: ignore[arg-type]  # everything they do is prepared
            who=AUTHOR,
            today=TODAY,
            progress=Progress(),
            prepared=prepared,
        )
    else:
        issue_certificate(
            library,
            CertificateOrder(lot="L-1", type=CertificateType.DECLARATION),
            out=folder / "out" / "c.pdf",
            key=KEY,
            workers=None,  # type: ignore[arg-type]  # the picture is in the cache
            who=APPROVER,
            progress=Progress(),
        )
    library.close()


def _run_until(name: str, template: Path, folder: Path, steps: int) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        fuse = _Fuse(steps)
        _act(name, folder, template, fuse)
        os._exit(DONE)
    except BaseException as error:  # a forked copy must never run on into the program above it
        sys.stderr.write(repr(error))
        os._exit(1)


def main(name: str, template: Path, place: Path) -> int:
    # Once in peace, before the forks: whatever is imported and cached late is there for all.
    shutil.copytree(template / "library", template / "peace" / "library")
    _act(name, template / "peace", template, None)
    for steps in range(1, 400):
        folder = place / f"{steps:03d}"
        shutil.copytree(template / "library", folder / "library")
        status = _run_until(name, template, folder, steps)
        if status != DIED:
            return status
    return 1


if __name__ == "__main__":
    tests = Path(__file__).resolve().parents[1]
    sys.path[:0] = [str(tests), str(tests.parent)]
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
