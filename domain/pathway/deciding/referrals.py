"""What referring, answering a referral, waiting and beginning cause."""

from datetime import datetime

from domain.actor import Actor, PersonId, Role
from domain.calendar import day_after, day_before, local_date
from domain.conditions.engine import condition
from domain.pathway.binding import Binding
from domain.pathway.circumstances import checked
from domain.pathway.clocks import next_rules
from domain.pathway.command import Command
from domain.pathway.commands import referrals
from domain.pathway.decidable import for_a_decision, require_said
from domain.pathway.deciding import Answers, Facts
from domain.pathway.enrolling import enrol, next_intake, usual_intake
from domain.pathway.facts import referrals as facts
from domain.pathway.facts.children import Parent
from domain.pathway.guards import (
    require_known,
    require_not_begun,
    require_open,
    require_place,
    require_referred,
    require_returned,
)
from domain.pathway.hearable import to_be_decided_as_heard
from domain.pathway.permissions import RESPONSIBLE, require_role
from domain.pathway.places import BY_PLACES
from domain.pathway.proceeding import Intended
from domain.pathway.requirements import require
from domain.pathway.state import Pathway, Stage
from domain.programme.decisions import REFUSE
from domain.programme.elements import Duty
from domain.programme.referral import Rolling
from domain.programme.rules import Case
from domain.refusal import (
    AlreadyThere,
    ContactPersonNeeded,
    IntakeOutsideTolerance,
    Invalid,
    JudgementNeeded,
    NotEligible,
    Plain,
    ReasonNeeded,
)
from domain.text import Note
from domain.why import Why


def _refer(binding: Binding, pathway: Pathway, command: referrals.ReferCitizen) -> Facts:
    programme = binding.programme
    require_role(command, programme.referral.by)
    if pathway.citizen == command.citizen and pathway.last("referred") == command.at:
        return []
    if pathway.stage is not Stage.NEW:
        raise AlreadyThere(stage=pathway.stage)
    for element in command.mandatory:
        require_known(
            "mandatory", element, [n for n, e in programme.elements.items() if e.obligation is Duty.PER_REFERRAL]
        )
    _require_contraindications(binding, command.contraindications)
    asked = command.model_copy(update={"circumstances": checked(programme, command.circumstances)})
    return [referral(binding, asked, command.by)]


def referral(
    binding: Binding, command: referrals.ReferCitizen, by: Actor, parent: Parent | None = None
) -> facts.CitizenReferred:
    """The fact that the citizen is referred, by circumstances that the programme knows."""
    return facts.CitizenReferred(
        at=command.at,
        citizen=command.citizen,
        programme=binding.programme.ref,
        referred_by=by,
        reason=command.reason,
        basis=command.basis,
        consent=command.consent,
        expected_benefit=command.expected_benefit,
        circumstances=command.circumstances,
        contraindications=command.contraindications,
        mandatory=command.mandatory,
        eligibility=eligibility(binding, command.circumstances, command.at),
        earlier=command.earlier,
        parent=parent,
        next_rules=next_rules(binding.programme, Case(local_date(command.at)), command.at),
    )


def _require_contraindications(binding: Binding, named: tuple[str, ...]) -> None:
    for each in named:
        require_known("contraindications", each, [known.id for known in binding.programme.referral.judgement])


def eligibility(binding: Binding, circumstances: dict[str, Plain], at: datetime) -> facts.Eligibility:
    """Which target groups fit those circumstances, with what was looked at. Source: F7."""
    met: list[str] = []
    unmet: list[str] = []
    inputs: dict[str, Plain] = {}
    asked = Pathway(circumstances=circumstances)
    for group in binding.programme.referral.eligible:
        verdict = condition(group.when, binding.programme.citizen).ask(asked, at)
        (met if verdict.holds else unmet).append(group.id)
        inputs |= verdict.inputs
    return facts.Eligibility(programme=binding.programme.ref, met=tuple(met), unmet=tuple(unmet), inputs=inputs)


def _accept(binding: Binding, pathway: Pathway, command: referrals.AcceptReferral) -> Facts:
    if _is_accepted_so(pathway, command):
        return []
    require_referred(pathway)
    fitting = eligibility(binding, pathway.circumstances, command.at)
    _require_judgement(pathway, fitting, command)
    if binding.programme.contact_person == "required" and command.contact_person is None:
        raise ContactPersonNeeded
    accepted = facts.ReferralAccepted(
        at=command.at,
        accepted_by=command.by,
        reason=command.reason,
        judgement=command.judgement,
        individual_support=command.individual_support,
        eligibility=fitting,
    )
    return [accepted, *_contact_person(pathway, command), *begin_or_wait(binding, pathway, command)]


def _is_accepted_so(pathway: Pathway, command: referrals.AcceptReferral) -> bool:
    """Whether it has been accepted already, with that contact person and that beginning."""
    if pathway.is_over or not pathway.last("referral_accepted"):
        return False
    person = pathway.responsible.get(Role.CONTACT_PERSON)
    as_wished = command.begins in {None, pathway.begins} or pathway.waits_for_a_place
    return command.contact_person in {None, person} and as_wished


def _require_judgement(pathway: Pathway, fitting: facts.Eligibility, command: referrals.AcceptReferral) -> None:
    _require_judged(pathway, command.judgement)
    if not fitting.met and command.judgement is None:
        raise NotEligible


def _require_judged(pathway: Pathway, judgement: str | None) -> None:
    if pathway.contraindications and judgement is None:
        raise JudgementNeeded(contraindications=", ".join(pathway.contraindications))


def _contact_person(pathway: Pathway, command: referrals.AcceptReferral) -> Facts:
    """The one named, who takes over where somebody was named before the referral was answered."""
    person, previous = command.contact_person, pathway.responsible.get(Role.CONTACT_PERSON)
    if person is None or person == previous:
        return []
    return _given(command, Role.CONTACT_PERSON, person, previous, reason=command.reason if previous else None)


def begin_or_wait(binding: Binding, pathway: Pathway, command: referrals.AcceptReferral) -> Facts:
    """The facts that somebody who is accepted begins, or waits for the day when they do, or for a place.

    Raises: Invalid.
    """
    intake = binding.programme.intake
    begins = command.begins
    if begins and begins <= command.at:
        raise Invalid("begins", "not_later", at=str(command.at))
    full = _full(binding)
    if full:
        return [facts.PlacedOnWaitingList(at=command.at, begins=None, why=full)]
    if begins is None and isinstance(intake, Rolling):
        begins = next_intake(intake, command.at)
    if begins is None:
        return list(enrol(binding, pathway, command.at))
    every = intake.every if isinstance(intake, Rolling) else None
    return [facts.PlacedOnWaitingList(at=command.at, begins=begins, why=binding.why("intake", every=every))]


def _full(binding: Binding) -> Why | None:
    """Why somebody who comes now must wait for a place, or None where nobody must."""
    occupied = binding.occupied
    if binding.programme.places is None or occupied is None or occupied.has_room_for_another:
        return None
    return _why_by_places(binding)


def _why_by_places(binding: Binding) -> Why:
    occupied = binding.occupied
    if occupied is None:
        return binding.why(BY_PLACES, places=binding.programme.places)
    return binding.why(BY_PLACES, places=occupied.places, taken=occupied.taken, waiting=occupied.waiting)


def _refuse(binding: Binding, pathway: Pathway, command: referrals.RefuseReferral) -> Facts:
    if pathway.stage is Stage.REFUSED:
        return []
    require_referred(pathway)
    _require_judged(pathway, command.judgement)
    adverse = _is_to_their_detriment(binding, pathway, command)
    return [
        facts.ReferralRefused(
            at=command.at,
            refused_by=command.by,
            reason=command.reason,
            judgement=command.judgement,
            reason_code=command.reason_code,
            legal_basis=command.legal_basis,
            against_wish=command.against_wish,
            adverse=adverse,
            number=pathway.next_of(REFUSE) if adverse else None,
        )
    ]


def _is_to_their_detriment(binding: Binding, pathway: Pathway, command: referrals.RefuseReferral) -> bool:
    """Whether refusing is a decision to the citizen's detriment here.

    Raises: what other decisions raise, where the programme has it among them.
    """
    decision = binding.programme.decisions.get(REFUSE)
    if decision is None:
        require(to_be_decided_as_heard(pathway, REFUSE))
        return False
    require_role(command, decision.by)
    intended = Intended(
        decision=REFUSE,
        by=command.by,
        outcome=None,
        reason=command.reason,
        reason_code=command.reason_code,
        legal_basis=command.legal_basis,
        against_wish=command.against_wish,
        despite=(),
    )
    require_said(decision, intended, command.kind)
    require(for_a_decision(binding, pathway, intended))
    return decision.is_adverse(against_wish=command.against_wish)


def _return(binding: Binding, pathway: Pathway, command: referrals.ReturnReferral) -> Facts:
    del binding
    if pathway.stage is Stage.RETURNED:
        return []
    require_referred(pathway)
    return [facts.ReferralReturned(at=command.at, returned_by=command.by, reason=command.reason)]


def _complete(binding: Binding, pathway: Pathway, command: referrals.CompleteReferral) -> Facts:
    require_role(command, binding.programme.referral.by)
    if pathway.stage is Stage.REFERRED and pathway.last("referred") == command.at:
        return []
    require_returned(pathway)
    contraindications = pathway.contraindications if command.contraindications is None else command.contraindications
    _require_contraindications(binding, contraindications)
    circumstances = {**pathway.circumstances, **checked(binding.programme, command.circumstances)}
    return [
        facts.ReferralCompleted(
            at=command.at,
            reason=command.reason,
            circumstances=circumstances,
            contraindications=contraindications,
            eligibility=eligibility(binding, circumstances, command.at),
        )
    ]


def _withdraw(binding: Binding, pathway: Pathway, command: referrals.WithdrawReferral) -> Facts:
    require_role(command, binding.programme.referral.by)
    if pathway.stage is Stage.WITHDRAWN:
        return []
    require_not_begun(pathway)
    require(to_be_decided_as_heard(pathway, REFUSE))
    return [facts.ReferralWithdrawn(at=command.at, reason=command.reason)]


def _move_intake(binding: Binding, pathway: Pathway, command: referrals.MoveIntake) -> Facts:
    require_place(binding, pathway)
    if pathway.begins == command.begins:
        return []
    if command.begins <= command.at:
        raise Invalid("begins", "not_later", at=str(command.at))
    intake = binding.programme.intake
    if isinstance(intake, Rolling) and pathway.begins:
        usual = local_date(usual_intake(intake, pathway.begins))
        tolerance = intake.tolerance
        day = local_date(command.begins)
        if tolerance is None or not day_before(usual, tolerance) <= day <= day_after(usual, tolerance):
            raise IntakeOutsideTolerance(usual=str(usual), tolerance=tolerance or "P0D")
    return [facts.IntakeMoved(at=command.at, begins=command.begins, reason=command.reason)]


def _enrol(binding: Binding, pathway: Pathway, command: referrals.EnrolCitizen) -> Facts:
    if pathway.stage is Stage.UNDERWAY:
        return []
    require_place(binding, pathway)
    return list(enrol(binding, pathway, command.at, reason=command.reason))


def _give_place(binding: Binding, pathway: Pathway, command: referrals.GivePlace) -> Facts:
    """The first day of whoever waited for a place: now, or at the next intake."""
    if pathway.stage is Stage.UNDERWAY or (pathway.stage is Stage.WAITING and pathway.begins):
        return []
    require_place(binding, pathway)
    why, intake = _why_by_places(binding), binding.programme.intake
    if isinstance(intake, Rolling):
        return [facts.PlacedOnWaitingList(at=command.at, begins=next_intake(intake, command.at), why=why)]
    return list(enrol(binding, pathway, command.at, why=why))


def _assign(binding: Binding, pathway: Pathway, command: referrals.AssignResponsible) -> Facts:
    del binding
    require_open(pathway)
    require_known("role", command.role, RESPONSIBLE)
    previous = pathway.responsible.get(command.role)
    if previous == command.person:
        return []
    return _given(command, command.role, command.person, previous, reason=command.reason)


def _given(command: Command, role: Role, person: PersonId, previous: PersonId | None, *, reason: Note | None) -> Facts:
    """Raises: ReasonNeeded when somebody had the role before and nobody says why that changes."""
    if previous is not None and reason is None:
        raise ReasonNeeded(command=command.kind)
    return [facts.ResponsibleAssigned(at=command.at, role=role, person=person, previous=previous, reason=reason)]


ANSWERS: Answers = {
    referrals.ReferCitizen: _refer,
    referrals.AcceptReferral: _accept,
    referrals.RefuseReferral: _refuse,
    referrals.ReturnReferral: _return,
    referrals.CompleteReferral: _complete,
    referrals.WithdrawReferral: _withdraw,
    referrals.MoveIntake: _move_intake,
    referrals.EnrolCitizen: _enrol,
    referrals.GivePlace: _give_place,
    referrals.AssignResponsible: _assign,
}
