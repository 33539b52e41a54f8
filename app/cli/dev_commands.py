"""Commands for developers: a library of any size, words to translate, the system at a glance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import app
from app.base.figures import figure
from app.base.i18n import _
from app.base.paths import config_dir, data_dir, log_dir, resource_path
from app.base.settings import load_settings
from app.base.system_report import system_versions
from app.bootstrap import make_workers
from app.cli.catalogue import compile_catalogue, update_catalogue
from app.cli.seeding import seed_parts
from app.cli.session import REFUSED, emit, note, progress_on_stderr, session
from app.cli.shared_options import JsonOption


def register(cli: typer.Typer) -> None:
    """Add the commands of this module as a group of their own."""
    dev = typer.Typer(help=_("What helps developers."), no_args_is_help=True)
    dev.command("seed", help=_("Add made-up parts to the library."))(_seed)
    dev.command("words", help=_("Bring the catalogue of words up to date."))(_words)
    dev.command("system-info", help=_("Show versions, places and broken extensions."))(_system_info)
    cli.add_typer(dev, name="dev")


def _seed(parts: Annotated[int, typer.Option(help=_("How many parts."), min=1)] = 10_000) -> None:
    with session(create_if_missing=True, keep_flags=False) as services:
        seed_parts(services.library, parts, who=services.user, progress=progress_on_stderr())
    note(_("{count} parts were added.").format(count=figure(parts)))


def _words(
    check: Annotated[
        bool, typer.Option("--check", help=_("Only say whether it is up to date."))
    ] = False,
) -> None:
    source, folder = Path(app.__file__).parent, resource_path("locale")
    missing = update_catalogue(source, folder, write=not check)
    if not check:
        compile_catalogue(folder)
    for sentence in missing:
        typer.echo(sentence)
    note(_("{count} sentences have no translation.").format(count=figure(len(missing))))
    if check and missing:
        raise typer.Exit(REFUSED)


def _system_info(json_output: JsonOption = False) -> None:
    from app.workers.tasks.geometry import list_reader_problems  # loads all readers

    with make_workers(load_settings()) as workers:
        broken = workers.run(list_reader_problems)
    found = {
        **system_versions(),
        "settings": str(config_dir()),
        "data": str(data_dir()),
        "logs": str(log_dir()),
    }
    lines = [f"{name:<20} {value}" for name, value in found.items()]
    emit({**found, "reader_problems": broken}, json_output, [*lines, *broken])
