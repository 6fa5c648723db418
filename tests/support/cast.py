"""Who acts in the specifications, and when: a cast and a calendar."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from domain.actor import Actor
from domain.programme.shape import Programme
from programmes.loader import load

CASEWORKER = Actor("caseworker:sb-1")
OTHER_CASEWORKER = Actor("caseworker:sb-2")
CONTACT = Actor("contact_person:kp-1")
CONSULTANT = Actor("company_consultant:vk-1")
INSTRUCTOR = Actor("instructor:in-1")
PROVIDER = Actor("provider:nv-1")
HEALTH = Actor("health_staff:sund-1")
CITIZEN = Actor("citizen:b-1")
AUDITOR = Actor("auditor:rev-1")
RECORDS = Actor("records_manager:arkiv-1")
ADMINISTRATOR = Actor("administrator:it-1")

SOMEBODY = UUID("11111111-1111-4111-8111-111111111111")
SESSION = UUID("22222222-2222-4222-8222-222222222222")
OTHER_SESSION = UUID("33333333-3333-4333-8333-333333333333")

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Monday 2 March 2026, nine o'clock in Denmark: when most specifications begin."""
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

PROGRAMMES = Path(__file__).parents[2] / "programmes"


@cache
def shipped(ref: str) -> Programme:
    """The programme version that ships under that name, such as `sundere-sammen@2`."""
    name, _, version = ref.partition("@")
    return load((PROGRAMMES / name / f"v{version}.yaml").read_text("utf-8"), ref)


SICK = shipped("sygedagpenge-driftstilbud@2")
TODAY = shipped("sygedagpenge-driftstilbud@4")
"""The offer for people on sick leave under today's law, with a calendar, ladders and planned rules."""
TOGETHER = shipped("sundere-sammen@2")
SIX_WEEKS = shipped("sundere-sammen@1")
WIDENED = shipped("sundere-sammen@3")
