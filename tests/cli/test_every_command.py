"""The contract of the command line, asked of every command: status, answer and silence.

One story on a sample library is played once; the tests look at what each command answered.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from app.cli.main import build_command_line
from app.services.sample.demonstration_key import DEMONSTRATION_PASSPHRASE, KEY_FILE_NAME
from helpers.command_line import Outcome, run_command
from helpers.meshes import binary_stl, box

TABLE = "Part no;File;Description;Stock\nX1;cap.stl;Cap;3\n"
AUTHOR, APPROVER = "Jana Aalto", "Ines Kolb"
Words = tuple[object, ...]


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = dict(commands(typer.main.get_command(build_command_line())))
WITH_JSON = sorted(
    " ".join(path)
    for path, command in ALL.items()
    if any("--json" in parameter.opts for parameter in command.params)
)


def story(folder: Path) -> list[tuple[str, Words]]:
    """Return (user, words) of every command with `--json`, in an order that makes sense."""
    stl, out = folder / "in" / "cap.stl", folder / "out"
    key = folder / "library" / KEY_FILE_NAME
    return [
        ("", ("audit",)),
        ("", ("check",)),
        ("", ("organisation",)),
        ("", ("check-file", stl)),
        ("", ("mapping", folder / "in" / "list.csv")),
        ("", ("import", folder / "in", "--table", folder / "in" / "list.csv")),
        ("", ("parts",)),
        ("", ("part", "X1")),
        ("", ("flags", "--today", "2026-11-23")),
        ("", ("product",)),
        (AUTHOR, ("rights", "X1", "--right", "own", "--export", "none", "--why", "own drawing")),
        (AUTHOR, ("release", "X1", "--why", "first state")),
        (
            AUTHOR,
            (
                *("define", "X1", "--process", "PBF", "--material", "Halden PA12 S black"),
                *("--key", "orientation=upright", "--reason", "first definition", "--release"),
            ),
        ),
        ("", ("provider",)),
        ("", ("machine",)),
        ("", ("material",)),
        (AUTHOR, ("qualify", "X1", "--provider", "NORDLICHT", "--class", "low")),
        ("", ("qualifications",)),
        (AUTHOR, ("evidence", "NEW", folder / "in" / "list.csv", "--kind", "test report")),
        (AUTHOR, ("submit", "NEW")),
        (APPROVER, ("approve", "NEW")),
        ("", ("export", "A004711", "--provider", "NORDLICHT", "--out", out, "--key", key)),
        ("", ("packages",)),
        ("", ("verify", "PACKAGE", "--trust", key)),
        ("", ("key", "show", "--key", key)),
        ("", ("trust", "list")),
        ("", ("lot",)),
        ("", ("certify", "LOT", "--type", "declaration", "--out", out / "d.pdf", "--key", key)),
        ("", ("certificates",)),
        (AUTHOR, ("revise", "X1", "--why", "new wall")),
        ("", ("dev", "system-info")),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A sample library with files beside it; settings and keys stay in the folder as well."""
    place = tmp_path_factory.mktemp("every")
    (place / "in").mkdir()
    (place / "out").mkdir()
    (place / "in" / "cap.stl").write_bytes(binary_stl(box()))
    (place / "in" / "list.csv").write_text(TABLE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVERSPARE_HOME", str(place / "home"))
        patch.setenv("LANGUAGE", "en")
        patch.setenv("EVERSPARE_PASSPHRASE", DEMONSTRATION_PASSPHRASE)
        made = run_command("--library", place / "library", "init", "--sample")
        assert (made.status, made.output) == (0, "")
        yield place


@pytest.fixture(scope="module")
def played(folder: Path) -> dict[str, Outcome]:
    """What each command of the story answered, by its name."""
    answers: dict[str, Outcome] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVERSPARE_HOME", str(folder / "home"))
        patch.setenv("EVERSPARE_PASSPHRASE", DEMONSTRATION_PASSPHRASE)
        for user, words in story(folder):
            filled = [_fill(word, answers, folder) for word in words]
            before = ["--library", folder / "library", *(["--user", user] if user else [])]
            asked = ["--json"] if words[0] != "submit" else []
            name = " ".join(str(word) for word in words[: 2 if words[0] == "dev" else 1])
            answers[name] = run_command(*before, *filled, *asked)
    return answers


def _fill(word: object, answers: dict[str, Outcome], folder: Path) -> object:
    if word == "NEW":
        return answers["qualify"].json["id"]
    if word == "PACKAGE":
        return next((folder / "out").glob("*.everspare"))
    if word == "LOT":
        return answers["lot"].json[0]["number"]
    return word


def test_the_story_asks_every_command_that_answers_in_json(folder: Path) -> None:
    told = {" ".join(map(str, w[: 2 if w[0] == "dev" else 1])) for _user, w in story(folder)}
    assert told - {"submit"} == set(WITH_JSON)


@pytest.mark.parametrize("name", WITH_JSON)
def test_json_is_one_document_and_nothing_else(played: dict[str, Outcome], name: str) -> None:
    answer = played[name]
    assert answer.status == 0, answer.errors
    document, end = json.JSONDecoder().raw_decode(answer.output)
    assert document is not None or name == "organisation"
    assert answer.output[end:] == "\n"


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_an_unknown_option_is_wrong_usage(path: tuple[str, ...]) -> None:
    answer = run_command(*path, "--no-such-option")
    assert (answer.status, answer.output) == (2, "")
    assert "--help" in answer.errors


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    answer = run_command(*path, "--help")
    assert (answer.status, answer.errors) == (0, "")
    assert "everspare" in answer.output


NEEDS_WORDS = [
    path for path, command in ALL.items() if any(parameter.required for parameter in command.params)
]


@pytest.mark.parametrize("path", NEEDS_WORDS, ids=" ".join)
def test_a_missing_word_is_wrong_usage(path: tuple[str, ...]) -> None:
    answer = run_command(*path)
    assert (answer.status, answer.output) == (2, "")
    assert answer.errors.strip()


REFUSED: dict[str, Words] = {
    "init": ("init",),  # there is a library already
    "check-file": ("check-file", "nothing.stl"),
    "part": ("part", "nothing"),
    "import": ("import", "nowhere"),
    "mapping": ("mapping", "nothing.csv"),
    "rights": ("rights", "nothing", "--right", "own"),
    "revise": ("revise", "nothing", "--why", "x"),
    "release": ("release", "nothing"),
    "ignore": ("ignore", "nothing", "open", "--why", "x"),
    "define": ("define", "nothing", "--process", "PBF"),
    "qualify": ("qualify", "nothing", "--provider", "NORDLICHT"),
    "evidence": ("evidence", "99", "nothing.txt", "--kind", "test report"),
    "submit": ("submit", "99"),
    "approve": ("approve", "99"),
    "send-back": ("send-back", "99", "--why", "x"),
    "block": ("block", "99", "--why", "x"),
    "export": ("export", "nothing", "--provider", "NORDLICHT", "--out", "out"),
    "verify": ("verify", "nothing.everspare"),
    "reissue": ("reissue", "P-1999-0001", "--out", "out"),
    "certify": ("certify", "nothing", "--type", "2.1", "--out", "c.pdf"),
    "withdraw": ("withdraw", "nothing", "--why", "x"),
    "milestone": ("milestone", "nothing", "last_placed", "2026-01-01"),
    "thumbnail": ("thumbnail", "nothing.stl", "--out", "p.png"),
    "backup": ("backup", "library/library.sqlite"),
    "restore": ("restore", "nothing.zip", "--into", "again"),
    "redo": ("redo",),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_a_sentence_and_status_one(
    folder: Path, played: dict[str, Outcome], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    asked = ["--json"] if name in WITH_JSON else []
    answer = run_command("--library", "library", *REFUSED[name], *asked)
    assert answer.status == 1, answer.errors
    said = answer.errors + answer.output
    assert said.strip()
    assert "fault of the program" not in said
    assert "Traceback" not in said
    if asked and answer.output:  # a judgement is an answer as well
        json.loads(answer.output)


@pytest.mark.parametrize(
    "name", [n for n in WITH_JSON if n not in ("check-file", "dev system-info")]
)
def test_without_a_library_json_says_nothing_on_standard_output(
    played: dict[str, Outcome], folder: Path, tmp_path: Path, name: str
) -> None:
    words = next(w for _user, w in story(folder) if " ".join(map(str, w)).startswith(name))
    words = tuple("1" if word in ("NEW", "PACKAGE", "LOT") else word for word in words)
    answer = run_command("--library", tmp_path / "none", *words, "--json")
    if answer.status == 0:  # keys, trust and the reading of tables need no library
        json.loads(answer.output)
        assert name in ("key", "trust", "mapping")
    else:
        assert answer.status == 1
        assert "fault of the program" not in answer.errors


def test_a_superseded_state_is_status_three(folder: Path, played: dict[str, Outcome]) -> None:
    number = played["certificates"].json[-1]["number"]  # the one the story issued
    run_command("--library", folder / "library", "withdraw", number, "--why", "wrong order")
    answer = run_command(
        *("--library", folder / "library", "verify", folder / "out" / "d.pdf"),
        *("--trust", folder / "library" / KEY_FILE_NAME, "--json"),
    )
    assert answer.status == 3, answer.output + answer.errors
    json.loads(answer.output)


def test_a_fault_of_ours_names_the_log(
    folder: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise KeyError("our bug")

    monkeypatch.setattr("app.cli.library_commands.check_library", broken)
    answer = run_command("--library", folder / "library", "check", "--json")
    assert (answer.status, answer.output) == (1, "")
    assert "fault of the program" in answer.errors
    [log] = (home / "log").glob("*.jsonl")
    assert str(log) in answer.errors
    assert "our bug" in log.read_text()


@pytest.mark.parametrize("spoil", ["folder", "text", "wrong kinds"])
def test_broken_settings_are_a_sentence_or_the_defaults(
    folder: Path, home: Path, spoil: str
) -> None:
    settings = home / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    if spoil == "folder":
        settings.mkdir()
    else:
        settings.write_text("= = =" if spoil == "text" else 'library_path = 7\nuser_name = ["x"]')
    answer = run_command("--library", folder / "library", "parts", "--json")
    assert "Traceback" not in answer.errors
    assert answer.status == (1 if spoil == "folder" else 0)
    if spoil == "folder":
        assert "settings" in answer.errors


def run_apart(*words: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "app", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, **more)


def test_a_reader_that_leaves_early_is_no_fault(folder: Path) -> None:
    command = [sys.executable, "-m", "app", "--library", str(folder / "library"), "parts", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "fault of the program" not in said
    assert "Traceback" not in said


def test_a_file_name_of_another_system_is_told_by_its_codes(folder: Path) -> None:
    name = b"M\xfcller.stl".decode("utf-8", "surrogateescape")
    (folder / name).write_bytes(binary_stl(box()))
    done = run_apart("check-file", folder / name, "--json")
    assert done.returncode == 0, done.stderr
    assert "ller.stl" in json.loads(done.stdout.decode())[0]["file"]


def test_importing_such_a_name_is_a_refused_file_not_a_fault(folder: Path, tmp_path: Path) -> None:
    name = b"M\xfcller.stl".decode("utf-8", "surrogateescape")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / name).write_bytes(binary_stl(box()))
    library = tmp_path / "library"
    assert run_apart("--library", library, "init").returncode == 0
    done = run_apart("--library", library, "import", tmp_path / "odd", "--json")
    assert b"fault of the program" not in done.stderr
    assert run_apart("--library", library, "check").returncode == 0
