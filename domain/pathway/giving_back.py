"""Taking a move back: clocks and deadlines are again what they were, not counted anew."""

from collections.abc import Iterator
from datetime import datetime

from domain.calendar import days_later, morning_after
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.clocks import case_of
from domain.pathway.consequences import created, moved, put_aside
from domain.pathway.entering import not_over_yet
from domain.pathway.evolve import evolve, fold
from domain.pathway.facts.course import OpenProposal, PathwayMoved
from domain.pathway.facts.obligations import ObligationCreated, ObligationMoved, Progress, StepIncluded
from domain.pathway.history import Event
from domain.pathway.owed import owed
from domain.pathway.state import Obligation, Pathway, Stage
from domain.programme.rules import Case
from domain.programme.shape import Programme


def given_back(
    target: Programme, pathway: Pathway, before: Pathway, undone: Event, back: PathwayMoved
) -> list[PathwayFact]:
    """What taking the move *undone* back causes, *before* it and now; *back* is how any other move would reckon.

    What came about meanwhile stays: a pause that ended, a first day that was given, a phase that began by itself.
    """
    clocks = {
        "takes_back": undone.at,
        "starts": (),
        **_of_the_phase(target, pathway, before, back),
        **_of_the_time(pathway, before, back),
        **_of_the_week(target, pathway, before, back),
        **_of_the_wait(pathway, before, undone, back.at),
    }
    facts: list[PathwayFact] = [back.model_copy(update=clocks)]
    new, moved_back = Binding(target), evolve(pathway, facts[0])
    facts += _included(new, before, moved_back, back.at)
    return [*facts, *_owed_again(new, before, fold(facts[1:], moved_back), back.at)]


def _of_the_phase(target: Programme, pathway: Pathway, before: Pathway, back: PathwayMoved) -> dict[str, object]:
    """The review and the proposal of the phase that the citizen is in again, or in still."""
    if (back.phase, pathway.phase_since) != (before.phase, before.phase_since):
        return {}
    phase, was, case = target.phase(before.phase), before.proposal, Case(case_of(before).began, before.rule_sets)
    reviewed = f"{before.phase}.review"
    changes: dict[str, object] = {"rejected": before.rejected and pathway.last(reviewed) == before.last(reviewed)}
    if phase and phase.review_every and before.review_due and _ran_on(pathway, before, back):
        due = before.review_due
        while due <= back.at and not pathway.paused_since:
            due = morning_after(due, target.length_of(phase.review_every, due, case), target.closings)
        changes["review_due"] = due
    if was and pathway.phase != before.phase:
        changes["proposal"] = OpenProposal(to=was.to, phase=was.phase, proposed_by=was.proposed_by)
    return changes


def _ran_on(pathway: Pathway, before: Pathway, back: PathwayMoved) -> bool:
    """Whether no pause has ended since, and no rule set come into force, that would have moved clocks."""
    return (pathway.stops, frozenset(back.rule_sets)) == (before.stops, before.rule_sets)


def _of_the_time(pathway: Pathway, before: Pathway, back: PathwayMoved) -> dict[str, object]:
    """The day on which the time is up, or none."""
    if pathway.last("enrolled") != before.last("enrolled") or not _ran_on(pathway, before, back):
        return {}
    stands = before.time_up or pathway.paused_since
    return {"time_up": before.time_up, "ends": before.ends if stands else not_over_yet(before.ends, back.at)}


def _of_the_week(target: Programme, pathway: Pathway, before: Pathway, back: PathwayMoved) -> dict[str, object]:
    """When a week is counted next, where no week has been counted since the move."""
    due = before.week_counted
    if not target.counts_weeks or pathway.week_counted or due is None:
        return {}
    while due <= back.at and not pathway.paused_since:
        due = days_later(due, 7)
    return {"week_counted": due}


def _of_the_wait(pathway: Pathway, before: Pathway, undone: Event, at: datetime) -> dict[str, object]:
    """The first day that had been agreed, or none, where the move itself gave another one and nobody since."""
    waits = pathway.stage is before.stage is Stage.WAITING
    is_of_the_move = isinstance(undone, PathwayMoved) and pathway.begins == undone.begins
    passed = before.begins is not None and before.begins <= at
    return {"begins": before.begins} if waits and is_of_the_move and not passed else {}


def _included(binding: Binding, before: Pathway, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    """The steps that the move had put aside count again, and their clocks go on from where they did."""
    for fact in put_aside(binding, pathway, at):
        if isinstance(fact, StepIncluded) and fact.step not in before.excluded:
            yield fact.model_copy(update={"anew": False})


def _owed_again(binding: Binding, before: Pathway, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    """What was owed before the move and is called for still, by its deadline and as far as it had come."""
    expected = owed(binding.programme, pathway)
    for rule, was in before.obligations.items():
        again, have = expected.get(rule), pathway.obligations.get(rule)
        if again is None or again.since != was.since or was.by_hand:
            continue
        if have is None:
            anew = created(binding, rule, again, at).model_copy(update={"in_pause": was.in_pause, "owner": was.owner})
            yield _as_it_was(anew, was)
        elif _terms(have) != _terms(was):
            back = moved(binding, pathway, rule, again, at)
            yield back.model_copy(update=_terms(was)) if have.due == was.due else _as_it_was(back, was)


def _terms(owed_now: Obligation) -> dict[str, object]:
    """What an obligation says, without how far it has come."""
    return {name: getattr(owed_now, name) for name in ("since", "due", "remind_at", "ladder", "stopped_by")}


def _as_it_was(fact: ObligationCreated | ObligationMoved, was: Obligation) -> PathwayFact:
    progress = Progress(
        reminded=was.reminded,
        overdue=was.overdue,
        level=was.level,
        chosen_at=was.chosen.at if was.chosen else None,
        chosen_due=was.chosen.due if was.chosen else None,
        question=was.question,
        asked=was.asked,
        answered=was.answered,
    )
    return fact.model_copy(update={**_terms(was), "progress": progress})
