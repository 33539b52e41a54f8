"""The command line: one command for every use case of the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.base.i18n import _, use_language
from app.base.settings import load_settings
from app.cli import (
    catalog_commands,
    certificate_commands,
    dev_commands,
    import_command,
    library_commands,
    lifecycle_commands,
    package_commands,
    qualification_commands,
    release_commands,
    thumbnail_command,
    tour_command,
)
from app.cli.running import run
from app.cli.session import WRONG_USAGE, GlobalOptions, note, options

# Each module adds its commands through `register`.
COMMAND_MODULES = (
    library_commands,
    catalog_commands,
    import_command,
    lifecycle_commands,
    release_commands,
    qualification_commands,
    package_commands,
    certificate_commands,
    thumbnail_command,
    tour_command,
    dev_commands,
)


def build_command_line() -> typer.Typer:
    """Return the program's command line."""
    cli = typer.Typer(
        name="everspare",
        help=_("Keep spare parts available for ever."),
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @cli.callback()
    def choose(
        library: Annotated[
            Path | None, typer.Option("--library", help=_("Folder of the library."))
        ] = None,
        user: Annotated[
            str | None, typer.Option("--user", help=_("Name of the person who acts."))
        ] = None,
    ) -> None:
        options.set(GlobalOptions(library, user))

    @cli.command("gui", help=_("Open the window."))
    def gui() -> None:
        note(_("The window is opened with: everspare gui, without further words."))
        raise typer.Exit(WRONG_USAGE)

    for module in COMMAND_MODULES:
        module.register(cli)
    return cli


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status (see the contract of the command line)."""
    use_language(load_settings().language)
    return run(build_command_line(), arguments)
