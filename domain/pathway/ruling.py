"""What a rule set that comes into force on the way moves besides what is owed: the end of the time, the next review."""

from datetime import datetime

from domain.calendar import morning_after
from domain.pathway.binding import Binding
from domain.pathway.clocks import case_of, next_rules, with_stops
from domain.pathway.entering import not_over_yet, time_limit
from domain.pathway.facts.course import RuleSetApplied
from domain.pathway.state import Pathway, Stage
from domain.period import Period
from domain.programme.rules import Case, RuleSet
from domain.programme.shape import Programme

TOMORROW = Period("P1D")


def ends_under(programme: Programme, pathway: Pathway, case: Case) -> datetime | None:
    """When the time is up by the length that counts for *case*, pauses added; None before the beginning."""
    enrolled = pathway.last("enrolled")
    limit = time_limit(programme, enrolled, case, pathway.groups) if enrolled else None
    return with_stops(enrolled, limit, pathway.stops) if enrolled and limit else None


def review_under(programme: Programme, pathway: Pathway, phase: str | None, case: Case) -> datetime | None:
    """When the next review is by the rhythm that counts for *case*, counted from the last one or the first day."""
    known = programme.phase(phase)
    began = (pathway.last(f"{phase}.review") if phase == pathway.phase else None) or pathway.phase_since
    if known is None or known.review_every is None or began is None or pathway.stage is not Stage.UNDERWAY:
        return None
    due = morning_after(began, programme.length_of(known.review_every, began, case), programme.closings)
    return with_stops(began, due, pathway.stops)


def apply(binding: Binding, pathway: Pathway, rule_set: RuleSet, at: datetime) -> RuleSetApplied:
    """The fact that it counts from now on, with the dates that it moves and what they were."""
    before = case_of(pathway)
    after = Case(before.began, before.applied | {rule_set.rule_set})
    ends, review = (
        _end(binding.programme, pathway, before, after, at),
        _review(binding.programme, pathway, before, after, at),
    )
    return RuleSetApplied(
        at=at,
        rule_set=rule_set.rule_set,
        legal_ref=rule_set.legal_ref,
        next_rules=next_rules(binding.programme, after, at),
        ends=ends,
        previous_ends=pathway.ends if ends else None,
        review_due=review,
        previous_review=pathway.review_due if review else None,
        why=binding.why("rule_sets", valid_from=str(rule_set.valid_from), transition=rule_set.transition),
    )


def _end(programme: Programme, pathway: Pathway, before: Case, after: Case, at: datetime) -> datetime | None:
    """The end of the time that *after* says otherwise than *before*, or None; what somebody decided stays as it is."""
    if pathway.ends is None or pathway.time_up or pathway.ends != ends_under(programme, pathway, before):
        return None
    ends = not_over_yet(ends_under(programme, pathway, after), at)
    return ends if ends != pathway.ends else None


def _review(programme: Programme, pathway: Pathway, before: Case, after: Case, at: datetime) -> datetime | None:
    """The next review that *after* says otherwise than *before*, or None; none lies behind."""
    if pathway.review_due is None or pathway.review_due != review_under(programme, pathway, pathway.phase, before):
        return None
    due = review_under(programme, pathway, pathway.phase, after)
    if due and due <= at:
        due = min(pathway.review_due, morning_after(at, TOMORROW, programme.closings))
    return due if due != pathway.review_due else None
