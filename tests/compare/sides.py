"""Editions, years and countries to be compared, and what is told of them."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from reporter.data.i18n import load_locale
from reporter.data.records import Dataset
from reporter.editions.checked import CheckedDataset
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.editions.making.exports import comparison_text
from reporter.editions.state import context_of
from reporter.figures.compare.figures import FigureRow, Manner
from reporter.report.context import Context
from reporter.report.document.document import Cell, Document, Figure, Table
from reporter.report.document.plot import Bar, Panels
from reporter.text.tree import Text
from tests import small
from tests.snapshots import dataset_of, translated
from tests.texts import html

ENGLISH = load_locale("en")
LITHUANIAN = translated("lt")
CATALOGUE = (
    small.FILES["data/catalogue.yaml"]
    .replace("    terms: {en: [investigations]}\n", "    terms: {en: [investigations]}\n    key: 1\n")
    .replace("{en: Investigations opened}", "{en: Investigations opened, lt: Pradėti tyrimai}")
)
OPENED = "investigations.opened"


def years(*names: int, country: str = "LT", language: str = "en") -> Job:
    return Job(country, names[-1], language, Manner.YEARS, tuple(map(str, names)))


def editions(year: int, *names: int, country: str = "XX") -> Job:
    return Job(country, year, "en", Manner.EDITIONS, tuple(map(str, names)))


def rows(dataset: Dataset, job: Job) -> dict[str, FigureRow]:
    found = context_of(dataset, job, ENGLISH).rows
    return {row.address: row for top in found for row in (top, *top.parts)}


def written(tmp_path: Path, before: str, after: str, rest: str = "") -> Dataset:
    return small.load_public(tmp_path, written_files(before, after, rest))


def written_files(before: str, after: str, rest: str = "") -> dict[str, str | None]:
    return {
        "data/catalogue.yaml": CATALOGUE,
        "data/XX/2018.yaml": None,
        "data/XX/2019.yaml": f"year: 2019\nsource: police\nfigures: {{{OPENED}: {before}, victims.identified: 3}}\n",
        small.YEAR: f"{small.HEAD}figures: {{{OPENED}: {after}, victims.identified: 5}}\n{rest}",
        small.TEXT: "# general_situation\n\nNothing is said.\n",
    }


def made(dataset: Dataset, job: Job) -> Document:
    return document_of(CheckedDataset(dataset, ()), job, translated(job.language))


def block(document: Document, code: str) -> Table | Figure:
    return next(each for each in (*document.tables(), *document.figures()) if each.code == code)


def columns(document: Document, label: str) -> tuple[Bar, ...]:
    """The columns that are drawn of a figure, one for each side; empty of one that is not drawn."""
    plots = [each.plot for each in document.figures() if each.code == "compared_columns"]
    panels = (panel for plot in plots if isinstance(plot, Panels) for panel in plot.panels)
    return next((panel.bars for panel in panels if panel.title == label), ())


def said(document: Document) -> str:
    section = next(each for each in document.walk() if each.code == "compared_words")
    return "".join(html(each) for each in section.blocks if isinstance(each, Text))


def reasons_of(document: Document) -> list[str]:
    return re.findall("<li>(.*?)</li>", said(document))


def of_five_years(tmp_path: Path, values: tuple[int | str, ...]) -> Dataset:
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{{OPENED}: {value}}}\n"
        for year, value in zip(range(2016, 2021), values, strict=True)
    }
    return small.load(tmp_path, files | {"data/catalogue.yaml": CATALOGUE, small.TEXT: "# general_situation\n\nNo.\n"})


NOTE_MARKS = re.compile(r"\(\d+\)")


def shown(cell: Cell) -> str:
    """A cell as the terminal shows it, without the marks of notes: their numbers are those of each table."""
    return NOTE_MARKS.sub("", cell.text + "".join(cell.marks))


def terminal_row(context: Context, label: str) -> list[str]:
    """What stands in the row of this label on the terminal, in the first of its tables."""
    row, *_ = [line for line in comparison_text(context).splitlines() if line.startswith(f"{label}  ")]
    return [NOTE_MARKS.sub("", each) for each in re.split("  +", row)]


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


PEOPLE = """\
  population.inhabitants:
    label: {en: Inhabitants}
    unit: persons
    kind: stock
    population: inhabitants
    definition: {en: At the beginning of the year.}
"""


MANY = "population.inhabitants: 2400000"


def countries(tmp_path: Path, people: str, convicted: str = "4", changed: Mapping[str, str] = {}) -> Document:
    """Two countries with persons convicted; `people` and `convicted` are said of the second one."""
    head = "year: 2020\nsource: police\nfigures: {persons.convicted: "
    files = {
        "data/catalogue.yaml": CATALOGUE + PEOPLE,
        small.YEAR: head + "6, population.inhabitants: 1200000}\n",
        small.TEXT: "# general_situation\n\nNothing is said.\n",
        "data/YY/country.yaml": "code: YY\nrapporteur: {en: R}\npublisher: {en: P}\nsource: police\n",
        "data/YY/2020.yaml": head + f"{convicted}{people}}}\n",
    }
    dataset = dataset_of(small.write(tmp_path, files | dict(changed)), ("XX", "YY"))
    return made(dataset, Job("XX", 2020, "en", Manner.COUNTRIES, ("XX", "YY")))
