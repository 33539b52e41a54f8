"""The exported trail: as a table, and as a signed file in which nothing can be changed."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.base.errors import Cancelled, DocumentError, StorageError
from app.base.progress import Progress
from app.documents.audit.trail_file import open_trail
from app.documents.verification import verify_bytes
from app.domain.audit.trail import TrailFilter
from app.domain.catalog.part import Part
from app.domain.packages.verification import LogRecord, SignedKind, Verdict
from app.domain.packages.verification_checks import CheckResult, explain_verification
from app.services.audit.export_trail import COLUMNS, ExportedTrail, export_trail
from app.services.audit.undo_change import undo_change
from app.services.packages.verify_file import verify_file
from app.storage.library import Library
from app.storage.opening import open_library
from helpers.builders import part, parts
from helpers.signed_samples import signing_key, trusted

TODAY = date(2026, 11, 23)
KEY = signing_key()
OURS = (trusted(KEY),)
Export = Callable[..., ExportedTrail]


@pytest.fixture
def trail(library: Library) -> Library:
    with library.writing(who="Änne", act="import", why="=SUM(A1)") as write:
        write.insert(parts(3))
    with library.writing(who="Ben", act="add") as write:
        write.insert([part("Z-1", "Sieb „fein“")])
    with library.writing(who="Ben", act="add more") as write:
        write.insert([part("Z-2")])
    undo_change(library, who="Ben")
    return library


@pytest.fixture
def export(trail: Library, tmp_path: Path) -> Export:
    def write(wanted: TrailFilter = TrailFilter(), *, signed: bool = True) -> ExportedTrail:  # noqa: B008
        file = tmp_path / ("trail.jsonl" if signed else "trail.csv")
        opener = (lambda: KEY) if signed else None
        return export_trail(trail, wanted, file, open_key=opener, progress=Progress())

    return write


def test_the_whole_trail_verifies_and_its_chain_is_whole(trail: Library, export: Export) -> None:
    exported = export()
    assert exported.entries == 4
    opened = open_trail(exported.file.read_bytes())
    assert (opened.entries, opened.first, opened.last, opened.complete) == (4, 1, 4, True)
    with trail.reading() as read:
        head = read.audit.head()
    assert head is not None
    assert opened.head == head.hash
    answer = verify_file(exported.file, OURS, today=TODAY, library=trail)
    assert (answer.verdict, answer.kind) == (Verdict.GENUINE, SignedKind.TRAIL)
    assert answer.record is LogRecord.KNOWN
    assert answer.statements["Entries"] == "4"
    assert answer.statements["Chain"] == "without a gap from entry 1 to 4"
    assert "Chosen by" not in answer.statements
    checks = explain_verification(answer)
    assert [check.result for check in checks] == [CheckResult.PASSED] * 3
    assert "every link" in checks[0].text
    assert "last entry" in checks[2].text
    unasked = explain_verification(verify_file(exported.file, OURS, today=TODAY))
    assert unasked[2].result is CheckResult.NOT_MADE


def test_entries_can_be_read_without_everspare(export: Export) -> None:
    lines = export().file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 4 + 2
    entry = json.loads(lines[2])
    assert entry["act"]["who"] == "Ben"
    assert entry["text"] == "add"
    assert "Sieb „fein“" in entry["changes"][0][4]


def test_a_selection_says_what_it_was_chosen_by(trail: Library, export: Export) -> None:
    answer = verify_file(export(TrailFilter(who="Ben", text="add")).file, OURS, today=TODAY)
    assert answer.verdict is Verdict.GENUINE
    assert answer.statements["Chosen by"] == "person: Ben, text: add"
    assert answer.statements["Chain"].startswith("a selection")
    nothing = export(TrailFilter(who="Nobody"))
    answer = verify_file(nothing.file, OURS, today=TODAY, library=trail)
    assert (answer.verdict, answer.statements["Entries"]) == (Verdict.GENUINE, "0")


def test_who_signed_decides_and_another_library_is_told(export: Export, tmp_path: Path) -> None:
    from app.storage.opening import create_library

    file = export().file
    assert verify_file(file, (), today=TODAY).verdict is Verdict.UNKNOWN_SIGNER
    other = create_library(tmp_path / "other")
    answer = verify_file(file, OURS, today=TODAY, library=other)
    other.close()
    assert (answer.verdict, answer.record) == (Verdict.GENUINE, LogRecord.OF_ANOTHER_LIBRARY)
    assert explain_verification(answer)[2].result is CheckResult.NOT_MADE


def test_an_exported_trail_shows_that_an_older_library_was_put_back(
    trail: Library, export: Export, tmp_path: Path
) -> None:
    older = tmp_path / "older"
    shutil.copytree(trail.path, older)
    with trail.writing(who="Ben", act="later") as write:
        write.insert([part("L")])
    file = export().file
    back = open_library(older)
    answer = verify_file(file, OURS, today=TODAY, library=back)
    back.close()
    assert (answer.verdict, answer.record) == (Verdict.GENUINE, LogRecord.MISSING)
    assert "entry 5" in answer.reason
    assert explain_verification(answer)[-1].result is CheckResult.FAILED


def test_a_trail_that_was_tampered_with_does_not_verify(trail: Library, export: Export) -> None:
    """The key signs what it is given; the links tell that it was not what had been written."""
    trail.close()
    with closing(sqlite3.connect(trail.path / "library.sqlite")) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change_detail'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE change_detail SET new = replace(new, 'Sieb', 'Korb')")
        database.commit()
    answer = verify_file(export().file, OURS, today=TODAY)
    assert (answer.verdict, answer.reason) == (
        Verdict.NOT_GENUINE,
        "The chain breaks at entry 2.",
    )


def test_no_changed_byte_goes_unnoticed(export: Export) -> None:
    data = export().file.read_bytes()

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def change(place: int, by: int) -> None:
        changed = bytearray(data)
        changed[place] ^= by
        answer = verify_bytes("x", bytes(changed), OURS, TODAY)
        assert answer.verdict is Verdict.NOT_GENUINE, (place, answer)

    change()
    for cut in range(1, len(data), 97):
        for broken in (data[:cut], data[:cut] + data, data[cut:]):
            assert verify_bytes("x", broken, OURS, TODAY).verdict is Verdict.NOT_GENUINE
    assert verify_bytes("x", data + b"\n", OURS, TODAY).verdict is Verdict.NOT_GENUINE


@given(st.binary(max_size=200))
def test_any_bytes_behind_the_beginning_get_a_verdict(rest: bytes) -> None:
    data = b'{"everspare":"audit trail ' + rest
    assert verify_bytes("x", data, OURS, TODAY).verdict is Verdict.NOT_GENUINE


def test_lines_taken_out_and_signed_again_break_the_chain(export: Export) -> None:
    import hashlib

    from app.documents.audit.trail_file import PAYLOAD_TYPE
    from app.documents.signing.canonical_json import dump_canonical

    head, one, two, three, four, *_rest = export().file.read_bytes().splitlines(keepends=True)

    def sealed(*lines: bytes, head_hash: str) -> bytes:
        body = b"".join(lines)
        closing_line = dump_canonical(
            {
                "entries": len(lines) - 1,
                "head": head_hash,
                "sha256": hashlib.sha256(body).hexdigest(),
            }
        )
        signature = KEY.sign(PAYLOAD_TYPE, closing_line).to_json()
        return body + closing_line + b"\n" + signature + b"\n"

    last = json.loads(four)["act"]["hash"]
    whole = open_trail(sealed(head, one, two, three, four, head_hash=last))
    assert whole.complete
    assert not open_trail(sealed(head, one, three, four, head_hash=last)).complete
    for swapped in ((one, three, two, four), (one, two, two, four)):
        with pytest.raises(DocumentError, match="chain breaks"):
            open_trail(sealed(head, *swapped, head_hash=last))
    with pytest.raises(DocumentError, match="end of the file"):
        open_trail(sealed(head, one, two, head_hash=last))
    entry = json.loads(three)
    entry["act"]["previous_hash"] = "0" * 64
    with pytest.raises(DocumentError, match="chain breaks"):
        open_trail(sealed(head, one, two, json.dumps(entry).encode() + b"\n", head_hash=last))
    with pytest.raises(DocumentError, match="not readable"):
        open_trail(sealed(head, b"{}\n", head_hash=last))


def test_the_table_has_a_row_for_each_change_and_runs_no_formula(export: Export) -> None:
    exported = export(TrailFilter(last_day=TODAY), signed=False)
    data = exported.file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert tuple(heading) == COLUMNS
    assert len(rows) == 3 + 1 + 1 + 1
    assert rows[0][:6] == ["1", "2026-11-23T09:30:00+00:00", "Änne", "import", "'=SUM(A1)", "part"]
    assert rows[-1][8].startswith("{")
    assert verify_file(exported.file, OURS, today=TODAY).verdict is Verdict.NOT_GENUINE


def test_nothing_is_left_behind_when_it_is_stopped_or_the_key_stays_shut(
    trail: Library, tmp_path: Path
) -> None:
    progress = Progress()
    progress.cancel()
    out = tmp_path / "out"
    with pytest.raises(Cancelled):
        export_trail(trail, TrailFilter(), out / "a.csv", open_key=None, progress=progress)

    def refuse():  # type: ignore[no-untyped-def]
        raise DocumentError("wrong passphrase")

    with pytest.raises(DocumentError):
        export_trail(trail, TrailFilter(), out / "a", open_key=refuse, progress=Progress())
    assert not list(out.glob("*")) if out.exists() else True
    (out / "folder").mkdir(parents=True)
    with pytest.raises(StorageError, match="folder"):
        export_trail(trail, TrailFilter(), out / "folder", open_key=None, progress=Progress())
    with trail.reading() as read:
        assert read.count(Part) == 4
