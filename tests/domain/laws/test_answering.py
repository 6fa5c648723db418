"""Laws of answers: each is the same for the same question, and whoever is turned down learns why."""

from copy import deepcopy
from datetime import timedelta

from hypothesis import given

import domain.refusal
from domain.pathway.binding import Binding
from domain.pathway.command import Command, Report
from domain.pathway.commands.course import CorrectFact, EraseFact, MovePathway
from domain.pathway.commands.referrals import ReferCitizen
from domain.pathway.commands.sessions import RecordAttendance
from domain.pathway.decide import decide
from domain.pathway.evolve import fold
from domain.pathway.facts.phases import TransitionTaken
from domain.pathway.history import as_corrected
from domain.pathway.options import Option, options
from domain.pathway.permissions import MAY, OURS
from domain.pathway.settling import settled
from domain.pathway.state import Pathway
from domain.pathway.tellings import tellings
from domain.refusal import Invalid, Refused, code_of
from domain.text import holds_cpr
from domain.words import LANGUAGES
from tests.domain.choices import told
from tests.domain.laws.lives import Lived, every_fact, law, lives
from tests.domain.tellings import told as told_now
from tests.support.life import Step
from texts.catalogue import Wording
from texts.sentences import of_refusal

REFUSALS = {
    code_of(name) for name, kind in vars(domain.refusal).items() if isinstance(kind, type) and issubclass(kind, Refused)
}

UNLISTED = {ReferCitizen, MovePathway}
"""What begins a pathway, and what only they know who know which versions there are."""


@law
@given(lives)
def test_whoever_is_turned_down_is_told_why_in_words(steps: Lived) -> None:
    """A refusal has a code of its own; what cannot be understood names the field to mend. Both have plain values."""
    for step in steps:
        if isinstance(step.refusal, Refused):
            assert step.refusal.code in REFUSALS, step
            for language in LANGUAGES:
                assert of_refusal(Wording(language, step.binding.programme), step.refusal), step
        if isinstance(step.refusal, Invalid):
            field = step.refusal.field.partition(".")[0]
            assert field in type(step.command).model_fields, step
            assert step.refusal.code, step
        values = step.refusal.values.values() if step.refusal else ()
        assert all(isinstance(value, (str, int, float, bool, type(None))) for value in values), step


@law
@given(lives)
def test_only_a_role_that_may_gets_an_answer(steps: Lived) -> None:
    for step in steps:
        assert not step.facts or step.command.by.role in MAY[type(step.command)], step


@law
@given(lives)
def test_the_same_question_about_the_same_pathway_has_the_same_answer(steps: Lived) -> None:
    """And asking changes nothing, whether the pathway was gone on from or folded anew."""
    for step in steps[-10:]:
        kept = deepcopy(step.before)
        folded = fold(as_corrected(step.history[: len(step.history) - len(step.facts)]))
        for pathway in (step.before, deepcopy(kept), *((folded,) if folded == step.before else ())):
            assert _answer(step.binding, pathway, step.command) == (list(step.facts), str(step.refusal)), step
        assert step.before == kept, step


def _answer(binding: Binding, pathway: Pathway, command: Command) -> tuple[list[object], str]:
    try:
        return list(decide(binding, pathway, command)), "None"
    except (Refused, Invalid) as refusal:
        return [], str(refusal)


@law
@given(lives)
def test_what_is_asked_a_second_time_is_met_with_silence(steps: Lived) -> None:
    """Unless the programme has gone on from it by itself."""
    for step in (step for step in steps if step.facts):
        if any(isinstance(fact, TransitionTaken) for fact in step.facts):
            continue
        binding = Binding(step.programme, step.binding.target)
        if isinstance(step.command, (CorrectFact, EraseFact)):
            binding = Binding(step.programme, history=step.history)
        assert decide(binding, step.after, step.command) == [], step


@law
@given(lives)
def test_what_may_be_decided_is_accepted_and_what_may_not_is_refused_for_the_reason_given(steps: Lived) -> None:
    at = steps[-1].command.at + timedelta(minutes=7)
    binding, pathway = Binding(steps[-1].programme), steps[-1].after
    for passed in settled(binding, pathway, at):
        pathway = passed.pathway
    for option in options(binding, pathway):
        for role in option.by:
            code = _code(binding, pathway, told(option, binding, pathway, role, at))
            if option.closed_by:
                assert code in {option.closed_by.code, "already so"}, f"{option} by {role} after {steps[-1]}"
            else:
                assert code in {"accepted", *_details(option, pathway)}, f"{option} by {role} after {steps[-1]}"


@law
@given(lives)
def test_what_may_be_told_is_taken_down(steps: Lived) -> None:
    at = steps[-1].command.at + timedelta(minutes=7)
    binding, pathway = Binding(steps[-1].programme, history=steps[-1].history), steps[-1].after
    history = list(steps[-1].history)
    for passed in settled(binding, pathway, at):
        pathway = passed.pathway
        history += passed.facts
    binding = Binding(binding.programme, history=tuple(history))
    for telling in tellings(binding, pathway, at):
        for role in telling.by:
            code = _code(binding, pathway, told_now(telling, binding, pathway, role, at))
            assert code in {"accepted", "already so"}, f"{telling} by {role} after {steps[-1]}"


@law
@given(lives)
def test_whatever_people_decide_or_tell_was_among_what_could_be_done(steps: Lived) -> None:
    for step in steps[-8:]:
        kind = type(step.command)
        if not step.facts or kind in OURS or kind in UNLISTED:
            continue
        history = step.history[: len(step.history) - len(step.facts)]
        binding = Binding(step.binding.programme, history=history, occupied=step.binding.occupied)
        listed = [*options(binding, step.before), *tellings(binding, step.before, step.command.at)]
        able = {each.command for each in listed if step.command.by.role in each.by and each.closed_by is None}
        assert kind.kind in able or _is_added(step), step


def _is_added(step: Step) -> bool:
    """Whether it adds to what was registered of a session, or was true earlier, when it could be done."""
    told_again = isinstance(step.command, RecordAttendance) and step.command.session not in step.before.bookings
    return told_again or (isinstance(step.command, Report) and step.command.happened is not None)


def _code(binding: Binding, pathway: Pathway, command: Command) -> str:
    try:
        return "accepted" if decide(binding, pathway, command) else "already so"
    except (Refused, Invalid) as refusal:
        return refusal.code


def _details(option: Option, pathway: Pathway) -> tuple[str, ...]:
    """What may still stand in the way of something that is open."""
    if option.command == "extend_duration" and pathway.ends is None:
        return ("already so",)
    return ("intake_outside_tolerance",) if option.command == "move_intake" else ()


@law
@given(lives)
def test_no_fact_holds_a_cpr_number(steps: Lived) -> None:
    """DOMAIN 7, invariant 12."""
    for step, fact in every_fact(steps):
        assert not holds_cpr(fact.model_dump_json()), step
