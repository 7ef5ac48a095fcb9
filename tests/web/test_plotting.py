"""Numbers are placed where their size and their column say, and a gap breaks a line."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.web.plotting import HEIGHT, WIDTH, plot


def test_numbers_stand_at_their_height_in_the_middle_of_their_column() -> None:
    placed = plot([[0, 5, 10]], ["2001", "2002", "2003"])
    assert [(point.x, point.y) for point in placed.series[0].points] == [(120, HEIGHT), (360, HEIGHT / 2), (600, 0)]
    assert placed.series[0].path == f"M120 {HEIGHT}L360 {HEIGHT // 2}L600 0"
    assert [step.label for step in placed.rows] == ["0", "2", "4", "6", "8", "10"]


def test_a_gap_breaks_the_line() -> None:
    series = plot([[1, None, 1, 1]], ["a", "b", "c", "d"]).series[0]
    assert [point.column for point in series.points] == [0, 2, 3]
    assert series.path.count("M") == 2


@pytest.mark.parametrize(
    ("most", "labels"),
    [
        (0.0, ["0", "1"]),
        (0.037, ["0", "0.01", "0.02", "0.03", "0.04"]),
        (1, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (11, ["0", "2.5", "5", "7.5", "10", "12.5"]),
        (730, ["0", "200", "400", "600", "800"]),
    ],
)
def test_steps_are_round_and_reach_over_the_highest(most: float, labels: list[str]) -> None:
    assert [step.label for step in plot([[most]], ["2001"]).rows] == labels


def test_no_more_labels_stand_below_than_can_be_read() -> None:
    for many in (1, 8, 9, 63, 120):
        assert 1 <= len(plot([[1.0] * many], [str(n) for n in range(many)]).columns) <= 8


@example([[5e-324, 0.0, None]])
@given(st.lists(st.lists(st.none() | st.floats(0, 1e9), min_size=3, max_size=3), max_size=5))
def test_every_point_is_on_the_plane(numbers: list[list[float | None]]) -> None:
    placed = plot(numbers, ["a", "b", "c"])
    for series in placed.series:
        assert all(0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in series.points)


def test_nothing_to_draw_is_an_empty_plane() -> None:
    assert plot([], []).series == ()
