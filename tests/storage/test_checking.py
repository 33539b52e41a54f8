"""`check` finds what was changed outside Everspare, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from app.base.errors import Cancelled
from app.base.progress import Progress
from app.domain.audit.check_report import ProblemKind
from app.domain.catalog.part import Part
from app.storage.library import Library
from app.storage.objects import Staged
from app.storage.opening import open_library
from helpers.builders import part, parts, revision


@pytest.fixture
def filled(library: Library) -> Library:
    with library.writing(who="Anna", act="add parts") as write:
        ids = write.insert(parts(20))
        write.insert([revision(i) for i in ids])
        write.keep_bytes(b"first file")
        write.keep_bytes(b"second file")
    with library.writing(who="Ben", act="rename") as write:
        write.update(replace(write.one(Part, id=3), name="Knob"))
    with library.writing(who="Ben", act="remove") as write:
        extra = write.insert([part("gone")])
        write.delete(Part, extra)
    return library


def problems(library: Library) -> list[tuple[ProblemKind, str]]:
    return [(p.kind, p.where) for p in library.check(Progress()).problems]


def tamper(library: Library, *statements: str) -> None:
    """Change the database as somebody would who knows how to remove the guards."""
    with closing(sqlite3.connect(library.path / "library.sqlite")) as connection:
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _name, sql in guards:
            connection.execute(sql)
        connection.commit()


def test_an_honest_library_is_clean(filled: Library) -> None:
    report = filled.check(Progress())
    assert report.clean
    assert (report.files_checked, report.rows_checked) == (2, 42)
    assert report.change_sets_checked == 3
    assert len(report.chain_head) == 64


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda path: path.write_bytes(b"second filE"), ProblemKind.FILE_CHANGED),
        (lambda path: path.unlink(), ProblemKind.FILE_MISSING),
        (lambda path: path.with_name("f" * 62).write_bytes(b"x"), ProblemKind.FILE_SURPLUS),
    ],
)
def test_spoiled_files_are_found(
    filled: Library, spoil: Callable[[object], object], expected: ProblemKind
) -> None:
    hashes = sorted(filled.objects.stored_hashes())
    spoil(filled.objects.path_of(hashes[0]))
    found = problems(filled)
    assert [kind for kind, _where in found] == [expected]


@pytest.mark.parametrize(
    ("statement", "kind", "where"),
    [
        ("UPDATE part SET name = 'Forged' WHERE id = 5", ProblemKind.ROW_CHANGED, "part 5"),
        ("UPDATE part SET version = 9 WHERE id = 5", ProblemKind.ROW_CHANGED, "part 5"),
        ("UPDATE part SET digest = 'x' WHERE id = 5", ProblemKind.ROW_CHANGED, "part 5"),
        ("DELETE FROM part_revision WHERE id = 7", ProblemKind.ROW_MISSING, "part_revision 7"),
        (
            "INSERT INTO part_revision SELECT 99, version, digest, part_id, 'Z', state, reason,"
            " released_by, released_at FROM part_revision WHERE id = 7",
            ProblemKind.ROW_SURPLUS,
            "part_revision 99",
        ),
        (
            "UPDATE change_detail SET new = '\"Lever\"' WHERE field = 'name'",
            ProblemKind.CHAIN_BROKEN,
            "change_set 2",
        ),
        (
            "UPDATE change_set SET who = 'Cleo' WHERE id = 2",
            ProblemKind.CHAIN_BROKEN,
            "change_set 2",
        ),
        (
            "UPDATE change_set SET at = '2020-01-01T00:00:00+00:00' WHERE id = 1",
            ProblemKind.CHAIN_BROKEN,
            "change_set 1",
        ),
        ("DELETE FROM change_detail WHERE id = 4", ProblemKind.CHAIN_BROKEN, "change_set 1"),
    ],
)
def test_tampering_is_found(filled: Library, statement: str, kind: ProblemKind, where: str) -> None:
    tamper(filled, statement)
    assert (kind, where) in problems(filled)


def test_a_cut_tail_is_found(filled: Library) -> None:
    tamper(
        filled,
        "DELETE FROM change_detail WHERE change_set_id = 3",
        "DELETE FROM change_set WHERE id = 3",
    )
    assert (ProblemKind.CHAIN_BROKEN, "change_set 3") in problems(filled)


def test_a_row_forged_together_with_its_digest_is_found(filled: Library) -> None:
    from app.storage.rows import row_digest, row_of

    with filled.reading() as read:
        forged = replace(read.one(Part, id=5), name="Forged")
    digest = row_digest(Part, row_of(forged))
    tamper(filled, f"UPDATE part SET name = 'Forged', digest = '{digest}' WHERE id = 5")
    assert (ProblemKind.ROW_CHANGED, "part 5") in problems(filled)


def test_a_missing_guard_is_found(filled: Library) -> None:
    with closing(sqlite3.connect(filled.path / "library.sqlite")) as connection:
        connection.execute("DROP TRIGGER lock_certificate_update")
    assert problems(filled) == [(ProblemKind.LOCK_MISSING, "lock_certificate_update")]


def rewrite_definition(library: Library, name: str, old: str, new: str) -> None:
    """Change the text by which SQLite knows a table, as a database tool can."""
    with closing(sqlite3.connect(library.path / "library.sqlite")) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        done = connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ? AND instr(sql, ?)",
            (old, new, name, old),
        )
        assert done.rowcount == 1
        connection.commit()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("part", "name TEXT NOT NULL", "name TEXT"),
        ("part", "number TEXT NOT NULL", "number BLOB NOT NULL"),
        ("geometry", "FOREIGN KEY(sha256) REFERENCES stored_file (sha256)", "CHECK (1)"),
        ("part", "PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY"),
        ("ix_part_name", "(name)", "(note)"),
    ],
)
def test_an_altered_definition_is_found(filled: Library, name: str, old: str, new: str) -> None:
    rewrite_definition(filled, name, old, new)
    filled.close()
    reopened = open_library(filled.path)
    assert (ProblemKind.DATABASE, name) in problems(reopened)
    reopened.close()


def test_a_definition_written_in_another_way_is_the_same(filled: Library) -> None:
    rewrite_definition(filled, "part", "name TEXT NOT NULL", '"name"  TEXT\n\tNOT NULL')
    assert problems(filled) == []


@pytest.mark.parametrize(
    ("statement", "where", "words"),
    [
        ("DROP INDEX ix_part_name", "ix_part_name", "is missing from the database"),
        ("CREATE TABLE mine (x)", "mine", "which Everspare did not make"),
        ("CREATE VIEW seen AS SELECT * FROM part", "seen", "which Everspare did not make"),
        ("CREATE INDEX more ON part (note)", "more", "which Everspare did not make"),
    ],
)
def test_what_came_or_went_in_the_schema_is_named(
    filled: Library, statement: str, where: str, words: str
) -> None:
    tamper(filled, statement)
    [problem] = filled.check(Progress()).problems
    assert (problem.kind, problem.where) == (ProblemKind.DATABASE, where)
    assert words in problem.text


def test_a_file_kept_while_others_are_checked_is_no_surplus(filled: Library) -> None:
    """The files are listed later than the snapshot of the database was taken."""
    kept: list[str] = []

    def keep_meanwhile(fraction: float, _text: str) -> None:
        if fraction >= 0.3 and not kept:
            with filled.writing(who="Ben", act="keep") as write:
                kept.append(write.keep_bytes(b"came in between")[0])

    report = filled.check(Progress(keep_meanwhile))
    assert kept
    assert report.problems == ()
    assert report.files_checked == 2


def test_a_file_waiting_for_its_commit_is_no_surplus(filled: Library) -> None:
    staged = filled.objects.stage_bytes(b"on its way")
    filled.objects.place(staged)
    assert problems(filled) == []
    filled.objects.discard(Staged(staged.sha256, 0, staged.path))
    assert [kind for kind, _where in problems(filled)] == [ProblemKind.FILE_SURPLUS]


def test_checking_can_be_cancelled(filled: Library) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        filled.check(progress)
