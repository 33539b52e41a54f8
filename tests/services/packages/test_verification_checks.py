"""A verification check by check: each file that somebody may hand over, and what is said of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.packages.verification import LogRecord, TrustedKey, Verdict, Verification
from app.domain.packages.verification_checks import CheckResult, explain_verification
from app.services.certificates.withdraw_certificate import withdraw_certificate
from app.services.packages.verify_file import verify_file
from app.services.qualification.block_qualification import block_qualification
from app.storage.library import Library
from app.storage.opening import open_library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, KEY, Chain
from helpers.signed_samples import TODAY, trusted

PASSED, DOUBTFUL = CheckResult.PASSED, CheckResult.DOUBTFUL
FAILED, NOT_MADE = CheckResult.FAILED, CheckResult.NOT_MADE


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    made = Chain(library, workers, tmp_path)
    made.own()
    made.qualify()
    return made


def verify(
    file: Path,
    library: Library | None,
    keys: tuple[TrustedKey, ...] = (trusted(KEY),),
    today: date = TODAY,
) -> Verification:
    return verify_file(file, keys, today=today, library=library)


def results(answer: Verification) -> list[CheckResult]:
    return [check.result for check in explain_verification(answer)]


def texts(answer: Verification) -> str:
    return "\n".join(check.text for check in explain_verification(answer))


def test_a_current_package_passes_every_check(chain: Chain, library: Library) -> None:
    answer = verify(chain.export().file, library)
    assert results(answer) == [PASSED] * 4
    assert answer.record is LogRecord.KNOWN
    assert "issued exactly this file as P-2026-0001" in texts(answer)
    assert "still hold" in texts(answer)


def test_a_changed_byte_fails_the_first_check_and_ends_the_others(chain: Chain) -> None:
    file = chain.export().file
    data = bytearray(file.read_bytes())
    data[-200] ^= 1
    file.write_bytes(data)
    assert results(verify(file, chain.library)) == [FAILED, NOT_MADE]


def test_an_unknown_key_is_named(chain: Chain, library: Library) -> None:
    answer = verify(chain.export().file, library, keys=())
    assert results(answer) == [PASSED, FAILED, NOT_MADE]
    assert KEY.fingerprint in texts(answer)


def test_a_demonstration_key_is_doubtful(chain: Chain, library: Library) -> None:
    key = replace(trusted(KEY), demonstration=True)
    answer = verify(chain.export().file, library, keys=(key,))
    assert answer.verdict is Verdict.GENUINE
    assert results(answer) == [PASSED, DOUBTFUL, PASSED, PASSED]


def test_without_a_library_nobody_can_say_whether_it_is_current(chain: Chain) -> None:
    answer = verify(chain.export().file, None)
    assert answer.record is LogRecord.NOT_ASKED
    assert results(answer) == [PASSED, PASSED, NOT_MADE]


def test_what_another_library_issued(chain: Chain, library: Library) -> None:
    answer = verify(chain.export().file, None)
    other = replace(answer, record=LogRecord.OF_ANOTHER_LIBRARY)
    assert results(other) == [PASSED, PASSED, NOT_MADE]
    assert "ask its owner" in texts(other)


def test_an_older_copy_of_the_library_does_not_know_the_file(
    chain: Chain, library: Library, tmp_path: Path
) -> None:
    older = tmp_path / "restored"
    shutil.copytree(library.path, older)
    file = chain.export().file
    restored = open_library(older)
    try:
        answer = verify(file, restored)
    finally:
        restored.close()
    assert answer.record is LogRecord.MISSING
    assert answer.verdict is Verdict.GENUINE
    assert results(answer) == [PASSED, PASSED, DOUBTFUL]


def test_blocked_and_out_of_licence_are_both_told(chain: Chain, library: Library) -> None:
    exported = chain.export(expires_on=date(2026, 12, 24))
    assert exported.record.qualification_id is not None
    block_qualification(library, exported.record.qualification_id, who=APPROVER, why="cracks")
    answer = verify(exported.file, library, today=date(2027, 1, 2))
    assert answer.verdict is Verdict.NO_LONGER_CURRENT
    assert results(answer) == [PASSED, PASSED, PASSED, FAILED]
    assert "licence ended on 2026-12-24" in answer.ended
    assert "has been blocked" in answer.ended
    assert verify(exported.file, None, today=date(2027, 1, 2)).ended == (
        "The licence ended on 2026-12-24."
    )


def test_a_withdrawn_certificate(chain: Chain, library: Library) -> None:
    chain.export()
    chain.deliver()
    issued = chain.issue()
    current = verify(issued.file, library)
    assert results(current) == [PASSED] * 4
    assert "neither superseded nor withdrawn" in texts(current)
    withdraw_certificate(library, issued.certificate.number, who=APPROVER, why="wrong lot")
    over = verify(issued.file, library)
    assert results(over) == [PASSED, PASSED, PASSED, FAILED]
    assert "has been withdrawn" in texts(over)
