"""What the programme's responses call for, given what has happened: the obligations that should stand open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.actor import Role
from domain.calendar import end_of_day, local_date, morning_before
from domain.pathway.clocks import begins, case_of, due_after, ladder, stopped_by, stops_of, with_stops
from domain.pathway.facts.obligations import Rung
from domain.pathway.permissions import AUTHORITY
from domain.pathway.proceeding import ANSWERED_BY, Recourse
from domain.pathway.state import Pathway, Stage, Stop
from domain.programme.decisions import ENDS
from domain.programme.hearing import upon
from domain.programme.relations import Response, outlives
from domain.programme.rules import Case, Reckoned, Within
from domain.programme.shape import Programme


@dataclass(frozen=True)
class Owed:
    """Something that a response calls for now."""

    response: Response
    name: str
    """The step that is owed: that of the response, or of one of several decisions, such as `reduce#2.notified`."""
    trigger: str
    since: datetime
    due: datetime
    remind_at: datetime | None
    reckoned: Reckoned
    """The period, and the rule set that says it where one does."""
    ladder: tuple[Rung, ...]
    """Who is told, and when, while it stays owed after its deadline."""

    @property
    def owner(self) -> Role:
        """Who must see to it."""
        return self.response.by


def owed(programme: Programme, pathway: Pathway) -> dict[str, Owed]:
    """By rule, what should be owed now: triggered, not yet answered, not put aside."""
    if pathway.stage in {Stage.NEW, Stage.ERASED}:
        return {}
    by_relation = {
        rule: each
        for rule, response in programme.responses.items()
        if _was_called_for(rule, response, pathway)
        and response.respond not in pathway.excluded
        and response.during in {None, pathway.phase}
        and rule not in programme.upon_decisions
        if not pathway.is_over or outlives(rule)
        for each in _triggered(programme, rule, response, pathway)
    }
    return {**by_relation, **dict(upon_decisions(programme, pathway))} if pathway.recourses else by_relation


def upon_decisions(programme: Programme, pathway: Pathway) -> Iterator[tuple[str, Owed]]:
    """What is owed upon each decision to the citizen's detriment, by rule: each for itself, in whatever version."""
    for made in pathway.recourses.values():
        known = programme.decisions.get(made.decision)
        by = next((role for role in (known.by if known else ()) if role in AUTHORITY), Role.CASEWORKER)
        for call, response in upon(made.decision, by, programme.hearing).items():
            since, rule = made.calls(call), rule_upon(made, call)
            let_go = pathway.ended.get(rule)
            covered = let_go.covers if let_go else None
            cannot_be_undone = call == "to_undo" and pathway.is_over and made.decision not in ENDS
            if since is not None and (covered is None or covered < since) and not cannot_be_undone:
                yield rule, _reckoned(programme, pathway, rule, response, since, f"{made.name}.{call}")


def rule_upon(made: Recourse, call: str) -> str:
    """The id of the rule by which something is owed upon one decision; of the first, the one that programmes know."""
    answer = f"{made.name}.{ANSWERED_BY[call]}"
    if call == "to_undo":
        answer = "reopened" if made.decision in ENDS else made.decision
    return f"{answer}.after.{made.name}.{call}"


def answered_upon(pathway: Pathway, rule: str) -> datetime | None:
    """When what is owed under that rule upon a decision was done, or None where it was not, or is no such rule."""
    name, _, call = rule.partition(".after.")[2].rpartition(".")
    made = pathway.recourses.get(name)
    if made is None or call not in ANSWERED_BY or rule != rule_upon(made, call):
        return None
    return made.happened.get(ANSWERED_BY[call])


def response_of(programme: Programme, pathway: Pathway, rule: str) -> Response | None:
    """The response by which something is owed under that rule, or None where staff promised it by hand."""
    upon_a_decision = (owed for each, owed in upon_decisions(programme, pathway) if each == rule)
    return programme.responses.get(rule) or next((owed.response for owed in upon_a_decision), None)


def _was_called_for(rule: str, response: Response, pathway: Pathway) -> bool:
    """Whether it has ever been called for: most rules have not, and nothing more need be asked of them."""
    return rule in pathway.ended or not pathway.happened.keys().isdisjoint(response.after)


def _triggered(programme: Programme, rule: str, response: Response, pathway: Pathway) -> Iterator[Owed]:
    standing = list(_standing(rule, response, pathway))
    if not standing:
        return
    since, trigger = max(standing) if response.restart else min(standing)
    since = max(since, pathway.included.get(response.respond, since), pathway.fresh.get(rule, since))
    yield _reckoned(programme, pathway, rule, response, since, trigger)


def _reckoned(
    programme: Programme, pathway: Pathway, rule: str, response: Response, since: datetime, trigger: str
) -> Owed:
    stops = stops_of(pathway, response.in_pause, stopped_by(response))
    case = case_of(pathway)
    known = pathway.obligations.get(rule)
    chosen = known.chosen if known and known.since == since else None
    reckoned_due = _due(programme, response.within, case, since, stops)
    due = with_stops(chosen.at, chosen.due, stops) if chosen else reckoned_due
    reckoned = programme.reckoned(response.within, local_date(since), case)
    remind = programme.length_of(response.remind, since, case) if response.remind else None
    remind_at = morning_before(due, remind, programme.closings) if remind else None
    remind_at = remind_at if remind_at and remind_at > since else None
    rungs = ladder(programme, response, since, due, case)
    name = rule.partition(".after.")[0]
    return Owed(response, name, trigger, since, due, remind_at, reckoned, rungs)


def _due(programme: Programme, within: Within, case: Case, since: datetime, stops: Sequence[Stop]) -> datetime:
    """When it is due; a rule set that came into force meanwhile makes nobody late for what lies before it."""
    period, rule_set, _ = programme.reckoned(within, local_date(since), case)
    due = due_after(since, period, programme.closings, stops)
    if rule_set is None or rule_set.rule_set not in case.applied or rule_set.valid_from <= local_date(since):
        return due
    before = _due(programme, within, Case(case.began, case.applied - {rule_set.rule_set}), since, stops)
    if before <= begins(rule_set.valid_from):
        return before
    return max(due, min(before, end_of_day(rule_set.valid_from)))


def _standing(rule: str, response: Response, pathway: Pathway) -> Iterator[tuple[datetime, str]]:
    """The calls that have neither been answered nor let go."""
    ended = pathway.ended.get(rule)
    covered = ended.covers if ended else None
    latest = pathway.last(response.respond)
    for trigger in response.after:
        for at in pathway.happened.get(trigger, ()):
            if latest is not None and _answers(latest, at, itself=trigger == response.respond):
                continue
            if (covered is None or at > covered) and not _is_of_an_earlier_stay(response, trigger, pathway, at):
                yield at, trigger
    if ended and ended.again and not (latest and _answers(latest, ended.again, itself=True)):
        yield ended.again, response.respond


def _is_of_an_earlier_stay(response: Response, trigger: str, pathway: Pathway, at: datetime) -> bool:
    """Whether a phase called for it when the citizen was in that phase another time."""
    of_the_phase = response.during is not None and trigger.startswith(f"{response.during}.")
    return of_the_phase and pathway.phase_since is not None and at < pathway.phase_since


def answered_at(pathway: Pathway, respond: str, trigger: str, since: datetime) -> datetime | None:
    """When a response owed since then was given, or None; a step that calls for itself is answered by the next one."""
    given = pathway.happened.get(respond, ())
    return next((at for at in given if _answers(at, since, itself=trigger == respond)), None)


def _answers(at: datetime, since: datetime, *, itself: bool) -> bool:
    """Whether what happened then answers what is owed since then; *itself*: the step calls for itself."""
    return at > since if itself else at >= since
