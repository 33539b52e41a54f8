"""Tasks that behave badly, to be run in a worker."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from app.base import i18n
from app.base.errors import GeometryError, TableError


def double(number: int) -> int:
    return 2 * number


def my_pid(seconds: float = 0.0) -> int:
    time.sleep(seconds)
    return os.getpid()


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def read_address_zero() -> None:
    ctypes.string_at(0)


def leave_quietly() -> None:
    os._exit(3)


def hang() -> None:
    while True:
        time.sleep(0.05)


def hang_holding_the_interpreter() -> None:
    ctypes.PyDLL(None).sleep(600)  # a native reader that never lets go


def eat_memory(step_mb: int = 64, native: bool = False) -> None:
    kept = []
    while True:
        kept.append(bytearray(step_mb << 20) if not native else os.urandom(step_mb << 20))


def eat_memory_and_hide_it() -> None:
    try:
        eat_memory()
    except MemoryError:
        raise ValueError("all is well") from None


def return_too_much() -> bytes:
    return bytes(80 << 20)


def refuse() -> None:
    raise GeometryError("The file is odd.", hint="Look again.")


def refuse_table() -> None:
    raise TableError("Row 7 is odd.")


def raise_bug() -> None:
    raise KeyError("a bug of a reader")


def raise_system_exit() -> None:
    sys.exit("a reader that thinks it is a program")


def return_code() -> object:
    return Path.home  # a function: no honest task returns one


class Trap:
    """Would call a function in whoever unpickles it."""

    def __reduce__(self) -> tuple[object, ...]:
        return (print, ("executed",))


def return_trap() -> object:
    return Trap()


def open_socket() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def open_address() -> None:
    urllib.request.urlopen("http://127.0.0.1:9/", timeout=1)


def start_program() -> None:
    subprocess.run(["true"], check=True)


def shell_out() -> None:
    os.system("true")


def print_noise() -> str:
    print("noise on standard output")
    os.write(1, b"noise from a native library\n")
    os.write(2, b"noise on standard error\n")
    return "done"


def language_in_use() -> str:
    return i18n.language()


def open_files() -> list[str]:
    """Return what this process has open besides its own pipe and log."""
    names = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            names.append(str(entry.readlink()))
        except OSError:
            continue
    return names


def loaded_modules() -> list[str]:
    return sorted(sys.modules)
