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

NEEDED_GB = 1.7
NOT_OFFERED = "a package Everspare needs is not offered for this system and Python"


class StepFailed(Exception):
    """A step that cannot be done.

    Args:
        why: one sentence on the cause.
        todo: what the user can do about it.
        step: title of the step; filled in by `Steps`.
    """

    def __init__(self, why: str, todo: str, step: str = "") -> None:
        super().__init__(why)
        self.why, self.todo, self.step = why, todo, step

    @classmethod
    def disk_full(cls, folder: Path) -> StepFailed:
        return cls(
            f"the disk that holds {folder} is full",
            f"Free about {NEEDED_GB} GB, then run the same command again.",
        )

    def told(self) -> str:
        """Return which step failed, why, and what to do."""
        which = f"Step {self.step} failed" if self.step else "Everspare cannot go on"
        return f"{which}: {self.why.removesuffix('.')}. {self.todo}"


class CommandFailed(Exception):
    """A command of somebody else's ended with an error; holds all it printed."""

    def __init__(self, command: Sequence[str], output: str) -> None:
        super().__init__(f"{' '.join(command)}\n{output}")
        self.output = output


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


# What uv, pip and apt-get print, and what it means. The first match counts, so a full disk is
# named even where the same output also speaks of a failed download.
_MEANINGS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("no space left on device", "os error 28", "os error 112", "not enough free space"),
        "the disk is full (that of the checkout or that of the download cache)",
        f"Free about {NEEDED_GB} GB, then run the same command again.",
    ),
    (
        ("could not get lock", "unable to acquire the dpkg", "unable to lock"),
        "another program is installing software at this moment",
        "Wait until it has ended, then run the same command again.",
    ),
    (
        ("read-only file system", "os error 30", "permission denied"),
        "a folder may not be written",
        "Copy the checkout to a folder of your own and run the command there.",
    ),
    (
        ("invalid peer certificate", "certificate_verify_failed", "unknownissuer"),
        "the certificate of the package index is not trusted here",
        "Name your network's certificate file with: python3 -m pip config set global.cert FILE",
    ),
    (
        ("hash mismatch", "do not match the hashes"),
        "a download differs from what this version of Everspare was tested with",
        "Try again; if it stays, ask who runs your package index or proxy.",
    ),
    (
        (
            "dns error",
            "error sending request",
            "failed to fetch",
            "connection refused",
            "connection reset",
            "connection aborted",
            "connection failed",
            "network is unreachable",
            "temporary failure in name resolution",
            "temporary failure resolving",
            "could not resolve",
            "could not connect",
            "name or service not known",
            "newconnectionerror",
            "max retries exceeded",
            "operation timed out",
            "timed out",
        ),
        "there is no connection to the servers that hold the packages",
        "Check the network or the proxy, then run the same command again.",
    ),
    (
        (
            "no binary distribution",
            "for the current platform",
            "no wheels with a matching",
            "no matching distribution",
        ),
        NOT_OFFERED,
        "Use 64-bit Linux (x86-64), Windows or macOS 14 on Apple silicon with Python 3.11 to 3.13.",
    ),
)


def explain(output: str, log: Path) -> StepFailed:
    """Turn what a command printed into a sentence."""
    low = output.lower()
    details = f"Details are in {log}."
    for signs, why, todo in _MEANINGS:
        if any(sign in low for sign in signs):
            return StepFailed(why, f"{todo} {details}")
    said = [line.strip() for line in output.splitlines() if line.strip()]
    last = " / ".join(said[-3:]) or "nothing"
    return StepFailed(f"the command that failed printed: {last}", details)
