"""Settings: one frozen dataclass, stored as TOML, upgraded by registered functions.

Reading needs the standard library alone, because the window reads its settings before the first
paint. Window geometry and column widths are state, not settings, and live elsewhere.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from app.base.errors import StorageError
from app.base.i18n import LANGUAGES, _
from app.base.paths import config_dir

SETTINGS_VERSION = 2

Value = str | int | bool
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a setting accepts, and its description in the language in use.

    Attributes:
        choices: the allowed values; empty: any.
        minimum, maximum: limits of a number, both included.
    """

    describe: Callable[[], str]
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def refusal(self, value: Value) -> str:
        """Return why `value` is not allowed; "" if it is."""
        if self.choices and value not in self.choices:
            return _("expected one of {choices}").format(choices=", ".join(map(repr, self.choices)))
        if isinstance(value, int) and not isinstance(value, bool):
            if self.minimum is not None and value < self.minimum:
                return _("expected at least {minimum}").format(minimum=self.minimum)
            if self.maximum is not None and value > self.maximum:
                return _("expected at most {maximum}").format(maximum=self.maximum)
        return ""


def _setting(
    default: Value,
    describe: Callable[[], str],
    *,
    choices: tuple[str, ...] = (),
    minimum: int | None = None,
    maximum: int | None = None,
) -> Any:
    return field(default=default, metadata={"limits": Limits(describe, choices, minimum, maximum)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a user may set. Units stand in the names."""

    language: str = _setting(
        "",
        lambda: _("Language of the window, messages and documents; empty follows the system"),
        choices=("", *LANGUAGES),
    )
    theme: str = _setting(
        "system",
        lambda: _("Light or dark colours"),
        choices=("system", "light", "dark"),
    )
    library_path: str = _setting("", lambda: _("Folder of the library opened last"))
    user_name: str = _setting(
        "", lambda: _("Your name as it stands in the history; empty: the name of your account")
    )
    horizon_months: int = _setting(
        24,
        lambda: _("How far ahead a gap in supply makes a part an eternal spare, in months"),
        minimum=6,
        maximum=60,
    )
    worker_memory_mb: int = _setting(
        2048,
        lambda: _("Memory a worker may use to read one file, in megabytes"),
        minimum=256,
        maximum=65536,
    )
    worker_deadline_s: int = _setting(
        120,
        lambda: _("Time a worker may take to read one file, in seconds"),
        minimum=5,
        maximum=3600,
    )
    single_key_shortcuts: bool = _setting(
        True, lambda: _("Single letters act as shortcuts while a list has the focus")
    )
    debug: str = _setting("", lambda: _("Comma-separated debug options: sql, jobs, signals"))


def limits_of(name: str) -> Limits:
    """Return description and limits of the setting called `name`.

    Raises:
        KeyError: there is no such setting.
    """
    return _LIMITS[name]


_LIMITS: dict[str, Limits] = {item.name: item.metadata["limits"] for item in fields(Settings)}

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: dict[int, Upgrade] = {}


def upgrade_from(version: int) -> Callable[[Upgrade], Upgrade]:
    """Register a function that turns the values of `version` into those of the next one."""

    def register(function: Upgrade) -> Upgrade:
        if version in UPGRADES:
            raise ValueError(f"two upgrades from settings version {version}")
        UPGRADES[version] = function
        return function

    return register


@upgrade_from(1)
def _name_the_unit_of_the_horizon(values: dict[str, Any]) -> dict[str, Any]:
    """Version 1 held the horizon in whole years."""
    years = values.pop("horizon_years", None)
    if isinstance(years, int) and not isinstance(years, bool):
        values["horizon_months"] = years * 12
    return values


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings as read, and what of the file could not be used, in sentences."""

    settings: Settings
    problems: tuple[str, ...] = ()


def settings_path() -> Path:
    """Return where the settings of this user are stored."""
    return config_dir() / "settings.toml"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings, as `read_settings` does, for those who do not ask about problems."""
    return read_settings(path).settings


def read_settings(path: Path | None = None) -> LoadedSettings:
    """Read the settings; what is missing or not allowed keeps its default and is reported.

    A file of an older version is upgraded in memory and backed up beside itself. A file that is no
    TOML at all is set aside, so that saving cannot overwrite what somebody may want to mend.

    Raises:
        StorageError: the file exists but the system refuses to read it.
    """
    where = path if path is not None else settings_path()
    try:
        content = where.read_bytes()
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        raise StorageError(
            _("The settings in {path} cannot be read: {reason}.").format(
                path=where, reason=error.strerror
            ),
            hint=_("Check who may read the file."),
        ) from error
    return _from_content(content, where)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write all settings; a reader sees the old file or the new one, never half of it.

    Raises:
        StorageError: the folder cannot be written, or the disk is full.
    """
    import tomli_w

    from app.base.atomic_file import write_atomically  # writing is not needed to start

    document = {"settings_version": SETTINGS_VERSION, **asdict(settings)}
    where = path if path is not None else settings_path()
    write_atomically(where, tomli_w.dumps(document).encode())


def _from_content(content: bytes, where: Path) -> LoadedSettings:
    import tomllib  # costs the start-up of the window 5 ms, so not where there are no settings

    try:
        stored = tomllib.loads(content.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        aside = _back_up(where, "unreadable")
        problem = _("The settings in {path} cannot be read ({reason}); defaults are used.").format(
            path=aside, reason=error
        )
        _log.info("settings set aside: %s", error)
        return LoadedSettings(Settings(), (problem,))
    return _from_values(_upgraded(stored, where))


def _upgraded(stored: dict[str, Any], where: Path) -> dict[str, Any]:
    version = stored.pop("settings_version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        version = 1
    if version != SETTINGS_VERSION:
        _back_up(where, f"version-{version}")
    while version < SETTINGS_VERSION:
        stored = UPGRADES[version](stored)
        version += 1
    return stored


def _back_up(where: Path, reason: str) -> Path:
    copy = where.with_name(f"{where.stem}.{reason}{where.suffix}")
    try:
        shutil.copyfile(where, copy)
    except OSError as error:
        _log.info("settings not backed up: %s", error)
        return where
    return copy


def _from_values(stored: Mapping[str, Any]) -> LoadedSettings:
    known: dict[str, Any] = {}
    problems: list[str] = []
    defaults = asdict(Settings())
    for name, value in stored.items():
        if name not in defaults:
            continue  # of a newer version; its file was backed up
        refusal = _refusal(name, value, type(defaults[name]))
        if refusal:
            problems.append(
                _("Setting {name}: {value!r} is not allowed, {reason}. Using {default!r}.").format(
                    name=name, value=value, reason=refusal, default=defaults[name]
                )
            )
        else:
            known[name] = value
    return LoadedSettings(Settings(**known), tuple(problems))


def _refusal(name: str, value: Any, kind: Any) -> str:
    if type(value) is not kind:
        words = {
            str: _("expected text"),
            int: _("expected a whole number"),
            bool: _("expected true or false"),
        }
        return words[kind]
    return limits_of(name).refusal(value)
