"""Commands about the library as a whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.storage.library import Library
from helpers.builders import part, parts, revision
from helpers.command_line import run_command


@pytest.fixture
def folder(library: Library) -> Path:
    with library.writing(who="Anna", act="add parts") as write:
        ids = write.insert([part("000004711000", "Leg cap"), *parts(3)])
        write.insert([revision(ids[0])])
        write.keep_bytes(b"solid")
    library.close()
    return library.path


def test_init_makes_a_library_once(tmp_path: Path) -> None:
    done = run_command("--library", tmp_path / "new", "init")
    assert done.status == 0
    assert str(tmp_path / "new") in done.errors
    again = run_command("--library", tmp_path / "new", "init")
    assert again.status == 1
    assert "already holds a library" in again.errors


def test_check_answers_in_json_and_by_status(folder: Path) -> None:
    done = run_command("--library", folder, "check", "--json")
    assert (done.status, done.json["clean"]) == (0, True)
    for path in (folder / "objects").glob("??/*"):
        path.write_bytes(b"forged")
    done = run_command("--library", folder, "check")
    assert done.status == 1
    assert "was changed" in done.output
    assert "1 problem found." in done.output


def test_check_makes_the_search_index_anew(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "library.sqlite")) as connection:
        connection.execute("DROP TABLE part_search_config")
    done = run_command("--library", folder, "check", "--json")
    assert (done.status, done.json["clean"]) == (1, False)
    done = run_command("--library", folder, "check", "--rebuild-search", "--json")
    assert (done.status, done.json["clean"]) == (0, True)
    assert "was made anew" in done.errors
    [line] = run_command("--library", folder, "parts", "--filter", "leg cap", "--json").json
    assert line["number"] == "000004711000"


def test_backup_and_restore_give_the_same_library(folder: Path, tmp_path: Path) -> None:
    assert run_command("--library", folder, "backup", tmp_path / "all.zip").status == 0
    done = run_command("restore", tmp_path / "all.zip", "--into", tmp_path / "again")
    assert done.status == 0
    assert run_command("--library", tmp_path / "again", "check").status == 0
    first = run_command("--library", folder, "parts", "--json")
    assert run_command("--library", tmp_path / "again", "parts", "--json").json == first.json
    [kept] = (folder / "objects").glob("??/*")
    restored = tmp_path / "again" / kept.relative_to(folder)
    assert restored.read_bytes() == kept.read_bytes()


@pytest.mark.parametrize("spoil", [b"", b"no zip at all"])
def test_a_bad_backup_is_refused_and_leaves_nothing(
    folder: Path, tmp_path: Path, spoil: bytes
) -> None:
    (tmp_path / "bad.zip").write_bytes(spoil)
    done = run_command("restore", tmp_path / "bad.zip", "--into", tmp_path / "again")
    assert (done.status, "damaged or no backup" in done.errors) == (1, True)
    assert not (tmp_path / "again").exists()


def test_a_backup_with_one_changed_byte_is_refused(folder: Path, tmp_path: Path) -> None:
    run_command("--library", folder, "backup", tmp_path / "all.zip")
    content = bytearray((tmp_path / "all.zip").read_bytes())
    content[content.index(b"solid")] ^= 1
    (tmp_path / "all.zip").write_bytes(content)
    done = run_command("restore", tmp_path / "all.zip", "--into", tmp_path / "again")
    assert (done.status, (tmp_path / "again").exists()) == (1, False)


def test_restore_never_overwrites(folder: Path, tmp_path: Path) -> None:
    run_command("--library", folder, "backup", tmp_path / "all.zip")
    done = run_command("restore", tmp_path / "all.zip", "--into", folder)
    assert (done.status, "is not empty" in done.errors) == (1, True)


def test_undo_and_redo_name_the_act(folder: Path) -> None:
    done = run_command("--library", folder, "--user", "Ben", "undo")
    assert (done.status, "add parts" in done.errors) == (0, True)
    assert run_command("--library", folder, "parts", "--json").json == []
    assert run_command("--library", folder, "redo").status == 0
    assert len(run_command("--library", folder, "parts", "--json").json) == 4
    audit = run_command("--library", folder, "audit", "--json").json
    assert [(entry["who"], entry["act"]) for entry in audit][1] == ("Ben", "undo “add parts”")


def test_undo_with_nothing_to_undo_is_refused(tmp_path: Path) -> None:
    run_command("--library", tmp_path / "new", "init")
    done = run_command("--library", tmp_path / "new", "undo")
    assert (done.status, done.errors) == (1, "There is nothing to undo.\n")


def test_the_owner_is_kept(folder: Path) -> None:
    run_command(
        "--library", folder, "organisation", "--name", "Norvik & Sohn", "--address", "Siegen"
    )
    run_command("--library", folder, "organisation", "--name", "Norvik GmbH", "--address", "Siegen")
    done = run_command("--library", folder, "organisation", "--json")
    assert (done.json["name"], done.json["id"]) == ("Norvik GmbH", 1)


def test_no_library_is_a_sentence(tmp_path: Path) -> None:
    done = run_command("--library", tmp_path / "none", "parts")
    assert done.status == 1
    assert done.errors.startswith("There is no library in")


@pytest.mark.parametrize("words", [["no-such-command"], ["parts", "--no-such-option"], ["part"]])
def test_wrong_usage_is_status_two(words: list[str]) -> None:
    assert run_command(*words).status == 2


def test_part_shows_everything_and_forgives_zeros(folder: Path) -> None:
    done = run_command("--library", folder, "part", "4711000", "--json")
    assert done.json["part"]["number"] == "000004711000"
    assert done.json["revisions"][0]["revision"]["label"] == "A"
    assert {entry["subject"] for entry in done.json["history"]} == {"part", "part_revision"}
    text = run_command("--library", folder, "part", "4711000").output
    assert "Leg cap" in text
    assert "not assessed" in text


def test_part_that_is_not_there(folder: Path) -> None:
    done = run_command("--library", folder, "part", "nothing")
    assert (done.status, "no part nothing" in done.errors) == (1, True)


def test_parts_searches(folder: Path) -> None:
    done = run_command("--library", folder, "parts", "--filter", "cap", "--json")
    assert [row["name"] for row in done.json] == ["Leg cap"]
    assert "Leg cap" in run_command("--library", folder, "parts").output
