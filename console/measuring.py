"""What citizen and staff answered, side by side, with what changed and where they differ."""

from collections.abc import Iterable, Iterator

from console.answers.standing import Answered
from console.output import Out
from domain.pathway.state import Measured, Pathway
from domain.programme.measures import IndicatorSet, Rater
from domain.programme.shape import Programme


def answered(programme: Programme, pathway: Pathway) -> list[Answered]:
    """The latest answers to each measure of the programme, by whom, with the score before."""
    found = []
    for name, measure in programme.measures.items():
        for rater in measure.by:
            told = pathway.measured.get(f"{name}.{rater}", ())
            if told:
                before = told[-2].score if len(told) > 1 else None
                found.append(Answered(name, rater, told[-1].at, list(told[-1].answers), told[-1].score, before))
    return found


def show_measures(out: Out, programme: Programme, pathway: Pathway) -> None:
    """One line for each score, one for each indicator; nothing where nobody has answered."""
    lines = [
        line
        for name, measure in programme.measures.items()
        for line in (
            _indicators(out, pathway, name, measure)
            if isinstance(measure, IndicatorSet)
            else _score(out, pathway, name, measure.by)
        )
    ]
    if lines:
        out.heading(out.say("measures"))
    for line in lines:
        out.line(f"  {line}")


def _score(out: Out, pathway: Pathway, name: str, raters: Iterable[Rater]) -> Iterator[str]:
    for rater in raters:
        told = pathway.measured.get(f"{name}.{rater}", ())
        if told:
            score, before = told[-1].score, told[-2].score if len(told) > 1 else None
            given = sum(answer is not None for answer in told[-1].answers)
            change = None if score is None or before is None else _signed(out, score - before)
            values = {"score": score, "change": change, "given": given, "asked": len(told[-1].answers)}
            yield out.say("measured", measure=name, at=told[-1].at, **values)


def _indicators(out: Out, pathway: Pathway, name: str, measure: IndicatorSet) -> Iterator[str]:
    latest = {rater: told[-1] for rater in measure.by if (told := pathway.measured.get(f"{name}.{rater}", ()))}
    if not latest:
        return
    yield out.say("indicators", measure=name, at=max(each.at for each in latest.values()))
    for place, title in enumerate(measure.items.values()):
        answers = {rater: _answer(each, place) for rater, each in latest.items()}
        said = ", ".join(
            f"{out.wording.naming.called('rater', rater)} {_shown(each)}" for rater, each in answers.items()
        )
        citizen, worker = answers.get(Rater.CITIZEN), answers.get(Rater.WORKER)
        apart = None if citizen is None or worker is None else _signed(out, worker - citizen)
        yield out.say("indicator", title=title.in_language(out.language), said=said, apart=apart)


def _answer(told: Measured, place: int) -> int | None:
    """One of the answers; none where that question came with a later version."""
    return told.answers[place] if place < len(told.answers) else None


def _shown(answer: int | None) -> str:
    return "-" if answer is None else str(answer)


def _signed(out: Out, difference: float) -> str:
    return f"{'+' if difference > 0 else ''}{out.wording.number(difference)}"
