"""The guided tour on the command line: the main job from import to certificate, as one test."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pypdfium2
import pytest

from app.services.sample.demonstration_key import KEY_FILE_NAME
from helpers.command_line import run_command


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    out = tmp_path_factory.mktemp("tour") / "out"
    done = run_command("tour", "--no-window", "--out", out)
    assert done.status == 0, done.output + done.errors
    return out, done.output


def test_the_tour_leaves_what_it_promises(toured: tuple[Path, str]) -> None:
    out, told = toured
    names = {path.name for path in out.iterdir()}
    assert {"declaration.pdf", "flags.csv", "backup.zip"} <= names
    assert [name for name in names if name.startswith("P-") and name.endswith(".everspare")]
    assert (out / "drain_lid.png").read_bytes().startswith(b"\x89PNG")
    assert (out / "tour.txt").read_text(encoding="utf-8").strip() in told.strip()


def test_the_flags_name_the_imported_part(toured: tuple[Path, str]) -> None:
    rows = list(csv.DictReader(io.StringIO((toured[0] / "flags.csv").read_text(encoding="utf-8"))))
    flagged = {row["number"]: row for row in rows}
    assert flagged["A003399"]["answer"] == "yes"
    assert flagged["A003399"]["next_action"]
    assert "A003400" not in flagged


def test_the_certificate_can_be_read_by_others(toured: tuple[Path, str]) -> None:
    document = pypdfium2.PdfDocument(toured[0] / "declaration.pdf")
    text = document[0].get_textpage().get_text_range()
    for words in ("A003399", "2026-118", "ISO/IEC 17050-1", "Nordlicht Schichtbau GmbH"):
        assert words in text
    document.close()


def test_a_second_tour_overwrites_nothing(toured: tuple[Path, str]) -> None:
    out, _told = toured
    before = (out / "declaration.pdf").read_bytes()
    done = run_command("tour", "--no-window", "--out", out)
    assert done.status == 0
    assert (out / "declaration.pdf").read_bytes() == before
    again = out / "tour-2"
    key = again / "library" / KEY_FILE_NAME
    assert run_command("verify", again / "declaration.pdf", "--trust", key).status == 0


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run_command("tour", "--no-window", "--out", tmp_path / "file" / "out")
    assert done.status == 1
    assert "cannot be read or written" in done.errors
