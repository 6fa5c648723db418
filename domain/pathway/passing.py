"""What time alone causes: reminders, overdue duties, reviews, counted weeks, beginnings and ends."""

from collections.abc import Iterator
from datetime import datetime

from domain.calendar import days_later, local_date, morning_after
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.clocks import begins, case_of
from domain.pathway.consequences import consequences
from domain.pathway.counting import week_counted
from domain.pathway.deciding.decisions import silence
from domain.pathway.due import counts, runs
from domain.pathway.enrolling import enrol
from domain.pathway.entering import counted_at
from domain.pathway.evolve import evolve, fold
from domain.pathway.facts.obligations import ObligationEscalated, ObligationOverdue, ObligationReminded
from domain.pathway.facts.phases import ReviewCameDue, TimeUp
from domain.pathway.facts.proceedings import ComplaintExpired, HearingExpired
from domain.pathway.pausing import resume
from domain.pathway.proceeding import Heard, Recoursing
from domain.pathway.ruling import apply
from domain.pathway.state import Pathway, Stage
from domain.period import Period
from domain.programme.rules import coming_into_force

UNKNOWN_RHYTHM = Period("P4W")
"""How often there is a review where it can no longer be read which phase the citizen is in."""


def passed(binding: Binding, pathway: Pathway, at: datetime) -> list[PathwayFact]:
    """The facts that are due at that instant and not later, in a fixed order.

    A pause that ends comes first, with the deadlines that it moved: what stood still is not overdue.
    """
    caused = list(_resumed(binding, pathway, at))
    if caused:
        pathway = fold(caused, pathway)
        moved = consequences(binding, pathway, at)
        caused, pathway = [*caused, *moved], fold(moved, pathway)
    rules = (
        _reminded,
        _overdue,
        _escalated,
        _unanswered,
        _unheard,
        _uncomplained,
        _counted,
        _reviewed,
        _ended,
        _begun,
        _ruled,
    )
    for rule in rules:
        for fact in list(rule(binding, pathway, at)):
            caused.append(fact)
            pathway = evolve(pathway, fact)
    return caused


def _resumed(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    if pathway.resume_due and pathway.resume_due <= at:
        yield resume(
            binding, pathway, pathway.resume_due, why=binding.why("pause.until", until=str(pathway.resume_due))
        )


def _reminded(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    for rule, obligation in pathway.obligations.items():
        is_time = obligation.remind_at and obligation.remind_at <= at < obligation.due
        if is_time and not obligation.reminded and runs(pathway, obligation):
            yield ObligationReminded(
                at=at,
                obligation=rule,
                name=obligation.name,
                owner=obligation.owner,
                due=obligation.due,
                why=binding.why(rule, remind_at=str(obligation.remind_at)),
            )


def _overdue(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    for rule, obligation in pathway.obligations.items():
        if obligation.due <= at and not obligation.overdue and runs(pathway, obligation):
            yield ObligationOverdue(
                at=at,
                obligation=rule,
                name=obligation.name,
                owner=obligation.owner,
                due=obligation.due,
                why=binding.why(rule, due=str(obligation.due)),
            )


def _unanswered(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    for prepared in pathway.prepared.values():
        if prepared.due <= at:
            yield from silence(binding, pathway, prepared)


def _unheard(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    for decision, hearing in pathway.hearings.items():
        if hearing.stage is Heard.SENT and hearing.due and hearing.due <= at:
            why = binding.why(f"{decision}.hearing", due=str(hearing.due))
            yield HearingExpired(at=hearing.due, decision=decision, why=why)


def _uncomplained(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    for name, recourse in pathway.recourses.items():
        if recourse.stage is Recoursing.NOTIFIED and recourse.due and recourse.due <= at:
            why = binding.why(f"{name}.complaint", due=str(recourse.due))
            yield ComplaintExpired(at=recourse.due, decision=recourse.decision, number=recourse.number, why=why)


def _escalated(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    for rule, obligation in pathway.obligations.items():
        for level, rung in enumerate(obligation.ladder, start=1):
            if obligation.overdue and obligation.level < level and rung.at <= at:
                yield ObligationEscalated(
                    at=at,
                    obligation=rule,
                    name=obligation.name,
                    level=level,
                    to=rung.to,
                    due=obligation.due,
                    why=binding.why(rule, due=str(obligation.due), escalate_at=str(rung.at)),
                )


def _ruled(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    """The rule sets that come into force; what is owed is reckoned anew by them afterwards."""
    if pathway.next_rules is None or pathway.next_rules > at:
        return
    for rule_set in coming_into_force(binding.programme.rules, case_of(pathway)):
        if begins(rule_set.valid_from) <= at and rule_set.rule_set not in pathway.rule_sets:
            applied = apply(binding, pathway, rule_set, at)
            pathway = evolve(pathway, applied)
            yield applied


def _counted(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    due = pathway.week_counted
    if due is None or due > at or not counts(pathway):
        return
    yield week_counted(binding, pathway, counted_at(due), due, days_later(due, 7))


def _reviewed(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    due, phase = pathway.review_due, pathway.phase
    if due is None or phase is None or due > at or pathway.paused_since:
        return
    known = binding.programme.phase(phase)
    rhythm = known.review_every if known and known.review_every else UNKNOWN_RHYTHM
    reckoned = binding.programme.reckoned(rhythm, local_date(due), case_of(pathway))
    yield ReviewCameDue(
        at=due,
        phase=phase,
        next_review=morning_after(due, reckoned.period, binding.programme.closings),
        why=binding.why(f"{phase}.review_every", every=reckoned.period, **reckoned.source),
    )


def _ended(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    if pathway.ends and pathway.ends <= at and not pathway.is_over and not pathway.time_up and not pathway.paused_since:
        yield TimeUp(at=pathway.ends, why=binding.why("duration", ends=str(pathway.ends)))


def _begun(binding: Binding, pathway: Pathway, at: datetime) -> Iterator[PathwayFact]:
    if pathway.stage is Stage.WAITING and pathway.begins and pathway.begins <= at:
        yield from enrol(binding, pathway, pathway.begins, why=binding.why("intake", begins=str(pathway.begins)))
