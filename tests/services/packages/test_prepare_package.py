"""A package is looked at before it leaves: exactly what was shown leaves, or nothing."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.base.errors import RuleViolation
from app.base.progress import Progress
from app.documents.packages.print_package import open_package
from app.domain.packages.print_package import PrintPackage
from app.services.packages.check_package import ExportOrder
from app.services.packages.export_package import ExportedPackage, export_package
from app.services.packages.prepare_package import PreparedPackage, prepare_package
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import AUTHOR, KEY, NUMBER, PROVIDER, Chain
from helpers.signed_samples import TODAY

ORDER = ExportOrder(part_number=NUMBER, provider=PROVIDER, quantity=5)


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    return Chain(library, workers, tmp_path)


def _prepare(chain: Chain) -> PreparedPackage:
    return prepare_package(
        chain.library, ORDER, workers=chain.workers, today=TODAY, progress=Progress()
    )


def _export(chain: Chain, prepared: PreparedPackage, order: ExportOrder = ORDER) -> ExportedPackage:
    return export_package(
        chain.library,
        order,
        out=chain.folder / "out",
        key=KEY,
        workers=chain.workers,
        who=AUTHOR,
        today=TODAY,
        progress=Progress(),
        prepared=prepared,
    )


def test_what_was_shown_is_what_leaves(chain: Chain) -> None:
    chain.qualify()
    prepared = _prepare(chain)
    exported = _export(chain, prepared)
    assert exported.record.number == prepared.content.number == "P-2026-0001"
    opened = open_package(exported.file.read_bytes())
    shown = {file.name: (file.sha256, file.size_bytes) for file in prepared.files}
    found = {
        name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in opened.files.items()
    }
    assert shown == found


def test_preparing_records_nothing(chain: Chain) -> None:
    chain.qualify()
    _prepare(chain)
    with chain.library.reading() as read:
        assert read.fetch(PrintPackage) == []


def test_a_number_taken_meanwhile_is_not_replaced_behind_the_back(chain: Chain) -> None:
    chain.qualify()
    prepared = _prepare(chain)
    chain.export()
    (chain.folder / "out" / "P-2026-0001.everspare").rename(chain.folder / "elsewhere")
    with pytest.raises(RuleViolation, match="P-2026-0001 was taken"):
        _export(chain, prepared)
    assert not (chain.folder / "out" / "P-2026-0001.everspare").exists()


def test_another_order_than_the_prepared_one_is_our_bug(chain: Chain) -> None:
    chain.qualify()
    with pytest.raises(ValueError, match="another order"):
        _export(chain, _prepare(chain), replace(ORDER, quantity=6))
