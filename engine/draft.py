"""What a command is about to write: the commits that time caused first, then its own. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from uuid import UUID, uuid5

from domain.actor import SETTLING, Actor
from domain.decider import Decider
from domain.pathway.binding import Binding
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.commands.course import PassTime
from domain.pathway.decide import pathway_decider
from domain.pathway.facts.course import FactCorrected, FactErased, PathwayMoved
from domain.pathway.follow_ups import follow_ups
from domain.pathway.history import Event
from domain.pathway.settling import settled
from domain.pathway.state import Pathway
from eventstore.appending import Commit
from eventstore.keys import KeyProvider

MOST_SETTLED = 50
"""How many instants are settled in one transaction; more are settled in several."""


@dataclass(frozen=True)
class Standing:
    """A pathway at a version, with the rules that it follows."""

    binding: Binding
    subject: UUID
    version: int
    pathway: Pathway

    @cached_property
    def rules(self) -> Decider[Command, PathwayFact, Pathway]:
        """The decider that the pathway follows from here."""
        return pathway_decider(self.binding)

    @cached_property
    def next_due(self) -> datetime | None:
        """When time alone causes something next, or None."""
        return self.rules.next_due(self.pathway)


def fact_id(stream: UUID, version: int) -> UUID:
    """The id of a fact, by its place, which nothing else can take."""
    return uuid5(stream, str(version))


def passing_id(stream: UUID, version: int, due: datetime) -> UUID:
    """The command id under which an instant passes; whoever lets it pass, it passes once."""
    return uuid5(stream, f"{version} {due.isoformat()}")


def digest_of(keys: KeyProvider, command: Command, programme: str = "") -> bytes:
    """The keyed digest of what is asked, whenever it is asked, with the programme of a referral.

    That time passes is the same whoever lets it: a timer, or the next command.

    Shape: 32 bytes.
    """
    left_out = {"at", "by"} if isinstance(command, PassTime) else {"at"}
    return keys.mac("command", f"{command.kind} {programme} {command.model_dump_json(exclude=left_out)}".encode())


class Draft:
    """Commits in the making."""

    def __init__(
        self, stream: UUID, standing: Standing, keys: KeyProvider, recorded_at: datetime, at: datetime
    ) -> None:
        self._stream = stream
        self._keys = keys
        self._recorded_at = recorded_at
        self.at = at
        self.before = standing
        self.after = standing
        self.commits: list[Commit[Event]] = []

    @property
    def facts(self) -> list[Event]:
        """Everything that is about to be written."""
        return [fact for commit in self.commits for fact in commit.facts]

    @property
    def is_full(self) -> bool:
        """Whether so much had fallen due that it is better written before anything else."""
        return len(self.commits) == MOST_SETTLED

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all happened, by time or by command."""
        return not self.facts

    @property
    def is_folded_anew(self) -> bool:
        """Whether history was put right, so that no earlier folded state counts any more."""
        return any(isinstance(fact, (FactCorrected, FactErased)) for fact in self.facts)

    def settle(self, until: datetime, by: Actor = SETTLING) -> None:
        """Lets pass what had fallen due."""
        for passed in islice(settled(self.after.binding, self.after.pathway, until), MOST_SETTLED):
            command = PassTime(by=by, at=passed.due)
            command_id = passing_id(self._stream, self.after.version, passed.due)
            self._add(command, command_id, digest_of(self._keys, command), passed.facts, passed.pathway)
            self.at = max(self.at, passed.due)

    def decide(self, binding: Binding, command: Command, command_id: UUID, digest: bytes) -> None:
        """Adds what *command* causes.

        Raises: Refused, Invalid.
        """
        rules = pathway_decider(binding)
        facts = rules.decide(self.after.pathway, command)
        pathway = rules.evolve(self.after.pathway, facts)
        if binding.target and any(isinstance(fact, PathwayMoved) for fact in facts):
            self.after = replace(self.after, binding=Binding(binding.target))
        self._add(command, command_id, digest, facts, pathway)

    def _add(
        self, command: Command, command_id: UUID, digest: bytes, facts: Sequence[PathwayFact], pathway: Pathway
    ) -> None:
        before, programme = self.after, self.after.binding.programme
        self.after = replace(before, version=before.version + len(facts), pathway=pathway)
        self.commits.append(
            Commit(
                stream=self._stream,
                subject=before.subject,
                programme=programme.ref,
                expected=before.version,
                command_id=command_id,
                digest=digest,
                actor=Actor(command.by),
                at=command.at,
                recorded_at=self._recorded_at,
                facts=facts,
                next_due=self.after.next_due,
                over=self.after.rules.is_over(pathway),
                calls=any(follow_ups(programme, fact, is_child=pathway.parent is not None) for fact in facts),
            )
        )
