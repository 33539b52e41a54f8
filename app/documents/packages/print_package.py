"""A print package: made from plain values, and taken apart again with every byte checked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.base.errors import DocumentError
from app.base.i18n import _
from app.documents.packages.manifest import (
    MANIFEST,
    PAYLOAD_TYPE,
    SIGNATURE,
    Manifest,
    check_files,
    load_manifest,
    model_entry,
    source_entry,
    write_manifest,
)
from app.documents.packages.package_papers import (
    evidence_paper,
    inspection_paper,
    licence_paper,
    read_me,
    recipe_paper,
)
from app.documents.packages.plain_zip import read_first_entry, read_zip, write_zip
from app.documents.signing.signature import Signature, SigningKey, load_signature
from app.domain.packages.package_content import PackageContent

SUFFIX = ".everspare"
MANIFEST_WITHIN = 1 << 20  # the manifest is the first entry and far smaller


@dataclass(frozen=True, slots=True)
class OpenedPackage:
    """An intact package: every byte is accounted for by its signature."""

    manifest: Manifest
    signature: Signature
    files: dict[str, bytes]


def package_file_name(number: str, *, trial: bool) -> str:
    """Return the name a package has outside the house."""
    return f"{number}{'-TRIAL' if trial else ''}{SUFFIX}"


def write_package(content: PackageContent, key: SigningKey) -> bytes:
    """Return the signed package; the same content and key give the same bytes.

    Raises:
        DocumentError: the geometry file is not the one that was catalogued, or all is too large.
    """
    if hashlib.sha256(content.source).hexdigest() != content.geometry.sha256:
        raise DocumentError(
            _("{file} is not the file that was catalogued.").format(file=content.geometry.file_name)
        )
    files = package_files(content)
    manifest = write_manifest(content, files)
    signature = key.sign(PAYLOAD_TYPE, manifest).to_json()
    ordered = {name: files[name] for name in sorted(files)}
    return write_zip({MANIFEST: manifest, SIGNATURE: signature, **ordered})


def package_files(content: PackageContent) -> dict[str, bytes]:
    """Return what a package carries, by name, besides its manifest and signature."""
    return {
        source_entry(content.geometry.file_name): content.source,
        model_entry(content.part.number): content.three_mf,
        "recipe.json": recipe_paper(content),
        "licence.json": licence_paper(content),
        "inspection.json": inspection_paper(content),
        "evidence.json": evidence_paper(content),
        "README.txt": read_me(content),
    }


def peek_manifest(beginning: bytes) -> Manifest:
    """Read what a package says of itself from its first bytes; nothing is checked against it.

    Args:
        beginning: the first `MANIFEST_WITHIN` bytes, or all there are.

    Raises:
        DocumentError: they do not begin with the manifest of a package.
    """
    name, content = read_first_entry(beginning)
    if name != MANIFEST:
        raise DocumentError(_("The package does not begin with its manifest and signature."))
    return load_manifest(content)


def open_package(data: bytes) -> OpenedPackage:
    """Take a package apart and check that nothing in it was changed; whom to trust comes after.

    Raises:
        DocumentError: says what is wrong.
    """
    files = read_zip(data)
    if list(files)[:2] != [MANIFEST, SIGNATURE]:
        raise DocumentError(_("The package does not begin with its manifest and signature."))
    manifest_bytes, signature_bytes = files.pop(MANIFEST), files.pop(SIGNATURE)
    signature = load_signature(signature_bytes, PAYLOAD_TYPE)
    if not signature.covers(manifest_bytes):
        raise DocumentError(_("The signature does not fit the manifest."))
    manifest = load_manifest(manifest_bytes)
    check_files(manifest, files)
    if hashlib.sha256(files[manifest.source_entry]).hexdigest() != manifest.source_sha256:
        raise DocumentError(_("{name} was changed.").format(name=manifest.source_entry))
    return OpenedPackage(manifest, signature, files)
