"""Where certificates go, and what stays when they cannot get there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.base import atomic_file
from app.base.errors import NotFound, RuleViolation, StorageError
from app.base.progress import Progress
from app.domain.certificates.certificate import Certificate
from app.services.certificates import issue_certificate as issuing
from app.services.packages.copy_issued_file import copy_issued_file
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import Chain


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    made = Chain(library, workers, tmp_path)
    made.own()
    made.qualify()
    made.export()
    made.deliver()
    return made


def nothing_left(library: Library) -> bool:
    with library.reading() as read:
        assert read.count(Certificate) == 0
    assert list((library.path / "objects" / "incoming").iterdir()) == []
    return library.check(Progress()).clean


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_refusing_folder_uses_no_number(
    chain: Chain, library: Library, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(path: Path, data: bytes, mode: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(atomic_file, "_write_synced", refuse)
        with pytest.raises(StorageError, match=r"cannot be written|No space is left"):
            chain.issue("c.pdf")
    assert nothing_left(library)
    assert chain.issue("c.pdf").certificate.number == "C-2026-0001"


def test_a_refused_replacement_leaves_no_file_in_the_library(
    chain: Chain, library: Library
) -> None:
    with pytest.raises(NotFound, match="no certificate C-1"):
        chain.issue("c.pdf", supersedes="C-1")
    assert nothing_left(library)
    assert not (chain.folder / "c.pdf").exists()


def test_blanks_round_the_replaced_number_do_not_matter(chain: Chain, library: Library) -> None:
    chain.issue("1.pdf")
    second = chain.issue("2.pdf", supersedes=" C-2026-0001 ").certificate
    assert second.supersedes == "C-2026-0001"
    with pytest.raises(RuleViolation, match="already"):
        chain.issue("3.pdf", supersedes="C-2026-0001")


def test_a_name_taken_at_the_last_moment_names_number_and_way_out(
    chain: Chain, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = issuing.hand_over

    def taken(staged: atomic_file.StagedFile, number: str) -> None:
        staged.path.write_bytes(b"somebody's")
        real(staged, number)

    monkeypatch.setattr(issuing, "hand_over", taken)
    with pytest.raises(StorageError, match="C-2026-0001 is issued and recorded") as caught:
        chain.issue("c.pdf")
    assert "reissue C-2026-0001" in caught.value.hint
    assert (chain.folder / "c.pdf").read_bytes() == b"somebody's"
    copied = copy_issued_file(library, "C-2026-0001", chain.folder / "again.pdf")
    assert copied.read_bytes().startswith(b"%PDF-")


def test_every_missing_field_is_named_at_once(chain: Chain) -> None:
    with pytest.raises(
        RuleViolation, match=r"missing: requirements .*, place of issue, signatory's function"
    ):
        chain.issue("c.pdf", requirements=(" ",), place=" ", function=" ")
