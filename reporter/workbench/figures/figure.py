"""The page of a number: its origin and use."""

import re
from collections.abc import Iterator, Mapping, Sequence
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
    field_path,
    shown_value,
    written_value,
    year_figures,
    year_file,
)
from reporter.editions.changes import intact_copies
from reporter.exchange.agencies.agency_proposals import FigureOrigin, origin_of
from reporter.figures.reconcile.matching import LAYOUT, pairs
from reporter.formats.export.sdmx import measured_values, rows_of
from reporter.report.context import Context
from reporter.report.sections.quality import label_at, words_of
from reporter.workbench.findings.listed_findings import listed_findings
from reporter.workbench.server.amending import told_time
from reporter.workbench.server.frame import YearPage, about_year
from reporter.workbench.texts.live_edition import Wanted, editions_of, field_address, places_of

YEARS = 5
PIECE = "piece"
REMARKS = ("flags", "note", "source", "confidentiality", "incomplete", "definition")


@dataclass(frozen=True, slots=True)
class EditionColumn:
    """An edition's values of a figure by year, if its copies are readable; without a release, the present ones."""

    year: int
    release: Release | None
    known: Vintage | None
    is_now: bool
    values: Mapping[int, str] = field(default_factory=dict)


def written_history(page: YearPage, seen: Observation) -> tuple[list[tuple[Edit, str, str, str]], bool]:
    """The journal of a figure, newest first: each edit with the value before and after, and the key written next to the
    value (empty for the value itself); and whether the last edit is the value in the file."""
    field = FigureField(year_file(seen.country, seen.vintage), seen.indicator, seen.dimension, seen.code)
    lines, last = list[tuple[Edit, str, str, str]](), None
    if seen.owner or seen.mark.path != field.file:
        return lines, True
    journal = read_journal(page.desk.workspace, page.reading.sources)
    whole = field_path(field)
    for edit in (each.edit for each in reversed(journal.lines) if each.is_written and each.edit.file == field.file):
        before, after = (_value_in(piece, edit.path, field) for piece in (edit.before, edit.after))
        beside = edit.path[len(whole) :] if edit.path[: len(whole)] == whole else ()
        remark = beside[0] if beside and beside[0] in REMARKS else ""
        if before != after or remark:
            last = after if last is None and before != after else last
            lines.append((edit, before, after, remark))
    return lines, last is None or last == written_value(year_figures(page.reading.sources, field.file), field)


def edition_columns(page: YearPage, seen: Observation) -> tuple[EditionColumn, ...]:
    found = [] if seen.owner else list(_editions(page))
    years = range(page.state.year - YEARS + 1, page.state.year + 1)
    stated = [
        {year: value for year in years if column.known and (value := column.known.observation(seen.address, year))}
        for column in found
    ]
    withheld = {year: value for values in stated for year, value in values.items() if is_hidden(value)}
    return tuple(
        replace(column, values={year: page.locale.value(withheld.get(year, values[year])) for year in values})
        for column, values in zip(found, stated, strict=True)
    )


def _editions(page: YearPage) -> Iterator[EditionColumn]:
    state = page.state
    for year in [each for each in state.years if each <= state.year][-YEARS:]:
        releases, is_here = tuple[Release, ...](), year == state.year
        with suppress(DataError):
            releases = read_releases(page.reading.sources, state.country.code, year)
        for release in releases:
            known: Vintage | None = None
            with suppress(ReporterError, LookupError):
                known = _as_printed(page, release)
            yield EditionColumn(year, release, known, is_here and release is releases[-1] and not state.changed)
        if not releases or (is_here and state.changed):
            known = vintage(state.dataset, state.country.code, year) if state.data.year(year) else None
            yield EditionColumn(year, None, known, is_here)


def _as_printed(page: YearPage, release: Release) -> Vintage:
    sources = page.reading.sources

    def read() -> Vintage:
        dataset = load_dataset(intact_copies(sources, release), (release.country,), frozen=True).dataset
        return vintage(dataset, release.country, release.year)

    return page.desk.memory.recall(f"printed {release} {release.seal} {release.inputs}", read)


def _value_in(piece: str, path: Keys, field: FigureField) -> str:
    whole = field_path(field)
    # An edit above or at the figure contains its value; one next to it only its own.
    if path[:1] != (FIGURES,) or path[: len(whole)] != whole[: len(path)]:
        return ""
    data = read_yaml(Sources.from_contents({PIECE: piece.encode()}), PIECE).data if piece else None
    if not isinstance(data, Mapping) or path[-1] not in data:
        return ""
    inside: object = data[path[-1]]
    for key in reversed(path[1:]):
        inside = {key: inside}
    figures: Plain = inside if isinstance(inside, Mapping) else {}
    return written_value(figures, field)


# A cell of Eurostat's tables that uses a figure: table, codes, value (empty if not sent), flags, and source figures.
EurostatCell = tuple[Dataflow, str, str, str, tuple[str, ...]]


def eurostat_cells(page: YearPage, seen: Observation) -> Iterator[EurostatCell]:
    known = page.vintage
    for table in known.catalogue.eurostat.dataflows:
        for row in rows_of(known, table):
            used = tuple(each.address for each in row.filled.used)
            if row.year == seen.year and seen.address in used:
                value, flags, _ = measured_values(known, row)
                yield table, ".".join(row.key), value, flags, used


def unodc_rows(known: Vintage, seen: Observation) -> list[tuple[str, list[str]]]:
    """The rows of UNODC's table that use a figure, with the figures added to it there."""
    return [
        (
            " / ".join(dict.fromkeys(map(str, pair.cells))),
            [each for each in pair.addresses if each != seen.address and known.observation(each, seen.year)],
        )
        for pair in pairs(known.catalogue, known.country)
        if seen.address in pair.addresses and not seen.owner
    ]


def corrected_by(columns: Sequence[EditionColumn]) -> list[Release]:
    """The corrigenda that changed a figure from the edition before them."""
    return [
        after.release
        for before, after in pairwise(columns)
        if after.year == before.year and after.release and before.values != after.values
    ]


@about_year
def show(page: YearPage) -> Response:
    of, address = page.request.query_params.get("of", ""), page.request.path_params["address"]
    seen = page.vintage.observation(address, int(of) if re.fullmatch(r"[0-9]{4}", of) else page.state.year)
    if seen is None:
        raise HTTPException(404)
    state, locale, known = page.state, page.locale, page.vintage
    language = locale.language if locale.language in state.dataset.settings.languages else known.settings.languages[0]
    wanted = Wanted(state.country.code, state.year, language)
    made = editions_of(page.request).wait(wanted)
    context = Context(known, locale)
    columns, hidden = edition_columns(page, seen), is_hidden(seen)
    # A withheld value is shown in its own field only.
    file = page.reading.sources.get(seen.mark.path) if not hidden and seen.mark.path.startswith(f"{DATA}/") else None
    lines = file.content.decode(errors="replace").splitlines() if file else []
    differences = (each for each in known.data.differences if (each.figure, each.year) == (seen.address, seen.year))
    last = state.data.years[-1].year if state.data.years else state.year
    latest = vintage(state.dataset, state.country.code, state.year, as_of=last)
    revisions = [each for each in latest.data.revisions if each.figure == seen.address]
    of_agencies = not hidden and seen.year == state.year
    return page.answer(
        "figures/figure.html",
        "page",
        seen=seen,
        hidden=hidden,
        field=field_address(seen, state.data),
        wanted=wanted,
        problem=made.problem,
        printed=places_of(made.edition.volumes, seen, locale) if made.edition else (),
        lines=tuple(lines[seen.mark.line - 1 : seen.mark.line]),
        written=written_history(page, seen),
        told_time=lambda edit: told_time(edit, locale),
        origin=origin_of(page.reading.sources, known.catalogue, state.country.code, state.year, seen.address)
        if of_agencies
        else FigureOrigin(),
        # For a withheld value, only that there is one.
        shown=lambda written: locale.value(seen) if written and hidden else shown_value(written),
        columns=columns,
        statuses={each.year: STATUS_WORDS[each.status] for each in state.data.years},
        revised=[(each, latest.observation(each.figure, each.year) or each.now) for each in revisions],
        corrected=corrected_by(columns),
        eurostat=tuple(eurostat_cells(page, seen)),
        unodc=unodc_rows(known, seen),
        layout=LAYOUT,
        elsewhere=() if hidden else tuple(differences),
        labels=lambda addresses: [label_at(each, context) for each in addresses],
        found=[each for each in listed_findings(page) if _is_about(each.finding, seen)],
        words_of=lambda finding: locale.opened(words_of(finding, context)),
    )


def _is_about(finding: Finding, seen: Observation) -> bool:
    rests_on = {address for of, address, _ in finding.values if of in (0, seen.year)}
    return seen.address in rests_on or (finding.figure, finding.year) == (seen.address, seen.year)
