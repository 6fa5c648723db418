"""What may come to somebody's mind about hearings and complaints."""

from datetime import datetime, timedelta
from typing import Any

from domain.actor import Actor
from domain.pathway.command import Command
from domain.pathway.commands import course, proceedings, referrals
from domain.pathway.facts.proceedings import Channel, Ruling
from domain.pathway.proceeding import Heard, Recoursing
from tests.support.cast import CASEWORKER, CONTACT, OTHER_CASEWORKER
from tests.support.wandering import Wanderer


def _adverse(who: Wanderer) -> str:
    return who.one_of(name for name, each in who.programme.decisions.items() if each.may_be_adverse)


def _heard_about(who: Wanderer, *stages: Heard) -> str:
    known = sorted(name for name, each in who.pathway.hearings.items() if each.stage in stages)
    return who.random.choice(known) if known else _adverse(who)


def _complained_of(who: Wanderer, *stages: Recoursing) -> dict[str, Any]:
    """One of the decisions that have come so far, said which or not."""
    known = sorted(name for name, each in who.pathway.recourses.items() if each.stage in stages)
    if not known:
        return {"decision": _adverse(who)}
    made = who.pathway.recourses[who.random.choice(known)]
    return {"decision": made.decision, "number": made.number if who.chance(0.7) else None}


def hear(who: Wanderer, at: datetime) -> Command:
    """The citizen is heard, or need not be."""
    decision = _adverse(who)
    if who.chance(0.3):
        return proceedings.ExemptHearing(by=CASEWORKER, at=at, decision=decision, reason="har selv bedt om det")
    known = who.programme.decisions.get(decision)
    outcome = who.one_of(known.outcomes) if known and known.outcomes else None
    return proceedings.SendHearing(by=CASEWORKER, at=at, decision=decision, outcome=outcome, reason="udebliver")


def answer(who: Wanderer, at: datetime) -> Command:
    """The citizen answers, or gets more time."""
    decision = _heard_about(who, Heard.SENT, Heard.EXPIRED, Heard.CLOSED)
    if who.chance(0.3):
        until = at + timedelta(days=who.random.randrange(40))
        return proceedings.ExtendHearing(by=CASEWORKER, at=at, decision=decision, until=until, reason="på ferie")
    return proceedings.AnswerHearing(by=CONTACT, at=at, decision=decision, answer="uenig", **who.told_late(at))


def assess(who: Wanderer, at: datetime) -> Command:
    """The answer, or the silence, is weighed."""
    decision = _heard_about(who, Heard.ANSWERED, Heard.EXPIRED)
    return proceedings.AssessHearing(by=CASEWORKER, at=at, decision=decision, note="vejet", drop=who.chance(0.15))


def decide_against(who: Wanderer, at: datetime) -> Command:
    """What the citizen was heard about is decided, or what nobody was heard about."""
    by: Actor = who.random.choice([CASEWORKER, OTHER_CASEWORKER])
    decision = _heard_about(who, Heard.CLOSED)
    known = who.programme.decisions.get(decision)
    outcome = who.one_of(known.outcomes) if known and known.outcomes else None
    if decision == "refuse":
        return referrals.RefuseReferral(by=by, at=at, reason="hørt", judgement="vejet", against_wish=True)
    if decision == "close":
        despite = ("diet_exercise.assessed", "close.heard", "reduce.heard") if who.chance(0.5) else ()
        said: dict[str, Any] = {"outcome": outcome or "own_wish", "reason": "hørt", "despite": despite}
        return course.ClosePathway(by=by, at=at, against_wish=True, **said)
    basis = "LAB § 22" if known and known.reason == "legal_basis" else None
    return course.MakeDecision(by=by, at=at, decision=decision, outcome=outcome, legal_basis=basis, against_wish=True)


def notify(who: Wanderer, at: datetime) -> Command:
    """The citizen is told the decision."""
    which, channel = _complained_of(who, Recoursing.DECIDED), who.random.choice(list(Channel))
    return proceedings.NotifyDecision(by=CASEWORKER, at=at, channel=channel, **which, **who.told_late(at))


def complain(who: Wanderer, at: datetime) -> Command:
    """The citizen complains."""
    which = _complained_of(who, Recoursing.NOTIFIED, Recoursing.EXPIRED)
    return proceedings.ReceiveComplaint(by=CONTACT, at=at, **which, **who.told_late(at))


def reassess(who: Wanderer, at: datetime) -> Command:
    """The municipality looks again."""
    which = _complained_of(who, Recoursing.COMPLAINED)
    return proceedings.ReassessComplaint(by=CASEWORKER, at=at, changed=who.chance(0.3), reason="set på igen", **which)


def forward(who: Wanderer, at: datetime) -> Command:
    """The complaint goes to the board of appeal."""
    return proceedings.ForwardComplaint(by=CASEWORKER, at=at, **_complained_of(who, Recoursing.UPHELD))


def conclude(who: Wanderer, at: datetime) -> Command:
    """The board of appeal rules."""
    which, ruling = _complained_of(who, Recoursing.FORWARDED), who.random.choice(list(Ruling))
    return proceedings.ConcludeComplaint(by=CASEWORKER, at=at, ruling=ruling, **which)


NEXT = {
    Heard.SENT: (answer,),
    Heard.ANSWERED: (assess, assess),
    Heard.EXPIRED: (assess, assess),
    Heard.CLOSED: (decide_against, decide_against, decide_against),
    Recoursing.DECIDED: (notify, notify),
    Recoursing.NOTIFIED: (complain,),
    Recoursing.EXPIRED: (),
    Recoursing.COMPLAINED: (reassess, reassess),
    Recoursing.UPHELD: (forward, forward),
    Recoursing.FORWARDED: (conclude, conclude),
    Recoursing.ENDED: (),
}
"""By stage, what suggests itself."""
