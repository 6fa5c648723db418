"""What must hold before a decision to the citizen's detriment: at which stage the hearing must stand."""

from collections.abc import Iterable, Iterator

from domain.pathway.binding import Binding
from domain.pathway.guards import require_known
from domain.pathway.proceeding import Heard, Intended
from domain.pathway.requirements import Requirement, What, to_be_open, to_be_referred, to_be_underway
from domain.pathway.state import Pathway
from domain.programme.decisions import CLOSE, REFUSE
from domain.refusal import (
    HeardAgainst,
    HearingNeeded,
    HearingOpen,
    HearingRuns,
    NoHearing,
    NotOpenYet,
)

OPEN = frozenset({Heard.SENT, Heard.ANSWERED, Heard.EXPIRED})
"""The stages in which a hearing awaits its end."""
MISSING = {Heard.SENT: "hearing_answered", Heard.ANSWERED: "hearing_assessed", Heard.EXPIRED: "hearing_assessed"}
"""By stage, what must happen next before it can be decided."""


def can_be_adverse(binding: Binding) -> list[str]:
    """The decisions of this version that can be to the citizen's detriment: those that one may hear about."""
    return [name for name, each in binding.programme.decisions.items() if each.may_be_adverse]


def may_be_adverse(binding: Binding, pathway: Pathway) -> list[str]:
    """Those, and what was begun under another version: that is carried to its end."""
    begun = [*pathway.hearings, *(each.decision for each in pathway.recourses.values())]
    return list(dict.fromkeys([*can_be_adverse(binding), *begun]))


def require_may_be_adverse(binding: Binding, pathway: Pathway, decision: str) -> None:
    """Raises: Invalid when the decision is none that can be to the citizen's detriment."""
    require_known("decision", decision, may_be_adverse(binding, pathway))


def to_be_heard(pathway: Pathway, decision: str) -> Iterator[Requirement]:
    """The citizen has been heard, or it is recorded why not. Source: DOMAIN 7, invariant 2."""
    hearing = pathway.hearings.get(decision)
    is_heard = hearing is not None and hearing.stage is Heard.CLOSED
    missing = f"{decision}.{MISSING.get(hearing.stage, 'heard') if hearing else 'hearing_sent'}"
    yield Requirement(What.HEARD, None if is_heard else HearingNeeded(decision=decision, missing=missing), decision)


def to_be_decided_as_heard(pathway: Pathway, decision: str) -> Iterator[Requirement]:
    """Nobody has told the citizen that it is meant against them. Source: docs/hearing.md."""
    hearing = pathway.hearings.get(decision)
    refusal = HeardAgainst(decision=decision, stage=hearing.stage) if hearing else None
    yield Requirement(What.NOT_HEARD, refusal, decision)


def for_closing(pathway: Pathway, despite: Iterable[str] = ()) -> Iterator[Requirement]:
    """Neither a hearing nor a complaint awaits its end, but for what is set aside. Source: DOMAIN 7, invariant 3.

    The hearing about closing itself is asked for with the decision, and is not set aside.
    """
    for decision, hearing in pathway.hearings.items():
        missing = f"{decision}.heard"
        if decision != CLOSE and missing not in despite:
            refusal = NotOpenYet(step=CLOSE, missing=missing) if hearing.stage in OPEN else None
            yield Requirement(What.NOTHING_OPEN, refusal, decision)
    for name, recourse in pathway.recourses.items():
        missing = f"{name}.{'to_undo' if recourse.calls('to_undo') else 'concluded'}"
        if missing not in despite:
            is_open = recourse.runs or recourse.calls("to_undo")
            yield Requirement(What.NO_COMPLAINT, NotOpenYet(step=CLOSE, missing=missing) if is_open else None, name)


def for_a_lawful_decision(pathway: Pathway, intended: Intended, *, adverse: bool) -> Iterator[Requirement]:
    """What stands between a decision and its citizen: a hearing where it is adverse, and one that is open anyway."""
    decision = intended.decision
    if adverse:
        yield from to_be_heard(pathway, decision)
        hearing = pathway.hearings.get(decision)
        is_other = hearing is not None and hearing.outcome not in {None, intended.outcome}
        another = HearingNeeded(decision=decision, missing=f"{decision}.hearing_sent")
        yield Requirement(What.HEARD, another if is_other else None, decision)
    else:
        yield from to_be_decided_as_heard(pathway, decision)
    if decision == CLOSE:
        yield from for_closing(pathway, intended.despite)


def for_a_new_hearing(pathway: Pathway, decision: str) -> Iterator[Requirement]:
    """What is intended can still be decided, and the citizen has not been asked about it yet."""
    to_be_there = {CLOSE: to_be_underway, REFUSE: to_be_referred}.get(decision, to_be_open)
    yield from to_be_there(pathway)
    hearing = pathway.hearings.get(decision)
    refusal = HearingRuns(decision=decision, stage=hearing.stage) if hearing else None
    yield Requirement(What.NOT_HEARD, refusal, decision)


def for_an_open_hearing(pathway: Pathway, decision: str) -> Iterator[Requirement]:
    """The citizen has been asked, and nothing has been decided: what is said late is weighed all the same."""
    yield from to_be_open(pathway)
    hearing = pathway.hearings.get(decision)
    is_open = hearing is not None and hearing.due is not None
    yield Requirement(What.HEARING_OPEN, None if is_open else NoHearing(decision=decision), decision)


def for_more_time(pathway: Pathway, decision: str) -> Iterator[Requirement]:
    """The citizen has time left to answer."""
    yield from to_be_open(pathway)
    hearing = pathway.hearings.get(decision)
    is_sent = hearing is not None and hearing.stage is Heard.SENT
    yield Requirement(What.HEARING_OPEN, None if is_sent else NoHearing(decision=decision), decision)


def for_an_assessment(pathway: Pathway, decision: str, *, drop: bool = False) -> Iterator[Requirement]:
    """The citizen has answered, or the time is up; what is not intended any more is dropped at any time."""
    yield from to_be_open(pathway)
    hearing = pathway.hearings.get(decision)
    stages = frozenset(Heard) if drop else OPEN
    is_there = hearing is not None and hearing.stage in stages
    yield Requirement(What.HEARING_OPEN, None if is_there else NoHearing(decision=decision), decision)
    waits = hearing is not None and hearing.stage is Heard.SENT and not drop
    refusal = HearingOpen(decision=decision, due=str(hearing.due)) if hearing and waits else None
    yield Requirement(What.ANSWERED, refusal, decision)
