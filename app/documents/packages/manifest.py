"""The manifest of a print package: what it is, and name, size and SHA-256 of every file in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.base.errors import DocumentError
from app.base.i18n import _
from app.documents.packages.package_papers import definition_version
from app.documents.signing.canonical_json import dump_canonical, load_canonical
from app.domain.packages.package_content import PackageContent

FORMAT = "everspare package 1"
PAYLOAD_TYPE = "application/vnd.everspare.package-manifest.v1+json"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
PAPERS = ("README.txt", "evidence.json", "inspection.json", "licence.json", "recipe.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest as read; sound in form, not yet compared with the files."""

    number: str
    created_at: datetime
    trial: bool
    library_id: str
    owner: str
    part: str
    revision: str
    definition: str
    provider: str
    quantity: int
    expires_on: date | None
    source_sha256: str
    source_entry: str
    model_entry: str
    files: Mapping[str, tuple[str, int]]


def write_manifest(content: PackageContent, files: Mapping[str, bytes]) -> bytes:
    """Return the canonical JSON over all files of a package, sorted by name."""
    expires = content.licence.expires_on
    return dump_canonical(
        {
            "format": FORMAT,
            "number": content.number,
            "created_at": content.created_at.isoformat(timespec="seconds"),
            "trial": content.trial,
            "library": content.library_id,
            "owner": content.owner,
            "part": content.part.number,
            "revision": content.revision.label,
            "definition": definition_version(content),
            "provider": content.provider.code,
            "licence": {
                "id": content.licence.id,
                "quantity": content.licence.quantity,
                "expires_on": expires.isoformat() if expires else None,
            },
            "source": {
                "entry": source_entry(content.geometry.file_name),
                "file_name": content.geometry.file_name,
                "sha256": content.geometry.sha256,
                "unit": content.geometry.unit.value,
            },
            "model": {"entry": model_entry(content.part.number), "unit": "mm"},
            "files": [
                {
                    "name": name,
                    "sha256": hashlib.sha256(files[name]).hexdigest(),
                    "size": len(files[name]),
                }
                for name in sorted(files)
            ],
        }
    )


def load_manifest(data: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        DocumentError: not canonical, of a newer version, or with fields missing.
    """
    fields = load_canonical(data, _("The manifest"))
    if fields.get("format") != FORMAT:
        raise DocumentError(
            _("The package is of a kind this version does not know: {format}.").format(
                format=fields.get("format")
            )
        )
    try:
        return _manifest_of(fields)
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentError(_("The manifest is incomplete.")) from error


def check_files(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Compare the files of a package with its manifest.

    Raises:
        DocumentError: names the first file that is missing, surplus, out of order or changed.
    """
    for name in manifest.files:
        if name not in files:
            raise DocumentError(_("{name} is missing from the package.").format(name=name))
    for name in files:
        if name not in manifest.files:
            raise DocumentError(_("{name} does not belong to the package.").format(name=name))
    if list(files) != list(manifest.files):
        raise DocumentError(_("The files of the package are not in their order."))
    for name, (digest, size) in manifest.files.items():
        if len(files[name]) != size or hashlib.sha256(files[name]).hexdigest() != digest:
            raise DocumentError(_("{name} was changed.").format(name=name))


def source_entry(file_name: str) -> str:
    """Return the name under which the owner's file lies in the package."""
    return "source/" + _safe_name(file_name)


def model_entry(part_number: str) -> str:
    """Return the name under which the 3MF lies in the package."""
    return f"model/{_safe_name(part_number)}.3mf"


def _safe_name(name: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name).lstrip("._-")
    return plain[-80:].lstrip("._-") or "part"


def _manifest_of(fields: Mapping[str, Any]) -> Manifest:
    listed = [(entry["name"], entry["sha256"], entry["size"]) for entry in fields["files"]]
    files = {str(name): (str(digest), int(size)) for name, digest, size in listed}
    source, model = str(fields["source"]["entry"]), str(fields["model"]["entry"])
    if [name for name, _digest, _size in listed] != sorted(files) or set(files) != {
        *PAPERS,
        source,
        model,
    }:
        raise ValueError("unexpected list of files")
    expires = fields["licence"]["expires_on"]
    return Manifest(
        number=str(fields["number"]),
        created_at=datetime.fromisoformat(fields["created_at"]),
        trial=bool(fields["trial"]),
        library_id=str(fields["library"]),
        owner=str(fields["owner"]),
        part=str(fields["part"]),
        revision=str(fields["revision"]),
        definition=str(fields["definition"]),
        provider=str(fields["provider"]),
        quantity=int(fields["licence"]["quantity"]),
        expires_on=date.fromisoformat(expires) if expires is not None else None,
        source_sha256=str(fields["source"]["sha256"]),
        source_entry=source,
        model_entry=model,
        files=files,
    )
