"""Commands about the library as a whole: make, check, back up, restore, undo, audit, owner."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.base.errors import StorageError
from app.base.figures import figure
from app.base.i18n import _, ngettext
from app.base.settings import load_settings
from app.bootstrap import library_path
from app.cli.session import REFUSED, GlobalOptions, emit, note, options, progress_on_stderr, session
from app.cli.shared_options import JsonOption
from app.domain.certificates.organisation import Organisation
from app.services.audit.redo_change import redo_change
from app.services.audit.undo_change import undo_change
from app.services.library.check_library import check_library
from app.services.library.rebuild_search import rebuild_search as rebuild_index
from app.services.library.set_organisation import set_organisation


def register(cli: typer.Typer) -> None:
    """Add the commands of this module."""
    cli.command("init", help=_("Make a library."))(_init)
    cli.command("check", help=_("Check the whole library."))(_check)
    cli.command("backup", help=_("Write the whole library into one file."))(_backup)
    cli.command("restore", help=_("Unpack a backup into an empty folder."))(_restore)
    cli.command("undo", help=_("Undo the latest act."))(_undo)
    cli.command("redo", help=_("Redo what was undone last."))(_redo)
    cli.command("audit", help=_("List who changed what, newest first."))(_audit)
    cli.command("organisation", help=_("Set or show the owner of the library."))(_organisation)


def _init(
    sample: Annotated[
        bool, typer.Option("--sample", help=_("Fill it with the sample inventory."))
    ] = False,
) -> None:
    from app.storage.opening import create_library

    where = library_path(load_settings(), (options.get() or GlobalOptions()).library)
    create_library(where).close()
    if sample:
        _fill_with_sample()
    note(_("The library is in {path}.").format(path=where))


def _fill_with_sample() -> None:
    from app.services.sample.create_sample import create_sample

    with session() as services:
        create_sample(
            services.library,
            workers=services.workers,
            who=services.user,
            progress=progress_on_stderr(),
        )


def _check(
    json_output: JsonOption = False,
    rebuild_search: Annotated[
        bool, typer.Option("--rebuild-search", help=_("First make the search index anew."))
    ] = False,
) -> None:
    with session() as services:
        if rebuild_search:
            rebuild_index(services.library)
            note(_("The search index was made anew."))
        report = check_library(services.library, progress=progress_on_stderr())
    counts = _("{files} files, {rows} records and {sets} audit entries checked.").format(
        files=figure(report.files_checked),
        rows=figure(report.rows_checked),
        sets=figure(report.change_sets_checked),
    )
    found = len(report.problems)
    verdict = (
        _("The library is intact.")
        if report.clean
        else ngettext("{count} problem found.", "{count} problems found.", found).format(
            count=figure(found)
        )
    )
    lines = [*(problem.text for problem in report.problems), counts, verdict]
    emit({"clean": report.clean, "report": report}, json_output, lines)
    if not report.clean:
        raise typer.Exit(REFUSED)


def _backup(file: Path) -> None:
    with session() as services:
        count = services.library.back_up(file, progress_on_stderr())
    note(
        _("{path} holds the library with {count} stored files.").format(
            path=file, count=figure(count)
        )
    )


def _restore(
    file: Path,
    into: Annotated[Path, typer.Option("--into", help=_("Empty folder for the library."))],
) -> None:
    from app.storage.backup import restore_backup
    from app.storage.translation import translated

    with translated(into):
        if not file.is_file():
            raise StorageError(_("There is no file {path}. Name a backup.").format(path=file))
        count = restore_backup(file, into, progress_on_stderr())
    note(
        _("The library with {count} stored files is in {path}.").format(
            count=figure(count), path=into
        )
    )


def _undo() -> None:
    with session() as services:
        undone = undo_change(services.library, who=services.user)
    note(_("Undone: {act}.").format(act=undone.act))


def _redo() -> None:
    with session() as services:
        redone = redo_change(services.library, who=services.user)
    note(_("Done again: {act}.").format(act=redone.act))


def _audit(
    limit: Annotated[int, typer.Option(help=_("How many entries."), min=1)] = 50,
    json_output: JsonOption = False,
) -> None:
    with session() as services, services.library.reading() as read:
        entries = read.audit.latest(limit)
    lines = [
        f"{entry.id:>6}  {entry.at.isoformat(timespec='seconds')}  {entry.who}: {entry.act}"
        + (f" ({entry.why})" if entry.why else "")
        for entry in entries
    ]
    emit(entries, json_output, lines)


def _organisation(
    name: Annotated[str | None, typer.Option(help=_("Name as certificates show it."))] = None,
    address: Annotated[str, typer.Option(help=_("Postal address."))] = "",
    country: Annotated[str, typer.Option(help=_("Country."))] = "",
    contact: Annotated[str, typer.Option(help=_("Mail address or telephone."))] = "",
    json_output: JsonOption = False,
) -> None:
    with session() as services:
        if name is not None:
            owner = Organisation(name=name, address=address, country=country, contact=contact)
            set_organisation(services.library, owner, who=services.user)
        with services.library.reading() as read:
            stored = read.find(Organisation)
    lines = [f"{stored.name}, {stored.address}"] if stored else [_("No owner has been named yet.")]
    emit(stored, json_output, lines)
