"""What does not fit in what people sent: every field of it, and the first thing about each."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.refusal import Invalid


def invalid(error: ValidationError, whole: str = "command", within: str = "") -> Invalid:
    """Everything that does not fit, the first field in front; *whole* is named when it is no field's fault.

    A field is told once: what may be one of several kinds fails as each of them. *within* stands before every field.
    """
    by_field: dict[object, ErrorDetails] = {}
    for each in error.errors(include_url=False, include_input=False):
        by_field.setdefault(each["loc"][:1], each)
    first, *others = (_misfit(each, whole, within) for each in by_field.values())
    first.others = tuple(others)
    return first


def _misfit(error: ErrorDetails, whole: str, within: str) -> Invalid:
    field = ".".join(str(part) for part in error["loc"]) or whole
    context = {name: str(value) for name, value in error.get("ctx", {}).items()}
    return Invalid(f"{within}{field}", error["type"], **{"message": error["msg"], **context})
