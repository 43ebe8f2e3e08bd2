"""Load the sides of a comparison. Each has its figures and the edition it shows."""

from dataclasses import replace

from reporter.data.errors import Finding, WordedError
from reporter.data.i18n import N_, Locale
from reporter.data.records import Dataset, Vintage, is_given, vintage
from reporter.editions.checked import CheckedDataset, blocking_findings, of_data
from reporter.editions.job import Job
from reporter.figures.compare.erratum import Erratum
from reporter.figures.compare.figures import compare_figures
from reporter.figures.compare.sides import Manner, Side, Sides
from reporter.report.context import Context

EMPTY = N_("{empty} states no figure yet: answer one, or choose another")
OTHERS = N_("each of them states other figures: choose others")


def _sides_of(dataset: Dataset, job: Job) -> Sides | None:
    """The sides that a job lays beside each other. Of a profile they are its year and the year before, both as they
    were known in the edition; None when that has no file."""
    country = job.country
    if job.manner is None:
        known, before = vintage(dataset, country, job.year), job.year - 1
        if known.data.year(before) is None:
            return None
        earlier = Side(before, known, vintage(dataset, country, before))
        return Sides(Manner.YEARS, (earlier, Side(job.year, known, known)))
    if job.manner is Manner.YEARS:
        # Figures are as known now; texts and law are those of each year's own edition.
        known = _vintage_of(dataset, job)
        sides = [Side(year, known, vintage(dataset, country, year)) for year in map(int, job.beside)]
    elif job.manner is Manner.EDITIONS:
        # One year, as the files up to each edition knew it.
        editions = [(vintage(dataset, country, job.year, as_of=year), year) for year in map(int, job.beside)]
        sides = [Side(job.year, figures, vintage(dataset, country, year)) for figures, year in editions]
    else:
        latest = [vintage(dataset, code, job.year, as_of=_last(dataset, code)) for code in job.beside]
        sides = [Side(job.year, each, each) for each in latest]
    return Sides(job.manner, tuple(sides))


def _vintage_of(dataset: Dataset, job: Job) -> Vintage:
    """The vintage that a document is written from. Of years and countries side by side, that is the vintage of the
    latest files."""
    latest = job.manner in (Manner.YEARS, Manner.COUNTRIES)
    return vintage(dataset, job.country, job.year, as_of=_last(dataset, job.country) if latest else None)


def stopping_findings(checked: CheckedDataset, job: Job, *, strict: bool = False) -> tuple[Finding, ...]:
    """The findings that stop a document in its language. Years and countries are compared as they are known now, so
    files of later years have a part in it: what they say of the years compared, and not their own figures and texts,
    which may be half written."""
    if job.manner is None:
        return blocking_findings(checked, job.year, (job.language,), strict=strict)
    last = job.year if job.manner is Manner.COUNTRIES else max(map(int, job.beside))
    is_known_now = job.manner is not Manner.EDITIONS
    until = max(_last(checked.dataset, each) or last for each in job.countries) if is_known_now else last
    found = blocking_findings(checked, max(until, last), (job.language,), first=0, strict=strict)
    earlier = {each for each in of_data(found) if each.year is None or each.year <= last}
    return tuple(each for each in found if each.since <= last or each in earlier)


def context_of(dataset: Dataset, job: Job, locale: Locale, erratum: Erratum | None = None) -> Context:
    """The context from which charts, tables and files are made. Raises UsageError when the sides of a comparison share
    no figure."""
    sides = _sides_of(dataset, job)
    rows = compare_figures(sides) if sides else ()
    if job.manner and not any(sum(map(is_given, row.values)) > 1 for row in rows):
        values = [[row.values[place] for row in rows] for place in range(len(job.beside))]
        empty = [name for name, each in zip(job.beside, values, strict=True) if not any(map(is_given, each))]
        remedy = EMPTY if empty else OTHERS
        raise WordedError("{sides} have no figure in common", remedy, sides=job.beside, empty=tuple(empty) or "")
    known = _vintage_of(dataset, job)
    if sides and job.manner is Manner.COUNTRIES:
        known = replace(known, catalogue=sides.catalogue)
    return Context(vintage=known, locale=locale, sides=sides, rows=rows, erratum=erratum, audience=job.audience)


def _last(dataset: Dataset, country: str) -> int | None:
    data = dataset.country(country)
    return data.years[-1].year if data and data.years else None
