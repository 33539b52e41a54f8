"""Which key a command signs with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.base.i18n import _
from app.cli.session import note
from app.documents.signing.signature import SigningKey
from app.services.packages.open_signing_key import open_signing_key, own_key_path
from app.services.sample.demonstration_key import open_demonstration_key

if TYPE_CHECKING:
    from app.storage.library import Library


def ask_passphrase(question: str) -> str:
    """Ask the person at the terminal; nobody is asked where there is none."""
    if not sys.stdin.isatty():
        return ""
    return str(typer.prompt(question, hide_input=True, err=True))


def signing_key(library: Library, named: Path | None) -> SigningKey:
    """Return the unlocked key: the one named, else one's own, else a sample library's.

    Raises:
        NotFound: there is no key at all.
        DocumentError: no passphrase, or a wrong one.
    """
    if named is None and not own_key_path().exists():
        demonstration = open_demonstration_key(library)
        if demonstration is not None:
            note(_("Signed with the demonstration key of the sample: it proves nothing."))
            return demonstration
    return open_signing_key(named, prompt=ask_passphrase)
