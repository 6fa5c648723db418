"""What a fact brings with it under the programme's rules: steps put aside, things owed, steps proposed or taken.

The order of evaluation is one: what the programme begins with, steps put aside, what is owed, then proposed and
automatic steps; and again until nothing more follows.
"""

from collections.abc import Iterator
from datetime import datetime

from domain.calendar import local_date
from domain.conditions.engine import condition
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.clocks import stopped_by
from domain.pathway.entering import enter
from domain.pathway.evolve import fold
from domain.pathway.facts.intensities import IntensitySet
from domain.pathway.facts.obligations import (
    Cause,
    DeadlineQuestioned,
    ObligationCreated,
    ObligationMet,
    ObligationMoved,
    ObligationNotRequired,
    StepExcluded,
    StepIncluded,
)
from domain.pathway.facts.phases import TransitionProposed, TransitionTaken
from domain.pathway.owed import Owed, answered_at, answered_upon, owed
from domain.pathway.requirements import first_refusal, for_rule
from domain.pathway.state import Obligation, Pathway, Stage
from domain.pathway.steps import OF_A_HEARING, OF_A_SECOND
from domain.programme.phases import How
from domain.programme.relations import Exclude, InPause, outlives
from domain.refusal import Plain, RunsAway
from domain.why import Why

ROUNDS = 20
"""More rounds than any programme needs; a programme that calls itself without end is refused, not followed."""


def consequences(binding: Binding, pathway: Pathway, at: datetime, *, onward: bool = True) -> list[PathwayFact]:
    """The facts that follow by the programme's rules, where *pathway* stands now.

    Without *onward* no step to another phase is proposed or taken: that is asked after a fact only.

    Raises: RunsAway when the programme's rules call each other without end.
    """
    caused: list[PathwayFact] = []
    for _ in range(ROUNDS):
        following = _following(binding, pathway, at, onward=onward)
        if not following:
            return caused
        caused += following
        pathway = fold(following, pathway)
    raise RunsAway(programme=binding.programme.ref)


def _following(binding: Binding, pathway: Pathway, at: datetime, *, onward: bool) -> list[PathwayFact]:
    for rules in (_agreed, put_aside, _obliged, _questioned, *((_advanced,) if onward else ())):
        following = list(rules(binding, pathway, at))
        if following:
            return following
    return []


def _agreed(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    if pathway.is_over or pathway.stage is Stage.NEW:
        return
    for name, intensity in binding.programme.intensities.items():
        if name not in pathway.intensities:
            yield IntensitySet(
                at=at,
                name=name,
                value=intensity.starts,
                effective_from=local_date(at),
                previous=None,
                reason=None,
                why=binding.why(f"intensity.{name}", starts=intensity.starts),
            )


def put_aside(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[StepExcluded | StepIncluded]:
    """The steps that the programme's rules put aside now, and those that count again."""
    if pathway.is_over:  # a reopening looks again
        return
    latest: dict[str, tuple[datetime, bool, str]] = {}
    for relation in binding.programme.exclusions:
        excludes = isinstance(relation, Exclude)
        step = relation.exclude if isinstance(relation, Exclude) else relation.include
        last = pathway.last(relation.after)
        if last and (step not in latest or (last, not excludes) >= (latest[step][0], not latest[step][1])):
            latest[step] = (last, excludes, relation.after)
    for step, (_, excluded, after) in sorted(latest.items()):
        why = binding.why(f"{'exclude' if excluded else 'include'}.{step}.after.{after}", after=after)
        if excluded and step not in pathway.excluded:
            yield StepExcluded(at=at, step=step, why=why)
        if not excluded and step in pathway.excluded:
            yield StepIncluded(at=at, step=step, why=why)
    for step in sorted(pathway.excluded - latest.keys()):
        yield StepIncluded(at=at, step=step, why=binding.why(f"include.{step}"))


def _obliged(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    expected = owed(binding.programme, pathway)
    for rule, obligation in pathway.obligations.items():
        yield from _reconsidered(binding, pathway, rule, obligation, expected.get(rule), at)
    for rule, each in expected.items():
        if rule not in pathway.obligations:
            yield created(binding, rule, each, at)


def _reconsidered(
    binding: Binding, pathway: Pathway, rule: str, obligation: Obligation, expected: Owed | None, at: datetime
) -> Iterator[PathwayFact]:
    if obligation.by_hand:
        if pathway.is_over:
            yield _not_required(binding, rule, obligation, Cause.ENDED, at)
        return
    met = _answer(binding, pathway, rule, obligation)
    if met:
        in_time = met < obligation.due
        yield ObligationMet(
            at=met,
            obligation=rule,
            name=obligation.name,
            in_time=in_time,
            registered_late=in_time and at >= obligation.due,
            note=None,
        )
    elif expected is None:
        yield _not_required(binding, rule, obligation, _cause(binding, pathway, rule, obligation), at)
    elif _differs(obligation, expected):
        yield moved(binding, pathway, rule, expected, at)


def _differs(obligation: Obligation, expected: Owed) -> bool:
    """Whether the rules now say of it another beginning, deadline, ladder, or other steps that stop its clock."""
    if (expected.since, expected.due) != (obligation.since, obligation.due):
        return True
    return (expected.ladder, stopped_by(expected.response)) != (obligation.ladder, obligation.stopped_by)


def _answer(binding: Binding, pathway: Pathway, rule: str, obligation: Obligation) -> datetime | None:
    response = binding.programme.responses.get(rule)
    upon_a_decision = answered_upon(pathway, rule)
    if upon_a_decision or response is None or rule in binding.programme.upon_decisions:
        return upon_a_decision
    started_itself = obligation.since in pathway.happened.get(obligation.name, ()) and obligation.name in response.after
    trigger = obligation.name if started_itself else response.after[0]
    return answered_at(pathway, obligation.name, trigger, obligation.since)


def _cause(binding: Binding, pathway: Pathway, rule: str, obligation: Obligation) -> Cause:
    if pathway.is_over:
        return Cause.ENDED
    if obligation.name in pathway.excluded:
        return Cause.EXCLUDED
    if outlives(rule) or obligation.name.rpartition(".")[2] in {*OF_A_SECOND, *OF_A_HEARING}:
        return Cause.ENDED
    response = binding.programme.responses.get(rule)
    if response is None:
        return Cause.VERSION
    return Cause.ENDED if response.during not in {None, pathway.phase} else Cause.CORRECTED


def created(binding: Binding, rule: str, expected: Owed, at: datetime) -> ObligationCreated:
    """The fact that something is owed that was not."""
    response = expected.response
    return ObligationCreated(
        at=at,
        obligation=rule,
        name=expected.name,
        owner=expected.owner,
        since=expected.since,
        due=expected.due,
        remind_at=expected.remind_at if expected.remind_at and expected.remind_at > at else None,
        in_pause=response.in_pause,
        ladder=expected.ladder,
        stopped_by=stopped_by(response),
        note=None,
        why=_why(binding, rule, expected),
    )


def moved(binding: Binding, pathway: Pathway, rule: str, expected: Owed, at: datetime) -> ObligationMoved:
    """The fact that something is owed by another instant than before."""
    return ObligationMoved(
        at=at,
        obligation=rule,
        name=expected.name,
        since=expected.since,
        due=expected.due,
        previous=pathway.obligations[rule].due,
        remind_at=expected.remind_at if expected.remind_at and expected.remind_at > at else None,
        ladder=expected.ladder,
        stopped_by=stopped_by(expected.response),
        why=_why(binding, rule, expected, stops=len(pathway.stops)),
    )


def _why(binding: Binding, rule: str, expected: Owed, **inputs: Plain) -> Why:
    """The reason of a deadline: what called for it, its period, and the rule set that says so where one does."""
    reckoned = expected.reckoned
    return binding.why(rule, after=expected.trigger, within=reckoned.period, **reckoned.source, **inputs)


def _not_required(
    binding: Binding, rule: str, obligation: Obligation, cause: Cause, at: datetime
) -> ObligationNotRequired:
    return ObligationNotRequired(
        at=at,
        obligation=rule,
        name=obligation.name,
        cause=cause,
        reason=None,
        covers=None,
        why=binding.why(rule, cause=cause),
    )


def _questioned(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    """What is asked after a pause of each clock that stood still in it and is to be asked about."""
    resumed = pathway.last("resumed")
    if resumed is None or pathway.is_over or pathway.paused_since:
        return
    for rule, obligation in pathway.obligations.items():
        stood = obligation.in_pause is InPause.ASK and obligation.since < resumed and not obligation.overdue
        if stood and (obligation.asked is None or obligation.asked < resumed):
            yield DeadlineQuestioned(
                at=at,
                obligation=rule,
                name=obligation.name,
                owner=obligation.owner,
                due=obligation.due,
                why=binding.why(rule, in_pause=obligation.in_pause, resumed=str(resumed)),
            )


def _advanced(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    phase = binding.programme.phase(pathway.phase)
    advance = phase.advance if phase else None
    if pathway.phase is None or advance is None or advance.when is None:
        return
    if first_refusal(for_rule(pathway, pathway.phase, advance.to)):
        return
    verdict = condition(advance.when, binding.programme.citizen).ask(pathway, at)
    if not verdict.holds:
        return
    why = binding.why(f"{pathway.phase}.advance", **verdict.inputs)
    if advance.how is How.PROPOSAL:
        yield TransitionProposed(at=at, to=advance.to, phase=pathway.phase, proposed_by=None, reason=None, why=why)
    elif advance.how is How.AUTOMATIC:
        yield TransitionTaken(at=at, to=advance.to, phase=pathway.phase, why=why)
        yield enter(binding, pathway, advance.to, at, why=why)
