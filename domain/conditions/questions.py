"""What conditions may ask of a pathway: attended sessions, hours, weeks, steps, outcomes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from domain.calendar import day_before, local, local_date
from domain.pathway.facts.sessions import TOOK_PART, Attendance
from domain.pathway.intensities import held_on
from domain.pathway.state import Attended, Pathway
from domain.period import Period


class Takes(Enum):
    """What a question's operand is, so that a misspelling is found before publishing."""

    WINDOW = "window"
    ELEMENT = "element"
    STEP = "step"
    OUTCOME = "outcome"
    INTENSITY = "intensity"


@dataclass(frozen=True)
class Question:
    """A function of the condition language."""

    name: str
    takes: tuple[Takes, ...]
    gives: type[int | float | bool]
    answer: Callable[..., int | float | bool]
    """From the pathway, the instant of asking and the operands, the answer."""

    def __str__(self) -> str:
        return f"{self.name}({', '.join(each.value for each in self.takes)})"


def _within(pathway: Pathway, at: datetime, window: str) -> Iterable[Attended]:
    began = window_start(at, Period(window))
    return (seen for seen in pathway.attendance if began <= seen.at <= at)


def window_start(at: datetime, window: Period) -> datetime:
    """The beginning of the day that lies *window* before *at*."""
    day = day_before(local_date(at), window)
    return local(day, datetime.min.time()) - timedelta(minutes=window.minutes)


def _attended(pathway: Pathway, at: datetime, window: str) -> int:
    return sum(seen.attendance in TOOK_PART for seen in _within(pathway, at, window))


def _attended_element(pathway: Pathway, at: datetime, element: str, window: str) -> int:
    return sum(seen.attendance in TOOK_PART and seen.element == element for seen in _within(pathway, at, window))


def _missed(pathway: Pathway, at: datetime, window: str) -> int:
    """What was mandatory and missed: staying away from something voluntary counts for nothing. Source: V16."""
    return sum(seen.mandatory and seen.attendance is Attendance.ABSENT for seen in _within(pathway, at, window))


def _hours(pathway: Pathway, at: datetime, window: str) -> float:
    return sum(seen.minutes for seen in _within(pathway, at, window) if seen.attendance in TOOK_PART) / 60


def _weeks_in_phase(pathway: Pathway, at: datetime) -> int:
    return (at - pathway.phase_since).days // 7 if pathway.phase_since else 0


def _happened(pathway: Pathway, at: datetime, step: str) -> bool:
    last = pathway.last(step)
    return last is not None and last <= at


def _outcome(pathway: Pathway, at: datetime, outcome: str) -> bool:
    del at
    return outcome in pathway.outcomes


def _intensity(pathway: Pathway, at: datetime, name: str) -> float:
    return held_on(pathway, name, local_date(at)) or 0.0


QUESTIONS: tuple[Question, ...] = (
    Question("attended", (Takes.WINDOW,), int, _attended),
    Question("attended", (Takes.ELEMENT, Takes.WINDOW), int, _attended_element),
    Question("missed", (Takes.WINDOW,), int, _missed),
    Question("hours", (Takes.WINDOW,), float, _hours),
    Question("weeks_in_phase", (), int, _weeks_in_phase),
    Question("happened", (Takes.STEP,), bool, _happened),
    Question("outcome", (Takes.OUTCOME,), bool, _outcome),
    Question("intensity", (Takes.INTENSITY,), float, _intensity),
)
"""Every question, by name and number of operands."""

BY_CALL: Mapping[tuple[str, int], Question] = {(each.name, len(each.takes)): each for each in QUESTIONS}
