"""A number: where it comes from, and where it goes."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from reporter.context import Context
from reporter.edit.amendment import Edit
from reporter.edit.figure_fields import (
    FIGURES,
    FigureField,
    Plain,
    field_path,
    shown_value,
    written_value,
    year_figures,
    year_file,
)
from reporter.edit.journal import read_journal
from reporter.edition.changes import intact_copies
from reporter.errors import DataError, ReporterError
from reporter.export.sdmx import measured_values, rows_of
from reporter.files.sources import DATA, Sources
from reporter.i18n import N_, STATUS_WORDS
from reporter.intake.origins import FigureOrigin, origin_of
from reporter.load.dataset import load_dataset
from reporter.load.release import read_releases
from reporter.load.yaml_tree import Keys, read_yaml
from reporter.model import (
    Dataflow,
    Difference,
    EditionStatus,
    Observation,
    Release,
    Revision,
    Vintage,
    is_hidden,
    vintage,
)
from reporter.reconcile.mapping import LAYOUT, pairs
from reporter.sections.finding_words import plain_words_of
from reporter.sections.retold import label_at
from reporter.web.amending import told_time
from reporter.web.frame import YearPage, about_year
from reporter.web.listed_findings import ListedFinding, listed_findings
from reporter.web.live_edition import Editions, Wanted, field_address, places_of

YEARS = 5
PIECE = "piece"
REMARKS = ("flags", "note", "source", "confidentiality", "incomplete", "definition")
NUMBER_0, CORRIGENDUM_OF = N_("published {date}"), N_("corrigendum {n}, {date}")
UNREADABLE, NOW = N_("its copies cannot be read"), N_("as it is now")


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """What somebody wrote of a figure, and what stood there before. `remark` is the key that was written beside the
    value, empty for the value itself."""

    edit: Edit
    value: str
    before: str
    remark: str


@dataclass(frozen=True, slots=True)
class WrittenHistory:
    """What the journal knows of a figure, newest first. It `is_whole` where the value in the file is the one that was
    written last."""

    lines: tuple[WrittenValue, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class EditionColumn:
    """An edition, and what it says of a figure in each year."""

    year: int
    note: str
    values: Mapping[int, str]
    is_now: bool


def written_history(page: YearPage, seen: Observation) -> WrittenHistory:
    field = FigureField(year_file(seen.country, seen.vintage), seen.indicator, seen.dimension, seen.code)
    if seen.owner or seen.mark.path != field.file:
        return WrittenHistory((), is_whole=True)
    journal = read_journal(page.desk.workspace, page.reading.sources)
    edits = [each.edit for each in reversed(journal.lines) if each.is_written and each.edit.file == field.file]
    lines, last = [], None
    for edit in edits:
        before, after = (_value_in(piece, edit.path, field) for piece in (edit.before, edit.after))
        whole = field_path(field)
        beside = edit.path[len(whole) :] if edit.path[: len(whole)] == whole else ()
        remark = beside[0] if beside and beside[0] in REMARKS else ""
        if before != after or remark:
            last = after if last is None and before != after else last
            lines.append(WrittenValue(edit, _shown(after, seen, page), _shown(before, seen, page), remark))
    now = written_value(year_figures(page.reading.sources, field.file), field)
    return WrittenHistory(tuple(lines), is_whole=last is None or last == now)


def agency_origin(page: YearPage, seen: Observation) -> FigureOrigin:
    """Which workbooks a figure came from, and what others say. Of what is withheld nothing is told here."""
    state = page.state
    if is_hidden(seen) or seen.year != state.year:
        return FigureOrigin()
    return origin_of(page.reading.sources, page.vintage.catalogue, state.country.code, state.year, seen.address)


def edition_columns(page: YearPage, seen: Observation) -> tuple[EditionColumn, ...]:
    if seen.owner:
        return ()
    found = list(_editions(page))
    years = range(page.state.year - YEARS + 1, page.state.year + 1)
    withheld = {
        year: each
        for _, _, known, _ in found
        for year in years
        if known and is_hidden(each := known.observation(seen.address, year))
    }
    return tuple(
        EditionColumn(
            year=edition,
            note=note,
            values={
                year: page.locale.value(withheld.get(year, stated))
                for year in years
                if known and (stated := known.observation(seen.address, year))
            },
            is_now=is_now,
        )
        for edition, note, known, is_now in found
    )


def revised_values(page: YearPage, seen: Observation) -> tuple[tuple[Revision, Observation], ...]:
    state = page.state
    last = state.data.years[-1].year if state.data.years else state.year
    latest = vintage(state.dataset, state.country.code, state.year, as_of=last)
    own = (each for each in latest.data.revisions if each.figure == seen.address)
    return tuple((each, latest.observation(each.figure, each.year) or each.now) for each in own)


def corrected_values(page: YearPage, columns: tuple[EditionColumn, ...]) -> Iterator[Release]:
    by_edition: dict[int, list[EditionColumn]] = {}
    for each in columns:
        by_edition.setdefault(each.year, []).append(each)
    for edition, numbers in by_edition.items():
        for release in _releases(page, edition)[1:]:
            before, after = numbers[release.number - 1 : release.number + 1]
            if before.values != after.values:
                yield release


def _editions(page: YearPage) -> Iterator[tuple[int, str, Vintage | None, bool]]:
    """Each edition: its year, what it is, and what it knows. The last value tells whether it is the one at work."""
    state, locale = page.state, page.locale
    for year in [each for each in state.years if each <= state.year][-YEARS:]:
        releases, is_here = _releases(page, year), year == state.year
        for release in releases:
            words = CORRIGENDUM_OF if release.number else NUMBER_0
            note = locale.text(words, n=locale.number(release.number), date=locale.date(release.date))
            try:
                known: Vintage | None = _as_printed(page, release)
            except (ReporterError, LookupError):
                note, known = locale.joined("; ", (note, locale.text(UNREADABLE))), None
            yield year, note, known, is_here and release is releases[-1] and not state.changed
        if not releases or (is_here and state.changed):
            file = state.data.year(year)
            status = file.status if file else EditionStatus.DRAFT
            note = locale.text(NOW) if releases else locale.text(STATUS_WORDS[status])
            yield year, note, vintage(state.dataset, state.country.code, year) if file else None, is_here


def _releases(page: YearPage, year: int) -> tuple[Release, ...]:
    with suppress(DataError):
        return read_releases(page.reading.sources, page.state.country.code, year)
    return ()


def _as_printed(page: YearPage, release: Release) -> Vintage:
    sources = page.reading.sources

    def read() -> Vintage:
        dataset = load_dataset(intact_copies(sources, release), (release.country,), frozen=True).dataset
        return vintage(dataset, release.country, release.year)

    return page.desk.memory.recall(f"printed {release} {release.seal} {release.inputs}", read)


def _value_in(piece: str, path: Keys, field: FigureField) -> str:
    whole = field_path(field)
    # What stands above or at the figure has it; beside it there is only its own value.
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


def _shown(written: str, seen: Observation, page: YearPage) -> str:
    """A value as it was typed. Of a withheld one it says only that there is one."""
    return page.locale.value(seen) if written and is_hidden(seen) else shown_value(written)


# A cell of a table of Eurostat that a figure goes into: the table, the codes of the cell, its value, empty for what is
# not sent, its flags, and the figures that it is made of.
EurostatCell = tuple[Dataflow, str, str, str, tuple[str, ...]]


def eurostat_cells(page: YearPage, seen: Observation) -> Iterator[EurostatCell]:
    known = page.vintage
    for table in known.catalogue.eurostat.dataflows:
        for row in rows_of(known, table):
            used = tuple(each.address for each in row.filled.used)
            if row.year == seen.year and seen.address in used:
                value, flags, _ = measured_values(known, row)
                yield table, ".".join(row.key), value, flags, used


def unodc_rows(page: YearPage, seen: Observation) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows of UNODC's table that a figure answers to, with the figures that it is added up with there."""
    known = page.vintage
    for pair in pairs(known.catalogue, known.country):
        if seen.address in pair.addresses and not seen.owner:
            stated = (each for each in pair.addresses if known.observation(each, seen.year) and each != seen.address)
            yield " / ".join(dict.fromkeys(map(str, pair.cells))), tuple(stated)


def unodc_publication(page: YearPage) -> str:
    source = next((each for each in page.vintage.catalogue.sources if each.layout == LAYOUT), None)
    return source.title.text(page.locale.language) if source else LAYOUT


def other_publications(page: YearPage, seen: Observation) -> tuple[Difference, ...]:
    found = (each for each in page.vintage.data.differences if (each.figure, each.year) == (seen.address, seen.year))
    return () if is_hidden(seen) else tuple(found)


# What an export tells of all observations; none has what is withheld.
EXPORTS = ("{stem}-observations.csv", "{stem}-observations.json", "{stem}-{language}.xlsx")


@about_year
def show(page: YearPage) -> Response:
    seen = _asked(page)
    state, locale, known = page.state, page.locale, page.vintage
    editions: Editions = page.request.app.state.editions
    language = locale.language if locale.language in state.dataset.settings.languages else known.settings.languages[0]
    wanted = Wanted(state.country.code, state.year, language)
    made = editions.wait(wanted)
    stem = f"{state.country.code}-{state.year}"
    indicator, source = known.catalogue.indicator(seen.indicator), known.catalogue.source(seen.source)
    field = field_address(seen, state.data)
    context = Context(known, locale)
    columns, hidden = edition_columns(page, seen), is_hidden(seen)
    # What is withheld is told in its field alone.
    file = page.reading.sources.get(seen.mark.path) if not hidden and seen.mark.path.startswith(f"{DATA}/") else None
    lines = file.content.decode(errors="replace").splitlines() if file else []
    return page.answer(
        "figure.html",
        "page",
        seen=seen,
        label=locale.label_of(seen, known.catalogue),
        value=locale.value(seen),
        definition=dict(indicator.definitions)[seen.definition].text(locale.language) if indicator else "",
        source=source.title.text(locale.language) if source else seen.source,
        publisher=source.publisher.text(locale.language) if source else "",
        taken=locale.date(known.edition.data_cutoff) if known.edition.data_cutoff else "",
        field=field if "/figure/" not in field else "",
        wanted=wanted,
        problem=made.problem,
        printed=places_of(made.edition.volumes, seen, locale) if made.edition else (),
        exports=() if hidden else tuple(each.format(stem=stem, language=language) for each in EXPORTS),
        lines=tuple(lines[seen.mark.line - 1 : seen.mark.line]),
        written=written_history(page, seen),
        told_time=lambda edit: told_time(edit, locale),
        origin=agency_origin(page, seen),
        shown=shown_value,
        columns=columns,
        years=sorted({year for each in columns for year in each.values}),
        revised=revised_values(page, seen),
        corrected=tuple(corrected_values(page, columns)),
        eurostat=tuple(eurostat_cells(page, seen)),
        unodc=tuple(unodc_rows(page, seen)),
        unodc_publication=unodc_publication(page),
        elsewhere=other_publications(page, seen),
        catalogue=known.catalogue,
        labels=lambda addresses: [label_at(each, context) for each in addresses],
        found=tuple(_found(page, seen)),
        words_of=lambda finding: locale.opened(plain_words_of(finding, context)),
    )


def _asked(page: YearPage) -> Observation:
    """The value that an address names. Raises HTTPException when the edition has none there."""
    of, address = page.request.query_params.get("of", ""), page.request.path_params["address"]
    year = int(of) if of.isascii() and of.isdigit() and len(of) == 4 else page.state.year
    seen = page.vintage.observation(address, year)
    if seen is None:
        raise HTTPException(404)
    return seen


def _found(page: YearPage, seen: Observation) -> Iterator[ListedFinding]:
    """What is found in a value. A figure is told with all its parts, a part with what rests on it."""
    for each in listed_findings(page):
        finding = each.finding
        rests_on = {address for of, address, _ in finding.values if of in (0, seen.year)}
        if seen.address in rests_on or (finding.figure, finding.year) == (seen.address, seen.year):
            yield each
