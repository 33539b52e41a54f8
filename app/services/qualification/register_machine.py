"""Use case: enter or change a machine, or a named fleet of like machines, at a provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.base.errors import NotFound, RuleViolation
from app.base.i18n import _
from app.base.told import tell
from app.domain.changes import Changes
from app.domain.qualification.network import Machine, Provider
from app.services.qualification.register_provider import find_provider

if TYPE_CHECKING:
    from app.storage.library import Library
    from app.storage.reader import Reader


def register_machine(
    library: Library, provider_code: str, machine: Machine, *, who: str
) -> Changes:
    """Store a machine; a known name at that provider, in any case, changes the stored one.

    Args:
        machine: its `provider_id` is ignored.

    Raises:
        RuleViolation: the name is empty, or its process would change.
        NotFound: no such provider.
    """
    if not machine.name.strip():
        raise RuleViolation(_("A machine needs a name."))
    with library.writing(who=who, act=tell("register machine")) as write:
        provider = find_provider(write, provider_code)
        machine = replace(machine, provider_id=provider.id, name=machine.name.strip())
        stored = next(
            iter(_named(write.fetch(Machine, provider_id=provider.id), machine.name)), None
        )
        if stored is None:
            write.insert([machine])
            return write.changes
        if stored.process is not machine.process:
            raise RuleViolation(
                _(
                    "Machine {name} is registered for {process}; a machine keeps its process."
                ).format(name=stored.name, process=stored.process.value)
            )
        write.update(replace(machine, id=stored.id, version=stored.version, name=stored.name))
        return write.changes


def find_machine(read: Reader, provider: Provider, name: str) -> Machine:
    """Return a provider's machine; without a name its only one.

    Raises:
        NotFound: no such machine, or several and none is named.
    """
    machines = read.fetch(Machine, provider_id=provider.id)
    found = _named(machines, name) if name.strip() else machines
    if len(found) != 1:
        known = ", ".join(item.name for item in machines) or _("none yet")
        raise NotFound(
            _("Name one machine of provider {code} (known: {known}).").format(
                code=provider.code, known=known
            )
        )
    return found[0]


def _named(machines: Sequence[Machine], name: str) -> list[Machine]:
    wanted = name.strip().casefold()
    return [item for item in machines if item.name.casefold() == wanted]
