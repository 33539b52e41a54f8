"""The command line, run inside the test process."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from typing import Any

from app.__main__ import main


@dataclass(frozen=True)
class Outcome:
    """What a command answered."""

    status: int
    output: str
    errors: str

    @property
    def json(self) -> Any:
        return json.loads(self.output)


def run_command(*arguments: object) -> Outcome:
    """Run `everspare` with these arguments."""
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        status = main([str(argument) for argument in arguments])
    return Outcome(status, output.getvalue(), errors.getvalue())
