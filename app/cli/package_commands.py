"""Commands of print packages: export, verify, keys and trust."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.base import clock
from app.base.clock import SystemClock
from app.base.errors import DocumentError, RuleViolation, StorageError
from app.base.i18n import _
from app.base.settings import load_settings
from app.bootstrap import library_path
from app.cli.session import (
    DONE,
    NO_LONGER_CURRENT,
    REFUSED,
    GlobalOptions,
    emit,
    note,
    options,
    progress_on_stderr,
    session,
)
from app.cli.shared_options import JsonOption, NumberArgument, as_date, today_or
from app.cli.signing import signing_key
from app.documents.signing.passphrase import VARIABLE
from app.domain.packages.print_package import PrintPackage
from app.domain.packages.verification import TrustedKey, Verdict, Verification
from app.services.packages.check_package import ExportOrder, check_package
from app.services.packages.copy_issued_file import copy_issued_file
from app.services.packages.create_key import create_key
from app.services.packages.export_package import export_package
from app.services.packages.open_signing_key import find_key_file
from app.services.packages.trusted_keys import (
    distrust_key,
    fetch_trusted_keys,
    hand_over_key,
    trust_keys_of,
)
from app.services.packages.verify_file import verify_file

KeyOption = Annotated[
    Path | None, typer.Option("--key", help=_("Key file; your own one if left out."))
]


def register(cli: typer.Typer) -> None:
    """Add the commands of this module."""
    cli.command("export", help=_("Make a print package for a provider."))(_export)
    cli.command("packages", help=_("List the packages that left."))(_packages)
    cli.command("verify", help=_("Verify packages and certificates, offline."))(_verify)
    cli.command("reissue", help=_("Write an issued package or certificate once more."))(_reissue)
    cli.command("key", help=_("Make, show or hand over the signing key."))(_key)
    cli.command("trust", help=_("List, add or remove trusted keys."))(_trust)


def _export(
    number: NumberArgument,
    provider: Annotated[str, typer.Option(help=_("Code of the provider."))],
    out: Annotated[Path, typer.Option(help=_("Folder for the package."))] = Path(),
    quantity: Annotated[int, typer.Option(help=_("Pieces the licence allows."))] = 1,
    trial: Annotated[
        bool, typer.Option("--trial", help=_("Watermarked, needs no qualification."))
    ] = False,
    expires: Annotated[date | None, as_date(_("Last day of the licence."))] = None,
    check_only: Annotated[
        bool, typer.Option("--check", help=_("Only say what would block the package."))
    ] = False,
    key: KeyOption = None,
    today: Annotated[date | None, as_date(_("Day of the export."))] = None,
    json_output: JsonOption = False,
) -> None:
    order = ExportOrder(
        part_number=number,
        provider=provider,
        quantity=quantity,
        trial=trial,
        expires_on=expires,
    )
    with session() as services:
        day = today_or(services, today)
        blockers = check_package(services.library, order, today=day)
        if blockers or check_only:
            emit({"blockers": blockers}, json_output, [blocker.text for blocker in blockers])
            raise typer.Exit(REFUSED if blockers else DONE)
        exported = export_package(
            services.library,
            order,
            out=out,
            key=signing_key(services.library, key),
            workers=services.workers,
            who=services.user,
            today=day,
            progress=progress_on_stderr(),
        )
    answer = {
        "package": exported.record,
        "file": exported.file,
        "triangles": exported.triangles,
        "dropped_triangles": exported.dropped_triangles,
    }
    emit(answer, json_output, [str(exported.file)])


def _packages(json_output: JsonOption = False) -> None:
    with session() as services, services.library.reading() as read:
        packages = read.fetch(PrintPackage)
    lines = (f"{item.number}  {item.quantity}  {item.exported_at:%Y-%m-%d}" for item in packages)
    emit(packages, json_output, lines)


def _verify(
    files: Annotated[list[Path], typer.Argument(help=_("Packages and certificates."))],
    trust: Annotated[
        Path | None, typer.Option(metavar="KEYFILE", help=_("Trust the keys of this file alone."))
    ] = None,
    today: Annotated[date | None, as_date(_("Day of the check."))] = None,
    json_output: JsonOption = False,
) -> None:
    trusted = fetch_trusted_keys(trust)
    answers = _judge(files, trusted, today)
    lines = [line for answer in answers for line in _answer_lines(answer)]
    emit([_answer_json(answer) for answer in answers], json_output, lines)
    statuses = {answer.exit_status for answer in answers}
    worst = next((found for found in (REFUSED, NO_LONGER_CURRENT) if found in statuses), DONE)
    if worst != DONE:
        raise typer.Exit(worst)


def _judge(
    files: list[Path], trusted: tuple[TrustedKey, ...], today: date | None
) -> list[Verification]:
    """Judge the files; with a library at hand, also whether they are still current."""
    day = today or clock.today(SystemClock())
    named = (options.get() or GlobalOptions()).library
    if named is None and not _library_at_hand():
        return [verify_file(file, trusted, today=day) for file in files]
    try:
        with session() as services:
            return [
                verify_file(file, trusted, today=day, library=services.library) for file in files
            ]
    except StorageError:
        if named is not None or not all(file.is_file() for file in files):
            raise
        note(_("The library could not be asked whether the files are still current."))
        return [verify_file(file, trusted, today=day) for file in files]


def _library_at_hand() -> bool:
    return (library_path(load_settings()) / "library.sqlite").is_file()


def _answer_lines(answer: Verification) -> list[str]:
    word = {
        Verdict.GENUINE: _("genuine"),
        Verdict.NO_LONGER_CURRENT: _("genuine, but no longer current"),
        Verdict.UNKNOWN_SIGNER: _("intact, but signed by an unknown key"),
        Verdict.NOT_GENUINE: _("not genuine"),
    }[answer.verdict]
    head = " ".join(text for text in (answer.file_name, answer.number) if text)
    stated = [f"  {label}: {text}" for label, text in answer.statements.items()]
    return [f"{head}: {word}. {answer.reason}", *stated]


def _answer_json(answer: Verification) -> dict[str, object]:
    return {
        "file": answer.file_name,
        "kind": answer.kind,
        "verdict": answer.verdict,
        "genuine": answer.verdict in (Verdict.GENUINE, Verdict.NO_LONGER_CURRENT),
        "reason": answer.reason,
        "number": answer.number,
        "signer": answer.signer,
        "fingerprint": answer.fingerprint,
        "statements": answer.statements,
    }


def _reissue(
    number: Annotated[str, typer.Argument(help=_("Number of a package or certificate."))],
    out: Annotated[Path, typer.Option(help=_("Folder or file."))] = Path(),
) -> None:
    with session() as services:
        written = copy_issued_file(services.library, number, out)
    emit({"file": written}, False, [str(written)])


def _key(
    action: Annotated[str, typer.Argument(help=_("create, show or hand-over"))] = "show",
    name: Annotated[str, typer.Option(help=_("Who signs; shown to all who verify."))] = "",
    out: Annotated[Path | None, typer.Option(help=_("File for the public key."))] = None,
    key: KeyOption = None,
    keyring: Annotated[
        bool, typer.Option("--keyring", help=_("Keep the passphrase in the system's keyring."))
    ] = False,
    json_output: JsonOption = False,
) -> None:
    if action == "create":
        made = create_key(
            name=name,
            passphrase=_new_passphrase(),
            clock=SystemClock(),
            path=key,
            in_keyring=keyring,
        )
        note(
            _("The key is in {path}. Back it up; {variable} can hold its passphrase.").format(
                path=made.path, variable=VARIABLE
            )
        )
    elif action not in ("show", "hand-over"):
        raise typer.BadParameter(_("Say create, show or hand-over."))
    key_file = find_key_file(key)
    if action == "hand-over":
        if out is None:
            raise typer.BadParameter(_("Name the file with --out."))
        hand_over_key(key_file.trusted_key, out)
    shown = {"name": key_file.name, "fingerprint": key_file.fingerprint, "file": key_file.path}
    emit(shown, json_output, [f"{key_file.name}  {key_file.fingerprint}"])


def _new_passphrase() -> str:
    known = os.environ.get(VARIABLE, "")
    if known:
        return known
    if not sys.stdin.isatty():
        raise DocumentError(
            _("A new key needs a passphrase."),
            hint=_("Set {variable}, or call this in a terminal.").format(variable=VARIABLE),
        )
    question = _("Passphrase of the new key, at least 8 characters")
    return str(typer.prompt(question, hide_input=True, confirmation_prompt=True, err=True))


def _trust(
    action: Annotated[str, typer.Argument(help=_("list, add or remove"))] = "list",
    what: Annotated[
        str, typer.Argument(help=_("File to add; name or fingerprint to remove."))
    ] = "",
    name: Annotated[str, typer.Option(help=_("Under which the key is kept."))] = "",
    json_output: JsonOption = False,
) -> None:
    if action not in ("list", "add", "remove"):
        raise typer.BadParameter(_("Say list, add or remove."))
    if action != "list" and not what:
        raise RuleViolation(_("Name the file to add, or the key to remove."))
    if action == "add":
        trust_keys_of(Path(what), name=name)
    if action == "remove":
        distrust_key(what)
    keys = fetch_trusted_keys()
    rows = [{"name": item.name, "fingerprint": item.fingerprint} for item in keys]
    emit(rows, json_output, (f"{item.name}  {item.fingerprint}" for item in keys))
