"""A number: where it comes from, and where it goes."""

from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.responses import Response

from reporter.context import Context
from reporter.edit.figure_fields import shown_value
from reporter.files.sources import DATA
from reporter.model import Observation, is_hidden
from reporter.sections.finding_words import plain_words_of
from reporter.sections.retold import label_at
from reporter.web.amending import told_time
from reporter.web.editions import Editions
from reporter.web.figure_history import (
    agency_origin,
    corrected_values,
    edition_columns,
    revised_values,
    written_history,
)
from reporter.web.figure_readers import eurostat_cells, other_publications, unodc_publication, unodc_rows
from reporter.web.frame import YearPage, about_year
from reporter.web.listed_findings import ListedFinding, listed_findings
from reporter.web.live_edition import Wanted, field_address
from reporter.web.printed_places import places_of

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
