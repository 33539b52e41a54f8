"""What the user sees of the preparation, and the commands it runs."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from steps.failures import CommandFailed, StepFailed, explain


class Steps:
    """Numbered steps with elapsed time, on standard error.

    Args:
        total: how many steps there are.
        log: file that receives what the commands print.
        stream: where progress is shown; a terminal gets a running clock.
        inherited: file descriptors that commands keep open as long as they live.
    """

    def __init__(
        self,
        total: int,
        log: Path,
        stream: TextIO | None = None,
        inherited: Sequence[int] = (),
    ) -> None:
        self._total, self._number = total, 0
        self._log, self._inherited = log, tuple(inherited)
        self._stream = sys.stderr if stream is None else stream
        self._notes: list[str] = []

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show `title` while the body runs; a failure inside learns its name."""
        self._number += 1
        line = f"[{self._number}/{self._total}] {title}"
        began = time.monotonic()
        clock = _Clock(self._stream, line, began)
        clock.start()
        try:
            yield
        except StepFailed as failure:
            failure.step = failure.step or f"{self._number} of {self._total} ({title})"
            raise
        except CommandFailed as failure:
            named = explain(failure.output, self._log)
            named.step = f"{self._number} of {self._total} ({title})"
            raise named from failure
        finally:
            clock.stop()
            print(f"  {time.monotonic() - began:.1f} s", file=self._stream, flush=True)
            self._tell_notes()

    def say(self, text: str) -> None:
        """Show a line of its own, between two steps."""
        print(text, file=self._stream, flush=True)

    def note(self, text: str) -> None:
        """Show `text` as soon as the running step has ended."""
        self._notes.append(text)

    def call(
        self,
        command: Sequence[str | Path],
        environ: Mapping[str, str] | None = None,
        *,
        keep_lock: bool = True,
    ) -> str:
        """Run a command without input and return what it printed.

        Raises:
            CommandFailed: it could not be started or did not end with 0.
        """
        words = [str(word) for word in command]
        # A command that outlives us keeps the preparation's lock until it has ended too.
        kept = self._inherited if keep_lock and os.name == "posix" else ()
        try:
            done = subprocess.run(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=None if environ is None else dict(environ),
                encoding="utf-8",
                errors="replace",
                pass_fds=kept,
                check=False,
            )
        except OSError as error:
            raise CommandFailed(words, str(error)) from error
        with self._log.open("a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(words)}\n{done.stdout}\n")
        if done.returncode != 0:
            raise CommandFailed(words, done.stdout)
        return done.stdout

    def _tell_notes(self) -> None:
        for note in self._notes:
            print(note, file=self._stream, flush=True)
        self._notes.clear()


class _Clock(threading.Thread):
    """Rewrites the step's line with the seconds gone by; only once where no terminal is."""

    def __init__(self, stream: TextIO, line: str, began: float) -> None:
        super().__init__(daemon=True)
        self._stream, self._line, self._began = stream, line, began
        self._ended = threading.Event()
        print(line, end="", file=stream, flush=True)

    def run(self) -> None:
        while self._stream.isatty() and not self._ended.wait(0.5):
            seconds = int(time.monotonic() - self._began)
            print(f"\r{self._line}  {seconds} s", end="", file=self._stream, flush=True)

    def stop(self) -> None:
        self._ended.set()
        self.join()
        if self._stream.isatty():
            print(f"\r{self._line}", end="", file=self._stream, flush=True)
