"""A letter that has been recorded does not go out again, however often its activity is tried."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.messages import SEND_LETTER, CatchUp, FollowUpDue, GiveUp
from activities.pathways import Life, PathwayActivities
from domain.pathway.facts.course import DeliveryFailed
from eventstore.citizens import Identity
from runtime.embedded.ports import HOST, free_port
from runtime.wiring import Trinvis
from tests.support.clock import SetClock
from tests.support.keeping import LOOK
from tests.support.walking import Walk, underway

LIFE = Life("generation-7")


@dataclass
class Post:
    """A mail server that counts."""

    port: int
    taken: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Takes a message."""
        del server, session, envelope
        self.taken += 1
        return "250 taken"


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    """A real mail server on this machine."""
    kept = Post(free_port())
    controller = Controller(kept, hostname=HOST, port=kept.port)
    controller.start()
    yield kept
    controller.stop()


@pytest.fixture
async def walk(trinvis: Trinvis, clock: SetClock) -> Walk:
    """A citizen with an address, who has been taken in and is to hear of it."""
    citizen = await trinvis.vault.register(Identity(name="Prøve Prøvesen", email="proeve@example.invalid"), LOOK)
    return await underway(trinvis, clock, citizen=citizen)


def mailing(trinvis: Trinvis, post: Post) -> PathwayActivities:
    """The activities of a worker that knows a mail server."""
    settings = trinvis.settings.model_copy(update={"smtp_host": HOST, "smtp_port": post.port})
    return replace(trinvis, settings=settings).activities(LIFE)


async def letter(walk: Walk, activities: PathwayActivities) -> FollowUpDue:
    """A letter that waits."""
    waiting = (await activities.catch_up(CatchUp(str(walk.pathway)))).follow_ups
    return next(each for each in waiting if each.activity == SEND_LETTER)


async def test_a_letter_whose_worker_was_killed_after_it_was_recorded_goes_out_once(
    trinvis: Trinvis, walk: Walk, post: Post
) -> None:
    activities = mailing(trinvis, post)
    due = await letter(walk, activities)
    for _ in range(3):
        await activities.send_letter(due)
    assert post.taken == 1
    assert (await walk.kinds()).count("letter_sent") == 1


async def test_a_letter_that_lies_in_the_outbox_is_not_mailed_when_a_mail_server_is_set_up_meanwhile(
    trinvis: Trinvis, walk: Walk, post: Post
) -> None:
    due = await letter(walk, trinvis.activities(LIFE))
    await trinvis.activities(LIFE).send_letter(due)
    await mailing(trinvis, post).send_letter(due)
    assert post.taken == 0
    assert (await walk.kinds()).count("letter_sent") == 1


async def test_a_follow_up_that_was_given_up_for_another_reason_before_is_given_up_once(
    trinvis: Trinvis, walk: Walk
) -> None:
    activities = trinvis.activities(LIFE)
    due = await letter(walk, activities)
    for error in ("timed_out", "oserror"):
        await activities.give_up(GiveUp(due, error))
    failed = [event for event in await walk.events() if isinstance(event, DeliveryFailed)]
    assert [event.error for event in failed] == ["timed_out"]
