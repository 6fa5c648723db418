"""What synthetic citizens and staff are assumed to do, as a table of rates that anybody may replace."""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from domain.programme.decisions import Valence
from domain.value import Value
from programmes.loader import shaped, source_of
from programmes.source import Data, Source

DEFAULTS = Path(__file__).with_name("assumptions.yaml")
MOST_WEEKS = 520

Chance = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[float, Field(ge=0, le=365)]
Weeks = Annotated[int, Field(ge=0, le=MOST_WEEKS)]
Weight = Annotated[float, Field(ge=0, le=1_000)]


class Arriving(Value):
    """When citizens are referred, and what is said about them."""

    over_weeks: Weeks
    contraindication: Chance
    mandatory: Chance


class Sessions(Value):
    """What becomes of a session of somebody who is not ill."""

    late: Chance
    stays_away: Chance
    cancelled: Chance
    without_rhythm: Chance


class Illness(Value):
    """Spells of illness, in which sessions are missed with a valid reason."""

    spells_per_year: Annotated[float, Field(ge=0, le=26)]
    days: Days
    paused_from_days: Days


class GoingOn(Value):
    """Steps to the next phase that no rule of the programme takes."""

    per_week: Chance


class Ending(Value):
    """How pathways end, by what the outcome is worth."""

    from_week: Weeks
    positive: Chance
    neutral: Chance
    drop_out: Chance
    unknown: Chance

    def per_week(self, valence: Valence) -> float:
        """The chance each week of ending so."""
        chances = {
            Valence.POSITIVE: self.positive,
            Valence.NEUTRAL: self.neutral,
            Valence.DROP_OUT: self.drop_out,
            Valence.UNKNOWN: self.unknown,
        }
        return chances[valence]


class Relapse(Value):
    """Pathways that ended well and are reopened."""

    per_week: Chance
    within_weeks: Weeks


class Staff(Value):
    """How punctual staff are."""

    in_time: Chance
    unhurried: Chance
    late_days: Days
    plan_within_days: Days
    registered_late: Chance


class Choices(Value):
    """How often each of several commands is taken that answer the same."""

    accept_referral: Weight
    refuse_referral: Weight
    return_referral: Weight
    approve_transition: Weight
    reject_transition: Weight
    extend_duration: Weight
    close_pathway: Weight

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """By the name of a command, how much it weighs."""
        return self.model_dump()


class Assumptions(Value):
    """Everything that the dice are weighed by."""

    arriving: Arriving
    sessions: Sessions
    illness: Illness
    going_on: GoingOn
    ending: Ending
    relapse: Relapse
    staff: Staff
    choices: Choices


@cache
def defaults() -> Assumptions:
    """What is assumed where nobody says otherwise."""
    return assumed("{}", DEFAULTS.name)


def assumed(text: str, file: str) -> Assumptions:
    """The assumptions in *text*; what it leaves out stands as in the defaults. *file* is named in findings.

    Raises: Unpublishable with every finding, each with its line, path and mend.
    """
    standing, given = source_of(DEFAULTS.read_text(encoding="utf-8"), DEFAULTS.name), source_of(text, file)
    return shaped(Source(_over(standing.data, given.data), given.lines), file, Assumptions)


def _over(standing: Data, given: Data) -> Data:
    """What is given laid over what stands, group by group."""
    if not isinstance(standing, dict) or not isinstance(given, dict):
        return given
    return {**standing, **{name: _over(standing.get(name), value) for name, value in given.items()}}
