"""Plays commands one after another, tells what they answer, and keeps a transcript."""

from __future__ import annotations

import contextlib
import io
import json
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import typer

from app.base.errors import DocumentError
from app.base.i18n import _

Run = Callable[[Sequence[str]], int]


class TourPlayer:
    """Runs commands on one library and tells about them.

    Args:
        run: runs one command; returns its exit status.
        library: folder of the tour's library.
        out: folder for the transcript.
    """

    def __init__(self, run: Run, library: Path, out: Path) -> None:
        self._run = run
        self._library = library
        self._out = out
        self._told: list[str] = []
        self._chapter = 0

    def chapter(self, title: str) -> None:
        """Begin a new part of the tour."""
        self._chapter += 1
        self._tell(f"\n{self._chapter}. {title}")

    def play(self, *words: object, user: str = "", status: int = 0) -> str:
        """Run one command and return what it wrote on standard output.

        Args:
            status: what the command should answer; 1 where a refusal is part of the story.

        Raises:
            DocumentError: it answered otherwise.
        """
        before = ["--library", str(self._library), *(["--user", user] if user else [])]
        command = [str(word) for word in words]
        self._tell("   $ everspare " + shlex.join([*before[2:], *command]))
        output, messages = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(messages):
            found = self._run([*before, *command])
        answer = output.getvalue()
        shown = messages.getvalue() if "--json" in command else answer + messages.getvalue()
        for line in shown.splitlines():
            self._tell(f"     {line}")
        if found != status:
            raise DocumentError(
                _("The tour expected status {expected} but got {found} from: {command}").format(
                    expected=status, found=found, command=shlex.join(command)
                ),
                hint=shown.strip(),
            )
        return answer

    def ask(self, *words: object, user: str = "") -> Any:
        """Run one command with `--json` and return the document it answers."""
        return json.loads(self.play(*words, "--json", user=user))

    def keep(self, name: str, text: str) -> None:
        """Write a file beside the tour's results."""
        (self._out / name).write_text(text, encoding="utf-8")

    def finish(self) -> None:
        """Write the transcript."""
        self.keep("tour.txt", "\n".join(self._told).lstrip("\n") + "\n")

    def _tell(self, line: str) -> None:
        self._told.append(line)
        typer.echo(line)
