"""What each command answers as JSON: the shapes that programs may rely on."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from programmes.finding import Finding


@dataclass(frozen=True)
class Told:
    """What `refer` and `tell` answer."""

    pathway: UUID
    citizen: UUID | None
    """Who was referred; null for `tell`."""
    session: UUID | None
    """The session that was booked; null for every other command."""
    command_id: UUID
    """Give the same command again under this id, and it counts once."""
    first: int
    """The number of the first fact that the command wrote."""
    last: int
    """The number of the last one; before the first when it asked for what was already so."""
    facts: list[str]
    """The kinds of those facts."""
    repeated: bool
    """Whether the command had been carried out before."""
    also_open: list[UUID]
    """The citizen's other open pathways in the same programme; empty for `tell`."""
    clashes: "list[ExpectedSession]"
    """The citizen's other sessions that overlap with the one that was booked or moved, in any pathway."""


@dataclass(frozen=True)
class ExpectedSession:
    """A session at which the citizen is, or was, expected."""

    pathway: UUID
    programme: str
    session: UUID
    element: str
    starts: datetime
    minutes: int


@dataclass(frozen=True)
class OverlappingSessions:
    """Two sessions that overlap, in what `week` answers, the earlier one first."""

    one: ExpectedSession
    other: ExpectedSession


@dataclass(frozen=True)
class HoursOfWeek:
    """What a week holds, in what `week` answers."""

    planned_minutes: int
    attended_minutes: int
    excused_minutes: int
    """Planned, and not attended with a valid reason."""


@dataclass(frozen=True)
class PathwayWeek:
    """A week of one pathway, in what `week` answers."""

    pathway: UUID
    programme: str
    """The version that it followed in that week."""
    title: str
    """What the programme is called."""
    hours: HoursOfWeek
    expected_minutes: int | None
    """The norm, by what was agreed for the week; null where nothing is asked of it."""
    whole: bool
    """Whether nothing began, rested or ended in the week; of a broken one the norm is not expected."""
    within: UUID | None
    """The pathway above it within whose norm its hours count."""
    towards: HoursOfWeek
    """What counts towards its norm: its own hours, and those of the pathways below it."""


@dataclass(frozen=True)
class WeekOfCitizen:
    """What `week` answers."""

    citizen: UUID
    week: str
    """The ISO week, such as `2026-W48`."""
    pathways: list[PathwayWeek]
    hours: HoursOfWeek
    """All pathways together."""
    expected_minutes: int | None
    """The norms in sum; a pathway whose hours count within the norm above it adds none."""
    clashes: list[OverlappingSessions]


@dataclass(frozen=True)
class OwedThing:
    """Something that is owed, in what `pathway` answers."""

    rule: str
    name: str
    owner: str
    since: datetime
    due: datetime
    overdue: bool
    stopped: bool
    """Whether its clock stands still."""
    ledger: "OwedLedger | None"
    """How its deadline is reckoned, or nothing where staff promised it by hand."""


@dataclass(frozen=True)
class OwedLedger:
    """How a deadline is reckoned."""

    says: str
    """The same in a sentence."""
    within: str
    rule_set: str | None
    legal_ref: str | None
    chosen: bool
    """Whether somebody set the day."""
    days: int
    """For how many days its clock has stood still."""
    stops: list["StoodStill"]


@dataclass(frozen=True)
class StoodStill:
    """A stretch in which a clock stood still."""

    began: datetime
    ended: datetime | None
    days: int
    because: str | None
    """What was waited for; nothing for a pause or a rest."""


@dataclass(frozen=True)
class NamedRule:
    """A figure of a rule set."""

    name: str
    value: str
    shown: str
    legal_ref: str
    note: str | None


@dataclass(frozen=True)
class NamedRuleSet:
    """A rule set that a programme version names."""

    rule_set: str
    title: str
    jurisdiction: str
    valid_from: str
    valid_to: str | None
    when: str
    """`past`, `in_force` or `planned`."""
    transition: str
    legal_ref: str
    verify_before_use: bool
    verified_by: str | None
    verified_on: str | None
    parameters: list[NamedRule]


@dataclass(frozen=True)
class RulesOfVersion:
    """What `programmes rules` answers."""

    ref: str
    rule_sets: list[NamedRuleSet]


@dataclass(frozen=True)
class AgreedSession:
    """A session that is booked, in what `pathway` answers."""

    session: UUID
    element: str
    starts: datetime
    minutes: int
    site: str | None
    mandatory: bool


@dataclass(frozen=True)
class ComingThing:
    """Something that happens by itself, in what `pathway` answers."""

    at: datetime
    what: str
    """`begins`, `ends`, `review`, `week`, `resume`, `reminder` or `deadline`."""
    about: str | None
    """The phase or the thing owed, where there is one."""


@dataclass(frozen=True)
class PossibleCommand:
    """Something that could be done, in what `pathway` answers."""

    command: str
    step: str | None
    by: list[str]
    """The roles that may do it."""
    open: bool
    why_not: str | None
    """The refusal as a sentence."""
    code: str | None
    """The refusal's code."""


@dataclass(frozen=True)
class Answered:
    """What somebody answered last to a measure."""

    measure: str
    rater: str
    """`citizen` or `worker`."""
    at: datetime
    answers: list[int | None]
    """In the order of the questions; null for one without an answer."""
    score: float | None
    before: float | None
    """The score before, or null."""


@dataclass(frozen=True)
class Standing:
    """What `pathway` answers."""

    pathway: UUID
    citizen: UUID | None
    """Whom it is about; null when that has been erased."""
    version: int
    programme: str
    stage: str
    phase: str | None
    ahead: int | None
    """How many have waited longer for a place; null for somebody who does not wait for one."""
    paused_since: datetime | None
    responsible: dict[str, str]
    """By role, the person."""
    proposal: str | None
    """The phase that is proposed and awaits its answer."""
    next_due: datetime | None
    owed: list[OwedThing]
    bookings: list[AgreedSession]
    coming: list[ComingThing]
    outcomes: list[str]
    answers: list[Answered]
    """What was answered to measures; empty for roles that never see it."""
    options: list[PossibleCommand]


@dataclass(frozen=True)
class GlimpsedOwed:
    """Something that was owed, in what `pathway --as-of` and `--known-on` answer."""

    rule: str
    name: str
    due: datetime
    overdue: bool


@dataclass(frozen=True)
class GlimpsedPathway:
    """Where a pathway stood at an instant, in what `pathway --as-of` and `--known-on` answer."""

    what: str
    """`as_of` for what was true then, `known_on` for what was known then, `present`."""
    at: datetime
    programme: str
    """The version that was followed."""
    stage: str
    phase: str | None
    paused_since: datetime | None
    proposal: str | None
    responsible: dict[str, str]
    owed: list[GlimpsedOwed]
    bookings: list[str]
    """The ids of the sessions that were agreed."""
    outcomes: list[str]
    outcome: str | None
    options: list[str]
    """What could be decided, each a command with its step."""


@dataclass(frozen=True)
class Glimpsed:
    """What `pathway` answers with `--as-of` or `--known-on`: two days side by side."""

    pathway: UUID
    left: GlimpsedPathway
    right: GlimpsedPathway
    differences: list[str]
    """The fields in which they differ."""


@dataclass(frozen=True)
class NamedFact:
    """A fact by its place in the history, in what `why` and `forecast` answer."""

    version: int
    kind: str
    at: datetime
    """When it was true."""


@dataclass(frozen=True)
class GivenReason:
    """Something that must hold, in what `why` answers."""

    what: str
    """A kind of requirement, or `condition`."""
    about: str | None
    """The step that it looks at, or the text of a condition."""
    holds: bool | None
    """Null when something about the citizen that it asks for is not known."""
    says: str
    """What must hold, as a sentence."""
    because: list[NamedFact]
    """The facts that made it so; none where it has been so from the beginning."""
    inputs: dict[str, Any]
    """What a condition looked at."""
    operator: str | None
    """`all`, `any` or `not`, where a condition has parts."""
    parts: list["GivenReason"]


@dataclass(frozen=True)
class ProposedMove:
    """Something to do or to wait for, in what `why` answers."""

    times: int
    """How often it is done, the moves together one after the other."""
    command: str | None
    """The command; null where one waits."""
    step: str | None
    """What the command is about, where it is about a step."""
    by: list[str]
    """The roles that may do it."""
    until: datetime | None
    """Until when one waits; null for a command."""
    type: str | None
    """The command as it is typed, with `…` for what people must say; null where one waits."""


@dataclass(frozen=True)
class FoundWay:
    """The shortest lawful way, in what `why` answers."""

    search: str
    """`open`, `found`, `none` when there is none, or `given_up` when too much had to be tried."""
    moves: list[list[ProposedMove]]
    """Each in its turn; several together where they are repeated together."""


@dataclass(frozen=True)
class GivenDoor:
    """One way in which a step is taken, in what `why` answers."""

    command: str | None
    """The command by which it is taken; null where the programme's rule takes or proposes it."""
    how: str
    """`decision`, `proposal` or `automatic`."""
    by: list[str]
    open: bool
    reasons: list[GivenReason]
    way: FoundWay | None
    """The way on which the programme's rule does it; null for commands."""


@dataclass(frozen=True)
class Explained:
    """What `why` answers."""

    pathway: UUID
    step: str
    open: bool
    doors: list[GivenDoor]
    way: FoundWay
    """The shortest way on which somebody may take the step."""


@dataclass(frozen=True)
class ForeseenFact:
    """Something that will happen by itself, in what `forecast` answers."""

    at: datetime
    kind: str
    says: str
    """The fact as a sentence."""
    stop: str | None
    """What would stop it, as a sentence, where somebody can."""


@dataclass(frozen=True)
class ForeseenRhythm:
    """Something that goes on recurring after the chain, in what `forecast` answers."""

    kind: str
    first: datetime
    every_days: int | None
    says: str


@dataclass(frozen=True)
class Forecasted:
    """What `forecast` answers about one pathway."""

    pathway: UUID
    chain: list[ForeseenFact]
    stable: bool
    """Whether nothing but what recurs happens after the chain, however long nobody acts."""
    recurs: list[ForeseenRhythm]


@dataclass(frozen=True)
class WeeklyLoad:
    """A number of things ahead, in what `forecast --all` answers."""

    week: str
    """The ISO week, such as `2026-W09`."""
    role: str
    load: str
    """`reminders`, `deadlines`, `reviews`, `decisions` or `sessions`."""
    count: int


@dataclass(frozen=True)
class WorkAhead:
    """What `forecast --all` answers."""

    loads: list[WeeklyLoad]


@dataclass(frozen=True)
class FoundPathway:
    """One of a citizen's pathways, in what `find` answers."""

    pathway: UUID
    programme: str
    title: str
    """What the programme is called."""
    stage: str
    phase: str | None


@dataclass(frozen=True)
class FoundCitizen:
    """What `find` answers, open pathways first."""

    citizen: UUID
    pathways: list[FoundPathway]


@dataclass(frozen=True)
class QueuedPathway:
    """Somebody who waits for a place, in what `places` answers."""

    pathway: UUID
    programme: str
    """The version that it follows."""
    since: datetime


@dataclass(frozen=True)
class Places:
    """What `places` answers, who waited longest first."""

    programme: str
    places: int | None
    """How many there are in the version in force; null where there is room for everybody."""
    taken: int
    free: int | None
    waiting: list[QueuedPathway]


@dataclass(frozen=True)
class HistoryFact:
    """A fact, in what `history` answers."""

    version: int
    kind: str
    occurred_at: datetime
    """When it was true."""
    recorded_at: datetime
    """When it was learnt."""
    by: str
    says: str
    """The fact as a sentence, in the voice that was asked for."""
    content: dict[str, Any] | None
    """The fact's own fields; null when they have been erased."""
    changes: list[str]
    """What a correction changed, in words."""
    corrected_by: int | None
    """The number of the latest fact that corrects this one; null when it counts as it stands."""
    withdrawn_by: int | None
    """The number of the fact that takes this one back."""
    erased_by: int | None
    """The number of the fact that says that this one was erased."""


@dataclass(frozen=True)
class History:
    """What `history` answers."""

    facts: list[HistoryFact]


@dataclass(frozen=True)
class WorkItem:
    """Something to see to, in what `worklist` answers."""

    pathway: UUID
    item: str
    """The rule, the session, or `notice:fact`."""
    kind: str
    """`obligation`, `session` or `notice`."""
    name: str
    owner: str
    person: str | None
    programme: str
    title: str
    """What the programme is called."""
    since: datetime
    due: datetime | None
    overdue: bool


@dataclass(frozen=True)
class Worklist:
    """What `worklist` answers."""

    items: list[WorkItem]


@dataclass(frozen=True)
class Fault:
    """A broken chain, in what `verify` answers."""

    stream: UUID
    version: int
    """The first fact that is not as it was written."""
    code: str
    """`changed`, `missing`, `without_commit`, `cut_off`, `without_key` or `without_stream`."""


@dataclass(frozen=True)
class Checked:
    """What `verify` answers."""

    pathways: int
    facts: int
    faults: list[Fault]


@dataclass(frozen=True)
class Counted:
    """What `rebuild`, `rotate` and `sweep` answer."""

    count: int


@dataclass(frozen=True)
class ErasedThings:
    """What `erase` answers."""

    citizen: UUID
    facts: int
    letters: int
    repeated: bool
    """Whether the citizen had been erased before, and only letters that were left lying were taken away."""


@dataclass(frozen=True)
class LogEntry:
    """A look, in what `access-log` answers."""

    at: datetime
    actor: str
    ground: str
    what: str


@dataclass(frozen=True)
class AccessLog:
    """What `access-log` answers, newest first."""

    looks: list[LogEntry]


@dataclass(frozen=True)
class FoundProblem:
    """Something to mend, in what `programmes check` and `programmes publish` answer."""

    file: str
    line: int
    path: str
    code: str
    mend: str

    @classmethod
    def of(cls, finding: Finding, mend: str) -> "FoundProblem":
        """A finding with its mend in words."""
        return cls(finding.file, finding.line, finding.path, finding.code, mend)


@dataclass(frozen=True)
class ExploredVersion:
    """How far a version was explored, in what `programmes check` answers."""

    ref: str
    states: int
    deepest: int
    """How many moves the farthest state lies from the referral."""
    whole: bool
    """Whether every state was explored; otherwise the bound was reached."""
    unsettled: list[str]
    """What was neither come across nor shown never to come."""


@dataclass(frozen=True)
class CheckedFiles:
    """What `programmes check` answers, and `programmes publish` when something is wrong."""

    sound: list[str]
    """The versions without findings."""
    findings: list[FoundProblem]
    explored: list[ExploredVersion]
    """How far each of the sound ones was explored."""


@dataclass(frozen=True)
class UnlikeExpected:
    """Something that is not as a scenario says, in what `programmes test` answers."""

    line: int
    path: str
    """Where it stands, such as `steps[2].expect.phase`."""
    code: str
    """`unlike`, `turned_down`, `causes_nothing`, `may` or `goes_back`."""
    told: str
    """What was expected and what was found, in words."""


@dataclass(frozen=True)
class RanScenario:
    """One scenario, in what `programmes test` answers."""

    file: str
    programme: str
    scenario: str
    passed: bool
    failures: list[UnlikeExpected]


@dataclass(frozen=True)
class CoveredVersion:
    """How much of a version the scenarios touch together, in what `programmes test` answers."""

    programme: str
    touched: dict[str, list[str]]
    """By `conditions` (each true and false), `relations`, `decisions`, `phases` and `elements`, what was."""
    untouched: dict[str, list[str]]
    """By the same, what never was."""


@dataclass(frozen=True)
class TriedScenarios:
    """What `programmes test` answers."""

    scenarios: list[RanScenario]
    coverage: list[CoveredVersion]
    findings: list[FoundProblem]
    """What is wrong with files that could not be run."""


@dataclass(frozen=True)
class AffectedPathway:
    """A pathway to which something would happen, in what `programmes rehearse` answers."""

    pathway: UUID
    before: datetime | None
    """When it would be due or come as things are; null where it has no date, or is new."""
    after: datetime | None
    """When it would then; null where it has no date, or goes."""


@dataclass(frozen=True)
class RehearsedEffect:
    """Something that would happen to several pathways alike, in what `programmes rehearse` answers."""

    fate: str
    """`earlier`, `later`, `created`, `cancelled`, `closed`, `opened`, `moves_on`, `eligible` or `not_eligible`."""
    what: str
    """`deadline`, `review`, `begins`, `ends`, the command that could be given, `phase` or `referral`."""
    about: str | None
    """What is owed, the step or the phase, where there is one."""
    says: str
    """The effect in words."""
    pathways: list[AffectedPathway]


@dataclass(frozen=True)
class StrandedPathway:
    """A pathway that would have nowhere to go, in what `programmes rehearse` answers."""

    pathway: UUID
    code: str
    """The code of what stands in the way; `stuck` where nobody could decide anything and nothing comes by itself."""
    says: str


@dataclass(frozen=True)
class WeeklyWork:
    """How much a role has to see to in a week, in what `programmes rehearse` answers."""

    week: str
    role: str
    before: int
    after: int


@dataclass(frozen=True)
class RehearsedVersion:
    """What `programmes rehearse` answers."""

    target: str
    pathways: int
    """How many are under way and would follow it."""
    unaffected: int
    nowhere: list[StrandedPathway]
    effects: list[RehearsedEffect]
    work: list[WeeklyWork]


@dataclass(frozen=True)
class PublishedVersion:
    """A version, in what `programmes publish` answers."""

    ref: str
    new: bool
    """Whether it was not published before."""


@dataclass(frozen=True)
class PublishedVersions:
    """What `programmes publish` answers."""

    published: list[PublishedVersion]
    rehearsed: list[RehearsedVersion] = field(default_factory=list)
    """What each version would do to those under way, where that was asked for."""


@dataclass(frozen=True)
class FoundDifference:
    """Something that two versions say differently, in what `programmes diff` answers."""

    meaning: str
    """`who`, `time`, `offer`, `way`, `decisions`, `roles`, `words` or `about`."""
    change: str
    """`added`, `removed`, `changed`, `reordered`, `reworded`, `earlier`, `later`, `widened` or `narrowed`."""
    path: str
    """Where it stands in the file; what has no name stands under its rule."""
    before: Any
    """As the older version has it; null where it has none."""
    after: Any
    """As the newer version has it; null where it has none."""
    says: str
    """The difference as a sentence."""


@dataclass(frozen=True)
class Differences:
    """What `programmes diff` answers."""

    old: str
    new: str
    differences: list[FoundDifference]


@dataclass(frozen=True)
class BegunMove:
    """What `programmes move` and `programmes moves undo` answer."""

    job: UUID
    pathways: int
    """How many it is about."""


@dataclass(frozen=True)
class MoveJob:
    """A job that moves pathways, in what `programmes moves` answers."""

    job: UUID
    source: str
    target: str
    by: str
    at: datetime
    state: str
    """`moving`, `stopped`, `moved`, `undoing` or `undone`."""
    pathways: int
    waiting: int
    moved: int
    refused: int
    passed_over: int
    """Those who had ended, or followed another version, before their turn came."""
    undone: int
    kept: int
    """Those whose move stands, because somebody has decided something since."""


@dataclass(frozen=True)
class MoveJobs:
    """What `programmes moves` answers, the newest first."""

    jobs: list[MoveJob]


@dataclass(frozen=True)
class MovedPathway:
    """What became of a pathway, in what `programmes moves show` answers."""

    pathway: UUID
    outcome: str
    """`waiting`, `moved`, `refused`, `passed_over`, `undone` or `kept`."""
    code: str | None
    """The code of what stood in the way."""
    says: str | None
    """The same in words."""


@dataclass(frozen=True)
class MoveDetails:
    """What `programmes moves show` answers."""

    job: MoveJob
    pathways: list[MovedPathway]


@dataclass(frozen=True)
class ListedVersion:
    """A version, in what `programmes list` answers."""

    ref: str
    programme: str
    version: int
    title: str
    effective_from: str
    digest: str
    published_at: datetime
    published_by: str


@dataclass(frozen=True)
class AboutVersion:
    """What `programmes about` answers."""

    ref: str
    says: list[str]
    """One sentence for each thing that the version says of itself."""


@dataclass(frozen=True)
class ListedVersions:
    """What `programmes list` answers."""

    programmes: list[ListedVersion]


@dataclass(frozen=True)
class Migrated:
    """What `migrate` answers."""

    applied: list[str]
    """The names of the migrations that were missing, in their order."""


@dataclass(frozen=True)
class ListedSetting:
    """A setting, in what `settings` answers."""

    variable: str
    value: str | None
    """Its value here, without its secrets; null when it has none."""
    meaning: str
    """What it is for."""


@dataclass(frozen=True)
class ListedSettings:
    """What `settings` answers."""

    settings: list[ListedSetting]


@dataclass(frozen=True)
class ToldError:
    """What is wrong, in what any command answers when it cannot do as asked."""

    code: str
    message: str
    """The sentence, in the language that was asked for."""
    field: str | None = None
    """The field to mend."""
    values: dict[str, Any] | None = None
    """What the sentence is made of."""


@dataclass(frozen=True)
class Failed:
    """What any command answers when it cannot do as asked; the exit code is 1, or 2 for a wrong line."""

    error: ToldError


@dataclass(frozen=True)
class SimulatedSpan:
    """How long something lasts, in what `simulate` answers. Numbers of people from 1 to 4 are null."""

    what: str
    """`waiting`, or the phase."""
    cases: int | None
    ended: int | None
    open: int | None
    """How many had not ended when they were last seen; they count up to then, never as ended."""
    median_days: int | None
    """After how many days half had ended (Kaplan-Meier); null where half had not, or fewer than 5 had."""


@dataclass(frozen=True)
class SimulatedWork:
    """One kind of work of one role, in what `simulate` answers."""

    role: str
    what: str
    """`talks`, `sessions`, `decisions`, `reviews`, `duties` or `overdue`."""
    a_week: float
    """On average."""
    busiest: int
    """In the week with the most."""


@dataclass(frozen=True)
class SimulatedStanding:
    """How many synthetic citizens stand so at the end, in what `simulate` answers."""

    stage: str
    outcome: str | None
    """With which outcome the pathway is closed; null where it is not closed."""
    citizens: int | None
    """Null where they are from 1 to 4."""


@dataclass(frozen=True)
class Simulated:
    """What `simulate` answers."""

    programme: str
    first_day: str
    last_day: str
    seed: int
    citizens: int
    citizen_years: float
    facts: int
    waiting: SimulatedSpan
    """From the referral to the first day."""
    phases: list[SimulatedSpan]
    """The time in each phase."""
    hours_a_week: float | None
    """Hours attended for each citizen in a phase; null where too few were seen."""
    load: list[SimulatedWork]
    standing: list[SimulatedStanding]
    reopened: int | None
    """How many times a pathway that had ended went on again; null where it was from 1 to 4."""
    files: list[str]
    """What was written."""


@dataclass(frozen=True)
class PreviewedFact:
    """Something that would happen, in what `tell --preview` answers."""

    at: datetime
    kind: str
    says: str


@dataclass(frozen=True)
class PreviewedShift:
    """An instant that would come, move or fall away, in what `tell --preview` answers."""

    what: str
    """`owed`, or the kind of thing that comes by itself."""
    about: str | None
    """The rule, the phase or the decision."""
    before: datetime | None
    """Null where it is new."""
    after: datetime | None
    """Null where it falls away."""


@dataclass(frozen=True)
class PreviewedFollowUp:
    """A letter or a notice that would go out, in what `tell --preview` answers."""

    name: str
    to: str
    subject: str | None


@dataclass(frozen=True)
class PreviewedOtherwise:
    """A fact that would not have happened as it did, in what `tell correct-fact --preview` answers."""

    version: int
    kind: str
    says: str
    cause: str
    """`sent`, `told`, `taken`, `proposed`, `decided` or `done`."""
    proposal: str
    """`stand`, `compensate` or `review`: what is proposed. People choose, with `--keep` and `--review`."""
    why: str
    """The cause as a sentence."""


@dataclass(frozen=True)
class Previewed:
    """What `tell` answers with `--preview`: nothing of it is stored."""

    pathway: UUID
    first: list[PreviewedFact]
    """What has fallen due already, and happens whatever is told."""
    facts: list[PreviewedFact]
    """Empty where the command asks for what is already so."""
    owed: list[PreviewedShift]
    coming: list[PreviewedShift]
    called_off: list[UUID]
    """The sessions that would be called off."""
    calls_for: list[PreviewedFollowUp]
    next_due: datetime | None
    otherwise: list[PreviewedOtherwise]
    """Of a correction: what has happened and would have been otherwise."""
