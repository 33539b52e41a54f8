"""Looks at the arguments: window or command line; nothing else.

Stays free of Qt and of everything heavy, so that a worker process can re-import it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

_WITH_VALUE = ("--library", "--user")


def wants_window(arguments: Sequence[str]) -> bool:
    """Say whether these arguments name no command, or `gui`."""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in _WITH_VALUE:
            del rest[:1]
        elif word.startswith(tuple(f"{name}=" for name in _WITH_VALUE)):
            continue
        else:
            return word == "gui" and not rest
    return True


def load_window() -> Callable[[Sequence[str]], int]:
    """Load what the window needs before its first paint and return what runs it.

    What is made meanwhile lives as long as the program, so no garbage is looked for in it until
    the first paint is over.
    """
    gc.disable()
    from app.ui.start import run_window

    return run_window


def play_tour(folder: Path, size: tuple[int, int]) -> bool:
    """Play the tour in the window; False where no window can be shown, not even a virtual one."""
    from app.ui.virtual_display import Display, shown_display

    with shown_display() as display:
        if display is Display.MISSING:
            return False
        from app.ui.tour.run_tour import play_window_tour

        play_window_tour(folder, size, virtual=display is Display.VIRTUAL)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if wants_window(given):
        return load_window()(given)
    from app.cli.main import run_command_line

    return run_command_line(given, play_window=play_tour)


if __name__ == "__main__":
    from multiprocessing import freeze_support

    freeze_support()
    sys.exit(main())
