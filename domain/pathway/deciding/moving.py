"""What following another version of the programme causes."""

from datetime import datetime

from domain.calendar import morning_after
from domain.pathway.binding import Binding
from domain.pathway.clocks import case_of, in_force, next_rules
from domain.pathway.commands.course import MovePathway
from domain.pathway.deciding import Answers, Facts
from domain.pathway.deciding.referrals import eligibility
from domain.pathway.enrolling import next_intake
from domain.pathway.entering import first_count, not_over_yet
from domain.pathway.evolve import fold
from domain.pathway.facts.course import PathwayMoved
from domain.pathway.facts.referrals import Eligibility
from domain.pathway.giving_back import given_back
from domain.pathway.guards import require_known, require_open
from domain.pathway.history import as_corrected
from domain.pathway.ruling import ends_under, review_under
from domain.pathway.state import Pathway, Stage
from domain.pathway.undoing import decided_since
from domain.period import Period
from domain.programme.referral import Rolling
from domain.programme.rules import Case
from domain.programme.shape import Programme
from domain.refusal import DecidedSince, FollowsAlready, Invalid

A_DAY = Period("P1D")


def _move(binding: Binding, pathway: Pathway, command: MovePathway) -> Facts:
    require_open(pathway)
    target = binding.target
    if command.version == binding.programme.version:
        if pathway.last("moved"):
            return []
        raise FollowsAlready(programme=binding.programme.ref)
    if target is None:
        raise Invalid("version", "unknown_version", value=command.version)
    before = _before(binding, target, command.undoes) if command.undoes else None
    phase = _phase(target, pathway, before, command)
    moved = _moved(binding, target, pathway, phase, command)
    if before is None or command.undoes is None:
        return [moved]
    return given_back(target, pathway, before, binding.recorded(command.undoes), moved)


def _moved(
    binding: Binding, target: Programme, pathway: Pathway, phase: str | None, command: MovePathway
) -> PathwayMoved:
    case = case_of(pathway)
    rule_sets = tuple(in_force(target, case, command.at))
    known = Case(case.began, frozenset(rule_sets))
    return PathwayMoved(
        at=command.at,
        programme=target.ref,
        previous=binding.programme.ref,
        phase=phase,
        review_due=_review(target, pathway, phase, command.at, known),
        begins=_begins(binding, target, pathway, command.at),
        ends=not_over_yet(ends_under(target, pathway, known), command.at),
        week_counted=_week(target, pathway, command.at),
        starts=tuple(sorted(target.responses.keys() - binding.programme.responses.keys())),
        eligibility=_eligibility(target, pathway, command.at),
        rule_sets=rule_sets,
        next_rules=next_rules(target, case, command.at),
        reason=command.reason,
    )


def _eligibility(target: Programme, pathway: Pathway, at: datetime) -> Eligibility | None:
    if pathway.stage not in {Stage.REFERRED, Stage.RETURNED}:
        return None
    return eligibility(Binding(target), pathway.circumstances, at)


def _phase(target: Programme, pathway: Pathway, before: Pathway | None, command: MovePathway) -> str | None:
    """The phase to go on in; one that a move had renamed, unless another one has begun by itself since.

    Raises: Invalid.
    """
    phase = command.phase or command.phases.get(pathway.phase or "", pathway.phase)
    if before and not command.phase and pathway.phase_since == before.phase_since:
        phase = before.phase
    if phase is not None:
        require_known("phase", phase, target.phases)
    return phase


def _before(binding: Binding, target: Programme, undoes: int) -> Pathway:
    """Where the pathway stood before the move that is taken back.

    Raises: Invalid when it is no move from that version, NoSuchFact, DecidedSince when somebody has decided something.
    """
    moved = binding.recorded(undoes)
    if moved.kind != PathwayMoved.kind or (isinstance(moved, PathwayMoved) and moved.previous != target.ref):
        raise Invalid("undoes", "not_such_a_move", value=undoes, programme=target.ref)
    decided = decided_since(binding.history, undoes)
    if decided is not None:
        raise DecidedSince(version=decided, kind=binding.recorded(decided).kind)
    return fold(as_corrected(binding.history[: undoes - 1]))


def _review(target: Programme, pathway: Pathway, phase: str | None, at: datetime, case: Case) -> datetime | None:
    """The first review of the new rhythm that is still to come, counted from the last one."""
    every = target.phases[phase].review_every if phase else None
    due = review_under(target, pathway, phase, case)
    while due and every and due <= at:
        due = morning_after(due, target.length_of(every, due, case), target.closings)
    return due


def _begins(binding: Binding, target: Programme, pathway: Pathway, at: datetime) -> datetime | None:
    """The first day of somebody who waits; where nobody has to wait for a place any more, the next morning."""
    if pathway.stage is not Stage.WAITING:
        return None
    if pathway.waits_for_a_place and target.places:
        return None
    if isinstance(target.intake, Rolling):
        return next_intake(target.intake, at)
    waited = pathway.waits_for_a_place and binding.programme.places
    return morning_after(at, A_DAY, target.closings) if waited else pathway.begins


def _week(target: Programme, pathway: Pathway, at: datetime) -> datetime | None:
    if pathway.stage is not Stage.UNDERWAY or not target.counts_weeks:
        return None
    return pathway.week_counted or first_count(target, at)


ANSWERS: Answers = {MovePathway: _move}
