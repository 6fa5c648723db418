"""Shipped programmes with a few words changed, for specifications of what no shipped programme does."""

from functools import cache

from domain.programme.shape import Programme
from programmes.loader import load
from tests.support.cast import PROGRAMMES


@cache
def text_of(ref: str) -> str:
    """The text of a shipped version, such as `sundere-sammen@2`."""
    name, _, version = ref.partition("@")
    return (PROGRAMMES / name / f"v{version}.yaml").read_text("utf-8")


def altered_text(ref: str, *changes: tuple[str, str]) -> str:
    """The text of a shipped version with words replaced; each must stand there exactly once."""
    text = text_of(ref)
    for old, new in changes:
        assert text.count(old) == 1, f"{text.count(old)} times in {ref}: {old}"
        text = text.replace(old, new)
    return text


@cache
def altered(ref: str, *changes: tuple[str, str]) -> Programme:
    """A shipped version with words replaced."""
    return load(altered_text(ref, *changes), ref)


def bare(programme: Programme) -> Programme:
    """The next version of a programme with nothing in it that comes by itself or that anybody owes."""
    phases = {
        name: each.model_copy(update={"review_every": None, "advance": None}) for name, each in programme.phases.items()
    }
    elements = {name: each.model_copy(update={"per_week": None}) for name, each in programme.elements.items()}
    nothing: dict[str, object] = {
        "relations": (),
        "obligations": {},
        "measures": {},
        "duration": "open",
        "weekly_hours": None,
    }
    changes = {**nothing, "version": programme.version + 90, "phases": phases, "elements": elements}
    stripped = programme.model_copy(update=changes)
    for reckoned in ("responses", "conditions", "milestones", "exclusions", "talks_after_scores"):
        stripped.__dict__.pop(reckoned, None)  # of the version that was copied
    return stripped
