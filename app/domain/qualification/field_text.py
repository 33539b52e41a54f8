"""Fields of a print definition as people type them: `name=0.2`, `name=30..60`, `name=30..60:40`."""

from app.base.errors import RuleViolation
from app.base.i18n import _
from app.domain.qualification.print_definition import Binding, DefinitionField


def parse_field(text: str, binding: Binding) -> DefinitionField:
    """Return the field that a text of one binding describes.

    Args:
        text: `name=value` for a key, `name=low..high` or `name=low..high:nominal` for a range,
            `name` for a choice.

    Raises:
        RuleViolation: the text has another form.
    """
    name, equals, value = (piece.strip() for piece in text.partition("="))
    if binding is Binding.CHOICE:
        if equals:
            raise RuleViolation(
                _("“{text}”: a choice is written as its name alone.").format(text=text)
            )
        return DefinitionField(definition_id=0, name=name, binding=binding)
    if not equals or not value:
        raise RuleViolation(_("“{text}” has no value; write name=value.").format(text=text))
    if binding is Binding.KEY:
        return DefinitionField(definition_id=0, name=name, binding=binding, value=value)
    limits, _colon, nominal = value.partition(":")
    low, dots, high = limits.partition("..")
    if "," in limits:
        raise RuleViolation(
            _("“{text}”: write numbers with a decimal point, not a comma.").format(text=text)
        )
    try:
        minimum, maximum = float(low), float(high)
    except ValueError:
        dots = ""
        minimum = maximum = 0.0
    if not dots:
        raise RuleViolation(
            _("“{text}” is no range; write name=30..60 or name=30..60:40.").format(text=text)
        )
    return DefinitionField(
        definition_id=0,
        name=name,
        binding=binding,
        value=nominal.strip(),
        minimum=minimum,
        maximum=maximum,
    )


def parse_note(text: str) -> tuple[str, str]:
    """Return (field name, reason) of `name=reason`.

    Raises:
        RuleViolation: there is no reason in it.
    """
    name, _equals, reason = (piece.strip() for piece in text.partition("="))
    if not name or not reason:
        raise RuleViolation(_("“{text}” says no reason; write name=reason.").format(text=text))
    return name, reason
