"""Read the file of one reference year, and turn figures as written into observations, typed by the catalogue."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar

from reporter.data.errors import Mark, nearest
from reporter.data.files.sources import DATA
from reporter.data.read.amount import UNANSWERED, Amount
from reporter.data.read.crosses import BY, cell_of, incomplete_of, names_in
from reporter.data.read.fields import label
from reporter.data.read.record_shapes import Written
from reporter.data.read.shapes import (
    ActivityShape,
    FigureShape,
    PartShape,
    ProtectionShape,
    RevisionShape,
    YearShape,
    is_part_of_figure,
    misplaced_part,
)
from reporter.data.read.yaml_tree import Tree
from reporter.data.records import (
    Activity,
    Because,
    Catalogue,
    Confidentiality,
    Country,
    CountryData,
    Difference,
    Indicator,
    Observation,
    Protection,
    Restated,
    Revision,
    RoundedFigure,
    Status,
    Wording,
    YearFile,
)
from reporter.data.records.catalogue import AND, CROSSED
from reporter.data.records.observation import Key
from reporter.data.records.protection import ROUNDED_TO
from reporter.data.records.statement import Form, statements

FAMILIES = {"activities": "activity", "law": "law"}
PLACES = {"activities": "activities", "law": "provisions"}


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """The file of observations, and the tree for errors. `source` is the default, empty until the file is read."""

    tree: Tree
    catalogue: Catalogue
    country: str
    year: int
    source: str = ""


def read_figures(origin: FileOrigin, figures: dict[str, FigureShape]) -> tuple[Observation, ...]:
    """Read the `figures:` of a year; unknown names become errors."""
    return tuple(observation for code, shape in figures.items() for observation in _figure(origin, code, shape))


def read_counts(origin: FileOrigin, owner: str, figures: dict[str, PartShape]) -> tuple[Observation, ...]:
    """Read the counts of an activity (`activities.CODE`) or provision (`law.CODE`)."""
    family, _, name = owner.partition(".")
    place = (PLACES[family], name, "figures")
    counts = []
    for code, shape in figures.items():
        indicator = find_indicator(origin, f"{FAMILIES[family]}.{code}", origin.tree.key(*place, code))
        if indicator:
            counts.append(replace(observation(origin, indicator, shape, origin.tree.mark(*place, code)), owner=owner))
    return tuple(counts)


def find_indicator(origin: FileOrigin, code: str, mark: Mark) -> Indicator | None:
    indicator = origin.catalogue.indicator(code)
    if indicator is None:
        family = code.partition(".")[0] + "."
        codes = [entry.code for entry in origin.catalogue.indicators]
        names = [name for name in codes if name.startswith(family)] or codes
        short = family in ("activity.", "law.")
        word, words = (
            (code.removeprefix(family), [name.removeprefix(family) for name in names]) if short else (code, names)
        )
        origin.tree.error(mark, "unknown-indicator", f"unknown indicator {word!r}", nearest(word, words))
    return indicator


def check_whole(origin: FileOrigin, indicator: Indicator, value: Decimal | None, mark: Mark) -> None:
    if value is None or origin.tree.frozen or not indicator.unit.is_whole:
        return
    whole = value.to_integral_value()
    if value == whole and str(value) != str(whole):
        message = f"{indicator.code}: {value} is not a whole number, but {indicator.unit} are counted"
        origin.tree.error(mark, "wrong-type", message, f"write {whole}")


def check_source(origin: FileOrigin, code: str, mark: Mark, *, may_wait: bool = False) -> None:
    """Report an unknown source. If it `may_wait`, a draft may leave it unanswered."""
    if code and not (may_wait and code == UNANSWERED):
        source_codes = (source.code for source in origin.catalogue.sources)
        origin.tree.knows(mark, f"unknown source {code!r}", code, source_codes, code="unknown-source")


def _figure(origin: FileOrigin, code: str, shape: FigureShape) -> Iterator[Observation]:
    place = ("figures", code)
    if is_part_of_figure(code):
        origin.tree.error(origin.tree.key(*place), *misplaced_part(code))
        return
    indicator = find_indicator(origin, code, origin.tree.key(*place))
    if indicator is None:
        return
    _check_names(origin, indicator, shape, place)
    names = ("note", "flags", "confidentiality", "part_of")
    whole = PartShape.model_construct(value=shape.total, **{name: getattr(shape, name) for name in names})
    mark = origin.tree.mark(*place, "total") if "total" in shape.model_fields_set else origin.tree.key(*place)
    since, _, until = shape.period.partition("/")
    source, until = shape.source or origin.source, until or since
    of_figure = partial(replace, source=source, definition=shape.definition, since=since, until=until)
    total = of_figure(observation(origin, indicator, whole, mark))
    incomplete = (incomplete_of(origin.catalogue, indicator, name) or name for name in shape.incomplete)
    yield replace(total, incomplete=tuple(incomplete))
    first: dict[str, Mark] = {}
    for key, parts in (shape.model_extra or {}).items():
        name = _dimension(origin, indicator, key, (*place, key))
        for part in _parts(origin, indicator, name, parts, (*place, key)) if name else ():
            if part.mark is first.setdefault(part.code, part.mark):
                yield of_figure(part, flags=total.flags | part.flags)
            else:
                message = f"{part.address} is given twice, first on line {first[part.code].line}"
                origin.tree.error(part.mark, "duplicate-key", message, "keep one of the two")


def _parts(
    origin: FileOrigin, indicator: Indicator, name: str, parts: dict[str, PartShape], place: tuple[str, ...]
) -> Iterator[Observation]:
    for cell, shape in parts.items():
        part = observation(origin, indicator, shape, origin.tree.mark(*place, cell))
        if code := cell_of(origin.tree, place, origin.catalogue, cell, origin.country):
            yield replace(part, dimension=name, code=code)


def observation(origin: FileOrigin, indicator: Indicator, shape: PartShape, mark: Mark) -> Observation:
    check_whole(origin, indicator, shape.value.value, mark)
    return Observation(
        country=origin.country,
        year=origin.year,
        indicator=indicator.code,
        value=shape.value.value,
        mark=mark,
        vintage=origin.year,
        source=origin.source,
        status=shape.value.status,
        qualifier=shape.value.qualifier,
        flags=frozenset(shape.flags),
        confidentiality=shape.confidentiality,
        notes=(label(shape.note),) if shape.note else (),
        part_of=shape.part_of,
    )


def _dimension(origin: FileOrigin, indicator: Indicator, key: str, place: tuple[str, ...]) -> str:
    """The dimension or cross of a key; an unknown one becomes an error and is empty."""
    if crossed := origin.catalogue.cross(indicator, names_in(key)) if key.startswith(BY) else "":
        return crossed
    keys = [*(f"{BY}{name}" for name in indicator.dimensions), *FigureShape.model_fields]
    message = f"unknown key {key!r} of {indicator.code}"
    unknown = [name for name in names_in(key) if name not in indicator.dimensions] if CROSSED in key else []
    hint = nearest(unknown[0], indicator.dimensions) if unknown else nearest(key, keys)
    origin.tree.error(origin.tree.key(*place), "unknown-key", message, hint)
    return ""


def _check_names(origin: FileOrigin, indicator: Indicator, shape: FigureShape, place: tuple[str, ...]) -> None:
    definitions = [code for code, _ in indicator.definitions[1:]]
    tree, code = origin.tree, indicator.code
    if shape.definition:
        mark = tree.mark(*place, "definition")
        tree.knows(mark, f"unknown definition {shape.definition!r} of {code}", shape.definition, definitions)
    crosses = [AND.join(names_in(key)) for key in shape.model_extra or {} if CROSSED in key]
    for name in shape.incomplete:
        if not incomplete_of(origin.catalogue, indicator, name):
            mark = tree.mark(*place, "incomplete")
            tree.knows(mark, f"unknown dimension {name!r} of {code}", name, [*indicator.dimensions, *crosses])
    check_source(origin, shape.source, origin.tree.mark(*place, "source"), may_wait=True)


R = TypeVar("R")
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def read_year(origin: FileOrigin, shape: YearShape, country: Country) -> CountryData:
    tree, year = origin.tree, origin.year
    file = shape.build(tree, mark=tree.mark("status"))
    if file.year != year:
        message = f"the file is named {year}, but says year: {file.year}"
        tree.error(tree.mark("year"), "wrong-year", message, f"write year: {year}, or rename the file")
    check_source(origin, file.source, tree.mark("source"), may_wait=True)
    for table, names in file.eurostat.items():
        _check_choice(origin, table, names)
    origin = replace(origin, source=file.source)
    activities = tuple(_activity(origin, code, entry) for code, entry in shape.activities.items())
    lists = [
        entry.build(
            tree,
            "countries",
            str(n),
            year=year,
            source=origin.source,
            **{"unanswered": True, "countries": ()} if entry.is_unanswered else {},
        )
        for n, entry in enumerate(shape.countries)
    ]

    def make(key: str, entries: Sequence[Written[R]] | Mapping[str, Written[R]], **overrides: object) -> tuple[R, ...]:
        named = entries.items() if isinstance(entries, Mapping) else enumerate(entries)
        return tuple(entry.build(tree, key, str(name), year=year, **overrides) for name, entry in named)

    return CountryData(
        country=country,
        years=(replace(file, year=year, open_sources=tuple(_open_sources(tree, shape, file, activities))),),
        observations=read_figures(origin, shape.figures),
        revisions=tuple(_revisions(origin, shape.revisions)),
        restated=tuple(_restated(origin, shape)),
        activities=activities,
        lists=tuple(country_list for country_list in lists if not country_list.unanswered),
        passages=(),
        accepted=make("accepted", shape.accepted, vintage=year, frozen=tree.frozen),
        differences=tuple(_difference(origin, str(n), entry) for n, entry in enumerate(shape.differences)),
        open_lists=tuple(country_list for country_list in lists if country_list.unanswered),
        still_holds=make("still_holds", shape.still_holds),
        recommendations=make("recommendations", shape.recommendations),
        follow_ups=make("earlier_recommendations", shape.earlier_recommendations),
    )


def _open_sources(tree: Tree, shape: YearShape, file: YearFile, activities: Sequence[Activity]) -> Iterator[Mark]:
    """Where the source of figures is still unanswered: the year's own place first."""
    places = [("source",)] * (file.source == UNANSWERED)
    figures = ((code, "total") for code, entry in shape.figures.items() if entry.source == UNANSWERED)
    own = (code for code, entry in shape.activities.items() if "source" in entry.model_fields_set)
    waiting = {activity.code for activity in activities if activity.source == UNANSWERED}
    yield from (tree.mark(*place) for place in places)
    yield from (tree.mark("figures", *keys) for keys in figures)
    yield from (tree.mark("activities", code, "source") for code in own if code in waiting)


def _check_choice(origin: FileOrigin, table: str, names: Sequence[str]) -> None:
    tree, flows = origin.tree, {dataflow.code: dataflow for dataflow in origin.catalogue.eurostat.dataflows}
    if table not in flows:
        message = f"eurostat: there is no table {table!r}"
        tree.error(tree.key("eurostat", table), "unknown-code", message, nearest(table, flows))
        return
    mark, kinds = tree.mark("eurostat", table), dict(flows[table].figures)
    fitting = [indicator for indicators in kinds.values() for indicator in indicators]
    for name in names:
        if name not in fitting:
            near = nearest(name, fitting)
            hint = near if near.startswith("did") else f"write one of {', '.join(fitting)}"
            tree.error(mark, "unknown-indicator", f"{name} fills no cell of {table}", hint)
    for kind, indicators in kinds.items():
        chosen = [indicator for indicator in names if indicator in indicators]
        if len(chosen) > 1:
            message = f"{' and '.join(chosen)} cannot both fill {table}: each counts different persons of {kind}"
            tree.error(mark, "contradiction", message, f"keep one of them, such as {table}: {chosen[0]}")


def _difference(origin: FileOrigin, number: str, shape: Written[Difference]) -> Difference:
    tree, place = origin.tree, ("differences", number)
    difference = shape.build(tree, *place, year=origin.year, vintage=origin.year)
    check_source(origin, difference.publication, tree.mark(*place, "publication"))
    if address := split_address(origin, difference.figure, tree.mark(*place, "figure")):
        difference = replace(difference, figure=usual_address(address))
    if difference.year > origin.year:
        message = f"a difference explained in {origin.year} cannot concern {difference.year}"
        tree.error(tree.mark(*place, "year"), "wrong-year", message, f"write it in {difference.year}.yaml")
    return difference


def _activity(origin: FileOrigin, code: str, shape: ActivityShape) -> Activity:
    place = ("activities", code)
    activity = shape.build(origin.tree, *place, year=origin.year, source=origin.source, figures=())
    if "source" in shape.model_fields_set:
        check_source(origin, activity.source, origin.tree.mark(*place, "source"), may_wait=True)
    counts = read_counts(replace(origin, source=activity.source), ".".join(place), shape.figures)
    note = (activity.note,) if activity.note else ()
    of_all = partial(replace, target=activity.target, since=activity.since, until=activity.until)
    return replace(activity, figures=tuple(of_all(value, notes=(*value.notes, *note)) for value in counts))


def _revisions(origin: FileOrigin, shapes: Sequence[RevisionShape]) -> Iterator[Revision]:
    for number, shape in enumerate(shapes):
        tree, place = origin.tree, ("revisions", str(number))
        if shape.year >= origin.year:
            message = f"a revision in {origin.year} must concern an earlier year, not {shape.year}"
            tree.error(tree.mark(*place, "year"), "wrong-year", message, "correct the figure itself")
        address = split_address(origin, shape.figure, tree.mark(*place, "figure"))
        if address is None:
            continue
        check_whole(origin, address[0], shape.was.value, tree.mark(*place, "was"))
        now = _earlier_value(origin, address, shape.year, shape.now, tree.mark(*place, "now"))
        now = replace(now, notes=(label(shape.note),) if shape.note else ())
        yield Revision(usual_address(address), shape.year, shape.was.value, now, label(shape.reason), tree.mark(*place))


def _restated(origin: FileOrigin, shape: YearShape) -> Iterator[Restated]:
    for year, figures in shape.earlier.items():
        if not (YEAR.fullmatch(year) and int(year) < origin.year):
            mark = origin.tree.key("earlier", year)
            hint = f"write a year before {origin.year}"
            origin.tree.error(mark, "wrong-year", f"{year!r} is not an earlier year", hint)
            continue
        for name, amount in figures.items():
            mark = origin.tree.mark("earlier", year, name)
            if address := split_address(origin, name, mark):
                value = _earlier_value(origin, address, int(year), amount, mark)
                yield Restated(usual_address(address), int(year), value)


Address = tuple[Indicator, str, str]


def usual_address(address: Address) -> str:
    """The address as an observation has it, with the codes of a cell in the order of the catalogue."""
    indicator, _, code = address
    return f"{indicator.code}.{code}" if code else indicator.code


def split_address(origin: FileOrigin, address: str, mark: Mark) -> Address | None:
    """Split an address (`investigations.opened.sexual`) into its parts, or add an error and return None."""
    indicator, axis, part = origin.catalogue.split(address)
    if indicator:
        return indicator, axis.code if axis else "", part.code if part else ""
    code, _, part_code = address.rpartition(".")
    while code.count(".") > 1:
        code = code.rpartition(".")[0]
    if indicator := origin.catalogue.indicator(code):
        part_codes = (member.code for axis in origin.catalogue.axes(indicator) for member in axis.codes)
        origin.tree.knows(mark, f"unknown code {part_code!r} of {code}", part_code, part_codes)
    else:
        find_indicator(origin, address, mark)
    return None


def _earlier_value(origin: FileOrigin, address: Address, year: int, amount: Amount, mark: Mark) -> Observation:
    indicator, dimension, code = address
    plain = PartShape.model_validate({"value": amount})
    return replace(observation(origin, indicator, plain, mark), year=year, dimension=dimension, code=code)


FOLDER = "protection"
T = TypeVar("T")
FILE = re.compile(rf"{DATA}/([A-Z]{{2}})/{FOLDER}/([12]\d{{3}})\.yaml", re.ASCII)


def protection_file(country: str, edition: int) -> str:
    return f"{DATA}/{country}/{FOLDER}/{edition}.yaml"


def read_protection(origin: FileOrigin, shape: ProtectionShape) -> Protection:
    """Read the decisions of an edition; unknown figures become errors."""
    withheld = [
        entry.build(origin.tree, "withheld", year, written, figure=address, year=int(year))
        for year, figures in shape.withheld.items()
        for written, address, entry in _within(origin, "withheld", year, figures)
    ]
    return Protection(origin.year, tuple(withheld), tuple(_rounded(origin, shape)), origin.tree.mark(), shape.seed)


def _rounded(origin: FileOrigin, shape: ProtectionShape) -> Iterator[RoundedFigure]:
    for year, figures in shape.rounded.items():
        for written, address, value in _within(origin, "rounded", year, figures):
            mark = origin.tree.mark("rounded", year, written)
            if value % ROUNDED_TO:
                near = ROUNDED_TO * round(value / ROUNDED_TO)
                message = f"{address} of {year}: {value} is not a multiple of {ROUNDED_TO}"
                hint = f"write {near} and adjust its totals; reporter protect calculates them"
                origin.tree.error(mark, "wrong-type", message, hint)
                continue
            yield RoundedFigure(address, int(year), value, mark)


def _within(origin: FileOrigin, key: str, year: str, figures: Mapping[str, T]) -> Iterator[tuple[str, str, T]]:
    """The entries of a year, each with its address as written and as usual."""
    if not (YEAR.fullmatch(year) and int(year) <= origin.year):
        place = origin.tree.key(key, year)
        hint = f"write {origin.year} or an earlier year; later years have their own files"
        origin.tree.error(place, "wrong-year", f"{year!r} is not a year of the edition of {origin.year}", hint)
        return
    for written, content in figures.items():
        if address := split_address(origin, written, origin.tree.key(key, year, written)):
            yield written, usual_address(address), content


def with_decisions(observation: Observation, decided: Mapping[Key, Because]) -> Observation:
    """A value with the code of the decision about it, if any; the file's own code has priority."""
    because = decided.get((observation.address, observation.year))
    free = observation.confidentiality is Confidentiality.FREE and observation.status is Status.GIVEN
    return replace(observation, confidentiality=because.code) if because and free else observation


# What distinguishes an entry from others in its list.
TOLD_BY = ("rule", "publication", "kind", "figure", "year")
# The single text of an entry is named as the entry.
REASON = "reason"


def name_texts(tree: Tree, year: int) -> None:
    tree.wordings = [named_text(wording, tree.data, year) for wording in tree.wordings]


def named_text(wording: Wording, data: Any, year: int) -> Wording:
    words = [key for key in wording.keys if not key.isdigit()]
    name = ".".join(_names(data, wording.keys, year))
    return replace(wording, name=name, year=year, is_title=words[-1] in _titles(CountryData))


def _names(holder: Any, keys: Iterable[str], year: int) -> Iterator[str]:
    for key in keys:
        if isinstance(holder, list):
            holder = holder[int(key)]
            identifiers = [str(holder[name]) for name in TOLD_BY if name in holder]
            yield from (identifier for identifier in identifiers or [str(int(key) + 1)] if identifier != str(year))
        else:
            holder = holder[key]
            if key != REASON and not key.startswith("by "):
                yield key


@cache
def _titles(record: type) -> frozenset[str]:
    """The keys of texts that name a thing, in a record and all records within it."""
    titles: set[str] = set()
    for field in statements(record):
        titles |= (
            {field.key}
            if field.form is Form.TITLE
            else _titles(field.record)
            if field.record not in (None, record)
            else set()
        )
    return frozenset(titles)
