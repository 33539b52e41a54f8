"""Ways round the second pair of eyes that must not work, in a real library."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.errors import RuleViolation
from app.domain.qualification.print_definition import Binding
from app.domain.qualification.qualification import Qualification, QualificationState
from app.services.catalog.release_revision import release_revision
from app.services.catalog.revise_part import revise_part
from app.services.qualification.add_evidence import Proof, add_evidence
from app.services.qualification.approve_qualification import approve_qualification
from app.services.qualification.define_print import DefinitionEdit, define_print
from app.services.qualification.release_definition import release_definition
from app.services.qualification.submit_qualification import submit_qualification
from app.storage.library import Library
from app.workers.pool import WorkerPool
from helpers.chain import APPROVER, AUTHOR, NUMBER, Chain
from helpers.signed_samples import TODAY, definition_field

THIRD = "Cem Third"


@pytest.fixture
def chain(library: Library, workers: WorkerPool, tmp_path: Path) -> Chain:
    return Chain(library, workers, tmp_path)


def reviewed(chain: Chain) -> Qualification:
    chain.define()
    started = chain.start()
    chain.prove(started)
    submit_qualification(chain.library, started.id, who=AUTHOR, today=TODAY)
    return started


def approve(chain: Chain, number: int, who: str = APPROVER) -> Qualification:
    return approve_qualification(chain.library, number, who=who, today=TODAY)[0]


def change(chain: Chain, who: str, **edit: object) -> None:
    define_print(
        chain.library,
        NUMBER,
        DefinitionEdit(reason="better", **edit),  # type: ignore[arg-type]
        who=who,
    )


FINER = (definition_field("layer_height_mm", Binding.KEY, value="0.1"),)
WIDER = (definition_field("infill_percent", Binding.RANGE, minimum=30.0, maximum=70.0),)


def state_of(library: Library, number: int) -> QualificationState:
    with library.reading() as read:
        return read.one(Qualification, id=number).state


def test_whoever_added_a_proof_does_not_approve_it(chain: Chain, library: Library) -> None:
    chain.define()
    started = chain.start()
    chain.prove(started)
    file = chain.folder / "own.txt"
    file.write_text("passed, says Ben")
    add_evidence(library, started.id, Proof(file=file, kind="test report"), who="kolb, BEN")
    submit_qualification(library, started.id, who=AUTHOR, today=TODAY)
    with pytest.raises(RuleViolation, match="added “own” and cannot approve it as well"):
        approve(chain, started.id)
    assert state_of(library, started.id) is QualificationState.IN_REVIEW
    assert approve(chain, started.id, THIRD).approver == THIRD


def test_nothing_is_approved_that_was_tested_on_a_replaced_key(
    chain: Chain, library: Library
) -> None:
    started = reviewed(chain)
    change(chain, AUTHOR, fields=FINER)
    release_definition(library, NUMBER, who=AUTHOR)
    with pytest.raises(RuleViolation, match=r"Print definition 1\.0, on which this was tested"):
        approve(chain, started.id)
    assert state_of(library, started.id) is QualificationState.IN_REVIEW


def test_a_minor_change_or_a_draft_does_not_stop_an_approval(
    chain: Chain, library: Library
) -> None:
    started = reviewed(chain)
    change(chain, AUTHOR, fields=WIDER)
    release_definition(library, NUMBER, who=APPROVER)
    change(chain, AUTHOR, fields=FINER)
    assert approve(chain, started.id).state is QualificationState.QUALIFIED


def test_nothing_is_approved_on_an_obsolete_revision(chain: Chain, library: Library) -> None:
    started = reviewed(chain)
    draft, _changes = revise_part(library, NUMBER, who=AUTHOR, why="stronger rib")
    release_revision(library, draft.id, who=AUTHOR)
    with pytest.raises(RuleViolation, match="Revision A, on which this was tested, is obsolete"):
        approve(chain, started.id)


def test_a_touch_by_another_hand_does_not_free_the_first_author(
    chain: Chain, library: Library
) -> None:
    chain.define()
    change(chain, APPROVER, fields=WIDER)
    change(chain, AUTHOR, notes=(("infill_percent", "supply"),))
    for author in (AUTHOR, APPROVER):
        with pytest.raises(RuleViolation, match="cannot approve as well"):
            release_definition(library, NUMBER, who=author)
    released = release_definition(library, NUMBER, who=THIRD).definition
    assert (released.major, released.minor, released.released_by) == (1, 1, THIRD)


def test_evidence_refused_late_leaves_no_file_behind(chain: Chain, library: Library) -> None:
    from app.base.progress import Progress

    started = reviewed(chain)
    with pytest.raises(RuleViolation, match="can no longer be added"):
        chain.prove(started, b"slipped in")
    assert list((library.path / "objects" / "incoming").iterdir()) == []
    assert library.check(Progress()).clean
