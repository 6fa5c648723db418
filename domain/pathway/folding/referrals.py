"""How the referral and the beginning change where a pathway stands."""

from domain.pathway.facts import referrals
from domain.pathway.folding import Folding
from domain.pathway.folding.course import against
from domain.pathway.state import Pathway, Stage
from domain.programme.decisions import REFUSE


def _citizen_referred(pathway: Pathway, fact: referrals.CitizenReferred) -> Pathway:
    return pathway.but(
        stage=Stage.REFERRED,
        citizen=fact.citizen,
        programme=fact.programme,
        contraindications=fact.contraindications,
        mandatory=frozenset(fact.mandatory),
        groups=fact.eligibility.met,
        circumstances=fact.circumstances,
        parent=fact.parent,
        next_rules=fact.next_rules,
    )


def _referral_accepted(pathway: Pathway, fact: referrals.ReferralAccepted) -> Pathway:
    del fact
    return unrefused(pathway).but(stage=Stage.WAITING)


def _referral_refused(pathway: Pathway, fact: referrals.ReferralRefused) -> Pathway:
    return against(unrefused(pathway).ended_as(Stage.REFUSED), fact, REFUSE, None)


def unrefused(pathway: Pathway) -> Pathway:
    """The pathway as if nobody had been heard about refusing the referral: it is answered, or put otherwise."""
    return pathway.without_hearing(REFUSE) if REFUSE in pathway.hearings else pathway


def _referral_returned(pathway: Pathway, fact: referrals.ReferralReturned) -> Pathway:
    del fact
    return unrefused(pathway).but(stage=Stage.RETURNED)


def _referral_completed(pathway: Pathway, fact: referrals.ReferralCompleted) -> Pathway:
    return pathway.but(
        stage=Stage.REFERRED,
        contraindications=fact.contraindications,
        groups=fact.eligibility.met,
        circumstances=fact.circumstances,
    )


def _referral_withdrawn(pathway: Pathway, fact: referrals.ReferralWithdrawn) -> Pathway:
    del fact
    return pathway.ended_as(Stage.WITHDRAWN)


def _placed_on_waiting_list(pathway: Pathway, fact: referrals.PlacedOnWaitingList) -> Pathway:
    return pathway.but(begins=fact.begins)


def _intake_moved(pathway: Pathway, fact: referrals.IntakeMoved) -> Pathway:
    return pathway.but(begins=fact.begins)


def _citizen_enrolled(pathway: Pathway, fact: referrals.CitizenEnrolled) -> Pathway:
    return pathway.but(stage=Stage.UNDERWAY, begins=None, ends=fact.ends, week_counted=fact.week_counted)


def _responsible_assigned(pathway: Pathway, fact: referrals.ResponsibleAssigned) -> Pathway:
    return pathway.but(responsible={**pathway.responsible, fact.role: fact.person})


FOLDING: Folding = {
    referrals.CitizenReferred: _citizen_referred,
    referrals.ReferralAccepted: _referral_accepted,
    referrals.ReferralRefused: _referral_refused,
    referrals.ReferralReturned: _referral_returned,
    referrals.ReferralCompleted: _referral_completed,
    referrals.ReferralWithdrawn: _referral_withdrawn,
    referrals.PlacedOnWaitingList: _placed_on_waiting_list,
    referrals.IntakeMoved: _intake_moved,
    referrals.CitizenEnrolled: _citizen_enrolled,
    referrals.ResponsibleAssigned: _responsible_assigned,
}
