"""A published version is its text, for ever: the same again is no change, other content is refused."""

from datetime import datetime

import asyncpg
import pytest

from programmes.catalogue import AlreadyPublished
from programmes.loader import Unpublishable, digest
from runtime.wiring import Trinvis
from tests.support.altering import altered_text, text_of
from tests.support.cast import ADMINISTRATOR, DAY, MONDAY, TOGETHER

NEXT = altered_text("sundere-sammen@3", ("version: 3", "version: 5"))


async def publish(trinvis: Trinvis, text: str, at: datetime = MONDAY) -> tuple[str, bool]:
    """The version that was published, and whether it is new."""
    programme, is_new = await trinvis.catalogue.publish(text, "v5.yaml", ADMINISTRATOR, at)
    return programme.ref, is_new


async def test_the_same_content_again_is_no_change_even_at_the_same_instant(trinvis: Trinvis) -> None:
    assert await publish(trinvis, NEXT) == ("sundere-sammen@5", True)
    assert await publish(trinvis, NEXT) == ("sundere-sammen@5", False)
    assert await publish(trinvis, NEXT, MONDAY + DAY) == ("sundere-sammen@5", False)
    [listed] = [each for each in await trinvis.catalogue.listed() if each.ref == "sundere-sammen@5"]
    assert (listed.digest, listed.published_at) == (digest(NEXT), MONDAY)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stage: project", "stage: pilot"),
        ("per_week: 2", "per_week: 3"),
        ("title: {da: Sundere", "title:  {da: Sundere"),
    ],
    ids=["stage", "rhythm", "only a space"],
)
async def test_other_content_under_the_same_number_is_refused_and_changes_nothing(
    trinvis: Trinvis, old: str, new: str
) -> None:
    await publish(trinvis, NEXT)
    assert NEXT.count(old) == 1
    with pytest.raises(AlreadyPublished, match="give this one version 6"):
        await publish(trinvis, NEXT.replace(old, new))
    assert await trinvis.catalogue.source("sundere-sammen@5") == NEXT


async def test_what_has_findings_is_not_published(trinvis: Trinvis) -> None:
    with pytest.raises(Unpublishable):
        await publish(trinvis, NEXT.replace("stage: project", "stage: drift"))
    assert await trinvis.catalogue.source("sundere-sammen@5") is None
    assert await trinvis.catalogue.programme("sundere-sammen@5") is None


async def test_versions_are_listed_by_their_number(trinvis: Trinvis) -> None:
    await publish(trinvis, NEXT.replace("version: 5", "version: 10"))
    await publish(trinvis, NEXT.replace("version: 5", "version: 9"))
    listed = await trinvis.catalogue.listed()
    assert [each.version for each in listed if each.programme == "sundere-sammen"] == [1, 2, 3, 4, 9, 10]


async def test_a_published_version_is_read_back_as_it_was_written(trinvis: Trinvis) -> None:
    assert await trinvis.catalogue.programme("sundere-sammen@2") == TOGETHER
    assert await trinvis.catalogue.source("sundere-sammen@2") == text_of("sundere-sammen@2")


async def test_a_check_that_came_later_does_not_stop_those_who_follow_a_published_version(trinvis: Trinvis) -> None:
    dropped = NEXT.replace("throughout: [consultant_talk, ", "throughout: [")
    with pytest.raises(Unpublishable):
        await publish(trinvis, dropped)
    async with trinvis.database.connection() as connection:
        await connection.execute(
            "INSERT INTO programme (id, version, digest, source, published_at, published_by)"
            " VALUES ('sundere-sammen', 5, $1, $2, $3, 'administrator:it-1')",
            digest(dropped),
            dropped,
            MONDAY,
        )
    found = await trinvis.catalogue.programme("sundere-sammen@5")
    assert found is not None
    assert found.throughout == ("job_bridge", "association")


async def test_nobody_writes_over_a_published_version(trinvis: Trinvis) -> None:
    async with trinvis.database.connection() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("UPDATE programme SET source = source || ' '")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("DELETE FROM programme")


async def test_after_care_with_duties_is_not_published_where_the_duties_are_known(trinvis: Trinvis) -> None:
    entering = "aftercare: {programme: sygedagpenge-driftstilbud, after: [job]}\nmeasures:"
    with pytest.raises(Unpublishable) as refused:
        await publish(trinvis, NEXT.replace("measures:", entering))
    [finding] = refused.value.findings
    assert (finding.code, finding.path) == ("aftercare_with_duties", "aftercare.programme")
    assert dict(finding.values)["programme"] == "sygedagpenge-driftstilbud@4"
    unknown_yet = entering.replace("sygedagpenge-driftstilbud", "fastholdelsescafe")
    assert await publish(trinvis, NEXT.replace("measures:", unknown_yet)) == ("sundere-sammen@5", True)
