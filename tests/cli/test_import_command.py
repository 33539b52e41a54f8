"""`everspare import`: what it prints, its exit status, and mappings by name."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.base.errors import NotFound, TableError
from app.domain.catalog.column_headings import ColumnField
from app.domain.catalog.column_mapping import ColumnMapping, HeadingRule
from app.services.catalog.stored_mappings import (
    load_mapping,
    mapping_names,
    mappings_dir,
    save_mapping,
)
from helpers.command_line import Outcome, run_command
from helpers.meshes import binary_stl, box

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
SHARED = Path(os.environ.get("EVERSPARE_SHARED_DATA", _BESIDE))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    assert run_command("--library", tmp_path / "lib", "init").status == 0
    return tmp_path


def everspare(place: Path, *arguments: object) -> Outcome:
    return run_command("--library", place / "lib", *arguments)


def write_parts(place: Path, count: int) -> Path:
    folder = place / "parts"
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"p{n}.stl").write_bytes(binary_stl(box(5.0 + n, 10, 10)))
    return folder


def test_everything_is_told_in_words(place: Path) -> None:
    folder = write_parts(place, 3)
    table = place / "liste.csv"
    table.write_text(
        "Teilenummer;CAD-Datei;Bezeichnung;Bestand\n"
        "1;p0.stl;Griff;5\n2;p1.stl;Knopf;viele\n3;fehlt.stl;Feder;1\n",
        encoding="cp1252",
    )
    outcome = everspare(place, "import", folder, "--table", table)
    assert outcome.status == 0
    assert "3 parts catalogued: 3 created, 0 updated, 0 unchanged." in outcome.output
    assert "Row 3, column D (Bestand): 'viele' is no number. Expected a number." in outcome.output
    assert "p1.stl: Its row 3 was refused" in outcome.output
    assert "Row 4: 3 Feder" in outcome.output
    assert "p2 (p2.stl)" in outcome.output


def test_json_is_one_document(place: Path) -> None:
    answer = everspare(place, "import", write_parts(place, 2), "--json").json
    assert answer["catalogued"] == 2
    assert answer["counts"]["files_without_row"] == 2
    assert [part["number"] for part in answer["report"]["created"]] == ["p0", "p1"]
    assert len(everspare(place, "parts", "--json").json) == 2


def test_dry_run_changes_nothing(place: Path) -> None:
    outcome = everspare(place, "import", write_parts(place, 2), "--dry-run")
    assert outcome.output.startswith("Dry run, nothing was changed. 2 parts")
    assert everspare(place, "parts", "--json").json == []


def test_status_is_1_where_everything_is_refused(place: Path) -> None:
    (place / "bad.stl").write_bytes(b"nothing")
    outcome = everspare(place, "import", place / "bad.stl")
    assert outcome.status == 1
    assert "bad.stl" in outcome.output
    table = place / "t.csv"
    table.write_text("Part No;Stock\n1;viele\n", encoding="utf-8")
    assert everspare(place, "import", table).status == 1


def test_a_table_that_is_none_is_a_sentence_and_status_1(place: Path) -> None:
    (place / "t.xlsx").write_bytes(b"PK\x03\x04nothing")
    outcome = everspare(place, "import", place / "t.xlsx")
    assert outcome.status == 1
    assert "t.xlsx is damaged" in outcome.errors
    assert "Traceback" not in outcome.errors


def test_wrong_usage_is_status_2(place: Path) -> None:
    assert everspare(place, "import").status == 2
    assert everspare(place, "import", place, "--unit", "elbow").status == 2


def test_saved_mapping_is_used_by_name(place: Path) -> None:
    table = place / "t.csv"
    table.write_text("Foo;Bar\nA-1;Griff\n", encoding="utf-8")
    assert everspare(place, "import", table).status == 1
    rules = (
        HeadingRule(heading="Foo", field=ColumnField.NUMBER),
        HeadingRule(heading="Bar", field=ColumnField.NAME),
    )
    save_mapping(ColumnMapping("ERP monatlich", rules))
    outcome = everspare(place, "import", table, "--mapping", "erp Monatlich")
    assert outcome.status == 0
    [part] = everspare(place, "parts", "--json").json
    assert (part["number"], part["name"]) == ("A-1", "Griff")


def test_mappings_are_kept_by_name_and_damage_is_told() -> None:
    assert mapping_names() == []
    with pytest.raises(NotFound, match="no mapping called 'erp'"):
        load_mapping("erp")
    mapping = ColumnMapping("erp", (HeadingRule(heading="a", field=ColumnField.STOCK),))
    save_mapping(mapping)
    assert load_mapping("ERP ") == mapping
    save_mapping(ColumnMapping("../../Ümläut"))
    assert sorted(mapping_names()) == ["../../Ümläut", "erp"]
    assert {path.parent for path in mappings_dir().rglob("*.toml")} == {mappings_dir()}
    with pytest.raises(NotFound) as missing:
        load_mapping("other")
    assert "erp" in missing.value.hint
    (mappings_dir() / "erp.toml").write_bytes(b"\xff = [")
    with pytest.raises(TableError, match=r"erp\.toml"):
        load_mapping("erp")
    assert mapping_names() == ["../../Ümläut"]
    with pytest.raises(TableError, match="needs a name"):
        save_mapping(ColumnMapping("  "))


def test_a_mapping_is_not_written_over_one_of_nearly_the_same_name() -> None:
    rule = HeadingRule(heading="a", field=ColumnField.STOCK)
    save_mapping(ColumnMapping("Werk 1/2", (rule,)))
    with pytest.raises(TableError, match="'Werk 1/2' has nearly the same name"):
        save_mapping(ColumnMapping("Werk 1-2"))
    assert load_mapping("Werk 1/2").rules == (rule,)
    save_mapping(ColumnMapping("werk 1/2 "))
    assert load_mapping("Werk 1/2").rules == ()


def test_a_guess_can_be_looked_at_and_saved(place: Path) -> None:
    table = place / "t.csv"
    table.write_text("Teilenummer;Preis EUR;2024-01;Foo\n1;2,50;3;x\n", encoding="utf-8")
    outcome = everspare(place, "mapping", table, "--save", "erp")
    assert outcome.status == 0
    assert "t B1  Preis EUR: price" in outcome.output
    assert "t D1  Foo: ignored" in outcome.output
    assert [rule.field for rule in load_mapping("erp").rules] == [
        ColumnField.NUMBER, ColumnField.PRICE, ColumnField.IGNORED,
    ]  # fmt: skip
    assert everspare(place, "mapping", table, "--mapping", "erp", "--json").json["name"] == "erp"


def test_ctrl_c_ends_in_good_order(place: Path) -> None:
    folder = write_parts(place, 60)
    environment = {**os.environ, "EVERSPARE_HOME": str(place / "home")}
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "--library", str(place / "lib"), "import", str(folder)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not everspare(place, "parts", "--json").json:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    stored = len(everspare(place, "parts", "--json").json)
    assert "Traceback" not in errors
    assert f"{stored} parts catalogued" in output
    assert process.returncode == (0 if stored == 60 else 1)
    assert everspare(place, "check").status == 0


@pytest.mark.slow
def test_killed_at_any_moment_the_library_is_whole(place: Path) -> None:
    folder = write_parts(place, 40)
    moments = random.Random(1)
    environment = {**os.environ, "EVERSPARE_HOME": str(place / "home")}
    command = [sys.executable, "-m", "app", "--library", str(place / "lib"), "import", str(folder)]
    kept: set[str] = set()
    for _round in range(6):
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.3, 2.5))
        process.kill()
        process.wait()
        report = everspare(place, "check", "--json").json
        assert report["clean"], report
        stored = {part["number"] for part in everspare(place, "parts", "--json").json}
        assert kept <= stored
        kept = stored
    assert everspare(place, "import", folder, "--json").json["catalogued"] == 40
    assert everspare(place, "check").status == 0


REAL_LISTS = {
    "stethoscope/spares.xlsx": (5, []),
    "laptop/MM60_export.csv": (16, [7, 10, 12, 23]),
    "demand/carparts.csv": (2674, []),
}


@pytest.mark.shared_data
def test_real_lists_where_they_are_present(place: Path) -> None:
    for name, (catalogued, refused) in REAL_LISTS.items():
        if not (SHARED / name).is_file():
            print(f"{name} is not here, so it was not tried")
            continue
        outcome = everspare(place, "import", SHARED / name, "--dry-run", "--json")
        assert outcome.json["catalogued"] == catalogued
        assert [row["row"] for row in outcome.json["report"]["refused_rows"]] == refused
