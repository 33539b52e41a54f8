"""Use case: enter or change a print provider."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import NotFound, RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.qualification.network import Provider

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


def register_provider(library: Library, provider: Provider, *, who: str) -> Changes:
    """Store a provider; a known code changes the stored one.

    Raises:
        RuleViolation: code or name is empty.
    """
    provider = replace(provider, code=provider.code.strip(), name=provider.name.strip())
    if not provider.code or not provider.name:
        raise RuleViolation(_("A provider needs a short code and a name."))
    with library.writing(who=who, act=tell("register provider")) as write:
        stored = _find(write, provider.code)
        if stored is None:
            write.insert([provider])
        else:
            write.update(replace(provider, id=stored.id, version=stored.version, code=stored.code))
        return write.changes


def find_provider(read: Reader, code: str) -> Provider:
    """Return the provider of that code; case does not matter.

    Raises:
        NotFound: no such provider; names those there are.
    """
    provider = _find(read, code)
    if provider is None:
        known = ", ".join(item.code for item in read.fetch(Provider)) or _("none yet")
        raise NotFound(
            _("The library has no provider {code} (known: {known}).").format(code=code, known=known)
        )
    return provider


def _find(read: Reader, code: str) -> Provider | None:
    wanted = code.strip().casefold()
    return next((item for item in read.fetch(Provider) if item.code.casefold() == wanted), None)
