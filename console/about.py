"""What a programme says of itself: what it is for, who answers for it, where it is held, how it was judged."""

from collections.abc import Iterator
from datetime import date

from console.output import Out
from domain.programme.elements import Element
from domain.programme.setting import anchored
from domain.programme.shape import Programme
from domain.words import Words


def about(out: Out, programme: Programme, today: date) -> Iterator[str]:
    """A line for each thing."""
    naming = out.wording.naming
    yield naming.programme_name(programme.ref)
    yield programme.purpose.in_language(out.language)
    anchor = anchored(programme.anchor, programme.roles.order, today)
    yield out.say("anchored", unit=naming.unit_name(anchor), providers=_units(out, programme.roles.provide))
    if programme.owner:
        unit = naming.unit_name(programme.owner.unit)
        yield out.say("owned", title=_words(out, programme.owner.title), unit=unit)
    period = programme.period
    yield out.say("runs", stage=programme.stage, since=period and period.since, until=period and period.until)
    for purpose in programme.purposes.values():
        measures = naming.names(purpose.measured_by)
        yield out.say("purpose", title=_words(out, purpose.title), dimension=purpose.dimension, measures=measures)
    yield from _sites(out, programme)
    for element in programme.elements.values():
        yield from _element(out, element)
    if programme.partners:
        yield out.say("partners", partners=", ".join(_words(out, each) for each in programme.partners.values()))
    yield from _evaluations(out, programme)


def _words(out: Out, words: Words) -> str:
    return words.in_language(out.language)


def _units(out: Out, codes: tuple[str, ...]) -> str:
    return ", ".join(out.wording.naming.unit_name(code) for code in codes)


def _sites(out: Out, programme: Programme) -> Iterator[str]:
    for site in programme.sites.values():
        meeting_point = _words(out, site.meeting_point) if site.meeting_point else None
        yield out.say("site", title=_words(out, site.title), address=site.address, meeting_point=meeting_point)


def _element(out: Out, element: Element) -> Iterator[str]:
    asked = ", ".join(_words(out, each) for each in (*element.topics.values(), *element.prompts.values()))
    if asked or element.method:
        yield out.say("template", title=_words(out, element.title), method=element.method, asked=asked)


def _evaluations(out: Out, programme: Programme) -> Iterator[str]:
    for each in programme.evaluations:
        values = {"of": each.of, "on": each.held.isoformat(), "kind": each.kind, "method": None, "deviation": None}
        if each.method:
            values["method"] = _words(out, each.method)
        if each.deviation:
            values["deviation"] = each.deviation.in_language(out.language)
        yield out.say("judged", **values, purpose_met=each.purpose_met, as_planned=each.as_planned)
