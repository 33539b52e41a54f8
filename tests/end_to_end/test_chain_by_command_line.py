"""From a folder of files to a certificate, by the command line alone."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import lib3mf
import numpy as np
import pypdfium2
import pytest

from app.documents.packages.print_package import open_package
from helpers.command_line import Outcome, run_command
from helpers.meshes import ascii_stl, binary_stl, box

TODAY = ("--today", "2026-11-23")
SECRET = "correct horse battery"


class Desk:
    """A library and the people who work with it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.out = place / "out"

    def run(self, *arguments: object, user: str = "Anna Maier") -> Outcome:
        return run_command("--library", self.place / "lib", "--user", user, *arguments)

    def do(self, *arguments: object, user: str = "Anna Maier") -> Outcome:
        outcome = self.run(*arguments, user=user)
        assert outcome.status == 0, outcome.errors
        return outcome


def furnish(place: Path, content: bytes = b"") -> Desk:
    """Make a library with one part in it, and say whose it is."""
    made = Desk(place)
    files = place / "files"
    files.mkdir()
    (files / "cap.stl").write_bytes(content or binary_stl(box(20.0, 20.0, 8.0)))
    table = place / "spares.csv"
    table.write_text("Part number;Name;File\nLC-100;Leg cap;cap.stl\n", encoding="utf-8")
    made.do("init")
    made.do("import", files, "--table", table)
    made.do("organisation", "--name", "Norvik GmbH", "--address", "Uferstr. 18, 57072 Siegen")
    return made


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", SECRET)
    return furnish(tmp_path)


def clear(desk: Desk) -> None:
    desk.do("rights", "LC-100", "--right", "own", "--export", "none", "--why", "own design")
    desk.do("release", "LC-100", "--why", "first article")


def define(desk: Desk) -> None:
    desk.do(
        *("define", "LC-100", "--process", "MEX", "--material", "PETG-X"),
        *("--key", "layer_height_mm=0.2", "--range", "infill_percent=30..60:40"),
        *("--choice", "colour", "--why", "layer_height_mm=grip of the seal", "--release"),
    )
    desk.do("provider", "north", "--name", "North Print Oy", "--country", "Finland")
    desk.do("machine", "north", "M1", "--process", "MEX")
    desk.do("material", "PETG-X", "--process", "MEX")


def qualify(desk: Desk) -> None:
    begun = desk.do("qualify", "LC-100", "--provider", "north", "--class", "low", "--json").json
    report = desk.place / "load.txt"
    report.write_text("1.3 kN, passed")
    number = begun["id"]
    desk.do("evidence", number, report, "--kind", "test report", "--standard", "ISO 7173")
    desk.do("submit", number, *TODAY)
    refused = desk.run("approve", number, *TODAY, user=" anna  MAIER ")
    assert refused.status == 1
    assert "cannot approve as well" in refused.errors
    desk.do("approve", number, *TODAY, user="Ben Kolb")


def export(desk: Desk, *more: object) -> Outcome:
    return desk.run(
        *("export", "LC-100", "--provider", "north", "--quantity", 10),
        *("--out", desk.out, *TODAY, *more),
    )


def text_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


def test_the_whole_chain(desk: Desk) -> None:
    desk.do("provider", "north", "--name", "North Print Oy")
    blocked = export(desk, "--json")
    assert blocked.status == 1
    assert [blocker["code"] for blocker in blocked.json["blockers"]] == [
        "right_unknown",
        "export_not_assessed",
        "not_released",
        "no_definition",
    ]
    clear(desk)
    define(desk)
    assert "not qualified" in export(desk).output
    qualify(desk)
    assert export(desk, "--check").status == 0
    without_key = export(desk)
    assert without_key.status == 1
    assert "everspare key create" in without_key.errors
    desk.do("key", "create", "--name", "Norvik GmbH")
    exported = export(desk, "--json").json
    package = Path(exported["file"])
    assert package.parent == desk.out
    assert open_package(package.read_bytes()).manifest.number == "P-2026-0001"
    verified = desk.do("verify", package, "--json").json
    assert [(item["verdict"], item["number"]) for item in verified] == [("genuine", "P-2026-0001")]
    book_and_certify(desk, package)
    listed = desk.do("packages", "--json").json
    assert [item["number"] for item in listed] == ["P-2026-0001"]
    checked = desk.do("check")
    assert "intact" in checked.output


def book_and_certify(desk: Desk, package: Path) -> None:
    lot = ("lot", "L-1", "--package", "P-2026-0001", "--quantity", 4, "--serials", "S-01..S-04")
    desk.do(*lot, "--order", "4711, item 10", "--purchaser", "Clinic")
    over = desk.run("lot", "L-2", "--package", "P-2026-0001", "--quantity", 7)
    assert over.status == 1
    assert "6 would be" in over.errors
    pdf = desk.out / "c.pdf"
    refused = desk.run("certify", "L-1", "--type", "2.1", "--out", pdf)
    assert refused.status == 1
    assert "North Print Oy made this lot" in refused.errors
    assert not pdf.exists()
    for later in ("2.2", "3.1", "3.2", "fai", "qualification"):
        answer = desk.run("certify", "L-1", "--type", later, "--out", pdf)
        assert (answer.status, "This version" in answer.errors) == (1, True)
    assert desk.run("certify", "L-1", "--type", "9.9", "--out", pdf).status == 2
    issued = desk.do(
        "certify", "L-1", "--type", "declaration", "--out", pdf, "--json", user="Ben Kolb"
    ).json
    assert issued["certificate"]["number"] == "C-2026-0001"
    text = text_of(pdf)
    for words in ("Norvik GmbH", "North Print Oy", "LC-100", "S-01 to S-04", "Ben Kolb"):
        assert words in text, words
    desk.do("verify", pdf, package)
    desk.do("withdraw", "C-2026-0001", "--why", "wrong purchaser")
    after = desk.run("verify", pdf, package, "--json")
    assert after.status == 3
    assert [item["verdict"] for item in after.json] == ["no_longer_current", "genuine"]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library with an exported package and the key that signed it; made once, then copied."""
    place = tmp_path_factory.mktemp("chain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVERSPARE_HOME", str(place / "home"))
        patch.setenv("EVERSPARE_PASSPHRASE", SECRET)
        made = furnish(place)
        clear(made)
        define(made)
        qualify(made)
        made.do("key", "create", "--name", "Norvik GmbH")
        assert export(made).status == 0
    yield place


@pytest.fixture
def packaged(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, Path]:
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", SECRET)
    return Desk(tmp_path), tmp_path / "out" / "P-2026-0001.everspare"


def check_random_changes(package: Path, place: Path, count: int = 200) -> Path:
    """Change one byte at a time, at random, and see each change fail; return one changed file."""
    data = package.read_bytes()
    chance = random.Random(20261123)
    changed_files = []
    for number in range(count):
        position = chance.randrange(len(data))
        changed = bytearray(data)
        changed[position] ^= chance.randrange(1, 256)
        file = place / f"{number:03d}.everspare"
        file.write_bytes(changed)
        changed_files.append(file)
    answer = run_command("verify", *changed_files, "--json")
    assert answer.status == 1
    assert [item["verdict"] for item in answer.json] == ["not_genuine"] * count
    return changed_files[0]


DEGENERATE = (
    ((0.0, 0.0, 0.0), (20.0, 0.0, 0.0), (20.0, 0.0, 0.0)),
    ((0.0, 0.0, 8.0), (0.0, 0.0, 8.0), (0.0, 0.0, 8.0)),
    ((20.0, 20.0, 0.0), (20.0, 20.0, 0.0), (20.0, 0.0, 0.0)),
)


def with_degenerate_triangles() -> bytes:
    """Return an ASCII STL of a box, with triangles in it that have no area."""
    vertices, faces = box(20.0, 20.0, 8.0)
    collapsed = np.array(DEGENERATE).reshape(-1, 3)
    more = np.arange(len(collapsed)).reshape(-1, 3) + len(vertices)
    return ascii_stl((np.concatenate([vertices, collapsed]), np.concatenate([faces, more])))


def read_strictly(file: Path) -> tuple[int, bool]:
    """Read a 3MF with lib3mf and no mercy; return its triangles and whether it is closed."""
    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(file))
    assert reader.GetWarningCount() == 0
    objects = model.GetMeshObjects()
    objects.MoveNext()
    mesh = objects.GetCurrentMeshObject()
    return mesh.GetTriangleCount(), mesh.IsManifoldAndOriented()


def slice_if_there_is_a_slicer(model: Path) -> None:
    slicer = shutil.which("prusa-slicer")
    if slicer is None:  # everything else of the test counts without one
        return
    target = model.with_suffix(".gcode")
    command = [slicer, "--export-gcode", "--output", str(target), str(model)]
    sliced = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert sliced.returncode == 0, sliced.stderr[-500:]
    text = target.read_text()
    heights = [float(height) for height in re.findall(r"^;Z:([0-9.]+)", text, re.MULTILINE)]
    assert max(heights) == pytest.approx(8.0, abs=0.3)
    assert text.count("G1 ") > 100


def test_a_flawed_file_of_somebody_elses_comes_out_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVERSPARE_PASSPHRASE", SECRET)
    source = with_degenerate_triangles()
    desk = furnish(tmp_path, source)
    clear(desk)
    define(desk)
    qualify(desk)
    desk.do("key", "create", "--name", "Norvik GmbH")
    exported = export(desk, "--json").json
    assert (exported["triangles"], exported["dropped_triangles"]) == (12, len(DEGENERATE))
    package = Path(exported["file"])
    files = open_package(package.read_bytes()).files
    assert files["source/cap.stl"] == source
    model = tmp_path / "model.3mf"
    model.write_bytes(files["model/LC-100.3mf"])
    assert read_strictly(model) == (12, True)
    slice_if_there_is_a_slicer(model)
    check_random_changes(package, tmp_path)
    lot = ("lot", "L-1", "--package", "P-2026-0001", "--quantity", 2, "--serials", "Ü-1..Ü-2")
    desk.do(*lot, "--order", "4711", "--purchaser", "Müller & Söhne")
    pdf = desk.out / "c.pdf"
    desk.do("certify", "L-1", "--type", "declaration", "--out", pdf, user="Ben Kolb")
    text = text_of(pdf)
    for words in ("C-2026-0001", "Müller & Söhne", "Ü-1 to Ü-2", "20.0 × 20.0 × 8.0 mm", "MEX"):
        assert words in text, words
    desk.do("verify", pdf, package)
    assert "intact" in desk.do("check").output


def test_a_receiver_verifies_without_any_library(
    packaged: tuple[Desk, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, package = packaged
    handed = tmp_path / "norvik.toml"
    desk.do("key", "hand-over", "--out", handed)
    monkeypatch.setenv("EVERSPARE_HOME", str(tmp_path / "receiver"))
    stranger = run_command("verify", package)
    assert stranger.status == 1
    assert "unknown key" in stranger.output
    assert "SHA256:" in stranger.output
    assert run_command("verify", package, "--trust", handed).status == 0
    assert run_command("trust", "add", handed).status == 0
    assert "Norvik GmbH" in run_command("verify", package).output
    assert run_command("trust", "remove", "Norvik GmbH").status == 0
    assert run_command("verify", package).status == 1
    assert run_command("verify", tmp_path / "none.everspare").status == 1
    assert not (tmp_path / "receiver" / "data").exists()


def test_each_of_200_random_changes_fails(packaged: tuple[Desk, Path], tmp_path: Path) -> None:
    _desk, package = packaged
    changed = check_random_changes(package, tmp_path)
    assert run_command("verify", changed, package).status == 1


def test_the_definition_is_shown_changed_and_versioned(desk: Desk) -> None:
    clear(desk)
    define(desk)
    shown = desk.do("define", "LC-100")
    assert "key    layer_height_mm = 0.2  (grip of the seal)" in shown.output
    assert "range  infill_percent = 40 [30..60]" in shown.output
    changed = desk.do("define", "LC-100", "--key", "layer_height_mm=0.1", "--reason", "finer")
    assert "does not hold for this version" in changed.errors
    released = desk.do("define", "LC-100", "--release", "--json").json
    assert (released["definition"]["major"], released["definition"]["minor"]) == (2, 0)
    wrong = desk.run("define", "LC-100", "--range", "infill_percent=90..10", "--reason", "x")
    assert wrong.status == 1
    assert "above the maximum" in wrong.errors


def test_a_new_revision_begins_unqualified(packaged: tuple[Desk, Path]) -> None:
    desk, _package = packaged
    begun = desk.do("revise", "LC-100", "--why", "thicker wall", "--json").json
    desk.do("release", f"LC-100@{begun['label']}")
    blocked = export(desk, "--json")
    assert blocked.status == 1
    assert [blocker["code"] for blocker in blocked.json["blockers"]] == ["no_definition"]
    obsolete = export(desk, "--json", "--trial")
    assert obsolete.status == 1


def test_lists_answer_in_json(packaged: tuple[Desk, Path]) -> None:
    desk, _package = packaged
    for command in ("provider", "machine", "material", "qualifications", "lot", "certificates"):
        assert isinstance(desk.do(command, "--json").json, list)
    [row] = desk.do("qualifications", *TODAY, "--json").json
    assert (row["status"], row["provider"]) == ("qualified", "north")
    rights = desk.do("rights", "LC-100", "--json").json
    assert (rights["right_to_make"], rights["export_control"]) == ("own", "none")


def test_wrong_usage_is_told_apart_from_a_refusal(desk: Desk) -> None:
    for usage in (
        ("key", "steal"),
        ("trust", "everyone"),
        ("machine", "north", "M1"),
        ("material", "PETG"),
        ("export", "LC-100"),
        ("certify", "L-1", "--type", "x", "--out", "c.pdf"),
        ("qualify", "LC-100", "--provider", "x", "--today", "soon"),
    ):
        assert desk.run(*usage).status == 2, usage
    for refusal in (
        ("trust", "add"),
        ("qualify", "LC-100", "--provider", "nobody"),
        ("approve", 7),
        ("withdraw", "C-1", "--why", "x"),
        ("reissue", "P-1"),
        ("ignore", "LC-100", "open", "--why", "x"),
    ):
        outcome = desk.run(*refusal)
        assert outcome.status == 1, refusal
        assert outcome.errors.strip()
        assert "Traceback" not in outcome.errors
