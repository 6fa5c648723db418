"""Faults to plant into the rules, each of which some law must notice."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator

from domain.actor import Role
from domain.pathway import decide, passing
from domain.pathway.binding import Binding
from domain.pathway.catalogue import FACTS, PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands import course as course_commands
from domain.pathway.commands.course import AgreePlan
from domain.pathway.due import Coming
from domain.pathway.evolve import FOLDING, fold
from domain.pathway.facts import course, phases, referrals, sessions
from domain.pathway.follow_ups import FollowUp
from domain.pathway.proceeding import Prepared
from domain.pathway.settling import Passed, settled
from domain.pathway.state import Pathway, Stage
from domain.programme.decisions import Valence
from domain.refusal import Excluded, IsPaused
from domain.why import Why

FOLDED_CLOSED = FOLDING[course.PathwayClosed]
Plant = Callable[[pytest.MonkeyPatch], None]


def in_place_of(name: str, value: object) -> Plant:
    """Something else where the rules call *name*."""
    return lambda patch: patch.setattr(name, value)


def exchanged(table: Mapping[Any, Any], key: object, value: object) -> Plant:
    """Something else in a table of the rules."""
    return lambda patch: patch.setitem(table, key, value)


def folded(kind: type[object], folding: Callable[[Pathway, Any], Pathway]) -> Plant:
    """A kind of fact that is folded in another way."""
    return exchanged(FOLDING, kind, folding)


def answered(kind: type[Command], answer: Callable[[Binding, Pathway, Any], object]) -> Plant:
    """A command that is answered in another way."""
    return exchanged(decide.ANSWERS, kind, answer)


def settled_a_day_ago(binding: Binding, pathway: Pathway, until: datetime) -> Iterator[Passed]:
    """What had fallen due by yesterday."""
    return settled(binding, pathway, until - timedelta(days=1))


def without_deadlines(*owed: object) -> Iterator[Coming]:
    """No instant at all."""
    del owed
    return iter(())


def forgets_what_is_overdue(pathway: Pathway, fact: phases.WeekCounted) -> Pathway:
    """The week counted, and all that was told about deadlines forgotten."""
    forgotten = {rule: each.but(overdue=False) for rule, each in pathway.obligations.items()}
    return pathway.but(week_counted=fact.next_count, obligations=forgotten)


def closes(pathway: Pathway, fact: phases.TimeUp) -> Pathway:
    """The pathway over because its time is."""
    del fact
    return pathway.ended_as(Stage.CLOSED).but(time_up=True)


def loses_sessions(pathway: Pathway, fact: course.PathwayClosed) -> Pathway:
    """The pathway at its end, without the sessions that are still to be registered."""
    return FOLDED_CLOSED(pathway, fact).but(bookings={})


def ends_some_day(pathway: Pathway, fact: referrals.CitizenEnrolled) -> Pathway:
    """The citizen enrolled until an instant that nobody set."""
    return pathway.but(stage=Stage.UNDERWAY, begins=None, ends=fact.at, week_counted=fact.week_counted)


def misses(fact: sessions.AttendanceRecorded) -> tuple[str, ...]:
    """The steps of an attendance, with a duty missed where there is none."""
    return (f"{fact.element}.missed",) if fact.attendance is sessions.Attendance.ABSENT else (fact.element,)


def completed_at_once(parts: object, held: Any, command: object) -> list[PathwayFact]:  # noqa: ANN401 - what was held
    """A session that is complete whatever its parts."""
    del parts, command
    return [sessions.SessionCompleted(at=held.at, session=held.session, element=held.element, waived=(), reason=None)]


def nobody_before(
    command: Command, role: Role, person: str, previous: str | None, *, reason: str | None
) -> list[PathwayFact]:
    """A role that is given as if nobody had had it."""
    del previous
    return [referrals.ResponsibleAssigned(at=command.at, role=role, person=person, previous=None, reason=reason)]


def planned(**others: object) -> Plant:
    """A plan that is agreed on whatever the stage, with something about it that is wrong."""

    def answer(binding: Binding, pathway: Pathway, command: AgreePlan) -> list[PathwayFact]:
        del binding, pathway
        said = {"at": command.true_at, "plan_version": 1, "goals": "gå en tur", **others}
        return [course.PlanAgreed.model_construct(**{name: _now(value) for name, value in said.items()})]

    return answered(AgreePlan, answer)


def _now(value: object) -> Any:  # noqa: ANN401 - a field
    return next(value) if isinstance(value, Iterator) else value


def settled_in_one(binding: Binding, pathway: Pathway, until: datetime) -> Iterator[Passed]:
    """Everything that fell due, as if it had at once."""
    caused = passing.passed(binding, pathway, until)
    return iter([Passed(until, caused, fold(caused, pathway))] if caused else [])


def nobody_leaves(*_: object) -> None:
    """A step that is never open."""
    raise Excluded(step="close")


def nothing_follows(*_: object, **__: object) -> Iterator[PathwayFact]:
    """No fact at all."""
    return iter(())


def letter(*_: object) -> Iterator[FollowUp]:
    """A letter, whatever happened."""
    yield FollowUp(name="closed", to=Role.CITIZEN)


def from_nowhere(binding: Binding, rule: str, **inputs: object) -> Why:
    """A reason that names another version and nothing that was looked at."""
    del binding, inputs
    return Why(rule=rule, programme="sundere-sammen@9")


def nothing(*_: object, **__: object) -> None:
    """A guard that is asleep."""


class Strange(IsPaused):
    """A refusal that nobody has words for."""

    def __init__(self, **values: object) -> None:
        del values
        super().__init__()


class Shortened(course.PlanAgreed):
    """A plan of which not everything is read again."""

    goals: Annotated[str, AfterValidator(lambda text: text[:2])]


def stored_otherwise(patch: pytest.MonkeyPatch) -> None:
    """A plan that is read as another one, which is folded as plans are."""
    exchanged(FACTS, course.PlanAgreed.kind, Shortened)(patch)
    folded(Shortened, FOLDING[course.PlanAgreed])(patch)


def made_alone(binding: Binding, pathway: Pathway, command: course_commands.MakeDecision) -> list[PathwayFact]:
    """A decision that is made as it is asked for."""
    if command.decision not in binding.programme.decisions or pathway.has_happened(command.decision, command.at):
        return []
    return [
        course.DecisionMade(at=command.at, decision=command.decision, outcome=None, decided_by=command.by, reason=None)
    ]


def closing(binding: Binding, pathway: Pathway, prepared: Prepared) -> list[PathwayFact]:
    """The end of a pathway that nobody confirmed."""
    del binding, pathway
    said = prepared.intended
    return [
        course.PathwayClosed(
            at=prepared.due,
            outcome=said.outcome or "job",
            valence=Valence.NEUTRAL,
            closed_by=said.by,
            reason=None,
            against_wish=False,
        )
    ]
