"""What the figures of an edition show: bars, values, words."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from reporter.data.i18n import load_locale
from reporter.data.records import ChartChoice, Dataset, Vintage, is_given, vintage
from reporter.report.charts import CHARTS, make_chart
from reporter.report.context import Context
from reporter.report.document.document import Cell, Figure
from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import dataset_of

EDITIONS = [("LT", year) for year in (2009, 2012, 2017, 2020)] + [("XX", year) for year in (2018, 2019, 2022)]
FULL = [("LT", 2020), ("XX", 2022)]
NOTHING = (":", "–", "c")
ENGLISH = load_locale("en")


@cache
def dataset(country: str) -> Dataset:
    return dataset_of(RURITANIA if country == "XX" else LITHUANIA, (country,))


@cache
def known(country: str, year: int) -> Vintage:
    return vintage(dataset(country), country, year)


def by_itself(edition: Vintage) -> Vintage:
    """The edition of a workspace that leaves out what others give way to, so that each chart draws all that it can."""
    choice = ChartChoice(leave_out=("key_figures", "victims_by_person"))
    return replace(edition, settings=replace(edition.settings, charts=choice))


@cache
def figures(country: str, year: int, *, alone: bool = False) -> dict[str, Figure]:
    edition = by_itself(known(country, year)) if alone else known(country, year)
    made = {code: make_chart(code, Context(edition, ENGLISH)) for code in CHARTS}
    return {code: figure for code, figure in made.items() if figure}


def shown(code: str) -> Iterator[tuple[Vintage, Figure]]:
    for edition in EDITIONS:
        for alone in (False, True):
            if code in figures(*edition, alone=alone):
                yield known(*edition), figures(*edition, alone=alone)[code]


def number(cell: Cell) -> Decimal | None:
    """What a cell says as a number; None for nothing."""
    if cell.observation:
        return cell.observation.value if is_given(cell.observation) else None
    return None if cell.text in NOTHING else Decimal(cell.text.replace(",", ""))
