"""The guided tour: the program's main job, played with its own commands on the sample inventory.

Every step is a command that anyone can type; the tour fails if one of them answers otherwise than
it should, so it doubles as an end-to-end test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.base.i18n import _
from app.base.paths import resource_path
from app.cli.running import run
from app.cli.tour_player import TourPlayer
from app.documents.signing.passphrase import VARIABLE
from app.services.sample.demonstration_key import DEMONSTRATION_PASSPHRASE, KEY_FILE_NAME
from app.storage.translation import translated

MANAGER, ENGINEER, QUALITY = "Marit Brandt", "Jana Aalto", "Ines Kolb"
PART, LOT, PROVIDER, GRADE = "A003399", "2026-118", "NORDLICHT", "Halden PA12 S black"

_LIST = """Part no;File;Description;Used in;Qty per product;Stock;Supplier;Last order date
A003399;drain_lid.3mf;Drain lid;Recliner Sola;2;0;Pollmeier Spritzguss;2025-06-30
A003400;;Drain lid, tall;Recliner Sola;2;3;Pollmeier Spritzguss;2025-02-31
"""
_REPORT = "Fit check of 5 pieces on 2 tubes: all seated by hand force, none came off.\n"


def register(cli: typer.Typer) -> None:
    """Add the command of this module."""

    @cli.command("tour", help=_("Play the guided tour on the sample inventory."))
    def tour(
        out: Annotated[Path, typer.Option("--out", help=_("Folder for what the tour makes."))],
    ) -> None:
        with translated(out):
            folder = _free_folder(out)
            (folder / "incoming").mkdir(parents=True)
        player = TourPlayer(lambda words: run(cli, words), folder / "library", folder)
        with _passphrase():
            _play(player, folder)
        player.finish()
        typer.echo("\n" + _("Everything the tour made is in {path}.").format(path=folder))


def _free_folder(out: Path) -> Path:
    """Return `out` if it is free, else a numbered folder in it: nothing is overwritten."""
    if not out.exists() or not any(out.iterdir()):
        return out
    number = 2
    while (out / f"tour-{number}").exists():
        number += 1
    return out / f"tour-{number}"


@contextmanager
def _passphrase() -> Iterator[None]:
    """Unlock the demonstration key for the time of the tour."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = DEMONSTRATION_PASSPHRASE
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def _play(player: TourPlayer, folder: Path) -> None:
    key = folder / "library" / KEY_FILE_NAME
    player.chapter(_("A sample inventory: nine products, spare parts, print definitions and lots"))
    player.play("init", "--sample", user=MANAGER)
    player.play("parts")
    _import(player, folder)
    _flag(player)
    _qualify(player, folder)
    package = _export(player, folder, key)
    _certify(player, folder, key, package.stem)
    player.chapter(_("The library itself: everything against its hash, then one file as backup"))
    player.play("check")
    player.play("backup", folder / "backup.zip")


def _import(player: TourPlayer, folder: Path) -> None:
    player.chapter(_("Import a file and a parts list; the row with an impossible date is refused"))
    incoming = folder / "incoming"
    shape = resource_path("sample", "geometry", "A003352_filter_lid.3mf")
    shutil.copyfile(shape, incoming / "drain_lid.3mf")
    (incoming / "parts.csv").write_text(_LIST, encoding="utf-8")
    player.play("check-file", incoming / "drain_lid.3mf")
    player.play("import", incoming, "--table", incoming / "parts.csv", user=MANAGER)
    player.play("thumbnail", incoming / "drain_lid.3mf", "--out", folder / "drain_lid.png")


def _flag(player: TourPlayer) -> None:
    player.chapter(_("Which parts outlive their supply?"))
    player.play("flags", user=MANAGER)
    player.keep("flags.csv", player.play("flags", "--csv"))


def _qualify(player: TourPlayer, folder: Path) -> None:
    player.chapter(_("Define the print and qualify it: the approver is not the author"))
    report = folder / "incoming" / "fit_check.txt"
    report.write_text(_REPORT, encoding="utf-8")
    why = _("own drawing; assessed, not listed")
    player.play(
        "rights",
        PART,
        "--right",
        "own",
        "--export",
        "none",
        "--owner",
        "Morgenau",
        "--why",
        why,
        user=ENGINEER,
    )
    player.play("release", PART, "--why", _("first state"), user=ENGINEER)
    player.play(
        "define",
        PART,
        "--process",
        "PBF",
        "--material",
        GRADE,
        "--key",
        "orientation=opening up, tilted 12°",
        "--range",
        "layer_height_mm=0.08..0.12:0.10",
        "--choice",
        "nesting",
        "--why",
        "orientation=flat on its back the face shows steps",
        "--reason",
        _("first definition"),
        "--release",
        user=ENGINEER,
    )
    started = player.ask("qualify", PART, "--provider", PROVIDER, "--class", "low", user=ENGINEER)
    number = started["id"]
    player.play(
        "evidence", number, report, "--kind", "test report", "--result", _("passed"), user=ENGINEER
    )
    player.play("submit", number, user=ENGINEER)
    player.play("approve", number, user=ENGINEER, status=1)
    player.play("approve", number, user=QUALITY)


def _export(player: TourPlayer, folder: Path, key: Path) -> Path:
    player.chapter(_("Export a signed package for ten pieces and verify it offline"))
    player.play(
        "export",
        PART,
        "--provider",
        PROVIDER,
        "--quantity",
        "10",
        "--out",
        folder,
        "--key",
        key,
        user=MANAGER,
    )
    [package] = folder.glob("*.everspare")
    player.play("verify", package, "--trust", key)
    forged = folder / "incoming" / "forged.everspare"
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    forged.write_bytes(content)
    player.play("verify", forged, "--trust", key, status=1)
    return package


def _certify(player: TourPlayer, folder: Path, key: Path, package: str) -> None:
    player.chapter(_("Book the delivered lot and issue its certificate"))
    player.play(
        "lot",
        LOT,
        "--part",
        PART,
        "--provider",
        PROVIDER,
        "--quantity",
        "10",
        "--package",
        package,
        "--order",
        "4500187332, item 20",
        "--purchaser",
        "Gartenhof Lenz KG",
        "--delivered",
        date.today().isoformat(),
        user=QUALITY,
    )
    signed = ("--key", key, "--function", _("Quality"), "--place", "Siegen")
    conform = ("--requirement", "MN-014 issue 3")
    target = folder / "declaration.pdf"
    player.play(
        "certify", LOT, "--type", "declaration", "--out", target, *conform, *signed, user=QUALITY
    )
    player.play(
        "certify",
        LOT,
        "--type",
        "2.1",
        "--out",
        folder / "2.1.pdf",
        *signed,
        user=QUALITY,
        status=1,
    )
    player.play("verify", target, "--trust", key)
