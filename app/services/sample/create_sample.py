"""Use case: fill a library with the sample inventory, through the use cases people use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.clock import today as day_of
from app.base.errors import RuleViolation
from app.base.i18n import _
from app.base.progress import Progress
from app.domain.catalog.part import Part
from app.domain.certificates.organisation import Organisation
from app.domain.changes import Changes
from app.services.library.set_organisation import set_organisation
from app.services.lifecycle.flag_spares import flag_spares
from app.services.sample.catalogue_sample import catalogue_sample
from app.services.sample.deliver_sample import deliver_sample
from app.services.sample.demonstration_key import create_demonstration_key
from app.services.sample.qualify_sample import qualify_sample
from app.services.sample.sample_story import tell_story
from app.workers.pool import WorkerPool

if TYPE_CHECKING:
    from app.storage.library import Library


def create_sample(
    library: Library, *, workers: WorkerPool, who: str, progress: Progress | None = None
) -> Changes:
    """Fill an empty library: nine products with their parts, recipes, qualifications and lots.

    The day is the library's clock's; the same clock gives the same inventory. Only the signed
    things differ: the demonstration key, licences and signatures are made anew each time.

    Args:
        who: asks for the sample and is named as the one who imported it; the people in the story
            qualify and approve.

    Raises:
        RuleViolation: the library has parts already.
        StorageError: the library cannot be written.
        Cancelled: stopped; what was made so far stays.
    """
    progress = progress or Progress()
    with library.reading() as read:
        if read.count(Part):
            raise RuleViolation(
                _("The sample needs an empty library, and this one has parts already."),
                hint=_("Make another one: everspare --library FOLDER init --sample"),
            )
    today = day_of(library.clock)
    story = tell_story(today)
    progress.report(0.0, _("Making the sample inventory"))
    set_organisation(library, Organisation(**story.records["organisation"]), who=who)
    catalogue_sample(library, story, workers=workers, who=who, progress=progress.part(0.02, 0.55))
    qualify_sample(library, story, progress=progress.part(0.55, 0.75))
    create_demonstration_key(library)
    deliver_sample(library, story, workers=workers, progress=progress.part(0.75, 0.95))
    progress.report(0.95, _("Judging sample parts"))
    flag_spares(library, who=who, today=today, cause=_("sample inventory"))
    progress.finish()
    return Changes.everything_of(
        *("part", "product", "flag", "qualification", "lot", "print_package", "certificate")
    )
