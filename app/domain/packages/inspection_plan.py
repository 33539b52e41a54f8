"""What a provider checks before the parts leave, drawn from definition and geometry."""

from collections.abc import Sequence

from app.base.figures import fixed_figure
from app.base.i18n import _
from app.domain.catalog.geometry import GeometryFacts
from app.domain.packages.package_content import InspectionStep
from app.domain.qualification.definition_versions import describe_field
from app.domain.qualification.print_definition import Binding, DefinitionField

PREFIX = "inspect_"


def plan_inspection(
    fields: Sequence[DefinitionField], facts: GeometryFacts
) -> tuple[InspectionStep, ...]:
    """Return the steps: count and sight, outer size, and every definition field named `inspect_…`.

    No tolerance is invented: the outer size is given as the nominal one.
    """
    size = " × ".join(fixed_figure(length, 2) for length in facts.size_mm)
    return (
        InspectionStep(
            characteristic=_("count and marking"),
            requirement=_("as ordered; every piece counted"),
            method=_("sight"),
            sample=_("all"),
        ),
        InspectionStep(
            characteristic=_("surface and completeness"),
            requirement=_("no cracks, no missing or loose material, supports removed"),
            method=_("sight"),
            sample=_("all"),
        ),
        InspectionStep(
            characteristic=_("outer size"),
            requirement=_("nominal {size} mm; report what was measured").format(size=size),
            method=_("caliper"),
            sample=_("first piece"),
        ),
        *(_step_of(field) for field in fields if field.name.startswith(PREFIX)),
    )


def _step_of(field: DefinitionField) -> InspectionStep:
    requirement = describe_field(field)
    if field.binding is Binding.CHOICE:
        requirement = _("report what was measured")
    return InspectionStep(
        characteristic=field.name.removeprefix(PREFIX).replace("_", " "),
        requirement=requirement,
        method=field.why,
        sample=_("first piece"),
    )
