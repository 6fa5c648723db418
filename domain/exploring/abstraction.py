"""What a programme's rules can tell apart about a pathway; everything else about it is one and the same to them."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.conditions.engine import condition
from domain.conditions.syntax import Call, Literal, Node, Variable, nodes
from domain.exploring.sights import Sight, shown_by_steps, steps_by
from domain.pathway.command import Command
from domain.pathway.commands import course, referrals, sessions
from domain.pathway.deciding import complaints, proceedings
from domain.pathway.state import Pathway, Stage
from domain.programme.decisions import CLOSE
from domain.programme.relations import Condition, Exclude, Include, InPause, Milestone, Relation, Response
from domain.programme.shape import Programme


@dataclass(frozen=True)
class Abstraction:
    """What is told apart: everything, or what can matter for one thing only."""

    programme: Programme
    steps: frozenset[str]
    """Steps of which it is told apart whether they have happened."""
    rules: frozenset[str]
    """Rules of which it is told apart whether something is owed under them: what is owed can keep something closed."""
    idle: frozenset[str]
    """Rules that keep nothing closed; what is owed under them may be all that brings somebody back."""
    lasting: frozenset[str]
    """Those of them that matter although somebody comes back by itself: in a pause, or in a phase without a rhythm."""
    named: frozenset[str]
    """Every step that some relation or condition within speaks of, or that is owed under one of its rules."""
    telling: frozenset[str]
    """Those of them by which alone two pathways could be told apart."""
    counts_absences: bool
    """Whether a condition asks how often somebody stayed away."""
    heard: frozenset[str]
    """Decisions of which something waits for a stage of the hearing; the others are heard and made in one go."""
    circumstances: frozenset[str]
    """What is told apart about the citizen."""
    outcomes: frozenset[str]
    shown: Mapping[str, frozenset[Sight]]
    """By step, what is seen when it happens."""
    decisions: frozenset[str]
    """Decisions of which it is told apart how far a second pair of eyes has come, and the hearing that they ask for."""

    def key(self, pathway: Pathway, at: datetime) -> Hashable:
        """What is told apart about *pathway* at that instant."""
        if pathway.is_over:
            return pathway.stage
        return (
            pathway.stage,
            pathway.phase,
            pathway.paused_since is not None,
            pathway.proposal.to if pathway.proposal else None,
            pathway.rejected,
            pathway.time_up,
            pathway.excluded & self.named,
            self.steps.intersection(pathway.happened),
            self.rules.intersection(pathway.obligations),
            self.outcomes.intersection(pathway.outcomes),
            frozenset(
                (name, len(each.confirmed_by)) for name, each in pathway.prepared.items() if name in self.decisions
            ),
            frozenset((name, each.stage) for name, each in pathway.hearings.items() if name in self.heard),
            tuple(pathway.circumstances.get(name) for name in sorted(self.circumstances)),
            self.goes_on(pathway, at),
            comes_by_itself(pathway),
        )

    def told(self, pathway: Pathway, at: datetime) -> Hashable:
        """All that is told apart about it, what is left included."""
        return self.key(pathway, at), self.left(pathway)

    def left(self, pathway: Pathway) -> frozenset[str]:
        """What is owed that keeps nothing closed, where it may be all that brings somebody back.

        Of two pathways that are alike but for this, whatever happens to the one to which more is left can happen to
        the other as well: so whoever is forgotten is found by looking at those to whom less is left.
        """
        if pathway.is_over:
            return frozenset()
        rests = pathway.paused_since or comes_by_itself(pathway)
        return (self.lasting if rests else self.idle).intersection(pathway.obligations)

    def goes_on(self, pathway: Pathway, at: datetime) -> bool | None:
        """What the condition of the present phase's step answers."""
        phase = self.programme.phase(pathway.phase)
        if phase is None or phase.advance is None or phase.advance.when is None:
            return None
        return condition(phase.advance.when, self.programme.citizen).ask(pathway, at).holds

    def matters(self, command: Command, pathway: Pathway, seen: set[Sight]) -> bool:  # noqa: PLR0911 - one for each kind
        """Whether a command can change what is told apart or show what was not *seen*; what only people read cannot."""
        if type(command) in complaints.ANSWERS:  # they open and close nothing
            return False
        if type(command) in proceedings.ANSWERS:
            return getattr(command, "decision", "") in self.heard
        match command:
            case course.RecordCircumstance():
                return command.name in self.circumstances
            case course.RecordOutcome():
                return command.outcome in self.outcomes or "outcome_recorded" in self.named
            case referrals.AssignResponsible():
                return f"{command.role}_assigned" in self.named
            case sessions.RecordAttendance() | referrals.MoveIntake():
                return False  # sessions are held as soon as they are booked; a moved intake is an intake
            case course.ReopenPathway():
                return bool({"reopened", "closed", "close"} & self.named)
            case sessions.BookSession() if self.counts_absences:
                return True
            case _:
                steps = steps_by(command)
                return not steps or self._tell(steps, pathway) or not self._shown(steps) <= seen

    def _tell(self, steps: frozenset[str], pathway: Pathway) -> bool:
        """Whether those steps open or close something, or answer what may be all that is left."""
        answered = (pathway.obligations[rule].name for rule in self.left(pathway))
        return not steps.isdisjoint(self.telling) or not steps.isdisjoint(answered)

    def _shown(self, steps: frozenset[str]) -> frozenset[Sight]:
        return frozenset(sight for step in steps for sight in self.shown.get(step, ()))


def comes_by_itself(pathway: Pathway) -> bool:
    """Whether somebody comes back to it whatever is owed.

    Whoever returned a referral handed it to somebody by that very act.
    """
    if pathway.paused_since:
        return pathway.resume_due is not None
    waits = pathway.stage is Stage.WAITING and pathway.begins is not None
    return bool(pathway.review_due) or waits or pathway.stage is Stage.RETURNED


def everything(programme: Programme) -> Abstraction:
    """The abstraction that tells apart whatever can open or close something, and whatever somebody may wait for."""
    milestones = {each.milestone for each in programme.milestones}
    closing = frozenset(rule for rule, each in programme.responses.items() if each.respond in milestones)
    return _of(programme, tuple(programme.relations), closing, frozenset(programme.responses), {CLOSE})


def only_for(programme: Programme, steps: frozenset[str], rules: frozenset[str] = frozenset()) -> Abstraction:
    """The abstraction that tells apart only what can matter for whether those steps and rules come about."""
    cone = {*steps, *_steps_of(programme, rules)}
    relations: list[Relation] = []
    known = set(rules)
    while True:
        cone |= {phase for step in cone for phase in _phases_before(programme, step.partition(".")[0])}
        further = [each for each in programme.relations if each not in relations and _target(each) in cone]
        milestones = {each.milestone for each in (*relations, *further) if isinstance(each, Milestone)}
        owing = {rule for rule, each in programme.responses.items() if each.respond in milestones} - known
        if not further and not owing:
            return _of(programme, tuple(relations), frozenset(known), frozenset(), cone)
        relations += further
        known |= owing
        cone |= {source for each in further for source in _sources(each)} | _steps_of(programme, owing)


def _phases_before(programme: Programme, element: str) -> Iterator[str]:
    """The phases of which one must be entered before *element* is offered; none where the first one offers it."""
    if element in programme.elements and element not in programme.offered_in(programme.first_phase):
        yield from (phase for phase in programme.phases if element in programme.offered_in(phase))


def _steps_of(programme: Programme, rules: Iterable[str]) -> set[str]:
    """What calls for those rules and what answers them, with the elements and phases that it happens to."""
    steps = {step for rule in rules for step in (*programme.responses[rule].after, programme.responses[rule].respond)}
    return steps | {step.partition(".")[0] for step in steps}


def _lasting(programme: Programme) -> frozenset[str]:
    """The rules by which somebody is brought back where no review comes: all of them, if there is such a phase."""
    reviewed = all(phase.review_every for phase in programme.phases.values())
    responses = programme.responses.items()
    return frozenset(rule for rule, each in responses if not reviewed or each.in_pause is InPause.RUN)


def _target(relation: Relation) -> str | None:
    """The step that a relation keeps closed, or opens."""
    match relation:
        case Condition(target=target) | Milestone(target=target):
            return target
        case Exclude(exclude=step) | Include(include=step):
            return step
        case Response():
            return None


def _sources(relation: Relation) -> set[str]:
    """The steps on which it hangs; what happens to an element hangs on the element."""
    match relation:
        case Condition(condition=step) | Milestone(milestone=step) | Exclude(after=step) | Include(after=step):
            return {step, step.partition(".")[0]}
        case Response():
            return set()


def _of(
    programme: Programme,
    relations: tuple[Relation, ...],
    rules: frozenset[str],
    idle: frozenset[str],
    decisions: Iterable[str],
) -> Abstraction:
    whens = [each.advance.when for each in programme.phases.values() if each.advance and each.advance.when]
    asked = [node for text in whens for node in nodes(condition(text, programme.citizen).syntax)]
    happened, outcomes = _called(asked, "happened"), _called(asked, "outcome")
    known = {each.name.removeprefix("citizen.") for each in asked if isinstance(each, Variable)}
    needed = {each.condition for each in relations if isinstance(each, Condition)}
    spoken = {step for each in relations for step in (*_sources(each), _target(each) or "")}
    waited = {*spoken, *_steps_of(programme, rules), *happened}
    return Abstraction(
        programme=programme,
        steps=frozenset(needed | happened),
        rules=rules,
        idle=idle - rules,
        lasting=(idle - rules) & _lasting(programme),
        named=frozenset({*spoken, *_steps_of(programme, rules | idle), *happened}),
        telling=frozenset(waited),
        counts_absences=any(isinstance(each, Call) and each.function == "missed" for each in asked),
        shown=shown_by_steps(programme),
        heard=frozenset(step.partition(".")[0] for step in waited if "." in step) & frozenset(programme.decisions),
        circumstances=frozenset(known),
        outcomes=frozenset(outcomes),
        decisions=frozenset({*decisions, *spoken} & set(programme.decisions)),
    )


def _called(asked: Iterable[Node], question: str) -> set[str]:
    """The words with which a question is asked."""
    calls = (node for node in asked if isinstance(node, Call) and node.function == question)
    return {str(each.value) for call in calls for each in call.operands if isinstance(each, Literal)}
