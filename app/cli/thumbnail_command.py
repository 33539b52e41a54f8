"""The command that draws a geometry file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.base.i18n import _
from app.base.settings import load_settings
from app.bootstrap import make_workers
from app.cli.session import note, progress_on_stderr
from app.preview.palette import PictureTheme
from app.services.catalog.render_thumbnail import render_thumbnail

_SMALLEST_PX, _LARGEST_PX = 16, 4096


def register(cli: typer.Typer) -> None:
    """Add the command of this module."""
    cli.command("thumbnail", help=_("Draw a geometry file as a PNG picture."))(_thumbnail)


def _thumbnail(
    file: Annotated[Path, typer.Argument(help=_("Geometry file."))],
    out: Annotated[Path, typer.Option("--out", help=_("PNG file to write."))],
    size: Annotated[
        int,
        typer.Option(
            "--size", min=_SMALLEST_PX, max=_LARGEST_PX, help=_("Width and height in pixels.")
        ),
    ] = 256,
    theme: Annotated[
        PictureTheme,
        typer.Option("--theme", help=_("Colours: for a light or dark ground, or print.")),
    ] = PictureTheme.LIGHT,
) -> None:
    workers = make_workers(load_settings())
    try:
        render_thumbnail(
            file, out, size_px=size, theme=theme, workers=workers, progress=progress_on_stderr()
        )
    finally:
        workers.close()
    note(_("{path} holds the picture of {file}.").format(path=out, file=file.name))
