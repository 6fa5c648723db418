"""A chance life on the real engine, beside the same life told to the bare rules."""

from os import environ
from random import Random

from domain.pathway.command import Command
from domain.refusal import Invalid, Refused
from engine.transact import Engine
from runtime.wiring import Trinvis
from tests.support.asking import refer
from tests.support.cast import MONDAY, SICK, SIX_WEEKS, TOGETHER, WIDENED
from tests.support.clock import SetClock
from tests.support.ideas import IDEAS, fitting
from tests.support.spec import Story
from tests.support.walking import Walk, another_process, referred
from tests.support.wandering import Wanderer

PROGRAMMES = (SICK, SIX_WEEKS, TOGETHER, WIDENED)
LIVES = int(environ.get("TRINVIS_LIVES", "12"))
"""How many lives are lived on the real engine: few, since each is written, and more by `make wander`."""


async def lived(trinvis: Trinvis, clock: SetClock, random: Random, steps: int) -> tuple[Walk, Story]:
    """Lives *steps* steps in two processes, either of which may forget at any time, and each step as the rules say."""
    clock.set(MONDAY)
    programme = random.choice(PROGRAMMES)
    benefit = random.choice(["sygedagpenge", "ressourceforloeb"])
    if benefit not in str(programme.citizen["benefit"]):
        benefit = "sygedagpenge"
    walk = await referred(trinvis, clock, programme.ref, benefit=benefit)
    story = Story(programme).tell(refer(benefit=benefit, citizen=walk.citizen))
    wanderer, engines, at = Wanderer(random, story, fitting, IDEAS), (trinvis.engine, another_process(trinvis)), MONDAY
    for _ in range(steps):
        at = wanderer.instant(at)
        command, engine = wanderer.command(at), random.choice(engines)
        await _forget(walk, engine, random)
        assert await _answer(walk, command, engine) == _answer_by_the_rules(story, command), command
    return walk, story


async def _forget(walk: Walk, engine: Engine, random: Random) -> None:
    """Lets go, at random, of what one process remembers, or of what the store keeps folded."""
    if random.random() < 0.3:
        engine.recent.forget(walk.pathway)
    if random.random() < 0.2:
        async with walk.trinvis.database.connection() as connection:
            await connection.execute("UPDATE state_cache SET revision = revision + 1 WHERE stream = $1", walk.pathway)


async def _answer(walk: Walk, command: Command, engine: Engine) -> object:
    try:
        return (await walk.tell(command, engine=engine)).kinds
    except (Refused, Invalid) as refusal:
        return refusal.code, refusal.values


def _answer_by_the_rules(story: Story, command: Command) -> object:
    story.settle(command.at)
    before = len(story.history)
    try:
        story.tell(command)
    except (Refused, Invalid) as refusal:
        return refusal.code, refusal.values
    return tuple(story.kinds[before:])
