"""Genuine packages that must not be used any more: the library that issued them says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.base.errors import RuleViolation
from app.base.progress import Progress
from app.domain.certificates.certificate import CertificateType
from app.domain.packages.verification import Verdict, Verification
from app.domain.qualification.print_definition import Binding
from app.services.catalog.release_revision import release_revision
from app.services.catalog.revise_part import revise_part
from app.services.certificates.certificate_draft import CertificateOrder, draft_certificate
from app.services.certificates.issue_certificate import issue_certificate
from app.services.packages.verify_file import verify_file
from app.services.qualification.approve_qualification import approve_qualification
from app.services.qualification.block_qualification import block_qualification
from app.services.qualification.define_print import DefinitionEdit, define_print
from app.services.qualification.release_definition import release_definition
from app.services.qualification.submit_qualification import submit_qualification
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, AUTHOR, KEY, NUMBER, Chain
from helpers.signed_samples import TODAY, definition_field, trusted

LATER = date(2030, 1, 2)


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    made = Chain(library, workers, tmp_path)
    made.qualify()
    return made


def verify(file: Path, library: Library | None, today: date = TODAY) -> Verification:
    return verify_file(file, (trusted(KEY),), today=today, library=library)


def is_over(answer: Verification) -> bool:
    return (answer.verdict, answer.exit_status) == (Verdict.NO_LONGER_CURRENT, 3)


def test_a_package_of_an_older_revision(chain: Chain, library: Library) -> None:
    file = chain.export().file
    draft, _changes = revise_part(library, NUMBER, who=AUTHOR, why="stronger rib")
    assert verify(file, library).verdict is Verdict.GENUINE
    release_revision(library, draft.id, who=AUTHOR)
    answer = verify(file, library)
    assert is_over(answer)
    assert "Revision A in this package is obsolete" in answer.reason
    assert verify(file, None).verdict is Verdict.GENUINE


def test_a_package_whose_qualification_was_blocked(chain: Chain, library: Library) -> None:
    exported = chain.export()
    assert exported.record.qualification_id is not None
    block_qualification(library, exported.record.qualification_id, who=APPROVER, why="cracks")
    answer = verify(exported.file, library)
    assert is_over(answer)
    assert "blocked" in answer.reason


def test_a_package_whose_qualification_ended_until_it_is_renewed(
    chain: Chain, library: Library
) -> None:
    file = chain.export().file
    assert verify(file, library, date(2029, 11, 23)).verdict is Verdict.GENUINE
    answer = verify(file, library, LATER)
    assert is_over(answer)
    assert "ended on 2029-11-23" in answer.reason
    again = chain.start()
    chain.prove(again, b"tested again")
    submit_qualification(library, again.id, who=AUTHOR, today=LATER)
    approve_qualification(library, again.id, who=APPROVER, today=LATER)
    assert verify(file, library, LATER).verdict is Verdict.GENUINE


def test_a_trial_has_no_qualification_that_could_end(chain: Chain, library: Library) -> None:
    file = chain.export(trial=True).file
    assert verify(file, library, LATER).verdict is Verdict.GENUINE


def test_no_certificate_for_a_lot_of_a_blocked_qualification(
    chain: Chain, library: Library
) -> None:
    chain.own()
    exported = chain.export()
    chain.deliver()
    assert exported.record.qualification_id is not None
    block_qualification(library, exported.record.qualification_id, who=APPROVER, why="cracks.")
    order = CertificateOrder(lot="L-1", type=CertificateType.DECLARATION)
    with pytest.raises(RuleViolation, match=r"L-1 was made under .* is blocked: cracks\.$"):
        issue_certificate(
            library,
            order,
            out=chain.folder / "c.pdf",
            key=KEY,
            workers=chain.workers,
            who=APPROVER,
            progress=Progress(),
        )
    assert not (chain.folder / "c.pdf").exists()
    draft = draft_certificate(
        library, order, workers=chain.workers, who=APPROVER, progress=Progress()
    )
    assert draft.startswith(b"%PDF-")


def test_a_serial_is_given_once_for_a_part_whatever_its_recipe(
    chain: Chain, library: Library
) -> None:
    chain.export()
    chain.deliver()
    wider = definition_field("infill_percent", Binding.RANGE, minimum=30.0, maximum=70.0)
    define_print(library, NUMBER, DefinitionEdit(fields=(wider,), reason="supply"), who=AUTHOR)
    release_definition(library, NUMBER, who=APPROVER)
    second = chain.export().record.number
    with pytest.raises(RuleViolation, match="A-002 belongs to lot L-1"):
        chain.deliver("L-2", package=second, quantity=1, serials=(" A-002 ",))
    assert chain.deliver("L-2", package=second, quantity=1, serials=("A-004",)).number == "L-2"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"quantity": 10**30, "serials": ()}, "pieces at most"),
        ({"quantity": 0, "serials": ()}, "at least one piece"),
        ({"quantity": -3, "serials": ()}, "at least one piece"),
        ({"quantity": 1, "serials": (" ",)}, "serial number is empty"),
    ],
)
def test_a_lot_nobody_can_mean_is_a_sentence(
    chain: Chain, more: dict[str, object], words: str
) -> None:
    chain.export()
    with pytest.raises(RuleViolation, match=words):
        chain.deliver(**more)
