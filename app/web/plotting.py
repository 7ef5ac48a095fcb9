"""Places the numbers of a chart on a plane of fixed size: lines with gaps, points, and the steps of both axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 720, 260
"""Units of the plane."""
_MOST_STEPS = 5
_MOST_LABELS = 8
_LEAST = 1e-9
"""Below it there is nothing to be seen on any plane, and near the end of what a float can tell no logarithm."""
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a series: the column that it stands in, from 0, and where."""

    column: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Series:
    """One line: points in order, and a path that is broken where there is none."""

    points: tuple[Point, ...]
    path: str
    """For the attribute `d` of an SVG path."""


@dataclass(frozen=True, slots=True)
class Step:
    """A label on an axis and its place along it."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart, placed."""

    series: tuple[Series, ...]
    columns: tuple[Step, ...]
    """Some of the columns, from left to right."""
    rows: tuple[Step, ...]
    """From the bottom, which is 0, to the top."""
    width: int = WIDTH
    height: int = HEIGHT


def plot(numbers: Sequence[Sequence[float | None]], names: Sequence[str]) -> Plot:
    """Return the series placed; each has a number, or None for a gap, for each of the columns called `names`."""
    most = max((number for series in numbers for number in series if number is not None), default=0.0)
    steps = _steps(most)
    top = steps[-1]
    across = WIDTH / max(len(names), 1)

    def place(column: int, number: float) -> Point:
        return Point(column, round((column + 0.5) * across, 1), round(HEIGHT * (1 - number / top), 1))

    placed = [[None if n is None else place(at, n) for at, n in enumerate(series)] for series in numbers]
    every = ceil(len(names) / _MOST_LABELS)
    return Plot(
        series=tuple(Series(tuple(filter(None, points)), _path(points)) for points in placed),
        columns=tuple(Step(place(at, 0).x, name) for at, name in enumerate(names) if at % every == 0),
        rows=tuple(Step(round(HEIGHT * (1 - step / top), 1), _shown(step)) for step in steps),
    )


def _steps(most: float) -> list[float]:
    """Return the numbers to draw lines at, 0 the first and the last not less than `most`: 1, 2, 2.5 or 5 apart."""
    if most < _LEAST:
        return [0.0, 1.0]
    power = 10.0 ** floor(log10(most / _MOST_STEPS))
    apart = next(step * power for step in _STEPS if most / (step * power) <= _MOST_STEPS)
    return [step * apart for step in range(ceil(round(most / apart, 9)) + 1)]


def _path(points: Sequence[Point | None]) -> str:
    """Return a path through the points, broken at each gap."""
    drawn = []
    before = None
    for point in points:
        if point is not None:
            drawn.append(f"{'M' if before is None else 'L'}{point.x:g} {point.y:g}")
        before = point
    return "".join(drawn)


def _shown(number: float) -> str:
    return f"{number:.10g}"
