"""Whether the fields of a print definition say something a provider can follow."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.domain.qualification.print_definition import Binding, DefinitionField

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+")


def field_problems(fields: Sequence[DefinitionField]) -> tuple[str, ...]:
    """Return what is wrong with the fields of one definition, in sentences."""
    problems = []
    counted = Counter(field.name for field in fields)
    for name, count in counted.items():
        if count > 1:
            problems.append(
                _("Field {name} is given {count} times.").format(name=name, count=count)
            )
    for field in fields:
        problems.extend(_problems_of(field))
    return tuple(problems)


def check_fields(fields: Sequence[DefinitionField]) -> None:
    """Refuse fields that cannot be followed.

    Raises:
        RuleViolation: names every problem.
    """
    problems = field_problems(fields)
    if problems:
        raise RuleViolation(" ".join(problems))


def _problems_of(field: DefinitionField) -> list[str]:
    problems = []
    if not _NAME.fullmatch(field.name):
        problems.append(
            _(
                "“{name}” is no field name: use small letters, digits and underscores, with the "
                "unit at the end, such as layer_height_mm."
            ).format(name=field.name)
        )
    if field.binding is Binding.RANGE:
        problems.extend(_range_problems(field))
    elif field.minimum is not None or field.maximum is not None:
        problems.append(_("Field {name} has limits but is no range.").format(name=field.name))
    if field.binding is Binding.KEY and not field.value.strip():
        problems.append(_("Key field {name} has no value.").format(name=field.name))
    if _DECIMAL_COMMA.fullmatch(field.value.strip()):
        problems.append(
            _("Field {name}: write {value} with a decimal point, not a comma.").format(
                name=field.name, value=field.value
            )
        )
    if field.binding is Binding.CHOICE and field.value:
        problems.append(
            _("Field {name} is the provider's choice and cannot carry a value.").format(
                name=field.name
            )
        )
    return problems


def _range_problems(field: DefinitionField) -> list[str]:
    low, high = field.minimum, field.maximum
    if low is None or high is None:
        return [_("Range {name} needs a minimum and a maximum.").format(name=field.name)]
    if not (math.isfinite(low) and math.isfinite(high)):
        return [_("Range {name} needs finite limits.").format(name=field.name)]
    if low > high:
        return [
            _("Range {name}: the minimum {low} is above the maximum {high}.").format(
                name=field.name, low=f"{low:.15g}", high=f"{high:.15g}"
            )
        ]
    if not field.value or _DECIMAL_COMMA.fullmatch(field.value.strip()):
        return []
    # float() alone would also take "4_0", other scripts' digits, "nan" and "inf".
    if not _NUMBER.fullmatch(field.value.strip()):
        return [
            _("Range {name}: the nominal value “{value}” is no number.").format(
                name=field.name, value=field.value
            )
        ]
    if low <= float(field.value) <= high:
        return []
    return [
        _("Range {name}: the nominal value {value} is outside {low} to {high}.").format(
            name=field.name, value=field.value, low=f"{low:.15g}", high=f"{high:.15g}"
        )
    ]
