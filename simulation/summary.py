"""A simulation in sentences, for whoever started it."""

from collections.abc import Iterator

from domain.calendar import last_day, local_date
from simulation.figures import Figures
from simulation.setting import Setting
from simulation.survival import Curve
from simulation.tables import told
from texts.catalogue import Wording

INDENT = "  "


def summary(found: Figures, setting: Setting, wording: Wording) -> Iterator[str]:
    """The figures line by line; whoever is still under way stands apart from what has ended."""
    programme = setting.programme
    yield wording.say(
        *("simulation", "heading"),
        title=programme.title.in_language(wording.language),
        version=programme.version,
        citizens=found.citizens,
        first=local_date(setting.first_day),
        last=last_day(setting.until),
        seed=setting.seed,
    )
    yield wording.say("simulation", "span", years=found.citizen_years, facts=found.facts)
    yield ""
    yield _lasting("waiting_line", found.waiting, wording)
    yield _hours(found, wording)
    yield ""
    yield wording.say("simulation", "phases_heading")
    for name, each in found.phases.items():
        title = programme.phases[name].title.in_language(wording.language)
        yield INDENT + _lasting("phase_line", each, wording, phase=title)
    yield from _load(found, wording)
    yield from _standing(found, setting, wording)
    yield ""
    yield wording.say("simulation", "honest")


def _lasting(key: str, each: Curve, wording: Wording, **values: str) -> str:
    return wording.say(
        *("simulation", key), median=median(each, wording), ended=told(each.ended), open=told(each.open), **values
    )


def median(each: Curve, wording: Wording) -> str:
    """The median of a curve in words, or that there is none."""
    if each.median is None:
        return wording.say("simulation", "no_median")
    return wording.say("simulation", "median", days=each.median)


def _hours(found: Figures, wording: Wording) -> str:
    if found.hours_a_week is None:
        return wording.say("simulation", "no_hours")
    return wording.say("simulation", "hours_line", hours=wording.number(found.hours_a_week))


def _load(found: Figures, wording: Wording) -> Iterator[str]:
    yield ""
    yield wording.say("simulation", "load_heading")
    for role in dict.fromkeys(work.role for work in found.work):
        works = [
            wording.say(
                *("simulation", "work"),
                what=wording.say("simulation", "what", work.what),
                a_week=work.a_week,
                busiest=work.busiest,
            )
            for work in found.work
            if work.role is role
        ]
        yield INDENT + wording.say(
            "simulation", "load_line", role=wording.naming.called("role", role), works=", ".join(works)
        )


def _standing(found: Figures, setting: Setting, wording: Wording) -> Iterator[str]:
    yield ""
    yield wording.say("simulation", "standing_heading")
    outcomes = setting.programme.outcomes
    named = [(outcomes[name].title.in_language(wording.language), count) for name, count in found.outcomes.items()]
    still = [(wording.naming.called("stage", stage), count) for stage, count in found.open.items()]
    for name, count in (*still, *named):
        yield INDENT + wording.say("simulation", "standing_line", name=name, count=told(count))
    if found.reopened:
        yield INDENT + wording.say("simulation", "reopened", count=told(found.reopened))
