"""The page of a number: its origin and use."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise

from starlette.exceptions import HTTPException
from starlette.responses import Response

from reporter.data.errors import DataError, Finding, ReporterError
from reporter.data.files.sources import DATA, Sources
from reporter.data.i18n import STATUS_WORDS
from reporter.data.read.dataset import load_dataset
from reporter.data.read.release import read_releases
from reporter.data.read.yaml_tree import Keys, read_yaml
from reporter.data.records import Dataflow, Observation, Release, Vintage, is_hidden, vintage
from reporter.data.write.amendment import Edit
from reporter.data.write.applying import read_journal
from reporter.data.write.figure_fields import (
    FIGURES,
    FigureField,
    Plain,
    displayed_value,
    field_path,
    written_value,
    year_figures,
    year_file,
)
from reporter.editions.changes import intact_copies
from reporter.exchange.agencies.agency_proposals import FigureOrigin, origin_of
from reporter.figures.reconcile.matching import LAYOUT, pairs
from reporter.formats.export.sdmx import measured_values, rows_of
from reporter.workbench.findings.listed_findings import listed_findings
from reporter.workbench.server.frame import YearPage, about_year
from reporter.workbench.texts.live_edition import Wanted, editions_of, field_address, places_of

YEARS = 5
REMARKS = ("flags", "note", "source", "confidentiality", "incomplete", "definition")


@dataclass(frozen=True, slots=True)
class EditionColumn:
    """An edition's values of a figure by year, if its copies are readable; without a release, the present ones."""

    year: int
    release: Release | None
    vintage: Vintage | None
    is_now: bool
    values: Mapping[int, str] = field(default_factory=dict)


def written_history(page: YearPage, value: Observation) -> tuple[list[tuple[Edit, str, str, str]], bool]:
    """The journal of a figure, newest first: each edit with the value before and after, and the key written next to the
    value (empty for the value itself); and whether the last edit is the value in the file."""
    field = FigureField(year_file(value.country, value.vintage), value.indicator, value.dimension, value.code)
    lines, last = list[tuple[Edit, str, str, str]](), None
    if value.owner or value.mark.path != field.file:
        return lines, True
    journal = read_journal(page.desk.workspace, page.reading.sources)
    figures = year_figures(page.reading.sources, field.file)
    whole = field_path(field, figures)
    for edit in (line.edit for line in reversed(journal.lines) if line.is_written and line.edit.file == field.file):
        before, after = (_value_in(piece, edit.path, field, whole) for piece in (edit.before, edit.after))
        inner_path = edit.path[len(whole) :] if edit.path[: len(whole)] == whole else ()
        remark = inner_path[0] if inner_path and inner_path[0] in REMARKS else ""
        if before != after or remark:
            last = after if last is None and before != after else last
            lines.append((edit, before, after, remark))
    return lines, last is None or last == written_value(figures, field)


def edition_columns(page: YearPage, item: Observation) -> tuple[EditionColumn, ...]:
    columns = [] if item.owner else list(_editions(page))
    years = range(page.state.year - YEARS + 1, page.state.year + 1)
    stated = [
        {year: value for year in years if column.vintage and (value := column.vintage.observation(item.address, year))}
        for column in columns
    ]
    withheld = {year: value for values in stated for year, value in values.items() if is_hidden(value)}
    return tuple(
        replace(column, values={year: page.locale.value(withheld.get(year, values[year])) for year in values})
        for column, values in zip(columns, stated, strict=True)
    )


def _editions(page: YearPage) -> Iterator[EditionColumn]:
    state = page.state
    for year in [past_year for past_year in state.years if past_year <= state.year][-YEARS:]:
        releases, is_here = tuple[Release, ...](), year == state.year
        with suppress(DataError):
            releases = read_releases(page.reading.sources, state.country.code, year)
        for release in releases:
            copy: Vintage | None = None
            with suppress(ReporterError, LookupError):
                copy = _as_printed(page, release)
            yield EditionColumn(year, release, copy, is_here and release is releases[-1] and not state.changed)
        if not releases or (is_here and state.changed):
            copy = vintage(state.dataset, state.country.code, year) if state.data.year(year) else None
            yield EditionColumn(year, None, copy, is_here)


def _as_printed(page: YearPage, release: Release) -> Vintage:
    sources = page.reading.sources

    def read() -> Vintage:
        dataset = load_dataset(intact_copies(sources, release), (release.country,), frozen=True).dataset
        return vintage(dataset, release.country, release.year)

    return page.desk.memory.recall(f"printed {release} {release.seal} {release.inputs}", read)


def _value_in(piece: str, path: Keys, field: FigureField, whole: Keys) -> str:
    # An edit above or at the figure contains its value; one next to it only its own.
    if path[:1] != (FIGURES,) or path[: len(whole)] != whole[: len(path)]:
        return ""
    data = read_yaml(Sources.from_contents({"piece": piece.encode()}), "piece").data if piece else None
    if not isinstance(data, Mapping) or path[-1] not in data:
        return ""
    inside: object = data[path[-1]]
    for key in reversed(path[1:]):
        inside = {key: inside}
    figures: Plain = inside if isinstance(inside, Mapping) else {}
    return written_value(figures, field)


# A cell of Eurostat's tables that uses a figure: table, codes, value (empty if not sent), flags, and source figures.
EurostatCell = tuple[Dataflow, str, str, str, tuple[str, ...]]


def eurostat_cells(page: YearPage, observation: Observation) -> Iterator[EurostatCell]:
    vintage = page.vintage
    for table in vintage.catalogue.eurostat.dataflows:
        for row in rows_of(vintage, table):
            used = tuple(source.address for source in row.filled.used)
            if row.year == observation.year and observation.address in used:
                value, flags, _ = measured_values(vintage, row)
                yield table, ".".join(row.key), value, flags, used


def unodc_cells(facts: Vintage, value: Observation) -> Iterator[tuple[str, list[str]]]:
    """The cells of UNODC with a value, each with the other figures here that are part of it."""
    for pair in pairs(facts.catalogue, facts.country):
        if value.address in pair.addresses and not value.owner:
            others = [key for key in pair.addresses if key != value.address and facts.observation(key, value.year)]
            yield " / ".join(dict.fromkeys(map(str, pair.cells))), others


@about_year
def show(page: YearPage) -> Response:
    of, address = page.request.query_params.get("of", ""), page.request.path_params["address"]
    value = page.vintage.observation(address, int(of) if re.fullmatch(r"[0-9]{4}", of) else page.state.year)
    if value is None:
        raise HTTPException(404)
    state, locale, facts = page.state, page.locale, page.vintage
    language = locale.language if locale.language in state.dataset.settings.languages else facts.settings.languages[0]
    wanted = Wanted(state.country.code, state.year, language)
    attempt = editions_of(page.request).wait(wanted)
    columns, hidden = edition_columns(page, value), is_hidden(value)
    # A withheld value is shown in its own field only.
    file = page.reading.sources.get(value.mark.path) if not hidden and value.mark.path.startswith(f"{DATA}/") else None
    lines = file.content.decode(errors="replace").splitlines() if file else []
    differences = (item for item in facts.data.differences if (item.figure, item.year) == (value.address, value.year))
    last = state.data.years[-1].year if state.data.years else state.year
    latest = vintage(state.dataset, state.country.code, state.year, as_of=last)
    revisions = [revision for revision in latest.data.revisions if revision.figure == value.address]
    return page.answer(
        "figures/figure.html",
        "page",
        seen=value,
        hidden=hidden,
        field=field_address(value, state.data),
        wanted=wanted,
        problem=attempt.problem,
        printed=places_of(attempt.edition.volumes, value, locale) if attempt.edition else (),
        lines=tuple(lines[value.mark.line - 1 : value.mark.line]),
        written=written_history(page, value),
        origin=origin_of(page.reading.sources, facts.catalogue, state.country.code, state.year, value.address)
        if not hidden and value.year == state.year
        else FigureOrigin(),
        # For a withheld value, only that there is one.
        shown=lambda written: locale.value(value) if written and hidden else displayed_value(written),
        columns=columns,
        statuses={entry.year: STATUS_WORDS[entry.status] for entry in state.data.years},
        revised=[(item, latest.observation(item.figure, item.year) or item.now) for item in revisions],
        corrected=_corrigenda(columns),
        eurostat=tuple(eurostat_cells(page, value)),
        unodc=[*unodc_cells(facts, value)],
        layout=LAYOUT,
        elsewhere=() if hidden else tuple(differences),
        labels=lambda addresses: [*map(page.label, addresses)],
        found=[listed_finding for listed_finding in listed_findings(page) if _is_about(listed_finding.finding, value)],
    )


def _corrigenda(columns: Iterable[EditionColumn]) -> list[Release]:
    """The corrigenda that changed a value."""
    return [
        after.release
        for before, after in pairwise(columns)
        if after.year == before.year and after.release and before.values != after.values
    ]


def _is_about(finding: Finding, observation: Observation) -> bool:
    rests_on = {address for of, address, _ in finding.values if of in (0, observation.year)}
    return observation.address in rests_on or (finding.figure, finding.year) == (observation.address, observation.year)
