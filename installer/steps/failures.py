"""What can go wrong, in words: which step, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

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
