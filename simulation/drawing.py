"""Drawing plain charts as SVG: a title that says it, few lines, direct labels, light and dark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape

WIDTH = 840
LEFT, RIGHT, TOP, BOTTOM = 64, 230, 76, 52
COLOURS = ("#2f6f8f", "#d9822b", "#5a9367", "#a2477a", "#8a6d3b", "#6b6fb5")
STYLE = """\
svg{font-family:system-ui,-apple-system,'Segoe UI',sans-serif;background:#fff}
text{fill:#222;font-size:13px}.title{font-size:19px;font-weight:600}.note{fill:#666;font-size:12.5px}
.grid{stroke:#e3e3e3}.half{stroke:#999;stroke-dasharray:4 4}.paper{fill:#fff}.open{fill:url(#open)}
@media(prefers-color-scheme:dark){svg{background:#17191c}text{fill:#e8e8e8}.note{fill:#a5a5a5}.grid{stroke:#33373b}
.paper{fill:#17191c}}"""
ENDED = "#a3a9b0"
"""The colour of what ended before it began."""
HATCHED = (
    '<pattern id="open" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="#c9cdd2"/><rect width="3" height="7" fill="#9aa1a9"/></pattern>'
)
"""The pattern of what has not ended: never a colour of its own, so that it is not read as an outcome."""
STEPS = (1, 2, 5)

Point = tuple[float, float]


@dataclass
class Picture:
    """A chart that is being drawn."""

    title: str
    note: str
    height: int = 400
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", kind: str = "") -> None:
        """Words, at their foot."""
        named = f' class="{kind}"' if kind else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{named}>{escape(words)}</text>')

    def line(self, points: Iterable[Point], colour: str, width: float = 2.4) -> None:
        """A line through those points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"/>'
        )

    def rule(self, begins: Point, ends: Point, kind: str) -> None:
        """A thin straight line."""
        (x1, y1), (x2, y2) = begins, ends
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>')

    def bar(self, corner: Point, width: float, height: float, colour: str | None) -> None:
        """A bar from its upper left corner; without a colour it is hatched."""
        x, y = corner
        filled = f'fill="{colour}"' if colour else 'class="open"'
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {filled}/>')

    def svg(self) -> str:
        """The whole file."""
        heading = Picture("", "")
        heading.text(20, 32, self.title, kind="title")
        heading.text(20, 53, self.note, kind="note")
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" role="img">',
            f"<title>{escape(self.title)}</title>",
            f"<style>{STYLE}</style>",
            f"<defs>{HATCHED}</defs>",
            f'<rect class="paper" width="{WIDTH}" height="{self.height}"/>',
            *heading.parts,
            *self.parts,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Scale:
    """Where values lie on the paper."""

    most_x: float
    most_y: float
    top: float
    foot: float

    def at(self, x: float, y: float) -> Point:
        """The place of a value."""
        across = WIDTH - LEFT - RIGHT
        return LEFT + across * x / self.most_x, self.foot - (self.foot - self.top) * y / self.most_y


def ticks(most: float, about: int = 5) -> list[float]:
    """Round values from 0 up to at least *most*."""
    rough, power = max(most, 1e-9) / about, 1.0
    while power * 10 <= rough:
        power *= 10
    while power > rough:
        power /= 10
    step = next((power * each for each in STEPS if power * each >= rough), power * 10)
    return [step * number for number in range(int(-(-most // step)) + 1)] if most else [0.0, 1.0]


def axes(picture: Picture, scale: Scale, across: Sequence[tuple[float, str]], up: Sequence[tuple[float, str]]) -> None:
    """Lines and words along both sides."""
    for value, words in up:
        left, right = scale.at(0, value), scale.at(scale.most_x, value)
        picture.rule(left, right, "grid")
        picture.text(left[0] - 8, left[1] + 4, words, anchor="end", kind="note")
    for value, words in across:
        x, _ = scale.at(value, 0)
        picture.text(x, scale.foot + 20, words, anchor="middle", kind="note")


def apart(places: Sequence[float], least: float, foot: float) -> list[float]:
    """The same places in the same order, moved down where they would lie on each other, and up from below *foot*."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + least)
    for after, before in pairwise(reversed(order)):
        moved[after] = min(moved[after], foot)
        moved[before] = min(moved[before], moved[after] - least)
    return moved
