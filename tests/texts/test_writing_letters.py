"""Letters as citizens get them: every one, in both languages, from both programmes, without a code or an inner id."""

import email
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.exceptions import ApplicationError

from activities.letters import Letters, Occasion
from domain.pathway.catalogue import PathwayFact
from domain.pathway.facts.sessions import SessionBooked, SessionCancelled, SessionMoved
from domain.pathway.follow_ups import FollowUp, follow_ups
from domain.pathway.history import Erased
from domain.programme.shape import Programme
from domain.words import LANGUAGES, Language
from engine.erasing import Eraser
from eventstore.access import Look
from eventstore.citizens import Identity, Vault
from runtime.wiring import Trinvis
from tests.support.altering import altered
from tests.support.cast import RECORDS, SICK, TOGETHER, shipped
from tests.support.keeping import LOOK
from tests.support.roles import keeping_records
from tests.texts.everything import stories

LETTERS = 19
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\b[a-z]{2}-\d+\b|@\d|\{|\}|None|[0-9a-f]{8}-[0-9a-f]{4}")
"""A code, a colleague's id, a version, a template or an id: nothing that a citizen should read."""
NAME = "Anna Prøvesen"


def called_for(programme: Programme) -> Iterator[tuple[PathwayFact, FollowUp]]:
    """Every letter that the stories call for, about what *programme* offers."""
    announced = next(name for name, element in programme.elements.items() if element.letter)
    for story in stories().values():
        for event in story.history:
            if isinstance(event, (SessionBooked, SessionMoved, SessionCancelled)):
                there = {"element": announced, "site": next(iter(programme.sites))}
                offered = {name: there[name] for name in there if name in type(event).model_fields}
                event = event.model_copy(update=offered)  # noqa: PLW2901 - the same, as offered here
            if not isinstance(event, Erased):
                yield from ((event, each) for each in follow_ups(programme, event) if each.is_letter)


async def written(trinvis: Trinvis, outbox: Path, citizen: UUID, programme: Programme) -> dict[str, EmailMessage]:
    """Each letter once, by its name, as it lies in the outbox."""
    letters = Letters(outbox, trinvis.vault, trinvis.clock, "trinvis@localhost", None)
    for fact, follow_up in called_for(programme):
        await letters.send(Occasion(citizen, programme, uuid4(), fact), follow_up)
    return in_outbox(outbox)


def in_outbox(outbox: Path) -> dict[str, EmailMessage]:
    """The letters that lie there, by their names."""
    found = {}
    for path in outbox.glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        found[path.stem[37:]] = message
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("programme", [SICK, TOGETHER], ids=lambda each: each.ref)
async def test_every_letter_reads_well(
    trinvis: Trinvis, tmp_path: Path, programme: Programme, language: Language
) -> None:
    citizen = await trinvis.vault.register(Identity(name=NAME, email="anna@example.dk", language=language), LOOK)
    found = await written(trinvis, tmp_path, citizen, programme)
    assert len(found) == LETTERS
    unit = programme.units[programme.roles.order].in_language(language)
    for name, message in found.items():
        text = message.get_content()
        assert text.startswith(f"{'Kære' if language == 'da' else 'Dear'} {NAME}\n\n"), name
        assert text.rstrip().endswith(unit), name
        for said in (str(message["Subject"]), text):
            assert not CODE.search(said), f"{name}: {said}"
            assert said == said.rstrip(" ")
            assert ".." not in said, said


async def test_a_letter_in_danish_and_one_in_english_say_the_same_day(trinvis: Trinvis, tmp_path: Path) -> None:
    for language, expected in (("da", "torsdag den 12. marts 2026 kl. 9.00"), ("en", "Thursday 12 March 2026 at 9:00")):
        identity = Identity.model_validate({"name": NAME, "language": language})
        citizen = await trinvis.vault.register(identity, LOOK)
        found = await written(trinvis, tmp_path / language, citizen, SICK)
        assert expected in str(found["session_moved"]["Subject"])
        assert expected in found["session_moved"].get_content().replace("\n", " ")


async def test_a_letter_is_signed_by_whoever_answers_for_the_programme_that_day(
    trinvis: Trinvis, tmp_path: Path
) -> None:
    citizen = await trinvis.vault.register(Identity(name=NAME), LOOK)
    for since, signed in (("2026-01-01", "Kultur og Fritid"), ("2027-01-01", "Jobcentret")):
        anchored = altered("sundere-sammen@4", ("from: 2027-01-01", f"from: {since}"))
        found = await written(trinvis, tmp_path / since, citizen, anchored)
        assert found["enrolled"].get_content().rstrip().endswith(signed)


async def test_a_letter_about_a_session_says_where_that_is(trinvis: Trinvis, tmp_path: Path) -> None:
    citizen = await trinvis.vault.register(Identity(name=NAME), LOOK)
    found = await written(trinvis, tmp_path, citizen, shipped("grib-chancen@1"))
    assert "Sundhedshuset, Torvet 2" in found["session_booked"].get_content()


class ErasedMeanwhile(Vault):
    """The vault of a worker that is slow to write: between its look and its letter, the citizen is erased."""

    eraser: Eraser

    async def identity(self, citizen: UUID, look: Look) -> Identity:
        """Who it was."""
        known = await super().identity(citizen, look)
        await self.eraser.erase_citizen(citizen, RECORDS, "2026-1")
        return known


async def test_a_letter_that_is_written_while_the_citizen_is_erased_does_not_stay(
    trinvis: Trinvis, tmp_path: Path
) -> None:
    """Whoever erased has looked for letters already, and does not come back."""
    citizen = await trinvis.vault.register(Identity(name=NAME), LOOK)
    vault = ErasedMeanwhile(trinvis.database, trinvis.keys, trinvis.engine.store.ring)
    fact, follow_up = next(called_for(TOGETHER))
    async with keeping_records(trinvis) as records:
        vault.eraser = Eraser(records.engine)
        letters = Letters(tmp_path, vault, trinvis.clock, "trinvis@localhost", None)
        with pytest.raises(ApplicationError, match="no such citizen"):
            await letters.send(Occasion(citizen, TOGETHER, uuid4(), fact), follow_up)
    assert in_outbox(tmp_path) == {}
