"""Read the file of one reference year."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from reporter.errors import Mark, nearest
from reporter.load.amount import UNANSWERED, Amount
from reporter.load.fields import label
from reporter.load.figures import FileOrigin, check_source, check_whole, find_indicator, read_counts, read_figures
from reporter.load.shapes import ActivityShape, RevisionShape, YearShape
from reporter.load.written import Written
from reporter.load.yaml_tree import Tree
from reporter.model import Activity, Country, CountryData, Difference, Observation, Restated, Revision, YearFile

R = TypeVar("R")
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def read_year(origin: FileOrigin, shape: YearShape, country: Country) -> CountryData:
    """The data of a country that the file of one year holds."""
    tree, year = origin.tree, origin.year
    file = shape.made(tree, mark=tree.mark("status"))
    if file.year != year:
        message = f"the file is named {year}, but says year: {file.year}"
        tree.error(tree.mark("year"), "wrong-year", message, f"write year: {year}, or rename the file")
    check_source(origin, file.source, tree.mark("source"), may_wait=True)
    for table, names in file.eurostat.items():
        _check_choice(origin, table, names)
    origin = replace(origin, source=file.source)
    activities = tuple(_activity(origin, code, each) for code, each in shape.activities.items())
    lists = [
        each.made(
            tree,
            "countries",
            str(n),
            year=year,
            source=origin.source,
            **{"unanswered": True, "countries": ()} if each.is_unanswered else {},
        )
        for n, each in enumerate(shape.countries)
    ]

    def made(key: str, entries: Sequence[Written[R]] | Mapping[str, Written[R]], **known: object) -> tuple[R, ...]:
        named = entries.items() if isinstance(entries, Mapping) else enumerate(entries)
        return tuple(each.made(tree, key, str(name), year=year, **known) for name, each in named)

    return CountryData(
        country=country,
        years=(replace(file, year=year, open_sources=tuple(_open_sources(tree, shape, file, activities))),),
        observations=read_figures(origin, shape.figures),
        revisions=tuple(
            _revision(origin, n, each) for n, each in enumerate(shape.revisions) if _known(origin, n, each)
        ),
        restated=tuple(_restated(origin, shape)),
        activities=activities,
        lists=tuple(each for each in lists if not each.unanswered),
        passages=(),
        accepted=made("accepted", shape.accepted, vintage=year, frozen=tree.frozen),
        differences=tuple(_difference(origin, str(n), each) for n, each in enumerate(shape.differences)),
        open_lists=tuple(each for each in lists if each.unanswered),
        still_holds=made("still_holds", shape.still_holds),
        recommendations=made("recommendations", shape.recommendations),
        follow_ups=made("earlier_recommendations", shape.earlier_recommendations),
    )


def _open_sources(tree: Tree, shape: YearShape, file: YearFile, activities: Sequence[Activity]) -> Iterator[Mark]:
    """Where it waits for an answer from where figures come: the year's own place first."""
    places = [("source",)] * (file.source == UNANSWERED)
    figures = ((code, "total") for code, each in shape.figures.items() if each.source == UNANSWERED)
    own = (code for code, each in shape.activities.items() if "source" in each.model_fields_set)
    waiting = {each.code for each in activities if each.source == UNANSWERED}
    yield from (tree.mark(*each) for each in places)
    yield from (tree.mark("figures", *each) for each in figures)
    yield from (tree.mark("activities", each, "source") for each in own if each in waiting)


def _check_choice(origin: FileOrigin, table: str, names: Sequence[str]) -> None:
    tree, flows = origin.tree, {each.code: each for each in origin.catalogue.eurostat.dataflows}
    if table not in flows:
        message = f"eurostat: no table is called {table!r}"
        tree.error(tree.key("eurostat", table), "unknown-code", message, nearest(table, flows))
        return
    mark, kinds = tree.mark("eurostat", table), dict(flows[table].figures)
    fitting = [each for indicators in kinds.values() for each in indicators]
    for name in names:
        if name not in fitting:
            near = nearest(name, fitting)
            hint = near if near.startswith("did") else f"write one of {', '.join(fitting)}"
            tree.error(mark, "unknown-indicator", f"{name} fills no cell of {table}", hint)
    for kind, indicators in kinds.items():
        chosen = [each for each in names if each in indicators]
        if len(chosen) > 1:
            message = f"{' and '.join(chosen)} cannot both fill {table}: each counts other persons of {kind}"
            tree.error(mark, "contradiction", message, f"keep one of them, such as {table}: {chosen[0]}")


def _difference(origin: FileOrigin, number: str, shape: Written[Difference]) -> Difference:
    tree, place = origin.tree, ("differences", number)
    difference = shape.made(tree, *place, year=origin.year, vintage=origin.year)
    check_source(origin, difference.publication, tree.mark(*place, "publication"))
    split_address(origin, difference.figure, tree.mark(*place, "figure"))
    if difference.year > origin.year:
        message = f"a difference explained in {origin.year} cannot be of {difference.year}"
        tree.error(tree.mark(*place, "year"), "wrong-year", message, f"write it in {difference.year}.yaml")
    return difference


def _activity(origin: FileOrigin, code: str, shape: ActivityShape) -> Activity:
    place = ("activities", code)
    activity = shape.made(origin.tree, *place, year=origin.year, source=origin.source, figures=())
    if "source" in shape.model_fields_set:
        check_source(origin, activity.source, origin.tree.mark(*place, "source"), may_wait=True)
    counts = read_counts(replace(origin, source=activity.source), ".".join(place), shape.figures)
    note = (activity.note,) if activity.note else ()
    of_all = partial(replace, target=activity.target, since=activity.since, until=activity.until)
    return replace(activity, figures=tuple(of_all(seen, notes=(*seen.notes, *note)) for seen in counts))


def _known(origin: FileOrigin, number: int, shape: RevisionShape) -> bool:
    tree, place = origin.tree, ("revisions", str(number))
    if shape.year >= origin.year:
        message = f"a revision in {origin.year} must be of an earlier year, not of {shape.year}"
        tree.error(tree.mark(*place, "year"), "wrong-year", message, "correct the figure itself instead")
    address = split_address(origin, shape.figure, tree.mark(*place, "figure"))
    indicator = origin.catalogue.indicator(address[0]) if address else None
    if indicator:
        check_whole(origin, indicator, shape.was.value, tree.mark(*place, "was"))
    return indicator is not None


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
    """Split an address (`investigations.opened.sexual`) into indicator, dimension and code. An unknown one becomes an
    error, and None."""
    indicator, axis, part = origin.catalogue.split(address)
    if indicator:
        return indicator.code, axis.code if axis else "", part.code if part else ""
    code, _, part_code = address.rpartition(".")
    if indicator := origin.catalogue.indicator(code):
        known = (member.code for axis in origin.catalogue.axes(indicator) for member in axis.codes)
        origin.tree.knows(mark, f"unknown code {part_code!r} of {code}", part_code, known)
    else:
        find_indicator(origin, address, mark)
    return None


def _plain(origin: FileOrigin, address: str, year: int, amount: Amount, mark: Mark) -> Observation:
    indicator, dimension, code = split_address(origin, address, mark) or (address, "", "")
    if found := origin.catalogue.indicator(indicator):
        check_whole(origin, found, amount.value, mark)
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
