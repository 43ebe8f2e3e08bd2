"""Every output of an edition, read back cell by cell, and where two of them differ."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from reporter.data.i18n import load_locale
from reporter.data.theme.tokens import load_theme
from reporter.editions.job import Job
from reporter.editions.making.composed import documents_of
from reporter.editions.making.exports import export, extract_of, make_csv, make_json, make_xlsx
from reporter.figures.compare.figures import Manner
from reporter.formats.export.tidy import page_tables
from reporter.formats.html import to_web
from tests.editions import checked
from tests.export.extracts import read
from tests.fixtures import ROOT
from tests.read_back import (
    Cells,
    Place,
    Said,
    observations,
    of_alt_texts,
    of_drawings,
    of_observations,
    of_page,
    of_table_file,
    of_word,
    of_workbook,
)
from tests.snapshots import TEMPLATES
from tests.tables.test_tabulate import shown
from tests.word.written import word

ENGLISH = load_locale("en")
THEME = load_theme(ROOT / "assets")


def read_outputs(country: str, year: int, further: Iterable[tuple[Place, Said]] = ()) -> Mapping[Place, list[Said]]:
    """What the files of an edition say of each cell, and `further` ones."""
    job = Job(country, year, "en")
    return _by_place(job, (*_pages(job), *_files(job), *further))


def read_comparison(country: str, first: int, last: int) -> Mapping[Place, list[Said]]:
    """What a comparison of two years says of each cell."""
    job = Job(country, last, "en", Manner.YEARS, (str(first), str(last)))
    return _by_place(job, _pages(job))


def figures_of(job: Job) -> frozenset[str]:
    return frozenset(
        each.label.text("en") for each in checked(job.country).dataset.catalogue_of(job.country).indicators
    )


def _by_place(job: Job, cells: Iterable[tuple[Place, Said]]) -> Mapping[Place, list[Said]]:
    catalogue, found = checked(job.country).dataset.catalogue_of(job.country), defaultdict(list)
    parts = {"", *(each.label.text("en") for axis in catalogue.dimensions for each in axis.codes)}
    figures = figures_of(job)
    for place, said in cells:
        # What parts leave of a total has one label, whatever it is divided by.
        if place.figure in figures and place.part in parts:
            found[place].append(said)
    return found


def _files(job: Job) -> Cells:
    known, catalogue = checked(job.country), checked(job.country).dataset.catalogue_of(job.country)
    for name, content in export(extract_of(known, job, ENGLISH), [make_csv, make_json, make_xlsx]).items():
        if name.endswith("-observations.csv"):
            yield from of_observations(name, read(content), catalogue, "en")
        elif name.endswith("-observations.json"):
            yield from of_observations(name, observations(content), catalogue, "en")
        elif name.endswith(".xlsx"):
            yield from of_workbook(name, content)


def _pages(job: Job) -> Cells:
    figures = figures_of(job)
    for volume, document in documents_of(checked(job.country), job, ENGLISH).items():
        name = "-".join(filter(None, (job.stem, volume)))
        yield from of_page(f"{name}.html", to_web(document, THEME, ENGLISH.text, TEMPLATES, shown(document)))
        yield from of_drawings(f"drawings of {name}", document)
        yield from of_alt_texts(f"alt texts of {name}", document)
        for code, text in page_tables(document).items():
            yield from of_table_file(f"{name}-{code}.csv", text, figures)
        if not job.manner:
            yield from of_word(f"{name}.docx", word(document))


def differences(found: Mapping[Place, list[Said]]) -> list[str]:
    return [each for place, said in found.items() for each in _differences(place, said)]


def _differences(place: Place, said: list[Said]) -> Iterator[str]:
    about = f"{place.figure}, {place.part}, {place.year}"
    for what in ("text", "signs", "is_apart"):
        told: dict[object, str] = {}
        for each in said:
            value = getattr(each, what)
            if value is not None:
                told.setdefault(value, each.output)
        if len(told) > 1:
            yield f"{about}: {what} {told}"
