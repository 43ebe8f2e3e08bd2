"""The key figures of a year: which they are, how they are drawn, what is noted."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from reporter.data.records import vintage
from reporter.report.charts.key_figures import key_figures
from reporter.report.context import Context
from reporter.report.document.document import Figure
from tests import small
from tests.charts.shown import ENGLISH

KEYED = small.FILES["data/catalogue.yaml"].replace("    dimensions: [form]\n", "    dimensions: [form]\n    key: 2\n")
KEYED = KEYED.replace("    dimensions: [person]\n", "    dimensions: [person]\n    key: 1\n")


def made(path: Path, years: Mapping[int, str]) -> Figure | None:
    files = {f"data/XX/{year}.yaml": f"year: {year}\nsource: police\n{text}" for year, text in years.items()}
    data = small.load(path, {"data/catalogue.yaml": KEYED, small.TEXT: "", **files})
    return key_figures(Context(vintage(data, "XX", max(years)), ENGLISH))


def figures(opened: str, identified: str) -> str:
    return f"figures:\n  investigations.opened: {opened}\n  victims.identified: {identified}\n"


@pytest.mark.parametrize("word", ["missing", "not applicable", "suppressed", "not collected"])
def test_a_figure_without_a_value_has_no_row(tmp_path: Path, word: str) -> None:
    figure = made(tmp_path, {2019: figures("16", "39"), 2020: figures("11", word)})
    assert figure
    assert ["Investigations opened"] == [row.label for row in figure.plot.rows]  # type: ignore[union-attr]
    assert made(tmp_path / "none", {2020: figures("missing", "missing")}) is None


@pytest.mark.parametrize(
    ("before", "change", "context"),
    [
        ("16", "▼ −5", "on 2019 (16)"),
        ("9", "▲ +2", "on 2019 (9)"),
        ("11", "", "as in 2019 (11)"),
        ("missing", "", "no figure for 2019"),
        ("at least 9", "", "not comparable: the value is not exact"),
    ],
)
def test_a_row_says_its_change_or_why_there_is_none(tmp_path: Path, before: str, change: str, context: str) -> None:
    figure = made(tmp_path, {2019: figures(before, "0"), 2020: figures("11", "0")})
    assert figure
    row = figure.plot.rows[1]  # type: ignore[union-attr]
    assert ("11", change, context) == (row.value, row.change, row.context)
