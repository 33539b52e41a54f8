"""Column mappings saved by name, one TOML file each, for lists that come again every month."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from app.base.atomic_file import write_atomically
from app.base.errors import NotFound, TableError
from app.base.i18n import _
from app.base.paths import config_dir
from app.domain.catalog.column_mapping import ColumnMapping, mapping_from_dict, mapping_to_dict

_UNSAFE = re.compile(r"[^\w-]+")


def mappings_dir() -> Path:
    return config_dir() / "mappings"


def mapping_names() -> list[str]:
    """Return the names of all saved mappings; a file that cannot be read is left out."""
    names = []
    for path in sorted(mappings_dir().glob("*.toml")):
        try:
            names.append(_load(path).name or path.stem)
        except TableError:
            continue
    return names


def load_mapping(name: str) -> ColumnMapping:
    """Return a saved mapping.

    Raises:
        NotFound: there is none of that name; the hint lists those there are.
        TableError: its file is damaged.
    """
    path = _path_of(name)
    if not path.is_file():
        known = ", ".join(mapping_names())
        raise NotFound(
            _("There is no mapping called '{name}'.").format(name=name),
            hint=_("Saved mappings: {names}.").format(names=known) if known else "",
        )
    return _load(path)


def save_mapping(mapping: ColumnMapping) -> Path:
    """Save a mapping under its name, in place of an older one.

    Raises:
        TableError: the name is empty, or too like the name of another mapping.
        StorageError: the folder cannot be written.
    """
    import tomli_w

    if not mapping.name.strip():
        raise TableError(_("The mapping needs a name."))
    path = _path_of(mapping.name)
    other = _name_in(path)
    if other and other.strip().casefold() != mapping.name.strip().casefold():
        raise TableError(
            _("The mapping '{other}' has nearly the same name. Choose another one.").format(
                other=other
            )
        )
    write_atomically(path, tomli_w.dumps(mapping_to_dict(mapping)).encode())
    return path


def _name_in(path: Path) -> str:
    """Return the name of the mapping in a file; "" where there is none or it is damaged."""
    try:
        return _load(path).name
    except TableError:
        return ""


def _path_of(name: str) -> Path:
    # Names are people's words; files are not, so other letters become one dash.
    return mappings_dir() / f"{_UNSAFE.sub('-', name.strip().casefold()) or 'mapping'}.toml"


def _load(path: Path) -> ColumnMapping:
    try:
        with path.open("rb") as stream:
            return mapping_from_dict(tomllib.load(stream))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(
            _("The mapping {file} cannot be read: {reason}").format(file=path.name, reason=error)
        ) from error
