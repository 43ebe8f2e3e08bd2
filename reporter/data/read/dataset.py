"""Read a snapshot of a workspace as a dataset; every value keeps its file and line."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import fields, replace
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeVar

from reporter.data.errors import DataError, Finding, Mark, Severity, nearest
from reporter.data.files.sources import DATA, Sources, known_countries
from reporter.data.files.sources import YEAR as YEAR_FILE
from reporter.data.files.store import Memory
from reporter.data.i18n.po_file import messages_in
from reporter.data.outline import BLOCKS, BY, CHART_NAMES, is_chart, parts
from reporter.data.read.catalogue import CATALOGUE, check_mapping_names, read_catalogue, translated
from reporter.data.read.countries import with_countries, with_used_countries
from reporter.data.read.crosses import flatten_crosses, incomplete_of
from reporter.data.read.fields import label
from reporter.data.read.settings import read_settings
from reporter.data.read.shape_errors import validate
from reporter.data.read.shapes import CountryShape, ProtectionShape, YearShape
from reporter.data.read.stray_files import stray_files
from reporter.data.read.text import read_passages
from reporter.data.read.yaml_tree import ReadError, Tree, read_text, read_yaml
from reporter.data.read.year import FILE as PROTECTION
from reporter.data.read.year import (
    FileOrigin,
    check_source,
    name_texts,
    read_counts,
    read_protection,
    read_year,
    with_decisions,
)
from reporter.data.records import (
    Agency,
    Catalogue,
    ChartChoice,
    Code,
    Country,
    CountryData,
    Dataset,
    Dimension,
    Esms,
    Indicator,
    OwnMeaning,
    Passage,
    Protection,
    joint_catalogue,
)
from reporter.data.records.catalogue import codes_by_dimension
from reporter.data.records.label import NO_WORDS

SOURCES, INDICATORS, CODES = OWN = ("sources", "indicators", "codes")


def own_catalogue(tree: Tree, shape: CountryShape, country: str, catalogue: Catalogue) -> Catalogue:
    """The catalogue as a country uses it: its entries replace those of the same name, others are added."""
    sources = {code: entry.build(tree, SOURCES, code, country=country) for code, entry in shape.sources.items()}
    meanings = {code: entry.build(tree, INDICATORS, code) for code, entry in shape.indicators.items()}
    for code in meanings:
        names = (indicator.code for indicator in catalogue.indicators)
        tree.knows(tree.key(INDICATORS, code), f"unknown indicator {code!r}", code, names, code="unknown-indicator")
    for name in shape.codes:
        names = (dimension.code for dimension in catalogue.dimensions)
        tree.knows(tree.key(CODES, name), f"unknown dimension {name!r}", name, names)
    own = {
        axis.code: tuple(entry.build(tree, CODES, axis.code, code) for code, entry in shape.codes[axis.code].items())
        for axis in catalogue.dimensions
        if axis.code in shape.codes
    }
    for axis in catalogue.dimensions:
        _check(tree, catalogue, axis, own.get(axis.code, ()))
    differs = {code: meaning.differs for code, meaning in meanings.items() if meaning.differs}
    return replace(
        catalogue,
        sources=(*sources.values(), *(source for source in catalogue.sources if source.code not in sources)),
        indicators=tuple(_meant(indicator, meanings.get(indicator.code)) for indicator in catalogue.indicators),
        dimensions=tuple(_with_codes(dimension, own.get(dimension.code, ())) for dimension in catalogue.dimensions),
        eurostat=replace(catalogue.eurostat, differs={**catalogue.eurostat.differs, **differs}),
    )


def _meant(indicator: Indicator, own: OwnMeaning | None) -> Indicator:
    if own is None:
        return indicator
    further = tuple((dict(indicator.further) | dict(own.further)).items())
    # The catalogue's short text does not fit a country's own definition.
    short = own.short or (NO_WORDS if own.definition else indicator.short)
    return replace(indicator, definition=own.definition or indicator.definition, further=further, short=short)


def _with_codes(axis: Dimension, own: tuple[Code, ...]) -> Dimension:
    """A dimension with a country's codes, together after the last of those they belong under."""
    code_by_name = {code.code: code for code in axis.codes}
    for member in own:
        # It is completed from the code it replaces, else from the one it is part of.
        old = code_by_name.get(member.code)
        whole = old or code_by_name.get(member.within)
        mappings = tuple((dict(whole.mappings if whole else ()) | dict(member.mappings)).items())
        within, combines = (old.within, old.combines) if old and not member.above else (member.within, member.combines)
        code_by_name[member.code] = replace(member, within=within, combines=combines, mappings=mappings)
    above = {name for entry in own for name in entry.above}
    last = max((n for n, code in enumerate(axis.codes, 1) if code.code in above), default=len(axis.codes))
    added = (code_by_name[entry.code] for entry in own if axis.get(entry.code) is None)
    shared = [code_by_name[code.code] for code in axis.codes]
    return replace(axis, codes=(*shared[:last], *added, *shared[last:]))


def _check(tree: Tree, catalogue: Catalogue, axis: Dimension, own: tuple[Code, ...]) -> None:
    names = [code.code for code in (*axis.codes, *own)]
    for member in own:
        place = (CODES, axis.code, member.code)
        for name in member.above:
            others = (other for other in names if other != member.code)
            tree.knows(tree.key(*place), f"unknown code {name!r}", name, others)
        if not member.above and axis.get(member.code) is None:
            message = f"{member.code} belongs to no code of the catalogue, so it cannot be compared"
            hint = f"add within: {axis.codes[0].code} or another code that includes it; combines: [a, b] for several"
            tree.error(tree.key(*place), "missing-key", message, hint)
        _check_mappings(tree, catalogue, axis, member)
        _check_address(tree, catalogue, axis, member)


def _check_mappings(tree: Tree, catalogue: Catalogue, axis: Dimension, own: Code) -> None:
    components = (item for flow in catalogue.eurostat.dataflows for item in flow.components if item.axis == axis.code)
    for component in components:
        answer = dict(own.mappings).get(component.mapping, component.total)
        if answer not in component.codes:
            mark = tree.mark(CODES, axis.code, own.code, "mappings", component.mapping)
            message = f"{own.code} is mapped to {answer!r}, which is not a Eurostat code"
            tree.error(mark, "unknown-code", message, nearest(answer, component.codes))


def _check_address(tree: Tree, catalogue: Catalogue, axis: Dimension, own: Code) -> None:
    hint = "give it another code"
    mark = tree.key(CODES, axis.code, own.code)
    for indicator in (entry for entry in catalogue.indicators if axis.code in entry.dimensions):
        others = (dimension for dimension in catalogue.axes(indicator) if dimension.code != axis.code)
        if other := next((dimension for dimension in others if dimension.get(own.code)), None):
            message = f"{own.code!r} is also a code of {other.code}, another dimension of {indicator.code}"
            tree.error(mark, "shared-code", message, hint)
        if catalogue.indicator(f"{indicator.code}.{own.code}"):
            tree.error(mark, "shared-code", f"{indicator.code}.{own.code} is also an indicator", hint)


KEY = "charts"
# The charts that have a place in a profile.
PLACES = tuple(name for name in BLOCKS if name in CHART_NAMES)


def known_charts(tree: Tree, choice: ChartChoice, catalogue: Catalogue, *, unsure: bool) -> ChartChoice:
    """Keep names of charts, none twice; others become errors. In a frozen file, whose program had other charts, they
    are dropped silently; so are names that an incompletely read catalogue may lack, if `unsure`."""
    left_out = {str(n): name for n, name in enumerate(choice.leave_out)}
    left_out = {key: name for key, name in left_out.items() if _is_place(tree, ("leave_out", key), name)}
    instead = {place: name for place, name in choice.instead if _is_place(tree, ("instead", place), place, key=True)}
    instead = {place: name for place, name in instead.items() if _is_shown(tree, place, name, catalogue, unsure=unsure)}
    checked_choice = replace(choice, leave_out=tuple(left_out.values()), instead=tuple(instead.items()))
    twice = set(_twice(tree, checked_choice))
    return replace(checked_choice, instead=tuple(pair for pair in checked_choice.instead if pair[0] not in twice))


def _is_place(tree: Tree, keys: tuple[str, str], name: str, *, key: bool = False) -> bool:
    if name not in PLACES:
        mark = tree.key(KEY, *keys) if key else tree.mark(KEY, *keys)
        _refuse(tree, mark, f"no chart of a profile is called {name!r}", nearest(name, PLACES))
    return name in PLACES


def _is_shown(tree: Tree, place: str, name: str, catalogue: Catalogue, *, unsure: bool) -> bool:
    if unsure or is_chart(name, catalogue):
        return is_chart(name, catalogue)
    chart_names = (*CHART_NAMES, *(indicator.code for indicator in catalogue.indicators))
    chart_names += tuple(f"{item.code}{BY}{axis}" for item in catalogue.indicators for axis in item.dimensions)
    message = f"no chart, indicator or breakdown is called {name!r}"
    _refuse(tree, tree.mark(KEY, "instead", place), message, nearest(name, chart_names))
    return False


def _twice(tree: Tree, choice: ChartChoice) -> Iterator[str]:
    instead = dict(choice.instead)
    counts = Counter(instead.get(name, name) for name in PLACES if name not in choice.leave_out)
    for place, name in instead.items():
        mark = tree.mark(KEY, "instead", place)
        if place in choice.leave_out:
            message = f"{place} is both left out and replaced by another chart"
            _refuse(tree, mark, message, f"remove {place} from leave_out:, or this line")
            yield place
        elif counts[name] > 1:
            message = f"the chart {name!r} would appear in a profile twice"
            _refuse(tree, mark, message, f"add {name} to leave_out:, or choose another chart")
            yield place


def _refuse(tree: Tree, mark: Mark, message: str, hint: str) -> None:
    if not tree.frozen:
        tree.error(mark, "unknown-chart", message, hint)


def read_country(origin: FileOrigin, shape: CountryShape) -> Country:
    tree = origin.tree
    methodology = tuple((item, label(shape.methodology[item])) for item in Esms if item in shape.methodology)
    headings = tuple((code, label(words)) for code, words in shape.headings.items())
    country = shape.build(tree, provisions=(), methodology=methodology, headings=headings)
    codes = [section.code for section in parts()]
    for code in (heading for heading in shape.headings if heading not in codes):
        message = f"headings: no section is called {code!r}"
        tree.error(tree.key("headings", code), "unknown-code", message, nearest(code, codes))
    if country.code != origin.country:
        message = f"the country is {country.code}, but the folder is {origin.country}"
        tree.error(tree.mark("code"), "wrong-country", message, f"write code: {origin.country}, or rename the folder")
    check_source(origin, country.source, tree.mark("source"))
    check_agencies(origin, country.agencies)
    origin = replace(origin, source=country.source)
    provisions = tuple(
        provision.build(tree, "provisions", code, figures=read_counts(origin, f"law.{code}", provision.figures))
        for code, provision in shape.provisions.items()
    )
    return replace(country, code=origin.country, provisions=provisions)


TEXT = ".md"
T = TypeVar("T")


class LoadedDataset(NamedTuple):
    dataset: Dataset
    findings: tuple[Finding, ...]


def load_dataset(
    sources: Sources, countries: Iterable[str], *, frozen: bool = False, memory: Memory | None = None
) -> LoadedDataset:
    """Read some countries of a snapshot. A bad value, file or text is dropped with what needs it; the findings say what
    is wrong. Raises DataError only if settings or catalogue cannot be read at all. `frozen` files were published, and
    are read as the program did then. Unchanged files are not read again if a `memory` has them."""
    settings, settings_tree = read_settings(sources, frozen=frozen)
    cache = _Known(memory or Memory(), sources)
    read_once = partial(read_catalogue, sources, frozen=frozen)
    catalogue, catalogue_tree = cache.recall(f"catalogue {frozen}", (CATALOGUE,), read_once)
    if settings and catalogue:
        charts = known_charts(settings_tree, settings.charts, catalogue, unsure=catalogue_tree.unsure)
        settings = replace(settings, charts=charts)
    languages = settings.languages if settings else ()
    read = [_load_country(cache, code, catalogue, catalogue_tree, languages) for code in countries if catalogue]
    trees = (settings_tree, catalogue_tree, *(tree for _, _, own, _ in read for tree in own))
    findings = [*(item for tree in trees for item in tree.findings), *(item for *_, more in read for item in more)]
    findings.sort(key=lambda finding: finding.mark)
    if settings is None or catalogue is None:
        raise DataError(tuple(findings))
    with_labels = partial(translated, languages=settings.languages, messages=lru_cache(partial(messages_in, sources)))
    dataset = Dataset(
        settings=settings,
        catalogue=with_labels(catalogue),
        countries=tuple(data for data, *_ in read),
        wordings=tuple(
            with_labels(wording) if tree is catalogue_tree else wording for tree in trees for wording in tree.wordings
        ),
        catalogues={data.country.code: with_labels(own) for data, own, *_ in read},
    )
    return LoadedDataset(dataset, tuple(findings))


def load_joint_catalogue(sources: Sources) -> tuple[Catalogue | None, tuple[Finding, ...]]:
    """The catalogue of a snapshot with all countries' additions, or None; the findings are about that file alone."""
    catalogue, tree = read_catalogue(sources)
    if catalogue is None:
        return None, tuple(tree.findings)
    own = (_country(sources, code, catalogue, tree)[1] for code in known_countries(sources))
    return joint_catalogue((catalogue, *own)), tuple(tree.findings)


class _Known:
    """Results of files read before; a year depends on three."""

    def __init__(self, memory: Memory, sources: Sources) -> None:
        self.memory, self.sources = memory, sources

    def recall(self, what: str, paths: Iterable[str], make: Callable[[], T]) -> T:
        sums = " ".join(f"{path} {self.sources.find(path).sha256}" for path in paths)
        return self.memory.recall(f"{what} {sums}", make)


def _load_country(
    cache: _Known, code: str, catalogue: Catalogue, of: Tree, languages: tuple[str, ...]
) -> tuple[CountryData, Catalogue, tuple[Tree, ...], tuple[Finding, ...]]:
    """The data of a country, the catalogue as it uses it, its files, and what is wrong with its texts."""
    sources = cache.sources
    above = (CATALOGUE, f"{DATA}/{code}/country.yaml")
    read_own = partial(_country, sources, code, catalogue, of)
    country, own, tree = cache.recall(f"country {of.frozen} {of.unsure}", above, read_own)
    every_code = cache.recall(f"countries {of.frozen} {of.unsure}", above, partial(with_countries, own, code))
    trees = [tree]
    contents: list[CountryData] = []
    strays = [finding for finding in stray_files(sources, code) if finding.severity is Severity.ERROR]
    unread = {finding.mark.path for finding in strays}
    for name in sources.below(f"{DATA}/{code}"):
        if YEAR_FILE.fullmatch(name):
            path = f"{DATA}/{code}/{name}"
            what = f"year {of.frozen} {tree.unsure}"
            content, read = cache.recall(what, (path, *above), partial(_year, sources, country, name, every_code, tree))
            trees.append(read)
            contents += [content] if content else []
    protections: list[Protection] = []
    for path in sources:
        if (match := PROTECTION.fullmatch(path)) and match[1] == code:
            read_decisions = partial(_protection, sources, path, every_code, tree)
            protection, read = cache.recall(f"protection {of.frozen} {tree.unsure}", (path, *above), read_decisions)
            trees.append(read)
            protections += [protection] if protection else []
    passages, problems = _passages(cache, code, unread, frozen=of.frozen)
    data = _join(country, contents, passages, protections)
    if of.frozen and data.years:
        data = replace(data, frozen_until=data.years[-1].year)
    return data, with_used_countries(own, _used_codes(contents), languages), tuple(trees), (*strays, *problems)


def _used_codes(contents: Iterable[CountryData]) -> frozenset[tuple[str, str]]:
    values = (
        value
        for content in contents
        for value in (
            *content.observations,
            *(revision.now for revision in content.revisions),
            *(restatement.value for restatement in content.restated),
        )
        if value.code
    )
    return frozenset(pair for value in values for pair in codes_by_dimension(value.dimension, value.code).items())


def _join(
    country: Country, contents: list[CountryData], passages: list[Passage], protections: list[Protection]
) -> CountryData:
    """The years of a country as its data, with the decisions about single values."""
    # A later file has priority.
    decided = {(decision.figure, decision.year): decision.because for one in protections for decision in one.withheld}
    offices = {contact.code: contact.name for contact in country.contacts}
    offices |= {institution.code: institution.name for institution in country.institutions}
    empty = CountryData(country, (), (), (), (), (), (), tuple(passages), (), protections=tuple(protections))
    names = [field.name for field in fields(empty) if isinstance(getattr(empty, field.name), tuple)]
    joined: dict[str, Any] = {name: sum((getattr(item, name) for item in (*contents, empty)), ()) for name in names}
    data = replace(empty, **joined)
    return replace(
        data,
        observations=tuple(with_decisions(observation, decided) for observation in data.observations),
        revisions=tuple(replace(revision, now=with_decisions(revision.now, decided)) for revision in data.revisions),
        recommendations=tuple(
            replace(recommendation, offices=tuple(offices[code] for code in recommendation.to if code in offices))
            for recommendation in data.recommendations
        ),
    )


def _country(sources: Sources, code: str, catalogue: Catalogue, of: Tree) -> tuple[Country, Catalogue, Tree]:
    tree = read_yaml(sources, f"{DATA}/{code}/country.yaml", frozen=of.frozen)
    stand_ins: dict[str, object] = {"code": code, "rapporteur": {}, "publisher": {}, "source": ""}
    # Without its file a country has figures, but no law, plans or offices.
    shape = validate(tree, CountryShape, stand_ins) or CountryShape.model_validate(stand_ins)
    # A year's file may refer to what was dropped here.
    tree.unsure = of.unsure or tree.data is None or any(path[0] in OWN for path in tree.dropped)
    own = own_catalogue(tree, shape, code, catalogue)
    check_mapping_names(tree, own)
    # A law is in force whatever the year; its figures carry the year 0 and are addressed without one.
    return read_country(FileOrigin(tree=tree, catalogue=own, country=code, year=0), shape), own, tree


def _year(
    sources: Sources, country: Country, name: str, catalogue: Catalogue, of: Tree
) -> tuple[CountryData | None, Tree]:
    stem = PurePosixPath(name).stem
    tree = read_yaml(sources, f"{DATA}/{country.code}/{name}", frozen=of.frozen)
    name_texts(tree, int(stem))
    flatten_crosses(tree)
    shape = validate(tree, YearShape, {"year": stem, "source": ""})
    if shape is None:
        return None, tree
    tree.unsure = of.unsure
    origin = FileOrigin(tree=tree, catalogue=catalogue, country=country.code, year=int(stem))
    return read_year(origin, shape, country), tree


def _protection(sources: Sources, path: str, catalogue: Catalogue, of: Tree) -> tuple[Protection | None, Tree]:
    place = PurePosixPath(path)
    tree = read_yaml(sources, path, frozen=of.frozen)
    shape = validate(tree, ProtectionShape)
    if shape is None:
        return None, tree
    tree.unsure = of.unsure
    origin = FileOrigin(tree=tree, catalogue=catalogue, country=place.parts[1], year=int(place.stem))
    return read_protection(origin, shape), tree


def _passages(cache: _Known, code: str, unread: Container[str], *, frozen: bool) -> tuple[list[Passage], list[Finding]]:
    """The texts of a country, but for the `unread` files."""
    sources = cache.sources
    passages: list[Passage] = []
    findings: list[Finding] = []
    for path, source in sources.below(f"{DATA}/{code}/text").items():
        ending = PurePosixPath(path).suffix
        if not ending and source.finding:  # a folder that cannot be read
            findings.append(source.finding)
        place = f"{DATA}/{code}/text/{path}"
        if ending.lower() != TEXT or path.count("/") > 1 or place in unread:
            continue
        language, stem = PurePosixPath(path).parent.name, PurePosixPath(path).stem
        try:
            read = partial(read_passages, read_text(sources, place), place, language, int(stem), frozen=frozen)
            file_passages, problems = cache.recall(f"text {frozen}", (place,), read)
        except ReadError as problem:
            findings.append(problem.finding)
            continue
        passages += file_passages
        findings += problems
    return passages, findings


ANSWERED_BY, ACTIVITIES = " by ", "activities."


def check_agencies(origin: FileOrigin, agencies: tuple[Agency, ...]) -> None:
    tree = origin.tree
    for agency in agencies:
        place = ("agencies", agency.code)
        check_source(origin, agency.source, tree.mark(*place, "source"))
        if not agency.answers:
            message = f"{agency.code}: no figures are listed for it"
            tree.error(tree.key(*place), "wrong-type", message, "list its figures under answers")
        for number, problem in enumerate(_problem(answer, origin.catalogue) for answer in agency.answers):
            if problem:
                what, hint = problem
                message = f"{agency.code}: {what}"
                tree.error(tree.mark(*place, "answers", str(number)), "unknown-indicator", message, hint)


def _problem(answer: str, catalogue: Catalogue) -> tuple[str, str] | None:
    if answer.startswith(ACTIVITIES):
        # The activities of a year are in its own file.
        return None
    code, _, axis = answer.partition(ANSWERED_BY)
    indicator = catalogue.indicator(code)
    if indicator is None and catalogue.dimension(code):
        return f"{code!r} is a breakdown and no figure", f"to cross breakdowns, write: by form and {code}"
    if indicator is None:
        return f"no figure is called {code[:60]!r}", nearest(code, (entry.code for entry in catalogue.indicators))
    if axis and not incomplete_of(catalogue, indicator, axis):
        breakdowns = [f"{code}{ANSWERED_BY}{dimension}" for dimension in indicator.dimensions]
        hint = nearest(answer, breakdowns) if breakdowns else f"{code} is not broken down: write {code}"
        return f"there is no breakdown {answer[:60]!r}", hint
    return None
