"""What a caseworker reads of each fact, and of each refusal."""

from collections.abc import Mapping

from domain.pathway.facts.course import CircumstanceRecorded
from domain.pathway.history import Erased, Event
from domain.refusal import Invalid, Refused
from texts.catalogue import Wording


def of_event(wording: Wording, event: Event) -> str:
    """One fact as a sentence."""
    if isinstance(event, Erased):
        if event.kind == "citizen_erased":
            return wording.say("fact", event.kind)
        return wording.say("fact", "erased", erased_kind=event.kind)
    values = {field: getattr(event, field) for field in type(event).model_fields}
    if "name" in values:
        called = "circumstance" if isinstance(event, CircumstanceRecorded) else "obligation_name"
        values[called] = values.pop("name")
    return wording.say("fact", event.kind, **values)


def of_refusal(wording: Wording, refusal: Refused) -> str:
    """A refusal as a sentence that says what would change the answer."""
    return wording.say("refusal", refusal.code, **refusal.values)


def of_problem(wording: Wording, invalid: Invalid, field: str | None = None) -> str:
    """What is wrong with a field, and the mend; the field under the name that people gave it by."""
    return f"{field or invalid.field}: {problem(wording, invalid.code, invalid.values)}"


def problem(wording: Wording, code: str, values: Mapping[str, object]) -> str:
    """What is wrong, and the mend; a code without wording of its own is told as the library says it."""
    if wording.has("problem", code):
        return wording.say("problem", code, **values)
    return str(values.get("message", code))
