"""Laws of deciding: nobody is decided against unheard or by silence, and nobody is their own second pair of eyes."""

from collections.abc import Iterator
from datetime import datetime

from hypothesis import given

from domain.actor import Actor
from domain.pathway.commands.course import EraseFact
from domain.pathway.facts.course import DecisionMade, FactErased, PathwayClosed
from domain.pathway.facts.decisions import DecisionConfirmed, DecisionObjected, DecisionPrepared
from domain.pathway.facts.proceedings import (
    ComplaintExpired,
    ComplaintReceived,
    DecisionNotified,
    HearingAnswered,
    HearingAssessed,
    HearingExempted,
    HearingSent,
)
from domain.pathway.facts.referrals import ReferralAccepted, ReferralRefused, ReferralReturned
from domain.pathway.permissions import AUTHORITY
from tests.domain.laws.lives import Lived, every_fact, law, lives
from tests.support.life import Step

Made = DecisionMade | PathwayClosed | ReferralRefused


def _made(steps: Lived) -> Iterator[tuple[Step, Made]]:
    for step, fact in every_fact(steps):
        if isinstance(fact, (DecisionMade, PathwayClosed, ReferralRefused)):
            yield step, fact


def _name(fact: Made) -> str:
    if isinstance(fact, DecisionMade):
        return fact.decision
    return "close" if isinstance(fact, PathwayClosed) else "refuse"


def _decided_by(fact: Made) -> Actor:
    if isinstance(fact, DecisionMade):
        return fact.decided_by
    return fact.closed_by if isinstance(fact, PathwayClosed) else fact.refused_by


@law
@given(lives)
def test_nobody_is_decided_against_unheard(steps: Lived) -> None:
    """DOMAIN 7, invariant 2: told by the facts alone. Each hearing serves one decision."""
    heard: set[str] = set()
    for step, fact in every_fact(steps):
        if isinstance(fact, HearingExempted) or (isinstance(fact, HearingAssessed) and fact.goes_on):
            heard.add(fact.decision)
        elif isinstance(fact, (HearingSent, HearingAnswered, HearingAssessed)):
            heard.discard(fact.decision)  # asked anew, said late, or given up
        elif isinstance(fact, (DecisionMade, PathwayClosed, ReferralRefused)):
            declared = step.binding.programme.decisions.get(_name(fact))
            if declared and declared.is_adverse(against_wish=fact.against_wish):
                assert _name(fact) in heard, step
            heard.discard(_name(fact))


@law
@given(lives)
def test_what_the_citizen_was_asked_about_is_decided_against_them_or_withdrawn(steps: Lived) -> None:
    """Otherwise nobody would tell them how to complain."""
    asked: set[str] = set()
    for step, fact in every_fact(steps):
        if isinstance(fact, (HearingSent, HearingExempted)):
            asked.add(fact.decision)
        elif isinstance(fact, HearingAssessed) and not fact.goes_on:
            asked.discard(fact.decision)
        elif isinstance(fact, FactErased):
            asked.clear()  # what is forgotten is asked anew
        elif isinstance(fact, (ReferralAccepted, ReferralReturned)):
            asked.discard("refuse")
        elif isinstance(fact, (DecisionMade, PathwayClosed, ReferralRefused)):
            assert fact.adverse or _name(fact) not in asked, step
            asked = asked - {_name(fact)} if isinstance(fact, DecisionMade) else set()


@law
@given(lives)
def test_each_decision_is_told_of_and_complained_of_once_and_in_its_own_time(steps: Lived) -> None:
    """Told by the facts alone: the time to complain of one is not that of another of its name."""
    made: list[tuple[str, int | None]] = []
    until: dict[tuple[str, int], datetime] = {}
    complained: list[tuple[str, int]] = []
    for step, fact in every_fact(steps):
        if isinstance(fact, FactErased):
            return  # what is forgotten may be told once more
        if isinstance(fact, (DecisionMade, PathwayClosed, ReferralRefused)) and fact.adverse:
            assert (_name(fact), fact.number) not in made, step
            made.append((_name(fact), fact.number))
        elif isinstance(fact, DecisionNotified):
            assert (fact.decision, fact.number) in made, step
            assert (fact.decision, fact.number) not in until, step
            until[fact.decision, fact.number] = fact.complaint_until
        elif isinstance(fact, ComplaintExpired):
            assert fact.at == until[fact.decision, fact.number], step
        elif isinstance(fact, ComplaintReceived):
            assert (fact.decision, fact.number) not in complained, step
            complained.append((fact.decision, fact.number))


@law
@given(lives)
def test_nothing_adverse_happens_by_silence_nor_by_an_outsider(steps: Lived) -> None:
    for step, fact in _made(steps):
        if fact.adverse:
            assert fact in step.facts, step
            assert _decided_by(fact).role in AUTHORITY, step
    for step in steps:
        passed = [fact for each in step.passed for fact in each.facts]
        assert not any(isinstance(fact, PathwayClosed) for fact in passed), step
        assert all(fact.why for fact in passed if isinstance(fact, DecisionMade)), step


@law
@given(lives)
def test_a_second_pair_of_eyes_is_never_the_first(steps: Lived) -> None:
    prepared: dict[str, set[str]] = {}
    for step, fact in every_fact(steps):
        if isinstance(fact, DecisionPrepared):
            prepared[fact.decision] = {fact.prepared_by.person}
        elif isinstance(fact, (DecisionConfirmed, DecisionObjected)):
            by = fact.confirmed_by if isinstance(fact, DecisionConfirmed) else fact.objected_by
            assert by.person not in prepared[fact.decision], step
            prepared[fact.decision].add(by.person)


@law
@given(lives)
def test_what_takes_a_second_pair_of_eyes_is_made_once_and_after_it_was_prepared(steps: Lived) -> None:
    waiting: set[str] = set()
    for step, fact in every_fact(steps):
        if isinstance(fact, DecisionPrepared):
            assert fact.decision not in waiting, step
            waiting.add(fact.decision)
        elif fact.kind in {"decision_objected", "decision_lapsed"}:
            waiting.discard(getattr(fact, "decision", ""))
        elif isinstance(fact, (DecisionMade, PathwayClosed, ReferralRefused)):
            declared = step.binding.programme.decisions.get(_name(fact))
            second = declared.second if declared else None
            forgotten = any(isinstance(each.command, EraseFact) for each in steps)
            if second:
                assert _name(fact) in waiting or forgotten, step
                enough = isinstance(fact, DecisionMade) and fact.why
                assert enough or len({each.person for each in getattr(fact, "seconded_by", ())}) >= second.quorum, step
            waiting.discard(_name(fact))
