"""What putting a fact right changed, as a caseworker reads it."""

from collections.abc import Mapping

from pydantic import JsonValue

from texts.catalogue import Wording

Body = Mapping[str, JsonValue]
"""What a fact says, field by field."""
CALLED = {"attendance": "attendance", "rating": "rating", "step": "bridging_step"}
"""By field, the shared names that its values have."""


def changes(wording: Wording, before: Body, after: Body) -> list[str]:
    """Each field that reads otherwise now, such as `attendance: present → late`; what is worked out goes unsaid."""
    return [
        f"{wording.say('change', field)}: {_said(wording, field, before)} → {_said(wording, field, after)}"
        for field in after
        if before.get(field) != after[field] and wording.has("change", field)
    ]


def _said(wording: Wording, field: str, body: Body) -> str:  # noqa: PLR0911 - one return for each kind of value
    value, naming = body.get(field), wording.naming
    if value in (None, [], ""):
        return wording.say("change", "nothing")
    if field in CALLED:
        return naming.called(CALLED[field], value)
    if isinstance(value, list):
        return ", ".join(_part(wording, field, each) for each in value)
    if field == "at":
        return wording.moment(str(value))
    if field == "value":
        return naming.value_name(body["name"], value)
    if field == "form":
        return wording.say("change", "forms", str(value))
    return wording.number(value) if isinstance(value, int | float) else str(value)


def _part(wording: Wording, field: str, value: JsonValue) -> str:
    """One of several: a part of a session, an answer on a scale, or an answer to a question."""
    if isinstance(value, dict):
        return f"{value['question']} {value['answer']}"
    return wording.naming.part_names([value]) if field == "parts" else str("-" if value is None else value)
