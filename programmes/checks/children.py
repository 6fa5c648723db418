"""Whether the elements that are pathways of their own, and the after-care, can be walked."""

from collections.abc import Iterator

from domain.programme.elements import AtClose, Duty, Element, Kind
from domain.programme.shape import Programme
from programmes.checks.problem import Problem, each_known
from programmes.source import Path


def of_children(programme: Programme) -> Iterator[Problem]:
    """Elements without the programme they are walked in, and after-care that nobody could or should enter."""
    for name, element in programme.elements.items():
        yield from _of_element(programme, ("elements", name), name, element)
    aftercare = programme.aftercare
    if aftercare is None:
        return
    yield from _another(("aftercare", "programme"), aftercare.programme, programme)
    yield from each_known(("aftercare", "after"), aftercare.after, programme.decisions["close"].outcomes)
    for index, outcome in enumerate(aftercare.after):
        known = programme.outcomes.get(outcome)
        if known and not known.letter:
            yield Problem(("aftercare", "after", index), "aftercare_without_anybody", {"value": outcome})


def _of_element(programme: Programme, path: Path, name: str, element: Element) -> Iterator[Problem]:
    if element.kind is not Kind.PATHWAY:
        if element.programme:
            yield Problem((*path, "programme"), "programme_without_pathway", {"value": name})
        return
    if element.programme is None:
        yield Problem(path, "pathway_without_programme", {"value": name})
        return
    yield from _another((*path, "programme"), element.programme, programme)
    if element.obligation is not Duty.VOLUNTARY:
        yield Problem((*path, "obligation"), "duty_in_the_child", {"value": name})
    if element.at_close is AtClose.CLOSE and element.close_as is None:
        yield Problem((*path, "at_close"), "close_as_missing", {"value": name})


def _another(path: Path, named: str, programme: Programme) -> Iterator[Problem]:
    if named == programme.programme:
        yield Problem(path, "its_own_child", {"value": named})


def duties_of(programme: Programme) -> list[str]:
    """What after-care must not have: mandatory elements, and weeks that are held against a norm."""
    elements = [name for name, each in programme.elements.items() if each.obligation is Duty.MANDATORY]
    weeks = ["weekly_hours"] if programme.weekly_hours else []
    return [*elements, *weeks]
