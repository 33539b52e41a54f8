"""The guided tour: the program's main job, played on the sample inventory.

It is played in the window where one can be shown. Otherwise every step is a command that anyone can
type; the tour fails if one of them answers otherwise than it should, so it doubles as an
end-to-end test.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.base.i18n import _
from app.cli.running import run
from app.cli.session import note, window_player
from app.cli.tour_player import TourPlayer
from app.documents.signing.passphrase import VARIABLE
from app.services.sample.demonstration_key import DEMONSTRATION_PASSPHRASE, KEY_FILE_NAME
from app.services.sample.tour_story import (
    ENGINEER,
    GRADE,
    LOT,
    MANAGER,
    ORDER,
    ORIENTATION,
    OWNER,
    PART,
    PIECES,
    PLACE,
    PROVIDER,
    PURCHASER,
    QUALITY,
    REQUIREMENT,
    WHY_ORIENTATION,
    lay_out_incoming,
    write_report,
)
from app.storage.translation import translated


def register(cli: typer.Typer) -> None:
    """Add the command of this module."""

    @cli.command("tour", help=_("Play the guided tour on the sample inventory."))
    def tour(
        out: Annotated[Path, typer.Option("--out", help=_("Folder for what the tour makes."))],
        no_window: Annotated[
            bool, typer.Option("--no-window", help=_("Play it with commands, without a window."))
        ] = False,
        size: Annotated[
            str, typer.Option("--size", help=_("Size of the window in pixels."))
        ] = "1440x900",
    ) -> None:
        width_and_height = _read_size(size)
        with translated(out):
            folder = _free_folder(out)
            folder.mkdir(parents=True, exist_ok=True)
        if no_window:
            _play_commands(cli, folder)
        elif not _plays_in_window(folder, width_and_height):
            note(_("No window can be shown here, so the tour is played with commands."))
            _play_commands(cli, folder)
        typer.echo("\n" + _("Everything the tour made is in {path}.").format(path=folder))


def _plays_in_window(folder: Path, size: tuple[int, int]) -> bool:
    play = window_player.get()
    return play is not None and play(folder, size)


def _read_size(size: str) -> tuple[int, int]:
    """Read WIDTHxHEIGHT."""
    width, _x, height = size.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise typer.BadParameter(_("The size is a width and a height, such as 1440x900."))
    return int(width), int(height)


def _play_commands(cli: typer.Typer, folder: Path) -> None:
    """Play the tour with commands that anyone can type."""
    player = TourPlayer(lambda words: run(cli, words), folder / "library", folder)
    with _passphrase():
        _play(player, folder)
    player.finish()


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
    lay_out_incoming(incoming)
    player.play("check-file", incoming / "drain_lid.3mf")
    player.play("import", incoming, "--table", incoming / "parts.csv", user=MANAGER)
    player.play("thumbnail", incoming / "drain_lid.3mf", "--out", folder / "drain_lid.png")


def _flag(player: TourPlayer) -> None:
    player.chapter(_("Which parts outlive their supply?"))
    player.play("flags", user=MANAGER)
    player.keep("flags.csv", player.play("flags", "--csv"))


def _qualify(player: TourPlayer, folder: Path) -> None:
    player.chapter(_("Define the print and qualify it: the approver is not the author"))
    report = write_report(folder / "incoming")
    why = _("own drawing; assessed, not listed")
    player.play(
        "rights",
        PART,
        "--right",
        "own",
        "--export",
        "none",
        "--owner",
        OWNER,
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
        f"orientation={ORIENTATION}",
        "--range",
        "layer_height_mm=0.08..0.12:0.10",
        "--choice",
        "nesting",
        "--why",
        f"orientation={WHY_ORIENTATION}",
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
        PIECES,
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
        PIECES,
        "--package",
        package,
        "--order",
        ORDER,
        "--purchaser",
        PURCHASER,
        "--delivered",
        date.today().isoformat(),
        user=QUALITY,
    )
    signed = ("--key", key, "--function", _("Quality"), "--place", PLACE)
    conform = ("--requirement", REQUIREMENT)
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
