"""The guided tour in the real window, on a display of its own: from import to certificate."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import lib3mf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.ui.places import PAGES
from helpers.command_line import run_command

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What the tour leaves and tells; it finds no display and starts a virtual one."""
    place = tmp_path_factory.mktemp("window-tour")
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY")
    environ = {name: value for name, value in os.environ.items() if name not in unwanted}
    done = subprocess.run(
        [sys.executable, "-m", "app", "tour", "--out", str(place / "out")],
        cwd=ROOT,
        env=environ | {"EVERSPARE_HOME": str(place / "home"), "LANGUAGE": "en"},
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return place / "out", done.stdout


def test_every_page_is_pictured_light_and_dark(toured: tuple[Path, str]) -> None:
    pictures = {file.stem[3:]: file for file in toured[0].glob("*.png")}
    for page in PAGES:
        light, dark = (QImage(str(pictures[f"{page.key}-{mode}"])) for mode in ("light", "dark"))
        assert (light.width(), light.height()) == (1440, 900)
        brightness = [
            picture.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation)
            .pixelColor(0, 0)
            .lightness()
            for picture in (light, dark)
        ]
        assert brightness[0] > 190 > 80 > brightness[1], page.key
    assert {"part-light", "part-dark", "rights", "package", "certificate"} <= pictures.keys()


def test_the_package_can_be_read_by_others(toured: tuple[Path, str], tmp_path: Path) -> None:
    [package] = toured[0].glob("*.everspare")
    with zipfile.ZipFile(package) as archive:
        model = next(name for name in archive.namelist() if name.startswith("model/"))
        (tmp_path / "model.3mf").write_bytes(archive.read(model))
    read = lib3mf.get_wrapper().CreateModel()
    reader = read.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(tmp_path / "model.3mf"))
    meshes = read.GetMeshObjects()
    assert meshes.MoveNext()
    assert meshes.GetCurrentMeshObject().IsManifoldAndOriented()


def test_the_certificate_names_part_lot_and_signer(toured: tuple[Path, str]) -> None:
    [certificate] = toured[0].glob("*.pdf")
    document = pypdfium2.PdfDocument(certificate)
    text = document[0].get_textpage().get_text_range()
    document.close()
    for words in ("A003399", "2026-118", "Nordlicht Schichtbau GmbH", "Ines Kolb", "MN-014"):
        assert words in text, words


def test_the_flags_are_a_table_with_the_imported_part(toured: tuple[Path, str]) -> None:
    table = (toured[0] / "flags.csv").read_text(encoding="utf-8")
    flagged = {row["number"]: row for row in csv.DictReader(io.StringIO(table))}
    assert flagged["A003399"]["answer"] == "yes"
    assert "A003400" not in flagged


def test_the_library_it_leaves_is_intact_and_was_approved_by_two(toured: tuple[Path, str]) -> None:
    library = ("--library", toured[0] / "home" / "data" / "library")
    assert run_command(*library, "check").status == 0
    part = run_command(*library, "part", "A003399", "--json")
    assert part.status == 0
    assert "Jana Aalto" in part.output
    assert "Ines Kolb" in part.output


def test_steps_and_stalls_are_told(toured: tuple[Path, str]) -> None:
    out, told = toured
    log = (out / "tour.txt").read_text(encoding="utf-8")
    assert "a virtual display, 1440 × 900 pixels" in log
    steps = re.findall(r"^ *\d+\. +([\d.]+) s +(\d+) ms  (.+)$", log, re.MULTILINE)
    assert len(steps) > 40
    assert sum(float(seconds) for seconds, _stall, _name in steps) > 1.0
    assert re.search(r"^Longest stall: \d+ ms, \d+ ms of it at work, in \S", log, re.MULTILINE)
    assert "Everything the tour made is in" in told
