"""Read the file of one reference year."""

import re
from dataclasses import dataclass, replace

from reporter.errors import Mark, nearest
from reporter.load.amount import Amount
from reporter.load.figures import FileOrigin, check_source, find_indicator, label, read_counts, read_figures
from reporter.load.shapes import AcceptedShape, ActivityShape, CountriesShape, DifferenceShape, RevisionShape, YearShape
from reporter.model import (
    Accepted,
    Activity,
    CountryList,
    Difference,
    Observation,
    Restated,
    Revision,
    YearFile,
)

YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class YearContent:
    """The content of a year's file, for its country."""

    file: YearFile
    observations: tuple[Observation, ...]
    revisions: tuple[Revision, ...]
    restated: tuple[Restated, ...]
    activities: tuple[Activity, ...]
    lists: tuple[CountryList, ...]
    accepted: tuple[Accepted, ...]
    differences: tuple[Difference, ...]


def read_year(origin: FileOrigin, shape: YearShape) -> YearContent:
    """Read the file of a year; errors go to its tree."""
    tree = origin.tree
    if shape.year != origin.year:
        message = f"the file is named {origin.year}, but says year: {shape.year}"
        tree.error(tree.mark("year"), "wrong-year", message, f"write year: {origin.year}, or rename the file")
    check_source(origin, shape.source, tree.mark("source"))
    return YearContent(
        file=YearFile(
            year=origin.year,
            status=shape.status,
            published=shape.published,
            data_cutoff=shape.data_cutoff,
            source=shape.source,
            mark=tree.mark("status"),
        ),
        observations=read_figures(origin, shape.figures),
        revisions=tuple(
            _revision(origin, n, each) for n, each in enumerate(shape.revisions) if _known(origin, n, each)
        ),
        restated=tuple(_restated(origin, shape)),
        activities=tuple(_activity(origin, code, each) for code, each in shape.activities.items()),
        lists=tuple(_list(origin, n, each) for n, each in enumerate(shape.countries)),
        accepted=tuple(_accepted(origin, n, each) for n, each in enumerate(shape.accepted)),
        differences=tuple(_difference(origin, n, each) for n, each in enumerate(shape.differences)),
    )


def _accepted(origin: FileOrigin, number: int, shape: AcceptedShape) -> Accepted:
    return Accepted(
        rule=shape.rule,
        figure=shape.figure,
        year=shape.year or origin.year,
        vintage=origin.year,
        reason=label(shape.reason),
        mark=origin.tree.mark("accepted", str(number)),
        comparable=shape.comparable,
    )


def _difference(origin: FileOrigin, number: int, shape: DifferenceShape) -> Difference:
    tree, place = origin.tree, ("differences", str(number))
    check_source(origin, shape.publication, tree.mark(*place, "publication"))
    split_address(origin, shape.figure, tree.mark(*place, "figure"))
    year = shape.year or origin.year
    if year > origin.year:
        message = f"a difference explained in {origin.year} cannot be of {year}"
        tree.error(tree.mark(*place, "year"), "wrong-year", message, f"write it in {year}.yaml")
    return Difference(
        publication=shape.publication,
        figure=shape.figure,
        year=year,
        vintage=origin.year,
        published=shape.published,
        reason=label(shape.reason),
        mark=tree.mark(*place),
    )


def _activity(origin: FileOrigin, code: str, shape: ActivityShape) -> Activity:
    source = replace(origin, source=shape.source or origin.source)
    check_source(origin, shape.source, origin.tree.mark("activities", code, "source"))
    counts = read_counts(source, f"activities.{code}", shape.figures, period=shape.period, target=shape.target)
    note = label(shape.note)
    since, _, until = shape.period.partition("/")
    return Activity(
        code=code,
        kind=shape.kind,
        title=label(shape.title),
        organiser=label(shape.organiser),
        audience=label(shape.audience),
        since=since,
        until=until or since,
        target=shape.target,
        part_of=shape.part_of,
        figures=tuple(replace(seen, notes=(*seen.notes, *((note,) if note else ()))) for seen in counts),
        note=note,
        source=source.source,
        year=origin.year,
        mark=origin.tree.mark("activities", code),
    )


def _list(origin: FileOrigin, number: int, shape: CountriesShape) -> CountryList:
    return CountryList(
        year=origin.year,
        kind=shape.kind,
        countries=tuple(shape.named),
        main=tuple(shape.main),
        groups=tuple(label(words) for words in shape.groups),
        note=label(shape.note),
        source=shape.source or origin.source,
        mark=origin.tree.mark("countries", str(number)),
    )


def _known(origin: FileOrigin, number: int, shape: RevisionShape) -> bool:
    tree, place = origin.tree, ("revisions", str(number))
    if shape.year >= origin.year:
        message = f"a revision in {origin.year} must be of an earlier year, not of {shape.year}"
        tree.error(tree.mark(*place, "year"), "wrong-year", message, "correct the figure itself instead")
    return split_address(origin, shape.figure, tree.mark(*place, "figure")) is not None


def _revision(origin: FileOrigin, number: int, shape: RevisionShape) -> Revision:
    mark = origin.tree.mark("revisions", str(number), "now")
    now = _plain(origin, shape.figure, shape.year, shape.now, mark)
    now = replace(now, notes=(label(shape.note),) if shape.note else ())
    place = origin.tree.mark("revisions", str(number))
    return Revision(
        figure=shape.figure, year=shape.year, was=shape.was.value, now=now, reason=label(shape.reason), mark=place
    )


def _restated(origin: FileOrigin, shape: YearShape) -> list[Restated]:
    restated = []
    for year, figures in shape.earlier.items():
        if not (YEAR.fullmatch(year) and int(year) < origin.year):
            mark = origin.tree.key("earlier", year)
            origin.tree.error(
                mark, "wrong-year", f"{year!r} is not an earlier year", f"write a year before {origin.year}"
            )
            continue
        for address, amount in figures.items():
            mark = origin.tree.mark("earlier", year, address)
            if split_address(origin, address, mark):
                seen = _plain(origin, address, int(year), amount, mark)
                restated.append(Restated(address, int(year), seen))
    return restated


def split_address(origin: FileOrigin, address: str, mark: Mark) -> tuple[str, str, str] | None:
    """Split an address (`investigations.opened.sexual`) into indicator, dimension and code.

    An unknown one becomes an error, and None.
    """
    code, part = address, ""
    if origin.catalogue.indicator(address) is None:
        code, _, part = address.rpartition(".")
    indicator = origin.catalogue.indicator(code) if part else find_indicator(origin, address, mark)
    if indicator is None:
        if part:
            find_indicator(origin, address, mark)
        return None
    if not part:
        return code, "", ""
    axes = [axis for name in indicator.dimensions if (axis := origin.catalogue.dimension(name))]
    for axis in axes:
        if axis.get(part):
            return code, axis.code, part
    hint = nearest(part, (member.code for axis in axes for member in axis.codes))
    origin.tree.error(mark, "unknown-code", f"unknown code {part!r} of {code}", hint)
    return None


def _plain(origin: FileOrigin, address: str, year: int, amount: Amount, mark: Mark) -> Observation:
    indicator, dimension, code = split_address(origin, address, mark) or (address, "", "")
    return Observation(
        country=origin.country,
        year=year,
        indicator=indicator,
        value=amount.value,
        mark=mark,
        vintage=origin.year,
        source=origin.source,
        dimension=dimension,
        code=code,
        status=amount.status,
        qualifier=amount.qualifier,
    )
