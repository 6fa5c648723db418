"""`trinvis programmes move` and `moves`: jobs that move pathways to another version, looked at and taken back."""

from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer

from console.answers.moves import BegunMove, MoveDetails, MovedPathway, MoveJob, MoveJobs
from console.fields import identifier, pairs
from console.help import Command
from console.misuse import MeansNothing
from console.options import REHEARSAL, By, Ground, Json, Language
from console.output import Out
from console.records import Telling
from console.rehearsing import Phases, look_of, show_rehearsal, turned_down
from console.running import carry_out
from console.showing import clock
from console.usage import Group
from domain.pathway.commands.course import MovePathway
from domain.pathway.permissions import MAY, REHEARSING, require_may, require_role
from domain.programme.shape import Programme
from domain.refusal import Invalid
from domain.share import Share
from engine.asking import actor, command_from
from engine.jobs import Became, Counted, Job, concerned
from engine.rehearsing import Question, Rehearsal
from runtime.rehearsing import rehearse_caseload
from runtime.wiring import Trinvis
from texts.catalogue import Wording

OUTCOMES = ("moved", "refused", "failed", "passed_over", "undone", "kept", "waiting")
FEW = 20
"""How many pathways are named that were not moved; --json names all."""

app = typer.Typer(cls=Group, invoke_without_command=True)
JobId = Annotated[str, typer.Argument(metavar="JOB")]


def move(
    source: Annotated[str, typer.Argument(metavar="FROM")],
    target: Annotated[str, typer.Argument(metavar="TO")],
    by: By,
    reason: Annotated[str, typer.Option("--reason", metavar="text")],
    phase: Phases = None,
    cohort: Annotated[str, typer.Option("--cohort", metavar="share")] = "100%",
    stop: Annotated[str, typer.Option("--stop", metavar="share")] = "5%",
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    json: Json = False,
    lang: Language = None,
) -> None:
    """Moves those who follow a version to another one, as a job that goes on by itself."""
    out = Out(lang, as_json=json)
    out.options = {**out.options, "source": "FROM", "target": "TO", "cohort": "--cohort", "stop": "--stop"}

    async def work(trinvis: Trinvis) -> tuple[Job, list[UUID], Programme, Rehearsal | None]:
        command = _command(trinvis, source, target, by, reason, pairs("phase", phase or []))
        await _version(trinvis, "source", source)
        programme = await _version(trinvis, "target", target)
        async with trinvis.database.connection() as connection:
            everybody = await concerned(connection, source)
        chosen = _chosen(everybody, cohort)
        job = Job(uuid4(), source, target, command.phases, command.by, reason, command.at, _share("stop", stop))
        if dry_run:
            look = look_of(trinvis, by, REHEARSAL)
            asked = Question(programme.programme, programme.version, source, job.phases, look, tuple(chosen))
            bundle = await trinvis.catalogue.source(target) or ""
            told = Telling(out, out.say("rehearsing"))
            return job, chosen, programme, await rehearse_caseload(trinvis, asked, bundle, told)
        await trinvis.mover().begin(job, chosen)
        await trinvis.take_up(job.id)
        return job, chosen, programme, None

    job, chosen, programme, found = carry_out(out, work)
    if found is not None:
        show_rehearsal(out, programme, found)
    elif out.as_json:
        out.data(BegunMove(job.id, len(chosen)))
    else:
        out.line(out.say("moves", "begun", job=job.id, count=len(chosen), source=source, target=target))


def _command(trinvis: Trinvis, source: str, target: str, by: str, reason: str, phases: dict[str, str]) -> MovePathway:
    """What each pathway will be told, checked before anything is kept. Raises: Invalid, RoleMayNot."""
    who = actor(by)
    programme, _, version = target.rpartition("@")
    if not version.isdigit() or programme != source.rpartition("@")[0] or source == target:
        raise Invalid("target", "not_another_version", value=target, source=source)
    fields = {"version": int(version), "phases": phases, "reason": reason}
    command = command_from(MovePathway.kind, fields, str(who), trinvis.now())
    assert isinstance(command, MovePathway)  # noqa: S101 - by its name
    require_role(command, MAY[MovePathway])
    return command


async def _version(trinvis: Trinvis, field: str, ref: str) -> Programme:
    programme = await trinvis.engine.library(ref)
    if programme is None:
        raise Invalid(field, "unknown_programme", value=ref)
    return programme


def _share(field: str, text: str) -> Share:
    share = Share.read(text)
    if share is None:
        raise Invalid(field, "not_a_share", value=text)
    return share


def _chosen(everybody: list[UUID], cohort: str) -> list[UUID]:
    """Who of everybody belongs to the cohort: so many, so many of each hundred, or those whose ids a file holds."""
    if not Path(cohort).is_file():
        return everybody[: _share("cohort", cohort).of(len(everybody))]
    named = {identifier("cohort", each) for each in Path(cohort).read_text(encoding="utf-8").split()}
    return [each for each in everybody if each in named]


@app.callback()
def moves(context: typer.Context, json: Json = False, lang: Language = None) -> None:
    """Shows every job that moves pathways, and how far it has come."""
    if context.invoked_subcommand:
        for option in [name for name, given in (("--json", json), ("--lang", lang)) if given]:
            raise MeansNothing(option, before=context.invoked_subcommand)
        return
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> list[tuple[Job, Counted]]:
        return await trinvis.mover().jobs()

    jobs = carry_out(out, work)
    if out.as_json:
        out.data(MoveJobs([_job(*each) for each in jobs]))
        return
    if not jobs:
        out.line(out.say("moves", "none"))
    for job, counted in jobs:
        _show_job(out, job, counted)


@app.command(cls=Command)
def show(job: JobId, by: By, ground: Ground = REHEARSAL, json: Json = False, lang: Language = None) -> None:
    """Shows how far a job has come, and what became of each pathway."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[Job, Counted, list[Became], Programme]:
        looking, own = look_of(trinvis, by, ground), identifier("job", job)
        found = await trinvis.mover().job(own)
        counted = next(each for known, each in await trinvis.mover().jobs() if known.id == own)
        became = await trinvis.mover().outcomes(own, looking)
        return found, counted, became, await trinvis.engine.programme(found.target)

    found, counted, became, programme = carry_out(out, work)
    out.programme = programme
    if out.as_json:
        out.data(MoveDetails(_job(found, counted), [_pathway(out.wording, each) for each in became]))
        return
    _show_job(out, found, counted)
    turned = [each for each in became if each.turned_down]
    for each in turned[:FEW]:
        outcome = out.say("moves", "outcome", each.outcome)
        out.line(f"  {each.pathway}  {outcome}: {_why(out.wording, each)}")
    if len(turned) > FEW:
        out.line(f"  {out.say('rehearsal', 'more', count=len(turned) - FEW)}")


@app.command(cls=Command)
def undo(job: JobId, by: By, json: Json = False, lang: Language = None) -> None:
    """Takes a job back: those on whom nobody has decided anything since follow the earlier version again."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[Job, int]:
        who, own = actor(by), identifier("job", job)
        require_may(who, REHEARSING)
        await trinvis.mover().undo(own, who)
        await trinvis.take_up(own)
        found = await trinvis.mover().job(own)
        counted = next(each for known, each in await trinvis.mover().jobs() if known.id == own)
        return found, counted.moved

    found, many = carry_out(out, work)
    if out.as_json:
        out.data(BegunMove(found.id, many))
    else:
        out.line(out.say("moves", "undoing", job=found.id, count=many))


@app.command(cls=Command)
def again(job: JobId, by: By, json: Json = False, lang: Language = None) -> None:
    """Tries a job again for those for whom it failed, and goes on with whoever waits where it had stopped."""
    out = Out(lang, as_json=json)

    async def work(trinvis: Trinvis) -> tuple[UUID, int]:
        own = identifier("job", job)
        require_may(actor(by), REHEARSING)
        many = await trinvis.mover().again(own)
        await trinvis.take_up(own)
        return own, many

    own, many = carry_out(out, work)
    if out.as_json:
        out.data(BegunMove(own, many))
    else:
        out.line(out.say("moves", "again", job=own, count=many))


def _job(job: Job, counted: Counted) -> MoveJob:
    return MoveJob(
        job=job.id,
        source=job.source,
        target=job.target,
        by=str(job.by),
        at=job.at,
        state=job.state,
        pathways=counted.total,
        waiting=counted.waiting,
        moved=counted.moved,
        refused=counted.refused,
        failed=counted.failed,
        passed_over=counted.passed_over,
        undone=counted.undone,
        kept=counted.kept,
    )


def _pathway(wording: Wording, became: Became) -> MovedPathway:
    turned = became.turned_down
    says = _why(wording, became) if turned else None
    return MovedPathway(became.pathway, became.outcome, turned.code if turned else None, says)


def _why(wording: Wording, became: Became) -> str:
    if became.turned_down is None:
        return ""
    if became.outcome == "failed":
        return wording.say("console", "moves", "failed", error=became.turned_down.code)
    return turned_down(wording, became.turned_down)


def _show_job(out: Out, job: Job, counted: Counted) -> None:
    state = out.say("moves", "state", job.state)
    out.line(f"{job.id}  {clock(job.at)}  {job.source} → {job.target}  {state}")
    told = ((name, getattr(counted, name)) for name in OUTCOMES)
    done = ", ".join(f"{out.say('moves', 'outcome', name)} {many}" for name, many in told if many)
    out.line(f"  {done or out.say('nothing')}")
