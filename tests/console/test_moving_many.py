"""`trinvis programmes move` and `moves`: a job is begun, looked at, tried dry and taken back."""

from pathlib import Path
from uuid import UUID

from console.answers.moves import BegunMove, MoveDetails, MoveJobs
from console.answers.rehearsals import RehearsedVersion
from tests.console.terminal import Terminal, turned_down
from tests.support.roles import scribble
from tests.support.servers import Servers

BY = ("--by", "administrator:it-1")
MOVE = ("programmes", "move", "sundere-sammen@1", "sundere-sammen@2", "--reason", "uden udløb")


async def carried_out(terminal: Terminal, job: str) -> None:
    """What a worker would do."""
    mover = terminal.trinvis.mover()
    [own] = [each.id for each, _ in await mover.jobs() if str(each.id) == job]
    while await mover.some(own, 5):
        pass


async def test_a_job_is_begun_and_shown_with_what_became_of_each(terminal: Terminal) -> None:
    pathways = [await terminal.underway("sundere-sammen@1") for _ in range(2)]
    begun = (await terminal(*MOVE, *BY, "--json")).fits(BegunMove)
    assert begun.pathways == 2
    await carried_out(terminal, str(begun.job))
    [job] = (await terminal("programmes", "moves", "--json")).fits(MoveJobs).jobs
    assert (job.state, job.moved, job.waiting) == ("moved", 2, 0)
    details = (await terminal("programmes", "moves", "show", str(begun.job), *BY, "--json")).fits(MoveDetails)
    assert sorted(str(each.pathway) for each in details.pathways) == sorted(pathways)
    assert "flyttet 2" in (await terminal("programmes", "moves")).out
    assert "moved 2" in (await terminal("programmes", "moves", "show", str(begun.job), *BY, "--lang", "en")).out


async def test_a_job_is_taken_back_but_for_those_on_whom_somebody_decided(terminal: Terminal) -> None:
    first, second = [await terminal.underway("sundere-sammen@1") for _ in range(2)]
    job = str((await terminal(*MOVE, *BY, "--json")).fits(BegunMove).job)
    await carried_out(terminal, job)
    await terminal.tells(first, "pause-pathway", "--reason", "syg")
    assert (await terminal("programmes", "moves", "undo", job, *BY)).code == 0
    await carried_out(terminal, job)
    said = await terminal("programmes", "moves", "show", job, *BY)
    assert f"{first}  bliver: Nogen har besluttet noget" in said.out
    assert (await terminal("pathway", second, "--by", "caseworker:sb-1", "--json")).data[
        "programme"
    ] == "sundere-sammen@1"


async def test_one_that_fails_is_shown_with_what_to_do_and_tried_again(terminal: Terminal, servers: Servers) -> None:
    pathway = UUID(await terminal.underway("sundere-sammen@1"))
    job = str((await terminal(*MOVE, *BY, "--json")).fits(BegunMove).job)
    terminal.trinvis.engine.recent.forget(pathway)
    await scribble(servers, terminal.trinvis, pathway)
    await carried_out(terminal, job)
    shown = (await terminal("programmes", "moves", "show", job, *BY, "--json")).fits(MoveDetails)
    assert (shown.job.failed, [each.code for each in shown.pathways]) == (1, ["InvalidTag"])
    said = await terminal("programmes", "moves", "show", job, *BY)
    assert f"{pathway}  gik galt: noget gik galt, som ingen havde forudset (InvalidTag)" in said.out
    await scribble(servers, terminal.trinvis, pathway)
    assert (await terminal("programmes", "moves", "again", job, *BY, "--json")).fits(BegunMove).pathways == 1
    await carried_out(terminal, job)
    assert "0 forløb prøves igen" in (await terminal("programmes", "moves", "again", job, *BY)).out
    assert "flyttet 1" in (await terminal("programmes", "moves")).out


async def test_a_cohort_is_a_number_a_share_or_a_file(terminal: Terminal, tmp_path: Path) -> None:
    pathways = [await terminal.underway("sundere-sammen@1") for _ in range(3)]
    file = tmp_path / "cohort.txt"
    file.write_text(f"{pathways[1]}\n", encoding="utf-8")
    for cohort, many in (("2", 2), ("10%", 1), (str(file), 1)):
        said = await terminal(*MOVE, *BY, "--cohort", cohort, "--dry-run", "--json")
        assert said.fits(RehearsedVersion).pathways == many
    assert (await terminal("programmes", "moves", "--json")).fits(MoveJobs).jobs == []
    assert "Ikke længere slutdag (2)" in (await terminal(*MOVE, *BY, "--cohort", "2", "--dry-run")).out


async def test_what_does_not_fit_is_told_and_nothing_is_kept(terminal: Terminal) -> None:
    for words, code in (
        ((*MOVE, "--by", "contact_person:kp-1"), "role_may_not"),
        ((*MOVE, *BY, "--cohort", "ten"), "not_a_share"),
        ((*MOVE, *BY, "--stop", "200%"), "not_a_share"),
        ((*MOVE, *BY, "--phase", "together"), "not_a_pair"),
        (("programmes", "move", "sundere-sammen@1", "cykelholdet@1", "--reason", "x", *BY), "not_another_version"),
        (("programmes", "move", "sundere-sammen@1", "sundere-sammen@77", "--reason", "x", *BY), "unknown_programme"),
        (("programmes", "moves", "show", "11111111-1111-4111-8111-111111111111", *BY), "unknown_move"),
        (("programmes", "moves", "undo", "11111111-1111-4111-8111-111111111111", *BY), "unknown_move"),
    ):
        said = await terminal(*words, "--json")
        assert said.error["code"] == code
    danish, english = "er ikke et job", "is no job"
    unknown = ("programmes", "moves", "show", "11111111-1111-4111-8111-111111111111", *BY)
    await turned_down(terminal, unknown, "unknown_move", danish, english)
