"""Check permissions to publish small counts against a whole workspace. An edition is made from its own files only, and
cannot tell what another country or a later year has."""

from collections.abc import Iterator

from reporter.analysis.small_counts import permissions_of, small_counts
from reporter.errors import DataError, Finding, Mark, Severity, nearest
from reporter.files.sources import Sources, known_countries, known_years
from reporter.model import CountryData, Dataset, Permission, vintage

UNUSED = "permission-unused"


def permission_findings(sources: Sources, dataset: Dataset) -> tuple[Finding, ...]:
    """What is wrong with the permissions for the countries of a dataset."""
    found = (finding for each in dataset.settings.small_counts for finding in _findings(each, sources, dataset))
    return tuple(dict.fromkeys(found))


def refuse_wrong_permissions(sources: Sources, dataset: Dataset) -> None:
    """Refuse permissions that name what there is not. Raises DataError with the errors."""
    if wrong := tuple(each for each in permission_findings(sources, dataset) if each.severity is Severity.ERROR):
        raise DataError(wrong)


def _findings(each: Permission, sources: Sources, dataset: Dataset) -> Iterator[Finding]:
    countries = known_countries(sources)
    if each.country not in countries:
        message = f"publish_small_counts: there is no country {each.country!r}"
        yield _error("unknown-code", each.mark, message, nearest(each.country, countries))
    data = dataset.country(each.country)
    if data is None:
        return
    wrong = [*_unknown(each, data, dataset), *_unended(each, known_years(sources, each.country))]
    yield from wrong
    if not wrong and not any(
        each in permissions_of(count, known)
        for known in (vintage(dataset, each.country, year.year) for year in reversed(data.years))
        for count in small_counts(known)
    ):
        message = f"the permission covers no small count of {each.country}"
        hint = "take the entry out, or correct its source, figures or years"
        yield Finding(severity=Severity.WARNING, code=UNUSED, message=message, mark=each.mark, hint=hint)


def _unknown(each: Permission, data: CountryData, dataset: Dataset) -> Iterator[Finding]:
    catalogue = dataset.catalogue_of(each.country)
    sources = [source.code for source in catalogue.sources]
    if each.source and each.source not in sources:
        message = f"publish_small_counts: {each.country} has no source {each.source!r}"
        yield _error("unknown-source", each.mark, message, nearest(each.source, sources))
    axes = {axis.code: axis for axis in catalogue.dimensions}
    figures = {
        *(indicator.code for indicator in catalogue.indicators),
        *(
            f"{indicator.code}.{member.code}"
            for indicator in catalogue.indicators
            for name in indicator.dimensions
            for member in axes[name].codes
        ),
        *(seen.address for thing in data.things for seen in thing.figures),
    }
    for name in each.figures:
        if name not in figures:
            message = f"publish_small_counts: no figure is called {name!r}"
            yield _error("unknown-indicator", each.mark, message, nearest(name, figures))


def _unended(each: Permission, years: tuple[int, ...]) -> Iterator[Finding]:
    """Years that nobody knows the figures of yet. A permission given in advance would be one without an end."""
    first, last, known = each.span[0], each.span[-1], years[-1] if years else each.span[-1]
    if known < last:
        message = f"publish_small_counts: years reach to {last}, and {each.country} has no figures after {known} yet"
        left = f"{first}/{known}" if first < known else f"{known}"
        hint = f"write years: {left}" if first <= known else "take the entry out until it has"
        yield _error("wrong-type", each.mark, message, hint)


def _error(code: str, mark: Mark, message: str, hint: str) -> Finding:
    return Finding(severity=Severity.ERROR, code=code, message=message, mark=mark, hint=hint)
