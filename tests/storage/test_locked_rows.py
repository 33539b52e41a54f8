"""Locked rows are defended by the database itself, whoever writes and however."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from app.base.errors import RuleViolation
from app.base.progress import Progress
from app.domain.catalog.geometry import Geometry
from app.domain.catalog.part import ConsequenceClass, PartRevision, RevisionState
from app.domain.certificates.certificate import (
    Certificate,
    CertificateState,
    CertificateType,
    Lot,
)
from app.domain.packages.print_package import PrintPackage
from app.domain.qualification.network import Machine, Material, ProcessCategory, Provider
from app.domain.qualification.print_definition import (
    Binding,
    DefinitionField,
    DefinitionState,
    PrintDefinition,
)
from app.domain.qualification.qualification import Evidence, Qualification, QualificationState
from app.storage.library import Library
from app.storage.triggers import LOCKS
from helpers.builders import geometry, part, revision


@pytest.fixture
def filled(library: Library) -> Library:
    """A library in which every lockable table holds one locked row (id 1)."""
    with library.writing(who="Anna", act="fill") as write:
        now = write.now
        write.insert([part("A1")])
        write.insert([revision(1)])
        sha256, _size = write.keep_bytes(b"solid")
        write.insert([geometry(1, sha256)])
        process = ProcessCategory.POWDER_BED_FUSION
        write.insert([Provider(code="P1", name="Printer & Sons")])
        write.insert([Machine(provider_id=1, name="M1", process=process)])
        write.insert([Material(grade="PA 2200", process=process)])
        write.insert(
            [
                PrintDefinition(
                    revision_id=1, process=process, material_grade="PA 2200", author="Anna"
                )
            ]
        )
        write.insert(
            [DefinitionField(definition_id=1, name="layer_height_mm", binding=Binding.KEY)]
        )
        write.insert(
            [
                Qualification(
                    definition_id=1,
                    machine_id=1,
                    material_id=1,
                    provider_id=1,
                    consequence_class=ConsequenceClass.LOW,
                    author="Anna",
                    started_on=date(2026, 11, 1),
                )
            ]
        )
        write.insert(
            [
                Evidence(
                    qualification_id=1,
                    kind="test",
                    title="Static test",
                    sha256=sha256,
                    file_name="t.pdf",
                    added_by="Anna",
                    added_at=now,
                )
            ]
        )
        write.insert(
            [
                PrintPackage(
                    number="P-2026-0001",
                    definition_id=1,
                    provider_id=1,
                    quantity=1,
                    licence_id="L1",
                    sha256="0" * 64,
                    file_name="a.everspare",
                    key_fingerprint="SHA256:x",
                    exported_by="Anna",
                    exported_at=now,
                )
            ]
        )
        write.insert(
            [
                Lot(
                    number="5512",
                    definition_id=1,
                    provider_id=1,
                    quantity=1,
                    manufacturer="Printer & Sons",
                    delivered_on=date(2026, 11, 20),
                )
            ]
        )
        write.insert(
            [
                Certificate(
                    number="C-2026-0001",
                    type=CertificateType.DECLARATION,
                    lot_id=1,
                    issuer="Owner",
                    manufacturer="Printer & Sons",
                    record_json="{}",
                    record_sha256="0" * 64,
                    sha256=sha256,
                    file_name="c.pdf",
                    issued_by="Anna",
                    issued_at=now,
                )
            ]
        )
        write.update(replace(write.one(PartRevision, id=1), state=RevisionState.RELEASED))
        write.update(replace(write.one(PrintDefinition, id=1), state=DefinitionState.RELEASED))
        write.update(replace(write.one(Qualification, id=1), state=QualificationState.QUALIFIED))
    return library


@pytest.fixture
def raw(filled: Library) -> Iterator[sqlite3.Connection]:
    """A plain connection, as somebody with a database tool would have."""
    with closing(sqlite3.connect(filled.path / "library.sqlite")) as connection:
        connection.execute("PRAGMA recursive_triggers = ON")
        yield connection


def a_text_column(raw: sqlite3.Connection, table: str) -> str:
    free = {"digest", "state", "blocked_reason"}
    columns = raw.execute(f"PRAGMA table_info({table})").fetchall()
    return next(c[1] for c in columns if c[2] in ("VARCHAR", "TEXT") and c[1] not in free)


LOCKED_TABLES = [lock.table for lock in LOCKS]


@pytest.mark.parametrize("table", LOCKED_TABLES)
def test_raw_update_is_refused(raw: sqlite3.Connection, table: str) -> None:
    column = a_text_column(raw, table)
    with pytest.raises(sqlite3.IntegrityError, match=f"everspare-locked:{table}"):
        raw.execute(f"UPDATE {table} SET \"{column}\" = 'forged' WHERE id = 1")


@pytest.mark.parametrize("table", LOCKED_TABLES)
def test_raw_delete_is_refused(raw: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=f"everspare-locked:{table}"):
        raw.execute(f"DELETE FROM {table} WHERE id = 1")


@pytest.mark.parametrize("table", LOCKED_TABLES)
def test_raw_replace_is_refused(raw: sqlite3.Connection, table: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="everspare-locked"):
        raw.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = 1")


@pytest.mark.parametrize("table", [lock.table for lock in LOCKS if lock.closed_parent])
def test_nothing_is_added_below_a_locked_parent(raw: sqlite3.Connection, table: str) -> None:
    columns = ", ".join(
        f'"{c[1]}"' for c in raw.execute(f"PRAGMA table_info({table})") if c[1] != "id"
    )
    with pytest.raises(sqlite3.IntegrityError, match=f"everspare-locked:{table}"):
        raw.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}")


Edit = Callable[[Library], None]


def edit(kind: type, **fields: object) -> Edit:
    def apply(library: Library) -> None:
        with library.writing(who="Ben", act="edit") as write:
            write.update(replace(write.one(kind, id=1), **fields))

    return apply


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (edit(PartRevision, label="B"), "released revision cannot be changed"),
        (edit(PartRevision, state=RevisionState.DRAFT), "released revision cannot be changed"),
        (edit(Geometry, file_name="b.stl"), "Make a new revision"),
        (edit(PrintDefinition, machine_class="x"), "print definition cannot be changed"),
        (edit(DefinitionField, value="0.2"), "fields of a released print definition"),
        (edit(Qualification, valid_until=date(2040, 1, 1)), "qualification cannot be changed"),
        (edit(Evidence, result="better"), "evidence of an approved qualification"),
        (edit(PrintPackage, quantity=100), "exported package cannot be changed"),
        (edit(Certificate, issuer="Somebody"), "issued certificate cannot be changed"),
    ],
)
def test_services_get_the_reason_in_words(filled: Library, change: Edit, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        change(filled)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (PartRevision, {"state": RevisionState.OBSOLETE}),
        (PrintDefinition, {"state": DefinitionState.SUPERSEDED}),
        (Qualification, {"state": QualificationState.BLOCKED, "blocked_reason": "machine sold"}),
        (Certificate, {"state": CertificateState.SUPERSEDED}),
        (Certificate, {"state": CertificateState.WITHDRAWN}),
    ],
)
def test_the_ways_out_of_a_lock_are_open_and_lead_no_further(
    filled: Library, kind: type, fields: dict[str, object]
) -> None:
    with filled.reading() as read:
        before = read.one(kind, id=1)
    edit(kind, **fields)(filled)
    with filled.reading() as read:
        after = read.one(kind, id=1)
    assert after == replace(before, version=before.version + 1, **fields)
    with pytest.raises(RuleViolation):
        edit(kind, state=before.state)(filled)
    assert filled.check(Progress()).clean


def test_why_a_qualification_was_blocked_stays(filled: Library) -> None:
    blocked = {"state": QualificationState.BLOCKED, "blocked_reason": "machine sold"}
    edit(Qualification, **blocked)(filled)
    with pytest.raises(RuleViolation, match="qualification cannot be changed"):
        edit(Qualification, blocked_reason="no reason")(filled)


def test_every_defence_is_in_place(filled: Library) -> None:
    with filled.reading() as read:
        names = read.connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        ).scalar_one()
    assert names == 2 * len(LOCKS) + sum(lock.closed_parent for lock in LOCKS)
