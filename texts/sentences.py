"""What a caseworker reads of each fact, and of each refusal."""

import re
from collections.abc import Mapping

from domain.pathway.facts.course import CircumstanceRecorded
from domain.pathway.facts.intensities import IntensitySet
from domain.pathway.history import Erased, Event
from domain.refusal import Refused
from texts.catalogue import Wording

_QUOTED = re.compile(r"'([^']*)'")
"""One of the values that a library lists in English, as in `'a', 'b' or 'c'`."""

CASEWORKERS = "fact"
"""Where the catalogue has the words that a caseworker reads."""
_NAMED: Mapping[type[object], str] = {CircumstanceRecorded: "circumstance", IntensitySet: "intensity"}
"""What a fact's `name` is the name of, so that it does not hide the naming of steps."""


def of_event(wording: Wording, event: Event, section: str = CASEWORKERS) -> str:
    """One fact as a sentence, in the caseworker's words unless another section of the catalogue is named."""
    kind = event.kind
    if isinstance(event, Erased):
        if kind == "citizen_erased":
            return wording.say(section, kind)
        return wording.say(section, "erased", erased_kind=kind)
    values = {field: getattr(event, field) for field in type(event).model_fields}
    if "name" in values:
        values[_NAMED.get(type(event), "obligation_name")] = values.pop("name")
    return wording.say(section, kind, **values)


def of_refusal(wording: Wording, refusal: Refused) -> str:
    """A refusal as a sentence that says what would change the answer."""
    return wording.say("refusal", refusal.code, **refusal.values)


def problem(wording: Wording, code: str, values: Mapping[str, object]) -> str:
    """What is wrong, and the mend; a code without wording of its own is told as the library says it."""
    if wording.has("problem", code):
        listed = ", ".join(_QUOTED.findall(str(values.get("expected", ""))))
        return wording.say("problem", code, **{**values, "expected": listed or values.get("expected")})
    return str(values.get("message", code))
