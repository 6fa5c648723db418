"""The pictures of a simulation: how long people wait and stay, their hours, the load of each role, how it stands."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from domain.pathway.state import OVER
from domain.programme.shape import Programme
from simulation.drawing import BOTTOM, COLOURS, ENDED, LEFT, RIGHT, TOP, WIDTH, Picture, Scale, apart, axes, ticks
from simulation.figures import Figures, Weekly, Work
from simulation.records import What
from simulation.summary import median
from simulation.survival import FEWEST, Curve
from simulation.tables import told
from texts.catalogue import Wording

HALF = 0.5
PANEL = 118
"""How high the panel of one role is."""
ROW = 26
"""How high the bar of one outcome is."""
A_QUARTER = 13
"""Unit: weeks."""

Draw = Callable[[Figures, Programme, Wording], str]


def pictures(found: Figures, programme: Programme, wording: Wording) -> dict[str, str]:
    """By file name, each picture."""
    drawn: Mapping[str, Draw] = {
        "waiting.svg": _waiting,
        "phases.svg": _phases,
        "hours.svg": _hours,
        "load.svg": _load,
        "outcomes.svg": _outcomes,
    }
    return {name: draw(found, programme, wording) for name, draw in drawn.items()}


def _waiting(found: Figures, programme: Programme, wording: Wording) -> str:
    del programme
    return _curves({wording.say("simulation", "still_waiting"): found.waiting}, "waiting", wording)


def _phases(found: Figures, programme: Programme, wording: Wording) -> str:
    curves = {programme.phases[name].title.in_language(wording.language): each for name, each in found.phases.items()}
    return _curves(curves, "phases", wording)


def _curves(curves: Mapping[str, Curve], key: str, wording: Wording) -> str:
    """Shares that last, day by day; no line goes further than anybody was seen."""
    picture = Picture(wording.say("simulation", key, "title"), wording.say("simulation", key, "note"))
    across = ticks(max(each.longest for each in curves.values()))
    scale = Scale(across[-1], 1, TOP, picture.height - BOTTOM)
    shares = [(share / 4, f"{share * 25} %") for share in range(5)]
    axes(picture, scale, [(day, wording.number(day)) for day in across], shares)
    picture.rule(scale.at(0, HALF), scale.at(scale.most_x, HALF), "half")
    picture.text(LEFT, picture.height - 12, wording.say("simulation", "days"), kind="note")
    shown = {name: each for name, each in curves.items() if each.cases >= FEWEST}
    ends = apart([scale.at(0, _last(each))[1] for each in shown.values()], 40, scale.foot - 19)
    for (name, each), colour, foot in zip(shown.items(), _colours(len(shown)), ends, strict=True):
        picture.line([scale.at(*point) for point in _staircase(each)], colour)
        picture.bar((WIDTH - RIGHT + 8, foot - 6), 10, 10, colour)
        picture.text(WIDTH - RIGHT + 24, foot + 4, name)
        picture.text(WIDTH - RIGHT + 24, foot + 19, median(each, wording), kind="note")
    return picture.svg()


def _colours(many: int) -> list[str]:
    return [COLOURS[place % len(COLOURS)] for place in range(many)]


def _last(each: Curve) -> float:
    return each.steps[-1][1] if each.steps else 1.0


def _staircase(each: Curve) -> list[tuple[float, float]]:
    points, share = [(0.0, 1.0)], 1.0
    for day, after in each.steps:
        points += [(day, share), (day, after)]
        share = after
    return [*points, (each.longest, share)]


def _hours(found: Figures, programme: Programme, wording: Wording) -> str:
    picture = Picture(wording.say("simulation", "hours", "title"), wording.say("simulation", "hours", "note"))
    known = [
        (place, week.minutes / 60 / week.running) for place, week in enumerate(found.weeks) if week.running >= FEWEST
    ]
    norm = programme.weekly_hours.norm if programme.weekly_hours else 0
    up = ticks(max([norm, *(hours for _, hours in known)]))
    scale = Scale(max(len(found.weeks) - 1, 1), up[-1], TOP, picture.height - BOTTOM)
    axes(picture, scale, _dates(found.weeks, wording), [(each, wording.number(each)) for each in up])
    if norm:
        picture.rule(scale.at(0, norm), scale.at(scale.most_x, norm), "half")
        picture.text(WIDTH - RIGHT + 8, scale.at(0, norm)[1] + 4, wording.say("simulation", "norm"), kind="note")
    picture.line([scale.at(*point) for point in known], COLOURS[0])
    return picture.svg()


def _dates(weeks: Sequence[Weekly], wording: Wording) -> list[tuple[float, str]]:
    apart_by = A_QUARTER * max(1, len(weeks) // (A_QUARTER * 8))
    return [(place, _month(weeks[place].first_day, wording)) for place in range(0, len(weeks), apart_by)]


def _month(day: date, wording: Wording) -> str:
    return wording.say("simulation", "month", month=f"{day:%m}", year=f"{day:%Y}")


def _load(found: Figures, programme: Programme, wording: Wording) -> str:
    """A panel for each role, its kinds of work stacked week by week; what is overdue lies below the line."""
    del programme
    roles = list(dict.fromkeys(work.role for work in found.work))
    picture = Picture(
        wording.say("simulation", "load", "title"),
        wording.say("simulation", "load", "note"),
        height=TOP + PANEL * max(len(roles), 1) + BOTTOM,
    )
    for place, role in enumerate(roles):
        top = TOP + PANEL * place
        works = [work for work in found.work if work.role is role]
        picture.text(LEFT, top + 6, wording.naming.called("role", role))
        _panel(picture, works, top + 16, wording)
    foot = TOP + PANEL * len(roles) - 20
    axes(picture, Scale(max(len(found.weeks), 1), 1, foot - 1, foot), _dates(found.weeks, wording), [])
    return picture.svg()


def _panel(picture: Picture, works: Sequence[Work], top: float, wording: Wording) -> None:
    many = len(works[0].by_week)
    highest = max(sum(work.by_week[week] for work in works) for week in range(many))
    scale = Scale(many, highest, top, top + PANEL - 42)
    axes(picture, scale, [], [(0, "0"), (highest, wording.number(highest))])
    width = (WIDTH - LEFT - RIGHT) / many
    below = [0] * many
    for place, work in enumerate(works):
        for week, count in enumerate(work.by_week):
            if count:
                corner = scale.at(week, below[week] + count)
                height = scale.at(week, below[week])[1] - corner[1]
                picture.bar(corner, width * 0.92, height, _colour(work.what))
                below[week] += count
        words = wording.say("simulation", "what", work.what)
        picture.bar((WIDTH - RIGHT + 8, top - 4 + 16 * place), 10, 10, _colour(work.what))
        picture.text(WIDTH - RIGHT + 24, top + 5 + 16 * place, words, kind="note")


def _colour(what: What) -> str:
    return COLOURS[list(What).index(what) % len(COLOURS)]


def _outcomes(found: Figures, programme: Programme, wording: Wording) -> str:
    """A bar for each outcome; whoever has none yet stands hatched, so that it is not read as one."""
    outcomes = programme.outcomes
    every: list[tuple[str, int, str | None]] = [
        *(
            (wording.naming.called("stage", stage), many, ENDED if stage in OVER else None)
            for stage, many in found.open.items()
        ),
        *(
            (outcomes[name].title.in_language(wording.language), many, COLOURS[0])
            for name, many in found.outcomes.items()
        ),
    ]
    note = wording.say("simulation", "outcomes", "note")
    picture = Picture(wording.say("simulation", "outcomes", "title"), note, height=TOP + ROW * len(every) + 24)
    most = max((many for _, many, _ in every), default=1)
    begins, width = 250, WIDTH - 250 - 70
    for place, (name, many, colour) in enumerate(every):
        top = TOP + ROW * place
        shown = width * (many if many >= FEWEST else 0) / most
        picture.text(begins - 10, top + 14, name, anchor="end")
        picture.bar((begins, top), shown, ROW - 8, colour)
        picture.text(begins + shown + 8, top + 14, str(told(many)), kind="note")
    return picture.svg()
