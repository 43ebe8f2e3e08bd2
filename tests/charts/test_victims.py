"""The persons of a year by group, beside those of the year before where they may be compared."""

from pathlib import Path

import pytest

from reporter.charts.victims import victims_year
from reporter.context import Context
from reporter.document.document import Figure
from reporter.model import vintage
from tests import small
from tests.charts.shown import ENGLISH


def made(path: Path, now: str, before: str) -> Figure | None:
    """The chart of a small workspace with these identified victims."""
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures:\n  victims.identified: {text}\n"
        for year, text in ((2019, before), (2020, now))
    }
    return victims_year(Context(vintage(small.load(path, {small.TEXT: "", **files}), "XX", 2020), ENGLISH))


NOW = "{total: 24, by person: {women: 16, men: 7, children: 1}}"


def told(figure: Figure | None) -> list[tuple[str, int, int, str]]:
    assert figure
    return [(each.label, each.count, each.before, each.past) for each in figure.plot.groups]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "{total: 39, by person: {women: 17, men: 18, children: 4}}",
            [("Women", 16, 17, "after 17"), ("Men", 7, 18, "after 18"), ("Children", 1, 4, "after 4")],
        ),
        # Of which nothing is said, where the others make the whole.
        (
            "{total: 35, by person: {women: 17, men: 18}}",
            [("Women", 16, 17, "after 17"), ("Men", 7, 18, "after 18"), ("Children", 1, 0, "after 0")],
        ),
        # Girls and boys of one year only.
        (
            "{total: 39, by person: {women: 17, men: 18, children: 4, girls: 3, boys: 1}}",
            [("Women", 16, 17, "after 17"), ("Men", 7, 18, "after 18"), ("Children", 1, 4, "after 4")],
        ),
    ],
)
def test_both_years_stand_by_group(tmp_path: Path, before: str, expected: list[tuple[str, int, int, str]]) -> None:
    figure = made(tmp_path, NOW, before)
    assert expected == told(figure)
    assert figure
    assert ("2020", "2019") == figure.plot.labels  # type: ignore[union-attr]
    assert "24 in 2020" in figure.unit_line


@pytest.mark.parametrize(
    "before",
    [
        "missing",
        "{total: 39, by person: {women: 17, men: 18}}",
        "{total: at least 39, by person: {women: 17, men: 18, children: 4}}",
        "{total: 500, by person: {women: 300, men: 200}}",
    ],
)
def test_a_year_that_cannot_be_compared_is_not_shown(tmp_path: Path, before: str) -> None:
    figure = made(tmp_path, NOW, before)
    assert [("Women", 16, 0, ""), ("Men", 7, 0, ""), ("Children", 1, 0, "")] == told(figure)
    assert figure
    assert ("One symbol, one person: 24", ("2020",)) == (figure.unit_line, figure.plot.labels)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "now", ["missing", "24", "{total: 24, by person: {women: 16}}", "{total: 200, by person: {women: 200}}"]
)
def test_none_where_persons_are_not_known_or_too_many(tmp_path: Path, now: str) -> None:
    assert made(tmp_path, now, "missing") is None
