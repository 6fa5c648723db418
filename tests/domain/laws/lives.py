"""The lives that the laws are held against: chance lives in every version that ships, and in some that do not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from domain.actor import Actor
from domain.calendar import COPENHAGEN
from domain.pathway.acts import values_of
from domain.pathway.catalogue import PathwayFact
from domain.pathway.command import Command
from domain.pathway.state import OVER, Stage
from domain.programme.elements import Duty
from domain.programme.shape import Programme
from domain.refusal import Plain
from tests.domain.beginnings import LEAVE
from tests.support.altering import altered
from tests.support.asking import refer
from tests.support.broad import BROAD
from tests.support.cast import CASEWORKER, PROGRAMMES, shipped
from tests.support.deciding import WITH_EYES
from tests.support.family_ideas import by_another_pathway
from tests.support.ideas import IDEAS, SELDOM, fitting
from tests.support.life import Life, Step
from tests.support.wandering import Wanderer


class Lived(tuple[Step, ...]):
    """The steps of a life from its referral on, shown as the last of them."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"a life up to {self[-1]}"


VERSIONS = {
    each.ref: each
    for each in (
        shipped(f"{path.parent.name}@{path.stem.removeprefix('v')}") for path in sorted(PROGRAMMES.glob("*/v*.yaml"))
    )
}
"""Every version that ships."""
ALTERED = (
    altered("sundere-sammen@1", LEAVE),
    altered(
        "sygedagpenge-driftstilbud@2",
        ("how: proposal, when: \"attended('P4W') >= 6\"", "how: automatic, when: \"attended('P4W') >= 1\""),
    ),
    BROAD,
    WITH_EYES,
)
"""A step that is taken by itself, a decision of its own, a programme with everything, and decisions others look at."""
AS_PUBLISHED = {id(each): each.model_dump_json() for each in (*VERSIONS.values(), *ALTERED)}
"""What each of them said before anybody lived in it."""
DAYS = (
    datetime(2026, 3, 2, 9, 0, tzinfo=COPENHAGEN),
    datetime(2026, 3, 27, 14, 30, tzinfo=COPENHAGEN),
    datetime(2026, 10, 23, 0, 0, tzinfo=COPENHAGEN),
    datetime(2027, 12, 30, 23, 59, tzinfo=COPENHAGEN),
    datetime(2028, 2, 29, 8, 15, tzinfo=COPENHAGEN),
)
"""When lives begin: in the course of a week, before both changes of the clocks, at the end of a year, on a leap day."""
FULL, WAITS = timedelta(days=25), 0.1
"""How long every place is taken, and how often it is so when somebody comes."""
LONGEST = 50
"""How many commands a life holds."""
AFTER_THE_END = 6
"""How many commands are still given where nothing brings a pathway back."""
LIVES = 300
"""How many different lives there are."""


def live(seed: int, steps: int = LONGEST) -> Lived:
    """A chance life; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - a life, not a secret
    programme = random.choice([*VERSIONS.values(), *ALTERED, *ALTERED, *(BROAD,) * 6])
    ideas = (*IDEAS, *(SELDOM if random.random() < 0.5 else ()))
    at = random.choice(DAYS)
    life = Life(programme, VERSIONS, at + FULL if random.random() < WAITS else None)
    wanderer = Wanderer(random, life, fitting, ideas)
    life.tell(_referral(random, life.programme, at))
    after_the_end = 0
    while len(life.steps) < steps and after_the_end < AFTER_THE_END:
        at = wanderer.instant(at)
        life.tell(wanderer.command(at))
        after_the_end += life.pathway.stage in OVER - {Stage.CLOSED}
    return Lived(life.steps)


def _referral(random: Random, programme: Programme, at: datetime) -> Command:
    referred = refer(
        at,
        by=Actor.of(random.choice(programme.referral.by), CASEWORKER.person),
        circumstances=_circumstances(random, programme),
        contraindications=(programme.referral.judgement[0].id,) if _sometimes(random, programme) else (),
        mandatory=tuple(
            name
            for name, element in programme.elements.items()
            if element.obligation is Duty.PER_REFERRAL and random.random() < 0.5
        ),
    )
    return by_another_pathway(random, referred) if random.random() < 0.2 else referred


def _sometimes(random: Random, programme: Programme) -> bool:
    return bool(programme.referral.judgement) and random.random() < 0.2


def _circumstances(random: Random, programme: Programme) -> dict[str, Plain]:
    """What makes the citizen fit, most often: on sick leave, or something that the programme asks about."""
    asked = programme.citizen.get("benefit")
    fitting = [value for value in ("sygedagpenge", "ressourceforloeb") if asked and value in values_of(asked)]
    if fitting:
        return {"benefit": random.choice(fitting)}
    return {name: random.choice(values_of(each)) for name, each in programme.citizen.items()}


@lru_cache(maxsize=LIVES)
def _whole(seed: int) -> Lived:
    return live(seed)


def lived(seed: int, steps: int) -> Lived:
    """The beginning of a life that is known already."""
    return Lived(_whole(seed)[:steps])


lives = st.builds(lived, st.integers(0, LIVES - 1), st.integers(1, LONGEST))
"""Lives of any length: where one breaks a law, hypothesis looks for the earliest step at which it does."""
law = settings(max_examples=150)
"""At how many lives a law is looked at."""


def every_fact(steps: Lived) -> Iterator[tuple[Step, PathwayFact]]:
    """Every fact as it was decided, with its step: what time caused first."""
    for step in steps:
        caused = chain.from_iterable(each.facts for each in step.passed)
        yield from ((step, fact) for fact in chain(caused, step.facts))
