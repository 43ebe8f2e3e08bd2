"""Load the sides of a comparison.

Each has its figures and the edition it shows.
"""

from collections.abc import Sequence

from reporter.comparison import Compared, Manner, Side, Sides, compare_figures
from reporter.comparison.erratum import Erratum
from reporter.context import Context
from reporter.edition.job import Job
from reporter.errors import UsageError
from reporter.i18n import Locale
from reporter.model import Dataset, Vintage, is_given, vintage

# A hint with more figures is no longer read.
MOST_NAMED = 5


def sides_of(dataset: Dataset, job: Job) -> Sides | None:
    """The sides that a job lays beside each other.

    Of a profile they are its year and the year before; None when that has no file.
    """
    if job.manner is Manner.YEARS:
        return _years(dataset, job)
    if job.manner is Manner.EDITIONS:
        return Sides(Manner.EDITIONS, tuple(_edition(dataset, job, int(edition)) for edition in job.beside))
    if job.manner is Manner.COUNTRIES:
        return Sides(Manner.COUNTRIES, tuple(_country(dataset, code, job.year) for code in job.beside))
    return _year_before(dataset, job)


def vintage_of(dataset: Dataset, job: Job) -> Vintage:
    """The vintage that a document is written from.

    Of years and countries side by side, that is the vintage of the latest files.
    """
    latest = job.manner in (Manner.YEARS, Manner.COUNTRIES)
    return vintage(dataset, job.country, job.year, as_of=_last(dataset, job.country) if latest else None)


def last_year_read(dataset: Dataset, job: Job) -> int:
    """The latest year whose file has a part in a document.

    An error in it, or before, stops the document.
    """
    if job.manner is Manner.EDITIONS:
        return max(map(int, job.beside))
    if job.manner is None:
        return job.year
    return max(_last(dataset, country) or job.year for country in job.countries)


def context_of(dataset: Dataset, job: Job, locale: Locale, erratum: Erratum | None = None) -> Context:
    """The context from which charts, tables and files are made.

    Raises UsageError when the sides of a comparison share no figure.
    """
    sides = sides_of(dataset, job)
    rows = compare_figures(sides) if sides else ()
    if job.manner and not any(sum(map(is_given, row.values)) > 1 for row in rows):
        raise UsageError(f"{' and '.join(job.beside)} have no figure in common", hint=_figures_by_side(job, rows))
    return Context(vintage=vintage_of(dataset, job), locale=locale, sides=sides, rows=rows, erratum=erratum)


def _figures_by_side(job: Job, rows: Sequence[Compared]) -> str:
    """List the figures that each side has."""
    given = ([row.address for row in rows if is_given(row.values[place])] for place in range(len(job.beside)))
    return "; ".join(f"of {name}: {_shortened(codes)}" for name, codes in zip(job.beside, given, strict=True))


def _shortened(codes: Sequence[str]) -> str:
    more = ", …" if len(codes) > MOST_NAMED else ""
    return f"{', '.join(codes[:MOST_NAMED])}{more}" if codes else "none"


def _years(dataset: Dataset, job: Job) -> Sides:
    """The sides for several years of a country.

    Figures are as known now; texts and law are those of each year's own edition.
    """
    known = vintage_of(dataset, job)
    years = [int(year) for year in job.beside]
    return Sides(Manner.YEARS, tuple(Side(year, known, vintage(dataset, job.country, year)) for year in years))


def _edition(dataset: Dataset, job: Job, edition: int) -> Side:
    """One year, as the files up to an edition knew it."""
    known = vintage(dataset, job.country, job.year, as_of=edition)
    return Side(job.year, known, vintage(dataset, job.country, edition))


def _country(dataset: Dataset, country: str, year: int) -> Side:
    known = vintage(dataset, country, year, as_of=_last(dataset, country))
    return Side(year, known, known)


def _year_before(dataset: Dataset, job: Job) -> Sides | None:
    """The sides of a profile: the year before, and its own.

    Both are as they were known in the edition; None when the year before has no file.
    """
    known = vintage(dataset, job.country, job.year)
    before = job.year - 1
    if known.data.year(before) is None:
        return None
    earlier = vintage(dataset, job.country, before)
    return Sides(Manner.YEARS, (Side(before, known, earlier), Side(job.year, known, known)))


def _last(dataset: Dataset, country: str) -> int | None:
    data = dataset.country(country)
    return data.years[-1].year if data and data.years else None
