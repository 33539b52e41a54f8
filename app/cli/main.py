"""The command line: one command for every use case of the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.base.i18n import _, use_language
from app.base.settings import load_settings
from app.cli.running import guarded, let_odd_letters_through, run
from app.cli.session import (
    WRONG_USAGE,
    GlobalOptions,
    PlayWindow,
    note,
    options,
    window_player,
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

    _register_commands(cli)
    return cli


def _register_commands(cli: typer.Typer) -> None:
    """Let each module add its commands through `register`, in the order of the help page."""
    # Imported only now that the language is known: modules that share an option translate its help
    # when they are loaded.
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

    for module in (
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
    ):
        module.register(cli)


def run_command_line(arguments: Sequence[str], *, play_window: PlayWindow | None = None) -> int:
    """Run one command; returns the exit status (see the contract of the command line).

    Args:
        play_window: plays the tour in the window; None: it is played with commands.
    """
    let_odd_letters_through()
    window_player.set(play_window)

    def work() -> int:
        use_language(load_settings().language)
        return run(build_command_line(), arguments)

    return guarded(work)
