"""Runs one command and turns whatever it raises into a sentence and an exit status."""

from __future__ import annotations

import io
import logging
import sys
import traceback
from collections.abc import Callable, Sequence

import typer
from typer.exceptions import TyperException

from app.base.errors import AppError, Cancelled
from app.base.i18n import _
from app.base.logs import start_logging
from app.cli.session import REFUSED, WRONG_USAGE, note


def run(cli: typer.Typer, arguments: Sequence[str]) -> int:
    """Run one command of `cli`; returns the exit status (see the contract of the command line)."""

    def work() -> object:
        command = typer.main.get_command(cli)
        return command.main(list(arguments), prog_name="everspare", standalone_mode=False)

    return guarded(work)


def guarded(work: Callable[[], object]) -> int:
    """Do some work of the command line; returns its status, or the one of its refusal."""
    try:
        status = work()
    except TyperException as error:
        note(_("{message} See: everspare --help").format(message=error.format_message()))
        return WRONG_USAGE
    except (typer.Abort, Cancelled, KeyboardInterrupt):
        note(_("Stopped. What was confirmed before is kept."))
        return REFUSED
    except AppError as error:
        note(str(error))
        return REFUSED
    except Exception:  # a bug of ours: the user gets a sentence, we get the trace
        note(_our_bug())
        return REFUSED
    return status if isinstance(status, int) else 0


def let_odd_letters_through() -> None:
    """Show letters the terminal lacks, as in a file name of another system, by their codes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _our_bug() -> str:
    """Log the exception being handled and say where the trace is."""
    files = start_logging()
    logging.getLogger(__name__).exception("unexpected error in a command")
    files.close()
    return _(
        "Something went wrong that should not have: a fault of the program. "
        "Please report it with the details in {path}."
    ).format(path=files.path or "–") + ("" if files.path else "\n" + traceback.format_exc())
