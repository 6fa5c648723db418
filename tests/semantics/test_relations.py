"""The semantics of the relations: the engine does what the reference says, on programmes and histories by chance."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as chance

from domain.pathway.commands.course import RecordEvent
from domain.pathway.facts.obligations import ObligationEscalated, ObligationOverdue
from domain.pathway.guards import require_step
from domain.programme.relations import Condition, Exclude, Include, Milestone, Relation, Response
from domain.programme.shape import Programme
from domain.refusal import Excluded, NotOpenYet, Refused
from programmes.loader import reread
from tests.domain.beginnings import together
from tests.semantics.reference import Marking, Told, blocked, executed, passed, times, waits
from tests.support.cast import CASEWORKER, DAY, MONDAY
from tests.support.spec import Story

STEPS = ("a", "b", "c", "d")
BEGAN = MONDAY + DAY
LIVES = settings(max_examples=150)

HEAD = """\
programme: chance
version: 1
effective_from: 2020-01-01
title: {da: Tilfældigt, en: Chance}
purpose: {da: Prøve, en: Trial}
stage: project
duration: open
units: {u: {da: Enhed, en: Unit}}
roles: {order: u, provide: [u]}
citizen:
  benefit: {type: code, title: {da: Ydelse, en: Benefit}, values: {ressourceforloeb: {da: R, en: R}}}
referral:
  by: [caseworker]
  eligible: [{id: all, title: {da: Alle, en: All}, when: "citizen.benefit == 'ressourceforloeb'", primary: true}]
intake: {kind: continuous}
contact_person: required
sites: {hall: {title: {da: Hal, en: Hall}, kind: association}}
phases:
  only:
    title: {da: Fase, en: Phase}
    mix: {health: 1.0}
    elements: [walk]
    review_every: P4W
elements:
  walk: {kind: activity, title: {da: Tur, en: Walk}, track: health}
events:
"""
TAIL = """\
outcomes:
  job: {title: {da: Job, en: Job}, valence: positive}
decisions:
  close: {title: {da: Luk, en: Close}, by: [caseworker], character: none, outcomes: [job], reason: text}
"""


def written(relations: tuple[str, ...]) -> Programme:
    """A programme with four events and those relations, also such as publishing would refuse."""
    events = "".join(f"  {step}: {{title: {{da: {step}, en: {step}}}, by: [caseworker]}}\n" for step in STEPS)
    text = HEAD + events + TAIL + "relations:\n" + "".join(f"  - {relation}\n" for relation in relations)
    return reread(text if relations else text.replace("relations:\n", ""))


step = chance.sampled_from(STEPS)
days = chance.integers(1, 9)
conditions = chance.builds("{{condition: {}, for: {}}}".format, step, step)
milestones = chance.builds("{{milestone: {}, for: {}}}".format, step, step)
exclusions = chance.builds("{{exclude: {}, after: {}}}".format, step, step)
inclusions = chance.builds("{{include: {}, after: {}}}".format, step, step)
stops = chance.one_of(
    chance.just("[]"),
    chance.builds("[{{from: {}, until: {}, because: {{da: venter, en: waiting}}}}]".format, step, step),
)
ladders = chance.sampled_from(["[]", "[{after: P2D, to: caseworker}]", "[{after: P3B, to: caseworker}]"])
responses = chance.builds(
    "{{after: {}, respond: {}, within: P{}{}, by: caseworker, restart: {}, stops: {}, escalate: {}}}".format,
    step,
    step,
    days,
    chance.sampled_from(["D", "B"]),
    chance.sampled_from(["true", "false"]),
    stops,
    ladders,
)
a_relation = chance.one_of(conditions, milestones, exclusions, inclusions, responses, responses)


def _one_response_a_rule(relations: list[str]) -> bool:
    rules = [each.partition(", within")[0] for each in relations if "respond:" in each]
    return len(set(rules)) == len(rules)


programmes = chance.lists(a_relation, max_size=7).filter(_one_response_a_rule).map(tuple).map(written)
acts = chance.lists(chance.tuples(step, chance.integers(0, 120)), max_size=12)
"""Steps, each so many hours after the one before."""


@dataclass
class Both:
    """The engine and the reference, side by side."""

    story: Story
    marking: Marking
    overdue: list[tuple[datetime, str]]
    told: list[Told] = field(default_factory=list)
    at: datetime = BEGAN

    def wait(self, until: datetime) -> None:
        """Time passes for both."""
        self.at = until
        self.story.settle(until)
        self.marking, fallen, told = passed(self.marking, until)
        self.overdue += fallen
        self.told += told

    def act(self, name: str) -> bool:
        """A step is tried on both; whether it happened."""
        why = set(blocked(self.marking, name))
        again = self.at in times(self.marking, name)
        act = RecordEvent(by=CASEWORKER, at=self.at, event=name)
        if why and not again:
            with pytest.raises((Excluded, NotOpenYet)) as refused:
                self.story.tell(act)
            assert refused.value.values.get("missing", name) in why
            return False
        self.story.tell(act)
        if not again:
            self.marking = executed(self.marking, name, self.at)
        return not again

    def agree(self) -> None:
        """Both say the same."""
        pathway = self.story.pathway
        owed = {
            rule: (each.name, each.since, each.due, each.overdue)
            for rule, each in pathway.obligations.items()
            if each.name in STEPS
        }
        assert owed == {rule: (each.step, each.since, each.due, each.overdue) for rule, each in self.marking.owed}
        assert pathway.excluded == self.marking.excluded
        told = [(fact.at, fact.obligation) for fact in self.story.every(ObligationOverdue) if fact.name in STEPS]
        assert sorted(told) == sorted(self.overdue)
        climbed = [(fact.at, fact.obligation, fact.level) for fact in self.story.every(ObligationEscalated)]
        assert sorted(climbed) == sorted(self.told)


def lived(programme: Programme, steps: list[tuple[str, int]]) -> Both:
    """A life of steps by chance, the two compared after each."""
    both = Both(together(programme, BEGAN), Marking(tuple(programme.relations)), [])
    both.agree()
    for name, hours in steps:
        both.wait(both.at + timedelta(hours=hours))
        both.agree()
        both.act(name)
        both.agree()
    both.wait(both.at + 30 * DAY)
    both.agree()
    return both


@LIVES
@for_all(programmes, acts)
def test_the_engine_does_what_the_reference_says(programme: Programme, steps: list[tuple[str, int]]) -> None:
    lived(programme, steps)


@LIVES
@for_all(programmes, acts)
def test_what_is_put_aside_never_blocks(programme: Programme, steps: list[tuple[str, int]]) -> None:
    both = lived(programme, steps)
    for name in STEPS:
        try:
            require_step(both.story.binding, both.story.pathway, name)
        except Refused as refusal:
            missing = refusal.values.get("missing")
            assert missing is None or missing not in both.story.pathway.excluded


@LIVES
@for_all(programmes, acts)
def test_what_is_done_is_no_longer_owed_unless_it_calls_for_itself(
    programme: Programme, steps: list[tuple[str, int]]
) -> None:
    both = Both(together(programme, BEGAN), Marking(tuple(programme.relations)), [])
    for name, hours in steps:
        both.wait(both.at + timedelta(hours=hours))
        if both.act(name):
            still = [rule for rule, each in both.story.pathway.obligations.items() if each.name == name]
            assert all(name in programme.responses[rule].after for rule in still)


@LIVES
@for_all(programmes, acts)
def test_a_deadline_that_passes_is_overdue_exactly_once(programme: Programme, steps: list[tuple[str, int]]) -> None:
    both = lived(programme, steps)
    assert len(set(both.overdue)) == len(both.overdue)
    for rule, each in both.marking.owed:
        stands = any(ended is None for _, ended in waits(both.marking, programme.responses[rule]))
        assert each.overdue or stands, "a month later nothing waits any more, but for what is awaited"
    assert all(earlier <= later for (earlier, _), (later, _) in pairwise(both.overdue))


@LIVES
@for_all(programmes, acts, step)
def test_what_no_relation_names_can_always_happen(
    programme: Programme, steps: list[tuple[str, int]], name: str
) -> None:
    both = lived(programme, steps)
    if not any(_closes(relation, name) for relation in programme.relations):
        require_step(both.story.binding, both.story.pathway, name)


def _closes(relation: Relation, name: str) -> bool:
    match relation:
        case Condition(target=target) | Milestone(target=target):
            return target == name
        case Exclude(exclude=excluded):
            return excluded == name
        case Include() | Response():
            return False
