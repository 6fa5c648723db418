"""Where specifications begin: a citizen who takes part."""

from datetime import datetime, timedelta
from typing import Any

from domain.pathway.commands.referrals import EnrolCitizen
from domain.programme.shape import Programme
from tests.support.asking import accept, refer
from tests.support.cast import CASEWORKER, MONDAY, SICK, TOGETHER
from tests.support.spec import Story, given

HOUR = timedelta(hours=1)
ACCEPTED = MONDAY + HOUR
ENROLLED = MONDAY + 2 * HOUR
"""Monday 2 March 2026, eleven o'clock in Denmark: when those on sick leave begin."""


def on_sick_leave(programme: Programme = SICK, enrolled: datetime = ENROLLED, **referral: Any) -> Story:  # noqa: ANN401 - fields
    """Somebody on sick leave who was let in at once, rather than at the next intake."""
    begun = given(programme, refer(enrolled - 2 * HOUR, **referral), accept(enrolled - HOUR))
    return begun.tell(EnrolCitizen(by=CASEWORKER, at=enrolled))


def together(programme: Programme = TOGETHER, enrolled: datetime = ACCEPTED, **referral: Any) -> Story:  # noqa: ANN401 - fields
    """Somebody in a resource course who began when they were accepted."""
    return given(programme, refer(enrolled - HOUR, **{"benefit": "ressourceforloeb", **referral}), accept(enrolled))
