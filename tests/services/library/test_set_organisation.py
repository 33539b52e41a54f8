"""The owner of the library: one record, its history kept, without a name refused."""

from __future__ import annotations

import pytest

from app.base.errors import Cancelled, RuleViolation
from app.base.progress import Progress
from app.domain.certificates.organisation import Organisation
from app.services.audit.undo_change import undo_change
from app.services.library.check_library import check_library
from app.services.library.set_organisation import set_organisation
from app.storage.library import Library


def test_the_owner_is_one_record_with_its_history(library: Library) -> None:
    set_organisation(library, Organisation(name="Norvik & Sohn", address="Siegen"), who="Anna")
    changes = set_organisation(library, Organisation(name="Norvik GmbH"), who="Ben")
    assert changes.ids["organisation"] == {1}
    with library.reading() as read:
        [stored] = read.fetch(Organisation)
        history = read.audit.history("organisation", 1)
    assert (stored.name, stored.address) == ("Norvik GmbH", "")
    assert {(act.who, detail.field) for act, detail in history} == {
        ("Anna", ""),
        ("Ben", "name"),
        ("Ben", "address"),
    }
    undo_change(library, who="Ben")
    with library.reading() as read:
        assert read.one(Organisation, id=1).name == "Norvik & Sohn"


def test_the_same_owner_again_writes_nothing(library: Library) -> None:
    owner = Organisation(name="Norvik GmbH")
    set_organisation(library, owner, who="Anna")
    assert not set_organisation(library, owner, who="Ben")
    with library.reading() as read:
        assert read.audit.count() == 1


@pytest.mark.parametrize("name", ["", "  ", "\t\n"])
def test_an_owner_without_a_name_is_refused(library: Library, name: str) -> None:
    with pytest.raises(RuleViolation, match="stands on every certificate"):
        set_organisation(library, Organisation(name=name), who="Anna")
    with library.reading() as read:
        assert read.count(Organisation) == read.audit.count() == 0


def test_checking_reports_its_progress_and_can_be_stopped(library: Library) -> None:
    set_organisation(library, Organisation(name="Norvik GmbH"), who="Anna")
    seen: list[float] = []
    report = check_library(library, progress=Progress(lambda share, _text: seen.append(share)))
    assert report.clean
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    progress = Progress(lambda _share, _text: progress.cancel())
    with pytest.raises(Cancelled):
        check_library(library, progress=progress)
